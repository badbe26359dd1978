"""Words or the QR panel reach into the ring hole or too near to it.

The drill wanders as the die does, and the ring covers what is around the hole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.geometry import Rect
from keytag.base.outline import Hole
from keytag.base.words import say
from keytag.checks.artwork.subject import TOLERANCE, Sample, Subject, off_hole

ID = "in-ring-hole"
SEVERITY = Severity.ERROR
TITLE = "live matter in or too near the ring hole"
BAD = Sample(template=("{x: 7.9mm, y: 10mm, turn: -90}", "{x: 5mm, y: 10mm, turn: -90}"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each piece of live matter within the safe distance of the hole."""
    least = tag.artwork.safe - TOLERANCE
    for side, face in tag.faces():
        for live in tag.live:
            if live.side != side or _distance((live.box,), face.holes) >= least:
                continue
            distance = _distance(live.boxes, face.holes)
            if distance < least:
                where = (
                    say("reaches into the ring hole")
                    if distance < 0
                    else say("is {distance:.2f} mm from the ring hole", distance=distance)
                )
                yield tag.find(
                    ID,
                    SEVERITY,
                    live.source,
                    say(
                        "{side}: {what} {where} (safe: {safe:g} mm)",
                        side=side,
                        what=live.what,
                        where=where,
                        safe=tag.artwork.safe,
                    ),
                )


def _distance(boxes: Sequence[Rect], holes: Sequence[Hole]) -> float:
    """From the nearest of the boxes to the nearest rim."""
    return min((off_hole(box, hole) for box in boxes for hole in holes), default=math.inf)
