"""A fact that the roster asks for is not printed: for want of room, or because the template has no place for it.

The slogan and the emergency number give way before the number that is dialled first falls under 10.5 pt. A shorter
slogan, no slogan, or a template with more room brings back what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject, Words

ID = "left-out"
SEVERITY = Severity.WARNING
TITLE = "a fact that was asked for is not printed"
BAD = Sample(roster=("slogan: Gọi ngay", "slogan: Có trộm hãy gọi ngay cho công an xã bất kể ngày đêm"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each fact."""
    said = set[str]()
    for side, face in tag.faces():
        for left in face.left_out:
            said.add(left.field)
            yield tag.find(
                ID,
                SEVERITY,
                left.source,
                say("{side}: '{left}' is not printed: there is no room for it", side=side, left=left.text),
            )
    words = [mark for side in SIDES for mark in tag.marks(side) if isinstance(mark, Words)]
    fields, text = {mark.field for mark in words}, " ".join(mark.text for mark in words).casefold()
    for name, field, fact, source in tag.asked:
        if field not in said and field not in fields and fact.casefold() not in text:
            reason = say("the template has no place for it")
            if field == "emergency" and "slogan" in fields:
                reason = say("the slogan stands in its place")
            yield tag.find(
                ID,
                SEVERITY,
                source,
                say("{name} '{fact}' is not printed: {reason}", name=name, fact=fact, reason=reason),
            )
