"""The production ticket: all that the factory needs to know of a job, on paper that travels with it.

Material, inks, plates with their pictures, quantities, how to turn the sheet, files with their hashes, and who did
what. Facts come in as `TicketFacts`; nothing is planned or counted here that the sheets do not say themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.drawing import Stroke
from keytag.base.geometry import Rect
from keytag.base.ink import BLACK
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import section
from keytag.documents.facts import Delivery, PlateFile, TicketFacts
from keytag.documents.findings import findings_table
from keytag.documents.ink_table import ink_table
from keytag.documents.plates import Designs, plate_story
from keytag.documents.style import FINE, MEASURE, RULE
from keytag.documents.typesetting import width_of
from keytag.documents.words import capital, comma, count
from keytag.sheet.layout import Sheet
from keytag.sheet.marks.lay import pictogram
from keytag.sheet.marks.slug import turning, turning_vi
from keytag.sheet.scheme import IN_PLACE, SHEETWISE, SINGLE_SIDED, WORK_AND_TUMBLE, WORK_AND_TURN, Scheme
from keytag.tag.artwork import Artwork
from keytag.tag.template import Relief, Template

_TITLE = ("Phiếu sản xuất", "Production ticket")
_COLUMNS = 12  # units from which on quantities stand in two columns
_WIDEST = 100_000  # tags whose figures find room in two columns
_BETWEEN, _FIGURE, _SHARE = 6.0, 12.6, 9.4  # mm: between the columns, of a figure, of a share
_WORK = {
    SHEETWISE: "AB: hai mặt hai bộ bản",
    WORK_AND_TURN: "trở nó: hai mặt chung một bộ bản",
    WORK_AND_TUMBLE: "trở nhíp: hai mặt chung một bộ bản",
    IN_PLACE: "đồ gá: hai mặt hai bộ bản, lật từng thẻ tại chỗ",
    SINGLE_SIDED: "in một mặt: một bộ bản",
}
_EDGES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_FILES = {
    "press sheet": "bài in",
    "cutting forme": "khuôn bế",
    "one-up masters": "bản gốc từng mẫu",
    "proof book": "bản duyệt in",
    "packing list": "nhãn thùng",
    "production ticket": "phiếu sản xuất",
    "manifest": "bảng kê",
}
_STEPS = (("Chế bản", "prepress"), ("In", "press"), ("Cắt bế", "cutting"), ("Đóng gói", "packing"))
_TURNED = 52.0  # mm, both pictures of the sheet
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
        book.space(4),
        section(book, "Số lượng", "quantities"),
        *_quantities(book, facts),
        book.space(5),
        book.room(45),
        section(book, "Màu in", "inks"),
        book.space(1),
        ink_table(book, artworks, facts.template),
    ]
    if sheets:
        story += [book.space(6), section(book, "Tờ in và cách trở", "sheet and turning"), _sheet(book, sheets)]
        story += [book.space(6), section(book, "Các bộ bản", "plate sets"), _plates(book, facts.plates)]
    if sheets:
        story += [book.new_page(), *plate_story(book, facts.plates, designs)]
    story += [book.space(6), book.room(40), section(book, "Cắt, xếp, đóng gói", "cutting, sorting, packing")]
    story.append(_packing(book))
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
        ("Người liên hệ", "contact", facts.contact, ""),
        ("Ngày giao", "delivery", _day(facts.delivery), ""),
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
        ("Tờ canh máy", "make-ready", *_make_ready(scheme)),
        ("Ghi chú", "notes", scheme.notes[1], scheme.notes[0]),
    ]
    cells = [
        [book.both(vi, en), book.runs([(value, "strong"), ("   ", "small"), (english, "small")])]
        for vi, en, value, english in rows
        if value
    ]
    wide = MEASURE - _TURNED - 4
    table = book.table(cells, [30, wide - 30], pad=0.9, align="TOP")
    return book.table([[table, _turned(book, scheme)]], [wide + 4, _TURNED], lines=False, pad=0, align="TOP")


def _turned(book: Book, scheme: Scheme) -> Any:
    """How each side lies in the press, as on the sheet's own mark: gripper edge, turning line and the way across it."""
    sides = (("front", "Mặt trước"), ("back", "Mặt sau"))[: 1 if scheme.work == SINGLE_SIDED else 2]
    each = _TURNED / 2 - 2
    scale = min(each / scheme.sheet.width, 34 / scheme.sheet.height)
    width, height = scheme.sheet.width * scale, scheme.sheet.height * scale

    def paint(pen: Pen) -> None:
        for number, (side, called) in enumerate(sides):
            left = number * (each + 4)
            for mark in pictogram(scheme, side, Rect(left, 0, width, height)):
                pen.shape(mark.path, mark.width if isinstance(mark, Stroke) else None)
            pen.text(left, height + 3.4, called, "caption")
            pen.text(left, height + 6.2, side, "small")
        if scheme.in_place:
            return
        pen.text(0, height + 9.8, "Vạch đậm: nhíp", "caption")
        pen.text(width_of("Vạch đậm: nhíp", "caption") + 1.5, height + 9.8, "bar: gripper", "small")

    return book.box(_TURNED, height + 10.6, paint)


def _make_ready(scheme: Scheme) -> tuple[str, str]:
    """Sheets to lay out beyond the runs; nothing where the shop does not say."""
    if not scheme.make_ready:
        return "", ""
    return f"{count(scheme.make_ready)} tờ mỗi bộ bản, ngoài số tờ in", "sheets a plate set, beyond its run"


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


def _quantities(book: Book, facts: TicketFacts) -> list[Any]:
    """Each unit on a line, in two columns where they are many: ordered, wanted with spoilage, printed, overs."""
    deliveries = facts.deliveries
    ordered, printed, due = (sum(getattr(d, key) for d in deliveries) for key in ("ordered", "printed", "due"))
    total = Delivery("", "", ordered, printed, wanted=due)
    titles = (("Đặt", "ordered"), ("Cần", "wanted"), ("In", "printed"), ("Dư", "overs"), ("%", ""))
    half = (MEASURE - _BETWEEN) / 2
    widths = [7.6, half - 7.6 - 4 * _FIGURE - _SHARE, *([_FIGURE] * 4), _SHARE]
    narrow = len(deliveries) >= _COLUMNS and max(total.printed, total.due) < _WIDEST
    many = -(-(len(deliveries) + 1) // 2) if narrow else len(deliveries) + 1
    lines = [*enumerate(deliveries, 1), (0, total)]
    head = ["", book.both("Đơn vị", "unit", "caption"), *_heads(book, titles)]
    columns = [
        [head, *(_quantity(book, number, delivery, facts.limit) for number, delivery in lines[i : i + many])]
        for i in range(0, len(lines), many)
    ]
    if len(columns) == 1:
        widths = [9, MEASURE - 9 - 4 * 26 - 20, *([26] * 4), 20]
        tables: list[Any] = [book.table(columns[0], widths, head=1, pad=0.75)]
    else:
        pair = [book.table(column, widths, head=1, pad=0.6) for column in columns]
        tables = [book.table([pair], [half + _BETWEEN, half], lines=False, pad=0, align="TOP", gutter=_BETWEEN)]
    vietnamese, english = "Dư so với số cần (đặt và hao hụt).", "Overs count from what is wanted (order and spoilage)."
    if any(_odd(delivery, facts.limit) for delivery in (*deliveries, total)):
        allowed = "" if facts.limit is None else f", hoặc dư hơn giới hạn {100 * facts.limit:g} % của khách"
        vietnamese += f" Đỏ: thiếu{comma(allowed)}."
        over = "" if facts.limit is None else f", or over the customer's limit of {100 * facts.limit:g} %"
        english += f" Red: short{over}."
    note = book.both(vietnamese, english, "caption")
    return [*tables, book.space(1.0), note]


def _odd(delivery: Delivery, limit: float | None) -> bool:
    """Whether a unit gets too few, or more than the customer's own limit allows."""
    return delivery.overs < 0 or (limit is not None and delivery.share > limit + 1e-9)


def _quantity(book: Book, number: int, delivery: Delivery, limit: float | None) -> list[Any]:
    style = "alarm" if _odd(delivery, limit) else "figure"
    words = (capital(delivery.title), delivery.code) if number else ("Cộng", "total")
    name = book.both(*words, "strong", below=bool(number and delivery.code))
    plain = (delivery.ordered, delivery.due, delivery.printed)
    figures = (*((value, "figure") for value in plain), (delivery.overs, style))
    return [
        book.text(str(number)) if number else "",
        name,
        *(book.text(count(value), look, "right") for value, look in figures),
        book.text(comma(f"{100 * delivery.share:.1f}"), style, "right"),
    ]


def _packing(book: Book) -> Any:
    """How piles stay whole, and what becomes of overs."""
    rows = (
        (
            "Cắt theo cột trước, mỗi cột là một chồng; rồi cắt ngang. Các con cùng mẫu nằm liền nhau.",
            "Cut by columns first, each column one pile, then across: copies of a design stand together.",
        ),
        (
            "Không trộn chồng của hai mẫu; số trên bản đồ tờ in là số trong bảng số lượng và trên nhãn hộp.",
            "Never mix piles of two designs; numbers on the map are those of the quantities and of the box labels.",
        ),
        (
            "Thẻ dư: đóng riêng theo đơn vị, giao kèm; thẻ hỏng: hủy, không để lọt ra ngoài.",
            "Overs: packed apart by unit and delivered, too; spoiled tags are destroyed, since they carry numbers.",
        ),
    )
    return book.table([[book.both(vi, en, below=True)] for vi, en in rows], [MEASURE], pad=0.8)


def _day(date: str) -> str:
    """A date as it is written in Vietnam; as typed where it is none."""
    parts = date.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else date


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
