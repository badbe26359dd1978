"""Words or the QR panel reach into the ring hole or too near to it.

The drill wanders as the die does, and the ring covers what is around the hole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.artwork.subject import TOLERANCE, Sample, Subject, off_hole

ID = "in-ring-hole"
SEVERITY = Severity.ERROR
TITLE = "live matter in or too near the ring hole"
BAD = Sample(template=("{x: 7.9mm, y: 10mm, turn: -90}", "{x: 5mm, y: 10mm, turn: -90}"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each piece of live matter within the safe distance of the hole."""
    for side, face in tag.faces():
        for live in tag.live:
            if live.side != side:
                continue
            gaps = (off_hole(box, hole) for box in live.boxes for hole in face.holes)
            distance = min(gaps, default=math.inf)
            if distance < tag.artwork.safe - TOLERANCE:
                where = "reaches into the ring hole" if distance < 0 else f"is {distance:.2f} mm from the ring hole"
                yield tag.find(
                    ID, SEVERITY, live.source, f"{side}: {live.what} {where} (safe: {tag.artwork.safe:g} mm)"
                )
