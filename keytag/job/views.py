"""The folder `view/` of a job with White: every press file as a flat PDF and as pictures, marked "not for press"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.drawing import Document
from keytag.base.standard import Standard
from keytag.tag.artwork import Artwork
from keytag.tag.typeset import set_text

FOLDER = "view"
WHAT = "view copy, not for press"
_SHEET_DPI, _MASTER_DPI = 120.0, 200.0


def views_of(name: str, press: Document, *, sheet: bool = True) -> Iterator[tuple[str, Document | None]]:
    """The names of the copies of the press file `name` ("plate-01.pdf"), each picture with the page that it shows."""
    stem = name.removesuffix(".pdf")
    yield f"{FOLDER}/{name}", None
    for number, page in enumerate(press.pages):
        said = page.label.replace(" ", "-")
        if sheet:
            said = "" if len(press.pages) == 1 else ("front", "back")[number]
        shown = {placement.form for placement in page.placements}
        alone = press._replace(pages=(page,), forms=tuple(form for form in press.forms if form.key in shown))
        yield f"{FOLDER}/{stem}-{said}.png" if said else f"{FOLDER}/{stem}.png", alone


def view_pdf(press: Document, artworks: Sequence[Artwork]) -> bytes:
    """The copy as a flat PDF."""
    from keytag.render.pdf.document import write
    from keytag.render.view import view_copy

    return write(view_copy(press, artworks, set_text), Standard.X1A)


def view_picture(press: Document, artworks: Sequence[Artwork], sheet: bool) -> bytes:
    """The first page of the copy as a picture."""
    from keytag.render import png

    dpi = _SHEET_DPI if sheet else _MASTER_DPI
    return png.png(png.rasterise(png.proof_pdf(view_pdf(press, artworks), ()), 0, dpi), dpi)
