"""The checks in words, made from their modules: `keytag explain` and docs/checks.md.

`python -m keytag.checks.document` prints the latter, with `vi` its Vietnamese twin; a test holds both files current.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from keytag import checks
from keytag.base.counts import NAMES
from keytag.base.words import ENGLISH, Words, say, term
from keytag.checks.model import FIRM, Check

# Paragraphs of the page's head; {command} is what makes the page.
_HEAD = (
    "# Checks",
    """\
Every check that keytag makes, by what it looks at. This file is made from the checks themselves
(`{command}`); `keytag explain ID` prints the same.""",
    """\
An **error** keeps a job from going to press, a **warning** should be looked at, a **note** only tells.
`# keytag: ignore[id]` at the end of a line of the roster, or alone on the line above, silences a check there, but for
those that are **never silenced**: what they find is a wrong digit, or one that nobody can read. In bad samples ✗ marks
what is found.""",
)
_COMMANDS = {
    "en": "python -m keytag.checks.document > docs/checks.md",
    "vi": "python -m keytag.checks.document vi > docs/vi/cac-phep-kiem.md",
}
_REMARK = re.compile(r"(?m)(?<=  # )✗ .+$")  # of a sample: words behind the mark
_WIDE = 110  # columns of a translated paragraph on the terminal


def listing(words: Words = ENGLISH) -> str:
    """All checks, a line each, by group."""
    groups = checks.groups()
    wide = max(len(check.id) for group in groups for check in group.checks)
    severities = {severity: words.of(name) for severity, name in NAMES.items()}
    column = max(7, *map(len, severities.values()))
    parts = []
    for group in groups:
        lines = [
            f"  {check.id:{wide}}  {severities[check.severity]:{column}}  {words.of(term(check.title))}"
            for check in group.checks
        ]
        parts.append("\n".join([words.of(term(group.title)), *lines]) + "\n")
    return "\n".join(parts)


def explained(check_id: str, words: Words = ENGLISH) -> str:
    """One check in full; `UsageError` with the nearest id where there is no such check."""
    check = checks.find(check_id)
    if check is None:
        from keytag.base.errors import UsageError
        from keytag.files.fields import nearest

        guess = nearest(check_id, checks.known_ids())
        hint = say("did you mean {guess}?", guess=guess) if guess else say("keytag explain lists all checks")
        raise UsageError(say("there is no check {check!r}", check=check_id), hint=hint)
    severity = f"{words.of(NAMES[check.severity])}{_firm(check, words)}"
    text = f"{check.id} ({severity}): {words.of(term(check.title))}\n\n{paragraphs(check.rationale, words, _WIDE)}\n"
    for name, sample in _samples(check, words):
        text += f"\n{name}\n\n{_indented(sample)}"
    return text


def texts() -> Iterator[str]:
    """Every text of the catalogue `explain`, in the order in which the page has them; some come twice."""
    yield from map(_plain, _HEAD)
    for group in checks.groups():
        yield group.title
        for check in group.checks:
            yield check.title
            yield from map(_plain, check.rationale.split("\n\n"))
            for sample in (check.bad, check.good):
                yield from _REMARK.findall(sample)


def _plain(paragraph: str) -> str:
    """A paragraph as the catalogue has it: how a docstring breaks its lines does not count."""
    return " ".join(paragraph.split())


def paragraphs(text: str, words: Words, wide: int | None = None) -> str:
    """Paragraphs in a language: of English as they are written, of others on lines of `wide` columns, or on one."""
    if words is ENGLISH:
        return text
    said = [words.of(term(_plain(paragraph))) for paragraph in text.split("\n\n")]
    if wide is not None:
        said = [textwrap.fill(each, wide, break_long_words=False, break_on_hyphens=False) for each in said]
    return "\n\n".join(said)


def _samples(check: Check, words: Words) -> Iterator[tuple[str, str]]:
    """Heading and text of each sample: its remarks are said in a language, everything else in it is the roster's."""
    for name, sample in ((say("Bad:"), check.bad), (say("Good:"), check.good)):
        if sample:
            yield words.of(name), _REMARK.sub(lambda found: words.of(term(found[0])), sample)


def _firm(check: Check, words: Words) -> str:
    return words.of(say(", never silenced")) if check.id in FIRM else ""


def _indented(sample: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in sample.rstrip("\n").split("\n"))


def markdown(words: Words = ENGLISH) -> str:
    """All of docs/checks.md, or of its twin in another language."""
    head = paragraphs("\n\n".join(_HEAD), words).replace("{command}", _COMMANDS[words.language])
    parts = [head + "\n"]
    for group in checks.groups():
        parts.append(f"\n## {words.of(term(group.title))}\n")
        parts += [_section(check, words) for check in group.checks]
    return "".join(parts)


def _section(check: Check, words: Words) -> str:
    severity = f"*{words.of(NAMES[check.severity])}*{_firm(check, words)}"
    rationale = paragraphs(check.rationale, words)
    text = f"\n### {check.id}\n\n{severity}: {words.of(term(check.title))}\n\n{rationale}\n"
    for name, sample in _samples(check, words):
        text += f"\n{name}\n\n```yaml\n{sample.rstrip()}\n```\n"
    return text


if __name__ == "__main__":
    import sys

    from keytag.files.catalogues import words_of

    sys.stdout.write(markdown(words_of(sys.argv[1]) if len(sys.argv) > 1 else ENGLISH))
