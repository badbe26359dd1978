"""The convex outline of a tag: its cut contour, and everything that is so many millimetres inside or outside of it.

Bleed, frame and safe area are true parallel curves, so that 3 mm of bleed are 3 mm everywhere and not only on the axes
(an ellipse with longer axes is too thin on the diagonals). Coordinates: origin at the trim's top left, y down.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from keytag.geometry import Path, Rect, rectangle

_SEGMENTS = 32  # cubics per ellipse: Hermite through exact points and tangents is then within 0.1 µm
_SAMPLES = 2048  # samples of a quarter for chords: linear between them, within 0.5 µm


class Outline(NamedTuple):
    """An `ellipse`, or a `rectangle` with rounded corners (a stadium where `radius` is half the height)."""

    shape: str
    width: float
    height: float
    radius: float = 0.0

    @property
    def rect(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    def smallest_inset(self) -> float:
        """How far the outline can be moved in before it folds over itself: its least radius of curvature."""
        if self.shape == "ellipse":
            return min(self.height**2 / self.width, self.width**2 / self.height) / 2
        return min(self.width, self.height) / 2

    def path(self, offset: float = 0.0) -> Path:
        """The closed curve `offset` millimetres outside (inside, where negative) of the trim."""
        if self.shape != "ellipse":
            radius = max(0.0, self.radius + offset) if self.radius or offset > 0 else 0.0
            return rectangle(self.rect.inset(-offset), radius)
        return _ellipse(self.width / 2, self.height / 2, offset)

    def chords(self, inset: float) -> Chords:
        """How wide the area `inset` inside the trim is at each height."""
        return _chords(self, inset)


class Chords:
    """The widths of a convex area, looked up thousands of times while text is fitted."""

    __slots__ = ("_half_height", "_half_width", "_middle", "_radius", "_xs", "_ys", "centre")

    def __init__(self, outline: Outline, inset: float) -> None:
        self.centre, self._middle = outline.width / 2, outline.height / 2
        self._half_width, self._half_height = self.centre - inset, self._middle - inset
        self._radius = max(0.0, outline.radius - inset)
        self._xs: list[float] = []
        self._ys: list[float] = []
        if outline.shape == "ellipse":
            step = math.pi / 2 / _SAMPLES
            points = [_offset_point(self.centre, self._middle, -inset, step * i) for i in range(_SAMPLES + 1)]
            self._xs, self._ys = [x for x, _ in points], [y for _, y in points]

    def half(self, y: float) -> float | None:
        """Half the width at height `y`; None above and below the area."""
        distance = abs(y - self._middle)
        if distance > self._half_height:
            return None
        ys, xs = self._ys, self._xs
        if ys:
            i = max(1, bisect_left(ys, distance))
            if i > _SAMPLES:
                return 0.0
            share = (distance - ys[i - 1]) / (ys[i] - ys[i - 1])
            return xs[i - 1] + share * (xs[i] - xs[i - 1])
        over = distance - (self._half_height - self._radius)
        if over <= 0:
            return self._half_width
        return self._half_width - self._radius + math.sqrt(max(0.0, self._radius**2 - over**2))

    def band(self, top: float, bottom: float) -> tuple[float, float] | None:
        """The widest x range that a box from `top` to `bottom` may take (the area is convex, so its ends decide)."""
        a, b = self.half(top), self.half(bottom)
        if a is None or b is None:
            return None
        half = min(a, b)
        return self.centre - half, self.centre + half


@lru_cache(maxsize=64)
def _chords(outline: Outline, inset: float) -> Chords:
    return Chords(outline, inset)


def _offset_point(a: float, b: float, offset: float, t: float) -> tuple[float, float]:
    c, s = math.cos(t), math.sin(t)
    n = math.hypot(b * c, a * s)
    return a * c + offset * b * c / n, b * s + offset * a * s / n


def _ellipse(a: float, b: float, offset: float) -> Path:
    step = 2 * math.pi / _SEGMENTS
    ops, coords = "m", [2 * a + offset, b]
    for i in range(_SEGMENTS):
        t0, t1 = i * step, (i + 1) * step
        (x0, y0), (x1, y1) = _offset_point(a, b, offset, t0), _offset_point(a, b, offset, t1)
        (u0, v0), (u1, v1) = _tangent(a, b, offset, t0), _tangent(a, b, offset, t1)
        k = step / 3
        coords += [a + x0 + k * u0, b + y0 + k * v0, a + x1 - k * u1, b + y1 - k * v1, a + x1, b + y1]
        ops += "c"
    return Path(ops + "z", tuple(coords))


def _tangent(a: float, b: float, offset: float, t: float) -> tuple[float, float]:
    """The derivative of the parallel curve by t: the ellipse's own, longer by curvature × offset."""
    c, s = math.cos(t), math.sin(t)
    speed_squared = (a * s) ** 2 + (b * c) ** 2
    stretch = 1 + offset * a * b / speed_squared**1.5
    return -a * s * stretch, b * c * stretch
