"""How well words stand out: the contrast ratio of WCAG 2.2, for all eyes and for a deuteranope's.

A process mixture is looked up in the press profile's table for perceptual intent (ICC.1:2001-04, 6.5.7, `A2B0`), which
gives Lab as a viewer sees it on paper; from there it becomes linear sRGB, on which WCAG defines luminance. One man in
twelve hardly tells red from green: their colours are simulated by Machado, Oliveira and Fernandes (2009), severity 1.
A handful of inks is looked up, so the table is read by hand and no colour library is loaded.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from itertools import product
from pathlib import Path

from keytag.base.ink import Cmyk
from keytag.base.records import NamedTuple

_ICC = Path(__file__).parent.parent / "data" / "icc" / "FOGRA39L_coated.icc"
_D50 = (0.9642, 1.0, 0.8249)
# XYZ (D50) to linear sRGB: the inverse of the sRGB profile's matrix (ICC, "How to use sRGB").
_TO_RGB = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
_LUMINANCE = (0.2126, 0.7152, 0.0722)  # WCAG 2.2, relative luminance
_DEUTERANOPE = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
_FLARE = 0.05


class _Table(NamedTuple):
    """An `mft2` table: its curves of the four inks, the grid of Lab triples, the curves of Lab; all 0 to 65535."""

    curves_in: tuple[tuple[int, ...], ...]
    points: int
    grid: tuple[int, ...]
    curves_out: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = _ICC.read_bytes()
    (count,) = struct.unpack_from(">I", data, 128)
    tags = {sig: off for sig, off, _ in struct.iter_unpack(">4sII", data[132 : 132 + 12 * count])}
    start = tags[b"A2B0"]
    inputs, outputs, points = data[start + 8], data[start + 9], data[start + 10]
    entries_in, entries_out = struct.unpack_from(">HH", data, start + 48)
    at = start + 52

    def take(length: int) -> tuple[int, ...]:
        nonlocal at
        found = struct.unpack_from(f">{length}H", data, at)
        at += 2 * length
        return found

    curves_in = tuple(take(entries_in) for _ in range(inputs))
    grid = take(points**inputs * outputs)
    return _Table(curves_in, points, grid, tuple(take(entries_out) for _ in range(outputs)))


def _along(curve: tuple[int, ...], value: float) -> float:
    """A curve at 0 to 1, linear between its entries; 0 to 1."""
    at = value * (len(curve) - 1)
    low = min(int(at), len(curve) - 2)
    return (curve[low] + (curve[low + 1] - curve[low]) * (at - low)) / 65535


def _lab(colour: Cmyk) -> tuple[float, float, float]:
    """CIE Lab of a process mixture, multilinear between the sixteen corners of its cell."""
    table = _table()
    at = [_along(curve, part) * (table.points - 1) for curve, part in zip(table.curves_in, colour, strict=True)]
    low = [min(int(a), table.points - 2) for a in at]
    sums = [0.0, 0.0, 0.0]
    for corner in product((0, 1), repeat=4):
        weight, index = 1.0, 0
        for a, base, step in zip(at, low, corner, strict=True):
            weight *= a - base if step else 1 - (a - base)
            index = index * table.points + base + step
        if weight:
            for i in range(3):
                sums[i] += weight * table.grid[3 * index + i]
    light, a, b = (_along(curve, value / 65535) * 65535 for curve, value in zip(table.curves_out, sums, strict=True))
    return light * 100 / 65280, a / 256 - 128, b / 256 - 128  # the 16 bit Lab of version 2 profiles


@lru_cache(maxsize=256)
def _linear(colour: Cmyk) -> tuple[float, float, float]:
    """Linear sRGB of a process mixture, clipped to what a screen shows."""
    light, a, b = _lab(colour)
    fy = (light + 16) / 116
    black = _black()
    scaled = [(_inverse(f) - black) / (1 - black) for f in (fy + a / 500, fy, fy - b / 200)]
    xyz = [white * part for white, part in zip(_D50, scaled, strict=True)]
    red, green, blue = (sum(m * v for m, v in zip(row, xyz, strict=True)) for row in _TO_RGB)
    return _clipped(red), _clipped(green), _clipped(blue)


@lru_cache(maxsize=1)
def _black() -> float:
    """Luminance of the darkest that the press prints: perceptual intent scales it to black (ISO 18619)."""
    return _inverse((_lab(Cmyk(1, 1, 1, 1))[0] + 16) / 116)


def _inverse(f: float) -> float:
    return f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29)


def _clipped(value: float) -> float:
    return min(1.0, max(0.0, value))


def _luminance(rgb: tuple[float, ...]) -> float:
    return sum(weight * part for weight, part in zip(_LUMINANCE, rgb, strict=True))


def _as_deuteranope(rgb: tuple[float, float, float]) -> tuple[float, ...]:
    return tuple(_clipped(sum(m * v for m, v in zip(row, rgb, strict=True))) for row in _DEUTERANOPE)


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + _FLARE) / (min(one, other) + _FLARE)


@lru_cache(maxsize=1024)
def ratios(ink: Cmyk, ground: Cmyk) -> tuple[float, float]:
    """The contrast ratio (1 to 21) of two process mixtures, and what is left of it for a deuteranope."""
    one, other = _linear(ink), _linear(ground)
    blind = _ratio(_luminance(_as_deuteranope(one)), _luminance(_as_deuteranope(other)))
    return _ratio(_luminance(one), _luminance(other)), blind
