"""Pages on two roads: drawn anew, and separated by Ghostscript. Eyes look on the way.

A look has only the values of its own tags, so that any process may take it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keytag.base.drawing import Form, Page, Placement, Stroke
from keytag.base.errors import ToolFailedError
from keytag.base.geometry import Affine, Point, Rect
from keytag.base.ink import WHITE
from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT, SIDES
from keytag.base.words import say
from keytag.qr import decode
from keytag.sheet.scheme import Scheme
from keytag.tag.artwork import Artwork, Face
from keytag.tag.template import Template
from keytag.verification import codes, compare, raster, separations, worst
from keytag.verification.expected import MASTERS, SHEET, Drawn
from keytag.verification.looking import Eye
from keytag.verification.model import Failure, Where, Worst
from keytag.verification.reading import Cut, Read, cuts_of, read_all

if TYPE_CHECKING:
    import numpy as np

_AROUND = 1.0  # mm around a die-line that is measured
_NAMED = 200  # differences of one page that are named one by one
_INK = 0.02


class Told(NamedTuple):
    """What eyes must find on one tag: its numbers by field, and what its codes say, each with its side."""

    numbers: Mapping[str, str]
    payloads: Sequence[tuple[str, str]]  # side, text


class Look(NamedTuple):
    """Pages (from 0) of one file that are separated together, its bytes, and what must be seen there.

    Of a sample its only page, and where in the file that stands, and the sheet that it is a side of. `first` are the
    placements that eyes read, by page and index: where each face stands for the first time.
    """

    drawn: Drawn  # with the forms of these pages only
    data: bytes
    pages: tuple[int, ...]
    template: Template
    scheme: Scheme
    artworks: Mapping[str, Artwork]  # of the tags on these pages; the first of the job where there is none
    told: Mapping[str, Told]
    first: frozenset[tuple[int, int]] = frozenset()
    ocr: bool = True  # whether tesseract reads the lines
    zbar: bool = True  # and zbar the codes, besides zxing
    at: int | None = None
    sheet: int = 0

    @property
    def places(self) -> tuple[int, ...]:
        """Where in the file the pages stand."""
        return self.pages if self.at is None else (self.at,)


class Seen(NamedTuple):
    """What was seen of one page."""

    pixels: int
    failures: tuple[Failure, ...]
    codes: tuple[codes.Code, ...]
    graded: tuple[codes.Graded, ...]
    lines: tuple[Read, ...]
    worst: Worst | None
    worst_area: float
    on_sheet: bool


class _Taken(NamedTuple):
    """What is still to be read of a page: lines, and by their numbers among its codes the pictures of some."""

    cuts: Sequence[Cut] = ()
    pictures: Mapping[int, np.ndarray[Any, Any]] = {}


def seen_of(look: Look, painter: raster.Painter, over: Callable[[], bool] = bool) -> list[Seen]:
    """What is seen and read of each page; where Ghostscript fails, its failure in place of the rest.

    Once all is `over`, nobody asks any more: no page is begun.
    """
    document = look.drawn.document
    forms = {form.key: form for form in document.forms}
    found: list[tuple[Seen, _Taken]] = []
    try:
        with separations.separated(look.data, [page + 1 for page in look.places]) as plates:
            for number, separation in zip(look.pages, plates, strict=True):
                if over():
                    return []
                found.append(_Page(look, number, forms, painter).seen(separation))
    except ToolFailedError as error:
        place = say("{drawn}, page {pages}", drawn=look.drawn.name, pages=look.places[len(found)] + 1)
        failed = Failure(place, error.message)
        found.append((Seen(0, (failed,), (), (), (), None, 0.0, look.drawn.what == SHEET), _Taken()))
    return [_read(look, seen, taken) for seen, taken in found]


def _read(look: Look, seen: Seen, taken: _Taken) -> Seen:
    """The page with its lines read, and its codes once more."""
    lines = tuple(read_all(taken.cuts)) if look.ocr and taken.cuts else ()
    if not look.zbar or not taken.pictures:
        return seen._replace(lines=lines)
    again = dict(zip(taken.pictures, map(tuple, decode.zbar_all([*taken.pictures.values()])), strict=True))
    read = tuple(code._replace(again=again.get(i)) for i, code in enumerate(seen.codes))
    return seen._replace(lines=lines, codes=read)


def seen_bytes(look: Look) -> bytes:
    """The same as bytes that travel: what a process of its own makes of a look."""
    return pickle.dumps(seen_of(look, raster.Painter(separations.DOTS)), pickle.HIGHEST_PROTOCOL)


class _Page:
    """One page on both roads."""

    def __init__(self, look: Look, number: int, forms: Mapping[str, Form], painter: raster.Painter) -> None:
        self.look, self.drawn, self.number, self.forms, self.painter = look, look.drawn, number, forms, painter
        self.sheet, self.at, drawn = look.sheet, number if look.at is None else look.at, look.drawn
        self.page: Page = drawn.document.pages[number]
        sides = look.scheme.sides
        self.side = sides[number % len(sides)] if drawn.what in (SHEET, MASTERS) else ""
        self.boxes = [place.at.rect(forms[place.form].bounds) for place in self.page.placements]

    def seen(self, separation: separations.Separation) -> tuple[Seen, _Taken]:
        dots, media = separations.DOTS, self.page.media
        plates = raster.Plates(self.page, self.forms, dots, self.painter)
        dies = self._dies()
        windows = {name: [box for _, box in dies[name]] for name in dies}
        technical = self.look.scheme.dies.technical | {WHITE.name}
        result = compare.compare(plates, separation, windows, technical)
        failures = [*self._differences(result.differences), *self._shifted(result.dies, dies)]
        failures += [
            Failure(
                self._place(None, Point(0, 0)),
                say("{plate}: differs so much that it was compared down to {y:.0f} mm only", plate=plate, y=y),
            )
            for plate, y in result.left_out.items()
        ]
        limit = self.look.template.limits.total_ink
        if self.drawn.what in (SHEET, MASTERS) and result.most_ink > limit + _INK:
            failures.append(
                Failure(
                    self._place(None, result.most_at),
                    say(
                        "{most_ink:.0%} of ink lie on one another at {mm} (limit {limit:.0%})",
                        most_ink=result.most_ink,
                        mm=_mm(result.most_at),
                        limit=limit,
                    ),
                )
            )
        eye = Eye(separation, self.look.template, dots, separation.height - media.height * dots)
        read, graded, taken = self._eyes(eye) if self.drawn.what == SHEET else ([], [], _Taken())
        shown, area = None, 0.0
        if result.differences:
            most = max(result.differences, key=lambda d: d.area)
            area = most.area
            box = self._around(most)
            says = next(f for f in failures if f.where is not None)
            shown = worst.picture(
                says.place, says.message, plates, separation, box, self.look.template, self.look.scheme.dies
            )
        on_sheet = self.drawn.what == SHEET
        return Seen(result.pixels, tuple(failures), tuple(read), tuple(graded), (), shown, area, on_sheet), taken

    def _dies(self) -> dict[str, list[tuple[int, Rect]]]:
        """For each die plate the windows around its lines, with the placement each belongs to."""
        found: dict[str, list[tuple[int, Rect]]] = {name: [] for name in self.look.scheme.dies}
        lines: dict[str, list[tuple[str, Rect]]] = {}  # of each form: the plate and the box of its die-lines
        media = self.page.media
        for i, place in enumerate(self.page.placements):
            if place.form not in lines:
                marks = [mark for group in self.forms[place.form].groups for mark in group.marks]
                strokes = [mark for mark in marks if isinstance(mark, Stroke) and mark.ink.name in found]
                lines[place.form] = [(mark.ink.name, mark.path.bounds()) for mark in strokes]
            for plate, line in lines[place.form]:
                found[plate].append((i, place.at.rect(line).inset(-_AROUND).moved(-media.x, -media.y)))
        return found

    def _differences(self, differences: Sequence[compare.Difference]) -> list[Failure]:
        """Named by station and plate, the largest place of each; what is too much to name is counted."""
        grouped: dict[tuple[int, str], list[compare.Difference]] = {}
        for one in differences:
            grouped.setdefault((self._at(one.at), one.plate), []).append(one)
        ordered = sorted(grouped.items(), key=lambda entry: -sum(d.area for d in entry[1]))
        failures = []
        for (index, plate), found in ordered[:_NAMED]:
            most = max(found, key=lambda d: d.area)
            total = sum(d.area for d in found)
            here = None if index < 0 else index
            on_tag = "" if here is None else say(" ({mm} of the tag)", mm=_mm(self._on_tag(here, most.at)))
            kind = say("too much") if most.found > most.expected else say("too little")
            more = say(", and {found} more places", found=len(found) - 1) if len(found) > 1 else ""
            says = say(
                "{plate}: {total:.2f} mm² {kind} at {mm}{on_tag}: {found:.0%}, ",
                plate=plate,
                total=total,
                kind=kind,
                mm=_mm(most.at),
                on_tag=on_tag,
                found=most.found,
            )
            says += say("{expected:.0%} is expected{more}", expected=most.expected, more=more)
            station = self.page.placements[here].station if here is not None else 0
            unit = self._unit(here)
            x, y, area, want, have = (round(v, 3) for v in (*most.at, total, most.expected, most.found))
            name, number = self.drawn.name, self.at + 1
            where = Where(name, number, self.side, station, unit, plate, x, y, area, want, have)
            failures.append(Failure(self._place(here, most.at), says, where))
        if len(ordered) > _NAMED:
            failures.append(
                Failure(
                    self._place(None, Point(0, 0)), say("and {ordered} more differences", ordered=len(ordered) - _NAMED)
                )
            )
        return failures

    def _shifted(self, dies: Sequence[compare.Die], boxes: Mapping[str, Sequence[tuple[int, Rect]]]) -> list[Failure]:
        failures = []
        for die in dies:
            index, box = boxes[die.plate][die.place]
            what = say("the die-line") if die.plate == self.look.scheme.dies.cut else say("the ring hole")
            place = self._place(index, box.centre)
            off = max(abs(die.shift.x), abs(die.shift.y))
            grown = max(die.growth, key=abs)
            if die.missing:
                failures.append(
                    Failure(
                        place,
                        say("{plate}: {what} is missing, or stands where none is expected", plate=die.plate, what=what),
                    )
                )
            elif off > compare.DIE_SHIFT:
                shift = say("{x:+.2f}, {y:+.2f} mm", x=die.shift.x, y=die.shift.y)
                failures.append(
                    Failure(
                        place, say("{plate}: {what} is off by {shift} (x, y)", plate=die.plate, what=what, shift=shift)
                    )
                )
            elif abs(grown) > compare.DIE_GROWTH:
                failures.append(
                    Failure(
                        place,
                        say(
                            "{plate}: the edge of {what} lies {grown:+.2f} mm too far out",
                            plate=die.plate,
                            what=what,
                            grown=grown,
                        ),
                    )
                )
        return failures

    def _at(self, point: Point) -> int:
        """The index of the placement in whose box a point lies; -1 for none."""
        x, y = point.x + self.page.media.x, point.y + self.page.media.y
        for i, box in enumerate(self.boxes):
            if box.x <= x <= box.right and box.y <= y <= box.bottom and self._face(i) is not None:
                return i
        return -1

    def _face(self, index: int) -> tuple[Artwork, Face] | None:
        key, _, side = self.page.placements[index].form.rpartition("/")
        artwork = self.look.artworks.get(key)
        if artwork is not None and side in SIDES:
            return artwork, artwork.front if side == FRONT else artwork.back
        return (next(iter(self.look.artworks.values())), self._any(side)) if key == "cutting" else None

    def _any(self, side: str) -> Face:
        artwork = next(iter(self.look.artworks.values()))
        return artwork.front if side == FRONT else artwork.back

    def _unit(self, index: int | None) -> str:
        if index is None:
            return ""
        artwork = self.look.artworks.get(self.page.placements[index].form.rpartition("/")[0])
        return artwork.title if artwork else ""

    def _place(self, index: int | None, _: Point) -> str:
        page = say("page {number}", number=self.number + 1) if self.drawn.what != SHEET else self.side
        if self.sheet:
            page = say("sheet {sheet}, {side}", sheet=self.sheet, side=self.side)
        if index is None:
            return say("{file}, {page}", file=self.drawn.name, page=page)
        station, unit = self.page.placements[index].station, self._unit(index)
        where = say(", station {station}", station=station) if station else ""
        whose = f" ({unit})" if unit else ""
        return say("{file}, {page}{where}{whose}", file=self.drawn.name, page=page, where=where, whose=whose)

    def _on_tag(self, index: int, point: Point) -> Point:
        at: Affine = self.page.placements[index].at
        x, y = point.x + self.page.media.x - at.e, point.y + self.page.media.y - at.f
        size = at.a * at.d - at.b * at.c
        return Point((at.d * x - at.c * y) / size, (at.a * y - at.b * x) / size)

    def _around(self, difference: compare.Difference) -> Rect:
        """What to show of a difference: the tag it lies on, or its surroundings."""
        media = self.page.media
        index = self._at(difference.at)
        if index >= 0:
            return self.boxes[index].moved(-media.x, -media.y).inset(-1)
        x, y = difference.at
        return Rect(x - 28, y - 13, 56, 26)

    def _eyes(self, eye: Eye) -> tuple[list[codes.Code], list[codes.Graded], _Taken]:
        read: list[codes.Code] = []
        graded: list[codes.Graded] = []
        cuts: list[Cut] = []
        pictures: dict[int, np.ndarray[Any, Any]] = {}
        media = self.page.media
        for i, place in enumerate(self.page.placements):
            known = self._face(i)
            if known is None:
                continue
            artwork, face = known
            told, side = self.look.told[artwork.key], place.form.rpartition("/")[2]
            at = _moved(place, media)
            where = self._place(i, Point(0, 0))
            is_first = (self.number, i) in self.look.first
            wanted = [text for on, text in told.payloads if on == side]
            for s, symbol in enumerate(codes.symbols(face)):
                payload = wanted[s] if s < len(wanted) else ""
                code, picture = codes.code_of(eye, where, symbol, at, payload)
                if is_first:
                    pictures[len(read)] = picture
                    level = symbol.version.rpartition("-")[2]
                    one = codes.graded_of(eye, where, artwork.title, symbol, at, payload, level)
                    graded += [one] if one is not None else []
                read.append(code)
            if is_first:
                cuts += cuts_of(eye, where, face, at, told.numbers, self.look.template)
        return read, graded, _Taken(cuts, pictures)


def _moved(place: Placement, media: Rect) -> Affine:
    return place.at.then(Affine(1, 0, 0, 1, -media.x, -media.y))


def _mm(point: Point) -> str:
    return say("{x:.1f}, {y:.1f} mm", x=point.x, y=point.y)
