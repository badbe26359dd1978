"""A colour as printed: a process mixture or a spot, and whether it overprints.

An ink does not know which files or layers it ends up in.
"""

from keytag.base.records import NamedTuple


class Cmyk(NamedTuple):
    """Process colour, each component a fraction from 0 to 1."""

    c: float
    m: float
    y: float
    k: float

    @property
    def total(self) -> float:
        """Total ink as a fraction: 3.0 is the 300 % limit of docs/press.md."""
        return self.c + self.m + self.y + self.k


class Ink(NamedTuple):
    """One ink. For a spot, `cmyk` is the preview alternate of its full tone, and `tint` how much of it is laid down."""

    name: str
    cmyk: Cmyk
    spot: bool = False
    overprint: bool = False
    tint: float = 1.0


PAPER = Ink("Paper", Cmyk(0, 0, 0, 0))
BLACK = Ink("Black", Cmyk(0, 0, 0, 1))

# Technical inks never knock out what is printed under them: ISO 19593-1 and every die-maker ask for overprint.
CUT = Ink("CutContour", Cmyk(1, 0, 0, 0), spot=True, overprint=True)  # cyan preview: magenta vanishes over red
DRILL = Ink("Drill", Cmyk(0, 0, 0, 0.8), spot=True, overprint=True)
FOLD = Ink("Fold", Cmyk(0.8, 0, 1, 0), spot=True, overprint=True)  # green on red and on white
WHITE = Ink("White", Cmyk(0.03, 0, 0, 0), spot=True, overprint=True)
LEGEND = Ink("Legend", Cmyk(0, 0, 0, 0.9), spot=True, overprint=True)
DIMENSIONS = Ink("Dimensions", Cmyk(1, 0.5, 0, 0), spot=True, overprint=True)
# The PDF name All images on every plate (ISO 32000-1, 8.6.6.4): registration marks only, never inside the bleed.
REGISTRATION = Ink("All", Cmyk(1, 1, 1, 1), spot=True)

RELIEF = LEGEND._replace(name="Relief")  # what is raised in a mould: a legend for who makes it
UNPRINTED = frozenset(ink.name for ink in (CUT, DRILL, FOLD, LEGEND, RELIEF, DIMENSIONS, REGISTRATION))
"""Spots that are no ink of the job: what is cut, measured or told, and `All`."""

TECHNICAL = (CUT, DRILL, FOLD, WHITE, LEGEND, RELIEF, DIMENSIONS)
