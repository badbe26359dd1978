"""Words or the QR panel reach closer to the edge of the tag than the safe area allows.

The die and the print are never quite in register: what stands nearer than 1.5 mm to the cut may lose a
piece of a digit.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.geometry import Rect
from keytag.base.outline import Chords
from keytag.base.words import say
from keytag.checks.artwork.subject import TOLERANCE, Sample, Subject

ID = "outside-safe-area"
SEVERITY = Severity.ERROR
TITLE = "live matter outside the safe area"
BAD = Sample(template=("{x: 7.9mm, y: 10mm, turn: -90}", "{x: 7.9mm, y: 4mm, turn: -90}"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each piece of live matter that leaves the safe area."""
    artwork = tag.artwork
    sides = {side: artwork.outline_of(face).chords(artwork.safe) for side, face in tag.faces()}
    for live in tag.live:
        area = sides[live.side]
        if _inside(live.box, area) or all(_inside(piece, area) for piece in live.boxes):
            continue
        message = say(
            "{side}: {what} is nearer than {safe:g} mm to the edge of the tag",
            side=live.side,
            what=live.what,
            safe=tag.artwork.safe,
        )
        yield tag.find(ID, SEVERITY, live.source, message)


def _inside(piece: Rect, area: Chords) -> bool:
    box = piece.inset(TOLERANCE)
    band = area.band(box.y, box.bottom, box.centre.x)
    return band is not None and box.x >= band[0] and box.right <= band[1]
