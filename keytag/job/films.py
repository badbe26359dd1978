"""Films of an imposed job: every plate of every sheet as a bilevel TIFF, described as works, published whole.

`keytag films` is one call of `film_job`. It takes what impose takes, and refuses what impose refuses.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from keytag._version import __version__
from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.drawing import Form, Page
from keytag.base.errors import FindingsError
from keytag.base.plates import marks_of, plates_of
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.publish import staging
from keytag.job import manifest
from keytag.job.imposition import Imposed, imposed
from keytag.job.planning import Planner, plan_of
from keytag.job.pressfiles import MASTERS_ARE, press_files
from keytag.job.ready import Order, Ready, order_of
from keytag.job.work import Mapping, Work, one_by_one, publish
from keytag.render.ascii import ascii_text
from keytag.render.film.separate import tints_of
from keytag.render.film.write import Told, film, size_of
from keytag.sheet.marks import patches
from keytag.sheet.one_up_film import film_page
from keytag.tag.typeset import set_text

MANIFEST = "films.json"
WHAT = "film"
BOTH = "both"  # the side of a forme that prints both


class Film(NamedTuple):
    """One film before it is made: its file, what it is of, the page that it shows and the forms on it."""

    file: str
    plate: str
    side: str
    ink: str
    page: Page
    forms: tuple[Form, ...]


class Filmed(NamedTuple):
    """What was made; `files` are names in the folder."""

    folder: Path
    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]


def films(
    ready: Ready,
    folder: str | os.PathLike[str],
    progress: Progress = unseen,
    *,
    one_up: bool = False,
    mapping: Mapping = one_by_one,
) -> Filmed:
    """All films of all that is on order, or none: `FindingsError` where the art has tints or the sheets fail.

    `mapping` makes the films: the `map` of a process pool gives the same bytes.
    """
    return film_job(order_of(ready), Path(folder), progress, one_up=one_up, mapping=mapping)


def film_job(
    order: Order,
    target: Path,
    progress: Progress = unseen,
    *,
    one_up: bool = False,
    planner: Planner = plan_of,
    mapping: Mapping = one_by_one,
) -> Filmed:
    """Write all films whole, or raise: `FindingsError` where the sheets fail their checks or the art has tints.

    `one_up` makes films of each tag alone besides, for trials and for machines that print one at a time.
    """
    job = imposed(order, planner=planner)
    films = films_of(job, one_up=one_up)
    refuse_tints(films)
    with staging(target, MANIFEST) as stage:
        made = publish([_work(one, order) for one in films], stage, mapping, progress)
        stage.write(MANIFEST, manifest.write(content_of(job, films), made))
    return Filmed(target, (*(file.name for file in made), MANIFEST), job.findings)


def films_of(job: Imposed, *, one_up: bool = False) -> tuple[Film, ...]:
    """All films, in the order of plates, sides and inks; one forme that prints both sides has one set."""
    found: list[Film] = []
    for press in job.presses:
        sheet = press.sheet
        plate = f"{sheet.number} of {sheet.of}"
        stem = sheet.file.removesuffix(".pdf")
        scheme = sheet.layout.scheme
        for side, page in list(zip(scheme.sides, press.pages, strict=True))[: 1 if scheme.same_plates else None]:
            called = BOTH if scheme.same_plates else side
            found += _films(f"{stem}-{side}", plate, called, page, press.forms)
    if one_up:
        files = press_files(job.order, job.layout, job.presses)
        titles = {artwork.key: artwork.title for artwork in job.order.artworks}
        for document in (file.document for file in files if file.what == MASTERS_ARE):
            for page in document.pages:
                key, _, side = page.label.rpartition(" ")
                told = (job.order.setup.name, titles[key], side, job.order.setup.date)
                inks = [patch.ink for patch in patches(_used(page, document.forms))]
                page = film_page(page, told, inks, set_text)
                found += _films(f"one-up-{key}-{side}", f"one-up {key}", side, page, document.forms)
    return tuple(found)


def _films(stem: str, plate: str, side: str, page: Page, forms: Sequence[Form]) -> Iterator[Film]:
    used = _used(page, forms)
    for ink in plates_of(marks_of(used)):
        yield Film(f"{stem}-{_safe(ink)}.tif", plate, side, ink, page, used)


def _used(page: Page, forms: Sequence[Form]) -> tuple[Form, ...]:
    placed = {placement.form for placement in page.placements}
    return tuple(form for form in forms if form.key in placed)


def _safe(ink: str) -> str:
    """An ink's name in a file's: letters, digits, `-` and `_`."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in ascii_text(ink))


def refuse_tints(films: Sequence[Film]) -> None:
    """A `FindingsError` for every tone between nothing and full: a film without a screen cannot hold it."""
    tints = dict.fromkeys(tint for one in films for tint in tints_of(one.forms))
    found = tuple(
        Diagnostic(
            "film-tint",
            Severity.ERROR,
            None,
            say(
                "{ink} at {tone:g} % is a tint, and films are solid: print it as a spot ink of its own "
                "(inks: … {{spot: NAME, cmyk: …}} in the template), or at 0 or 100 %",
                ink=tint.ink,
                tone=tint.tone * 100,
            ),
        )
        for tint in tints
    )
    if found:
        raise FindingsError(say("the tags have tints, and films are line work: nothing was made"), found)


def told_of(one: Film, order: Order) -> Told:
    """What a film says of itself."""
    setup = order.setup
    return Told(setup.name, one.plate, one.side, one.ink, setup.date, f"keytag {__version__}")


def _work(one: Film, order: Order) -> Work:
    told = told_of(one, order)
    return Work(one.file, WHAT, film, (one.page, one.forms, one.ink, order.setup.scheme.films, told))


def content_of(job: Imposed, films: Sequence[Film]) -> manifest.Content:
    """Everything that films.json says besides its files."""
    setup = job.order.setup
    settings = setup.scheme.films
    entries = []
    for one in films:
        width, height = size_of(one.page, settings)
        entries.append(
            {
                "file": one.file,
                "plate": one.plate,
                "side": one.side,
                "ink": one.ink,
                "reading": settings.reading,
                "emulsion": settings.emulsion,
                "polarity": settings.polarity,
                "mirrored": settings.mirrored,
                "choke": settings.choke,
                "dpi": settings.dpi,
                "width": width,
                "height": height,
            }
        )
    return {
        **manifest.head(setup, "films"),
        "scheme": setup.scheme.name,
        "inputs": manifest.inputs(setup),
        "plan": manifest.plan_entry(job.plan),
        "plates": [{**manifest.plate_entry(press), "of": press.sheet.of} for press in job.presses],
        "films": entries,
        "findings": [manifest.finding_entry(finding) for finding in job.findings],
    }
