"""A sheet becomes two pages, or one: its formes' placements, and the marks and slug around them.

The page's TrimBox is the block of all trims, its BleedBox that block and the bleed, its MediaBox the whole sheet. Where
one forme prints both surfaces both pages are that forme.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.drawing import Page
from keytag.base.sides import FRONT
from keytag.sheet.layout import Layout, PressSheet, Sheet
from keytag.sheet.lettering import SetText
from keytag.sheet.marks import MarkSet, Patch, fixed_marks, patches, with_slug
from keytag.sheet.marks.colour_bar import merged
from keytag.sheet.marks.designs import numbers_of
from keytag.sheet.marks.ground import Ground
from keytag.sheet.marks.names import names
from keytag.sheet.marks.slug import SlugFacts, texts
from keytag.tag.artwork import Artwork


def press_sheet(sheet: Sheet, artworks: Sequence[Artwork], facts: SlugFacts, set_text: SetText) -> PressSheet:
    """The pages of `sheet`; `artworks` as given to `impose`."""
    return press_sheets((sheet,), artworks, facts, set_text)[0]


def press_sheets(
    sheets: Sequence[Sheet], artworks: Sequence[Artwork], facts: SlugFacts, set_text: SetText, *, loose: bool = True
) -> tuple[PressSheet, ...]:
    """The pages of all plate sets of a job; what does not differ between them is drawn once.

    `loose` says that tags are cut out of the sheet and come loose: designs are then numbered beside them.
    """
    grounds: dict[tuple[Layout, str, tuple[Patch, ...]], Ground] = {}

    def ground(layout: Layout, side: str, inks: tuple[Patch, ...]) -> Ground:
        key = (layout, side, inks)
        if key not in grounds:
            grounds[key] = fixed_marks(layout, side, inks, set_text)
        return grounds[key]

    found = []
    inks_of = {artwork.key: tuple(patches((face.form,)) for face in artwork.faces) for artwork in artworks}
    white = {artwork.key for artwork in artworks if artwork.white}
    for sheet in sheets:
        used = [artworks[i] for i in sorted({i for i in sheet.assignment if i is not None})]
        titles = {artwork.key: artwork.title for artwork in used}
        layout = sheet.layout
        marks: dict[str, MarkSet] = {}
        for i, side in enumerate(layout.scheme.sides):
            if layout.scheme.same_plates and side != FRONT:
                marks[side] = marks[FRONT]
                continue
            faces = (0, 1) if layout.scheme.same_plates else (i,)
            inks = merged(inks_of[artwork.key][face] for artwork in used for face in faces)
            ways = texts(sheet, side, facts, inks, titles, white=any(artwork.key in white for artwork in used))
            plate = (sheet.number, sheet.of)
            called = names(facts.job, facts.date, plate, "front+back" if len(faces) > 1 else side, inks)
            numbers = numbers_of(sheet.assignment, artworks[0].outline, inks) if loose and side == FRONT else None
            marks[side] = with_slug(ground(layout, side, inks), ways, called, set_text, numbers)
        found.append(_pages(sheet, used, marks))
    return tuple(found)


def _pages(sheet: Sheet, used: Sequence[Artwork], marks: dict[str, MarkSet]) -> PressSheet:
    layout, pages = sheet.layout, []
    for forme in sheet.formes:
        trim = layout.trim_block(forme.side)
        bleed = trim.inset(-layout.bleed)
        label = f"{sheet.number} {forme.side}"
        pages.append(Page(layout.scheme.media, bleed, trim, forme.placements, marks[forme.side].groups, label))
    placed = {placement.form for forme in sheet.formes for placement in forme.placements}
    forms = tuple(face.form for artwork in used for face in artwork.faces if face.form.key in placed)
    sides = (FRONT,) if layout.scheme.same_plates else layout.scheme.sides
    missing = tuple(lack for side in sides for lack in marks[side].missing)
    return PressSheet(sheet, tuple(pages), forms, missing)
