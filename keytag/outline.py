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

    def chord(self, y: float, inset: float) -> tuple[float, float] | None:
        """The least and greatest x at height `y` of the area `inset` inside the trim; None above or below it."""
        half = _half_chord(self, inset, abs(y - self.height / 2))
        return None if half is None else (self.width / 2 - half, self.width / 2 + half)

    def band(self, top: float, bottom: float, inset: float) -> tuple[float, float] | None:
        """The widest x range that a box from `top` to `bottom` may take, `inset` inside the trim (the area is convex)."""
        a, b = self.chord(top, inset), self.chord(bottom, inset)
        if a is None or b is None:
            return None
        return max(a[0], b[0]), min(a[1], b[1])


def _offset_point(a: float, b: float, offset: float, t: float) -> tuple[float, float]:
    c, s = math.cos(t), math.sin(t)
    n = math.hypot(b * c, a * s)
    return a * c + offset * b * c / n, b * s + offset * a * s / n


def _ellipse(a: float, b: float, offset: float) -> Path:
    step = 2 * math.pi / _SEGMENTS
    ops, coords = "m", [a + (a + offset), b]
    coords[0] = 2 * a + offset
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


@lru_cache(maxsize=64)
def _quarter(outline: Outline, inset: float) -> tuple[list[float], list[float]]:
    """Distances from the centre line and half chords, rising in the first."""
    a, b = outline.width / 2, outline.height / 2
    points = [_offset_point(a, b, -inset, math.pi / 2 * i / _SAMPLES) for i in range(_SAMPLES + 1)]
    return [y for _, y in points], [x for x, _ in points]


def _half_chord(outline: Outline, inset: float, distance: float) -> float | None:
    if outline.shape != "ellipse":
        half_w, half_h = outline.width / 2 - inset, outline.height / 2 - inset
        if distance > half_h:
            return None
        radius = max(0.0, outline.radius - inset)
        over = distance - (half_h - radius)
        return half_w if over <= 0 else half_w - radius + math.sqrt(max(0.0, radius**2 - over**2))
    ys, xs = _quarter(outline, inset)
    if distance > ys[-1]:
        return None
    i = max(1, bisect_left(ys, distance))
    share = (distance - ys[i - 1]) / (ys[i] - ys[i - 1])
    return xs[i - 1] + share * (xs[i] - xs[i - 1])
