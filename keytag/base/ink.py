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
    printed: bool = True  # False: what is cut, measured or told, and `All`: no ink of the job


PAPER = Ink("Paper", Cmyk(0, 0, 0, 0))
BLACK = Ink("Black", Cmyk(0, 0, 0, 1))

# Technical inks never knock out what is printed under them: ISO 19593-1 and every die-maker ask for overprint.
# Cyan preview: magenta vanishes over red.
CUT = Ink("CutContour", Cmyk(1, 0, 0, 0), spot=True, overprint=True, printed=False)
DRILL = Ink("Drill", Cmyk(0, 0, 0, 0.8), spot=True, overprint=True, printed=False)
FOLD = Ink("Fold", Cmyk(0.8, 0, 1, 0), spot=True, overprint=True, printed=False)  # green on red and on white
WHITE = Ink("White", Cmyk(0.03, 0, 0, 0), spot=True, overprint=True)
LEGEND = Ink("Legend", Cmyk(0, 0, 0, 0.9), spot=True, overprint=True, printed=False)
DIMENSIONS = Ink("Dimensions", Cmyk(1, 0.5, 0, 0), spot=True, overprint=True, printed=False)
# The PDF name All images on every plate (ISO 32000-1, 8.6.6.4): registration marks only, never inside the bleed.
REGISTRATION = Ink("All", Cmyk(1, 1, 1, 1), spot=True, printed=False)

RELIEF = LEGEND._replace(name="Relief")  # what is raised in a mould: a legend for who makes it
TECHNICAL = (CUT, DRILL, FOLD, WHITE, LEGEND, RELIEF, DIMENSIONS)


class DieNames(NamedTuple):
    """The spots of cut line and ring hole, as a shop's cutter calls them: a fact of the scheme, one in all files."""

    cut: str = CUT.name
    hole: str = DRILL.name

    @property
    def lines(self) -> tuple[str, ...]:
        """The spots of all die-lines; what is creased has one name everywhere."""
        return (self.cut, self.hole, FOLD.name)

    @property
    def technical(self) -> frozenset[str]:
        """Every spot that is no ink of the tags but White, which may be either."""
        return frozenset((*self.lines, *(ink.name for ink in TECHNICAL[2:])))

    @property
    def inks(self) -> tuple[Ink, Ink]:
        return CUT._replace(name=self.cut), DRILL._replace(name=self.hole)


USUAL_DIES = DieNames()
RESERVED = frozenset(
    (*(ink.name for ink in TECHNICAL[2:]), REGISTRATION.name, "None", "Cyan", "Magenta", "Yellow", "Black")
)
"""Names of plates that mean something else: none is a die-line's."""
