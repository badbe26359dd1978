"""A fact that the roster asks for is not printed: for want of room, or because the template has no place for it.

The slogan and the emergency number give way before the number that is dialled first falls under 10.5 pt. A shorter
slogan, no slogan, or a template with more room brings back what was left out. A design with a list of roles and numbers
has a place for the unit's name, for everyone's number, and for the link where the roster has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork.subject import NUMBER, Sample, Subject, Words
from keytag.tag.template import QrPanel

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
    numbers = {mark.text for mark in words}
    for name, field, fact, source in tag.asked:
        if field == NUMBER:
            printed = fact in numbers
        elif field == "link":
            printed = any(isinstance(element, QrPanel) for element in (*tag.template.front, *tag.template.back))
        else:
            printed = field in said or field in fields or fact.casefold() in text
        if not printed:
            reason = say("the template has no place for it")
            if field == "emergency" and "slogan" in fields:
                reason = say("the slogan stands in its place")
            yield tag.find(
                ID,
                SEVERITY,
                source,
                say("{name} '{fact}' is not printed: {reason}", name=name, fact=fact, reason=reason),
            )
