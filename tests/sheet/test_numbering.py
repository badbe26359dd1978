"""Cut and stack, simulated: sheets are printed, cut station by station, stacked, and what lies there is looked at."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.sheet.covering import fewest
from keytag.sheet.numbering import Locator, NumberingError, Plate, Range, overlapping, piles, printed, reprint

UNITS = ("a", "b", "c")


@st.composite
def jobs(draw: st.DrawFn) -> tuple[list[Plate], dict[str, Range]]:
    plates = [
        Plate(
            n, draw(st.integers(1, 7)), tuple(draw(st.lists(st.sampled_from([*UNITS, None]), min_size=1, max_size=9)))
        )
        for n in range(1, draw(st.integers(1, 4)) + 1)
    ]
    ranges, at = {}, draw(st.integers(0, 50))
    for unit, made in printed(plates).items():
        size, reserve = draw(st.integers(1, made)), draw(st.integers(0, 5))
        ranges[unit] = Range(at, size, reserve)
        at = ranges[unit].beyond + draw(st.integers(0, 3))
    return plates, ranges


def stacks(plates: list[Plate], ranges: dict[str, Range]) -> dict[tuple[int, int], list[tuple[str, int | None]]]:
    """The stacks after the cut, from the top (sheet 1) down: (unit of the face, number printed on it)."""
    of = {(p.plate, p.station): p for p in piles(plates, ranges)}
    found: dict[tuple[int, int], list[tuple[str, int | None]]] = {}
    for plate in plates:
        for sheet in range(plate.run):
            for station, unit in enumerate(plate.units):
                if unit is not None:
                    number = of[plate.number, station].number(sheet)
                    found.setdefault((plate.number, station), []).append((unit, number))
    return found


@given(jobs())
@settings(derandomize=True, deadline=None, max_examples=150)
def test_after_the_cut_each_pile_is_in_order_and_a_units_piles_are_its_range(
    job: tuple[list[Plate], dict[str, Range]],
) -> None:
    plates, ranges = job
    laid: dict[str, list[int]] = {}
    for _, stack in sorted(stacks(plates, ranges).items()):
        (unit,) = {unit for unit, _ in stack}
        numbers = [n for _, n in stack if n is not None]
        assert numbers == sorted(numbers) and [n for _, n in stack][: len(numbers)] == numbers  # blanks come last
        laid.setdefault(unit, []).extend(numbers)
    for unit, numbers in laid.items():  # piles laid after one another: the range, each once
        assert numbers == list(range(ranges[unit].first, ranges[unit].end))


@given(jobs())
@settings(derandomize=True, deadline=None, max_examples=80)
def test_every_number_is_found_where_it_stands(job: tuple[list[Plate], dict[str, Range]]) -> None:
    plates, ranges = job
    locator = Locator(piles(plates, ranges))
    seen = 0
    for (plate, station), stack in stacks(plates, ranges).items():
        for sheet, (unit, number) in enumerate(stack):
            if number is not None:
                seen += 1
                place = locator.place(number)
                assert place is not None
                assert (place.unit, place.plate, place.sheet, place.station) == (unit, plate, sheet + 1, station + 1)
    assert seen == sum(r.size for r in ranges.values())
    assert locator.place(max((r.beyond for r in ranges.values()), default=0)) is None


@given(jobs(), st.data())
@settings(derandomize=True, deadline=None, max_examples=120)
def test_a_reprint_has_exactly_the_spoiled_each_on_its_own_units_station(
    job: tuple[list[Plate], dict[str, Range]], data: st.DataObject
) -> None:
    plates, ranges = job
    wanted = {
        unit: data.draw(st.lists(st.integers(r.first, r.last), unique=True, max_size=12)) for unit, r in ranges.items()
    }
    again = reprint(plates, wanted)
    units = {plate.number: plate.units for plate in plates}
    there = [
        (units[a.plate][station], number)
        for a in again
        for sheet in a.sheets
        for station, number in enumerate(sheet)
        if number is not None
    ]
    assert Counter(there) == Counter((unit, n) for unit, numbers in wanted.items() for n in numbers)
    for a in again:
        assert all(any(n is not None for n in sheet) for sheet in a.sheets)  # no sheet is printed for nothing
        for station in range(len(units[a.plate])):
            numbers = [sheet[station] for sheet in a.sheets if sheet[station] is not None]
            assert numbers == sorted(numbers)


@given(
    st.lists(st.dictionaries(st.sampled_from(UNITS), st.integers(1, 4)), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(UNITS), st.integers(1, 7)),
)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_no_smaller_cover_exists(gives: list[dict[str, int]], needs: dict[str, int]) -> None:
    needs = {u: n for u, n in needs.items() if any(u in plate for plate in gives)}
    found = fewest(gives, needs)

    def covers(counts: tuple[int, ...]) -> bool:
        return all(sum(g.get(u, 0) * c for g, c in zip(gives, counts, strict=True)) >= n for u, n in needs.items())

    assert covers(found)
    smaller = (c for c in product(range(sum(found)), repeat=len(gives)) if sum(c) < sum(found))
    assert not any(covers(counts) for counts in smaller)


def test_a_reprint_takes_the_fewest_sheets() -> None:
    plates = [Plate(1, 9, ("a", "b", "b")), Plate(2, 9, ("b", "b", "b", "c"))]
    again = reprint(plates, {"a": [1, 2], "b": [10, 11, 12, 13]})
    assert [(a.plate, len(a.sheets)) for a in again] == [(1, 2)]  # b finds room beside a, plate 2 is not needed


def test_what_does_not_go_together_is_said() -> None:
    plates = [Plate(1, 2, ("a", "b"))]
    with pytest.raises(NumberingError, match="b has no range"):
        piles(plates, {"a": Range(1, 2)})
    with pytest.raises(NumberingError, match="3 serials, and 2 tags"):
        piles(plates, {"a": Range(1, 3), "b": Range(9, 2)})
    with pytest.raises(NumberingError, match="c stands on no plate"):
        reprint(plates, {"c": [7]})
    assert overlapping({"a": Range(1, 5, 2), "b": Range(7, 1)}) == ("a", "b")
    assert overlapping({"a": Range(1, 5, 2), "b": Range(8, 1)}) is None
