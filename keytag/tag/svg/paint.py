"""An SVG's shapes as marks: fills by the non-zero rule, lines as lines where a press draws the same, else as areas."""

from __future__ import annotations

import math
from collections.abc import Mapping

from keytag.base.drawing import Fill, Mark, Stroke
from keytag.base.flatten import Polygon, backwards, flattened, signed_area, subpaths
from keytag.base.geometry import Affine, Path, join, polygon
from keytag.base.ink import Ink
from keytag.tag.outlines.parallel import area, even_odd, non_zero, stroked
from keytag.tag.svg.reader import Shape, Stroking

_FINE = 1e-3  # mm
_NESTED = 200  # subpaths whose nesting is looked at one by one
_ALIKE = 1e-6


def painted(shape: Shape, at: Affine, inks: Mapping[str, Ink]) -> list[Mark]:
    """What the shape paints, its fill below its line; `at` maps the file's units to millimetres."""
    whole = shape.at.then(at)
    marks: list[Mark] = []
    if shape.fill != "none":
        path = shape.path.transformed(whole)
        path = by_winding(path) if shape.even_odd else path
        if path.ops:
            marks.append(Fill(path, inks[shape.fill]))
    if shape.stroke is not None:
        marks += _line(shape.path, shape.stroke, whole, inks[shape.stroke.colour])
    return marks


def by_winding(path: Path) -> Path:
    """A path for which the non-zero rule fills what the even-odd rule fills of `path`.

    Subpaths that do not cross only have to run in turn one way and the other, by how deep they lie in others; what
    crosses becomes polygons.
    """
    parts = subpaths(path)
    polygons = [flattened(part, _FINE)[0] for part in parts]
    wanted = even_odd(polygons)
    if len(parts) <= _NESTED:
        turned = [_oriented(i, parts, polygons) for i in range(len(parts))]
        whole = join(turned)
        if abs(area(non_zero(flattened(whole, _FINE))) - area(wanted)) < _FINE * _FINE * 10:
            return whole
    return join(polygon(points) for points in wanted if len(points) > 2)


def _oriented(index: int, parts: list[Path], polygons: list[Polygon]) -> Path:
    """The subpath clockwise where an even number of others lie around it, else the other way."""
    inside = sum(_holds(other, polygons[index][0]) for i, other in enumerate(polygons) if i != index)
    clockwise = signed_area(polygons[index]) > 0
    return parts[index] if clockwise == (inside % 2 == 0) else backwards(parts[index])


def _holds(points: Polygon, at: tuple[float, float]) -> bool:
    x, y = at
    odd = False
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
            odd = not odd
    return odd


def _line(path: Path, stroke: Stroking, at: Affine, ink: Ink) -> list[Mark]:
    """The line: a mark of its own where it is as wide in all directions, with butt ends and mitred corners."""
    scale = math.sqrt(abs(at.a * at.d - at.b * at.c))
    if scale == 0:
        return []
    even = (
        math.hypot(at.a - at.d, at.b + at.c) < _ALIKE * scale or math.hypot(at.a + at.d, at.b - at.c) < _ALIKE * scale
    )
    open_ended = any(not part.ops.endswith("z") for part in subpaths(path))
    plain = stroke.join not in ("round", "bevel") and (stroke.cap == "butt" or not open_ended)
    if even and plain:
        return [Stroke(path.transformed(at), ink, stroke.width * scale)]
    # The pen is round in the shape's own plane: its area is made there, at the size of the print, and then mapped.
    size = Affine(scale, 0, 0, scale)
    drawn = stroked(path.transformed(size), stroke.width * scale, stroke.cap, stroke.join)
    back = Affine(1 / scale, 0, 0, 1 / scale).then(at)
    areas = [polygon(points) for points in drawn if len(points) > 2]
    return [Fill(join(areas).transformed(back), ink)] if areas else []
