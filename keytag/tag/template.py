"""The design of one tag: trim, bleed, safe area, ring hole, inks and the elements of both faces, resolved to values.

A closed set of element kinds; new power is a new kind here, with its documentation and its check. Reading the YAML is
`template_file`'s business, setting a unit in a template `compose`'s.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from keytag.base.diagnostics import Span
from keytag.base.drawing import Mark
from keytag.base.geometry import Point, Rect
from keytag.base.ink import Ink
from keytag.base.outline import Outline
from keytag.tag.artwork import Hole


class Background(NamedTuple):
    """`fill`: a flat area of ink, out to the bleed or only to the trim."""

    ink: Ink
    area: str  # bleed, trim


class Frame(NamedTuple):
    """`frame`: a line parallel to the trim, `inset` inside it."""

    ink: Ink
    inset: float
    width: float


class Rule(NamedTuple):
    """`rule`: a straight line between two points."""

    ink: Ink
    start: Point
    end: Point
    width: float


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
    source: Span | None = None  # where the template says the link


class Emblem(NamedTuple):
    """`emblem`: paths of an SVG in inks of the template, or a CMYK raster, inside `box`."""

    box: Rect
    file: str
    marks: tuple[Mark, ...]  # already placed
    dpi: float | None  # of a raster


class Spot(NamedTuple):
    """Where a label may stand: its centre, and by how many quarter turns (clockwise) it is turned."""

    centre: Point
    turn: int


class Label(NamedTuple):
    """`label`: one short line at the first of its places that nothing else needs."""

    text: str
    places: tuple[Spot, ...]
    clear: float
    font: str
    ink: Ink
    size: float
    upper: bool
    unless: tuple[str, ...]


class Range(NamedTuple):
    """Type sizes in points: `usual` where there is room for it, less down to `least`, more up to `most`."""

    least: float
    usual: float
    most: float


class Space(NamedTuple):
    """White space above a line, in millimetres: `least` where it is tight, `most` where there is room."""

    least: float
    most: float


class TextLine(NamedTuple):
    """One line of words; `texts` are ways to say the same, longest first. A line with an empty field is left out."""

    texts: tuple[str, ...]
    font: str
    ink: Ink
    size: Range
    space: Space
    tracking: float
    upper: bool
    number: bool
    unless: tuple[str, ...]


class ContactList(NamedTuple):
    """Roles and numbers in two columns; one type size for all numbers, one for all labels."""

    roles: tuple[str, ...]
    labels: tuple[tuple[str, tuple[str, ...]], ...]  # role or the roster's own words → ladder, longest first
    font: str
    ink: Ink
    size: Range
    label_font: str
    label_ink: Ink
    label_size: Range
    label_ratio: float  # label size : number size
    gap: float  # between label and number
    pair_gap: float  # between two numbers that share a row
    pair_from: int  # from so many people on, deputies may share a row
    space: Space
    row_space: Space

    def ladder(self, role: str, own: str) -> tuple[str, ...]:
        """The ways to say a role; the roster's own words come first and may have abbreviations of their own."""
        table = dict(self.labels)
        if own:
            return table.get(own, (own,))
        return table.get(role, (role,))


StackItem: TypeAlias = TextLine | ContactList


class Stack(NamedTuple):
    """`stack`: lines under one another, sized to the outline and centred between top and bottom."""

    lines: tuple[StackItem, ...]
    align: str  # left, centre, right
    margin: float  # kept inside the safe area
    axis: float | None  # x of the centre line; None: the middle of the tag
    lift: float  # optical centring: how far above the middle the block stands


Element: TypeAlias = Background | Frame | Rule | QrPanel | Emblem | Label | Stack


class Limits(NamedTuple):
    """What the template promises the press and the reader; the artwork checks hold it to these."""

    text_least: float  # pt
    text_good: float  # pt
    number_least: float  # pt
    total_ink: float  # fraction, 3.0 = 300 %
    module_good: float  # mm
    module_least: float  # mm
    contrast_least: float  # symbol contrast, fraction
    text_contrast_least: float


class Substrate(NamedTuple):
    """What it is printed on, and how: `printed` (ink makes the colour) or `moulded` (the plastic has it)."""

    process: str
    ink: Ink  # the colour of the plastic itself, as a process mixture for proofs and contrast
    material: tuple[str, str]  # English, Vietnamese
    thickness: float
    finishing: tuple[str, str]


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

    def hole_on(self, back: bool) -> Hole | None:
        """The ring hole as that face sees it: the back is seen from behind, so it is mirrored."""
        if self.hole is None or not back:
            return self.hole
        return Hole(Point(self.outline.width - self.hole.centre.x, self.hole.centre.y), self.hole.diameter)
