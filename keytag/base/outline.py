"""The outline of a tag: its cut contour, and everything that is so many millimetres inside or outside of it.

Bleed, frame and safe area are true parallel curves, so that 3 mm of bleed are 3 mm everywhere and not only on the axes
(an ellipse with longer axes is too thin on the diagonals). Coordinates: origin at the trim's top left, y down. Ellipses
and rounded rectangles stand here in closed form; super-ellipses and drawn contours are `tag.outlines`'.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias

from keytag.base.geometry import Path, Point, Rect, rectangle
from keytag.base.records import NamedTuple

_SEGMENTS = 64  # cubics per ellipse: Hermite through exact points and tangents; 3 mm outside 50 × 20 mm within 0.2 µm
_SAMPLES = 512  # samples of a quarter for chords: linear between them, within 0.1 µm

Band: TypeAlias = tuple[float, float]  # (left, right) in millimetres


class Chords(Protocol):
    """The free widths of an area: what whoever fits text into an outline asks for, thousands of times."""

    def band(self, top: float, bottom: float, around: float | None = None) -> Band | None:
        """The widest x range that a box from `top` to `bottom` may take, None where there is none.

        Where a contour leaves several, the one that holds x = `around`, if given.
        """

    def reach(self, top: float, bottom: float, travel: float) -> Band | None:
        """A band as wide as any that a box from `top` to `bottom` has while it moves down by `travel`.

        All of these have the same middle, within a micrometre; empty where there is none. None: not known.
        """

    @property
    def waist(self) -> float | None:
        """The height from which it gets narrower both up and down, about one middle; None where that is not so."""


class Outline(ABC):
    """A closed contour that fills a `width` × `height` box, and its parallel curves."""

    __slots__ = ()
    width: float
    height: float

    @property
    def rect(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    @abstractmethod
    def smallest_inset(self) -> float:
        """How far the outline can be moved in before it folds over itself or nothing is left."""

    @abstractmethod
    def path(self, offset: float = 0.0) -> Path:
        """The closed curve `offset` millimetres outside (inside, where negative) of the trim."""

    @abstractmethod
    def chords(self, inset: float) -> Chords:
        """How wide the area `inset` inside the trim is at each height."""

    def mirrored(self) -> Outline:
        """The outline as it is seen from behind; itself where it is symmetric."""
        return self


@dataclass(frozen=True, slots=True)
class Ellipse(Outline):
    """An ellipse by its two axes."""

    width: float
    height: float

    def smallest_inset(self) -> float:
        """Its least radius of curvature, at the ends of the longer axis."""
        return min(self.height**2 / self.width, self.width**2 / self.height) / 2

    def path(self, offset: float = 0.0) -> Path:
        return _ellipse(self.width / 2, self.height / 2, offset)

    def chords(self, inset: float) -> SymmetricChords:
        return _ellipse_chords(self, inset)


@dataclass(frozen=True, slots=True)
class RoundedRectangle(Outline):
    """A rectangle with rounded corners: a stadium where `radius` is half the height, a plain one where it is 0."""

    width: float
    height: float
    radius: float = 0.0

    def smallest_inset(self) -> float:
        return min(self.width, self.height) / 2

    def path(self, offset: float = 0.0) -> Path:
        radius = max(0.0, self.radius + offset) if self.radius or offset > 0 else 0.0
        return rectangle(self.rect.inset(-offset), radius)

    def chords(self, inset: float) -> SymmetricChords:
        return _rounded_chords(self, inset)


class SymmetricChords:
    """The widths of a convex area that is symmetric about both axes.

    `half_at[i]` is half the width at `i` × `STEP` millimetres above or below the middle; nought beyond the area.
    """

    STEP = 0.005

    __slots__ = ("centre", "half_at", "half_height", "middle")

    def __init__(self, outline: Outline, inset: float, halves: Callable[[list[float]], list[float]]) -> None:
        self.centre, self.middle = outline.width / 2, outline.height / 2
        self.half_height = self.middle - inset
        count = max(0, math.floor(self.half_height / self.STEP))
        self.half_at = (*halves([i * self.STEP for i in range(count + 1)]), 0.0, 0.0)

    @property
    def waist(self) -> float:
        """Its middle."""
        return self.middle

    def half(self, y: float) -> float:
        """Half the width at height `y`, from the next height outwards in the table: never too wide; 0 outside."""
        return self._half_off(abs(y - self.middle))

    def _half_off(self, distance: float) -> float:
        return 0.0 if distance > self.half_height else self.half_at[int(distance / self.STEP) + 1]

    def band(self, top: float, bottom: float, around: float | None = None) -> Band | None:
        """The widest x range that a box from `top` to `bottom` may take (the area is convex, so its ends decide)."""
        above, below = self.middle - top, bottom - self.middle
        farther = above if above > below else below  # asked for thousands of times: no calls
        if farther > self.half_height:
            return None
        half = self.half_at[int(farther / self.STEP) + 1]
        return (self.centre - half, self.centre + half) if half > 0 else None

    def reach(self, top: float, bottom: float, travel: float) -> Band:
        """By the heights of both ends that are nearest to the middle."""
        most = math.inf
        for start in (top - self.middle, bottom - self.middle):
            near = start if start > 0 else -start - travel if start + travel < 0 else 0.0
            half = self._half_off(near)
            most = half if half < most else most
        return self.centre - most, self.centre + most


@lru_cache(maxsize=64)
def _ellipse_chords(outline: Ellipse, inset: float) -> SymmetricChords:
    a, b = outline.width / 2, outline.height / 2
    return SymmetricChords(outline, inset, lambda heights: _ellipse_halves(a, b, inset, heights))


@lru_cache(maxsize=64)
def _rounded_chords(outline: RoundedRectangle, inset: float) -> SymmetricChords:
    radius, wide = max(0.0, outline.radius - inset), outline.width / 2 - inset
    straight = outline.height / 2 - inset - radius

    def half(y: float) -> float:
        return wide if y <= straight else wide - radius + math.sqrt(max(0.0, radius**2 - (y - straight) ** 2))

    return SymmetricChords(outline, inset, lambda heights: [half(y) for y in heights])


def _ellipse_halves(a: float, b: float, inset: float, heights: list[float]) -> list[float]:
    """Half widths of the curve `inset` inside an ellipse at rising heights, linear between fine samples of it."""
    step = math.pi / 2 / _SAMPLES
    points = [_offset_point(a, b, -inset, step * i) for i in range(_SAMPLES + 1)]
    halves: list[float] = []
    i = 1
    for y in heights:
        while i < _SAMPLES and points[i][1] < y:
            i += 1
        (x0, y0), (x1, y1) = points[i - 1], points[i]
        halves.append(max(0.0, x0 + (x1 - x0) * (y - y0) / (y1 - y0)))
    return halves


def _offset_point(a: float, b: float, offset: float, t: float) -> tuple[float, float]:
    c, s = math.cos(t), math.sin(t)
    n = math.hypot(b * c, a * s)
    return a * c + offset * b * c / n, b * s + offset * a * s / n


@lru_cache(maxsize=64)
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


class Hole(NamedTuple):
    """The ring hole: centre in the face's coordinates (mirrored on the back), diameter in millimetres."""

    centre: Point
    diameter: float
