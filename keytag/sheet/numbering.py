"""Cut and stack: which serial stands on which station of which sheet, and on which sheets spoiled tags stand. Pure.

A unit's tags are numbered pile by pile: on station j of its stations (in station order, plate after plate), sheet k of
a run of R has the number first + j·R + k. So each station's pile, cut and stacked, is in order, and a unit's piles
after one another are its range. Numbers are handed out after the plan and never change it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from keytag.base.records import NamedTuple
from keytag.base.words import say


class Range(NamedTuple):
    """Numbers `first` … `first + size - 1` of one unit, and `reserve` more after them for what is spoiled."""

    first: int
    size: int
    reserve: int = 0

    @property
    def end(self) -> int:
        """The first number beyond what is printed."""
        return self.first + self.size

    @property
    def last(self) -> int:
        """The last number that is printed."""
        return self.end - 1

    @property
    def beyond(self) -> int:
        """The first number that is not the unit's."""
        return self.end + self.reserve


class Plate(NamedTuple):
    """A plate set as numbering sees it: its run, and the unit of each station (None: no tag stands there)."""

    number: int
    run: int
    units: tuple[str | None, ...]


class Pile(NamedTuple):
    """One station's stack: sheet k (from 0) has the number `first + k`, on `tags` sheets; then come blanks.

    `station` is an index from 0, `pile` counts from 1 within the unit.
    """

    unit: str
    plate: int
    station: int
    pile: int
    first: int
    tags: int

    @property
    def last(self) -> int:
        return self.first + self.tags - 1

    def number(self, sheet: int) -> int | None:
        """The number on sheet `sheet` (from 0); None where the pile has ended."""
        return self.first + sheet if 0 <= sheet < self.tags else None


class Place(NamedTuple):
    """Where one tag stands: plate by its number, sheet and station and pile counted from 1."""

    unit: str
    plate: int
    sheet: int
    station: int
    pile: int


def line_text(sheet: int, run: int, first: str, last: str) -> str:
    """The slug's own line on each sheet: `sheet / tờ 18/434 · G-0000 018-S – G-0000 957-X`."""
    return f"sheet / tờ {sheet}/{run} · {first} – {last}"


class NumberingError(ValueError):
    """Ranges and plates that do not go together; `unit` is whose."""

    def __init__(self, unit: str, message: str) -> None:
        super().__init__(message)
        self.unit = unit


def printed(plates: Sequence[Plate]) -> dict[str, int]:
    """The tags that the plates give, by unit, in the order in which units come."""
    found: dict[str, int] = {}
    for plate in plates:
        for unit in plate.units:
            if unit is not None:
                found[unit] = found.get(unit, 0) + plate.run
    return found


def piles(plates: Sequence[Plate], ranges: Mapping[str, Range]) -> tuple[Pile, ...]:
    """Every pile, plate by plate in station order; each unit's take its range from the first number to the last.

    A range shorter than the piles ends early, with blanks; `NumberingError` where it is longer than what is printed,
    or a unit has none.
    """
    made = printed(plates)
    for unit, count in made.items():
        if unit not in ranges:
            raise NumberingError(unit, say("{unit} has no range of serials", unit=unit))
        if ranges[unit].size > count:
            raise NumberingError(
                unit,
                say(
                    "{unit}: {size:,} serials, and {count:,} tags are printed",
                    unit=unit,
                    size=ranges[unit].size,
                    count=count,
                ),
            )
    following = {unit: (ranges[unit].first, 1) for unit in made}
    found = []
    for plate in plates:
        for station, here in enumerate(plate.units):
            if here is None:
                continue
            first, pile = following[here]
            count = max(0, min(plate.run, ranges[here].end - first))
            found.append(Pile(here, plate.number, station, pile, first, count))
            following[here] = (first + count, pile + 1)
    return tuple(found)


class Locator:
    """Finds the place of a number, by the piles."""

    def __init__(self, piles: Iterable[Pile]) -> None:
        self._piles = sorted((pile for pile in piles if pile.tags), key=lambda pile: pile.first)
        self._firsts = [pile.first for pile in self._piles]

    def place(self, number: int) -> Place | None:
        """Where that number stands; None where it was not printed."""
        import bisect

        at = bisect.bisect_right(self._firsts, number) - 1
        if at < 0 or number > self._piles[at].last:
            return None
        pile = self._piles[at]
        return Place(pile.unit, pile.plate, number - pile.first + 1, pile.station + 1, pile.pile)


def overlapping(ranges: Mapping[str, Range]) -> tuple[str, str] | None:
    """Two units whose ranges, reserves included, share a number; None where none do."""
    ordered = sorted(ranges.items(), key=lambda item: (item[1].first, item[1].beyond))
    for (one, a), (other, b) in itertools.pairwise(ordered):
        if b.first < a.beyond:
            return one, other
    return None


class Again(NamedTuple):
    """A reprint on one plate's stations: the number on each station of each sheet; None leaves it blank."""

    plate: int
    sheets: tuple[tuple[int | None, ...], ...]


def reprint(plates: Sequence[Plate], wanted: Mapping[str, Sequence[int]]) -> tuple[Again, ...]:
    """Exactly the `wanted` numbers of each unit, blanks elsewhere, on the fewest sheets.

    A tag may stand on any station that shows its unit. `NumberingError` where a unit stands on no plate.
    """
    from keytag.sheet.covering import fewest

    rest = {unit: sorted(numbers) for unit, numbers in wanted.items() if numbers}
    room = {plate.number: _room(plate) for plate in plates}
    for lost in rest:
        if not any(lost in stations for stations in room.values()):
            raise NumberingError(lost, say("{lost} stands on no plate", lost=lost))
    gives = [{unit: len(stations) for unit, stations in room[p.number].items() if unit in rest} for p in plates]
    counts = fewest(gives, {unit: len(numbers) for unit, numbers in rest.items()})
    found = []
    for plate, count in zip(plates, counts, strict=True):
        share: dict[str, list[int]] = {}
        for unit, stations in room[plate.number].items():
            if unit in rest and (take := count * len(stations)):
                share[unit], rest[unit] = rest[unit][:take], rest[unit][take:]
        if count:
            found.append(Again(plate.number, _filled(plate, share, count)))
    return tuple(found)


def _room(plate: Plate) -> dict[str, list[int]]:
    """The stations of each unit."""
    found: dict[str, list[int]] = {}
    for station, unit in enumerate(plate.units):
        if unit is not None:
            found.setdefault(unit, []).append(station)
    return found


def _filled(plate: Plate, wanted: Mapping[str, Sequence[int]], count: int) -> tuple[tuple[int | None, ...], ...]:
    """The sheets of a reprint, each unit's numbers pile by pile."""
    room = _room(plate)
    sheets: list[list[int | None]] = [[None] * len(plate.units) for _ in range(count)]
    for unit, numbers in wanted.items():
        for i, number in enumerate(numbers):
            pile, sheet = divmod(i, count)
            sheets[sheet][room[unit][pile]] = number
    return tuple(tuple(sheet) for sheet in sheets)
