"""Scan conversion: which pixels a drawing covers, by the rule of pixel centres and non-zero winding, row by row.

Outlines become edges (start and end, in millimetres) once for a form; for a band of rows each edge is cut at the
middle of every row that it crosses, the cuts of one mark are sorted along the row, and what lies between them is inside
where the winding number is not nought (Foley, van Dam et al., Computer Graphics, 3.6). A pixel is covered where its
centre is, and where an acute corner of ink that is narrower than a pixel passes through it (`tips`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np

from keytag.base.drawing import Fill, Mark, Stroke, Symbol, Words
from keytag.base.flatten import Polygon, flattened, signed_area
from keytag.base.geometry import Affine, Rect
from keytag.base.records import NamedTuple
from keytag.render.film.separate import Painted
from keytag.render.film.tips import pixels_of, tips_of

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_TOLERANCE = 0.0008  # mm from a curve to its chords: under a tenth of a pixel at 2,540 dpi
_MITRE = 10.0  # PDF's own limit of a mitre's length in line widths
_WORD = 64  # columns
_STRAIGHT = 0.05  # radians: corners that turn by less are none, but pieces of a curve


class Run(NamedTuple):
    """Marks in a row that all leave ink, or all take it away: edges (x0, y0, x1, y1 in mm) and the mark of each.

    `tips` are the acute corners of what leaves ink.
    """

    inked: bool
    edges: Array
    marks: Array
    many: int
    tips: Array


def runs_of(marks: Iterable[Painted], within: Rect | None = None) -> tuple[Run, ...]:
    """The marks as runs of edges; `within` is what they are clipped to, a form's box."""
    found: list[Run] = []
    polygons: list[list[Polygon]] = []
    inked = False

    def close() -> None:
        rows = [_edges(shape) for shape in polygons]
        if any(len(row) for row in rows):
            of = np.repeat(np.arange(len(rows), dtype=np.int64), [len(row) for row in rows])
            tips = np.concatenate([tips_of(shape if inked else ()) for shape in polygons])
            found.append(Run(inked, np.concatenate(rows), of, len(rows), tips))

    for mark, leaves in marks:
        if leaves != inked:
            close()
            polygons, inked = [], leaves
        for shape in shapes_of(mark):
            polygons.append(shape if within is None else _clipped(shape, within))
    close()
    # What is taken away before anything is there changes nothing.
    return tuple(found[1:] if found and not found[0].inked else found)


def shapes_of(mark: Mark) -> Iterable[list[Polygon]]:
    """A mark as areas to fill, each a list of polygons under one winding rule, in its own millimetres."""
    match mark:
        case Fill(path) | Symbol(path):
            yield flattened(path, _TOLERANCE)
        case Stroke(path, _, width):
            closed = [subpath.endswith("z") for subpath in path.ops.split("m")[1:]]
            points = flattened(path, _TOLERANCE)
            yield [
                piece for line, whole in zip(points, closed, strict=True) for piece in _stroked(line, whole, width / 2)
            ]
        case Words(_, glyphs, scale):
            for outline, x, y in glyphs:
                yield flattened(outline.transformed(Affine(scale, 0, 0, -scale, x, y)), _TOLERANCE)
        case _:
            raise ValueError("a picture has no outline")


def covered(runs: Sequence[tuple[Run, Affine]], width: int, top: int, bottom: int) -> Array:
    """Rows `top` to `bottom` of a bitmap, 64 columns to a word with the leftmost at the top bit: 1 is covered.

    Each run's map leads from its millimetres to pixels.
    """
    rows = np.zeros((bottom - top, -(-width // _WORD)), np.uint64)
    for inked, some in _batches(runs):
        spans = _spans(some, width, top, bottom)
        if spans is None:
            continue
        if inked:
            rows |= _filled(spans, rows.shape)
        else:
            rows &= ~_filled(spans, rows.shape)
    return rows


def packed(rows: Array, width: int) -> Array:
    """The words as bytes of eight columns, as image formats have them."""
    return rows.astype(">u8").view(np.uint8)[:, : -(-width // 8)]


def _filled(spans: tuple[Array, Array, Array], shape: tuple[int, ...]) -> Array:
    """Spans as words of bits: a bit where each begins and after its end, and then the parity of all bits up to each."""
    row, start, end = spans
    # Spans of several marks may overlap: their union, by counting how many begin and end.
    row, at = np.concatenate((row, row)), np.concatenate((start, end))
    step = np.repeat(np.array((1, -1)), len(start))
    order = np.lexsort((-step, at, row))
    row, at, depth = row[order], at[order], np.cumsum(step[order])
    before = np.concatenate(([0], depth[:-1]))
    edge = (before == 0) != (depth == 0)
    row, at = row[edge], at[edge]
    words = np.zeros((shape[0], shape[1] + 1), np.uint64)
    bit = np.uint64(1) << (_WORD - 1 - at % _WORD).astype(np.uint64)
    np.bitwise_xor.at(words, (row, at // _WORD), bit)
    for shift in (1, 2, 4, 8, 16, 32):
        words ^= words >> np.uint64(shift)
    odd = np.bitwise_xor.accumulate(words & np.uint64(1), axis=1)
    words[:, 1:] ^= np.uint64(0) - odd[:, :-1]
    return words[:, :-1]


def _batches(runs: Sequence[tuple[Run, Affine]]) -> Iterable[tuple[bool, list[tuple[Run, Affine]]]]:
    """Runs in a row that do the same, together."""
    some: list[tuple[Run, Affine]] = []
    for run, at in runs:
        if some and some[-1][0].inked != run.inked:
            yield some[-1][0].inked, some
            some = []
        some.append((run, at))
    if some:
        yield some[-1][0].inked, some


def _spans(runs: Sequence[tuple[Run, Affine]], width: int, top: int, bottom: int) -> tuple[Array, Array, Array] | None:
    """(row from `top`, first column, column after the last) of everything that the runs cover in a band."""
    parts = []
    first = 0
    for run, (a, b, c, d, e, f) in runs:
        x0, y0, x1, y1 = run.edges.T
        v0, v1 = b * x0 + d * y0 + f, b * x1 + d * y1 + f
        low = np.maximum(np.ceil(np.minimum(v0, v1) - 0.5), top).astype(np.int64)
        high = np.minimum(np.ceil(np.maximum(v0, v1) - 0.5), bottom).astype(np.int64)
        there = np.nonzero(high > low)[0]
        if len(there):
            u0, u1 = (a * x + c * y + e for x, y in ((x0[there], y0[there]), (x1[there], y1[there])))
            parts.append((low[there], high[there], u0, v0[there], u1, v1[there], run.marks[there] + first))
        first += run.many
    if not parts:
        return None
    low, high, u0, v0, u1, v1, mark = (np.concatenate(column) for column in zip(*parts, strict=True))
    many = high - low
    edge = np.repeat(np.arange(len(many)), many)
    row = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + low[edge]
    at = u0[edge] + (row + 0.5 - v0[edge]) * ((u1 - u0) / (v1 - v0))[edge]
    way = np.where(v1 > v0, 1, -1)[edge]
    order = np.lexsort((at, mark[edge], row))
    row, at, winding = row[order], at[order], np.cumsum(way[order])
    before = np.concatenate(([0], winding[:-1]))
    begins, ends = (before == 0) & (winding != 0), winding == 0
    start, end = (np.clip(np.ceil(at[which] - 0.5), 0, width).astype(np.int64) for which in (begins, ends))
    pixels = [pixels_of(run.tips, to) for run, to in runs]
    line, column = (np.concatenate(each) for each in zip(*pixels, strict=True))
    seen = (line >= top) & (line < bottom) & (column >= 0) & (column < width)
    line, column = line[seen], column[seen]
    return (
        np.concatenate((row[begins], line)) - top,
        np.concatenate((start, column)),
        np.concatenate((end, column + 1)),
    )


def _edges(polygons: Sequence[Polygon]) -> Array:
    closed = [np.asarray(points, float) for points in polygons if len(points) > 2]
    if not closed:
        return np.zeros((0, 4))
    return np.concatenate([np.hstack((points, np.roll(points, -1, axis=0))) for points in closed])


def _stroked(points: Polygon, closed: bool, half: float) -> Iterable[Polygon]:
    """A line as areas that all turn the same way, so that they add up: a strip a piece, and a mitre at each corner.

    Strips that nearly go on in one direction share their ends, so that no pixel's centre falls between two of them.
    """
    ends = [*points[1:], points[0]] if closed and len(points) > 1 else points[1:]
    pieces = [(a, b) for a, b in zip(points, ends, strict=False) if a != b]
    normals = [_normal(a, b, half) for a, b in pieces]
    begins, stops = list(normals), list(normals)  # from the middle to a strip's side, at its two ends
    for i in range(len(pieces)) if closed else range(1, len(pieces)):
        (x, y), (ax, ay), (bx, by) = pieces[i][0], normals[i - 1], normals[i]
        turn = math.atan2(ax * by - ay * bx, ax * bx + ay * by)
        cosine = math.cos(turn / 2)
        mitre = ((ax + bx) / (2 * cosine * cosine), (ay + by) / (2 * cosine * cosine)) if cosine > 1 / _MITRE else None
        if mitre is not None and abs(turn) < _STRAIGHT:
            stops[i - 1] = begins[i] = mitre
            continue
        side = -1 if turn > 0 else 1  # the outer side of the corner
        bevel = [(x, y), (x + side * ax, y + side * ay), (x + side * bx, y + side * by)]
        if mitre is not None:
            bevel.insert(2, (x + side * mitre[0], y + side * mitre[1]))
        yield _turning(bevel)
    for ((x0, y0), (x1, y1)), (ax, ay), (bx, by) in zip(pieces, begins, stops, strict=True):
        yield _turning([(x0 + ax, y0 + ay), (x1 + bx, y1 + by), (x1 - bx, y1 - by), (x0 - ax, y0 - ay)])


def _normal(start: tuple[float, float], end: tuple[float, float], length: float) -> tuple[float, float]:
    (x0, y0), (x1, y1) = start, end
    long = math.hypot(x1 - x0, y1 - y0)
    return -(y1 - y0) / long * length, (x1 - x0) / long * length


def _turning(points: Polygon) -> Polygon:
    return points if signed_area(points) > 0 else points[::-1]


def _clipped(polygons: Sequence[Polygon], within: Rect) -> list[Polygon]:
    """The polygons inside a box (Sutherland and Hodgman, 1974); winding inside it stays what it was."""
    found = []
    for points in polygons:
        if any(not (within.x <= x <= within.right and within.y <= y <= within.bottom) for x, y in points):
            for axis, limit, sign in (
                (0, within.x, 1),
                (0, within.right, -1),
                (1, within.y, 1),
                (1, within.bottom, -1),
            ):
                points = _half(points, axis, limit, sign)
        found.append(points)
    return found


def _half(points: Polygon, axis: int, limit: float, sign: int) -> Polygon:
    kept: Polygon = []
    for a, b in zip(points, [*points[1:], *points[:1]], strict=True):
        inside, after = ((p[axis] - limit) * sign >= 0 for p in (a, b))
        if inside:
            kept.append(a)
        if inside != after:
            t = (limit - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
    return kept
