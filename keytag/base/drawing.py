"""A finished drawing: a closed set of marks in paths, inks and millimetres.

Everything before a drawing decides; everything after it only writes. No font, unit text, default or template reaches a
writer. Text is outlines that remember their words.
"""

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

from keytag.base.diagnostics import Span
from keytag.base.geometry import Affine, Path, Rect
from keytag.base.ink import Ink
from keytag.base.records import NamedTuple


class Layer(Enum):
    """What a mark is for. Each becomes an optional content group; all but the first two are ISO 19593-1 steps."""

    ARTWORK = "Artwork"
    MARKS = "Marks"
    WHITE = "White underbase"
    CUT = "Cut line"
    HOLE = "Ring hole"
    FOLD = "Fold line"
    LEGEND = "Legend"
    DIMENSIONS = "Dimensions"


DIE_LINES = (Layer.CUT, Layer.HOLE, Layer.FOLD)  # what is cut, drilled or creased, and never printed

# (group, type) of ISO 19593-1: a type is required for Structural and must be absent for White, Legend and Dimensions.
PROCESSING_STEPS: dict[Layer, tuple[str, str | None]] = {
    Layer.WHITE: ("White", None),
    Layer.CUT: ("Structural", "Cutting"),
    Layer.HOLE: ("Structural", "Drilling"),
    Layer.FOLD: ("Structural", "Folding"),
    Layer.LEGEND: ("Legend", None),
    Layer.DIMENSIONS: ("Dimensions", None),
}


class Fill(NamedTuple):
    """An area in one ink, by the non-zero winding rule."""

    path: Path
    ink: Ink


class Stroke(NamedTuple):
    """A line in one ink, `width` millimetres wide, mitred and butt-ended."""

    path: Path
    ink: Ink
    width: float


class Glyph(NamedTuple):
    """One glyph's outline in font units (y up), and where its origin stands, in millimetres."""

    outline: Path
    x: float
    y: float


class Words(NamedTuple):
    """A run of glyph outlines filled in one ink; `text` is what a reader extracts (PDF `ActualText`).

    `scale` is millimetres per font unit, `size` the type size in points, `box` the inked bounds. `field` says which
    fact of the roster the words are ("chief", "unit.name" …), `source` where it stands there.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    scale: float
    size: float
    ink: Ink
    box: Rect
    field: str = ""
    source: Span | None = None


class Symbol(NamedTuple):
    """A QR symbol: one path of dark modules in one ink, what it says, and how it is made."""

    path: Path
    ink: Ink
    payload: str
    box: Rect  # the modules, without the quiet zone
    module: float
    version: str
    source: Span | None = None
    field: str = ""  # `serial` where it differs from tag to tag


class Picture(NamedTuple):
    """A raster in CMYK, four bytes a pixel in rows from the top, stretched over `box`."""

    box: Rect
    columns: int
    rows: int
    data: bytes
    source: str = ""


Mark: TypeAlias = Fill | Stroke | Words | Symbol | Picture


class Group(NamedTuple):
    """Marks of one layer, painted in order."""

    layer: Layer
    marks: tuple[Mark, ...]


SERIAL = "serial"  # the field of marks that show a specimen: every tag has one of its own there


class Slot(NamedTuple):
    """A place on a face where each tag has something of its own: its serial in characters, or a symbol that says it.

    `text` is what stands there, with `{serial}` in it once. `at` maps font units (y up, from the first character's
    origin) or modules (y down, from the symbol's top left) to the face's millimetres.
    """

    text: str
    at: Affine
    ink: Ink
    box: Rect
    font: str = ""  # of characters; empty: a QR symbol
    size: float = 0.0  # of characters, in points
    level: str = ""  # of a symbol
    source: Span | None = None


class Form(NamedTuple):
    """A drawing that is placed many times and stored once (a PDF form XObject). `key` is unique in its document."""

    key: str
    bounds: Rect
    groups: Sequence[Group]  # a tuple, or what is one to all who read it (`base.packed`)


class Placement(NamedTuple):
    """One use of a form: `at` maps the form's millimetres to the page's. `station` counts from 1; 0 means none."""

    form: str
    at: Affine
    station: int = 0


class Page(NamedTuple):
    """One page: its boxes with the origin at the media's top left, the forms it places, and its own marks over them."""

    media: Rect
    bleed: Rect
    trim: Rect
    placements: tuple[Placement, ...]
    groups: Sequence[Group]
    label: str = ""


class Document(NamedTuple):
    """Everything a writer needs for one file. `date` is ISO 8601 with seconds and zone; there is no clock here."""

    title: str
    date: str
    pages: tuple[Page, ...]
    forms: tuple[Form, ...]
    subject: str = ""
    job: str = ""  # whose plates these are; the file then names its plates, too
