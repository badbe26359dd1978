"""The verification page: what was compared with what and how many of each, what is wrong and where, on one A4 to sign.

It sets a finished report; comparing is `keytag.verification`'s. However much went wrong it stays one page: the first
few failures of each kind stand on it, and how many more there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK, Cmyk, Ink
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import bar, section, signature
from keytag.documents.facts import Head
from keytag.documents.style import FINE, HAIRLINE, MEASURE, RULE
from keytag.documents.words import capital, comma, count
from keytag.verification.model import Item, Report, Worst

if TYPE_CHECKING:
    from PIL.Image import Image

    from keytag.grade import Sweep

_TITLE = ("Biên bản kiểm tra", "Verification")
_BAD = "alarm-display"
_BETWEEN, _PICTURE = 6.0, 32.0  # mm between the pictures of the worst place, and their height at the most
_FEWER = 8  # of the following where the worst place is shown
_LINES = 16  # failures, reasons and "so many more" that the page has room for besides its ten rows
_FILES = 5  # roster files named
_DIGITS = 16  # hexadecimal digits of a SHA-256
_CELL, _HIGH = 8.5, 4.6  # mm of the sweep's fields
_AXIS = 17.0
NOMINAL_BLUR = 0.06  # mm, as in keytag.grade
_WIDE = MEASURE - 62.0  # mm of the table's first column
_TONES = (
    Ink("F", Cmyk(0, 0.75, 0.65, 0.05)),
    Ink("D", Cmyk(0, 0.45, 0.7, 0)),
    Ink("C", Cmyk(0, 0.08, 0.6, 0)),
    Ink("B", Cmyk(0.25, 0, 0.45, 0)),
    Ink("A", Cmyk(0.5, 0, 0.55, 0.05)),
)
_VERDICT = (("Cho in", "release"), ("Không in", "do not print"))


def verification_page(head: Head, report: Report, sweep: Sweep | None) -> bytes:
    """One A4 page as PDF/X-4; `sweep` is the worst print-grade sweep, None where no symbol was graded."""
    book = Book(head, _TITLE)
    story = [
        book.both(_TITLE[0], "Verification of what goes to press", "section"),
        book.space(1),
        *_verdict(book, report),
        book.box(MEASURE, 5.0, lambda pen: pen.fitted(0, 3.6, head.job, MEASURE, "strong")),
        _summary(book, report),
        book.space(1.5),
        _comparisons(book, report, sweep),
        book.space(2),
        *([_worst(book, report.worst), book.space(2)] if report.worst is not None else []),
        _sources(book, report, sweep if report.worst is None else None),
    ]
    pledge = book.both(
        "Tôi đã xem kết quả trên đây và quyết định:", "I have seen the results above and decide:", "strong"
    )
    parts = [bar(book), book.space(1.2), pledge, book.space(1.5), signature(book, _VERDICT)]
    story.append(book.at_foot(book.table([[parts]], [MEASURE], lines=False, pad=0)))
    return book.made(story, "verification of a finished job")


def _verdict(book: Book, report: Report) -> list[Any]:
    """What it comes to, the largest thing on the page: wrong comes before not done, and only what was all done is good.

    The signature below is a person's; this is the machine's word.
    """
    skipped = sum(bool(item.skipped) for item in report.items)
    if report.failures:
        words, english, style = "KHÔNG ĐẠT", "FAILED", _BAD
    elif skipped:
        words, english, style = "CHƯA KIỂM ĐỦ", "NOT ALL WAS VERIFIED", _BAD
    else:
        words, english, style = "ĐẠT", "PASSED", "display"
    return [book.runs([(words, style), ("   ", "section"), (english, "section")])]


def _worst(book: Book, worst: Worst) -> Any:
    """The place that differs most: what was expected, what was found, and what is too much or too little."""
    wide = (MEASURE - 2 * _BETWEEN) / 3
    scale = min(wide / worst.size[0], _PICTURE / worst.size[1]) if min(worst.size) > 0 else 1.0
    width, height = worst.size[0] * scale, worst.size[1] * scale
    shown = (
        ("phải là", "expected", worst.expected),
        ("thực tế", "found", worst.found),
        ("khác: đỏ thừa, xanh thiếu", "red too much, blue too little", worst.difference),
    )

    def paint(pen: Pen) -> None:
        pen.fitted(0, 3.2, f"{worst.place}: {worst.message}", MEASURE, "alarm")
        for i, (vietnamese, english, data) in enumerate(shown):
            x = i * (wide + _BETWEEN)
            pen.image(Rect(x, 5.0, width, height), _printed(data))
            pen.box(Rect(x, 5.0, width, height), None, RULE, HAIRLINE)
            pen.text(x, height + 8.2, vietnamese, "caption")
            pen.text(x + pen.width(vietnamese, "caption") + 1.5, height + 8.2, english, "small")

    return book.box(MEASURE, height + 9.5, paint)


def _printed(data: bytes) -> Image:
    """A picture in CMYK, what is grey in black ink alone."""
    import numpy as np
    from PIL import Image as images

    with images.open(BytesIO(data)) as picture:
        rgb = np.asarray(picture.convert("RGB"))
    inks = 255 - rgb
    black = inks.min(axis=2, keepdims=True)
    return images.fromarray(np.concatenate([inks - black, black], axis=2), "CMYK")


def _summary(book: Book, report: Report) -> Any:
    """The whole result in one line."""
    compared = sum(item.compared for item in report.items)
    skipped = sum(bool(item.skipped) for item in report.items)
    runs = [(f"{count(compared)} phép so sánh: ", "strong")]
    english = f"{compared:,} comparisons: "
    if report.failures:
        runs.append((f"CÓ {count(report.failures)} LỖI", "alarm"))
        english += f"{report.failures:,} wrong"
    else:
        runs.append(("không có lỗi", "strong"))
        english += "nothing wrong"
    if skipped:
        runs.append((f"; {skipped} mục KHÔNG KIỂM", "alarm"))
        english += f", {skipped} not done"
    return book.runs([*runs, ("   ", "small"), (english, "small")])


def _comparisons(book: Book, report: Report, sweep: Sweep | None) -> Any:
    """A row an item; under it, across the page, its first failures or why it was skipped."""
    items = report.items
    heads = (
        book.runs([("Số phép so", "caption"), ("  ", "small"), ("compared", "small")], "right"),
        book.both("Kết quả", "result", "caption"),
    )
    rows: list[list[Any]] = [[book.both("Nội dung", "what", "caption"), *heads]]
    shown = _shares(items, _LINES if report.worst is None else _FEWER)
    for item, most in zip(items, shown, strict=True):
        what: list[Any] = [book.both(capital(item.title[1]), item.title[0], "strong")]
        what += [_line(book, f"{failure.place}: {failure.message}", "alarm") for failure in item.failures[:most]]
        rest = len(item.failures) - most
        if 0 < rest < len(item.failures):
            what.append(_line(book, f"và {count(rest)} lỗi khác · and {rest:,} more", "alarm"))
        if item.skipped:
            what.append(_line(book, item.skipped, "body"))
        rows.append([what, book.text(count(item.compared), "figure", "right"), _result(book, item, sweep)])
    pad = 0.25 if any(item.failures or item.skipped for item in items) else 0.6
    return book.table(rows, [_WIDE, 29, MEASURE - _WIDE - 29], head=1, pad=pad, align="TOP")


def _result(book: Book, item: Item, sweep: Sweep | None) -> Any:
    """What became of an item; of the print grade, the worst symbol's letter as it is printed."""
    if item.key == "grade" and sweep is not None and not item.failures:
        return book.both(f"Cấp {sweep.at(0.0, NOMINAL_BLUR).letter}", "grade", "strong")
    if item.failures:
        return book.both(f"SAI {count(len(item.failures))}", "wrong", "alarm")
    return book.both("KHÔNG KIỂM", "skipped", "alarm") if item.skipped else book.both("Khớp", "agrees", "strong")


def _line(book: Book, text: str, style: str, width: float = MEASURE) -> Any:
    """One line and never two, so that the page stays one page; it may reach under the columns beside it."""
    return book.box(min(width, _WIDE - 3), 4.0, lambda pen: pen.fitted(0, 3.1, text, width, style))


def _shares(items: Sequence[Item], lines: int) -> list[int]:
    """How many failures of each item are shown: in turn one of each, until the page's lines are used up.

    Where not all are shown, a line says how many more there are; where none is, the item's number of them stands alone.
    """
    left = lines - sum(bool(item.skipped) for item in items)
    shares = [0] * len(items)
    wanting = True
    while wanting:
        wanting = False
        for i, item in enumerate(items):
            costs = _lines_of(shares[i] + 1, item) - _lines_of(shares[i], item)
            if shares[i] < len(item.failures) and costs <= left:
                shares[i], left, wanting = shares[i] + 1, left - costs, True
    return shares


def _lines_of(share: int, item: Item) -> int:
    return share + (0 < share < len(item.failures))


def _sources(book: Book, report: Report, sweep: Sweep | None) -> Any:
    """The files that the job was held against on the left, the sweep on the right."""
    wide = MEASURE - _AXIS - _CELL * 9 - 8
    files: list[Any] = [section(book, "So với các tệp", "held against these files"), book.space(0.8)]
    for name, sha in report.roster[:_FILES]:
        files.append(_line(book, name, "body", wide))
        files.append(book.text(f"SHA-256 {sha[:_DIGITS]}…", "small"))
    if len(report.roster) > _FILES:
        rest = len(report.roster) - _FILES
        files.append(book.both(f"và {count(rest)} tệp khác", f"and {rest:,} more"))
    if sweep is None:
        return book.table([[files]], [MEASURE], lines=False, pad=0, align="TOP")
    return book.table([[files, _swept(book, report, sweep)]], [wide + 8, MEASURE - wide - 8], lines=False, pad=0,
                      align="TOP", gutter=8)  # fmt: skip


def _swept(book: Book, report: Report, sweep: Sweep) -> list[Any]:
    """The picture of the sweep, and in words how much the press may swell."""
    words = sweep.words()
    notes = (note for item in report.items if item.key == "grade" for note in item.notes)
    title = next((note.removesuffix(f": {words}") for note in notes if note.endswith(f": {words}")), "")
    said = f"{title}: {words}" if title else words
    return [
        section(book, "Mã QR khi mực loang và nhòe", "print grade under gain and blur"),
        book.space(0.8),
        _picture(book, sweep),
        book.space(0.8),
        book.text(_in_vietnamese(sweep), "body"),
        book.text(f"worst design: {said}", "small"),
    ]


def _in_vietnamese(sweep: Sweep) -> str:
    gain, loss = sweep.tolerance(), sweep.loss()
    if gain is None or loss is None:
        return "Mã xấu nhất không đạt cấp C dù mực không loang."
    grown, shrunk = comma(f"{gain:.2f}"), comma(f"{loss:.2f}")
    return f"Mã xấu nhất vẫn đạt cấp C khi mực loang đến {grown} mm hoặc co đến {shrunk} mm."


def _picture(book: Book, sweep: Sweep) -> Any:
    """Rows are blurs, columns gains; each field in the colour of its grade, with its letter."""
    columns, rows = len(sweep.gains), len(sweep.blurs)
    width, height = _AXIS + columns * _CELL, rows * _HIGH + 8.5

    def paint(pen: Pen) -> None:
        for cell in sweep.cells():
            box = Rect(_AXIS + cell.column * _CELL, cell.row * _HIGH, _CELL, _HIGH)
            pen.box(box, _TONES[cell.grade], RULE, HAIRLINE)
            pen.text(box.centre.x, box.bottom - 1.2, cell.letter, "caption", "centre")
        for row, blur in enumerate(sweep.blurs):
            pen.text(_AXIS - 1.5, row * _HIGH + _HIGH - 1.4, comma(f"{blur:.2f}"), "caption", "right")
        for column, gain in enumerate(sweep.gains):
            x, text = _AXIS + (column + 0.5) * _CELL, comma(f"{gain:+.2f}" if gain else "0")
            pen.text(x, rows * _HIGH + 3.2, text.replace("-", "−"), "caption", "centre")
        printed = min(range(columns), key=lambda i: abs(sweep.gains[i]))
        x = _AXIS + printed * _CELL
        pen.box(Rect(x, 0, _CELL, rows * _HIGH), None, BLACK, FINE * 2)
        pen.text(0, _HIGH - 1.4, "nhòe", "caption")
        pen.text(0, 2 * _HIGH - 1.4, "blur, mm", "small")
        pen.text(0, rows * _HIGH + 3.2, "loang · gain", "small")
        pen.text(_AXIS, rows * _HIGH + 7.2, "mm; khung đen: như bản in · framed: as on the plate", "small")

    return book.box(width, height, paint)
