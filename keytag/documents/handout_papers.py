"""Bag labels and receipts of a hand-out: what is in which bag, and who gave it to whom.

Labels are ten to a sheet, 99.1 × 57 mm, as the box labels are. Receipts are two to a sheet, one for each step of the
way: factory, authority, unit, village.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from keytag.base.ink import BLACK
from keytag.base.records import NamedTuple
from keytag.base.units import pt
from keytag.base.words import say, say_n
from keytag.documents.base import Book, Pen
from keytag.documents.handout_facts import HandoutFacts, UnitFacts, VillageFacts
from keytag.documents.style import FINE, HEIGHT, LEFT, MEASURE, RED, WIDTH
from keytag.documents.words import capital

_COLUMNS, _ROWS = 2, 5
_LABEL_WIDTH, _LABEL_HEIGHT, _PITCH = 99.1, 57.0, 101.6
_SIDE, _TOP = (WIDTH - _PITCH - _LABEL_WIDTH) / 2, (HEIGHT - _ROWS * _LABEL_HEIGHT) / 2
_PAD, _CORNER = 6.0, 2.0
_HALF = HEIGHT / 2


class Bag(NamedTuple):
    """One bag: a village's tags, or a unit's store."""

    unit: UnitFacts
    title: str
    code: str
    tags: int
    serials: tuple[str, str] | None = None


class Receipt(NamedTuple):
    """One step of the way."""

    giver: str
    taker: str
    tags: int
    serials: tuple[str, str] | None = None


def bags(facts: HandoutFacts) -> tuple[Bag, ...]:
    """A bag for each village and for each unit's store, in the roster's order."""
    found = []
    for unit in facts.units:
        found += [Bag(unit, v.title, v.code, v.tags, v.serials) for v in unit.villages if v.tags]
        if unit.store > 0:
            found.append(Bag(unit, say("store (reserve)"), "", unit.store))
    return tuple(found)


def receipts(facts: HandoutFacts) -> Iterator[Receipt]:
    """Factory to authority, authority to units, units to villages."""
    yield Receipt(say("factory"), facts.authority, facts.tags)
    for unit in facts.units:
        yield Receipt(facts.authority, _office(unit), unit.tags)
    for unit in facts.units:
        for village in unit.villages:
            yield Receipt(_office(unit), _of(village, unit), village.tags, village.serials)


def _office(unit: UnitFacts) -> str:
    return say("police of {unit}", unit=unit.title)


def _of(village: VillageFacts, unit: UnitFacts) -> str:
    return f"{capital(village.title)}, {unit.title}"


def bag_labels(facts: HandoutFacts) -> bytes:
    """All labels as PDF/X-4; a `ValueError` where there is no bag."""
    every, each = bags(facts), _COLUMNS * _ROWS
    if not every:
        raise ValueError("there is no bag")
    book = Book(facts.head, say("Bag labels"), plain=True)
    story = [_labels(book, facts, every[i : i + each]) for i in range(0, len(every), each)]
    return book.made(story)


def _labels(book: Book, facts: HandoutFacts, some: Sequence[Bag]) -> Any:
    def paint(pen: Pen) -> None:
        for i, bag in enumerate(some):
            x, y = _SIDE + i % _COLUMNS * _PITCH, _TOP + i // _COLUMNS * _LABEL_HEIGHT
            for cx, dx in ((x, _CORNER), (x + _LABEL_WIDTH, -_CORNER)):
                for cy, dy in ((y, _CORNER), (y + _LABEL_HEIGHT, -_CORNER)):
                    pen.rule(cx, cy, cx + dx, cy)
                    pen.rule(cx, cy, cx, cy + dy)
            _label(pen, facts, bag, x + _PAD, y + _PAD)

    return book.box(WIDTH, HEIGHT - 0.01, paint)


def _label(pen: Pen, facts: HandoutFacts, bag: Bag, x: float, y: float) -> None:
    width, height = _LABEL_WIDTH - 2 * _PAD, _LABEL_HEIGHT - 2 * _PAD
    pen.text(x + width, y + 5, bag.code, "label", "right")
    pen.fitted(x, y + 5, capital(pen.tongue.said(bag.title)), width - pen.width(bag.code, "label") - 4, "label")
    pen.fitted(x, y + 11, capital(bag.unit.title), width, "body")
    if bag.serials:
        pen.fitted(x, y + 16, f"{bag.serials[0]} – {bag.serials[1]}", width, "figure")
    base = y + height - 6.5
    pen.text(x, base, pen.tongue.counted(bag.tags), "count")
    words = pen.tongue.said(say_n("tag", "tags", bag.tags))
    pen.text(x + pen.width(pen.tongue.counted(bag.tags), "count") + 1.5, base, words, "strong")
    pen.rule(x, base + 2.6, x + width, base + 2.6)
    foot = facts.head.foot
    pen.fitted(x, y + height - 0.4, foot, width, "small")


def receipt_book(facts: HandoutFacts) -> bytes:
    """All receipts as PDF/X-4, two to a page."""
    book = Book(facts.head, say("Receipts"), plain=True)
    every = list(receipts(facts))
    story = [_pair(book, facts, every[i : i + 2]) for i in range(0, len(every), 2)]
    return book.made(story)


def _pair(book: Book, facts: HandoutFacts, some: Sequence[Receipt]) -> Any:
    def paint(pen: Pen) -> None:
        pen.rule(0, _HALF, 6, _HALF)
        pen.rule(WIDTH - 6, _HALF, WIDTH, _HALF)
        for i, receipt in enumerate(some):
            _receipt(pen, facts, receipt, i * _HALF)

    return book.box(WIDTH, HEIGHT - 0.01, paint)


def _receipt(pen: Pen, facts: HandoutFacts, receipt: Receipt, y: float) -> None:
    pen.rule(LEFT, y + 14, LEFT + 12, y + 14, pt(2), RED)
    said = pen.tongue.said
    pen.text(LEFT, y + 22, said(say("RECEIPT FOR THE POLICE'S TELEPHONE TAGS")), "section")
    for row, (what, who) in enumerate(((say("Given by"), receipt.giver), (say("Taken by"), receipt.taker))):
        pen.text(LEFT, y + 34 + row * 9, said(what), "body")
        pen.fitted(LEFT + 24, y + 34 + row * 9, capital(said(who)), MEASURE - 24, "label")
    pen.text(LEFT, y + 55, capital(said(say("tags"))), "body")
    pen.text(LEFT + 24, y + 56, pen.tongue.counted(receipt.tags), "count")
    if receipt.serials:
        first, last = receipt.serials
        pen.fitted(LEFT + 60, y + 55, said(say("serials {first} – {last}", first=first, last=last)), 110, "body")
    pen.text(LEFT, y + 67, said(say("Counted")), "body")
    pen.rule(LEFT + 24, y + 67.6, LEFT + 60, y + 67.6, FINE, BLACK)
    pen.text(LEFT + 66, y + 67, said(say("Lacking, spoiled")), "body")
    pen.rule(LEFT + 88, y + 67.6, LEFT + 124, y + 67.6, FINE, BLACK)
    pen.text(LEFT + 130, y + 67, capital(said(say("day"))), "body")
    pen.rule(LEFT + 140, y + 67.6, LEFT + MEASURE, y + 67.6, FINE, BLACK)
    for x, what in (
        (LEFT, say("Signed by the giver, with name and rank")),
        (LEFT + MEASURE / 2 + 5, say("Signed by the taker, with name and rank")),
    ):
        pen.text(x, y + 80, said(what), "body")
        pen.rule(x, y + 112, x + MEASURE / 2 - 5, y + 112, FINE, BLACK)
    foot = facts.head.foot
    pen.fitted(LEFT, y + _HALF - 14, foot, MEASURE, "small")
