"""An outline that is a closed path: any shape with one edge, convex or not, symmetric or not."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from keytag.base.flatten import Polygon, flattened, signed_area
from keytag.base.geometry import Affine, Path
from keytag.base.outline import Band, Outline
from keytag.tag.outlines.curves import STRAIGHT, smooth
from keytag.tag.outlines.parallel import FINE, offset

_ROUGH = 5e-3  # mm: enough to see whether anything is left
_HALVINGS = 14
_HOLLOW = 5e-4  # mm: what curves that were fitted may bend in


@dataclass(frozen=True, slots=True)
class Contour(Outline):
    """A closed path that fills its box, wound either way; `symmetric` about its vertical middle."""

    contour: Path
    width: float
    height: float
    symmetric: bool = False

    def smallest_inset(self) -> float:
        return _smallest_inset(self.contour, min(self.width, self.height) / 2)

    def path(self, offset: float = 0.0) -> Path:
        return self.contour if offset == 0 else _parallel(self.contour, offset)

    def chords(self, inset: float) -> Sections:
        return _sections(self.contour, self.height, inset)

    def mirrored(self) -> Outline:
        return self if self.symmetric else _mirrored(self)


class Sections:
    """The widths of an area of any shape, from its cuts at heights `step` millimetres apart (free x ranges, each)."""

    __slots__ = ("convex", "cuts", "step", "widest")

    def __init__(self, polygons: Sequence[Polygon], height: float) -> None:
        self.convex = len(polygons) == 1 and _is_convex(polygons[0])
        self.step = 0.005 if self.convex else 0.02  # of a convex one two cuts are looked up, of others all between
        self.cuts = _cut(polygons, self.step, math.ceil(height / self.step) + 1)
        self.widest = _widest(self.cuts) if self.convex else None

    def band(self, top: float, bottom: float, around: float | None = None) -> Band | None:
        """The widest x range that a box from `top` to `bottom` may take; with `around` the one that holds it."""
        first, last = math.floor(top / self.step), math.ceil(bottom / self.step)
        if first < 0 or last >= len(self.cuts):
            return None
        free = self.cuts[first]
        for cut in (self.cuts[last],) if self.convex else self.cuts[first + 1 : last + 1]:
            if not free:
                return None
            free = [(low, high) for a, b in free for c, d in cut if (low := max(a, c)) < (high := min(b, d))]
        if around is not None:
            free = [band for band in free if band[0] <= around <= band[1]]
        return max(free, key=lambda band: band[1] - band[0], default=None)

    @property
    def waist(self) -> float | None:
        """Of a convex area that is symmetric about its vertical middle: its widest cut."""
        return None if self.widest is None else self.widest * self.step

    def reach(self, top: float, bottom: float, travel: float) -> Band | None:
        """Of a convex area that is symmetric about its vertical middle: by the cuts that are nearest to its widest."""
        if self.widest is None:
            return None
        last = len(self.cuts) - 1
        found: list[Band] = []
        for start, end in (
            (math.floor(top / self.step), math.floor((top + travel) / self.step)),
            (math.ceil(bottom / self.step), math.ceil((bottom + travel) / self.step)),
        ):
            found += self.cuts[min(last, max(0, min(max(self.widest, start), end)))]
        if len(found) < 2:
            return 0.0, 0.0
        return max(low for low, _ in found), min(high for _, high in found)


def _cut(polygons: Sequence[Polygon], step: float, count: int) -> list[list[Band]]:
    """The x ranges inside the polygons (one in another is none) at heights 0, step, 2 step …"""
    crossings: list[list[float]] = [[] for _ in range(count)]
    for polygon in polygons:
        for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            if y0 > y1:
                x0, y0, x1, y1 = x1, y1, x0, y0
            for row in range(max(0, math.ceil(y0 / step)), min(count, math.ceil(y1 / step))):  # y0 ≤ row · step < y1
                bisect.insort(crossings[row], x0 + (x1 - x0) * (row * step - y0) / (y1 - y0))
    return [list(zip(row[0::2], row[1::2], strict=False)) for row in crossings]


def _widest(cuts: list[list[Band]]) -> int | None:
    """Which cut is the widest, where all have the same middle."""
    sums = [low + high for cut in cuts for low, high in cut]
    if not sums or max(sums) - min(sums) > 1e-3:
        return None
    return max(range(len(cuts)), key=lambda i: sum(high - low for low, high in cuts[i]))


def _is_convex(polygon: Polygon) -> bool:
    """Whether the polygon fills its convex hull (Andrew's monotone chain), but for half a micrometre along its edge."""
    points = sorted(polygon)
    hull: Polygon = []
    for chain in (points, points[::-1]):
        start = len(hull)
        for x, y in chain:
            while len(hull) >= start + 2:
                (x0, y0), (x1, y1) = hull[-2:]
                if (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) > 0:
                    break
                hull.pop()
            hull.append((x, y))
        hull.pop()
    edge = sum(math.dist(*pair) for pair in zip(hull, [*hull[1:], hull[0]], strict=True))
    return abs(signed_area(hull)) - abs(signed_area(polygon)) < _HOLLOW * edge


@lru_cache(maxsize=64)
def _flat(contour: Path) -> list[Polygon]:
    return flattened(contour, FINE, STRAIGHT / 2)


@lru_cache(maxsize=64)
def _parallel(contour: Path, by: float) -> Path:
    return smooth(offset(_flat(contour), by))


@lru_cache(maxsize=64)
def _sections(contour: Path, height: float, inset: float) -> Sections:
    return Sections(offset(_flat(contour), -inset), height)


@lru_cache(maxsize=16)
def _smallest_inset(contour: Path, most: float) -> float:
    """The greatest inset that leaves something, from below: halving, since the area only shrinks."""
    rough = flattened(contour, _ROUGH)
    low, high = 0.0, most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if offset(rough, -middle, _ROUGH) else (low, middle)
    return low


@lru_cache(maxsize=16)
def _mirrored(outline: Contour) -> Contour:
    turned = outline.contour.transformed(Affine(-1, 0, 0, 1, outline.width, 0))
    return Contour(turned, outline.width, outline.height)
