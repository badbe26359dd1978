"""Which design stands on which station: a design's copies together, in a block that one stroke of the knife separates.

A deterministic packer: the grid is halved again and again between designs whose slots fill a strip exactly; what cannot
be halved is filled to and fro in strips, which keeps every design in one piece. It always places all slots. How many
slots a design gets is `plan`'s business.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT
from keytag.base.words import say
from keytag.sheet.layout import Layout

Grid: TypeAlias = tuple[tuple[int | None, ...], ...]  # rows of columns; None: no design

_EMPTY = None
_BRANCHES = 2  # cuts tried in each area
_BUDGET = 120  # areas looked at altogether: a plate of 60 designs then takes some 30 ms


class Cost(NamedTuple):
    """How far apart designs lie: pieces in all (connected), rectangles in all, and the seams between designs (mm)."""

    pieces: int
    rectangles: int
    seam: float


_WORST = Cost(1 << 62, 1 << 62, math.inf)


class _Area(NamedTuple):
    column: int
    row: int
    columns: int
    rows: int


def assign(layout: Layout, slots: Sequence[int]) -> tuple[int | None, ...]:
    """The design of each station of `layout`, where design i takes `slots[i]` of its places.

    A place is one station, or a front and its back where one forme prints both surfaces. Raises `ValueError` where
    there are more slots than places.
    """
    where = {}
    for place in layout.places:
        station = layout.stations[place[0]]
        where[station.column, station.row] = place
    columns = layout.columns // 2 if layout.scheme.same_plates and not layout.scheme.tumbles else layout.columns
    rows = layout.rows // 2 if layout.scheme.tumbles else layout.rows
    grid = pack(columns, rows, slots, blocked=_missing(columns, rows, where), pitch=layout.pitch)
    assignment: list[int | None] = [None] * len(layout.stations)
    for (column, row), place in where.items():
        for index in place:
            assignment[index] = grid[row][column]
    return tuple(assignment)


def slots_of(layout: Layout, assignment: Sequence[int | None], designs: int) -> tuple[int, ...]:
    """How many places each of `designs` designs takes: the inverse of `assign`."""
    counts = [0] * designs
    for station, design in zip(layout.stations, assignment, strict=True):
        if design is not None and station.face == FRONT:
            counts[design] += 1
    return tuple(counts)


def pack(
    columns: int,
    rows: int,
    slots: Sequence[int],
    *,
    blocked: Iterable[tuple[int, int]] = (),
    pitch: tuple[float, float] = (1.0, 1.0),
) -> Grid:
    """Design i on `slots[i]` cells of a `columns` × `rows` grid, in blocks; a `ValueError` where they are too many."""
    packer = _Packer(columns, rows, frozenset(blocked), pitch)
    area = _Area(0, 0, columns, rows)
    room = packer.room(area)
    if any(s < 0 for s in slots) or sum(slots) > room:
        raise ValueError(say("{slots} slots for {room} places", slots=sum(slots), room=room))
    items = sorted(((count, design) for design, count in enumerate(slots) if count), key=lambda i: (-i[0], i[1]))
    found = packer.fill(area, tuple(count for count, _ in items)).cells
    cells: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    for (column, row), item in found.items():
        cells[row][column] = items[item][1]
    return tuple(tuple(row) for row in cells)


def cost(grid: Grid, pitch: tuple[float, float] = (1.0, 1.0)) -> Cost:
    """What lies apart in `grid`; the least possible is as many pieces and rectangles as designs."""
    cells = {(c, r): d for r, row in enumerate(grid) for c, d in enumerate(row) if d is not None}
    return _Filling.of(cells, pitch).cost


def _missing(columns: int, rows: int, cells: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(c, r) for c in range(columns) for r in range(rows)} - set(cells)


_Cells: TypeAlias = dict[tuple[int, int], int]


class _Filling(NamedTuple):
    """Cells → item, and what that costs; `seams` are the edges between items beside and below one another."""

    cells: _Cells
    cost: Cost
    seams: tuple[int, int]

    @classmethod
    def of(cls, cells: _Cells, pitch: tuple[float, float], least: Cost = _WORST, *, whole: int = 0) -> _Filling:
        """`cells` with their cost, or `_NONE` where pieces or rectangles alone make it dearer than `least`.

        `whole` is how many pieces they are where that is known.
        """
        pieces = whole or _pieces(cells, least.pieces)
        if pieces > least.pieces:
            return _NONE
        by_design: dict[int, set[tuple[int, int]]] = {}
        for cell, design in cells.items():
            by_design.setdefault(design, set()).add(cell)
        rectangles = 0
        for found in by_design.values():
            rectangles += _rectangles(found)
            if (pieces, rectangles) > least[:2]:
                return _NONE
        beside = below = 0
        for (c, r), design in cells.items():
            beside += cells.get((c + 1, r), design) != design
            below += cells.get((c, r + 1), design) != design
        return cls(cells, _priced(pieces, rectangles, (beside, below), pitch), (beside, below))


_NONE = _Filling({}, _WORST, (0, 0))


def _priced(pieces: int, rectangles: int, seams: tuple[int, int], pitch: tuple[float, float]) -> Cost:
    return Cost(pieces, rectangles, seams[0] * pitch[1] + seams[1] * pitch[0])


class _Packer:
    """One call's search: its grid, what it has found so far, and what is left of its budget."""

    def __init__(
        self, columns: int, rows: int, blocked: frozenset[tuple[int, int]], pitch: tuple[float, float]
    ) -> None:
        self.blocked = blocked
        self.pitch = pitch
        self.budget = _BUDGET
        self.known: dict[tuple[_Area, tuple[int, ...]], _Filling] = {}

    def room(self, area: _Area) -> int:
        taken = sum(
            area.column <= c < area.column + area.columns and area.row <= r < area.row + area.rows
            for c, r in self.blocked
        )
        return area.columns * area.rows - taken

    def fill(self, area: _Area, counts: tuple[int, ...]) -> _Filling:
        """Cells of `area` → item; item i takes `counts[i]` of them. Counts fall; they never exceed the room."""
        key = (area, counts)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._search(area, counts)
        return found

    def _search(self, area: _Area, counts: tuple[int, ...]) -> _Filling:
        self.budget -= 1
        if len(counts) == 1 and counts[0] == area.columns * area.rows:
            cells = dict.fromkeys(_boustrophedon(area, area.columns, True)[0], 0)
            return _Filling(cells, Cost(1, 1, 0.0), (0, 0))
        best = self._strips(area, counts)
        if len(counts) < 2:
            return best
        for parts in self._cuts(area, counts)[: _BRANCHES if self.budget > 0 else 1]:
            best = self._together(parts, counts, best)
        return best

    def _together(
        self, parts: tuple[tuple[_Area, list[int]], ...], counts: tuple[int, ...], best: _Filling
    ) -> _Filling:
        """Both halves of an area, where that is cheaper than `best`: no design lies in both, so what they cost adds up,
        and only the seam along the cut comes to it."""
        made = [self.fill(part, tuple(counts[i] for i in items)) for part, items in parts]
        (one, _), (other, _) = parts
        upright = one.row == other.row
        edge = [(other.column, r) for r in range(one.row, one.row + one.rows)] if upright else []
        edge = edge or [(c, other.row) for c in range(one.column, one.column + one.columns)]
        met = sum(
            cell in made[1].cells and (cell[0] - upright, cell[1] - (not upright)) in made[0].cells for cell in edge
        )
        seams = tuple(sum(half.seams[way] for half in made) + met * (upright == (way == 0)) for way in (0, 1))
        sums = [sum(half.cost[i] for half in made) for i in (0, 1)]
        price = _priced(int(sums[0]), int(sums[1]), (seams[0], seams[1]), self.pitch)
        if price >= best.cost:
            return best
        cells = {cell: items[i] for half, (_, items) in zip(made, parts, strict=True) for cell, i in half.cells.items()}
        return _Filling(cells, price, (seams[0], seams[1]))

    def _cuts(self, area: _Area, counts: tuple[int, ...]) -> list[tuple[tuple[_Area, list[int]], ...]]:
        """Ways to halve `area` so that no design lies on both sides, the shortest and most even cuts first."""
        free = self.room(area) - sum(counts)
        reach = [1]
        for count in counts:
            reach.append(reach[-1] | reach[-1] << count)
        found = []
        for upright, lines in ((True, area.columns), (False, area.rows)):
            length = area.rows * self.pitch[1] if upright else area.columns * self.pitch[0]
            for k in range(1, lines):
                one, other = _halves(area, upright, k)
                room = self.room(one)
                chosen = _subset(reach, counts, max(0, room - free), room)
                if chosen and len(chosen) < len(counts):
                    rest = [i for i in range(len(counts)) if i not in chosen]
                    found.append((length, abs(lines - 2 * k), not upright, k, ((one, sorted(chosen)), (other, rest))))
        found.sort(key=lambda cut: cut[:4])
        return [cut[4] for cut in found]

    def _strips(self, area: _Area, counts: tuple[int, ...]) -> _Filling:
        """The best filling to and fro in strips of one width; where nothing is blocked, each design is in one piece."""
        best = _NONE
        items = [i for i, count in enumerate(counts) for _ in range(count)]
        whole = self.room(area) == area.columns * area.rows
        for upright, lines in ((True, area.columns), (False, area.rows)):
            for width in range(1, lines + 1):
                if lines % width and width > 2:
                    continue
                path, unbroken = _boustrophedon(area, width, upright)
                free = path if whole else [cell for cell in path if cell not in self.blocked]
                cells = dict(zip(free, items, strict=False))
                made = _Filling.of(cells, self.pitch, best.cost, whole=len(counts) if whole and unbroken else 0)
                if made.cost < best.cost:
                    best = made
        return best


def _halves(area: _Area, upright: bool, k: int) -> tuple[_Area, _Area]:
    if upright:
        return area._replace(columns=k), area._replace(column=area.column + k, columns=area.columns - k)
    return area._replace(rows=k), area._replace(row=area.row + k, rows=area.rows - k)


def _subset(reach: list[int], counts: tuple[int, ...], least: int, most: int) -> set[int]:
    """Items whose counts sum to the greatest reachable number from `least` to `most`; empty where there is none."""
    window = reach[-1] & ((1 << most + 1) - 1)
    total = window.bit_length() - 1
    if total < least or total <= 0:
        return set()
    chosen = set()
    for i in range(len(counts) - 1, -1, -1):
        if not reach[i] >> total & 1:
            chosen.add(i)
            total -= counts[i]
    return chosen


def _boustrophedon(area: _Area, width: int, upright: bool) -> tuple[list[tuple[int, int]], bool]:
    """All cells of `area` in strips of `width` lines, each strip to and fro, and whether all neighbours on it touch."""
    path, unbroken = _strip_path(area.columns, area.rows, width, upright)
    return [(area.column + c, area.row + r) for c, r in path], unbroken


@lru_cache(maxsize=512)
def _strip_path(columns: int, rows: int, width: int, upright: bool) -> tuple[tuple[tuple[int, int], ...], bool]:
    lines, length = (columns, rows) if upright else (rows, columns)
    path = []
    across = 0  # the line of the strip where the pen stands: 0 first, 1 last
    for strip, start in enumerate(range(0, lines, width)):
        end = min(start + width, lines)
        steps = range(length) if strip % 2 == 0 else range(length - 1, -1, -1)
        for step in steps:
            line = range(start, end) if across == 0 else range(end - 1, start - 1, -1)
            path += [(i, step) for i in line]
            across = 1 - across
        across = 0
    unbroken = all(abs(a - c) + abs(b - d) == 1 for (a, b), (c, d) in pairwise(path))
    return tuple(path if upright else [(step, i) for i, step in path]), unbroken


def _pieces(cells: _Cells, most: int) -> int:
    """Connected pieces of one design each; one more than `most` where they are more."""
    seen: set[tuple[int, int]] = set()
    pieces = 0
    for cell, design in cells.items():
        if cell in seen:
            continue
        pieces += 1
        if pieces > most:
            break
        todo = [cell]
        seen.add(cell)
        while todo:
            c, r = todo.pop()
            for near in ((c + 1, r), (c - 1, r), (c, r + 1), (c, r - 1)):
                if near not in seen and cells.get(near) == design:
                    seen.add(near)
                    todo.append(near)
    return pieces


def _rectangles(cells: set[tuple[int, int]]) -> int:
    """Rectangles that make up `cells`: equal runs of neighbouring rows together, or of columns, whichever is fewer."""
    columns, rows = [c for c, _ in cells], [r for _, r in cells]
    if (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1) == len(cells):
        return 1  # mostly so
    return min(_run_groups(cells), _run_groups({(r, c) for c, r in cells}))


def _run_groups(cells: set[tuple[int, int]]) -> int:
    runs = set()
    for c, r in cells:
        if (c - 1, r) not in cells:
            end = c
            while (end + 1, r) in cells:
                end += 1
            runs.add((c, end, r))
    return sum((start, end, row - 1) not in runs for start, end, row in runs)
