"""An outline that somebody drew: the closed path of an SVG file (a shield, a heart, a house), at its size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path as FilePath

from keytag.base.errors import InputError
from keytag.base.flatten import Polygon, flattened, signed_area, subpaths
from keytag.base.geometry import Affine, Path
from keytag.base.words import say
from keytag.files.source import read
from keytag.tag.outlines.contour import Contour
from keytag.tag.outlines.parallel import area, even_odd, shared
from keytag.tag.svg.reader import read_svg

_FINE = 1e-3  # mm
_SAME = 1e-3  # of two lengths, as a share
_MIRRORED = 5e-4  # mm along the edge: what a program rounds is symmetric


def drawn_outline(file: FilePath, width: float | None, height: float | None) -> Contour:
    """The outline with the given width or height in millimetres, the other following; both if they are in proportion.

    An `InputError` where the file holds anything but one closed path that does not cross itself.
    """
    name = file.name
    path = _only_path(file)
    box = path.bounds()
    if not (box.width > 0 and box.height > 0):
        raise InputError(say("{name} holds a path without an area", name=name))
    scale = width / box.width if width is not None else (height or box.height) / box.height
    wide, high = box.width * scale, box.height * scale
    if width is not None and height is not None and abs(high - height) > _SAME * height:
        raise InputError(
            say(
                "{name} is {wide:.2f} × {high:.2f} mm at this width: give width or height, not both",
                name=name,
                wide=wide,
                high=high,
            )
        )
    placed = path.transformed(Affine(scale, 0, 0, scale, -box.x * scale, -box.y * scale))
    (points,) = flattened(placed, _FINE)
    filled = even_odd([points])
    if len(filled) != 1 or abs(area(filled) - abs(signed_area(points))) > _FINE * (wide + high):
        raise InputError(say("{name} holds a path that crosses or touches itself: no die cuts it", name=name))
    return Contour(placed, wide, high, _is_symmetric(points, wide))


def _only_path(file: FilePath) -> Path:
    try:
        shapes = read_svg(read(file, file.name).text).shapes
    except InputError as error:
        told = error.message
        raise InputError(
            told if told.startswith(file.name) else say("{file} {told}", file=file.name, told=told)
        ) from error
    found = [part for shape in shapes for part in subpaths(shape.path.transformed(shape.at))]
    if len(found) != 1:
        raise InputError(
            say(
                "{file} holds {found} paths: an outline is a single closed one (unite them)",
                file=file.name,
                found=len(found),
            )
        )
    (path,) = found
    if path.ops.endswith("z"):
        return _without_stub(path)
    if path.coords[:2] != path.coords[-2:]:
        raise InputError(say("{file} holds an open path: close it", file=file.name))
    return _without_stub(path._replace(ops=path.ops + "z"))


def _without_stub(path: Path) -> Path:
    """Without a last line of no length, back to where the path starts already."""
    if path.ops.endswith("lz") and path.coords[-4:-2] == path.coords[-2:]:
        return Path(path.ops[:-2] + "z", path.coords[:-2])
    return path


def _is_symmetric(points: Polygon, width: float) -> bool:
    """Whether the mirror image is the same shape."""
    whole = abs(signed_area(points))
    mirrored = [(width - x, y) for x, y in points]
    edge = sum(abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(points))
    return whole - area(shared([points], [mirrored])) < _MIRRORED * edge
