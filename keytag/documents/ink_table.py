"""The inks of a job on paper: a swatch and words for each ink that prints, and the plates of the technical layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag.base.drawing import Layer, Picture
from keytag.base.ink import Ink
from keytag.base.words import Message, say
from keytag.documents.base import Book
from keytag.documents.boxes import swatch
from keytag.documents.style import MEASURE
from keytag.tag.artwork import Artwork
from keytag.tag.template import Template

_NAMED = (say("red"), say("gold"), say("yellow"), say("black"), say("white"), say("blue"))
_COLOURS: dict[str, Message] = {str(name): name for name in _NAMED}
_TECHNICAL = {
    Layer.WHITE: say("white underbase"),
    Layer.CUT: say("cut line, never printed"),
    Layer.HOLE: say("ring hole, never printed"),
    Layer.FOLD: say("fold line, never printed"),
}


def ink_table(book: Book, artworks: Sequence[Artwork], template: Template) -> Any:
    """Every ink that prints, in the order of the template's inks, and below them the plates of the technical layers."""
    used: dict[Ink, set[str]] = {}
    technical: dict[Layer, str] = {}
    for artwork in artworks:
        for side, (_, face) in zip(("front", "back"), artwork.sides, strict=False):
            for group in face.form.groups:
                for mark in group.marks:
                    if isinstance(mark, Picture):
                        continue
                    if group.layer is not Layer.ARTWORK:
                        technical.setdefault(group.layer, mark.ink.name)
                    elif mark.ink.cmyk.total > 0:
                        used.setdefault(mark.ink._replace(overprint=False, tint=1.0), set()).add(side)
    listed = [ink.name for _, ink in template.inks]
    places = {name: i for i, name in enumerate(listed)}
    inks = sorted(used.items(), key=lambda entry: places.get(entry[0].name, len(places)))
    order = {ink.name: i for i, (ink, _) in enumerate(inks, 1)} if all(ink.spot for ink, _ in inks) else {}
    said = dict(template.pantones)
    cells = [
        [swatch(book, ink, 16, 11), _ink_words(book, ink, sides, order.get(ink.name, 0), said.get(ink.name, ""))]
        for ink, sides in inks
    ]
    each = MEASURE / 3
    rows = [[part for cell in cells[i : i + 3] for part in cell] for i in range(0, len(cells), 3)]
    rows = [[*row, *[""] * (6 - len(row))] for row in rows]
    parts: list[Any] = []
    if rows:
        parts.append(book.table(rows, [20, each - 20] * 3, lines=False, pad=1.2, align="TOP"))
        if any(pantone for name, pantone in template.pantones):
            parts.append(_proposed(book))
    words = [(name, _TECHNICAL[layer]) for layer, name in technical.items() if layer in _TECHNICAL]
    if words:
        plates = [[book.text(name, "strong"), book.both(what, "caption")] for name, what in words]
        cells = [[book.both(say("technical plates"), below=True), *plates]]
        rest = (MEASURE - 34) / len(words)
        parts += [book.space(1), book.table(cells, [34] + [rest] * len(words), pad=0.9, align="TOP")]
    if any(artwork.white for artwork in artworks):
        parts += [book.space(1), _overprint_preview(book)]
    return book.table([[parts or book.text("–")]], [MEASURE], lines=False, pad=0)


def _proposed(book: Book) -> Any:
    """A Pantone name in a template is somebody's guess: what was signed is the proof's colour."""
    said = say(
        "Pantone names are proposals: confirm them against a swatch book before mixing. The proof's colour is the CMYK."
    )
    return book.both(said, "caption", below=True)


def _overprint_preview(book: Book) -> Any:
    """White is painted last and overprints: without the preview of it the files look blank."""
    said = say(
        "There is a White: look at press files with Overprint Preview on, else they look blank. "
        "The copies in view/ are to look at and not for press."
    )
    return book.both(said, "alarm", below=True)


def _ink_words(book: Book, ink: Ink, sides: set[str], turn: int, pantone: str) -> list[Any]:
    values = "   ".join(f"{name} {round(100 * tone):d}" for name, tone in zip("CMYK", ink.cmyk, strict=True))
    both = len(sides) == 2
    where = book.both(
        say("both sides") if both else say("front only") if "front" in sides else say("back only"), "caption"
    )
    name: str = _COLOURS.get(ink.name.casefold(), ink.name)
    if ink.spot:
        called = f"{turn}. {ink.name}" if turn else ink.name
        spot = book.tongue.said(say("spot ink, {colour}", colour=name))
        gloss = book.tongue.gloss(say("spot"))
        head = book.runs([(called, "strong"), (f"  {spot}", "body"), *([(f"  {gloss}", "small")] if gloss else [])])
        mixed = [book.text(f"Pantone {pantone}", "strong")] if pantone else []
        about = book.tongue.said(say("about {values}", values=values))
        return [head, *mixed, book.text(about, "caption"), where]
    return [book.both(name, "strong"), book.text(values), where]
