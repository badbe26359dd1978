"""The folder `view/` of a job with White: every press file as a flat PDF and as pictures, marked "not for press"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from keytag.base.drawing import Document
from keytag.base.standard import Standard
from keytag.sheet.lettering import SetText
from keytag.tag.artwork import Artwork

FOLDER = "view"
WHAT = "view copy, not for press"
_SHEET_DPI, _MASTER_DPI = 120.0, 200.0


class View(NamedTuple):
    """One file of the folder, by its name in the job's folder."""

    name: str
    data: bytes


def views_of(
    name: str, press: Document, artworks: Sequence[Artwork], set_text: SetText, *, sheet: bool = True
) -> Iterator[View]:
    """The copies of the press file `name` ("plate-01.pdf"): a flat PDF, and each page as a picture."""
    from keytag.render import png
    from keytag.render.pdf.document import write
    from keytag.render.view import view_copy

    copy = view_copy(press, artworks, set_text)
    data = write(copy, Standard.X1A)
    stem = name.removesuffix(".pdf")
    yield View(f"{FOLDER}/{name}", data)
    dpi = _SHEET_DPI if sheet else _MASTER_DPI
    shown = png.proof_pdf(data, ())
    for number, page in enumerate(copy.pages):
        said = page.label.replace(" ", "-") if not sheet else "" if len(copy.pages) == 1 else ("front", "back")[number]
        file = f"{FOLDER}/{stem}-{said}.png" if said else f"{FOLDER}/{stem}.png"
        yield View(file, png.png(png.rasterise(shown, number, dpi), dpi))
