"""The list of a village: 26 numbered lines on A4, one a household, to sign and to tick: called once, scanned once.

No villager's name stands on it unless a list of them was given. Its foot says who keeps it and when it is destroyed.
"""

from __future__ import annotations

from typing import Any

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK
from keytag.base.units import pt
from keytag.base.words import Message, joined, say
from keytag.documents.base import Book, Pen
from keytag.documents.handout_facts import HandoutFacts, UnitFacts, VillageFacts
from keytag.documents.style import FINE, HEIGHT, LEFT, MEASURE, RED, RULE, WIDTH
from keytag.documents.words import capital

LINES = 26
_PITCH, _TOP, _HEADER = 8.0, 58.0, 9.0
_RIGHT = LEFT + MEASURE
_TICK = 4.0
_TITLE = say("Hand-out list")
# Heading, width in mm; the widths add up to the measure.
_PLAIN = (
    (say("no."), 11.0),
    (say("signed by"), 68.0),
    (say("tags"), 15.0),
    (say("called"), 16.0),
    (say("scanned"), 17.0),
    (say("day"), 20.0),
    (say("notes"), 33.0),
)
_NAMED = (
    (say("no."), 11.0),
    (say("household"), 44.0),
    (say("signed"), 32.0),
    *_PLAIN[2:6],
    (say("notes"), 25.0),
)


def handout_list(facts: HandoutFacts, unit: UnitFacts, village: VillageFacts) -> bytes:
    """All pages of one village's list as PDF/X-4 with real text."""
    book = Book(facts.head, _TITLE, plain=True)
    pages = max(1, -(-village.tags // LINES))
    story: list[Any] = [_page(book, facts, unit, village, number, pages) for number in range(pages)]
    return book.made(story)


def _page(book: Book, facts: HandoutFacts, unit: UnitFacts, village: VillageFacts, page: int, pages: int) -> Any:
    columns = _NAMED if village.names else _PLAIN

    def paint(pen: Pen) -> None:
        _head(pen, facts, unit, village)
        pen.text(_RIGHT, 19, f"{page + 1} / {pages}", "figure", "right")
        _table(pen, columns, village, page * LINES)
        _foot(pen, facts, unit)

    return book.box(WIDTH, HEIGHT - 0.01, paint)


def _head(pen: Pen, facts: HandoutFacts, unit: UnitFacts, village: VillageFacts) -> None:
    pen.rule(LEFT, 12, LEFT + 12, 12, pt(2), RED)
    pen.text(LEFT, 19, pen.tongue.said(say("HAND-OUT OF THE POLICE'S TELEPHONE TAGS")), "section")
    pen.fitted(LEFT, 28, capital(village.title), MEASURE - 40, "title")
    pen.text(_RIGHT, 28, village.code, "title", "right")
    pen.fitted(LEFT, 34, f"{capital(unit.title)} · {facts.authority}", MEASURE, "body")
    parts = [say("Households, tags: {count:,}", count=village.tags)]
    if village.serials:
        first, last = village.serials
        parts.append(say("Serials of the tags: {first} – {last}", first=first, last=last))
    pen.fitted(LEFT, 41, pen.tongue.said(joined(" · ", parts)), MEASURE, "strong")
    people = [say("Handed out by: {number}", number=village.officer)] if village.officer else []
    people += [say("Head of the village: {number}", number=village.head)] if village.head else []
    pen.fitted(LEFT, 46, pen.tongue.said(joined(" · ", people)), MEASURE, "body")


def _table(pen: Pen, columns: tuple[tuple[Message, float], ...], village: VillageFacts, first: int) -> None:
    bottom = _TOP + LINES * _PITCH
    x = LEFT
    for heading, width in columns:
        pen.text(x + 1, _TOP - 4.4, capital(pen.tongue.said(heading)), "strong")
        pen.text(x + 1, _TOP - 1.2, pen.tongue.gloss(heading), "small")
        pen.rule(x, _TOP - _HEADER, x, bottom, ink=RULE)
        x += width
    pen.rule(x, _TOP - _HEADER, x, bottom, ink=RULE)
    pen.rule(LEFT, _TOP - _HEADER, _RIGHT, _TOP - _HEADER, FINE, BLACK)
    pen.rule(LEFT, _TOP, _RIGHT, _TOP, FINE, BLACK)
    ticked = [
        sum(width for _, width in columns[:i]) + columns[i][1] / 2
        for i, c in enumerate(columns)
        if c[0] in ("called", "scanned")
    ]
    for line in range(LINES):
        y = _TOP + (line + 1) * _PITCH
        pen.rule(LEFT, y, _RIGHT, y)
        number = first + line + 1
        if number > village.tags:
            continue
        pen.text(LEFT + columns[0][1] - 1.5, y - 2.5, str(number), "figure", "right")
        if village.names and number <= len(village.names):
            pen.fitted(LEFT + columns[0][1] + 1, y - 2.5, village.names[number - 1], columns[1][1] - 2, "body")
        for middle in ticked:
            pen.box(Rect(LEFT + middle - _TICK / 2, y - _PITCH / 2 - _TICK / 2, _TICK, _TICK), line=BLACK, width=FINE)


def _foot(pen: Pen, facts: HandoutFacts, unit: UnitFacts) -> None:
    y = _TOP + LINES * _PITCH + 6
    x = LEFT
    for message in (say("Page total, tags:"), say("called:"), say("scanned:"), say("Signed by the officer:")):
        words = pen.tongue.said(message)
        pen.text(x, y, words, "caption")
        end = x + pen.width(words, "caption") + 2
        pen.rule(end, y + 0.6, x + 42, y + 0.6, FINE, BLACK)
        x += 46
    keeper = say(
        "The police of {unit} keep this list, and destroy it once it is accounted for, by {day} at the latest.",
        unit=unit.title,
        day=facts.destroyed,
    )
    pen.fitted(LEFT, HEIGHT - 16, pen.tongue.said(keeper), MEASURE, "caption")
    rule = say("Take no photographs, put it on no network. Write no identity number, ethnicity or religion.")
    pen.fitted(LEFT, HEIGHT - 12.5, pen.tongue.said(rule), MEASURE, "caption")
    foot = facts.head.foot
    pen.fitted(LEFT, HEIGHT - 9, foot, MEASURE, "small")
