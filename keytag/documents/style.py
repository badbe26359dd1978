"""The type, the colours and the grid of the documents: a few sizes used alike everywhere, and one accent.

Values only; `base` sets them. Lengths are millimetres, type sizes points.
"""

from __future__ import annotations

from keytag.base.ink import BLACK, Cmyk, Ink
from keytag.base.records import NamedTuple
from keytag.base.units import pt

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM = 15.0, 21.0, 20.0
MEASURE = WIDTH - 2 * LEFT

RED = Ink("Red", Cmyk(0, 1, 1, 0.05))
GREY = Ink("Grey", Cmyk(0, 0, 0, 0.65))
RULE = Ink("Rule", Cmyk(0, 0, 0, 0.35))
PALE = Ink("Pale", Cmyk(0, 0, 0, 0.06))
HAIRLINE, FINE, STRONG = pt(0.4), pt(0.5), pt(1.0)


class Style(NamedTuple):
    """How a line is set: weight, size and leading in points, colour."""

    weight: str
    size: float
    leading: float
    ink: Ink = BLACK

    @property
    def font(self) -> str:
        return f"keytag-{self.weight}"


STYLES = {
    "display": Style("Bold", 24, 30),
    "alarm-display": Style("Bold", 24, 30, RED),
    "title": Style("Bold", 17, 20),
    "section": Style("SemiBold", 10, 13),
    "body": Style("Medium", 9, 11.5),
    "address": Style("SemiBold", 12, 14.5),
    "strong": Style("SemiBold", 9, 11.5),
    "alarm": Style("SemiBold", 9, 11.5, RED),
    "small": Style("Medium", 7, 8.8, GREY),
    "caption": Style("Medium", 7, 8.8),
    "figure": Style("SemiBold", 9, 11.5),
    "number": Style("Bold", 15, 18.5),
    "link": Style("SemiBold", 8, 10.5),
    "count": Style("Bold", 22, 26),
    "label": Style("Bold", 15, 17),
    "mark": Style("Bold", 6.5, 8),
    "tiny": Style("Medium", 5.2, 6),
}
