"""Small things that several documents draw: fields to sign, boxes to tick, a scale bar, a swatch of ink.

Nothing here knows what is signed or ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK, Ink
from keytag.documents.base import Book, Pen
from keytag.documents.style import FINE, GREY, HAIRLINE, MEASURE, RULE
from keytag.documents.typesetting import width_of

_TICK = 3.0
RIGHT_OR_WRONG = (("đúng", ""), ("sai", ""))
SIGNATURE = (
    ("Họ và tên", "name", 0.32),
    ("Cấp bậc, chức vụ", "rank", 0.24),
    ("Ngày", "date", 0.16),
    ("Chữ ký", "signature", 0.28),
)


def ticks(book: Book, choices: Sequence[tuple[str, str]], gap: float = 4.0) -> Any:
    """A row of empty squares with (Vietnamese, English) beside them."""
    width = sum(_ticked(choice) + gap for choice in choices) - gap

    def paint(pen: Pen) -> None:
        x = 0.0
        for choice in choices:
            _tick(pen, x, 0.2, choice)
            x += _ticked(choice) + gap

    return book.box(width, _TICK + 0.4, paint)


def _ticked(choice: tuple[str, str]) -> float:
    vi, en = choice
    return _TICK + 1.2 + width_of(vi, "caption") + (1.2 + width_of(en, "small") if en else 0)


def _tick(pen: Pen, x: float, y: float, choice: tuple[str, str]) -> None:
    vi, en = choice
    pen.box(Rect(x, y, _TICK, _TICK), line=BLACK, width=FINE)
    at, baseline = x + _TICK + 1.2, y + _TICK - 0.6
    pen.text(at, baseline, vi, "caption")
    if en:
        pen.text(at + width_of(vi, "caption") + 1.2, baseline, en, "small")


def signature(
    book: Book,
    choices: Sequence[tuple[str, str]] = (),
    fields: Sequence[tuple[str, str, float]] = SIGNATURE,
    height: float = 17.0,
) -> Any:
    """A row of fields to fill in by hand, (Vietnamese, English, share of the width); before them `choices` to tick."""
    gutter, pitch = 5.0, 5.0
    first = max((_ticked(choice) for choice in choices), default=-gutter) + gutter

    def paint(pen: Pen) -> None:
        for i, choice in enumerate(choices):
            _tick(pen, 0, height - _TICK - 0.5 - pitch * (len(choices) - 1 - i), choice)
        room, x = MEASURE - first - gutter * (len(fields) - 1), first
        for vi, en, share in fields:
            width = room * share
            pen.text(x, 3.0, vi, "caption")
            pen.text(x + width_of(vi, "caption") + 1.5, 3.0, en, "small")
            pen.rule(x, height - 0.5, x + width, height - 0.5, FINE, BLACK)
            x += width + gutter

    return book.box(MEASURE, height, paint)


def scale_bar(book: Book, length: float = 50.0) -> Any:
    """A ruler of `length` mm with a tick each 10 mm, by which a person sees whether the page was printed at 100 %."""

    def paint(pen: Pen) -> None:
        pen.rule(0, 2.5, length, 2.5, HAIRLINE, BLACK)
        steps = int(length // 10)
        for i in range(steps + 1):
            high = 2.5 if i in (0, steps) else 1.5
            pen.rule(i * 10, 2.5 - high, i * 10, 2.5, HAIRLINE, BLACK)
        pen.text(0, 6, "0", "small")
        pen.text(length, 6, f"{length:g} mm", "small", "right")

    return book.box(length, 6.5, paint)


def swatch(book: Book, ink: Ink, width: float = 16.0, height: float = 9.0) -> Any:
    """A patch of ink at full tone, as process colours show it."""
    return book.box(width, height, lambda pen: pen.box(Rect(0, 0, width, height), ink, RULE))


def section(book: Book, vietnamese: str, english: str) -> Any:
    """The heading of a part of a page."""
    return book.both(vietnamese, english, "section")


def bar(book: Book, width: float = MEASURE) -> Any:
    """A line that parts what is above from what is below."""
    return book.box(width, 0.6, lambda pen: pen.rule(0, 0.3, width, 0.3, FINE, GREY))
