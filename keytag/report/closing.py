"""What stands below the findings: the closing line, how many are left out, and a count by check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from keytag.base.counts import NAMES, counted
from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.records import NamedTuple
from keytag.base.words import ENGLISH, Message, Words, joined, say, say_n, term

_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Tally(NamedTuple):
    """What was looked at: rosters, units and numbers, and whether their tags were composed."""

    rosters: int
    units: int
    numbers: int
    composed: bool


def closing(tally: Tally, findings: Sequence[Diagnostic], hidden: Sequence[Diagnostic]) -> Message:
    """`17 units, 67 numbers: 2 errors, 1 warning (1 can be mended with --fix); 3 errors not shown`."""
    looked: list[str] = [counted(tally.units, "unit"), counted(tally.numbers, "number")]
    if tally.rosters > 1:
        looked.insert(0, counted(tally.rosters, "roster"))
    if not tally.composed:
        looked.append(say("tags not composed"))
    safe = sum(bool(finding.fix) for finding in findings)
    return say(
        "{looked}: {found}{hint}{left}",
        looked=joined(", ", looked),
        found=_severities(findings) or say("no findings"),
        hint=say_n(" ({count} can be mended with --fix)", " ({count} can be mended with --fix)", safe) if safe else "",
        left=say("; not shown: {hidden}", hidden=_severities(hidden)) if hidden else "",
    )


def _severities(findings: Sequence[Diagnostic]) -> Message:
    counts = Counter(finding.severity for finding in findings)
    return joined(", ", (counted(counts[severity], severity.value) for severity in Severity if counts[severity]))


def capped(findings: Sequence[Diagnostic], most: int) -> tuple[list[Diagnostic], dict[str, int]]:
    """At most `most` findings of each check (0: all), and how many more of each there are."""
    if not most:
        return list(findings), {}
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.id] += 1
        if seen[finding.id] <= most:
            kept.append(finding)
    return kept, {check: count - most for check, count in seen.items() if count > most}


def more_of(more: Mapping[str, int]) -> Message:
    """A line for each check whose findings are not all shown."""
    return joined(
        "",
        (
            say("… and {count:,} more [{check}]: --most 0 shows all\n", count=count, check=check)
            for check, count in more.items()
        ),
    )


def statistics(findings: Sequence[Diagnostic], words: Words = ENGLISH) -> str:
    """A line for each check that found something, the worst and the most first."""
    from keytag.checks import find

    counts = Counter((finding.id, finding.severity) for finding in findings)
    rows = sorted(counts.items(), key=lambda row: (_ORDER[row[0][1]], -row[1], row[0][0]))
    wide = max((len(check) for check, _ in counts), default=0)
    widest = max(7, *(len(words.of(name)) for name in NAMES.values()))
    lines = []
    for (check, severity), count in rows:
        known = find(check)
        number, word = words.number(f"{count:6,}"), words.of(NAMES[severity])
        title = words.of(term(known.title)) if known else ""
        lines.append(f"{number}  {word:{widest}}  {check:{wide}}  {title}".rstrip() + "\n")
    return "".join(lines)
