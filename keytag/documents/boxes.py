"""Small things that several documents draw: fields to sign, boxes to tick, a scale bar, a swatch of ink.

Nothing here knows what is signed or ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK, Ink
from keytag.base.words import Message, say
from keytag.documents.base import Book, Pen
from keytag.documents.style import FINE, GREY, HAIRLINE, MEASURE, RULE
from keytag.documents.typesetting import width_of
from keytag.documents.words import capital

_TICK = 3.0
RIGHT_OR_WRONG = (say("good"), say("bad"))
SIDES = {"front": say("front"), "back": say("back")}
SIGNATURE = (
    (say("name"), 0.32),
    (say("rank"), 0.24),
    (say("date"), 0.16),
    (say("signature"), 0.28),
)


def right_or_wrong(book: Book) -> Any:
    """The two squares behind everything that a person compares; short, since they stand behind each line."""
    return ticks(book, [book.tongue.said(each) for each in RIGHT_OR_WRONG])


def ticks(book: Book, choices: Sequence[str], gap: float = 4.0) -> Any:
    """A row of empty squares with words beside them; Messages with their gloss."""
    width = sum(_ticked(book, choice) + gap for choice in choices) - gap

    def paint(pen: Pen) -> None:
        x = 0.0
        for choice in choices:
            _tick(pen, x, 0.2, choice)
            x += _ticked(book, choice) + gap

    return book.box(width, _TICK + 0.4, paint)


def _ticked(book: Book, choice: str) -> float:
    said, gloss = book.tongue.said(choice), book.tongue.gloss(choice)
    said = capital(said) if isinstance(choice, Message) else said
    return _TICK + 1.2 + width_of(said, "caption") + (1.2 + width_of(gloss, "small") if gloss else 0)


def _tick(pen: Pen, x: float, y: float, choice: str) -> None:
    pen.box(Rect(x, y, _TICK, _TICK), line=BLACK, width=FINE)
    at, baseline = x + _TICK + 1.2, y + _TICK - 0.6
    if isinstance(choice, Message):
        pen.both(at, baseline, choice, "caption")
    else:
        pen.text(at, baseline, choice, "caption")


def signature(
    book: Book,
    choices: Sequence[str] = (),
    fields: Sequence[tuple[str, float]] = SIGNATURE,
    height: float = 17.0,
) -> Any:
    """A row of fields to fill in by hand, (what, share of the width); before them `choices` to tick."""
    gutter, pitch = 5.0, 5.0
    first = max((_ticked(book, choice) for choice in choices), default=-gutter) + gutter

    def paint(pen: Pen) -> None:
        for i, choice in enumerate(choices):
            _tick(pen, 0, height - _TICK - 0.5 - pitch * (len(choices) - 1 - i), choice)
        room, x = MEASURE - first - gutter * (len(fields) - 1), first
        for what, share in fields:
            width = room * share
            pen.both(x, 3.0, what, "caption", 1.5)
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


def titled(book: Book, words: str) -> list[Any]:
    """The title of a paper, its gloss below it."""
    gloss = book.tongue.gloss(words)
    return [book.text(book.tongue.said(words), "display"), *([book.text(gloss, "small")] if gloss else [])]


def section(book: Book, words: str) -> Any:
    """The heading of a part of a page."""
    return book.both(words, "section")


def bar(book: Book, width: float = MEASURE) -> Any:
    """A line that parts what is above from what is below."""
    return book.box(width, 0.6, lambda pen: pen.rule(0, 0.3, width, 0.3, FINE, GREY))
