"""Findings for a person: `file:line:column: severity: message [id]`, the line itself, and a caret under the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.counts import NAMES
from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import ENGLISH, Words
from keytag.files.source import Source
from keytag.report.visible import visible, width

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_BOLD, _FAINT, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_MOST = 110  # columns of a source line that are shown
_TAB = "    "


def render(
    findings: Sequence[Diagnostic], files: Sequence[Source], *, colour: bool = False, words: Words = ENGLISH
) -> str:
    """All findings as text that ends in a line break; empty where there are none."""
    sources = {source.name: source.lines for source in files}
    return "".join(f"{line}\n" for finding in findings for line in _lines(finding, sources, colour, words))


def _lines(finding: Diagnostic, sources: dict[str, list[str]], colour: bool, words: Words) -> Iterator[str]:
    place = f"{visible(str(finding.span))}: " if finding.span else ""
    severity, message = words.of(NAMES[finding.severity]), visible(words.of(finding.message))
    if colour:
        tint = f"\x1b[1;{_COLOURS[finding.severity]}m"
        yield f"{_BOLD}{place}{_RESET}{tint}{severity}:{_RESET} {message} {_FAINT}[{visible(finding.id)}]{_RESET}"
    else:
        yield f"{place}{severity}: {message} [{visible(finding.id)}]"
    lines = sources.get(finding.span.file, []) if finding.span else []
    if finding.span and 0 < finding.span.line <= len(lines):
        line, caret = underlined(lines[finding.span.line - 1], finding.span)
        yield f"  {line}"
        yield f"  {tint}{caret}{_RESET}" if colour else f"  {caret}"


def underlined(line: str, span: Span) -> tuple[str, str]:
    """A source line made safe to show, and the caret line that stands under `span`, by columns of a terminal."""
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    before, marked, after = (_shown(part) for part in (line[:start], line[start:end], line[max(start, end) :]))
    if width(before) > _MOST // 2:
        before = _fitting(before[::-1], _MOST // 2)[::-1]
    marked = _fitting(marked, _MOST - width(before))
    after = _fitting(after, _MOST - width(before) - width(marked))
    caret = " " * width(before) + "^" + "~" * (width(marked) - 1)
    return (before + marked + after).rstrip(), caret


def _shown(part: str) -> str:
    return visible(part.replace("\t", _TAB))


def _fitting(text: str, columns: int) -> str:
    """As much of the beginning of `text` as fits, with an ellipsis where it does not."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text[:columns]:
        if width(kept + character) >= columns:
            break
        kept += character
    return kept + "…"
