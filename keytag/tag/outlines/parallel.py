"""Parallel curves of closed contours by polygon offsetting (Clipper), and areas: of lines, of fill rules, shared ones.

Contours are cut into pieces within 0.1 µm and offset in whole nanometres with round joins: every point of the result
is exactly so far from the contour, and the loops that an inner curve would make are gone. Polygons in, polygons out,
in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.flatten import Polygon, flattened, signed_area, subpaths
from keytag.base.geometry import Path

FINE = 1e-4  # mm: how far a flattened contour may be from the contour
_ROUGH = 1e-3  # mm: for areas of lines and shapes, which are drawn and judged and not cut
_SCALE = 1e6  # nanometres in a millimetre: Clipper counts in whole numbers
_LEAST_AREA = 1e-4  # mm²: what is smaller is a leftover of rounding


def offset(polygons: Sequence[Polygon], by: float, tolerance: float = FINE) -> list[Polygon]:
    """The contours `by` millimetres outside (inside, where negative) of closed polygons; none where nothing is left."""
    import pyclipper

    machine = pyclipper.PyclipperOffset(2.0, max(1.0, tolerance * _SCALE))
    machine.AddPaths(_scaled(polygons), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return _outer(machine.Execute(by * _SCALE))


def stroked(path: Path, width: float, cap: str = "butt", join: str = "miter") -> list[Polygon]:
    """The area of lines `width` millimetres wide along a path; `cap` and `join` in SVG's words."""
    import pyclipper

    ends = {"round": pyclipper.ET_OPENROUND, "square": pyclipper.ET_OPENSQUARE}
    joins = {"round": pyclipper.JT_ROUND, "bevel": pyclipper.JT_SQUARE}
    found: list[Polygon] = []
    for piece in subpaths(path):
        machine = pyclipper.PyclipperOffset(10.0, _SCALE * _ROUGH)  # 10: PDF's own limit of mitres
        closed = piece.ops.endswith("z")
        end = pyclipper.ET_CLOSEDLINE if closed else ends.get(cap, pyclipper.ET_OPENBUTT)
        machine.AddPaths(_scaled(flattened(piece, _ROUGH)), joins.get(join, pyclipper.JT_MITER), end)
        found += _unscaled(machine.Execute(width / 2 * _SCALE))
    return found


def even_odd(polygons: Sequence[Polygon]) -> list[Polygon]:
    """The area that the even-odd rule fills, as polygons for which the non-zero rule fills the same."""
    import pyclipper

    return _unscaled(pyclipper.SimplifyPolygons(_scaled(polygons), pyclipper.PFT_EVENODD))


def non_zero(polygons: Sequence[Polygon]) -> list[Polygon]:
    """The area that the non-zero rule fills, without overlaps."""
    import pyclipper

    return _unscaled(pyclipper.SimplifyPolygons(_scaled(polygons), pyclipper.PFT_NONZERO))


def shared(one: Sequence[Polygon], other: Sequence[Polygon]) -> list[Polygon]:
    """What two areas have in common, holes and overlaps by the non-zero winding rule."""
    import pyclipper

    if not one or not other:
        return []
    machine = pyclipper.Pyclipper()
    if not _added(machine, one, pyclipper.PT_SUBJECT) or not _added(machine, other, pyclipper.PT_CLIP):
        return []
    found = machine.Execute(pyclipper.CT_INTERSECTION, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO)
    return _unscaled(found)


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


def _unscaled(paths: Sequence[Sequence[Sequence[int]]]) -> list[Polygon]:
    return [[(x / _SCALE, y / _SCALE) for x, y in path] for path in paths]


def _outer(paths: Sequence[Sequence[Sequence[int]]]) -> list[Polygon]:
    return [polygon for polygon in _unscaled(paths) if signed_area(polygon) > _LEAST_AREA]
