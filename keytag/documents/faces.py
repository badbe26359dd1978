"""A unit's faces on its page of the proof book: enlarged, at 1:1 with a scale bar, and what its QR symbol says.

The pictures are the press drawings; reading the symbol back is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.documents.base import Book
from keytag.documents.boxes import RIGHT_OR_WRONG, scale_bar, ticks
from keytag.documents.facts import Code
from keytag.documents.printed import place
from keytag.documents.style import BOTTOM, HEIGHT, MEASURE, TOP
from keytag.documents.words import comma
from keytag.tag.artwork import Artwork
from keytag.tag.template import Template

_ASIDE, _GUTTER = 50.0, 6.0
_PICTURES = 130.0  # mm of a page's height that pictures may take
_MOST, _LEAST = 3.0, 1.6  # how much larger than life


def enlargement(template: Template, taken: Sequence[float]) -> float:
    """How large the enlarged faces are, alike on all pages; `taken` is how much of each page's height is spoken for.

    0 where the tag is too large to be enlarged.
    """
    width, height = template.outline.width, template.outline.height
    across = (MEASURE - _GUTTER - max(_ASIDE, width)) / width
    if across < _LEAST or 2 * _LEAST * height > _PICTURES:
        return 0.0
    down = (HEIGHT - TOP - BOTTOM - max(taken, default=0.0) - 14) / 2 / height
    return max(_LEAST, int(10 * min(_MOST, across, down)) / 10)


def pictures(book: Book, template: Template, artwork: Artwork, scale: float, code: Code) -> list[Any]:
    """Enlarged on the left; 1:1, the scale bar and the link on the right. A large tag is shown 1:1 alone."""
    names = {"front": "Mặt trước", "back": "Mặt sau"}
    sides = tuple((names[side], side, face) for side, face in artwork.sides)
    width, height = template.outline.width, template.outline.height
    ruler = [scale_bar(book), book.text("In 100 %, thước phải đúng 50 mm.", "small")]
    ruler += [book.text("Print at 100 %: the bar must measure 50 mm.", "small"), book.space(4)]
    qr = _link(book, code)
    if not scale:
        real = min(1.0, MEASURE / width, _PICTURES / 2 / height)
        faces = [[_named(book, vi, en, real), book.space(1.2), book.tag(artwork, face, real)] for vi, en, face in sides]
        beside = len(sides) > 1 and 2 * width * real + _GUTTER <= MEASURE
        half = (MEASURE + _GUTTER) / 2 if beside else MEASURE
        rows = [faces] if beside else [[face] for face in faces]
        columns = [half, MEASURE - half] if beside else [half]
        below = book.table([[ruler, qr]], [(MEASURE + _GUTTER) / 2, (MEASURE - _GUTTER) / 2], lines=False, align="TOP")
        return [book.table(rows, columns, lines=False, pad=1.0, align="TOP", gutter=_GUTTER), book.space(2), below]
    large: list[Any] = []
    for vi, en, face in sides:
        large += [_named(book, vi, en, scale), book.space(1.2), book.tag(artwork, face, scale), book.space(2.2)]
    size = f"{width:g} × {height:g} mm"
    small: list[Any] = [book.both(f"Tỷ lệ 1:1, {comma(size)}", "actual size", "caption"), book.space(1.2)]
    for _, _, face in sides:
        small += [book.tag(artwork, face, 1.0), book.space(1.8)]
    aside = max(_ASIDE, width)
    columns = [MEASURE - aside, aside]
    return [book.table([[large, [*small, *ruler, *qr]]], columns, lines=False, pad=0, align="TOP", gutter=_GUTTER)]


def _named(book: Book, vietnamese: str, english: str, scale: float) -> Any:
    """Which face, and how large it is shown."""
    times = f"{scale:.2f}".rstrip("0").rstrip(".")
    vi, en = ("phóng to", "enlarged") if scale > 1 else ("thu nhỏ", "reduced") if scale < 1 else ("tỷ lệ", "scale")
    return book.both(f"{vietnamese}, {vi} {comma(times)} : 1", f"{english}, {en} {times} : 1", "caption")


def _link(book: Book, code: Code) -> list[Any]:
    wanted, read = code.due.text if code.due else "", code.read
    parts = [book.both("Liên kết mã QR", "QR link", "section")]
    if not wanted and not read:
        return [*parts, book.text("Thẻ không có mã QR.", "body"), book.text("no QR code on this tag", "small")]
    same = read is not None and read == wanted
    verdict = "Trùng khớp" if same else "KHÁC NHAU" if read else "KHÔNG ĐỌC ĐƯỢC"
    english = "identical" if same else "different" if read else "could not be read"
    where = place(code.due.source if code.due else None)
    parts += [book.both("đọc từ thẻ", "read from the tag", "caption"), book.text(read or "–", "link"), book.space(1)]
    parts += [book.both("trong danh bạ", f"in the roster, {where}" if where else "in the roster", "caption")]
    parts += [book.text(wanted or "–", "link"), book.space(1)]
    parts += [book.both(verdict, english, "strong" if same else "alarm"), book.space(1.5), ticks(book, RIGHT_OR_WRONG)]
    return parts
