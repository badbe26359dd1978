"""The files of a job that go to press, as closed drawings: sheets, cutting forme, one-up masters. Nothing is written.

`impose` writes them; `verify` draws them anew by another road.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from keytag.base.drawing import Document
from keytag.base.ink import DieNames
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.job.formes import about
from keytag.job.volumes import UNITS, volumes
from keytag.job.work import Work
from keytag.sheet.cutting import cutting_forme
from keytag.sheet.layout import Layout, PressSheet
from keytag.sheet.master import forms_of, one_up
from keytag.sheet.title_block import About
from keytag.tag.artwork import Artwork
from keytag.tag.typeset import set_text

if TYPE_CHECKING:
    from keytag.job.ready import Order

MASTERS, MASTERS_ARE = "masters.pdf", "one-up masters"


class PressFile(NamedTuple):
    """One file by its name in the folder, what it is, and what makes its drawing of what is given.

    Nothing is drawn before it is asked for, and nothing drawn is kept.
    """

    name: str
    what: str
    make: Callable[..., Document]
    given: tuple[object, ...]

    @property
    def document(self) -> Document:
        return self.make(*self.given)


def press_files(order: Order, layout: Layout, presses: Sequence[PressSheet]) -> tuple[PressFile, ...]:
    """Every file for the press, in the order in which they are made."""
    head = order.setup.name, order.setup.moment
    sheets = [PressFile(press.sheet.file, "press sheet", sheet_document, (*head, press)) for press in presses]
    forme = (*head, layout, order.artworks[0], about(order))
    masters = [
        PressFile(part.name, MASTERS_ARE, masters_document, (*head, order.artworks[part.first : part.last]))
        for part in volumes(MASTERS, len(order.artworks), UNITS)
    ]
    return (*sheets, PressFile("cutting-forme.pdf", "cutting forme", forme_document, forme), *masters)


def sheet_document(name: str, moment: str, press: PressSheet) -> Document:
    """A plate set as a file of its own."""
    title = f"{name}: plate {press.sheet.number} of {press.sheet.of}"
    return Document(title, moment, press.pages, press.forms, subject="press sheet", job=name)


def forme_document(name: str, moment: str, layout: Layout, artwork: Artwork, told: About) -> Document:
    """What the sheets are cut by."""
    forme = cutting_forme(layout, artwork, set_text, about=told)
    return Document(f"{name}: cutting forme", moment, (forme.page,), forme.forms, subject="cutting forme", job=name)


def masters_document(name: str, moment: str, artworks: Sequence[Artwork]) -> Document:
    """Each printed face of these tags on a page of its own."""
    masters = [one_up(artwork, side, set_text) for artwork in artworks for side, _ in artwork.sides]
    pages = tuple(master.page for master in masters)
    return Document(f"{name}: {MASTERS_ARE}", moment, pages, forms_of(masters), subject=MASTERS_ARE, job=name)


def press_works(files: Sequence[PressFile], standard: Standard, dies: DieNames) -> tuple[Work, ...]:
    """The files as works, in their order; `dies` are the names of the die-lines' spots."""
    return tuple(Work(f.name, f.what, pressed, (f, standard), standard, dies=dies) for f in files)


def pressed(file: PressFile, standard: Standard) -> bytes:
    """The bytes of a file for the press."""
    from keytag.render.pdf.document import write

    return write(file.document, standard)


def view_works(files: Sequence[PressFile], artworks: Sequence[Artwork]) -> tuple[Work, ...]:
    """The view copies of the press files, for jobs with White: nobody else needs one to see what those show."""
    from keytag.job.views import WHAT, view_pdf, view_picture, views_of

    if not any(artwork.white for artwork in artworks):
        return ()
    found = []
    for file in files:
        sheet, document = file.what != MASTERS_ARE, file.document
        for name, page in views_of(file.name, document, sheet=sheet):
            if page is None:
                found.append(Work(name, WHAT, view_pdf, (document, tuple(artworks)), Standard.X1A))
            else:
                found.append(Work(name, WHAT, view_picture, (page, tuple(artworks), sheet)))
    return tuple(found)
