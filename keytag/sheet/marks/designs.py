"""The number of each station's design, painted in the gap beside it: by it loose tags are sorted when they are cut.

Numbers are those of the ticket and the box labels. One stands outside every die-line and its bleed, so that it falls
with the waste, in the darkest ink of the plate, in one size and at the same corner of all stations where that goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from keytag.base.drawing import Words
from keytag.base.flatten import Polygon, flattened, gap_between
from keytag.base.geometry import Rect, first_overlapping, translation
from keytag.base.ink import Ink
from keytag.base.outline import Outline
from keytag.base.records import NamedTuple
from keytag.base.sides import BACK, FRONT
from keytag.base.words import say
from keytag.sheet.layout import Layout, Station
from keytag.sheet.lettering import SetText, placed
from keytag.sheet.marks.ground import Ground, Patch

FIELD = "design"  # of the words, as they are read back
_SIZES = (8.0, 7.0, 6.0, 5.0, 4.0)  # points; less is read by nobody
_CLEAR = 0.3  # mm from a bleed
_FINE = 0.01  # mm from a contour to its chords
# Where a number may stand: corners and sides of the station's own share of the gaps; among nested rows, where three
# tags meet, by pitches from its middle: under it or over it first.
_CORNERS = ((1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0), (0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0))
_BETWEEN = tuple(
    (x, way * (y + step * 0.04))
    for x, y in ((0.0, 0.667), (0.5, 0.333), (-0.5, 0.333))
    for way in (1, -1)
    for step in (0, -1, 1, -2, 2, -3, 3, -4, 4, 5, 6, 7, 8)
)


class Numbers(NamedTuple):
    """What is painted on a front forme: each station's number by its index, the tag's outline, and the ink."""

    by_station: tuple[tuple[int, int], ...]
    outline: Outline
    patch: Patch


def numbers_of(assignment: Sequence[int | None], outline: Outline, inks: Sequence[Patch]) -> Numbers | None:
    """The numbers of one sheet, designs counted from 1 in the job's order; None where it has one design only."""
    if len({design for design in assignment if design is not None}) < 2 or not inks:
        return None
    by_station = tuple((i, design + 1) for i, design in enumerate(assignment) if design is not None)
    return Numbers(by_station, outline, max(inks, key=lambda patch: _darkness(patch.ink)))


def place(ground: Ground, numbers: Numbers, set_text: SetText) -> None:
    """Each number beside its station, where there is room; what has none is said."""
    ink, layer = numbers.patch
    most = max(number for _, number in numbers.by_station)
    widest = max((str(d) * len(str(most)) for d in range(10)), key=lambda text: set_text(text, 10.0, ink).box.width)
    sizes = [(size, set_text(widest, size, ink).box) for size in _SIZES]
    layout, outline = ground.layout, numbers.outline
    size, wide = _size(layout, outline, tuple((size, box.width, box.height) for size, box in sizes))
    room = _room(layout, outline)
    marks: list[Words] = []
    for index, number in numbers.by_station:
        boxes = room.boxes(layout.stations[index], wide)
        there = next((box for box in boxes if ground.bleed.contains(box) or ground.free(box)), None)
        if there is not None:
            words = set_text(str(number), size, ink)._replace(field=FIELD)
            at, centre = words.box.centre, there.centre
            marks.append(placed(words, translation(centre.x - at.x, centre.y - at.y)))
    ground.marks.setdefault(layer, []).extend(marks)
    lost, every = len(numbers.by_station) - len(marks), len(numbers.by_station)
    if lost:
        least = _SIZES[-1]
        ground.lacks(
            "designs", say("{lost} of {every} stations: no {size:g} pt beside them", lost=lost, every=every, size=least)
        )


def _darkness(ink: Ink) -> float:
    c, m, y, k = ink.cmyk
    return k + 0.3 * c + 0.6 * m + 0.1 * y


@lru_cache(maxsize=8)
def _room(layout: Layout, outline: Outline) -> _Room:
    return _Room(layout, outline)


@lru_cache(maxsize=8)
def _size(
    layout: Layout, outline: Outline, sizes: tuple[tuple[float, float, float], ...]
) -> tuple[float, tuple[float, float]]:
    """The first type size whose box goes beside all stations, and that box; else the last."""
    room = _room(layout, outline)
    found = sizes[-1]
    for found in sizes:
        if all(next(room.boxes(station, found[1:]), None) is not None for station in layout.stations):
            break
    return found[0], found[1:]


class _Room:
    """What lies between the tags of the front forme: all that is farther from each die-line than its bleed."""

    def __init__(self, layout: Layout, outline: Outline) -> None:
        self._layout = layout
        self._faces: dict[str, Outline] = {FRONT: outline, BACK: outline.mirrored()}
        self._wide, self._high = layout.box.width + layout.scheme.gap.x, layout.box.height + layout.scheme.gap.y
        self._contours: dict[tuple[object, ...], Polygon] = {}
        self._known: dict[tuple[object, ...], float] = {}
        self._cells: dict[tuple[int, int], list[tuple[Station, Rect]]] = {}
        for station in layout.stations:
            trim = layout.trim(station)
            self._cells.setdefault(self._cell(trim), []).append((station, trim))

    def boxes(self, station: Station, size: tuple[float, float]) -> Iterator[Rect]:
        """Boxes of that size beside a station that keep off every bleed, the best first."""
        spots = _BETWEEN if self._layout.staggered else _CORNERS
        return (box for spot in spots if self._free(box := self._box(station, spot, size)))

    def _box(self, station: Station, spot: tuple[float, float], size: tuple[float, float]) -> Rect:
        """A box of that size at one spot."""
        trim, gap = self._layout.trim(station), self._layout.scheme.gap
        (width, height), (x, y) = size, spot
        if self._layout.staggered:
            middle, pitch = trim.centre, self._layout.pitch
            return Rect(middle.x + x * pitch.x - width / 2, middle.y + y * pitch.y - height / 2, width, height)
        cell = Rect(trim.x - gap.x / 2, trim.y - gap.y / 2, trim.width + gap.x, trim.height + gap.y).inset(_CLEAR / 2)
        middle, across, down = cell.centre, cell.width - width, cell.height - height
        return Rect(middle.x + (x * across - width) / 2, middle.y + (y * down - height) / 2, width, height)

    def _free(self, box: Rect) -> bool:
        far = self._layout.bleed + _CLEAR
        return all(self._gap(box, station, trim, far) >= far for station, trim in self._near(box, far))

    def _near(self, box: Rect, far: float) -> Iterator[tuple[Station, Rect]]:
        (column, row), around = self._cell(box), box.inset(-far)
        for c in range(column - 2, column + 2):
            for r in range(row - 2, row + 2):
                for station, trim in self._cells.get((c, r), ()):
                    if first_overlapping(around, (trim,)) is not None:
                        yield station, trim

    def _cell(self, box: Rect) -> tuple[int, int]:
        return int(box.x // self._wide), int(box.y // self._high)

    def _gap(self, box: Rect, station: Station, trim: Rect, far: float) -> float:
        """From a box to a die-line, or anything beyond `far`; the same pair stands so many times on a sheet."""
        x, y = box.x - trim.x, box.y - trim.y
        lies = station.face, station.turn
        key = (*lies, round(x, 3), round(y, 3), box.width, box.height)
        if key not in self._known:
            if lies not in self._contours:
                at = self._layout.at(station, FRONT).then(translation(-trim.x, -trim.y))
                self._contours[lies] = flattened(self._faces[station.face].path().transformed(at), _FINE)[0]
            corners = [(x, y), (x + box.width, y), (x + box.width, y + box.height), (x, y + box.height)]
            self._known[key] = gap_between(self._contours[lies], corners, most=far)
        return self._known[key]
