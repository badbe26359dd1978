"""Some sheets of a numbered job drawn anew whole, numbers and all, to be held against what Ghostscript makes of them.

Every number of every sheet is read by the grammar of its page; that its page then looks as it must is seen on a sample:
of each plate the first sheet, the last and the one between, of many plates fewer, and no more than `MOST` altogether.
Serials are set by the font, codes made one by one: neither the writer's tables nor its XORs are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

from keytag.base.drawing import Document, Fill, Form, Group, Layer, Page, Placement, Words
from keytag.base.geometry import Affine, Path
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.qr import contour
from keytag.qr.encode import Matrix, modules_of, segments, size
from keytag.serial.form import specimen
from keytag.sheet.edition import SHEET_FONT, Edition, Side, Spot
from keytag.sheet.numbering import line_text
from keytag.tag import typeset
from keytag.verification.expected import SHEET, Drawn, Sample
from keytag.verification.numbered_model import Book, Tag

MOST = 4  # sheets of a job
_SERIAL = "{serial}"
_UNDER, _NUMBERS = "/under", "numbers"


def chosen(runs: Sequence[int], most: int = MOST) -> list[list[int]]:
    """The sheets (from 1) of each plate that are looked at whole, by the plates' runs."""
    count = len(runs)
    some = range(count) if count <= most else [i * (count - 1) // max(1, most - 1) for i in range(most)]
    found: list[list[int]] = [[] for _ in runs]
    ways: list[Callable[[int], int]] = [lambda _: 1, lambda run: run, lambda run: (run + 1) // 2]
    for way, plate in product(ways, some):
        if runs[plate] and way(runs[plate]) not in found[plate] and sum(map(len, found)) < most:
            found[plate].append(way(runs[plate]))
    return [sorted(sheets) for sheets in found]


def samples(books: Sequence[Book], editions: Sequence[Edition], standard: Standard, imprint: bool) -> list[Sample]:
    """The sheets that are looked at, file by file."""
    found = []
    for book, made, sheets in zip(books, editions, chosen([book.run for book in books]), strict=True):
        for name, first, last in book.files:
            if mine := [sheet for sheet in sheets if first <= sheet <= last]:
                found.append(_sample(book, made, standard, imprint, (name, first), mine))
    return found


def _sample(
    book: Book, made: Edition, standard: Standard, imprint: bool, file: tuple[str, int], sheets: Sequence[int]
) -> Sample:
    name, first = file
    forms = {form.key.removesuffix(_UNDER): form._replace(key=form.key.removesuffix(_UNDER)) for form in made.forms}
    pages, at = [], []
    for sheet, (i, side) in product(sheets, enumerate(made.sides)):
        numbers = Form(f"{_NUMBERS} {sheet} {i}", side.page.media, (Group(Layer.ARTWORK, _numbers(book, side, sheet)),))
        forms[numbers.key] = numbers
        pages.append(_page(book, side, sheet, numbers.key, imprint))
        at.append((sheet - first) * book.sides + i)
    document = Document(made.title, made.date, tuple(pages), tuple(forms.values()), made.subject)
    each = tuple(sheet for sheet in sheets for _ in made.sides)
    return Sample(Drawn(name, SHEET, document, standard), each, tuple(at))


def _page(book: Book, side: Side, sheet: int, numbers: str, imprint: bool) -> Page:
    """A side as it is painted: the faces' lower halves, numbers, what lies over them; marks, and the sheet's line."""
    page, own = side.page, Placement(numbers, Affine())
    line = () if side.sheet_line is None else (Group(Layer.LEGEND, _line(book, side.sheet_line, sheet)),)
    if imprint:
        marks = tuple(group for group in page.groups if group.layer is Layer.MARKS)
        return page._replace(placements=(own,), groups=(*marks, *line))
    under = tuple(place._replace(form=place.form.removesuffix(_UNDER)) for place in page.placements)
    groups = (*page.groups, *side.over_groups, *line)
    return page._replace(placements=(*under, own, *side.over), groups=groups)


def _numbers(book: Book, side: Side, sheet: int) -> tuple[Fill, ...]:
    there = [(spot, tag) for spot in side.spots if (tag := book.tag(spot.station, sheet)) is not None]
    return tuple(Fill(_drawn(spot, tag).transformed(spot.at), spot.slot.ink) for spot, tag in there)


def _drawn(spot: Spot, tag: Tag) -> Path:
    """A number in font units or in modules."""
    before, _, after = spot.slot.text.partition(_SERIAL)
    if not spot.slot.font:
        return _modules(before, tag, after, spot.slot.level)
    said, wide = tag.form.printed(tag.number), tag.form.printed(specimen(tag.form))
    # A digit is as wide as any other, the check character has the room of the widest.
    room = ["0" if c.isdigit() else c for c in said[:-1]] + [wide[-1]]
    return _set(spot.slot.font, zip([*before, *said, *after], [*before, *room, *after], strict=True))


def _set(font: str, characters: Iterable[tuple[str, str]]) -> Path:
    """Characters one after another in font units, each in the room of another."""
    loaded, ahead, parts = typeset.load(font), 0.0, list[Path]()
    for character, room in characters:
        run = loaded.shape(character)
        parts += [loaded.outline(glyph).moved(ahead + x, y) for glyph, x, y in run.glyphs]
        ahead += loaded.shape(room).advance
    return Path("".join(p.ops for p in parts), tuple(v for p in parts for v in p.coords))


def _modules(before: str, tag: Tag, after: str, level: str) -> Path:
    """A code, a module a unit; parted into segments as the whole family of its kind is."""
    sample = f"{before}{tag.form.text(specimen(tag.form))}{after}"
    said, made = f"{before}{tag.form.text(tag.number)}{after}", size(sample, level)
    if made is None:
        raise ValueError(say("no symbol holds {payload}", payload=said))
    split = len(segments(sample)[0].decode())
    rows = modules_of(said[:split].encode(), said[split:], made)
    return contour.outline(Matrix(said, made, rows), 0, 0, 1)


def _line(book: Book, place: Words, sheet: int) -> tuple[Fill, ...]:
    """The sheet's own line of the slug, from where its specimen begins, in the same quarter turn."""
    tags = [tag for i in range(len(book.turned)) if (tag := book.tag(i, sheet)) is not None]
    ends = [tag.form.printed(tag.number) for tag in (tags[0], tags[-1])] if tags else ["–", "–"]
    said, first, last = line_text(sheet, book.run, *ends), place.glyphs[0], place.glyphs[-1]
    dx, dy = last.x - first.x, last.y - first.y
    along = ((dx > 0) - (dx < 0), 0) if abs(dx) >= abs(dy) else (0, (dy > 0) - (dy < 0))
    cos, sin = (place.scale * part for part in along)
    at = Affine(cos, sin, sin, -cos, first.x, first.y)
    return (Fill(_set(SHEET_FONT, zip(said, said, strict=True)).transformed(at), place.ink),)
