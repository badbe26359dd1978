"""Parallel curves of closed contours by polygon offsetting (Clipper), and the areas that polygons share.

Contours are cut into pieces within 0.1 µm and offset in whole nanometres with round joins: every point of the result
is exactly so far from the contour, and the loops that an inner curve would make are gone. Polygons in, polygons out,
in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.flatten import Polygon, signed_area

FINE = 1e-4  # mm: how far a flattened contour may be from the contour
_SCALE = 1e6  # nanometres in a millimetre: Clipper counts in whole numbers
_LEAST_AREA = 1e-4  # mm²: what is smaller is a leftover of rounding


def offset(polygons: Sequence[Polygon], by: float, tolerance: float = FINE) -> list[Polygon]:
    """The contours `by` millimetres outside (inside, where negative) of closed polygons; none where nothing is left."""
    import pyclipper

    machine = pyclipper.PyclipperOffset(2.0, max(1.0, tolerance * _SCALE))
    machine.AddPaths(_scaled(polygons), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return _outer(machine.Execute(by * _SCALE))


def stroked(polygons: Sequence[Polygon], width: float, *, closed: bool) -> list[Polygon]:
    """The area of lines `width` millimetres wide along polygons: mitred, and butt-ended where they are open."""
    import pyclipper

    machine = pyclipper.PyclipperOffset(10.0, _SCALE * FINE)
    end = pyclipper.ET_CLOSEDLINE if closed else pyclipper.ET_OPENBUTT
    machine.AddPaths(_scaled(polygons), pyclipper.JT_MITER, end)
    found = machine.Execute(width / 2 * _SCALE)
    return [[(x / _SCALE, y / _SCALE) for x, y in path] for path in found]


def shared(one: Sequence[Polygon], other: Sequence[Polygon]) -> list[Polygon]:
    """What two areas have in common, holes and overlaps by the non-zero winding rule."""
    import pyclipper

    if not one or not other:
        return []
    machine = pyclipper.Pyclipper()
    if not _added(machine, one, pyclipper.PT_SUBJECT) or not _added(machine, other, pyclipper.PT_CLIP):
        return []
    found = machine.Execute(pyclipper.CT_INTERSECTION, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO)
    return [[(x / _SCALE, y / _SCALE) for x, y in path] for path in found]


def area(polygons: Sequence[Polygon]) -> float:
    """The area in mm² of polygons as Clipper gives them: holes turn the other way round."""
    return abs(sum(signed_area(polygon) for polygon in polygons))


def _added(machine: Any, polygons: Sequence[Polygon], kind: int) -> bool:
    """Whether there was anything to add: Clipper refuses areas without extent."""
    import pyclipper

    try:
        machine.AddPaths(_scaled(polygons), kind, True)
    except pyclipper.ClipperException:
        return False
    return True


def _scaled(polygons: Sequence[Polygon]) -> list[list[tuple[int, int]]]:
    return [[(round(x * _SCALE), round(y * _SCALE)) for x, y in polygon] for polygon in polygons]


def _outer(paths: Sequence[Sequence[Sequence[int]]]) -> list[Polygon]:
    found = [[(x / _SCALE, y / _SCALE) for x, y in path] for path in paths]
    return [polygon for polygon in found if signed_area(polygon) > _LEAST_AREA]
