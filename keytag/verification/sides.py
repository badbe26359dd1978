"""Every page of every press file on two roads: drawn anew, and separated by Ghostscript. Eyes look on the way.

One side at a time, two at once at the most, band by band: memory does not grow with the number of sheets.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from keytag.base.drawing import Form, Page, Placement, Stroke
from keytag.base.errors import ToolFailedError
from keytag.base.geometry import Affine, Point, Rect
from keytag.base.ink import WHITE
from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT, SIDES
from keytag.base.words import say
from keytag.tag.artwork import Artwork, Face
from keytag.verification import codes, compare, raster, separations, worst
from keytag.verification.expected import FORME, MASTERS, SHEET, Drawn, Expected
from keytag.verification.looking import Eye
from keytag.verification.model import Failure, Where, Worst
from keytag.verification.reading import Cut, cuts_of
from keytag.verification.words import numbers_of

_TOGETHER = 20  # small pages that one run of Ghostscript separates
_AROUND = 1.0  # mm around a die-line that is measured
_NAMED = 200  # differences of one page that are named one by one
_INK = 0.02


class Job(NamedTuple):
    """Pages (from 0) of one file that are separated together, and its bytes.

    Of a sample its only page, and where in the file that stands, and the sheet that it is a side of.
    """

    drawn: Drawn
    data: bytes
    pages: tuple[int, ...]
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
    cuts: tuple[Cut, ...]
    worst: Worst | None
    worst_area: float
    on_sheet: bool


class Looks(NamedTuple):
    """What becomes of each job: whether it is of a sheet, and its pages once they are seen."""

    begun: tuple[tuple[bool, Future[list[Seen]]], ...]

    def pages(self) -> Iterator[Seen]:
        """All pages in order, each as soon as it and those before it are seen."""
        return (seen for _, one in self.begun for seen in one.result())

    def sheets(self) -> Iterator[Seen]:
        """The pages of all sheets, as soon as they are seen: eyes look at these only."""
        return (seen for on_sheet, one in self.begun if on_sheet for seen in one.result())


def jobs_of(expected: Expected, files: Mapping[str, bytes], whole: Mapping[str, Sequence[int]]) -> list[Job]:
    """What is separated: the sheets first, side by side, then small pages together; only pages of the right size."""
    found = []
    for drawn in expected.drawn:
        pages = list(whole.get(drawn.name, ()))
        if drawn.name not in files:
            continue
        together = _TOGETHER if drawn.what not in (SHEET, FORME) and drawn.document.pages[0].media.width < 250 else 1
        if not together - 1:
            found += [Job(drawn, files[drawn.name], (page,)) for page in pages]
            continue
        runs: list[list[int]] = []
        together = math.ceil(len(pages) / math.ceil(len(pages) / together)) if pages else 1  # alike: they run abreast
        for page in pages:
            if runs and len(runs[-1]) < together and runs[-1][-1] == page - 1:
                runs[-1].append(page)
            else:
                runs.append([page])
        found += [Job(drawn, files[drawn.name], tuple(run)) for run in runs]
    for sample in expected.samples:
        for page in whole.get(sample.drawn.name, ()):
            data = files[sample.drawn.name]
            found.append(Job(sample.drawn, data, (page,), sample.at[page], sample.sheets[page]))
    return sorted(found, key=lambda job: job.drawn.what != SHEET)


@contextmanager
def looking(expected: Expected, jobs: Sequence[Job]) -> Iterator[Looks]:
    """All pages, looked at by two threads while the caller goes on; what is not begun at the end is left."""
    first: dict[str, tuple[str, int, int]] = {}  # where each face stands first: the eyes look there
    for job in jobs:
        if job.drawn.what == SHEET:
            for number in job.pages:
                for i, place in enumerate(job.drawn.document.pages[number].placements):
                    first.setdefault(place.form, (job.drawn.name, number, i))
    painter = raster.Painter(separations.DOTS)
    with ThreadPoolExecutor(max_workers=2) as pool:
        begun = [pool.submit(_looked, expected, job, first, painter) for job in jobs]
        try:
            yield Looks(tuple((job.drawn.what == SHEET, one) for job, one in zip(jobs, begun, strict=True)))
        finally:
            for one in begun:
                one.cancel()


def _looked(
    expected: Expected, job: Job, first: Mapping[str, tuple[str, int, int]], painter: raster.Painter
) -> list[Seen]:
    document = job.drawn.document
    forms = {form.key: form for form in document.forms}
    found: list[Seen] = []
    try:
        with separations.separated(job.data, [page + 1 for page in job.places]) as plates:
            for number, separation in zip(job.pages, plates, strict=True):
                page = _Page(expected, job, number, forms, painter)
                found.append(page.seen(separation, first))
    except ToolFailedError as error:
        place = say("{drawn}, page {pages}", drawn=job.drawn.name, pages=job.places[len(found)] + 1)
        found.append(Seen(0, (Failure(place, error.message),), (), (), (), None, 0.0, job.drawn.what == SHEET))
    return found


class _Page:
    """One page on both roads."""

    def __init__(
        self, expected: Expected, job: Job, number: int, forms: Mapping[str, Form], painter: raster.Painter
    ) -> None:
        self.expected, self.drawn, self.number, self.forms, self.painter = expected, job.drawn, number, forms, painter
        self.sheet, self.at, drawn = job.sheet, number if job.at is None else job.at, job.drawn
        self.page: Page = drawn.document.pages[number]
        sides = expected.scheme.sides
        self.side = sides[number % len(sides)] if drawn.what in (SHEET, MASTERS) else ""
        self.boxes = [place.at.rect(forms[place.form].bounds) for place in self.page.placements]

    def seen(self, separation: separations.Separation, first: Mapping[str, tuple[str, int, int]]) -> Seen:
        dots, media = separations.DOTS, self.page.media
        plates = raster.Plates(self.page, self.forms, dots, self.painter)
        dies = self._dies()
        windows = {name: [box for _, box in dies[name]] for name in dies}
        technical = self.expected.scheme.dies.technical | {WHITE.name}
        result = compare.compare(plates, separation, windows, technical)
        failures = [*self._differences(result.differences), *self._shifted(result.dies, dies)]
        failures += [
            Failure(
                self._place(None, Point(0, 0)),
                say("{plate}: differs so much that it was compared down to {y:.0f} mm only", plate=plate, y=y),
            )
            for plate, y in result.left_out.items()
        ]
        limit = self.expected.template.limits.total_ink
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
        eye = Eye(separation, self.expected.template, dots, separation.height - media.height * dots)
        read, graded, cuts = self._eyes(eye, first) if self.drawn.what == SHEET else ([], [], [])
        shown, area = None, 0.0
        if result.differences:
            most = max(result.differences, key=lambda d: d.area)
            area = most.area
            box = self._around(most)
            says = next(f for f in failures if f.where is not None)
            shown = worst.picture(says.place, says.message, plates, separation, box, self.expected)
        return Seen(
            result.pixels,
            tuple(failures),
            tuple(read),
            tuple(graded),
            tuple(cuts),
            shown,
            area,
            self.drawn.what == SHEET,
        )

    def _dies(self) -> dict[str, list[tuple[int, Rect]]]:
        """For each die plate the windows around its lines, with the placement each belongs to."""
        found: dict[str, list[tuple[int, Rect]]] = {name: [] for name in self.expected.scheme.dies}
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
            what = say("the die-line") if die.plate == self.expected.scheme.dies.cut else say("the ring hole")
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
        artwork = self.expected.artworks.get(key)
        if artwork is not None and side in SIDES:
            return artwork, artwork.front if side == FRONT else artwork.back
        return (next(iter(self.expected.artworks.values())), self._any(side)) if key == "cutting" else None

    def _any(self, side: str) -> Face:
        artwork = next(iter(self.expected.artworks.values()))
        return artwork.front if side == FRONT else artwork.back

    def _unit(self, index: int | None) -> str:
        if index is None:
            return ""
        artwork = self.expected.artworks.get(self.page.placements[index].form.rpartition("/")[0])
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

    def _eyes(
        self, eye: Eye, first: Mapping[str, tuple[str, int, int]]
    ) -> tuple[list[codes.Code], list[codes.Graded], list[Cut]]:
        read: list[codes.Code] = []
        graded: list[codes.Graded] = []
        cuts: list[Cut] = []
        media = self.page.media
        for i, place in enumerate(self.page.placements):
            known = self._face(i)
            if known is None:
                continue
            artwork, face = known
            key, side = artwork.key, place.form.rpartition("/")[2]
            at = _moved(place, media)
            where = self._place(i, Point(0, 0))
            is_first = first.get(place.form) == (self.drawn.name, self.number, i)
            wanted = [p.text for p in self.expected.payloads[key] if p.side == side]
            for s, symbol in enumerate(codes.symbols(face)):
                payload = wanted[s] if s < len(wanted) else ""
                code = codes.code_of(eye, where, symbol, at, payload)
                read.append(code if is_first else code._replace(picture=code.picture[:0].copy()))
                if is_first:
                    level = symbol.version.rpartition("-")[2]
                    one = codes.graded_of(eye, where, artwork.title, symbol, at, payload, level)
                    graded += [one] if one is not None else []
            if is_first:
                numbers = numbers_of(self.expected.units[key])
                cuts += cuts_of(eye, where, face, at, numbers, self.expected.template)
        return read, graded, cuts


def _moved(place: Placement, media: Rect) -> Affine:
    return place.at.then(Affine(1, 0, 0, 1, -media.x, -media.y))


def _mm(point: Point) -> str:
    return say("{x:.1f}, {y:.1f} mm", x=point.x, y=point.y)
