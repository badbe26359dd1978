"""Pile tickets: what lies on each stack of numbered tags after the cut, from which serial to which, to be scanned.

Ten to a sheet of A4 on the stock of the box labels. A station of a numbered run is one pile in the order of its
serials; a unit's piles in the order of their numbers are its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Rect
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.documents.label_stock import (
    CODE,
    LABEL_HEIGHT,
    LABEL_WIDTH,
    PAD,
    PER_PAGE,
    corners,
    label_place,
    scannable,
)
from keytag.documents.style import HEIGHT, WIDTH
from keytag.documents.words import capital

if TYPE_CHECKING:
    from keytag.documents.base import Book, Pen
    from keytag.documents.facts import Head

_TITLE, _PILE, _TAGS = say("Pile tickets"), say("pile"), say("tags")
_LINES = (7.0, 15.0, 21.0, 27.0, 33.0)  # baselines from the top: unit, serials, villages, place, sheets


class PileTicket(NamedTuple):
    """One pile: whose it is, which of the unit's piles, its serials as they are printed, where it stood on the sheets.

    `sheets` is the last sheet, counted from 1, that has a tag at its station; the run has `run`. `villages` are those
    of the unit that the pile has tags of.
    """

    unit: str
    title: str
    villages: tuple[str, ...]
    plate: int
    station: int
    pile: int
    of: int
    first: str
    last: str
    tags: int
    sheets: int
    run: int

    @property
    def payload(self) -> str:
        """What its code says: unit, plate and station, pile, serials, tags."""
        plain = (text.replace("-", "").replace(" ", "") for text in (self.first, self.last))
        return f"{self.unit} {self.plate}/{self.station} {self.pile}/{self.of} {'-'.join(plain)} {self.tags}"


def pile_tickets(head: Head, piles: Sequence[PileTicket]) -> bytes:
    """The tickets as PDF/X-4, in the order given; `ValueError` where there is none."""
    from keytag.documents.base import Book

    if not piles:
        raise ValueError("there is no pile")
    book = Book(head, _TITLE, plain=True)
    pages = (_page(book, piles[i : i + PER_PAGE]) for i in range(0, len(piles), PER_PAGE))
    return book.made(pages)


def _page(book: Book, piles: Sequence[PileTicket]) -> Any:
    def paint(pen: Pen) -> None:
        for i, pile in enumerate(piles):
            x, y = label_place(i)
            corners(pen, x, y)
            _ticket(pen, pile, Rect(x + PAD, y + PAD, LABEL_WIDTH - 2 * PAD, LABEL_HEIGHT - 2 * PAD))

    return book.box(WIDTH, HEIGHT - 0.01, paint)  # a hair less than the page, which a full one would not enter


def _ticket(pen: Pen, pile: PileTicket, box: Rect) -> None:
    """Unit, serials, villages, place and sheets, the code beside them; below them which pile it is, and its tags."""
    tongue, left, wide = pen.tongue, box.width - CODE - 3, box.width
    unit, serials, villages, place, sheets = (box.y + line for line in _LINES)
    title = capital(pile.title)
    style = next((s for s in ("label", "section", "strong", "caption") if pen.width(title, s) <= wide), "small")
    pen.fitted(box.x, unit, title, wide, style)
    pen.fitted(box.x, serials, f"{pile.first} – {pile.last}", wide, "section")
    if pile.villages:
        pen.fitted(box.x, villages, " · ".join(pile.villages), wide, "caption")
    where = say("plate {plate}, station {station}", plate=pile.plate, station=pile.station)
    through = say("sheets 1–{sheets:,} of {run:,}", sheets=pile.sheets, run=pile.run)
    for baseline, words in ((place, where), (sheets, through)):
        said = tongue.said(words)
        pen.fitted(box.x, baseline, capital(said), left, "strong")
        if gloss := tongue.gloss(words):
            pen.fitted(box.x, baseline + 2.8, gloss, left, "small")
    scannable(pen, pile.payload, Rect(box.right - CODE, box.y + 22.5, CODE, CODE))
    base = box.bottom + 1.5
    number = f"{tongue.counted(pile.pile)} / {tongue.counted(pile.of)}"
    word = capital(tongue.said(_PILE))
    pen.text(box.x, base, word, "strong")
    pen.text(box.x + pen.width(word, "strong") + 1.5, base, number, "count")
    pen.text(box.right, base, tongue.counted(pile.tags), "count", "right")
    right = box.right - pen.width(tongue.counted(pile.tags), "count") - 1.5
    pen.text(right, base, tongue.said(_TAGS), "strong", "right")
