"""What a finished face reached: sizes in points, millimetres and arc minutes, modules, and the least distances.

Visual angle at 40 cm is what the norms speak of: ISO 9241-303 wants at least 16′, 20 to 22′ are comfortable.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from keytag.base.drawing import Fill, Layer, Mark, Symbol, Words
from keytag.base.geometry import Path, Rect, union
from keytag.base.outline import Outline
from keytag.base.records import NamedTuple
from keytag.tag.artwork import Artwork, Face

DISTANCE = 400.0  # mm from the eye
_STEP = 0.1  # mm in which the distance to the edge is told
_FARTHEST = 5.0  # mm: more is not measured


class Size(NamedTuple):
    """One line: its words and field, its size in points, how high its digits or capitals are, and seen at 40 cm.

    `alone` is the size in points that a number could have had without the other tags of its job.
    """

    text: str
    field: str
    pt: float
    mm: float
    arcmin: float
    alone: float


class Measures(NamedTuple):
    """One face. `module` is that of its smallest code; distances in millimetres: of live matter to the trim (floored
    to a tenth, 5 at most), to the rim of the nearest hole, and between the ink of two lines; None where there is none.
    """

    sizes: tuple[Size, ...]
    module: float | None
    edge: float | None
    hole: float | None
    apart: float | None


def measured(artwork: Artwork, face: Face) -> Measures:
    """The measures of one face of `artwork`."""
    return _measured(artwork.outline, face._replace(form=face.form._replace(key="")))


@lru_cache(maxsize=64)  # the fronts of a job look alike, whatever they are called
def _measured(outline: Outline, face: Face) -> Measures:
    marks = _printed(face)
    sizes = tuple(
        Size(fit.text, fit.field, round(fit.size, 3), round(fit.height, 3), _arcmin(fit.height), round(fit.alone, 3))
        for fit in face.fits
    )
    modules = [mark.module for mark in marks if isinstance(mark, Symbol)]
    live = _live(marks)
    flat = [box for boxes in live for box in boxes]
    holes = [_off(box, hole.centre, hole.diameter / 2) for hole in face.holes for box in flat]
    return Measures(
        sizes,
        round(min(modules), 4) if modules else None,
        _edge(outline, flat) if flat else None,
        round(min(holes), 3) if holes else None,
        _apart(live),
    )


def _printed(face: Face) -> list[Mark]:
    return [m for group in face.form.groups if group.layer is Layer.ARTWORK for m in group.marks]


def _arcmin(height: float) -> float:
    return round(math.degrees(2 * math.atan(height / 2 / DISTANCE)) * 60, 1)


def _live(marks: list[Mark]) -> list[list[Rect]]:
    """The boxes of ink of each line's glyphs, and each code's panel."""
    return [boxes for line, panel in _lines(marks) if (boxes := _boxes(line, panel))]


def _lines(marks: list[Mark]) -> Iterator[tuple[Words | Symbol, Rect | None]]:
    """Each line, and each code with the panel that is painted right before it."""
    before: Mark | None = None
    for mark in marks:
        if isinstance(mark, Words | Symbol):
            yield mark, before.path.bounds() if isinstance(mark, Symbol) and isinstance(before, Fill) else None
        before = mark


def _boxes(line: Words | Symbol, panel: Rect | None) -> list[Rect]:
    if isinstance(line, Symbol):
        return [panel or line.box]
    return [_glyph(g.outline, g.x, g.y, line.scale) for g in line.glyphs if g.outline.ops]


def _glyph(outline: Path, x: float, y: float, scale: float) -> Rect:
    (x0, x1), (y0, y1) = _extents(outline)
    return Rect(x + x0 * scale, y - y1 * scale, (x1 - x0) * scale, (y1 - y0) * scale)


@lru_cache(maxsize=4096)
def _extents(outline: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    return outline.extents()


def _off(box: Rect, centre: tuple[float, float], radius: float) -> float:
    dx = max(0.0, box.x - centre[0], centre[0] - box.right)
    dy = max(0.0, box.y - centre[1], centre[1] - box.bottom)
    return math.hypot(dx, dy) - radius


def _edge(outline: Outline, boxes: list[Rect]) -> float:
    """The greatest inset, in tenths of a millimetre, within which all boxes stand."""
    most = min(_FARTHEST, outline.smallest_inset() * 0.95)
    low, high = 0, int(most / _STEP)
    while low < high:
        middle = (low + high + 1) // 2
        band_of = outline.chords(round(middle * _STEP, 3)).band
        outside = None
        for box in boxes:
            x, y, width, height = box
            band = band_of(y + 1e-3, y + height - 1e-3, x + width / 2)
            if band is None or band[0] > x + 0.01 or x + width - 0.01 > band[1]:
                outside = box
                break
        if outside is None:
            low = middle
        else:
            high = middle - 1
            boxes = [outside, *boxes]  # what stands out here is the likeliest to stand out farther in
    return round(low * _STEP, 3)


def least_apart(face: Face, most: float = _FARTHEST) -> float | None:
    """The least distance between the ink of two lines of a face; None where no two are nearer than `most`."""
    lines = list(_lines(_printed(face)))
    # Only lines whose boxes come so near are looked at letter by letter.
    whole = [(panel or line.box) for line, panel in lines]
    ends = [(box.x, box.x + box.width, box.y, box.y + box.height) for box in whole]
    near: set[int] = set()
    for i, (x0, x1, y0, y1) in enumerate(ends):
        for j in range(i + 1, len(ends)):
            a0, a1, b0, b1 = ends[j]
            far = y0 - b1 >= most or b0 - y1 >= most or x0 - a1 >= most or a0 - x1 >= most  # mostly so: no calls
            if not far and _gap(whole[i], whole[j]) < most:
                near |= {i, j}
    return _apart([boxes for i in sorted(near) if (boxes := _boxes(*lines[i]))], most)


def _apart(live: list[list[Rect]], most: float = _FARTHEST) -> float | None:
    least = most
    whole = [union(boxes) for boxes in live]
    for i, one in enumerate(live):
        for j in range(i + 1, len(live)):
            if _gap(whole[i], whole[j]) >= least:
                continue
            near = [b for b in live[j] if _gap(whole[i], b) < least]
            for a in one if near else ():
                if _gap(a, whole[j]) < least:
                    least = min(least, *(_gap(a, b) for b in near))
    return round(least, 3) if least < most else None


def _gap(a: Rect, b: Rect) -> float:
    dx = max(0.0, b.x - (a.x + a.width), a.x - (b.x + b.width))
    dy = max(0.0, b.y - (a.y + a.height), a.y - (b.y + b.height))
    return math.hypot(dx, dy)
