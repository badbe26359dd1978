"""A design's copies stand together: against brute force on small grids, and as properties on any grid."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_samples import artwork, scheme

from keytag.sheet.blocks import Cost, Grid, assign, cost, pack, slots_of
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.scheme import WORK_AND_TUMBLE, WORK_AND_TURN, WORK_STYLES


def partitions(total: int, most: int) -> Iterator[tuple[int, ...]]:
    if total == 0:
        yield ()
    for first in range(min(total, most), 0, -1):
        for rest in partitions(total - first, first):
            yield (first, *rest)


def arrangements(counts: list[int], length: int) -> Iterator[tuple[int, ...]]:
    if length == 0:
        yield ()
    for design, count in enumerate(counts):
        if count:
            counts[design] -= 1
            for rest in arrangements(counts, length - 1):
                yield (design, *rest)
            counts[design] += 1


def grid_of(flat: tuple[int, ...], columns: int) -> Grid:
    return tuple(flat[i : i + columns] for i in range(0, len(flat), columns))


def test_small_grids_are_as_good_as_brute_force() -> None:
    off = []
    for columns, rows in ((2, 3), (4, 2), (2, 4)):
        for slots in partitions(columns * rows, 8):
            if len(slots) > 4:
                continue
            least = min(cost(grid_of(flat, columns)) for flat in arrangements(list(slots), columns * rows))
            found = cost(pack(columns, rows, slots))
            assert found.pieces == least.pieces == len(slots)
            assert found.rectangles <= least.rectangles + 1
            off.append(found.rectangles - least.rectangles)
    assert sum(off) <= len(off) / 10


@pytest.mark.parametrize(
    ("slots", "rectangles"),
    [
        ((80,), 1),
        ((40, 40), 2),
        ((16,) * 5, 5),
        ((5,) * 16, 16),
        ((20, 20, 20, 20), 4),
        ((4, 5, 5, 4, 6, 5, 5, 5, 4, 4, 5, 5, 5, 5, 4, 5, 4), 17),
        ((32, 16, 16, 10, 5, 1), 6),
    ],
)
def test_slots_that_fit_in_rectangles_stand_in_rectangles(slots: tuple[int, ...], rectangles: int) -> None:
    found = cost(pack(5, 16, slots))
    assert (found.pieces, found.rectangles) == (len(slots), rectangles)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(st.integers(1, 8), st.integers(1, 14), st.lists(st.integers(0, 30), max_size=20), st.data())
def test_every_slot_is_placed_and_designs_hold_together(
    columns: int, rows: int, slots: list[int], data: st.DataObject
) -> None:
    cells = [(c, r) for c in range(columns) for r in range(rows)]
    blocked = data.draw(st.sets(st.sampled_from(cells), max_size=2)) if data.draw(st.booleans()) else set()
    while sum(slots) > columns * rows - len(blocked):
        slots.pop()
    grid = pack(columns, rows, slots, blocked=blocked)
    flat = [design for row in grid for design in row]
    assert [flat.count(design) for design in range(len(slots))] == slots
    assert all(grid[r][c] is None for c, r in blocked)
    assert grid == pack(columns, rows, slots, blocked=blocked)
    if not blocked:
        assert cost(grid).pieces == sum(s > 0 for s in slots)


def test_too_many_slots_are_refused() -> None:
    with pytest.raises(ValueError, match="5 slots for 4 places"):
        pack(2, 2, (3, 2))
    with pytest.raises(ValueError, match="4 slots for 3 places"):
        pack(2, 2, (4,), blocked=[(0, 1)])
    with pytest.raises(ValueError, match="slots"):
        pack(2, 2, (3, -1))


def test_cost_counts_what_lies_apart() -> None:
    assert cost(((0, 1), (1, 0)), (56, 26)) == Cost(4, 4, 2 * 26 + 2 * 56)
    assert cost(((0, 0), (0, 1)), (56, 26)) == Cost(2, 3, 26 + 56)


@pytest.mark.parametrize("work", WORK_STYLES)
def test_an_assignment_is_what_imposition_takes(work: str) -> None:
    layout = lay_out(scheme(work, gap=(6, 7), blocked=((0, 0),)), 50, 20, 3)
    slots = (9, 0, 7, len(layout.places) - 17)
    assignment = assign(layout, slots)
    assert slots_of(layout, assignment, 4) == slots
    sheet = impose(layout, assignment, [artwork(key) for key in "abcd"])
    assert dict(sheet.slots) == {
        key: count * layout.tags_per_place for key, count in zip("abcd", slots, strict=True) if count
    }
    assert assignment.count(None) == layout.tags_per_place
    assert (work in (WORK_AND_TURN, WORK_AND_TUMBLE)) == (layout.tags_per_place == 2)
