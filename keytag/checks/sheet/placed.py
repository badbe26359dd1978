"""What the sheet checks look at: every placed face as it lies on its page, measured from the placements themselves.

Nothing is taken from the layout that made them, so that a station moved afterwards is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from keytag.base.drawing import Form, Layer, Mark, Page, Placement, Stroke
from keytag.base.flatten import Polygon, flattened, gap_between
from keytag.base.geometry import Affine, Path, Rect, rectangle
from keytag.base.records import NamedTuple
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.sheet.dimension import bounds
from keytag.sheet.layout import PressSheet
from keytag.sheet.scheme import Scheme

_FINE = 0.002  # mm from a contour to its chords
OVERLAP = 0.01  # mm; less is only touching
_REACH = 0.01  # mm of a mark in a bleed that are none: what a contour's chords lose


class Placed(NamedTuple):
    """One face on one page: its trim, the box around its bleed, and its ring hole if it has one (page mm)."""

    side: str
    placement: Placement
    trim: Rect
    bleed: Rect
    hole: Rect | None

    @property
    def station(self) -> int:
        return self.placement.station

    @property
    def where(self) -> str:
        return say("{side}, station {station}", side=self.side, station=self.placement.station)

    @property
    def key(self) -> str:
        return self.placement.form.rpartition("/")[0]


class Overlap(NamedTuple):
    """Two faces whose bleeds lie in one another by `bleeds` mm, and how far one prints over the other's trim, if so."""

    one: Placed
    other: Placed
    bleeds: float
    ink: float


class View(NamedTuple):
    """A press sheet and its placed faces, measured once for all checks."""

    press: PressSheet
    front: tuple[Placed, ...]
    back: tuple[Placed, ...]
    overlaps: tuple[Overlap, ...]  # of bleeds, on either side
    contours: Contours

    @property
    def scheme(self) -> Scheme:
        return self.press.sheet.layout.scheme

    @property
    def sides(self) -> tuple[tuple[str, Page, tuple[Placed, ...]], ...]:
        sides = zip(SIDES, self.press.pages, (self.front, self.back), strict=False)
        return tuple(sides)

    def reaches(self, face: Placed, box: Rect) -> bool:
        """Whether something lies in a face's bleed: nearer to its die-line, all round, than the bleed is wide."""
        bleed = face.trim.x - face.bleed.x - _REACH
        return self.contours.off(face.placement, box, bleed) < bleed

    @property
    def faces(self) -> tuple[Placed, ...]:
        return self.front + self.back

    @property
    def name(self) -> str:
        return say("plate {number}", number=self.press.sheet.number)


def view(press: PressSheet) -> View:
    """`press` with every placed face measured."""
    forms = {form.key: form for form in press.forms}
    cut = {key: _bounds(form, Layer.CUT) or form.bounds for key, form in forms.items()}
    hole = {key: _bounds(form, Layer.HOLE) for key, form in forms.items()}
    sides: list[tuple[Placed, ...]] = []
    for side, page in zip(SIDES, press.pages, strict=False):
        found = []
        for placement in page.placements:
            at, key = placement.at, placement.form
            ring = hole[key]
            there = _box(at, ring) if ring else None
            found.append(Placed(side, placement, _box(at, cut[key]), _box(at, forms[key].bounds), there))
        sides.append(tuple(found))
    pairs = [pair for faces in sides for pair in overlapping(faces)]
    front, back = (*sides, ())[:2]
    contours = Contours(forms)
    measure = _boxes if not press.sheet.layout.staggered else contours.measure
    return View(press, front, back, tuple(filter(None, (measure(*pair) for pair in pairs))), contours)


def _boxes(one: Placed, other: Placed) -> Overlap:
    """Tags in a grid touch at their boxes."""
    ink = max(overlap(one.bleed, other.trim), overlap(other.bleed, one.trim))
    return Overlap(one, other, overlap(one.bleed, other.bleed), ink)


class Contours:
    """Tags of staggered rows lie in one another's boxes: their contours are what must keep apart, and keep clear."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._cuts = {key: _cut(form) for key, form in forms.items()}
        self._gaps: dict[tuple[object, ...], float] = {}

    def measure(self, one: Placed, other: Placed) -> Overlap | None:
        """How far bleeds and ink lie over one another; None where they do not."""
        bleed = one.trim.x - one.bleed.x
        between = self._gap(one.placement, other.placement)
        if 2 * bleed - between <= OVERLAP:
            return None
        return Overlap(one, other, 2 * bleed - between, bleed - between)

    def off(self, place: Placement, box: Rect, most: float) -> float:
        """How far a box lies from a die-line; nought where it reaches over it, and anything beyond `most` so far."""
        path, x, y = self._cuts[place.form], box.x - place.at.e, box.y - place.at.f
        key = (path, place.at[:4], round(x, 3), round(y, 3), round(box.width, 3), round(box.height, 3), round(most, 3))
        if key not in self._gaps:
            turned = path.transformed(place.at._replace(e=0.0, f=0.0))
            corners = [(x, y), (x + box.width, y), (x + box.width, y + box.height), (x, y + box.height)]
            self._gaps[key] = gap_between(_polygon(turned), corners, most=most)
        return self._gaps[key]

    def _gap(self, one: Placement, other: Placement) -> float:
        """The same two contours stand at the same distance many times on a sheet."""
        paths = [self._cuts[place.form] for place in (one, other)]
        away = (round(other.at.e - one.at.e, 3), round(other.at.f - one.at.f, 3))
        key = (*paths, one.at[:4], other.at[:4], away)
        if key not in self._gaps:
            mine, its = (flattened(p.transformed(q.at), _FINE)[0] for p, q in zip(paths, (one, other), strict=True))
            self._gaps[key] = gap_between(mine, its)
        return self._gaps[key]


@lru_cache(maxsize=16)
def _polygon(contour: Path) -> Polygon:
    return flattened(contour, _FINE)[0]


def _box(at: Affine, box: Rect) -> Rect:
    """`at.rect(box)`, with two corners instead of four where axes stay axes, as on every sound sheet."""
    a, b, c, d, e, f = at
    if (a or d) and (b or c):
        return at.rect(box)
    x0, y0 = a * box.x + c * box.y + e, b * box.x + d * box.y + f
    x1, y1 = a * box.right + c * box.bottom + e, b * box.right + d * box.bottom + f
    return Rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def overlapping(faces: tuple[Placed, ...]) -> list[tuple[Placed, Placed]]:
    """Pairs whose bleeds lie in one another, each once; only neighbours are compared."""
    if not faces:
        return []
    found = []
    reach = max(max(f.bleed.width, f.bleed.height) for f in faces) + 1e-6
    cells: dict[tuple[int, int], list[tuple[float, float, float, float, Placed]]] = {}
    for face in faces:
        x, y, width, height = face.bleed
        right, bottom = x + width - OVERLAP, y + height - OVERLAP
        column, row = int(x // reach), int(y // reach)
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for ox, oy, o_right, o_bottom, other in cells.get((c, r), ()):
                    if ox < right and x < o_right and oy < bottom and y < o_bottom:
                        found.append((other, face))
        cells.setdefault((column, row), []).append((x, y, right, bottom, face))
    return found


def page_marks(page: Page) -> Iterator[tuple[Mark, Rect]]:
    """The page's own marks and the box of each, line widths left out."""
    for group in page.groups:
        for mark in group.marks:
            yield mark, bounds(mark)


def overlap(one: Rect, other: Rect) -> float:
    """How far two boxes lie in one another (mm); 0 or less where they do not."""
    (x0, y0, width0, height0), (x1, y1, width1, height1) = one, other  # asked of thousands: no calls
    x = min(x0 + width0, x1 + width1) - max(x0, x1)
    y = min(y0 + height0, y1 + height1) - max(y0, y1)
    return min(x, y)


def _bounds(form: Form, layer: Layer) -> Rect | None:
    path = _line(form, layer)
    return _around(path) if path is not None else None


@lru_cache(maxsize=16)  # the tags of a job have one contour and one hole
def _around(path: Path) -> Rect:
    return path.bounds()


def _cut(form: Form) -> Path:
    path = _line(form, Layer.CUT)
    return rectangle(form.bounds) if path is None else path


def _line(form: Form, layer: Layer) -> Path | None:
    for group in form.groups:
        if group.layer is layer:
            for mark in group.marks:
                if isinstance(mark, Stroke):
                    return mark.path
    return None
