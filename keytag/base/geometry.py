"""Points, rectangles, maps and paths in millimetres: x right, y down.

Coordinates are relative to whatever the caller says (a trim's or a sheet's top left); nothing here knows PDF, which
counts upwards: the writer flips once.
"""

import math
from collections.abc import Iterable, Sequence

from keytag.base.records import NamedTuple

# The cubic that stays within 0.03 % of a quarter circle (Goldapp 1991; the constant of every drawing program).
KAPPA = 4 / 3 * (math.sqrt(2) - 1)


class Point(NamedTuple):
    """A place, in millimetres."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright rectangle by its top left corner and size, in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def inset(self, by: float) -> "Rect":
        """The rectangle moved in by `by` on all four sides (out, where negative)."""
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def contains(self, other: "Rect", tolerance: float = 1e-6) -> bool:
        """Whether `other` lies within, edges included."""
        return (
            other.x >= self.x - tolerance
            and other.y >= self.y - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )

    def overlaps(self, other: "Rect", tolerance: float = 1e-6) -> bool:
        """Whether the two share more than an edge."""
        return (
            other.x < self.right - tolerance
            and other.right > self.x + tolerance
            and other.y < self.bottom - tolerance
            and other.bottom > self.y + tolerance
        )

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)


def first_overlapping(box: Rect, others: Iterable[Rect], tolerance: float = 1e-6) -> Rect | None:
    """The first of `others` that `box` overlaps, as `Rect.overlaps` says; asked of thousands: no calls."""
    left, top, right, bottom = box.x + tolerance, box.y + tolerance, box.right - tolerance, box.bottom - tolerance
    for other in others:
        x, y, width, height = other
        if x < right and x + width > left and y < bottom and y + height > top:
            return other
    return None


def union(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all of `rects`; a `ValueError` where there are none."""
    found = list(rects)
    if not found:
        raise ValueError("no rectangles to unite")
    x, y = min(r.x for r in found), min(r.y for r in found)
    return Rect(x, y, max(r.right for r in found) - x, max(r.bottom for r in found) - y)


class Affine(NamedTuple):
    """A map of the plane: x′ = a·x + c·y + e, y′ = b·x + d·y + f (the order of PDF's `cm`)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> Point:
        return Point(self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def then(self, after: "Affine") -> "Affine":
        """This map, and `after` that one."""
        a, b, c, d, e, f = self
        k, m, n, p, q, r = after
        made: Affine = tuple.__new__(  # a third of the time of calling the class, and a plate has thousands
            Affine, (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)
        )
        return made

    def rect(self, r: Rect) -> Rect:
        """The upright rectangle around the image of `r`."""
        a, b, c, d, e, f = self
        x0, y0, width, height = r
        x1, y1 = x0 + width, y0 + height
        xs = (a * x0 + c * y0 + e, a * x0 + c * y1 + e, a * x1 + c * y0 + e, a * x1 + c * y1 + e)
        ys = (b * x0 + d * y0 + f, b * x0 + d * y1 + f, b * x1 + d * y0 + f, b * x1 + d * y1 + f)
        x, y = min(xs), min(ys)
        return Rect(x, y, max(xs) - x, max(ys) - y)


def translation(dx: float, dy: float) -> Affine:
    return Affine(1, 0, 0, 1, dx, dy)


def quarter_turns(turns: int, width: float, height: float) -> Affine:
    """Turn a `width` × `height` box clockwise (as seen) by quarter turns; its top left stays at the origin."""
    return (
        Affine(),
        Affine(0, 1, -1, 0, height, 0),
        Affine(-1, 0, 0, -1, width, height),
        Affine(0, -1, 1, 0, 0, width),
    )[turns % 4]


class Path(NamedTuple):
    """An outline: `ops` of m(ove), l(ine), c(ubic), z (close), and the flat coordinates they use (2, 2, 6, 0 each)."""

    ops: str
    coords: tuple[float, ...]

    def __hash__(self) -> int:  # outlines are asked for again and again: where one begins tells most apart
        return hash((self.ops, self.coords[:8]))

    def transformed(self, by: Affine) -> "Path":
        a, b, c, d, e, f = by
        xs, ys = self.coords[0::2], self.coords[1::2]
        flat = [v for x, y in zip(xs, ys, strict=True) for v in (a * x + c * y + e, b * x + d * y + f)]
        return Path(self.ops, tuple(flat))

    def moved(self, dx: float, dy: float) -> "Path":
        return self.transformed(Affine(1, 0, 0, 1, dx, dy))

    def bounds(self) -> Rect:
        """The exact box around the path (curve extrema, not control points); a `ValueError` where it is empty."""
        xs, ys = self.extents()
        return Rect(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])

    def extents(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """((least x, greatest x), (least y, greatest y)), curves at their extrema."""
        found: tuple[list[float], list[float]] = ([], [])
        i, here, coords = 0, (0.0, 0.0), self.coords
        for op in self.ops:
            if op == "z":
                continue
            if op == "c":
                for axis in (0, 1):
                    p = (here[axis], coords[i + axis], coords[i + 2 + axis], coords[i + 4 + axis])
                    found[axis].extend(_cubic_extent(p))
                here = (coords[i + 4], coords[i + 5])
                i += 6
            else:
                here = (coords[i], coords[i + 1])
                found[0].append(here[0])
                found[1].append(here[1])
                i += 2
        if not found[0]:
            raise ValueError("an empty path has no bounds")
        return (min(found[0]), max(found[0])), (min(found[1]), max(found[1]))


def _cubic_extent(p: tuple[float, float, float, float]) -> list[float]:
    """The end values and inner extrema of one coordinate of a cubic."""
    p0, p1, p2, p3 = p
    values = [p0, p3]
    if min(p0, p3) <= min(p1, p2) and max(p1, p2) <= max(p0, p3):
        return values
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    else:
        square = b * b - 4 * a * c
        roots = [(-b + s * math.sqrt(square)) / (2 * a) for s in (1, -1)] if square >= 0 else []
    for t in roots:
        if 0 < t < 1:
            u = 1 - t
            values.append(u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3)
    return values


def join(paths: Iterable[Path]) -> Path:
    """One compound path of all of `paths`."""
    found = list(paths)
    return Path("".join(p.ops for p in found), tuple(v for p in found for v in p.coords))


def line(x0: float, y0: float, x1: float, y1: float) -> Path:
    return Path("ml", (x0, y0, x1, y1))


def polygon(points: Sequence[tuple[float, float]]) -> Path:
    """A closed polygon."""
    return Path("m" + "l" * (len(points) - 1) + "z", tuple(v for p in points for v in p))


def rectangle(r: Rect, radius: float = 0.0) -> Path:
    """A closed rectangle, its corners rounded by `radius` (at most half the shorter side)."""
    radius = max(0.0, min(radius, r.width / 2, r.height / 2))
    if radius == 0:
        return polygon([(r.x, r.y), (r.right, r.y), (r.right, r.bottom), (r.x, r.bottom)])
    k = radius * (1 - KAPPA)
    x0, y0, x1, y1 = r.x, r.y, r.right, r.bottom
    # Straight pieces of no length (a stadium, a circle) would be degenerate segments to a die-maker: left out.
    ops, c = "m", [x0 + radius, y0]
    for straight, end, curve in (
        (r.width > 2 * radius + 1e-9, (x1 - radius, y0), (x1 - k, y0, x1, y0 + k, x1, y0 + radius)),
        (r.height > 2 * radius + 1e-9, (x1, y1 - radius), (x1, y1 - k, x1 - k, y1, x1 - radius, y1)),
        (r.width > 2 * radius + 1e-9, (x0 + radius, y1), (x0 + k, y1, x0, y1 - k, x0, y1 - radius)),
        (r.height > 2 * radius + 1e-9, (x0, y0 + radius), (x0, y0 + k, x0 + k, y0, x0 + radius, y0)),
    ):
        if straight:
            ops += "l"
            c.extend(end)
        ops += "c"
        c.extend(curve)
    return Path(ops + "z", tuple(c))


def circle(x: float, y: float, radius: float) -> Path:
    """A closed circle around (x, y)."""
    return rectangle(Rect(x - radius, y - radius, 2 * radius, 2 * radius), radius)
