"""The production ticket: all that the factory needs to know of a job, on paper that travels with it.

Material, inks, plates with their pictures, quantities, how to turn the sheet, files with their hashes, and who did
what. Facts come in as `TicketFacts`; nothing is planned or counted here that the sheets do not say themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK
from keytag.base.words import Message, joined, say
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import SIDES, section, titled
from keytag.documents.facts import Delivery, PlateFile, TicketFacts
from keytag.documents.findings import findings_table
from keytag.documents.ink_table import ink_table
from keytag.documents.plates import Designs, plate_story
from keytag.documents.style import FINE, MEASURE, RULE
from keytag.documents.turning import sheet_table
from keytag.documents.words import capital
from keytag.sheet.layout import Sheet
from keytag.sheet.marks import DESIGNS
from keytag.tag.artwork import Artwork
from keytag.tag.template import Relief, Template

_TITLE = say("Production ticket")
_COLUMNS = 12  # units from which on quantities stand in two columns
_WIDEST = 100_000  # tags whose figures find room in two columns
_BETWEEN, _FIGURE, _SHARE = 6.0, 12.6, 9.4  # mm: between the columns, of a figure, of a share
_MADE = (  # what of a job is made before its ticket
    say("press sheet"),
    say("cutting forme"),
    say("one-up masters"),
    say("die-lines, DXF"),
    say("die-lines, SVG"),
    say("view copy, not for press"),
    say("serials"),
)
_FILES: dict[str, Message] = {str(what): what for what in _MADE}
_Row: TypeAlias = tuple[Message, tuple[str, str]]  # what it is; its value, and that in the second language
_STEPS = (say("prepress"), say("press"), say("cutting"), say("packing"))
_ROWS = 200  # of a table that is made at a time
_FIELDS = (say("name"), say("date"), say("signature"))


def ticket(facts: TicketFacts, artworks: Sequence[Artwork]) -> bytes:
    """The ticket as PDF/X-4; `artworks` are those that the plates place, by the keys of `facts.deliveries`."""
    book = Book(facts.head, _TITLE)
    designs = Designs.of(facts.deliveries, artworks)
    return book.made(_story(book, facts, artworks, designs))


def _story(book: Book, facts: TicketFacts, artworks: Sequence[Artwork], designs: Designs) -> Iterator[Any]:
    """What stands on its pages, made when its page comes: a nation's plates and rows would fill the memory."""
    sheets = [plate.sheet for plate in facts.plates]
    yield from titled(book, _TITLE)
    yield from (book.space(4), book.text(facts.head.job, "title"), book.space(3))
    yield from (_two_columns(book, _order(book, facts)), book.space(4), section(book, say("quantities")))
    yield from _quantities(book, facts)
    tag = [section(book, say("tag design")), _two_columns(book, _tag(book, facts.template))]
    yield from (book.space(5), book.together(tag), book.space(5))
    yield from (book.room(45), section(book, say("inks")), book.space(1), ink_table(book, artworks, facts.template))
    if sheets:
        yield from (book.space(6), section(book, say("sheet and turning")), sheet_table(book, sheets[0].layout))
        yield from (book.space(6), section(book, say("plate sets")), _plates(book, facts.plates), book.new_page())
        yield from plate_story(book, facts.plates, designs)
    yield from (book.space(6), book.room(40), section(book, say("cutting, sorting, packing")))
    moulded = facts.template.substrate.process == "moulded"
    yield _packing(book, numbered=_numbered(sheets) and not moulded, moulded=moulded)
    if facts.findings:
        yield from (book.space(7), book.room(30), section(book, say("findings of the checks")))
        for i in range(0, len(facts.findings), _ROWS):
            yield findings_table(book, facts.findings[i : i + _ROWS])
    if facts.files:
        yield from (book.space(7), book.room(40), section(book, say("files")), _files(book, facts))
    yield from (book.space(8), book.at_foot(_sign_off(book)))


def _order(book: Book, facts: TicketFacts) -> list[_Row]:
    """Whose order it is, and when it is due."""
    head, tongue = facts.head, book.tongue
    tags = sum(d.ordered for d in facts.deliveries)
    ordered = say("{tags:,} tags, {designs:,} designs", tags=tags, designs=len(facts.deliveries))
    return [
        (say("customer"), (head.customer, "")),
        (say("edition"), (head.edition, "")),
        (say("date"), (head.day, "")),
        (say("order"), (facts.order, "")),
        (say("contact"), (facts.contact, "")),
        (say("delivery"), (_day(facts.delivery), "")),
        (say("quantity ordered"), (tongue.said(ordered), "")),
        (say("standard"), (facts.standard, "")),
    ]


def _tag(book: Book, template: Template) -> list[_Row]:
    """What the tags are made of, and how."""
    substrate, outline, tongue = template.substrate, template.outline, book.tongue
    size = say(
        "{width:g} × {height:g} mm, bleed {bleed:g} mm",
        width=outline.width,
        height=outline.height,
        bleed=template.bleed,
    )
    return [
        (say("tag design"), tongue.chosen(*template.title)),
        (say("size"), tongue.both(size)),
        (say("material"), tongue.chosen(*substrate.material)),
        (say("thickness"), (tongue.said(say("{mm:g} mm", mm=substrate.thickness)), "")),
        (say("finishing"), tongue.chosen(*substrate.finishing)),
        *_holes(book, template),
        *((what, tongue.both(value)) for what, value in _moulded(template)),
    ]


def _two_columns(book: Book, rows: Sequence[_Row]) -> Any:
    """What there is to say, half of it in each column."""
    told = [(what, value, gloss) for what, (value, gloss) in rows if value]
    half, middle = (MEASURE - 8) / 2, -(-len(told) // 2)

    def column(some: Sequence[tuple[Message, str, str]]) -> Any:
        cells = []
        for what, value, gloss in some:
            said = [book.text(value, "strong"), *([book.text(gloss, "small")] if gloss else [])]
            cells.append([book.both(what, below=True), said])
        return book.table(cells, [26, half - 26], pad=0.9, align="TOP") if cells else ""

    return book.table(
        [[column(told[:middle]), column(told[middle:])]],
        [half + 8, half],
        lines=False,
        pad=0,
        align="TOP",
        gutter=8,
    )


def _holes(book: Book, template: Template) -> Iterator[_Row]:
    """Where holes and folds are, seen from the front."""
    holes = ([template.hole] if template.hole else []) + list(template.more_holes)
    for number, hole in enumerate(holes, 1):
        place = say(
            "Ø {diameter:g} mm, centre {x:g} mm from the left, {y:g} mm from the top (front)",
            diameter=hole.diameter,
            x=hole.centre.x,
            y=hole.centre.y,
        )
        yield say("ring hole") if len(holes) == 1 else say("hole {number}", number=number), book.tongue.both(place)
    for one, other in template.folds:
        line = say(
            "({x0:g}; {y0:g}) – ({x1:g}; {y1:g}) mm from the top left (front)",
            x0=one.x,
            y0=one.y,
            x1=other.x,
            y1=other.y,
        )
        yield say("fold"), book.tongue.both(line)


def _moulded(template: Template) -> Iterator[tuple[Message, Message]]:
    """What the maker of a mould asks: the plastic's colour, what is raised and how high, edge, walls."""
    substrate = template.substrate
    if substrate.pantone:
        values = " ".join(f"{n} {round(100 * v):d}" for n, v in zip("CMYK", substrate.ink.cmyk, strict=True))
        proposed = say(
            "dyed through; Pantone {pantone} is proposed, confirm it against a swatch book; the proof's colour: {cmyk}",
            pantone=substrate.pantone,
            cmyk=values,
        )
        yield say("plastic"), proposed
    raised = [(side, e) for side in ("front", "back") for e in getattr(template, side) if isinstance(e, Relief)]
    for side, relief in raised:
        face, wide, high = SIDES[side], relief.width, relief.height
        if relief.kind == "rim":
            yield say("relief"), say("rim, {side}: {wide:g} mm, {high:g} mm high", side=face, wide=wide, high=high)
        else:
            raised_pip = say("touch pip, {side}: Ø {wide:g} mm, {high:g} mm high", side=face, wide=wide, high=high)
            yield say("relief"), raised_pip
    told = [say("edge radius {mm:g} mm", mm=substrate.edge_radius)] if substrate.edge_radius else []
    told += [say("least wall {mm:g} mm", mm=substrate.least_wall)] if substrate.least_wall else []
    if told:
        yield say("mould"), joined(", ", told)


def _plates(book: Book, plates: Sequence[PlateFile]) -> Any:
    titles = (say("file"), say("designs"), say("stations"), say("sheets"), say("tags"))
    rows: list[list[Any]] = [[book.both(say("set"), "caption"), *(_heads(book, titles))]]
    for plate in plates:
        sheet = plate.sheet
        each = sum(tags for _, tags in sheet.slots)
        rows.append(
            [
                book.text(f"{sheet.number} / {sheet.of}", "strong"),
                book.text(plate.file),
                *(
                    book.text(value, "figure", "right")
                    for value in (
                        book.tongue.counted(len(sheet.slots)),
                        f"{book.tongue.counted(each)} / {book.tongue.counted(len(sheet.layout.stations))}",
                        book.tongue.counted(sheet.run),
                        book.tongue.counted(each * sheet.run),
                    )
                ),
            ]
        )
    runs = sum(plate.sheet.run for plate in plates)
    tags = sum(n * plate.sheet.run for plate in plates for _, n in plate.sheet.slots)
    sums = [book.text(book.tongue.counted(v), "figure", "right") for v in (runs, tags)]
    rows.append([book.both(say("total"), "strong"), "", "", "", *sums])
    return book.table(rows, [20, 58, 24, 28, 24, 26], head=1, pad=0.8, more=[("SPAN", (0, -1), (1, -1))])


def _heads(book: Book, titles: Sequence[str]) -> list[Any]:
    """Column heads: the first ranged left, numbers right."""
    return [book.runs(book.glossed(title, "caption"), "right" if i else "left") for i, title in enumerate(titles)]


def _quantities(book: Book, facts: TicketFacts) -> Iterator[Any]:
    """Each unit on a line, in two columns where they are many: ordered, wanted with spoilage, printed, overs."""
    deliveries = facts.deliveries
    ordered, printed, due = (sum(getattr(d, key) for d in deliveries) for key in ("ordered", "printed", "due"))
    total = Delivery("", "", ordered, printed, wanted=due)
    titles = (say("ordered"), say("wanted"), say("printed"), say("overs"), "%")
    half = (MEASURE - _BETWEEN) / 2
    widths = [7.6, half - 7.6 - 4 * _FIGURE - _SHARE, *([_FIGURE] * 4), _SHARE]
    narrow = len(deliveries) >= _COLUMNS and max(total.printed, total.due) < _WIDEST
    many = -(-(len(deliveries) + 1) // 2) if narrow else len(deliveries) + 1
    lines = [*enumerate(deliveries, 1), (0, total)]
    head = ["", book.both(say("unit"), "caption"), *_heads(book, ("", *titles))[1:]]

    def column(part: Sequence[tuple[int, Delivery]]) -> list[list[Any]]:
        return [head, *(_quantity(book, number, delivery, facts.limit) for number, delivery in part)]

    if many == len(lines):
        widths = [9, MEASURE - 9 - 4 * 26 - 20, *([26] * 4), 20]
        for i in range(0, len(lines), _ROWS):
            yield book.table(column(lines[i : i + _ROWS]), widths, head=1, pad=0.75)
    else:
        pair = [book.table(column(lines[i : i + many]), widths, head=1, pad=0.6) for i in range(0, len(lines), many)]
        yield book.table([pair], [half + _BETWEEN, half], lines=False, pad=0, align="TOP", gutter=_BETWEEN)
    said = [say("Overs count from what is wanted (order and spoilage).")]
    if any(_odd(delivery, facts.limit) for delivery in (*deliveries, total)):
        if facts.limit is None:
            said.append(say("Red: short."))
        else:
            limit = 100 * facts.limit
            said.append(say("Red: short, or over the customer's limit of {percent:g} %.", percent=limit))
    yield from (book.space(1.0), book.both(joined(" ", said), "caption"))


def _odd(delivery: Delivery, limit: float | None) -> bool:
    """Whether a unit gets too few, or more than the customer's own limit allows."""
    return delivery.overs < 0 or (limit is not None and delivery.share > limit + 1e-9)


def _quantity(book: Book, number: int, delivery: Delivery, limit: float | None) -> list[Any]:
    style = "alarm" if _odd(delivery, limit) else "figure"
    if number:
        below = [("\n", "small"), (delivery.code, "small")] if delivery.code else []
        name = book.runs([(capital(delivery.title), "strong"), *below])
    else:
        name = book.both(say("total"), "strong")
    plain = (delivery.ordered, delivery.due, delivery.printed)
    figures = (*((value, "figure") for value in plain), (delivery.overs, style))
    return [
        book.text(str(number)) if number else "",
        name,
        *(book.text(book.tongue.counted(value), look, "right") for value, look in figures),
        book.text(book.tongue.number(f"{100 * delivery.share:.1f}"), style, "right"),
    ]


def _numbered(sheets: Sequence[Sheet]) -> bool:
    """Whether designs are numbered beside their stations."""
    return any(len(sheet.slots) > 1 and DESIGNS in sheet.layout.scheme.marks for sheet in sheets)


def _packing(book: Book, *, numbered: bool, moulded: bool) -> Any:
    """How piles stay whole, and what becomes of overs."""
    beside = say(
        "The number in the gap beside a tag, on the front of the sheet, is its design's: "
        "what comes loose is sorted by it before the waste is taken away."
    )
    first = say("Cut by columns first, each column one pile, then across: copies of a design stand together.")
    if moulded:
        first = say(
            "Take the tags out of the jig place by place, as the map shows: each design into a tray of its own."
        )
    rows = (
        first,
        say("Never mix piles of two designs; numbers on the map are those of the quantities and of the box labels."),
        *([beside] if numbered else []),
        say("Overs: packed apart by unit and delivered, too; spoiled tags are destroyed, since they carry numbers."),
    )
    return book.table([[book.both(words, below=True)] for words in rows], [MEASURE], pad=0.8)


def _day(date: str) -> str:
    """A date as it is written in Vietnam; as typed where it is none."""
    parts = date.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else date


def _files(book: Book, facts: TicketFacts) -> Any:
    titles = (say("file"), say("what"), say("SHA-256, first 16 digits"))
    rows: list[list[Any]] = [[book.both(title, "caption") for title in titles]]
    for file in facts.files:
        rows.append(
            [
                book.text(file.name, "strong"),
                book.both(_FILES.get(file.what, file.what)),
                book.text(file.sha256[:16], "figure"),
            ]
        )
    return book.table(rows, [62, MEASURE - 116, 54], head=1, pad=0.75)


def _sign_off(book: Book) -> Any:
    """Four steps of the work, each with who did it, when, and a signature."""
    height, gap, pitch = 32.0, 4.0, 8.0
    width = (MEASURE - gap * (len(_STEPS) - 1)) / len(_STEPS)

    def paint(pen: Pen) -> None:
        for i, step in enumerate(_STEPS):
            x = i * (width + gap)
            pen.box(Rect(x, 0.2, width, height - 0.4), line=RULE)
            pen.rule(x, 0.2, x + width, 0.2, FINE * 2, BLACK)
            for j, words in enumerate((step, *_FIELDS)):
                y, style = (5.2, "strong") if j == 0 else (5.2 + j * pitch, "caption")
                pen.both(x + 2, y, words, style)
                if j:
                    pen.rule(x + 2, y + 1, x + width - 2, y + 1)

    return book.box(MEASURE, height, paint)
