"""What the sheet checks look at: every placed face as it lies on its page, measured from the placements themselves.

Nothing is taken from the layout that made them, so that a station moved afterwards is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from keytag.drawing import Fill, Form, Layer, Mark, Page, Placement, Stroke
from keytag.geometry import Rect
from keytag.page import PressSheet
from keytag.scheme import BACK, FRONT, Scheme


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
            there = at.rect(ring) if ring else None
            found.append(Placed(side, placement, at.rect(cut[key]), at.rect(forms[key].bounds), there))
        sides.append(tuple(found))
    return View(press, sides[0], sides[1])


def neighbours(faces: tuple[Placed, ...]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs whose bleeds may touch: each once, near ones only."""
    if not faces:
        return
    reach = max(max(f.bleed.width, f.bleed.height) for f in faces) + 1e-6
    cells: dict[tuple[int, int], list[Placed]] = {}
    for face in faces:
        column, row = int(face.bleed.x // reach), int(face.bleed.y // reach)
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for other in cells.get((c, r), ()):
                    yield other, face
        cells.setdefault((column, row), []).append(face)


def page_marks(page: Page) -> Iterator[tuple[Mark, Rect]]:
    """The page's own marks and the box of each, line widths left out."""
    for group in page.groups:
        for mark in group.marks:
            yield mark, mark.path.bounds() if isinstance(mark, Fill | Stroke) else mark.box


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
