"""The design of one tag: trim, bleed, safe area, ring hole, inks and the elements of both faces, resolved to values.

A closed set of element kinds; new power is a new kind here, with its documentation and its check. Reading the YAML is
`template_file`'s business, setting a unit in a template `compose`'s.
"""

from typing import TypeAlias

from keytag.base.diagnostics import Span
from keytag.base.drawing import Mark
from keytag.base.geometry import Point, Rect
from keytag.base.ink import Ink
from keytag.base.outline import Hole, Outline
from keytag.base.records import NamedTuple
from keytag.files.source import Source


class When(NamedTuple):
    """On which facts an element or line hangs: left out where one of `needs` is empty or one of `unless` is not."""

    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


ALWAYS = When()


class Background(NamedTuple):
    """`fill`: a flat area of ink, out to the bleed or only to the trim, or a box with rounded corners."""

    ink: Ink
    area: str  # bleed, trim
    box: Rect | None = None
    radius: float = 0.0
    when: When = ALWAYS


class Frame(NamedTuple):
    """`frame`: a line parallel to the trim, `inset` inside it."""

    ink: Ink
    inset: float
    width: float
    when: When = ALWAYS


class Rule(NamedTuple):
    """`rule`: a straight line between two points."""

    ink: Ink
    start: Point
    end: Point
    width: float
    when: When = ALWAYS


class QrPanel(NamedTuple):
    """`qr`: a panel with the symbol in its middle, as large as the outline leaves around `centre` up to `most`."""

    link: str
    ink: Ink
    panel: Ink
    centre: Point
    most: float
    radius: float
    level: str
    clear: float  # kept free of text around the panel
    choke: float = 0.0  # dark edges are drawn in by this much, against the gain of the process
    when: When = ALWAYS
    source: Span | None = None  # where the template says the link


class Emblem(NamedTuple):
    """`emblem`: paths of an SVG in inks of the template, or a CMYK raster, inside `box`."""

    box: Rect
    file: str
    marks: tuple[Mark, ...]  # already placed
    dpi: float | None  # of a raster
    clear: float = 0.5  # kept free of text around it
    when: When = ALWAYS


class Spot(NamedTuple):
    """Where a label may stand: its centre, and by how many quarter turns (clockwise) it is turned.

    `since`: where the face lists so many numbers or more, this place comes before those for fewer.
    """

    centre: Point
    turn: int
    since: int = 0


class Label(NamedTuple):
    """`label`: one short line at the first of its places at which all tags of a class have room for their text."""

    text: str
    places: tuple[Spot, ...]
    clear: float
    font: str
    ink: Ink
    size: float
    upper: bool
    when: When = ALWAYS


class Range(NamedTuple):
    """Type sizes in points: `usual` where there is room for it, less down to `least`, more up to `most`."""

    least: float
    usual: float
    most: float


class Space(NamedTuple):
    """White space above a line, in millimetres: `least` where it is tight, `most` where there is room."""

    least: float
    most: float


class Part(NamedTuple):
    """One of the pieces of a line that are set side by side, each in its own size and ink."""

    text: str
    font: str
    ink: Ink
    size: float


class TextLine(NamedTuple):
    """One line of words; `texts` are ways to say the same, longest first. A line with an empty field is left out.

    `shrinks`: goes down to its least size before its words are shortened. `wrap`: in two lines where it is wider than
    that at its usual size (mm; nought: never). `yields`: left out before the face's numbers fall under so many points
    (nought: never). `parts`, where there are any, stand in place of `texts`.
    """

    texts: tuple[str, ...]
    font: str
    ink: Ink
    size: Range
    space: Space
    tracking: float
    upper: bool
    number: bool
    when: When = ALWAYS
    shrinks: bool = False
    wrap: float = 0.0
    yields: float = 0.0
    parts: tuple[Part, ...] = ()
    part_gap: float = 0.7


class ContactList(NamedTuple):
    """Roles and numbers in two columns; one type size for all labels, one for all numbers but the first.

    The first number is that of the `lead` role, and by `ratios` larger than the others: up to three, four, five,
    six or more numbers. From `pair_from` people on, neighbours of one role may share a row.
    """

    roles: tuple[str, ...]
    labels: tuple[tuple[str, tuple[str, ...]], ...]  # role or the roster's own words → ladder, longest first
    font: str
    ink: Ink
    size: Range
    label_font: str
    label_ink: Ink
    label_size: float
    gap: float  # between label and number
    pair_gap: float  # between two numbers that share a row
    pair_from: int
    space: Space
    pitch: float  # white between the digits of two rows
    lead: str = ""  # a role; empty: the order of `roles`, all of one size
    ratios: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    mosts: tuple[float, float, float, float] | None = None  # the largest size of the first number; else that of `size`
    when: When = ALWAYS

    def ladder(self, role: str, own: str) -> tuple[str, ...]:
        """The ways to say a role; the roster's own words come first and may have abbreviations of their own."""
        table = dict(self.labels)
        if own:
            return table.get(own, (own,))
        return table.get(role, (role,))


StackItem: TypeAlias = TextLine | ContactList


class Stack(NamedTuple):
    """`stack`: lines under one another, sized to the outline (or a box) and centred between top and bottom."""

    lines: tuple[StackItem, ...]
    align: str  # left, centre, right
    margin: float  # kept inside the safe area
    axis: float | None  # x of the centre line; None: the middle of the tag or box
    lift: float  # optical centring: how far above the middle the block stands
    box: Rect | None = None
    when: When = ALWAYS


class Paragraph(NamedTuple):
    """`text`: words wrapped to the width of a box, as large as fits between least and usual."""

    texts: tuple[str, ...]
    box: Rect
    font: str
    ink: Ink
    size: Range
    leading: float  # line distance : type size
    align: str
    valign: str  # top, middle, bottom
    upper: bool
    when: When = ALWAYS


class Relief(NamedTuple):
    """`relief`: a raised rim along the trim or a raised pip, as a legend for the mould; nothing is printed.

    A rim is `width` wide; a pip has `centre` and `width` as its diameter. `height` is above the face.
    """

    kind: str  # rim, pip
    height: float
    width: float
    centre: Point | None
    when: When = ALWAYS


Element: TypeAlias = Background | Frame | Rule | QrPanel | Emblem | Label | Stack | Paragraph | Relief


class Limits(NamedTuple):
    """What the template promises the press and the reader; the artwork checks hold it to these."""

    text_least: float  # pt
    text_good: float  # pt
    number_least: float  # pt
    total_ink: float  # fraction, 3.0 = 300 %
    module_good: float  # mm
    module_least: float  # mm
    contrast_least: float  # symbol contrast, fraction
    text_contrast_least: float  # WCAG ratio of words
    number_contrast_least: float = 4.5
    blind_contrast_least: float = 3.0  # as a deuteranope sees it
    stroke_least: float | None = None  # mm; None: as the process holds
    gap_least: float | None = None
    text_difference: float | None = None  # an older template's bound: a difference of luminous reflectance


class Substrate(NamedTuple):
    """What it is printed on, and how: `printed` (ink makes the colour) or `moulded` (the plastic has it)."""

    process: str
    ink: Ink  # the colour of the plastic itself, as a process mixture for proofs and contrast
    material: tuple[str, str]  # English, Vietnamese
    thickness: float
    finishing: tuple[str, str]
    pantone: str = ""  # what comes near the plastic's colour
    edge_radius: float = 0.0  # of a moulded piece's edge, mm
    least_wall: float = 0.0  # of plastic beside a hole or under a recess, mm


class Template(NamedTuple):
    """One tag design. Coordinates of each face are its own, seen right-reading; the hole is the front's."""

    name: str
    title: tuple[str, str]
    outline: Outline
    bleed: float
    safe: float
    hole: Hole | None
    white_choke: float | None  # None: no white underbase
    substrate: Substrate
    inks: tuple[tuple[str, Ink], ...]
    limits: Limits
    front: tuple[Element, ...]
    back: tuple[Element, ...]
    file: str
    single: bool = False  # one face only: the back is not printed
    folds: tuple[tuple[Point, Point], ...] = ()
    more_holes: tuple[Hole, ...] = ()
    pantones: tuple[tuple[str, str], ...] = ()  # by the ink's name
    bases: tuple[Source, ...] = ()  # the files that its own one is laid over, the nearest first

    def hole_on(self, back: bool) -> Hole | None:
        """The ring hole as that face sees it: the back is seen from behind, so it is mirrored."""
        return self._seen(self.hole, back) if self.hole else None

    def more_holes_on(self, back: bool) -> tuple[Hole, ...]:
        """The further holes as that face sees them."""
        return tuple(self._seen(hole, back) for hole in self.more_holes)

    def folds_on(self, back: bool) -> tuple[tuple[Point, Point], ...]:
        """The fold lines as that face sees them."""
        width = self.outline.width
        return tuple(tuple(Point(width - p.x, p.y) if back else p for p in fold) for fold in self.folds)  # type: ignore[misc]

    def _seen(self, hole: Hole, back: bool) -> Hole:
        return Hole(Point(self.outline.width - hole.centre.x, hole.centre.y), hole.diameter) if back else hole
