"""View copies of press files: the same pages in process colours on the plastic, flat, marked "not for press".

For jobs with White, whose press files look blank in viewers that do not simulate overprint. Nothing is laid out anew:
pages and forms are those of the press file, mapped to what an eye sees (`seen`), with a band of words above each page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keytag.base.drawing import DIE_LINES, Document, Fill, Group, Layer, Mark, Page, Words
from keytag.base.geometry import Rect, rectangle, translation
from keytag.base.ink import PAPER, Cmyk, Ink
from keytag.render.seen import seen_art, seen_mark
from keytag.sheet.lettering import SetText, placed
from keytag.tag.artwork import Artwork

MARKED = "XEM THỬ, KHÔNG DÙNG ĐỂ IN · VIEW COPY, NOT FOR PRESS"
_RED = Ink("Red", Cmyk(0, 1, 1, 0.05))
_BAND = 10.0  # mm above each page
_SIZE = 16.0  # pt, less where the page is narrow
_EDGE = 3.0


def view_copy(press: Document, artworks: Iterable[Artwork], set_text: SetText) -> Document:
    """The document to look at, to be written as PDF/X-1a (no layers); `artworks` are those whose faces it places."""
    known = {face.form.key: (artwork, face) for artwork in artworks for face in artwork.faces}
    forms = []
    for form in press.forms:
        artwork, face = known.get(form.key, (None, None))
        lines = tuple(_flat(g for g in form.groups if g.layer in DIE_LINES))
        seen = (*seen_art(artwork, face), *lines) if artwork and face else tuple(_flat(form.groups))
        forms.append(form._replace(groups=(Group(Layer.ARTWORK, seen),)))
    pages = tuple(_page(page, set_text) for page in press.pages)
    return Document(f"{press.title} ({MARKED})", press.date, pages, tuple(forms), f"{press.subject}, not for press")


def _flat(groups: Iterable[Group]) -> Iterable[Mark]:
    """All marks but the White's, in process colours."""
    return (seen_mark(mark) for group in groups if group.layer is not Layer.WHITE for mark in group.marks)


def _page(page: Page, set_text: SetText) -> Page:
    """The page with a band above it; its own marks flat."""
    media = page.media
    higher = Rect(media.x, media.y - _BAND, media.width, media.height + _BAND)
    marks = (*_flat(page.groups), *_marked(Rect(media.x, media.y - _BAND, media.width, _BAND), set_text))
    return page._replace(media=higher, groups=(Group(Layer.ARTWORK, marks),))


def _marked(band: Rect, set_text: SetText) -> Sequence[Mark]:
    words: Words = set_text(MARKED, _SIZE, PAPER)
    room = band.width - 2 * _EDGE
    if words.box.width > room:
        words = set_text(MARKED, _SIZE * room / words.box.width, PAPER)
    at = translation(band.centre.x - words.box.centre.x, band.centre.y - words.box.centre.y)
    return Fill(rectangle(band), _RED), placed(words, at)
