"""The checks in words, made from their modules: `keytag explain` and docs/checks.md.

`python -m keytag.checks.document` prints the latter; a test holds the file current.
"""

from __future__ import annotations

from keytag import checks
from keytag.base.counts import NAMES
from keytag.base.words import ENGLISH, Words, say, term
from keytag.checks.model import FIRM, Check

_HEAD = """\
# Checks

Every check that keytag makes, by what it looks at. This file is made from the checks themselves
(`python -m keytag.checks.document > docs/checks.md`); `keytag explain ID` prints the same.

An **error** keeps a job from going to press, a **warning** should be looked at, a **note** only tells.
`# keytag: ignore[id]` at the end of a line of the roster, or alone on the line above, silences a check there, but for
those that are **never silenced**: what they find is a wrong digit, or one that nobody can read. In bad samples ✗ marks
what is found.
"""


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
    firm = words.of(say(", never silenced")) if check.id in FIRM else ""
    title, rationale = words.of(term(check.title)), words.of(term(check.rationale))
    text = f"{check.id} ({words.of(NAMES[check.severity])}{firm}): {title}\n\n{rationale}\n"
    if check.bad:
        text += f"\n{words.of(say('Bad:'))}\n\n{_indented(check.bad)}"
    if check.good:
        text += f"\n{words.of(say('Good:'))}\n\n{_indented(check.good)}"
    return text


def _firm(check: Check) -> str:
    return say(", never silenced") if check.id in FIRM else ""


def _indented(sample: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in sample.rstrip("\n").split("\n"))


def markdown() -> str:
    """All of docs/checks.md."""
    parts = [_HEAD]
    for group in checks.groups():
        parts.append(f"\n## {group.title}\n")
        parts += [_section(check) for check in group.checks]
    return "".join(parts)


def _section(check: Check) -> str:
    text = f"\n### {check.id}\n\n*{check.severity.value}*{_firm(check)}: {check.title}\n\n{check.rationale}\n"
    for name, sample in (("Bad", check.bad), ("Good", check.good)):
        if sample:
            text += f"\n{name}:\n\n```yaml\n{sample.rstrip()}\n```\n"
    return text


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown())
