"""A printer's mark, the slug or the colour bar touches a bleed, lies in a gripper, or leaves the sheet.

A mark inside a bleed ends up on a tag; one in the gripper does not print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.geometry import Rect
from keytag.base.words import say
from keytag.checks.sheet.placed import Placed, View, overlap, page_marks

ID = "mark-collision"
SEVERITY = Severity.ERROR
_BLEED, _GRIPPER, _EDGE = say("a bleed"), say("the gripper"), say("the sheet's edge")
_TOLERANCE = 0.001  # mm


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each side and what its marks touch."""
    for side, page, faces in view.sides:
        zones = view.scheme.gripper_zones(side)
        bleeds = _Bleeds(faces)
        touched: dict[str, int] = {}
        for _, box in page_marks(page):
            if any(view.reaches(face, box) for face in bleeds.near(box) if overlap(face.bleed, box) > _TOLERANCE):
                touched[_BLEED] = touched.get(_BLEED, 0) + 1
            if any(overlap(zone, box) > _TOLERANCE for zone in zones):
                touched[_GRIPPER] = touched.get(_GRIPPER, 0) + 1
            if not view.scheme.media.contains(box, _TOLERANCE):
                touched[_EDGE] = touched.get(_EDGE, 0) + 1
        for what, count in touched.items():
            marks = say("1 mark touches") if count == 1 else say("{count} marks touch", count=count)
            yield Diagnostic(
                ID,
                SEVERITY,
                None,
                say("{view}, {side}: {marks} {what}", view=view.name, side=side, marks=marks, what=what),
            )


class _Bleeds:
    """Faces by the cells of a grid as wide as the largest bleed: a sheet has a mark and a face at each station."""

    def __init__(self, faces: Sequence[Placed]) -> None:
        self._reach = max((max(face.bleed.width, face.bleed.height) for face in faces), default=1.0)
        self._cells: dict[tuple[int, int], list[Placed]] = {}
        for face in faces:
            for cell in self._touched(face.bleed):
                self._cells.setdefault(cell, []).append(face)

    def near(self, box: Rect) -> Iterator[Placed]:
        """Every face whose bleed lies in a cell that `box` lies in, once."""
        found = {id(face): face for cell in self._touched(box) for face in self._cells.get(cell, ())}
        yield from found.values()

    def _touched(self, box: Rect) -> Iterator[tuple[int, int]]:
        by = self._reach
        for column in range(int(box.x // by), int(box.right // by) + 1):
            for row in range(int(box.y // by), int(box.bottom // by) + 1):
                yield column, row
