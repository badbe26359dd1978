"""A fact that the roster asks for is not printed, for want of room.

The slogan and the emergency number give way before the number that is dialled first falls under 10.5 pt. A shorter
slogan, no slogan, or a template with more room brings back what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.artwork.subject import Sample, Subject

ID = "left-out"
SEVERITY = Severity.WARNING
TITLE = "a fact that was asked for is not printed"
BAD = Sample(roster=("slogan: Gọi ngay", "slogan: Có trộm hãy gọi ngay cho công an xã bất kể ngày đêm"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each fact."""
    for side, face in tag.faces():
        for left in face.left_out:
            yield tag.find(ID, SEVERITY, left.source, f"{side}: '{left.text}' is not printed: there is no room for it")
