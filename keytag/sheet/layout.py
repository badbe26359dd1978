"""What a press sheet is, as values: stations, formes, both surfaces of one plate set, and its finished pages.

Nothing is computed here but where a station lies on either side; `imposition` makes layouts and sheets, `page` pages.
"""

from dataclasses import dataclass

from keytag.base.drawing import Form, Page, Placement
from keytag.base.geometry import Affine, Point, Rect, quarter_turns, translation
from keytag.base.records import NamedTuple
from keytag.base.sides import BACK, FRONT
from keytag.sheet.scheme import Scheme, Size


@dataclass(frozen=True, slots=True)
class Station:
    """One position: where the trim's top left stands on the front forme (mm), and its clockwise turn in degrees.

    `index` counts from 0 in rows from the top left. `partner` is the station whose front-forme content prints behind
    this one: itself where the back has plates of its own. `face` is the tag face that the front forme carries here.
    """

    index: int
    column: int
    row: int
    x: float
    y: float
    turn: int
    partner: int
    face: str


class Layout(NamedTuple):
    """The stations of one scheme for one tag size. `tag` is the trim as designed, `box` as it stands on the sheet.

    `places` are the stations that must carry one design together: one each where the back has its own plates, two
    (front and back) where one forme prints both surfaces. A printed sheet gives as many tags as a place has stations.
    """

    scheme: Scheme
    tag: Size
    box: Size
    bleed: float
    columns: int
    rows: int
    pitch: Point
    block: Rect
    stations: tuple[Station, ...]
    places: tuple[tuple[int, ...], ...]
    staggered: bool = False  # every second row stands along by half a pitch

    @property
    def tags_per_place(self) -> int:
        return 2 if self.scheme.same_plates else 1

    def trim(self, station: Station, side: str = FRONT) -> Rect:
        """The station's trim box on that side's forme."""
        box = Rect(station.x, station.y, self.box.width, self.box.height)
        return box if side == FRONT else self.behind(box)

    def trim_block(self, side: str = FRONT) -> Rect:
        """The box around all trims on that side's forme."""
        return self.block if side == FRONT else self.behind(self.block)

    def behind(self, box: Rect) -> Rect:
        """The same area of paper, or of a jig, as the other side's forme sees it."""
        if self.scheme.in_place:
            return box
        if self.scheme.tumbles:
            return Rect(box.x, self.scheme.sheet.height - box.y - box.height, box.width, box.height)
        return Rect(self.scheme.sheet.width - box.x - box.width, box.y, box.width, box.height)

    def at(self, station: Station, side: str) -> Affine:
        """The map from the coordinates of the face that lies there to that side's forme."""
        box = self.trim(station, side)
        turns = station.turn // 90
        if side == BACK:
            turns = behind_turn(self.scheme, station.turn) // 90
        return quarter_turns(turns, self.tag.width, self.tag.height).then(translation(box.x, box.y))


class Forme(NamedTuple):
    """What is locked up for one surface; a placement's `station` is the place on the paper, the same on both sides."""

    side: str
    placements: tuple[Placement, ...]


class Sheet(NamedTuple):
    """Both surfaces of one plate set; `slots` are (artwork key, tags on each printed sheet), by first station.

    The back of a single-sided sheet is empty and no forme of it.
    """

    layout: Layout
    front: Forme
    back: Forme
    run: int
    number: int
    of: int
    slots: tuple[tuple[str, int], ...]
    assignment: tuple[int | None, ...]

    @property
    def file(self) -> str:
        """The name of the file that holds it: `plate-01.pdf`."""
        return f"plate-{self.number:02}.pdf"

    @property
    def formes(self) -> tuple[Forme, ...]:
        return (self.front, self.back)[: len(self.layout.scheme.sides)]


class Missing(NamedTuple):
    """A mark that the scheme asks for and the sheet has no room for."""

    mark: str
    side: str
    reason: str


class PressSheet(NamedTuple):
    """A sheet ready to be written: a page for each side, the forms they place, and the marks that found no room."""

    sheet: Sheet
    pages: tuple[Page, ...]
    forms: tuple[Form, ...]
    missing: tuple[Missing, ...]

    @property
    def front(self) -> Page:
        return self.pages[0]

    @property
    def back(self) -> Page:
        """Of a sheet that is printed on both sides."""
        return self.pages[1]


def behind_turn(scheme: Scheme, turn: int) -> int:
    """The clockwise turn of a back whose front is turned by `turn`: mirrored, and upside down when it tumbles.

    A tag that is turned in its place goes over its own upright axis, however it lies.
    """
    if scheme.in_place:
        return turn
    return ((180 if scheme.tumbles else 0) - turn) % 360
