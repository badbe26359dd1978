"""The production ticket: all that the factory needs to know of a job, on paper that travels with it.

Material, inks, plates with their pictures, quantities, how to turn the sheet, files with their hashes, and who did
what. Facts come in as `TicketFacts`; nothing is planned or counted here that the sheets do not say themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.drawing import Layer, Picture
from keytag.base.geometry import Rect
from keytag.base.ink import BLACK, Ink
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import section, swatch
from keytag.documents.facts import Delivery, PlateFile, TicketFacts
from keytag.documents.findings import findings_table
from keytag.documents.plates import Designs, plate_story
from keytag.documents.style import FINE, MEASURE, RULE
from keytag.documents.typesetting import width_of
from keytag.documents.words import capital, comma, count
from keytag.sheet.layout import Sheet
from keytag.sheet.marks.slug import turning, turning_vi
from keytag.sheet.scheme import SHEETWISE, SINGLE_SIDED, WORK_AND_TUMBLE, WORK_AND_TURN
from keytag.tag.artwork import Artwork
from keytag.tag.template import Relief, Template

_TITLE = ("Phiếu sản xuất", "Production ticket")
_MANY_OVERS = 0.10  # more copies than that beyond the order are worth a second look
_WORK = {
    SHEETWISE: "AB: hai mặt hai bộ bản",
    WORK_AND_TURN: "trở nó: hai mặt chung một bộ bản",
    WORK_AND_TUMBLE: "trở nhíp: hai mặt chung một bộ bản",
    SINGLE_SIDED: "in một mặt: một bộ bản",
}
_EDGES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_COLOURS = {"red": "đỏ", "gold": "vàng kim", "yellow": "vàng", "black": "đen", "white": "trắng", "blue": "xanh"}
_FILES = {
    "press sheet": "bài in",
    "cutting forme": "khuôn bế",
    "one-up masters": "bản gốc từng mẫu",
    "proof book": "bản duyệt in",
    "packing list": "nhãn thùng",
    "production ticket": "phiếu sản xuất",
    "manifest": "bảng kê",
}
_TECHNICAL = {
    Layer.WHITE: ("lót trắng", "white underbase"),
    Layer.CUT: ("đường bế, không in", "cut line, never printed"),
    Layer.HOLE: ("lỗ khoen, không in", "ring hole, never printed"),
    Layer.FOLD: ("đường gấp, không in", "fold line, never printed"),
}
_STEPS = (("Chế bản", "prepress"), ("In", "press"), ("Cắt bế", "cutting"), ("Đóng gói", "packing"))
_FIELDS = (("Họ tên", "name"), ("Ngày", "date"), ("Ký", "signature"))


def ticket(facts: TicketFacts, artworks: Sequence[Artwork]) -> bytes:
    """The ticket as PDF/X-4; `artworks` are those that the plates place, by the keys of `facts.deliveries`."""
    book = Book(facts.head, _TITLE)
    designs = Designs.of(facts.deliveries, artworks)
    sheets = [plate.sheet for plate in facts.plates]
    story = [
        book.text("Phiếu sản xuất", "display"),
        book.text("Production ticket", "small"),
        book.space(4),
        book.text(facts.head.job, "title"),
        book.space(3),
        _job(book, facts),
        book.space(6),
        section(book, "Màu in", "inks"),
        book.space(1),
        _inks(book, artworks, facts.template),
    ]
    if sheets:
        story += [book.space(6), section(book, "Tờ in và cách trở", "sheet and turning"), _sheet(book, sheets)]
        story += [book.space(6), section(book, "Các bộ bản", "plate sets"), _plates(book, facts.plates)]
    if sheets:
        story += [book.new_page(), *plate_story(book, facts.plates, designs)]
    # Whole on a new page rather than torn, unless it is longer than a page.
    rows = 5.7 * (len(facts.deliveries) + 3)
    story += [
        book.room(rows if rows < 200 else 50),
        section(book, "Số lượng", "quantities"),
        *_quantities(book, facts.deliveries),
    ]
    if facts.findings:
        story += [book.space(7), book.room(30), section(book, "Phát hiện khi kiểm tra", "findings")]
        story.append(findings_table(book, facts.findings))
    if facts.files:
        story += [book.space(7), book.room(40), section(book, "Danh sách tệp", "files"), _files(book, facts)]
    story += [book.space(8), book.at_foot(_sign_off(book))]
    return book.made(story, "production ticket")


def _job(book: Book, facts: TicketFacts) -> Any:
    template, head, substrate = facts.template, facts.head, facts.template.substrate
    outline = template.outline
    size = f"{outline.width:g} × {outline.height:g} mm, tràn lề {template.bleed:g} mm"
    tags = sum(d.ordered for d in facts.deliveries)
    left = [
        ("Khách hàng", "customer", head.customer, ""),
        ("Đợt phát hành", "edition", head.edition, ""),
        ("Ngày", "date", head.day, ""),
        ("Số đơn hàng", "order", facts.order, ""),
        ("Số lượng đặt", "ordered", f"{count(tags)} thẻ, {count(len(facts.deliveries))} mẫu", ""),
        ("Tiêu chuẩn", "standard", facts.standard, ""),
    ]
    right = [
        ("Mẫu thẻ", "tag", template.title[1], template.title[0]),
        ("Kích thước", "size", comma(size), f"bleed {template.bleed:g} mm"),
        ("Vật liệu", "material", substrate.material[1], substrate.material[0]),
        ("Độ dày", "thickness", comma(f"{substrate.thickness:g} mm"), ""),
        ("Gia công", "finishing", substrate.finishing[1], substrate.finishing[0]),
    ]
    holes = ([template.hole] if template.hole else []) + list(template.more_holes)
    for number, hole in enumerate(holes, 1):
        which = f" {number}" if len(holes) > 1 else ""
        place = f"tâm cách mép trái {hole.centre.x:g} mm, mép trên {hole.centre.y:g} mm (mặt trước)"
        english = f"centre {hole.centre.x:g} mm from the left, {hole.centre.y:g} mm from the top, seen from the front"
        name = ("Lỗ khoen", "ring hole") if len(holes) == 1 else (f"Lỗ{which}", f"hole{which}")
        right.append((*name, comma(f"Ø {hole.diameter:g} mm, {place}"), english))
    for one, other in template.folds:
        place = f"({one.x:g}, {one.y:g}) – ({other.x:g}, {other.y:g}) mm"
        right.append(("Đường gấp", "fold", comma(place), "from – to (x, y) from the top left, seen from the front"))

    right += _moulded(template)

    def column(rows: Sequence[tuple[str, str, str, str]], label: float, width: float) -> Any:
        cells = []
        for vi, en, value, english in rows:
            if value:
                said = [book.text(value, "strong"), *([book.text(english, "small")] if english else [])]
                cells.append([book.both(vi, en, below=True), said])
        return book.table(cells, [label, width - label], pad=0.9, align="TOP")

    half = (MEASURE - 8) / 2
    return book.table(
        [[column(left, 26, half), column(right, 24, half)]],
        [half + 8, half],
        lines=False,
        pad=0,
        align="TOP",
        gutter=8,
    )


def _moulded(template: Template) -> list[tuple[str, str, str, str]]:
    """What the maker of a mould asks: the plastic's colour, what is raised and how high, edge, walls."""
    substrate, rows = template.substrate, list[tuple[str, str, str, str]]()
    if substrate.pantone:
        near = f"gần Pantone {substrate.pantone}"
        rows.append(("Màu nhựa", "plastic", near, f"dyed through, near Pantone {substrate.pantone}"))
    raised = [(side, e) for side in ("front", "back") for e in getattr(template, side) if isinstance(e, Relief)]
    for side, relief in raised:
        rim = relief.kind == "rim"
        what, what_vi = ("rim", "viền nổi") if rim else ("touch pip", "chấm nổi")
        face = "mặt trước" if side == "front" else "mặt sau"
        wide = f"{relief.width:g}" if rim else f"Ø {relief.width:g}"
        said = comma(f"{what_vi} {face}: {wide} mm, cao {relief.height:g} mm")
        rows.append(("Phần nổi", "relief", said, f"{what}, {side}: {wide} mm, {relief.height:g} mm high"))
    edges = [(substrate.edge_radius, "bo cạnh", "edge radius"), (substrate.least_wall, "thành nhỏ nhất", "least wall")]
    told = [(f"{vi} {value:g} mm", f"{en} {value:g} mm") for value, vi, en in edges if value]
    if told:
        rows.append(("Khuôn", "mould", comma(", ".join(vi for vi, _ in told)), ", ".join(en for _, en in told)))
    return rows


def _inks(book: Book, artworks: Sequence[Artwork], template: Template) -> Any:
    """Every ink that prints, in the order of the template's inks, and below them the plates of the technical layers."""
    used: dict[Ink, set[str]] = {}
    technical: dict[Layer, str] = {}
    for artwork in artworks:
        for side, (_, face) in zip(("trước", "sau"), artwork.sides, strict=False):
            for group in face.form.groups:
                for mark in group.marks:
                    if isinstance(mark, Picture):
                        continue
                    if group.layer is not Layer.ARTWORK:
                        technical.setdefault(group.layer, mark.ink.name)
                    elif mark.ink.cmyk.total > 0:
                        used.setdefault(mark.ink._replace(overprint=False, tint=1.0), set()).add(side)
    listed = [ink.name for _, ink in template.inks]
    places = {name: i for i, name in enumerate(listed)}
    inks = sorted(used.items(), key=lambda entry: places.get(entry[0].name, len(places)))
    order = {ink.name: i for i, (ink, _) in enumerate(inks, 1)} if all(ink.spot for ink, _ in inks) else {}
    said = dict(template.pantones)
    cells = [
        [swatch(book, ink, 16, 11), _ink_words(book, ink, sides, order.get(ink.name, 0), said.get(ink.name, ""))]
        for ink, sides in inks
    ]
    each = MEASURE / 3
    rows = [[part for cell in cells[i : i + 3] for part in cell] for i in range(0, len(cells), 3)]
    rows = [[*row, *[""] * (6 - len(row))] for row in rows]
    parts: list[Any] = []
    if rows:
        parts.append(book.table(rows, [20, each - 20] * 3, lines=False, pad=1.2, align="TOP"))
    words = [(name, *_TECHNICAL[layer]) for layer, name in technical.items() if layer in _TECHNICAL]
    if words:
        plates = [[book.text(name, "strong"), book.both(vi, en, "caption")] for name, vi, en in words]
        cells = [[book.both("Bản kỹ thuật", "technical plates", below=True), *plates]]
        rest = (MEASURE - 34) / len(words)
        parts += [book.space(1), book.table(cells, [34] + [rest] * len(words), pad=0.9, align="TOP")]
    if any(artwork.white for artwork in artworks):
        parts += [book.space(1), _overprint_preview(book)]
    return book.table([[parts or book.text("–")]], [MEASURE], lines=False, pad=0)


def _overprint_preview(book: Book) -> Any:
    """White is painted last and overprints: without the preview of it the files look blank."""
    vietnamese = (
        "Có bản trắng: mở tệp in phải bật xem in chồng, không thì thấy trống. Bản xem thử ở view/, không dùng để in."
    )
    english = "There is a White: look at press files with Overprint Preview on, else they look blank. "
    english += "The copies in view/ are to look at and not for press."
    return book.both(vietnamese, english, "alarm", below=True)


def _ink_words(book: Book, ink: Ink, sides: set[str], turn: int, pantone: str) -> list[Any]:
    values = "   ".join(f"{name} {round(100 * tone):d}" for name, tone in zip("CMYK", ink.cmyk, strict=True))
    both = len(sides) == 2
    where = book.both(
        "hai mặt" if both else f"mặt {min(sides)}",
        "both sides" if both else "front only" if "trước" in sides else "back only",
        "caption",
    )
    name = capital(_COLOURS.get(ink.name.casefold(), ink.name))
    if ink.spot:
        called = f"{turn}. {ink.name}" if turn else ink.name
        head = book.runs([(called, "strong"), (f"  màu pha, {name.lower()}", "body"), ("  spot", "small")])
        mixed = [book.text(f"Pantone {pantone}", "strong")] if pantone else []
        return [head, *mixed, book.text(f"gần đúng {values}", "caption"), where]
    return [book.both(name, ink.name, "strong"), book.text(values), where]


def _sheet(book: Book, sheets: Sequence[Sheet]) -> Any:
    layout = sheets[0].layout
    scheme = layout.scheme
    size = f"{scheme.sheet.width:g} × {scheme.sheet.height:g} mm"
    stations = f"{len(layout.stations)} con/tờ ({layout.columns} × {layout.rows})"
    gripper = (
        "không" if scheme.gripper.depth <= 0 else f"cạnh {_EDGES[scheme.gripper.edge]}, {scheme.gripper.depth:g} mm"
    )
    rows = [
        ("Khổ giấy", "sheet", f"{comma(size)}, {stations}", f"{scheme.title[0]}, {len(layout.stations)}-up"),
        ("Kiểu in", "work style", _WORK[scheme.work], scheme.work),
        ("Cách trở", "turning", turning_vi(scheme), turning(scheme)),
        ("Nhíp", "gripper", comma(gripper), f"{scheme.gripper.edge} {scheme.gripper.depth:g} mm"),
        ("Ghi chú", "notes", scheme.notes[1], scheme.notes[0]),
    ]
    cells = [
        [book.both(vi, en), book.runs([(value, "strong"), ("   ", "small"), (english, "small")])]
        for vi, en, value, english in rows
        if value
    ]
    return book.table(cells, [34, MEASURE - 34], pad=0.9, align="TOP")


def _plates(book: Book, plates: Sequence[PlateFile]) -> Any:
    titles = (("Tệp", "file"), ("Mẫu", "designs"), ("Con dùng", "stations"), ("Số tờ", "sheets"), ("Số thẻ", "tags"))
    rows: list[list[Any]] = [[book.both("Bộ", "set", "caption"), *(_heads(book, titles))]]
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
                        count(len(sheet.slots)),
                        f"{count(each)} / {count(len(sheet.layout.stations))}",
                        count(sheet.run),
                        count(each * sheet.run),
                    )
                ),
            ]
        )
    runs = sum(plate.sheet.run for plate in plates)
    tags = sum(n * plate.sheet.run for plate in plates for _, n in plate.sheet.slots)
    sums = [book.text(count(v), "figure", "right") for v in (runs, tags)]
    rows.append([book.both("Cộng", "total", "strong"), "", "", "", *sums])
    return book.table(rows, [20, 58, 24, 28, 24, 26], head=1, pad=0.8, more=[("SPAN", (0, -1), (1, -1))])


def _heads(book: Book, titles: Sequence[tuple[str, str]]) -> list[Any]:
    """Column heads: the first ranged left, numbers right."""
    return [
        book.runs([(vi, "caption"), ("  ", "small"), (en, "small")], "right" if i else "left")
        for i, (vi, en) in enumerate(titles)
    ]


def _quantities(book: Book, deliveries: Sequence[Delivery]) -> list[Any]:
    titles = (("Đơn vị", "unit"), ("Đặt", "ordered"), ("In", "printed"), ("Dư", "overs"), ("Dư", "overs %"))
    rows: list[list[Any]] = [["", *_heads(book, titles)]]
    total = Delivery("", "", sum(d.ordered for d in deliveries), sum(d.printed for d in deliveries))
    alarming = False
    for number, delivery in enumerate((*deliveries, total), 1):
        share = delivery.overs / delivery.ordered if delivery.ordered else 0.0
        odd = delivery.overs < 0 or share > _MANY_OVERS
        alarming, style = alarming or odd, "alarm" if odd else "figure"
        last = delivery is total
        rows.append(
            [
                "" if last else book.text(str(number)),
                book.both("Cộng", "total", "strong")
                if last
                else book.both(capital(delivery.title), delivery.code, "strong"),
                book.text(count(delivery.ordered), "figure", "right"),
                book.text(count(delivery.printed), "figure", "right"),
                book.text(count(delivery.overs), style, "right"),
                book.text(comma(f"{100 * share:.1f} %"), style, "right"),
            ]
        )
    table = book.table(rows, [9, MEASURE - 113, 26, 26, 26, 26], head=1, pad=0.75)
    if not alarming:
        return [table]
    note = book.both("Đỏ: thiếu, hoặc dư hơn 10 %.", "Red: short, or more than 10 % over.", "caption")
    return [table, book.space(1.5), note]


def _files(book: Book, facts: TicketFacts) -> Any:
    titles = (("Tệp", "file"), ("Nội dung", "what"), ("SHA-256", "first 16 digits"))
    rows: list[list[Any]] = [[book.both(vi, en, "caption") for vi, en in titles]]
    for file in facts.files:
        vietnamese = _FILES.get(file.what, "")
        what = book.both(capital(vietnamese), file.what) if vietnamese else book.text(file.what)
        rows.append([book.text(file.name, "strong"), what, book.text(file.sha256[:16], "figure")])
    return book.table(rows, [62, MEASURE - 116, 54], head=1, pad=0.75)


def _sign_off(book: Book) -> Any:
    """Four steps of the work, each with who did it, when, and a signature."""
    height, gap, pitch = 32.0, 4.0, 8.0
    width = (MEASURE - gap * (len(_STEPS) - 1)) / len(_STEPS)

    def paint(pen: Pen) -> None:
        for i, (vi, en) in enumerate(_STEPS):
            x = i * (width + gap)
            pen.box(Rect(x, 0.2, width, height - 0.4), line=RULE)
            pen.rule(x, 0.2, x + width, 0.2, FINE * 2, BLACK)
            for j, (name, english) in enumerate(((vi, en), *_FIELDS)):
                y, style = (5.2, "strong") if j == 0 else (5.2 + j * pitch, "caption")
                pen.text(x + 2, y, name, style)
                pen.text(x + 2 + width_of(name, style) + 1.2, y, english, "small")
                if j:
                    pen.rule(x + 2, y + 1, x + width - 2, y + 1)

    return book.box(MEASURE, height, paint)
