"""What stands below the findings: the closing line, how many are left out, and a count by check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.records import NamedTuple

_ORDER = {severity: place for place, severity in enumerate(Severity)}


class Tally(NamedTuple):
    """What was looked at: rosters, units and numbers, and whether their tags were composed."""

    rosters: int
    units: int
    numbers: int
    composed: bool


def counted(number: int, word: str) -> str:
    """`1 unit`, `2 units`."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def closing(tally: Tally, findings: Sequence[Diagnostic], hidden: Sequence[Diagnostic]) -> str:
    """`17 units, 67 numbers: 2 errors, 1 warning (1 can be mended with --fix); 3 errors not shown`."""
    looked = f"{counted(tally.units, 'unit')}, {counted(tally.numbers, 'number')}"
    if tally.rosters > 1:
        looked = f"{counted(tally.rosters, 'roster')}, {looked}"
    tags = "" if tally.composed else ", tags not composed"
    safe = sum(bool(finding.fix) for finding in findings)
    hint = f" ({safe} can be mended with --fix)" if safe else ""
    left = f"; not shown: {_severities(hidden)}" if hidden else ""
    return f"{looked}{tags}: {_severities(findings) or 'no findings'}{hint}{left}"


def _severities(findings: Sequence[Diagnostic]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(counted(counts[severity], severity.value) for severity in Severity if counts[severity])


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


def more_of(more: Mapping[str, int]) -> str:
    """A line for each check whose findings are not all shown."""
    return "".join(f"… and {count:,} more [{check}]: --most 0 shows all\n" for check, count in more.items())


def statistics(findings: Sequence[Diagnostic]) -> str:
    """A line for each check that found something, the worst and the most first."""
    from keytag.checks import find

    counts = Counter((finding.id, finding.severity) for finding in findings)
    rows = sorted(counts.items(), key=lambda row: (_ORDER[row[0][1]], -row[1], row[0][0]))
    wide = max((len(check) for check, _ in counts), default=0)
    lines = []
    for (check, severity), count in rows:
        known = find(check)
        lines.append(f"{count:6,}  {severity.value:7}  {check:{wide}}  {known.title if known else ''}".rstrip() + "\n")
    return "".join(lines)
