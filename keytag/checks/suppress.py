"""Inline ignores: `# keytag: ignore[id]` at the end of a line, or alone on the line above, silences that check there.

An ignore that silences nothing is itself a note, so that none outlives its reason; one of a `FIRM` check never silences
anything. Which checks there are is for `checks` to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.checks.model import FIRM, Check
from keytag.files.source import Source

UNUSED, UNKNOWN = "unused-ignore", "unknown-ignore"

IGNORE_CHECKS = (
    Check(
        UNUSED,
        Severity.NOTE,
        "an ignore that silences nothing",
        "An inline ignore silences nothing.\n\n"
        "What it was written for has been mended or has moved. Delete it: it would hide"
        " the next fault of this kind.",
        "units:\n  - name: Glar\n    duty: 0269.3000.201  # keytag: ignore[foreign-area-code] ✗\n",
        "units:\n  - name: Glar\n    duty: 0269.3000.201\n",
    ),
    Check(
        UNKNOWN,
        Severity.WARNING,
        "an ignore of a check that there is not",
        "An inline ignore names no check, or none that there is.\n\n"
        "Write `# keytag: ignore[id]`, with the id that stands at"
        " the end of the finding; several are parted by commas.",
        "units:\n  - name: Glar\n    duty: 0269.3000.201  # keytag: ignore[area-code] ✗\n",
        "units:\n  - name: Glar\n    duty: 0269.3000.201\n",
    ),
)

_MARK = "keytag:"
_IGNORE = r"#\s*keytag:\s*ignore\b(?:\s*\[([^\]]*)\])?"


class Ignore(NamedTuple):
    """One id in one ignore: the line that it silences and where it stands."""

    id: str
    line: int
    span: Span


def apply(
    findings: Sequence[Diagnostic], ignores: Sequence[Ignore], known: Sequence[str], unasked: Sequence[str]
) -> list[Diagnostic]:
    """The findings that no ignore silences, and what is odd about the ignores.

    `known` are the ids of all checks; of ignores of the `unasked`, which were not run, nothing is said.
    """
    silenced = {(ignore.span.file, ignore.line, ignore.id) for ignore in ignores}
    used = set()
    kept = []
    for finding in findings:
        place = (finding.span.file, finding.span.line, finding.id) if finding.span else None
        if place is not None and place in silenced and finding.id not in FIRM:
            used.add(place)
        else:
            kept.append(finding)
    for ignore in ignores:
        if ignore.id not in known:
            kept.append(_unknown(ignore, known))
        elif ignore.id in FIRM:
            message = say("{ignore} is never silenced: a wrong or unreadable number would be printed", ignore=ignore.id)
            kept.append(Diagnostic(UNUSED, Severity.NOTE, ignore.span, message))
        elif (ignore.span.file, ignore.line, ignore.id) not in used and ignore.id not in unasked:
            message = say("this ignore silences nothing: no {ignore} is found here", ignore=ignore.id)
            kept.append(Diagnostic(UNUSED, Severity.NOTE, ignore.span, message))
    return kept


def _unknown(ignore: Ignore, known: Sequence[str]) -> Diagnostic:
    from keytag.files.fields import nearest

    if not ignore.id:
        message = say("this ignore names no check: write ignore[id]")
    else:
        guess = nearest(ignore.id, known)
        message = say("there is no check '{ignore}'", ignore=ignore.id) + (
            say(": did you mean '{guess}'?", guess=guess) if guess else ""
        )
    return Diagnostic(UNKNOWN, Severity.WARNING, ignore.span, message)


def ignores_of(source: Source) -> list[Ignore]:
    """Every id of every ignore in a file; an ignore without an id has an empty one."""
    if _MARK not in source.text:
        return []
    found = []
    lines = source.lines
    for number, line in enumerate(lines, 1):
        match = re.search(_IGNORE, line) if _MARK in line else None
        if match is None or not _is_comment(line, match.start()):
            continue
        target = number if line[: match.start()].strip() else _next_line(lines, number)
        if not (match[1] or "").strip():
            found.append(Ignore("", target, Span(source.name, number, match.start() + 1, number, match.end() + 1)))
            continue
        for word in re.finditer(r"[^,\s]+", match[1]):
            start = match.start(1) + word.start() + 1
            found.append(Ignore(word[0], target, Span(source.name, number, start, number, start + len(word[0]))))
    return found


def _next_line(lines: Sequence[str], number: int) -> int:
    """The first line after `number` that is no comment."""
    for following in range(number, len(lines)):
        if lines[following].strip() and not lines[following].lstrip().startswith("#"):
            return following + 1
    return number


def _is_comment(line: str, at: int) -> bool:
    """Whether the # at `at` begins a comment: after a space or at the start, and not within quotes."""
    if at and not line[at - 1].isspace():
        return False
    quote, escaped = "", False
    for index, character in enumerate(line[:at]):
        if quote:
            # '' within single quotes closes and opens at once, which comes to the same
            if character == quote and not escaped:
                quote = ""
            escaped = quote == '"' and character == "\\" and not escaped
        elif character in "'\"" and (not index or line[index - 1] in " [{,:-"):
            quote = character
    return not quote
