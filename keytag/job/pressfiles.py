"""The files of a job that go to press, as closed drawings: sheets, cutting forme, one-up masters. Nothing is written.

`impose` writes them; `verify` draws them anew by another road.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keytag.base.drawing import Document, Form, Page
from keytag.base.ink import DieNames
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.job.formes import about
from keytag.job.work import Work
from keytag.sheet.cutting import cutting_forme
from keytag.sheet.layout import Layout, PressSheet
from keytag.sheet.master import forms_of, one_up
from keytag.tag.artwork import Artwork
from keytag.tag.typeset import set_text

if TYPE_CHECKING:
    from keytag.job.ready import Order

MASTERS = "masters.pdf"


class PressFile(NamedTuple):
    """One file by its name in the folder and what it is."""

    name: str
    what: str
    document: Document


def press_files(order: Order, layout: Layout, presses: Sequence[PressSheet]) -> tuple[PressFile, ...]:
    """Every file for the press, in the order in which they are made."""
    name, moment = order.setup.name, order.setup.moment

    def file(file: str, what: str, title: str, pages: Sequence[Page], forms: Sequence[Form]) -> PressFile:
        document = Document(f"{name}: {title}", moment, tuple(pages), tuple(forms), subject=what, job=name)
        return PressFile(file, what, document)

    sheets = [
        file(
            press.sheet.file,
            "press sheet",
            f"plate {press.sheet.number} of {press.sheet.of}",
            press.pages,
            press.forms,
        )
        for press in presses
    ]
    forme = cutting_forme(layout, order.artworks[0], set_text, about=about(order))
    masters = [one_up(artwork, side, set_text) for artwork in order.artworks for side, _ in artwork.sides]
    return (
        *sheets,
        file("cutting-forme.pdf", "cutting forme", "cutting forme", [forme.page], forme.forms),
        file(MASTERS, "one-up masters", "one-up masters", [m.page for m in masters], forms_of(masters)),
    )


def press_works(files: Sequence[PressFile], standard: Standard, dies: DieNames) -> tuple[Work, ...]:
    """The files as works, in their order; `dies` are the names of the die-lines' spots."""
    from keytag.render.pdf.document import write

    return tuple(Work(f.name, f.what, write, (f.document, standard), standard, dies=dies) for f in files)


def view_works(files: Sequence[PressFile], artworks: Sequence[Artwork]) -> tuple[Work, ...]:
    """The view copies of the press files, for jobs with White: nobody else needs one to see what those show."""
    from keytag.job.views import WHAT, view_pdf, view_picture, views_of

    if not any(artwork.white for artwork in artworks):
        return ()
    found = []
    for file in files:
        for name, page in views_of(file.name, file.document, sheet=file.name != MASTERS):
            if page is None:
                found.append(Work(name, WHAT, view_pdf, (file.document, tuple(artworks)), Standard.X1A))
            else:
                found.append(Work(name, WHAT, view_picture, (page, tuple(artworks), file.name != MASTERS)))
    return tuple(found)
