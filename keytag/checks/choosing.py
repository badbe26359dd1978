"""Which findings are shown: by check, by unit, and by the severities that a project gives its checks."""

from bisect import bisect_right
from collections.abc import Collection, Sequence

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.errors import UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.roster.model import Roster


class Choice(NamedTuple):
    """What of all findings is wanted: ids and groups of checks to show and to leave out; keys of units, or all."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        return not (self.select or self.ignore or self.units)


def ids(words: Collection[str], what: str) -> frozenset[str]:
    """The ids of checks that `words` (ids or groups, several parted by commas) name; `UsageError` for one unknown."""
    if not words:
        return frozenset()
    from keytag import checks
    from keytag.files.fields import nearest

    groups = {group.name: group for group in checks.groups()}
    known = {check.id for group in groups.values() for check in group.checks}
    found: set[str] = set()
    for word in (part.strip() for each in words for part in each.split(",")):
        if word in groups:
            found |= {check.id for check in groups[word].checks}
        elif word in known:
            found.add(word)
        elif word:
            guess = nearest(word, [*groups, *known])
            hint = (
                say("did you mean {guess}?", guess=guess)
                if guess
                else say("groups are {groups}; keytag explain lists all", groups=joined(", ", groups))
            )
            raise UsageError(say("{what}: there is no check {word!r}", what=what, word=word), hint=hint)
    return frozenset(found)


def chosen(findings: Sequence[Diagnostic], choice: Choice, roster: Roster | None) -> list[Diagnostic]:
    """The findings that are wanted. Of units, what stands on their own tags is never left out."""
    kept = [f for f in findings if f.id not in choice.ignore and (not choice.select or f.id in choice.select)]
    if not choice.units or roster is None:
        return kept
    owners = _Owners(roster, choice.units)
    return [finding for finding in kept if owners.concerns(finding)]


class _Owners:
    """Whose tags a place of the roster is printed on."""

    def __init__(self, roster: Roster, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        mine = [unit for unit in roster.units if unit.key in wanted]
        issuers = {id(unit.authority) for unit in mine}
        self.foreign = [a.span for a in roster.authorities if not a.own and id(a) not in issuers]
        self.shared = [a.span for a in roster.authorities if not a.own]
        if roster.job.span:
            self.shared.append(roster.job.span)
        if roster.site:
            self.shared.append(roster.site.span)
        self.starts: dict[str, list[tuple[int, str]]] = {}
        for unit in roster.units:
            self.starts.setdefault(unit.span.file, []).append((unit.span.line, unit.key))
        for starts in self.starts.values():
            starts.sort()

    def concerns(self, finding: Diagnostic) -> bool:
        if finding.unit:
            return finding.unit in self.wanted or "" in finding.also or not self.wanted.isdisjoint(finding.also)
        span = finding.span
        if span is None:
            return True
        if any(_within(span, other) for other in self.foreign):
            return False
        return self._owner(span) in ("", *self.wanted)

    def _owner(self, span: Span) -> str:
        """The unit in whose lines `span` stands; empty where it is in none's."""
        starts = self.starts.get(span.file)
        if not starts or any(_within(span, other) for other in self.shared):
            return ""
        index = bisect_right(starts, (span.line, "\U0010ffff"))
        return starts[index - 1][1] if index else ""


def _within(span: Span, other: Span) -> bool:
    inside = (other.line, other.column) <= (span.line, span.column) < (other.end_line, other.end_column)
    return span.file == other.file and inside
