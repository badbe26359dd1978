"""Front and back of a tag do not coincide when the sheet is turned: die-line or ring hole is off by more than 0.01 mm.

A sheet is turned left to right (x′ = W − x) or, when it tumbles, top to bottom (y′ = H − y). A back that is not
mirrored about that line is cut and drilled in the wrong place on every tag. In a jig each tag is turned in its place:
its back lies where its front lay, mirrored about its own middle.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.geometry import Rect
from keytag.base.words import say
from keytag.checks.sheet.placed import Placed, View
from keytag.sheet.scheme import IN_PLACE, WORK_AND_TUMBLE

ID = "registration"
SEVERITY = Severity.ERROR
TOLERANCE = 0.01  # mm, docs/press.md


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each station whose cut or hole is off, with the distance."""
    behind = {face.station: face for face in view.back}
    for face in view.front:
        other = behind.get(face.station)
        if other is None:
            continue  # pairing says so
        if (face.hole is None) != (other.hole is None):
            message = say(
                "{view}, station {station}: has a ring hole on one side only", view=view.name, station=face.station
            )
            yield Diagnostic(ID, SEVERITY, None, message, unit=face.key)
        boxes = [(say("die-line"), face.trim, other.trim)]
        if face.hole and other.hole:
            boxes.append((say("ring hole"), face.hole, other.hole))
        for what, one, there in boxes:
            off = _off(view, face, one, there)
            if off > TOLERANCE:
                message = say(
                    "{view}, station {station}: front and back {what} are {off:.3f} mm apart when turned",
                    view=view.name,
                    station=face.station,
                    what=what,
                    off=off,
                )
                yield Diagnostic(ID, SEVERITY, None, message, unit=face.key)


def _off(view: View, face: Placed, front: Rect, back: Rect) -> float:
    """The greatest distance between the edges of two boxes, the first seen through the paper."""
    x, y = front.x, front.y
    if view.scheme.work == IN_PLACE:
        middle, upright = face.trim.centre, abs(face.placement.at.a) > 0.5
        x = 2 * middle.x - front.right if upright else x
        y = y if upright else 2 * middle.y - front.bottom
    elif view.scheme.work == WORK_AND_TUMBLE:
        y = view.scheme.sheet.height - front.bottom
    else:
        x = view.scheme.sheet.width - front.right
    return max(
        abs(x - back.x),
        abs(y - back.y),
        abs(x + front.width - back.right),
        abs(y + front.height - back.bottom),
    )
