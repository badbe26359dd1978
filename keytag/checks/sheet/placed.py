"""What the sheet checks look at: every placed face as it lies on its page, measured from the placements themselves.

Nothing is taken from the layout that made them, so that a station moved afterwards is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from keytag.base.drawing import Form, Layer, Mark, Page, Placement, Stroke
from keytag.base.geometry import Affine, Rect
from keytag.base.sides import BACK, FRONT
from keytag.sheet.dimension import bounds
from keytag.sheet.layout import PressSheet
from keytag.sheet.scheme import Scheme

OVERLAP = 0.01  # mm; less is only touching


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
        return f"{self.side}, station {self.placement.station}"

    @property
    def key(self) -> str:
        return self.placement.form.rpartition("/")[0]


class View(NamedTuple):
    """A press sheet and its placed faces, measured once for all checks."""

    press: PressSheet
    front: tuple[Placed, ...]
    back: tuple[Placed, ...]
    overlaps: tuple[tuple[Placed, Placed], ...]  # of bleeds, on either side

    @property
    def scheme(self) -> Scheme:
        return self.press.sheet.layout.scheme

    @property
    def sides(self) -> tuple[tuple[str, Page, tuple[Placed, ...]], ...]:
        return (FRONT, self.press.front, self.front), (BACK, self.press.back, self.back)

    @property
    def faces(self) -> tuple[Placed, ...]:
        return self.front + self.back

    @property
    def name(self) -> str:
        return f"plate {self.press.sheet.number}"


def view(press: PressSheet) -> View:
    """`press` with every placed face measured."""
    forms = {form.key: form for form in press.forms}
    cut = {key: _bounds(form, Layer.CUT) or form.bounds for key, form in forms.items()}
    hole = {key: _bounds(form, Layer.HOLE) for key, form in forms.items()}
    sides = []
    for side, page in ((FRONT, press.front), (BACK, press.back)):
        found = []
        for placement in page.placements:
            at, key = placement.at, placement.form
            ring = hole[key]
            there = _box(at, ring) if ring else None
            found.append(Placed(side, placement, _box(at, cut[key]), _box(at, forms[key].bounds), there))
        sides.append(tuple(found))
    pairs = (*overlapping(sides[0]), *overlapping(sides[1]))
    return View(press, sides[0], sides[1], pairs)


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
    x = min(one.right, other.right) - max(one.x, other.x)
    y = min(one.bottom, other.bottom) - max(one.y, other.y)
    return min(x, y)


def _bounds(form: Form, layer: Layer) -> Rect | None:
    for group in form.groups:
        if group.layer is layer:
            for mark in group.marks:
                if isinstance(mark, Stroke):
                    return mark.path.bounds()
    return None
