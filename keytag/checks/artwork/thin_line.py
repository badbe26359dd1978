"""A line is too thin to print.

A positive line under 0.5 pt breaks up on plastic; a light line on a dark ground closes under 0.75 pt.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.units import to_pt
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Stroke, Subject
from keytag.tag.reflectance import white_light

ID = "thin-line"
SEVERITY = Severity.WARNING
TITLE = "line too thin to print"
BAD = Sample(template=("inset: 1mm, width: 0.75pt", "inset: 1mm, width: 0.4pt"))


def check(tag: Subject) -> Iterator[Diagnostic]:
    """One finding for each line under its limit."""
    for side, face in tag.faces():
        ground = white_light(face.background.cmyk)
        for mark in tag.marks(side):
            if not isinstance(mark, Stroke):
                continue
            least = 0.75 if white_light(mark.ink.cmyk) > ground else 0.5
            width = to_pt(mark.width)
            if width < least - 0.005:
                message = say(
                    "{side}: a line in {ink} is {width:.2f} pt wide (at least {least:g} pt)",
                    side=side,
                    ink=mark.ink.name,
                    width=width,
                    least=least,
                )
                yield tag.find(ID, SEVERITY, None, message)
