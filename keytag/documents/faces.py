"""A unit's faces on its page of the proof book: enlarged, at 1:1 with a scale bar, and what its QR symbol says.

The pictures are the press drawings; reading the symbol back is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.words import Message, figure, say
from keytag.documents.base import Book
from keytag.documents.boxes import SIDES, right_or_wrong, scale_bar
from keytag.documents.facts import Code
from keytag.documents.printed import place
from keytag.documents.style import BOTTOM, HEIGHT, MEASURE, TOP
from keytag.documents.words import capital
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
    sides = tuple((SIDES[side], face) for side, face in artwork.sides)
    width, height = template.outline.width, template.outline.height
    ruler = [scale_bar(book), book.both(say("Print at 100 %: the bar must measure 50 mm."), "small", below=True)]
    ruler.append(book.space(4))
    qr = _link(book, code)
    if not scale:
        real = min(1.0, MEASURE / width, _PICTURES / 2 / height)
        faces = [[_named(book, side, real), book.space(1.2), book.tag(artwork, face, real)] for side, face in sides]
        beside = len(sides) > 1 and 2 * width * real + _GUTTER <= MEASURE
        half = (MEASURE + _GUTTER) / 2 if beside else MEASURE
        rows = [faces] if beside else [[face] for face in faces]
        columns = [half, MEASURE - half] if beside else [half]
        below = book.table([[ruler, qr]], [(MEASURE + _GUTTER) / 2, (MEASURE - _GUTTER) / 2], lines=False, align="TOP")
        return [book.table(rows, columns, lines=False, pad=1.0, align="TOP", gutter=_GUTTER), book.space(2), below]
    large: list[Any] = []
    for side, face in sides:
        large += [_named(book, side, scale), book.space(1.2), book.tag(artwork, face, scale), book.space(2.2)]
    real_size = say("actual size, {width:g} × {height:g} mm", width=width, height=height)
    small: list[Any] = [book.both(real_size, "caption"), book.space(1.2)]
    for _, face in sides:
        small += [book.tag(artwork, face, 1.0), book.space(1.8)]
    aside = max(_ASIDE, width)
    columns = [MEASURE - aside, aside]
    return [book.table([[large, [*small, *ruler, *qr]]], columns, lines=False, pad=0, align="TOP", gutter=_GUTTER)]


def _named(book: Book, side: Message, scale: float) -> Any:
    """Which face, and how large it is shown."""
    times = figure(f"{scale:.2f}".rstrip("0").rstrip("."))
    if scale > 1:
        words = say("{side}, enlarged {times} : 1", side=side, times=times)
    elif scale < 1:
        words = say("{side}, reduced {times} : 1", side=side, times=times)
    else:
        words = say("{side}, scale {times} : 1", side=side, times=times)
    return book.both(words, "caption")


def _link(book: Book, code: Code) -> list[Any]:
    wanted, read = code.due.text if code.due else "", code.read
    parts = [book.both(say("QR link"), "section")]
    if not wanted and not read:
        return [*parts, book.both(say("no QR code on this tag"), below=True)]
    same = read is not None and read == wanted
    verdict = say("identical") if same else say("DIFFERENT") if read else say("COULD NOT BE READ")
    where = place(code.due.source if code.due else None)
    parts += [book.both(say("read from the tag"), "caption"), book.text(read or "–", "link"), book.space(1)]
    stands = say("in the roster, {place}", place=where) if where else say("in the roster")
    gloss = book.tongue.gloss(say("in the roster"))  # the place need not stand twice
    said = [(capital(book.tongue.said(stands)), "caption"), *([("   ", "small"), (gloss, "small")] if gloss else [])]
    parts += [book.runs(said)]
    parts += [book.text(wanted or "–", "link"), book.space(1)]
    parts += [book.both(verdict, "strong" if same else "alarm"), book.space(1.5), right_or_wrong(book)]
    return parts
