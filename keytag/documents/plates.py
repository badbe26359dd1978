"""Pictures of plate sets: the front forme in miniature from the press drawings, and a map of which design stands where.

The numbers of the map are those of the quantities' table. Only shows what a `Sheet` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from keytag.base.geometry import Affine, Rect
from keytag.base.ink import Cmyk, Ink
from keytag.base.records import NamedTuple
from keytag.base.units import pt
from keytag.base.words import Message, say
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import section
from keytag.documents.facts import Delivery, PlateFile
from keytag.documents.style import FINE, GREY, HAIRLINE, MEASURE, PALE, RULE
from keytag.documents.typesetting import width_of
from keytag.documents.words import capital
from keytag.sheet.layout import Sheet
from keytag.tag.artwork import Artwork, Face
from keytag.vietnam import kinds

# Light enough to read black on, and neighbours in the list far apart in hue.
_TINTS = tuple(
    Ink(f"Tint {i}", Cmyk(*tint))
    for i, tint in enumerate(
        (
            (0.30, 0.00, 0.05, 0),
            (0.00, 0.25, 0.30, 0),
            (0.25, 0.00, 0.40, 0),
            (0.00, 0.28, 0.00, 0),
            (0.00, 0.06, 0.45, 0),
            (0.28, 0.22, 0.00, 0),
            (0.00, 0.00, 0.00, 0.18),
            (0.40, 0.00, 0.22, 0),
            (0.05, 0.16, 0.16, 0.05),
            (0.14, 0.00, 0.14, 0),
            (0.14, 0.26, 0.00, 0),
        )
    )
)
_APART = 0.8  # between number and name, mm
_SMALLEST = 1.7  # height of a cell in mm that still holds a number
_GUTTER = 8.0
_HALF = (MEASURE - _GUTTER) / 2


class Designs(NamedTuple):
    """The designs of a job: their numbers and titles by artwork key, and their faces by form key."""

    numbers: dict[str, int]
    titles: dict[str, str]
    keys: tuple[str, ...]
    faces: dict[str, tuple[Artwork, Face]]

    @classmethod
    def of(cls, deliveries: Sequence[Delivery], artworks: Sequence[Artwork]) -> Designs:
        """Numbers as in `deliveries`; a design that is not delivered comes after them."""
        keys = dict.fromkeys((*(d.key for d in deliveries), *(a.key for a in artworks)))
        titles = {a.key: a.title for a in artworks} | {d.key: d.title for d in deliveries}
        faces = {face.form.key: (artwork, face) for artwork in artworks for face in artwork.faces}
        return cls({key: i for i, key in enumerate(keys, 1)}, titles, tuple(a.key for a in artworks), faces)


def plate_story(book: Book, plates: Sequence[PlateFile], designs: Designs) -> Iterator[Any]:
    """All plate sets: one large, or as many to a page as leave the numbers of the map legible."""
    for plate in plates:
        sheet = plate.sheet
        media = sheet.layout.scheme.media
        wide = len(plates) == 1
        width, height = (_HALF, 125.0) if wide else (60.0, {2: 95.0, 3: 66.0}.get(len(plates), 47.0))
        scale = min(width / media.width, height / media.height)
        picture, plan = _miniature(book, sheet, designs, scale), _map(book, sheet, designs, scale)
        if wide:
            columns = [_HALF + _GUTTER, _HALF]
            pictures = book.table([[picture, plan]], columns, lines=False, pad=0, align="TOP", gutter=_GUTTER)
            block = [pictures, book.space(2), _slots(book, sheet, designs, 3, MEASURE)]
        else:
            column = media.width * scale + 6
            rest = MEASURE - 2 * column
            fit = int((media.height * scale + 4) / 4.0)  # rows of names beside the pictures
            across = max(1, min(int(rest / 40), -(-len(sheet.slots) // fit)))
            row = [picture, plan, _slots(book, sheet, designs, across, rest)]
            block = [book.table([row], [column, column, rest], lines=False, pad=0, align="TOP", gutter=0)]
        yield book.together([_heading(book, plate), book.space(1.5), *block, book.space(6)])


def _heading(book: Book, plate: PlateFile) -> Any:
    sheet = plate.sheet
    sheets = [(f" {gloss}", "small")] if (gloss := book.tongue.gloss(say("sheets"))) else []
    run = say("{file},  {count:,} sheets", file=plate.file, count=sheet.run)
    return book.table(
        [
            [
                section(book, say("plate set {number} of {of}", number=sheet.number, of=sheet.of)),
                book.runs([(book.tongue.said(run), "strong"), *sheets], "right"),
            ]
        ],
        [MEASURE / 2, MEASURE / 2],
        lines=False,
        pad=0,
    )


def _frame(pen: Pen, sheet: Sheet, scale: float) -> None:
    """The paper and its gripper."""
    scheme = sheet.layout.scheme
    for zone in scheme.gripper_zones("front")[:1]:
        pen.box(Rect(*(v * scale for v in zone)), PALE, None)
    pen.box(Rect(0, 0, scheme.sheet.width * scale, scheme.sheet.height * scale), None, GREY, HAIRLINE)


def _caption(pen: Pen, sheet: Sheet, scale: float, words: Message) -> None:
    media = sheet.layout.scheme.sheet
    said, gloss = capital(pen.tongue.said(words)), pen.tongue.gloss(words)
    y, after = media.height * scale + 3.4, width_of(said, "caption") + 1.5
    pen.text(0, y, said, "caption")
    if gloss and after + width_of(gloss, "small") <= media.width * scale + 4:
        pen.text(after, y, gloss, "small")


def _miniature(book: Book, sheet: Sheet, designs: Designs, scale: float) -> Any:
    """The front forme, scaled down."""
    media = sheet.layout.scheme.media
    shrink = Affine(scale, 0, 0, scale, 0, 0)

    def paint(pen: Pen) -> None:
        _frame(pen, sheet, scale)
        for form, at, _ in sheet.front.placements:
            artwork, face = designs.faces[form]
            pen.picture(artwork, face, at.then(shrink))
        _caption(pen, sheet, scale, say("front; grey: gripper"))

    return book.box(media.width * scale, media.height * scale + 4.4, paint)


def _map(book: Book, sheet: Sheet, designs: Designs, scale: float) -> Any:
    """The stations as cells with the number of their design, and all names where there is room for them."""
    media, layout = sheet.layout.scheme.media, sheet.layout
    box = Rect(0, 0, layout.box.width * scale, layout.box.height * scale)
    names = _names(box, [key for key, _ in sheet.slots], designs)

    def paint(pen: Pen) -> None:
        _frame(pen, sheet, scale)
        for station, design in zip(layout.stations, sheet.assignment, strict=True):
            cell = Rect(*(v * scale for v in layout.trim(station)))
            if design is None:
                pen.box(cell, None, RULE, FINE / 2)
                continue
            key = designs.keys[design]
            pen.box(cell, _tint(designs.numbers[key]), None)
            _cell(pen, cell, str(designs.numbers[key]), names.get(key, ""))
        _caption(pen, sheet, scale, say("designs by number"))

    return book.box(media.width * scale, media.height * scale + 4.4, paint)


def _tint(number: int) -> Ink:
    return _TINTS[(number - 1) % len(_TINTS)]


def _names(cell: Rect, keys: Sequence[str], designs: Designs) -> dict[str, str]:
    """What the cells of a map say besides the number: all titles, or all without their kinds, or nothing."""
    if cell.height < pt(7):
        return {}
    for way in (capital, _bare):
        names = {key: way(designs.titles[key]) for key in keys}
        widths = (width_of(str(designs.numbers[k]), "mark") + _APART + width_of(n, "tiny") for k, n in names.items())
        if max(widths, default=0.0) + 0.6 <= cell.width:
            return names
    return {}


def _cell(pen: Pen, cell: Rect, number: str, name: str) -> None:
    """A cell's words; none where even the number is too large for it."""
    middle = cell.centre
    style = "mark" if cell.height >= pt(7) else "tiny"
    baseline = middle.y + pt(4.5 if style == "mark" else 3.6) / 2
    wide = width_of(number, style)
    if cell.height < _SMALLEST or wide > cell.width:
        return
    if not name:
        pen.text(middle.x, baseline, number, style, "centre")
        return
    x = middle.x - (wide + _APART + width_of(name, "tiny")) / 2
    pen.text(x, baseline, number, style)
    pen.text(x + wide + _APART, baseline, name, "tiny")


def _bare(title: str) -> str:
    """A unit's name without its kind."""
    longest = sorted((*kinds.SHORT, "xã"), key=len, reverse=True)
    found = next((kind for kind in longest if title.casefold().startswith(kind + " ")), "")
    return title[len(found) :].strip()


def _slots(book: Book, sheet: Sheet, designs: Designs, columns: int, width: float) -> Any:
    """What stands on the sheet: number and name of each design, tags on a sheet."""
    each = (width - 6 * (columns - 1)) / columns
    per = -(-len(sheet.slots) // columns)

    def entry(key: str, tags: int) -> list[Any]:
        known = key in designs.numbers
        return [
            _key(book, designs.numbers[key]) if known else "",
            book.text(capital(designs.titles.get(key, key)), "caption"),
            book.text(f"× {book.tongue.counted(tags)}", "caption", "right"),
        ]

    parts = []
    for i in range(0, len(sheet.slots), per or 1):
        rows = [entry(*slot) for slot in sheet.slots[i : i + per]]
        parts.append(book.table(rows, [9, each - 21, 12], pad=0.35, gutter=1.5))
    row = [*parts, *[""] * (columns - len(parts))]
    lists = book.table([row], [each + 6] * (columns - 1) + [each], lines=False, pad=0, align="TOP", gutter=6)
    return book.table([[[book.both(say("tags a sheet"), "caption"), lists]]], [width], lines=False, pad=0)


def _key(book: Book, number: int) -> Any:
    """The design's number on its tint, as in the map."""

    def paint(pen: Pen) -> None:
        pen.box(Rect(0, 0, 6, 3), _tint(number), None)
        pen.text(3, 2.3, str(number), "mark", "centre")

    return book.box(6, 3, paint)
