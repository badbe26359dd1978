"""Fitting cubics to dense points: what is computed on polygons becomes smooth curves again, within a tolerance.

Greedy piecewise Hermite fitting: from a knot on, the longest piece whose cubic (tangents from the points, handles a
third of the arc) stays within the tolerance of every point that it skips. Corners and long straight edges stay.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from keytag.base.flatten import Polygon
from keytag.base.geometry import Path
from keytag.base.records import NamedTuple

TOLERANCE = 3e-4  # mm: a third of a micrometre, under what four decimals of a millimetre hold
_CORNER = 0.25  # rad: a turn of more is a corner; dense points of a curve turn far less
STRAIGHT = 0.3  # mm: an edge that long is a straight one; those of curves are shorter
_NEAR = 2e-4  # mm: points nearer than that tell no direction

Vector: TypeAlias = tuple[float, float]


class Pieces(NamedTuple):
    """Operators and coordinates that continue a path from where it stands."""

    ops: str
    coords: tuple[float, ...]


def smooth(polygons: Sequence[Polygon], tolerance: float = TOLERANCE) -> Path:
    """Closed curves through closed polygons of dense points."""
    ops, coords = "", list[float]()
    for polygon in polygons:
        points = _thinned(polygon)
        if len(points) < 3:
            continue
        knots = _knots(points) or [0]
        points = points[knots[0] :] + points[: knots[0]] + [points[knots[0]]]
        stops = [k - knots[0] for k in knots] + [len(points) - 1]
        smooth_ring = len(knots) == 1 and not _is_corner(points[-2], points[0], points[1])
        tangent = _middle_tangent(points[-2], points[0], points[1]) if smooth_ring else None
        ops += "m"
        coords += points[0]
        for start, end in pairwise(stops):
            found = fitted(points[start : end + 1], tangent, tangent, tolerance)
            ops += found.ops
            coords += found.coords
        ops += "z"
    return Path(ops, tuple(coords))


def fitted(points: Polygon, start: Vector | None, end: Vector | None, tolerance: float = TOLERANCE) -> Pieces:
    """Cubics from the first to the last of `points`, a run without corners; tangents at its ends where known."""
    last = len(points) - 1
    tangents = _tangents(points, start, end)
    along = [0.0]
    for (x0, y0), (x1, y1) in pairwise(points):
        along.append(along[-1] + math.hypot(x1 - x0, y1 - y0))
    ops, coords, at = "", list[float](), 0
    while at < last:
        good, bad, step = at + 1, last + 1, 1
        while good < last and bad > last:  # double the piece until it no longer fits
            step *= 2
            tried = min(last, at + step)
            if _fits(points, along, tangents, at, tried, tolerance):
                good = tried
            else:
                bad = tried
        while bad - good > 1:
            tried = (good + bad) // 2
            if tried <= last and _fits(points, along, tangents, at, tried, tolerance):
                good = tried
            else:
                bad = tried
        if _is_straight(points, at, good, tolerance / 4):
            ops += "l"
            coords += points[good]
        else:
            ops += "c"
            coords += _handles(points, along, tangents, at, good)
        at = good
    return Pieces(ops, tuple(coords))


def _thinned(polygon: Polygon) -> Polygon:
    """Without points that lie on their neighbour."""
    points = [polygon[0]]
    for point in polygon[1:]:
        if math.dist(point, points[-1]) > _NEAR:
            points.append(point)
    while len(points) > 1 and math.dist(points[0], points[-1]) <= _NEAR:
        points.pop()
    return points


def _knots(points: Polygon) -> list[int]:
    """Where a piece must end: at corners, and at both ends of long straight edges."""
    count = len(points)
    found = set()
    for i, point in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % count]
        if _is_corner(before, point, after):
            found.add(i)
        if math.dist(point, after) > STRAIGHT:
            found |= {i, (i + 1) % count}
    return sorted(found)


def _is_corner(before: Vector, point: Vector, after: Vector) -> bool:
    ax, ay, bx, by = point[0] - before[0], point[1] - before[1], after[0] - point[0], after[1] - point[1]
    return abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)) > _CORNER


def _middle_tangent(before: Vector, point: Vector, after: Vector) -> Vector:
    """The direction at the middle of three points: that of the parabola through them."""
    ax, ay, bx, by = point[0] - before[0], point[1] - before[1], after[0] - point[0], after[1] - point[1]
    a, b = math.hypot(ax, ay), math.hypot(bx, by)
    return _unit(ax * b / a + bx * a / b, ay * b / a + by * a / b)


def _end_tangent(first: Vector, second: Vector, third: Vector) -> Vector:
    """The direction at the first of three points."""
    ax, ay, bx, by = second[0] - first[0], second[1] - first[1], third[0] - second[0], third[1] - second[1]
    a, b = math.hypot(ax, ay), math.hypot(bx, by)
    near, far = (2 * a + b) / (a + b) / a, a / (a + b) / b
    return _unit(ax * near - bx * far, ay * near - by * far)


def _tangents(points: Polygon, start: Vector | None, end: Vector | None) -> list[Vector]:
    if len(points) == 2:
        whole = _unit(points[1][0] - points[0][0], points[1][1] - points[0][1])
        return [start or whole, end or whole]
    inner = [_middle_tangent(*points[i - 1 : i + 2]) for i in range(1, len(points) - 1)]
    x, y = _end_tangent(points[-1], points[-2], points[-3])
    return [start or _end_tangent(*points[:3]), *inner, end or (-x, -y)]


def _handles(points: Polygon, along: list[float], tangents: list[Vector], i: int, j: int) -> tuple[float, ...]:
    """The last three control points of the cubic from point i to point j."""
    third = (along[j] - along[i]) / 3
    (x0, y0), (x3, y3), (u0, v0), (u3, v3) = points[i], points[j], tangents[i], tangents[j]
    return x0 + third * u0, y0 + third * v0, x3 - third * u3, y3 - third * v3, x3, y3


def _fits(points: Polygon, along: list[float], tangents: list[Vector], i: int, j: int, tolerance: float) -> bool:
    """Whether the cubic from i to j passes every point between them within the tolerance."""
    x0, y0 = points[i]
    x1, y1, x2, y2, x3, y3 = _handles(points, along, tangents, i, j)
    length = along[j] - along[i]
    for k in range(i + 1, j):
        t = (along[k] - along[i]) / length
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        dx = points[k][0] - (a * x0 + b * x1 + c * x2 + d * x3)
        dy = points[k][1] - (a * y0 + b * y1 + c * y2 + d * y3)
        vx = u * u * (x1 - x0) + 2 * u * t * (x2 - x1) + t * t * (x3 - x2)
        vy = u * u * (y1 - y0) + 2 * u * t * (y2 - y1) + t * t * (y3 - y2)
        speed = math.hypot(vx, vy)
        if speed == 0 or abs(dx * vy - dy * vx) > tolerance * speed or math.hypot(dx, dy) > 0.1 * length + tolerance:
            return False
    return True


def _is_straight(points: Polygon, i: int, j: int, tolerance: float) -> bool:
    (x0, y0), (x1, y1) = points[i], points[j]
    length = math.dist(points[i], points[j])
    between = points[i + 1 : j]
    return all(abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) <= tolerance * length for x, y in between)


def _unit(x: float, y: float) -> Vector:
    length = math.hypot(x, y)
    return (x / length, y / length) if length else (1.0, 0.0)
