"""A sheet becomes two pages: its formes' placements, and the marks and slug around them.

The page's TrimBox is the block of all trims, its BleedBox that block and the bleed, its MediaBox the whole sheet. Where
one forme prints both surfaces both pages are that forme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from keytag.artwork import Artwork
from keytag.drawing import Form, Page
from keytag.imposition import Sheet
from keytag.lettering import SetText
from keytag.marks import MarkSet, Missing, Order, marks, patches
from keytag.marks.slug import SlugFacts, text
from keytag.scheme import FRONT, SIDES


class PressSheet(NamedTuple):
    """A sheet ready to be written: its two pages, the forms they place, and the marks that found no room."""

    sheet: Sheet
    front: Page
    back: Page
    forms: tuple[Form, ...]
    missing: tuple[Missing, ...]

    @property
    def pages(self) -> tuple[Page, Page]:
        return self.front, self.back


def press_sheet(sheet: Sheet, artworks: Sequence[Artwork], facts: SlugFacts, set_text: SetText) -> PressSheet:
    """Both pages of `sheet`; `artworks` as given to `impose`."""
    used = [artworks[i] for i in sorted({i for i in sheet.assignment if i is not None})]
    titles = {artwork.key: artwork.title for artwork in used}
    found: dict[str, MarkSet] = {}
    for side in SIDES:
        if sheet.layout.scheme.same_plates and side != FRONT:
            found[side] = found[FRONT]
            continue
        faces = [
            f
            for a in used
            for f in (a.faces if sheet.layout.scheme.same_plates else ((a.front if side == FRONT else a.back),))
        ]
        inks = patches(face.form for face in faces)
        order = Order(inks, text(sheet, side, facts, inks, titles), set_text)
        found[side] = marks(sheet.layout, side, order)
    pages = []
    for forme in sheet.formes:
        trim = sheet.layout.trim_block(forme.side)
        label = f"{sheet.number} {forme.side}"
        bleed = trim.inset(-sheet.layout.bleed)
        pages.append(Page(sheet.layout.scheme.media, bleed, trim, forme.placements, found[forme.side].groups, label))
    forms = tuple(face.form for artwork in used for face in artwork.faces)
    missing = (
        found[FRONT].missing if sheet.layout.scheme.same_plates else tuple(m for s in found.values() for m in s.missing)
    )
    return PressSheet(sheet, pages[0], pages[1], forms, missing)
