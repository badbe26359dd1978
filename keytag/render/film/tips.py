"""Acute corners of ink: where a drawing is narrower than a pixel, its tip would end early, or in crumbs.

Pixel centres miss what passes between them. From an acute corner inwards the pixels on its bisector are covered until
it is a pixel wide, so that a tip reaches as far as in a raster image processor, which covers what is touched
(PostScript Language Reference, 7.5.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from keytag.base.flatten import Polygon
from keytag.base.geometry import Affine

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_LONGEST = 32.0  # pixels: tips of under two degrees are hairs
_STEP = 0.5  # pixel
_BLUNT = 0.17  # cosine of 80 degrees: nearly right angles, such as those of a line's pieces, end within a pixel anyway
_FLAT = 1e-9  # less than 1: a line that turns back on itself
_INWARDS = 1e-3  # of the shorter side, at which is asked whether a corner is of ink or of bare film


def tips_of(polygons: Sequence[Polygon]) -> Array:
    """Acute corners of one mark, n × 6: x, y (mm), the bisector, length in pixels to one pixel's width, most in mm."""
    corners = [_corners(points) for points in polygons]
    found: Array = np.concatenate([np.zeros((0, 6)), *corners])
    inked: Array = found[_winding(found[:, :2] + found[:, 2:4] * found[:, 5:] * _INWARDS, polygons) != 0]
    return inked


def _corners(points: Polygon) -> Array:
    """Those of one polygon, whether they are of ink or of bare film."""
    at = np.asarray(points, float).reshape(-1, 2)
    at = at[(at != np.roll(at, 1, axis=0)).any(axis=1)]
    back, ahead = np.roll(at, 1, axis=0) - at, np.roll(at, -1, axis=0) - at
    sides = np.hypot(*back.T), np.hypot(*ahead.T)
    cosine = (back * ahead).sum(axis=1) / (sides[0] * sides[1])
    acute = np.flatnonzero((cosine > _BLUNT) & (cosine < 1 - _FLAT))
    way = (back / sides[0][:, None] + ahead / sides[1][:, None])[acute]
    way /= np.hypot(*way.T)[:, None]
    # A wedge of the angle 2h is a pixel wide at 1 / (2 tan h) pixels from its corner.
    length = np.sqrt((1 + cosine[acute]) / (1 - cosine[acute])) / 2
    return np.column_stack((at[acute], way, np.minimum(length, _LONGEST), np.minimum(*sides)[acute]))


def pixels_of(tips: Array, at: Affine) -> tuple[Array, Array]:
    """Rows and columns that the tips pass through; `at` leads from their millimetres to pixels."""
    a, b, c, d, e, f = at
    dots = abs(a * d - b * c) ** 0.5
    x, y, dx, dy, length, limit = tips.T
    reach = np.minimum(length / dots, limit)  # mm
    many = np.ceil(reach * dots / _STEP).astype(np.int64) + 1
    tip = np.repeat(np.arange(len(tips)), many)
    part = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    far = part / np.maximum(many - 1, 1)[tip] * reach[tip]
    x, y = x[tip] + dx[tip] * far, y[tip] + dy[tip] * far
    return np.floor(b * x + d * y + f).astype(np.int64), np.floor(a * x + c * y + e).astype(np.int64)


def _winding(points: Array, polygons: Sequence[Polygon]) -> Array:
    """How often polygons wind around each point, by the crossings of a ray to the right."""
    found = np.zeros(len(points), np.int64)
    if not len(points):
        return found
    edges = np.concatenate([np.hstack((np.roll(p, 1, axis=0), p)) for p in map(np.asarray, polygons) if len(p) > 2])
    x0, y0, x1, y1 = edges.T
    for at, (x, y) in enumerate(points):
        crossing = (y0 <= y) != (y1 <= y)
        where = x0[crossing] + (y - y0[crossing]) * (x1 - x0)[crossing] / (y1 - y0)[crossing]
        found[at] = np.where(y1[crossing] > y0[crossing], 1, -1)[where > x].sum()
    return found
