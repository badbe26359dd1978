"""Curves as polygons: each cubic in so many straight pieces that none is farther from it than a tolerance."""

from __future__ import annotations

import math
from typing import TypeAlias

from keytag.base.geometry import Path

Polygon: TypeAlias = list[tuple[float, float]]


def flattened(path: Path, tolerance: float, longest: float = math.inf) -> list[Polygon]:
    """The subpaths of `path` as lists of points, none repeated at the end; `tolerance` in the path's own units.

    A cubic is cut at equal steps of its parameter, n² = 3/4 · max|Δ²| / tolerance of them, with Δ² the second
    differences of its control points: its chords are then no farther from it (|B″| ≤ 6 max|Δ²|, and h²|B″|/8).
    No piece of a curve is longer than about `longest`, so that long ones are known to be straight lines.
    """
    found: list[Polygon] = []
    i, c = 0, path.coords
    for op in path.ops:
        if op == "m":
            found.append([(c[i], c[i + 1])])
            i += 2
        elif op == "l":
            found[-1].append((c[i], c[i + 1]))
            i += 2
        elif op == "c":
            found[-1].extend(_cubic(found[-1][-1], c[i : i + 6], tolerance, longest))
            i += 6
    for points in found:
        while len(points) > 1 and points[-1] == points[0]:
            points.pop()
    return found


def _cubic(start: tuple[float, float], c: tuple[float, ...], tolerance: float, longest: float) -> Polygon:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, c
    bend = max(math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3))
    length = math.hypot(x1 - x0, y1 - y0) + math.hypot(x2 - x1, y2 - y1) + math.hypot(x3 - x2, y3 - y2)
    steps = max(1, math.ceil(math.sqrt(0.75 * bend / tolerance)), math.ceil(length / longest))
    points = []
    for k in range(1, steps):
        t = k / steps
        u = 1 - t
        a, b, d, e = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        points.append((a * x0 + b * x1 + d * x2 + e * x3, a * y0 + b * y1 + d * y2 + e * y3))
    points.append((x3, y3))
    return points


def subpaths(path: Path) -> list[Path]:
    """Each subpath as a path of its own."""
    found: list[Path] = []
    ops, start, at = "", 0, 0
    for op in path.ops + "m":
        if op == "m" and ops:
            found.append(Path(ops, path.coords[start:at]))
            ops, start = "", at
        ops += op
        at += {"m": 2, "l": 2, "c": 6, "z": 0}[op]
    return found


def backwards(subpath: Path) -> Path:
    """One subpath run the other way round."""
    closed = subpath.ops.endswith("z")
    points = list(zip(subpath.coords[0::2], subpath.coords[1::2], strict=True))[::-1]
    drawn = subpath.ops.removesuffix("z")[:0:-1]
    return Path("m" + drawn + "z" * closed, tuple(v for point in points for v in point))


def gap_between(one: Polygon, other: Polygon, *, most: float = math.inf) -> float:
    """The distance between two closed polygons whose points lie close; nought where one reaches into the other.

    More than `most` may be told as infinite: only edges of `one` that come so near the other's box are then looked at.
    """
    if _inside(one[0], other) or _inside(other[0], one):
        return 0.0
    sides = list(zip(one, [*one[1:], one[0]], strict=True))
    if most < math.inf:
        xs, ys = [p[0] for p in other], [p[1] for p in other]
        left, right, top, bottom = min(xs) - most, max(xs) + most, min(ys) - most, max(ys) + most
        sides = [
            side
            for side in sides
            if (side[0][0] < right or side[1][0] < right)
            and (side[0][0] > left or side[1][0] > left)
            and (side[0][1] < bottom or side[1][1] < bottom)
            and (side[0][1] > top or side[1][1] > top)
        ]
    near = list(dict.fromkeys(point for side in sides for point in side))
    least = math.inf
    for points, edges in ((near, list(zip(other, [*other[1:], other[0]], strict=True))), (other, sides)):
        for (x0, y0), (x1, y1) in edges:
            dx, dy = x1 - x0, y1 - y0
            long = dx * dx + dy * dy or 1e-18
            for x, y in points:
                t = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / long))
                off = (x - x0 - t * dx) ** 2 + (y - y0 - t * dy) ** 2
                if off < least:
                    least = off
    if sides and (any(_inside(point, other) for point in near) or any(_inside(point, one) for point in other)):
        return 0.0
    return math.sqrt(least)


def _inside(point: tuple[float, float], polygon: Polygon) -> bool:
    """Whether a point lies in a polygon, by how often a ray from it crosses the edges."""
    x, y = point
    found = False
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
            found = not found
    return found


def signed_area(points: Polygon) -> float:
    """The area of a polygon, positive where it turns from x to y (clockwise as seen, y down)."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True)) / 2
