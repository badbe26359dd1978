"""The die-lines of a whole sheet as plain geometry: every cut contour and ring hole where it stands, for cutters.

Millimetres of the front forme, x right, y down from the sheet's top left. A cutting table, a laser and the maker of a
die or a mould read these; how a file format says them is its writer's business.
"""

from __future__ import annotations

from keytag.base.drawing import Layer, Stroke
from keytag.base.geometry import Path, Point
from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT
from keytag.sheet.layout import Layout
from keytag.sheet.scheme import Size
from keytag.tag.artwork import Artwork

CORNER = 10.0  # mm: the arms of its corner mark


class Circle(NamedTuple):
    """A ring hole: centre and diameter."""

    centre: Point
    diameter: float


class Die(NamedTuple):
    """One sheet's die-lines, by station; `cut` and `hole` are what their layers and spots are called."""

    sheet: Size
    cuts: tuple[Path, ...]
    holes: tuple[Circle, ...]
    cut: str
    hole: str
    pins: tuple[Circle, ...] = ()  # of the jig
    facts: tuple[str, ...] = ()  # what the file says of itself, a line each
    folds: tuple[Path, ...] = ()  # straight lines


def die_of(layout: Layout, artwork: Artwork, facts: tuple[str, ...] = ()) -> Die:
    """The die-lines of all stations of `layout`; any `artwork` of the job has the contour and the holes."""
    cuts, holes, folds = list[Path](), list[Circle](), list[Path]()
    for station in layout.stations:
        face = artwork.front if station.face == FRONT else artwork.back
        at = layout.at(station, FRONT)
        cuts.append(artwork.outline_of(face).path().transformed(at))
        holes += [Circle(at.apply(*hole.centre), hole.diameter) for hole in face.holes]
        groups = [group for group in face.form.groups if group.layer is Layer.FOLD]
        folds += [m.path.transformed(at) for group in groups for m in group.marks if isinstance(m, Stroke)]
    scheme = layout.scheme
    return Die(
        scheme.sheet,
        tuple(cuts),
        tuple(holes),
        *scheme.dies,
        tuple(Circle(Point(p.x, p.y), p.diameter) for p in scheme.pins),
        facts,
        tuple(folds),
    )
