"""Pages of the proof book about all units at once: every back at 1:1, and the sheet to call each number from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keytag.base.words import joined, say
from keytag.documents.base import Book
from keytag.documents.boxes import right_or_wrong, scale_bar, section
from keytag.documents.printed import Fact
from keytag.documents.style import MEASURE
from keytag.documents.words import capital
from keytag.roster.model import Unit
from keytag.tag.artwork import Artwork

_GUTTER = 5.0


def overview(book: Book, pairs: Sequence[tuple[Unit, Artwork]], codes: Mapping[str, str]) -> list[Any]:
    """All backs at actual size, as many abreast as there is room for, each with its unit and its fingerprint."""
    widest = max(artwork.trim.width for _, artwork in pairs)
    scale = min(1.0, MEASURE / widest)
    across = max(1, int((MEASURE + _GUTTER) / (widest * scale + _GUTTER)))
    cells = [
        [
            book.text(capital(unit.full_title), "strong"),
            book.text(codes[artwork.key], "mark"),
            book.space(0.8),
            book.tag(artwork, artwork.back, scale),
        ]
        for unit, artwork in pairs
    ]
    rows: list[list[Any]] = [cells[i : i + across] for i in range(0, len(cells), across)]
    rows[-1] += [""] * (across - len(rows[-1]))
    real = say("actual size") if scale == 1 else say("reduced")
    return [
        section(book, say("every back, with the fingerprint of its drawing")),
        book.both(real, "caption"),
        book.space(1),
        scale_bar(book),
        book.space(2),
        book.table(rows, [MEASURE / across] * across, lines=False, pad=1.6, align="TOP", gutter=_GUTTER),
    ]


def call_sheet(book: Book, named: Sequence[tuple[Unit, tuple[Fact, ...]]]) -> list[Any]:
    """Every number on the tags once, in a large size, with room for who answered and a tick."""
    titles = (
        say("number"),
        say("whose"),
        say("result"),
        say("who answered"),
    )
    rows: list[list[Any]] = [[book.both(title, "caption") for title in titles]]
    for number, whose in _calls(named):
        rows.append(
            [
                book.text(number, "number"),
                [book.text(capital(book.tongue.said(words))) for words in whose],
                right_or_wrong(book),
                "",
            ]
        )
    pledge = book.both(
        say("Call each number, ask for the person and the unit; tick, and write who answered."),
        below=True,
    )
    return [
        section(book, say("call sheet")),
        book.space(1),
        pledge,
        book.space(2),
        book.table(rows, [46, MEASURE - 118, 28, 44], head=1, pad=0.7),
    ]


def _calls(named: Sequence[tuple[Unit, tuple[Fact, ...]]]) -> Iterator[tuple[str, list[str]]]:
    """Each number as the tags show it, with all whose it is; one that several tags show stands once."""
    found: dict[str, list[str]] = {}
    for unit, facts in named:
        for fact in facts:
            if not fact.number:
                continue
            of = "" if fact.field.startswith("authority.") else f", {unit.full_title}"
            whose = found.setdefault(fact.text, [])
            for words in (joined("", (fact.role, of)), fact.person):
                if words and words not in whose:
                    whose.append(words)
    yield from found.items()
