"""Whether the returns add up, and how far the hand-out has come.

made = given + in store + damaged + returned, for each unit. What was given, returned and damaged is the sum of the
lines; what is in store is what the last line of each place says, since it is a state and no event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.fields import day
from keytag.handout.returns import Row
from keytag.roster.model import Roster, Unit
from keytag.roster.villages import shares

COVERED = 0.9


class Reached(NamedTuple):
    """One village (or all): its households, and how many got a tag, called once, scanned once."""

    title: str
    households: int
    given: int
    called: int
    scanned: int

    @property
    def coverage(self) -> float:
        return self.given / self.households if self.households else 0.0

    def of_given(self, number: int) -> float:
        return number / self.given if self.given else 0.0


class Account(NamedTuple):
    """A unit's tags: `made` of them, and where they are."""

    made: int
    given: int
    in_store: int | None
    damaged: int
    returned: int

    @property
    def told(self) -> int:
        return self.given + (self.in_store or 0) + self.damaged + self.returned


def is_old(row: Row, roster: Roster) -> bool:
    """Whether a line is about tags of another edition than this job's."""
    edition = roster.job.edition.value.strip() if roster.job.edition else ""
    return bool(row.edition and edition and row.edition != edition)


def account(unit: Unit, rows: Sequence[Row]) -> Account:
    """A unit's account by its own lines of this edition."""
    stores: dict[str, tuple[str, int, int]] = {}
    for number, row in enumerate(rows):
        stored = row.counts["in_store"]
        if stored is not None:
            stores[row.village] = max(stores.get(row.village, ("", -1, 0)), (row.day, number, stored))
    total = sum(stored for _, _, stored in stores.values()) if stores else None
    given, damaged, returned = (sum(row.number(name) for row in rows) for name in ("given", "damaged", "returned"))
    return Account(unit.tags, given, total, damaged, returned)


def reached(roster: Roster, rows: Sequence[Row]) -> tuple[Reached, ...]:
    """Every village that the lines tell of or not, those under 90 % first, the least covered at the top."""
    found = []
    for unit in roster.units:
        mine = [row for row in rows if row.unit.key == unit.key and not is_old(row, roster)]
        for share in shares(unit):
            here = [row for row in mine if row.village == share.key]
            sums = (sum(row.number(name) for row in here) for name in ("given", "called", "scanned"))
            found.append(Reached(f"{unit.title}, {share.village.title}", share.tags, *sums))
    return tuple(sorted(found, key=lambda one: (one.coverage >= COVERED, one.coverage, one.title)))


def total(villages: Sequence[Reached]) -> Reached:
    """All of them together."""
    sums = (sum(getattr(one, name) for one in villages) for name in ("households", "given", "called", "scanned"))
    return Reached("", *sums)


def called_back(roster: Roster, rows: Sequence[Row]) -> int:
    """Tags of older editions that came back."""
    return sum(row.number("returned") + row.number("damaged") for row in rows if is_old(row, roster))


def judged(roster: Roster, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    """What is odd about the lines, and every unit whose account does not close."""
    begun = day(roster.job.date) or ""
    seen: dict[object, Row] = {}
    for row in rows:
        yield from _odd(row, roster, begun)
        same = (row.day, row.unit.key, row.village, tuple(row.counts.items()), row.edition)
        first = seen.setdefault(same, row)
        if first is not row and any(row.counts.values()):
            message = say("the same stands on line {line}: was it written down twice?", line=first.span.line)
            yield Diagnostic("returns-double", Severity.WARNING, row.span, message)
    for unit in roster.units:
        mine = [row for row in rows if row.unit.key == unit.key and not is_old(row, roster)]
        if mine:
            yield from _villages(unit, mine)
            yield from _balance(unit, mine)


def _odd(row: Row, roster: Roster, begun: str) -> Iterator[Diagnostic]:
    where = row.unit.title
    for name, said in (("called", say("called")), ("scanned", say("scanned"))):
        if row.number(name) > row.number("given"):
            message = say(
                "{where}: {row} households {name}, and {row2} got a tag",
                where=where,
                row=row.number(name),
                name=said,
                row2=row.number("given"),
            )
            yield Diagnostic("returns-more", Severity.ERROR, row.span, message)
    if row.day and row.day < begun:
        message = say("{where}: {day} is before the tags were issued ({begun})", where=where, day=row.day, begun=begun)
        yield Diagnostic("returns-day", Severity.ERROR, row.span, message)
    if is_old(row, roster) and row.number("given"):
        message = say(
            "{where}: tags of edition {edition} were handed out; this job's is another",
            where=where,
            edition=row.edition,
        )
        yield Diagnostic("returns-edition", Severity.WARNING, row.span, message)


def _villages(unit: Unit, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    for share in shares(unit):
        here = [row for row in rows if row.village == share.key]
        given = sum(row.number("given") for row in here)
        if given > share.tags:
            message = say(
                "{unit}, {village}: {given} tags given, and it has {tags} households",
                unit=unit.title,
                village=share.village.title,
                given=given,
                tags=share.tags,
            )
            yield Diagnostic("returns-more", Severity.WARNING, here[-1].span, message)


def _balance(unit: Unit, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    found = account(unit, rows)
    if found.told == found.made:
        return
    parts = say(
        "given {given} + in store {in_store} + damaged {damaged} + returned {returned}",
        given=found.given,
        in_store=found.in_store or 0,
        damaged=found.damaged,
        returned=found.returned,
    )
    missing = found.made - found.told
    what = say("{missing} are missing", missing=missing) if missing > 0 else say("{missing} too many", missing=-missing)
    hint = "" if found.in_store is not None else say("; no line says what is in store")
    message = say(
        "{unit}: made {made}, told {told} = {parts}: {what}{hint}",
        unit=unit.title,
        made=found.made,
        told=found.told,
        parts=parts,
        what=what,
        hint=hint,
    )
    yield Diagnostic("returns-balance", Severity.ERROR, rows[-1].span, message)
