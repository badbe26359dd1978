"""Numbered sheets read back tag by tag, by a reader of their closed grammar that shares nothing with what wrote them.

A character is known by its outline, held against the font's own, and never by its form's name; a code by its modules,
which zxing-cpp reads; whose number it is by the place on the paper. Then every station of every sheet has the number
that cut and stack gives it, both sides the same, each number stands once, and the table says so line by line.
"""

from __future__ import annotations

import csv
import pickle
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from keytag.base.geometry import Affine, Point, Rect
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import joined, say
from keytag.qr.encode import size
from keytag.qr.linear import Family, symbols
from keytag.serial.form import Form, SerialError, specimen
from keytag.serial.ledger import COLUMNS
from keytag.verification.elsewhere import Elsewhere
from keytag.verification.model import Failure, bounded
from keytag.verification.numbered_codes import Code, scanned
from keytag.verification.numbered_model import Book, Numbers, Tag
from keytag.verification.numbered_parts import (
    CHARACTERS,
    grid_of,
    known_letter,
    plain,
    refs,
    same_form,
    serial_in,
    string,
)

_MOST = 20  # failures told of one kind: a file has thousands of tags
_N = rb"-?\d+(?:\.\d+)?"
_SPAN = (
    rb"/Span <</ActualText (?P<said>\([^)]*\)|<[0-9A-F]*>)>> BDC\nq (?P<at>[-0-9. ]+) cm\n"
    rb"(?P<letters>(?:(?:1 0 0 1 %b 0 cm\n)?/\S+ Do\n)*)Q\nEMC\n" % _N
)
_FIGURE = (
    rb"/Figure <</Alt \(QR\) /ActualText (?P<code>\([^)]*\))>> BDC\nq (?P<map>[-0-9. ]+) cm\n"
    rb"(?P<rows>[0-9 re\n]*)(?:f\n)?Q\nEMC\n"
)
_FRAME = (
    rb"(?P<other>(?:/OC /\w+ BDC|/KTLayer <</Name /\w+>> BDC|q|Q|EMC|/\w+ gs|[0-9. ]+ k|/\S+ cs [0-9. ]+ scn"
    rb"|/Under Do|/Over Do|q?[-0-9. ]+ cm)\n)"
)
_STEP = re.compile(_SPAN + rb"|" + _FIGURE + rb"|" + _FRAME)
_DO = re.compile(rb"/(\S+) Do\n")


class FileRead(NamedTuple):
    """What was read of one file: how many were compared, what is wrong, how often each serial stands there."""

    compared: int
    failures: tuple[Failure, ...]
    seen: Counter[str]


def check_numbers(
    numbers: Numbers, files: Mapping[str, bytes], elsewhere: Elsewhere | None = None
) -> tuple[int, list[Failure]]:
    """Every tag of every sheet, file by file, here or elsewhere; how many were looked at, and what is wrong."""
    asked = [
        (name, files[name], book, first, last)
        for book in numbers.plates
        for name, first, last in book.files
        if name in files
    ]
    failures: list[Failure] = []
    seen: Counter[str] = Counter()
    compared = 0
    told = (pickle.loads(data) for data in elsewhere(read_bytes, asked)) if elsewhere else (read(*one) for one in asked)
    for found in told:
        compared += found.compared
        failures += found.failures
        seen.update(found.seen)
    expected = {row[0] for row in numbers.rows}
    twice = [Failure("serials", say("{serial} is printed {n} times", serial=s, n=n)) for s, n in seen.items() if n > 1]
    nowhere = [Failure("serials", say("{serial} is printed nowhere", serial=s)) for s in sorted(expected - seen.keys())]
    strange = [
        Failure("serials", say("{serial} is printed, and is none of the job's", serial=s))
        for s in sorted(seen.keys() - expected)
    ]
    for kind in (twice, nowhere, strange):
        failures += bounded("serials", kind, _MOST)
    failures += _table(numbers, files.get(numbers.table, b""))
    return compared + len(numbers.rows), failures


def read(name: str, data: bytes, book: Book, first: int, last: int) -> FileRead:
    """One file of a plate, which holds the sheets `first` to `last`."""
    failures: list[Failure] = []
    seen: Counter[str] = Counter()
    try:
        found = _Read(name, data, book, first, last)
        failures += found.check(seen)
        return FileRead(found.compared, tuple(failures), seen)
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, RuntimeError, zlib.error) as error:
        return FileRead(0, (Failure(name, say("cannot be read back: {error}", error=reason(error))),), seen)


def read_bytes(name: str, data: bytes, book: Book, first: int, last: int) -> bytes:
    """The same as bytes that travel."""
    return pickle.dumps(read(name, data, book, first, last), pickle.HIGHEST_PROTOCOL)


def _table(numbers: Numbers, data: bytes) -> list[Failure]:
    """The table of serials, line by line."""
    try:
        lines = list(csv.reader(StringIO(data.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        return [Failure(numbers.table, say("cannot be read: {error}", error=reason(error)))]
    found = []
    if [tuple(line) for line in lines[:1]] != [COLUMNS]:
        found.append(Failure(numbers.table, say("does not begin with {columns}", columns=joined(",", COLUMNS))))
    there = Counter(tuple(line) for line in lines[1:])
    wanted = Counter(numbers.rows)
    lacking = [
        Failure(numbers.table, say("lacks the line of {row}: {row2}", row=row[0], row2=joined(",", row[:7])))
        for row in (wanted - there).elements()
    ]
    odd = [
        Failure(numbers.table, say("has a line that is not the job's: {row}", row=joined(",", row[:7])))
        for row in (there - wanted).elements()
    ]
    found += [*bounded(numbers.table, lacking, _MOST), *bounded(numbers.table, odd, _MOST)]
    if not found and [tuple(line) for line in lines[1:]] != list(numbers.rows):
        found.append(Failure(numbers.table, say("its lines are not in the order of the piles")))
    return found


class _Read:
    """One file."""

    def __init__(self, name: str, data: bytes, book: Book, first: int, last: int) -> None:
        import pikepdf

        self.name, self.book, self.first, self.last = name, book, first, last
        self.pdf = pikepdf.open(BytesIO(data), inherit_page_attributes=False)
        self.compared = 0
        self._letters: dict[tuple[int, int], str] = {}
        self._static: dict[tuple[int, str], tuple[int, ...]] = {}
        self._stations: dict[tuple[int, bytes], int | None] = {}

    def check(self, seen: Counter[str]) -> Iterator[Failure]:
        sheets = self.last - self.first + 1
        each = self.book.sides
        if len(self.pdf.pages) != each * sheets:
            yield Failure(
                self.name,
                say(
                    "has {pages} pages, not {each} for each of {sheets} sheets",
                    pages=len(self.pdf.pages),
                    each=each,
                    sheets=sheets,
                ),
            )
        yield from self._shared()
        told = 0
        for i, page in enumerate(self.pdf.pages):
            sheet, side = self.first + i // each, i % each
            here = say("{name}, page {i} (sheet {sheet})", name=self.name, i=i + 1, sheet=sheet)
            for failure in self._page(page.obj, side, sheet, here, seen):
                told += 1
                if told <= _MOST:
                    yield failure

    def _shared(self) -> Iterator[Failure]:
        """The forms that pages share are those made anew, and every page of a side has the same objects."""
        import pikepdf

        with pikepdf.open(BytesIO(self.book.shell)) as anew:
            for side in range(self.book.sides):
                pages = self.pdf.pages[side :: self.book.sides]
                kinds = {refs(page.obj["/Resources"]["/XObject"]) for page in pages}
                if len(kinds) != 1:
                    yield Failure(
                        self.name, say("the pages of side {side} do not share one set of forms", side=side + 1)
                    )
                if not len(pages):
                    continue
                mine = pages[0].obj["/Resources"]["/XObject"]
                theirs = anew.pages[side].obj["/Resources"]["/XObject"]
                for key in sorted({*map(str, mine.keys()), *map(str, theirs.keys())}):
                    if key not in mine or key not in theirs:
                        what = say("lacks the form") if key not in mine else say("has a form that is not the job's:")
                        yield Failure(self.name, say("side {side} {what} {key}", side=side + 1, what=what, key=key))
                    elif not same_form(mine[key], theirs[key]):
                        yield Failure(
                            self.name,
                            say("side {side}: the form {key} is not the one of this job", side=side + 1, key=key),
                        )

    def _page(self, page: Any, side: int, sheet: int, here: str, seen: Counter[str]) -> Iterator[Failure]:
        content = zlib.decompress(page["/Contents"].read_raw_bytes())
        forms = page["/Resources"]["/XObject"]
        texts: dict[int, list[str]] = {}
        codes: dict[int, list[str]] = {}
        read: list[Code] = []
        at = 0
        for step in _STEP.finditer(content):
            if step.start() != at:
                break
            at = step.end()
            if step["said"] is not None:
                station = self._station(side, step["at"])
                said, shown = string(step["said"]), self._shown(step["letters"], forms)
                if shown != "".join(c for c in said if c in CHARACTERS):
                    yield Failure(here, say("says {said!r} and shows {shown!r}", said=said, shown=shown))
                if station is not None:
                    texts.setdefault(station, []).append(said)
                elif said != self._line(sheet):
                    yield Failure(here, say("its slug says {said!r}, not {line!r}", said=said, line=self._line(sheet)))
            elif step["code"] is not None:
                station = self._station(side, step["map"])
                said = string(step["code"])
                if station is None:
                    yield Failure(here, say("has a code that stands on no tag: {said}", said=said))
                    continue
                read.append(Code(station, said, self._modules(side, station, sheet, step["rows"], forms)))
                codes.setdefault(station, []).append(said)
        if at != len(content):
            yield Failure(here, say("paints something else than numbers: {content!r}", content=content[at : at + 40]))
        yield from self._codes(read, sheet, here)
        yield from self._judged(side, sheet, here, texts, codes, seen)

    def _line(self, sheet: int) -> str:
        """What the slug of a sheet must say."""
        tags = [tag for i in range(len(self.book.turned)) if (tag := self.book.tag(i, sheet)) is not None]
        ends = [tag.form.printed(tag.number) for tag in (tags[0], tags[-1])] if tags else ["–", "–"]
        return f"sheet / tờ {sheet}/{self.book.run} · {ends[0]} – {ends[1]}"

    def _judged(
        self,
        side: int,
        sheet: int,
        here: str,
        texts: Mapping[int, list[str]],
        codes: Mapping[int, list[str]],
        seen: Counter[str],
    ) -> Iterator[Failure]:
        """Every station has what its tag must have on this side, and no other."""
        for station in range(len(self.book.boxes[side])):
            tag, number = self.book.tag(station, sheet), station + 1
            words, links = texts.get(station, []), codes.get(station, [])
            if tag is None:
                if words or links:
                    what = say(
                        "station {station} must be blank and has {words!r}", station=number, words=(words + links)[0]
                    )
                    yield Failure(here, what)
                continue
            self.compared += len(words) + len(links)
            face = 1 - side if self.book.turned[station] else side
            count, patterns = self.book.slots[face].get(tag.unit, (0, ()))
            serial = tag.form.text(tag.number)
            for word in words:
                try:
                    if tag.form.parse(serial_in(word, tag.form)) == tag.number:
                        continue
                    what = say("has {word!r}, not {printed!r}", word=word, printed=tag.form.printed(tag.number))
                    yield Failure(
                        here, say("station {station} ({unit}) {what}", station=number, unit=tag.unit, what=what)
                    )
                except SerialError as error:
                    yield Failure(here, say("station {station}: {error}", station=number, error=reason(error)))
            wanted = [pattern.replace("{serial}", serial) for pattern in patterns]
            if sorted(links) != sorted(wanted):
                what = say("its code says {links}, not {wanted}", links=links, wanted=wanted)
                yield Failure(here, say("station {station} ({unit}): {what}", station=number, unit=tag.unit, what=what))
            if len(words) != count:
                what = say("has {words} serials, not {count}", words=len(words), count=count)
                yield Failure(here, say("station {station} ({unit}) {what}", station=number, unit=tag.unit, what=what))
            both = [self.book.slots[f].get(tag.unit, (0, ())) for f in (0, 1)]
            if words and (face == 0 or not both[0][0]):  # of two sides with a serial the front counts
                seen[plain(words[0])] += 1
            elif links and not both[0][0] and not both[1][0] and (face == 0 or not both[0][1]):
                seen[serial if links == wanted else links[0]] += 1

    def _station(self, side: int, at: bytes) -> int | None:
        """The station in whose trim a number's origin lies; None outside all (the slug)."""
        key = (side, at)
        if key not in self._stations:
            a, b, c, d, e, f = map(float, at.split())
            point = Affine(a, b, c, d, e, f).apply(0, 0)
            inside = [i for i, box in enumerate(self.book.boxes[side]) if _holds(box, point)]
            self._stations[key] = inside[0] if len(inside) == 1 else None
        return self._stations[key]

    def _shown(self, letters: bytes, forms: Any) -> str:
        """What the placed outlines look like."""
        return "".join([self._letter(forms, name) for name in _DO.findall(letters)])

    def _letter(self, forms: Any, name: bytes) -> str:
        key = (forms.objgen[0] or id(self), hash(name))
        if key not in self._letters:
            form = forms.get("/" + name.decode("latin-1"))
            self._letters[key] = known_letter(form.read_bytes()) if form is not None else ""
        return self._letters[key]

    def _codes(self, codes: Sequence[Code], sheet: int, here: str) -> Iterator[Failure]:
        """What a scanner reads, and modules that a payload does not have: error correction would hide them."""
        import numpy as np

        kinds: dict[tuple[str, str, Form], list[tuple[Code, int]]] = {}
        for code, text in zip(codes, scanned(codes), strict=True):
            if text != code.said:
                what = say("the code reads {read!r}, not {said!r}", read=text, said=code.said)
                yield Failure(here, say("station {station}: {what}", station=code.station + 1, what=what))
            tag = self.book.tag(code.station, sheet)
            if tag is not None and code.rows:
                kinds.setdefault((*self.book.links[tag.unit], tag.form), []).append((code, tag.number))
        for (pattern, level, form), some in kinds.items():
            sample = pattern.replace("{serial}", form.text(specimen(form)))
            family = symbols(Family(sample, len(pattern.partition("{serial}")[0]), form.length, level))
            right = family.rows(form.rows(np.array([number for _, number in some]))).tolist()
            for (code, _), rows in zip(some, right, strict=True):
                if list(code.rows) == rows:
                    continue
                side = len(rows)
                wrong = side * side
                if len(code.rows) == side:
                    wrong = sum((have ^ want).bit_count() for have, want in zip(code.rows, rows, strict=True))
                what = say("{wrong} modules of the code are not as they must be", wrong=wrong)
                yield Failure(here, say("station {station}: {what}", station=code.station + 1, what=what))

    def _modules(self, side: int, station: int, sheet: int, rows: bytes, forms: Any) -> tuple[int, ...]:
        """The modules of a code, a number a row: the rectangles' and the form's below; none where that has none."""
        tag = self.book.tag(station, sheet)
        found = self._bare(tag) if self.book.imprint else list(self._below(side, tag.unit if tag else "", forms))
        if not found:
            return ()
        values = list(map(int, rows.replace(b" 1 re\n", b" ").split()))
        for x, y, length in zip(values[0::3], values[1::3], values[2::3], strict=True):
            found[y] |= ((1 << length) - 1) << x
        if any(row >> len(found) for row in found):
            raise ValueError(say("station {station} has a code that is wider than it is high", station=station + 1))
        return tuple(found)

    def _bare(self, tag: Tag | None) -> list[int]:
        """A code's rows without a module, where nothing of it is drawn below; none where the tag has none."""
        if tag is None or tag.unit not in self.book.links:
            return []
        pattern, level = self.book.links[tag.unit]
        made = size(pattern.replace("{serial}", tag.form.text(specimen(tag.form))), level)
        return [0] * made.modules if made else []

    def _below(self, side: int, unit: str, forms: Any) -> tuple[int, ...]:
        """The modules of a unit's code that its static form draws; none where it has none."""
        key = (side, unit)
        if key not in self._static:
            self._static[key] = ()
            box = self.book.codes.get(unit)
            name = f"/F{unit}_2F"
            for inner in forms["/Under"]["/Resources"]["/XObject"].keys() if box else ():
                if str(inner).startswith(name):
                    assert box is not None
                    grid = grid_of(forms["/Under"]["/Resources"]["/XObject"][inner].read_bytes(), box)
                    if grid is not None:
                        self._static[key] = tuple(sum(bool(dark) << x for x, dark in enumerate(row)) for row in grid)
                        break
        return self._static[key]


def _holds(box: Rect, point: Point) -> bool:
    return box.x <= point.x <= box.right and box.y <= point.y <= box.bottom
