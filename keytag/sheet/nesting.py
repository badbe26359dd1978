"""Rows of stations on a sheet: straight in a grid, or staggered by half a pitch, round tags in one another's gaps.

Staggered rows come as close as their contours allow: each contour is moved out by half the gap (a true parallel curve),
and the next row goes down until the two curves touch. The pitch along a row is stretched to the width that is there,
since wider rows nest deeper; of all counts in a row the one with the most stations is taken.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from keytag.base.flatten import flattened
from keytag.base.geometry import Point, Rect, quarter_turns
from keytag.base.outline import Outline, RoundedRectangle
from keytag.base.records import NamedTuple
from keytag.sheet.scheme import HEAD_TO_HEAD, Scheme, Size

Cell: TypeAlias = tuple[int, int]  # column, row

_STEP = 0.05  # mm between the places at which contours are compared
_FINE = 0.001  # mm from a contour to its chords
_SAFE = 0.006  # mm: what both together may lose of the gap
_SLACK = 1e-6


class Rows(NamedTuple):
    """Stations before they are on a sheet: each cell's top left in a block of `size`; pitch of columns and rows."""

    columns: int
    rows: int
    pitch: Point
    cells: dict[Cell, Point]
    size: Size


def straight(box: Size, pitch: Point, columns: int, rows: int) -> Rows:
    """A plain grid."""
    cells = {(c, r): Point(c * pitch.x, r * pitch.y) for r in range(rows) for c in range(columns)}
    size = Size((columns - 1) * pitch.x + box.width, (rows - 1) * pitch.y + box.height)
    return Rows(columns, rows, pitch, cells, size)


def staggered(scheme: Scheme, outline: Outline | None, box: Size, room: Rect) -> Rows | None:
    """The staggered rows with the most stations whose trims lie in `room`; None where not two rows go in.

    `outline` is the contour as designed; a tag without one is taken as a rectangle, which does not nest.
    """
    best: Rows | None = None
    most = 0
    for columns, every, pitch in _ways(scheme, box, room):
        down = max(_row_pitch(scheme, outline, box, pitch), (box.height + scheme.gap.y) / 2)
        found = _filled(scheme, box, room, columns, every, Point(pitch, down))
        held = len(partners(scheme, found, box)) if found is not None else 0
        if held > most:
            best, most = found, held
    return best


def partners(scheme: Scheme, rows: Rows, box: Size) -> dict[Cell, Cell]:
    """The cell behind each, itself where the back has plates of its own.

    Where one forme prints both surfaces it is the mirror image about the block's middle; a cell that would be its own
    mirror image cannot carry a front and a back, and is left out.
    """
    if not scheme.same_plates:
        return {cell: cell for cell in rows.cells}
    at = {(round(x, 3), round(y, 3)): cell for cell, (x, y) in rows.cells.items()}
    found = {}
    for cell, (x, y) in rows.cells.items():
        x, y = (x, rows.size.height - box.height - y) if scheme.tumbles else (rows.size.width - box.width - x, y)
        other = at.get((round(x, 3), round(y, 3)))
        if other is not None and other != cell:
            found[cell] = other
    return found


def _ways(scheme: Scheme, box: Size, room: Rect) -> Iterator[tuple[int, bool, float]]:
    """Columns of the first row, whether the next row has as many (shifted) or one less (between), and the pitch."""
    least = box.width + scheme.gap.x
    free = room.width - box.width
    for columns in range(1, math.floor((room.width + scheme.gap.x + _SLACK) / least) + 1):
        if scheme.grid is not None and columns != scheme.grid[0]:
            continue
        for every in (False, True):
            steps = columns - 0.5 if every else columns - 1
            if steps > 0 and free / steps >= least - _SLACK:
                yield columns, every, free / steps
                if scheme.grid is not None:
                    yield columns, every, least


def _filled(scheme: Scheme, box: Size, room: Rect, columns: int, every: bool, pitch: Point) -> Rows | None:
    """As many rows as go in; where the sheet tumbles, two halves that mirror one another about the middle."""
    if scheme.tumbles:
        half = (room.height - scheme.gap.y) / 2
        rows = math.floor((half - box.height + _SLACK) / pitch.y) + 1 if half >= box.height else 0
        rows *= 2
    else:
        rows = math.floor((room.height - box.height + _SLACK) / pitch.y) + 1
    if scheme.grid is not None:
        rows = scheme.grid[1] if scheme.grid[1] <= rows else 0
    if rows < 2 or (scheme.tumbles and rows % 2):
        return None
    upper = rows // 2 if scheme.tumbles else rows
    high = (upper - 1) * pitch.y + box.height
    whole = 2 * high + scheme.gap.y if scheme.tumbles else high
    cells: dict[Cell, Point] = {}
    for r in range(rows):
        like = min(r, rows - 1 - r) if scheme.tumbles else r
        y = like * pitch.y if like == r else whole - box.height - like * pitch.y
        shift = pitch.x / 2 if like % 2 else 0.0
        for c in range(columns if every or like % 2 == 0 else columns - 1):
            cells[c, r] = Point(shift + c * pitch.x, y)
    wide = max(at.x for at in cells.values()) + box.width
    return Rows(columns, rows, pitch, cells, Size(wide, whole))


def _row_pitch(scheme: Scheme, outline: Outline | None, box: Size, pitch: float) -> float:
    """How far the next row must go down so that no two contours are nearer than the gap."""
    gap = min(scheme.gap.x, scheme.gap.y)
    turned = scheme.heads == HEAD_TO_HEAD or scheme.tumbles
    shape = outline or RoundedRectangle(*((box.height, box.width) if scheme.turn % 180 else box))
    tops, bottoms = _envelope(shape, gap / 2, scheme.turn, turned)
    reach = 0.0
    for shift in (pitch / 2, -pitch / 2):
        first = round(shift / _STEP)
        # Both neighbours of the grid of samples: a shift between two of them is none nearer than the worse one.
        for step in (first, first + 1):
            for i, bottom in enumerate(bottoms):
                j = i - step
                if 0 <= j < len(tops) and bottom - tops[j] > reach:
                    reach = bottom - tops[j]
    return reach + _SAFE


@lru_cache(maxsize=32)
def _envelope(outline: Outline, out: float, turn: int, turned: bool) -> tuple[Sequence[float], Sequence[float]]:
    """The upper and lower edge of the contour moved `out` mm out, at steps along its width; y down from its trim.

    Seen from both sides, and upside down as well where rows may stand so: the outermost of all.
    """
    shapes = [outline, outline.mirrored()] if outline.mirrored() is not outline else [outline]
    wide, high = (outline.height, outline.width) if turn % 180 else (outline.width, outline.height)
    count = math.ceil((wide + 2 * out) / _STEP) + 1
    top, bottom = [math.inf] * count, [-math.inf] * count
    for shape in shapes:
        path = shape.path(out).transformed(quarter_turns(turn // 90, outline.width, outline.height))
        for points in flattened(path, _FINE):
            for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
                if x0 > x1:
                    x0, y0, x1, y1 = x1, y1, x0, y0
                for i in range(
                    max(0, math.ceil((x0 + out) / _STEP)), min(count - 1, math.floor((x1 + out) / _STEP)) + 1
                ):
                    x = i * _STEP - out
                    y = y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
                    top[i], bottom[i] = min(top[i], y), max(bottom[i], y)
    if turned:
        over, under = top[::-1], bottom[::-1]
        top, bottom = (
            [min(a, high - b) for a, b in zip(top, under, strict=True)],
            [max(a, high - b) for a, b in zip(bottom, over, strict=True)],
        )
    return tuple(top), tuple(bottom)
