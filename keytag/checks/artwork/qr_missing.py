"""The template has a place for a QR code and there is nothing to put there.

Either the roster has no link for this unit and its authority, or the link is longer than any QR code can hold. The tag
is then printed without one.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.sides import BACK, FRONT
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject, Symbol
from keytag.tag.template import QrPanel

ID = "qr-missing"
SEVERITY = Severity.WARNING
TITLE = "no QR code on the tag"
BAD = Sample(roster=("zalo: https://zalo.me/1234567890123456789", "zalo:"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each face with fewer symbols than places for them."""
    for side, elements in ((FRONT, tag.template.front), (BACK, tag.template.back)):
        places = sum(isinstance(element, QrPanel) for element in elements)
        if side in tag.sides and sum(isinstance(mark, Symbol) for mark in tag.marks(side)) < places:
            yield tag.find(
                ID, SEVERITY, None, say("{side}: has no QR code, for want of a link that fits into one", side=side)
            )
