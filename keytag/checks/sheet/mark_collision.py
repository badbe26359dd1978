"""A printer's mark, the slug or the colour bar touches a bleed, lies in a gripper, or leaves the sheet.

A mark inside a bleed ends up on a tag; one in the gripper does not print.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.geometry import union
from keytag.base.words import say
from keytag.checks.sheet.placed import View, overlap, page_marks

ID = "mark-collision"
SEVERITY = Severity.ERROR
_BLEED, _GRIPPER, _EDGE = say("a bleed"), say("the gripper"), say("the sheet's edge")
_TOLERANCE = 0.001  # mm


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each side and what its marks touch."""
    for side, page, faces in view.sides:
        zones = view.scheme.gripper_zones(side)
        bleeds = [face.bleed for face in faces]
        block = union(bleeds) if bleeds else None
        touched: dict[str, int] = {}
        for _, box in page_marks(page):
            near = block is not None and overlap(block, box) > _TOLERANCE
            if near and any(view.reaches(face, box) for face in faces if overlap(face.bleed, box) > _TOLERANCE):
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
