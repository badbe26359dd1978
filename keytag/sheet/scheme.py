"""An imposition scheme: the shop's facts of one press sheet, resolved to values.

Sheet, gripper, gaps, stations, work style and marks; no tag size, which `imposition` brings in. Reading the YAML is
`scheme_file`'s business.
"""

from keytag.base.diagnostics import Span
from keytag.base.geometry import Rect
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.records import NamedTuple
from keytag.base.sides import BACK, FRONT, SIDES

SHEETWISE = "sheetwise"
WORK_AND_TURN = "work-and-turn"
WORK_AND_TUMBLE = "work-and-tumble"
SINGLE_SIDED = "single-sided"
IN_PLACE = "turned-in-place"  # in a jig that stays, each tag by itself
WORK_STYLES = (SHEETWISE, WORK_AND_TURN, WORK_AND_TUMBLE, IN_PLACE, SINGLE_SIDED)

EDGES = ("top", "bottom", "left", "right")
TURNS = (0, 90, 180, 270)
READINGS, EMULSIONS, POLARITIES = ("right", "wrong"), ("up", "down"), ("positive", "negative")
STRAIGHT, STAGGERED, BEST = "straight", "staggered", "best"
ROWS = (STRAIGHT, STAGGERED, BEST)
HEAD_TO_HEAD = "head-to-head"
HEADS = ("same", HEAD_TO_HEAD)
JIG = "Jig"  # the layer of what holds a jig, beside those of the die-lines
DIE_NAME = (
    r"[A-Za-z0-9][A-Za-z0-9 ._+-]{0,30}"  # signs that every RIP and cutter takes; 31 are a layer's most in DXF R12
)
MARKS = ("crop", "register", "colour-bar", "scale", "lay", "names", "designs", "slug")


class Size(NamedTuple):
    """Width and height in millimetres."""

    width: float
    height: float


class Gripper(NamedTuple):
    """The edge of the front forme by which the press holds the sheet, and how deep nothing may be printed there."""

    edge: str
    depth: float


class Margins(NamedTuple):
    """Least room between the sheet's edge (on the gripper edge: the gripper's) and the outermost bleed, for marks."""

    top: float
    right: float
    bottom: float
    left: float


class Gap(NamedTuple):
    """Distance between neighbouring trims; twice the bleed lets bleeds touch."""

    x: float
    y: float


class Cell(NamedTuple):
    """One place of the grid, counted from 0 at the front forme's top left."""

    column: int
    row: int


class Costs(NamedTuple):
    """What a plate set and a printed sheet cost, in one currency or in sheets' worth; None where not said."""

    plate: float | None = None
    sheet: float | None = None


class RunLimits(NamedTuple):
    """What the shop asks of a plan; None where it does not mind. `overs` is a fraction (0.1 = 10 %)."""

    plates: int | None = None
    overs: float | None = None
    shortest: int | None = None
    multiple: int | None = None


class Pin(NamedTuple):
    """A pin of a jig or a film punch: its centre on the front forme, and its diameter (mm)."""

    x: float
    y: float
    diameter: float


class Films(NamedTuple):
    """How films are exposed: resolution, which way they read with the emulsion towards the eye or away, choke (mm).

    `polarity` says what is black: ink (positive, for screens and clichés) or what is bare (negative).
    """

    dpi: float = 2400.0
    reading: str = "right"
    emulsion: str = "up"
    polarity: str = "positive"
    choke: float = 0.0

    @property
    def mirrored(self) -> bool:
        """Whether the bitmap is a mirror image: a recorder exposes the emulsion, which then shows it from the front."""
        return (self.reading == "right") != (self.emulsion == "up")


class Scheme(NamedTuple):
    """How one press sheet is laid out. `grid` is (columns, rows), None for as many as fit; `turn` is clockwise.

    `border` is the strip along all four edges that the press cannot print at all. `title` and `notes` are English and
    Vietnamese.
    """

    name: str
    title: tuple[str, str]
    sheet: Size
    gripper: Gripper
    margins: Margins
    border: float
    gap: Gap
    turn: int
    grid: tuple[int, int] | None
    blocked: tuple[Cell, ...]
    work: str
    marks: tuple[str, ...]
    costs: Costs
    limits: RunLimits
    notes: tuple[str, str]
    file: str = ""
    dies: DieNames = USUAL_DIES  # what the cutter's program calls its lines: their spots and layers in all files
    die_spans: tuple[Span | None, Span | None] = (None, None)  # where the file names them
    films: Films = Films()
    make_ready: int = 0  # sheets for each plate set beyond its run, until colour and register stand
    pins: tuple[Pin, ...] = ()
    rows: str = STRAIGHT  # how rows stand to one another; "best" is whichever holds more
    heads: str = "same"  # or every second row upside down
    tolerance: float = 0.2  # mm: what cutter and drill may be off

    @property
    def media(self) -> Rect:
        return Rect(0, 0, self.sheet.width, self.sheet.height)

    @property
    def same_plates(self) -> bool:
        """Whether one forme prints both surfaces (work-and-turn, work-and-tumble)."""
        return self.work in (WORK_AND_TURN, WORK_AND_TUMBLE)

    @property
    def sides(self) -> tuple[str, ...]:
        """The surfaces of the paper that are printed."""
        return (FRONT,) if self.work == SINGLE_SIDED else SIDES

    @property
    def tumbles(self) -> bool:
        """Whether the sheet is turned top to bottom, about its horizontal centre line, and not left to right."""
        return self.work == WORK_AND_TUMBLE

    @property
    def in_place(self) -> bool:
        """Whether the sheet, a jig, stays as it lies, and each tag is turned over in its own place."""
        return self.work == IN_PLACE

    @property
    def turning_edge(self) -> str:
        """The edge the sheet is turned on, `long`, `short`, or `side` (left, top) of a square sheet."""
        along = self.sheet.width if self.tumbles else self.sheet.height
        across = self.sheet.height if self.tumbles else self.sheet.width
        if along == across:
            return "top" if self.tumbles else "left"
        return "long" if along > across else "short"

    def gripper_edges(self, side: str) -> tuple[str, ...]:
        """The edges of that side's forme that a gripper holds in any pass, the plate's own first.

        A jig stays; sheetwise and work-and-turn keep the same edge of the paper, which a turn left to right mirrors;
        work-and-tumble takes the opposite edge for the second pass.
        """
        edge = self.gripper.edge
        if self.tumbles:
            return {"top": ("top", "bottom"), "bottom": ("bottom", "top")}.get(edge, (edge,))
        if side == BACK and not self.in_place:
            return ({"left": "right", "right": "left"}.get(edge, edge),)
        return (edge,)

    def gripper_zones(self, side: str) -> tuple[Rect, ...]:
        """Where nothing may be printed on that side's forme because a gripper holds it."""
        width, height, depth = self.sheet.width, self.sheet.height, self.gripper.depth
        zones = {
            "top": Rect(0, 0, width, depth),
            "bottom": Rect(0, height - depth, width, depth),
            "left": Rect(0, 0, depth, height),
            "right": Rect(width - depth, 0, depth, height),
        }
        return tuple(zones[edge] for edge in self.gripper_edges(side)) if depth > 0 else ()
