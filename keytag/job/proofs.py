"""Proofs for people: a picture, a drawing and a one-up file of each unit, and one book to sign.

The pictures are rasterised from the one-up file, which is the press drawing in the colours that an eye sees
(`render.seen`); the code on each is read back from its picture. `keytag render` is one call of `render_job`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic
from keytag.base.drawing import Document
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.files.publish import Staging, staging
from keytag.job import manifest
from keytag.job.head import head_of
from keytag.job.keys import key_of
from keytag.job.setup import Setup
from keytag.job.volumes import UNITS, volumes
from keytag.job.work import Made, Mapping, Work, finished, one_by_one, preflight, publish, put
from keytag.tag.artwork import Artwork
from keytag.tag.typeset import set_text

if TYPE_CHECKING:
    from PIL.Image import Image

MANIFEST = "proofs.json"
BOOK = "proof-book.pdf"
_MARGIN = 1.0  # mm around the trim in a picture
_GAP = 4.0  # mm between the faces
_READING_DPI = 400.0
_PHONE_WIDE, _PHONE_MOST = 1100.0, 1200.0  # pixels across a face, and the finest that is drawn for it


class Told(NamedTuple):
    """What proofs say of their job: a work that travels has this with it, and not a nation's roster."""

    name: str
    moment: str
    date: str
    dies: DieNames

    @classmethod
    def of(cls, setup: Setup) -> Told:
        return cls(setup.name, setup.moment, setup.date, setup.scheme.dies)


class Proof:
    """What is made of one unit: its one-up file is made once for all of its proofs."""

    def __init__(self, job: Told, artwork: Artwork, dpi: float) -> None:
        self.job, self.artwork, self.dpi = job, artwork, dpi

    @cached_property
    def one_up(self) -> bytes:
        return _one_up(self.job, self.artwork)


class Kind(NamedTuple):
    """One kind of file of a unit: what it is, and what makes its bytes."""

    what: str
    make: Callable[[Proof], bytes]


class Rendered(NamedTuple):
    """What was made, as names in the folder."""

    folder: Path
    files: tuple[str, ...]
    taken: int = 0  # files that a killed run had made


def render_job(
    setup: Setup,
    artworks: Sequence[Artwork],
    findings: Sequence[Diagnostic],
    target: Path,
    *,
    formats: Collection[str] | None = None,
    dpi: float = 400.0,
    whole: bool = True,
    progress: Progress = unseen,
    mapping: Mapping = one_by_one,
) -> Rendered:
    """Write the proofs of `artworks`; `whole` replaces the folder, else the other proofs in it are kept.

    `formats` are some of `KINDS`, and `book`; None makes `FORMATS`. `mapping` makes them, unit by unit.
    """
    formats = FORMATS if formats is None else formats
    with staging(target, MANIFEST, keep=not whole) as stage:
        names, read = tuple(name for name in KINDS if name in formats), "book" in formats
        made, links = _units(stage, artworks, _Asked(Told.of(setup), names, dpi, read), mapping, progress)
        books = _books(setup, artworks, findings, links, BOOK if whole else _book_name(artworks)) if read else ()
        made += publish(books, stage, mapping, progress)
        kept, proofed = ([], []) if whole else _kept(target, made, artworks)
        units = [{"key": a.key, "title": a.title, **manifest.tag_entry(a)} for a in artworks]
        content = {
            **manifest.head(setup, "render"),
            "inputs": manifest.inputs(setup, scheme=setup.scheme.dies != USUAL_DIES),
            "units": [*proofed, *units],
        }
        stage.write(MANIFEST, manifest.write(content, made, kept))
    return Rendered(target, tuple(file.name for file in made), len(stage.taken))


class _Asked(NamedTuple):
    """What is made of each unit: files by the ends of their names, and with `read` what its code says."""

    job: Told
    names: tuple[str, ...]
    dpi: float
    read: bool


def _units(
    stage: Staging, artworks: Sequence[Artwork], asked: _Asked, mapping: Mapping, progress: Progress
) -> tuple[list[Made], dict[str, str | None]]:
    """The files of all units, and what their codes say; those that a killed run had made whole are taken over."""
    works = [Work(a.title, "proofs", unit_proofs, (*asked, a)) for a in artworks]
    keys = [key_of(work) for work in works]
    left = [stage.journal.any and _left_whole(stage, told, asked) for told in keys]
    anew = [work for work, whole in zip(works, left, strict=True) if not whole]
    fresh = iter(zip(anew, mapping(finished, anew), strict=True))
    made: list[Made] = []
    links: dict[str, str | None] = {}
    for artwork, told, whole in zip(artworks, keys, left, strict=True):
        unit = _taken(stage, told, artwork, asked) if whole else None
        if unit is None:
            data = next(fresh)[1] if not whole else unit_proofs(*asked, artwork)
            unit = _written(stage, told, artwork, *pickle.loads(data))  # of our own worker
        made += unit[1]
        if asked.read:
            links[artwork.key] = unit[0]
        progress(artwork.title)
    next(fresh, None)  # what is left over, or lacks, is said
    return made, links


def _left_whole(stage: Staging, told: str, asked: _Asked) -> bool:
    """Whether a killed run had made all files of a unit, and its code can be read from one of them again."""
    return all(stage.journal.noted(f"{told} {n}") for n in asked.names) and ("pdf" in asked.names or not asked.read)


def _taken(stage: Staging, told: str, artwork: Artwork, asked: _Asked) -> tuple[str | None, list[Made]] | None:
    """What a killed run had made of a unit, its code read anew; None where a file is not what it was any more."""
    made = []
    for end in asked.names:
        left = stage.take(f"{told} {end}", name := f"{artwork.key}.{end}")
        if left is None:
            return None
        stage.journal.note(f"{told} {end}", name, left.size, left.sha256)
        made.append(Made(name, KINDS[end].what, left.size, left.sha256))
    return read_link((stage.path / f"{artwork.key}.pdf").read_bytes(), artwork) if asked.read else None, made


def _written(
    stage: Staging, told: str, artwork: Artwork, link: str | None, files: dict[str, bytes]
) -> tuple[str | None, list[Made]]:
    made = []
    for end, data in files.items():
        new = put(stage, Work(f"{artwork.key}.{end}", KINDS[end].what, bytes, ()), data)
        stage.journal.note(f"{told} {end}", new.name, new.size, new.sha256)
        made.append(new)
    return link, made


def unit_proofs(job: Told, names: Sequence[str], dpi: float, read: bool, artwork: Artwork) -> bytes:
    """The files of one unit by the ends of their names, and with `read` what its code says; pickled, to travel."""
    proof = Proof(job, artwork, dpi)
    link = read_link(proof.one_up, artwork) if read else None
    return pickle.dumps((link, {name: KINDS[name].make(proof) for name in names}))


def _kept(
    target: Path, made: Sequence[Made], artworks: Sequence[Artwork]
) -> tuple[list[manifest.Content], list[manifest.Content]]:
    """The manifest's entries of the proofs, and of the tags, that a partial run leaves as they are."""
    import json

    try:
        content = json.loads((target / MANIFEST).read_bytes())
        before, tags = content["files"], content.get("units", [])
    except (OSError, ValueError, KeyError):
        return [], []
    fresh, drawn = {file.name for file in made}, {artwork.key for artwork in artworks}
    kept = [entry for entry in before if entry["name"] not in fresh]
    return kept, [entry for entry in tags if entry["key"] not in drawn]


def one_up_file(setup: Setup, artwork: Artwork) -> bytes:
    """Each printed face on a page of its own, as it is seen, with die-line and measures, as preflighted PDF/X-4."""
    return _one_up(Told.of(setup), artwork)


def _one_up(job: Told, artwork: Artwork) -> bytes:
    from keytag.render.pdf.document import write
    from keytag.render.seen import proof_of
    from keytag.sheet.master import forms_of, one_up

    proof = proof_of(artwork)
    masters = [one_up(proof, side, set_text) for side, _ in proof.sides]
    pages = tuple(master.page for master in masters)
    title = f"{job.name}: {artwork.title}"
    data = write(Document(title, job.moment, pages, forms_of(masters), "one-up"), Standard.X4)
    preflight(f"{artwork.key}.pdf", data, Standard.X4, dies=job.dies)
    return data


def _face(data: bytes, artwork: Artwork, page: int, dpi: float) -> Image:
    """One face as it is in the hand."""
    from keytag.base.sides import SIDES
    from keytag.render import png
    from keytag.sheet.master import one_up

    trim = one_up(artwork, SIDES[page], set_text).page.trim
    image = png.rasterise(png.proof_pdf(data), page, dpi, crop=trim.inset(-_MARGIN))
    return png.cut_out(image, artwork.trim, artwork.outline_of(artwork.faces[page]), artwork.faces[page], dpi)


def _faces(data: bytes, artwork: Artwork, dpi: float) -> list[Image]:
    """A picture of each face that is printed."""
    return [_face(data, artwork, page, dpi) for page in range(len(artwork.sides))]


def _picture(proof: Proof) -> bytes:
    """Both faces side by side in equal halves; one alone where the back is not printed."""
    from PIL import Image as pictures

    from keytag.render.png import png

    images = _faces(proof.one_up, proof.artwork, proof.dpi)
    gap = round(_GAP * proof.dpi / 25.4)
    width, height = sum(i.width for i in images) + gap * (len(images) - 1), max(i.height for i in images)
    both = pictures.new("RGB", (width, height), "white")
    x = 0
    for image in images:
        both.paste(image, (x, 0))
        x += image.width + gap
    return png(both, proof.dpi)


def _drawing(proof: Proof) -> bytes:
    from keytag.render.seen import proof_of
    from keytag.render.svg import svg

    return svg([face.form for _, face in proof_of(proof.artwork).sides], proof.artwork.title).encode()


def _for_a_phone(proof: Proof) -> bytes:
    """Both faces in one picture to send, which says of itself that it is a proof."""
    from keytag.render.fingerprint import code
    from keytag.render.phone import phone_picture

    job, artwork = proof.job, proof.artwork
    dpi = min(_PHONE_MOST, _PHONE_WIDE * 25.4 / artwork.trim.width)
    faces = _faces(proof.one_up, artwork, dpi)
    year, month, day = job.date.split("-")
    lines = (
        artwork.title[:1].upper() + artwork.title[1:],
        f"Mã bản vẽ {code(artwork)}",
        f"{job.name}, {day}/{month}/{year}",
    )
    return phone_picture(faces, lines, set_text)


# The files of a unit by the end of their names: a new writer is one line here, and one in `cli.render`.
KINDS = {
    "png": Kind("picture", _picture),
    "pdf": Kind("one-up", lambda proof: proof.one_up),
    "svg": Kind("drawing", _drawing),
    "phone.png": Kind("picture for a phone", _for_a_phone),
}
FORMATS = ("png", "pdf", "svg", "book")  # what is made where nothing is asked for


def read_link(data: bytes, artwork: Artwork) -> str | None:
    """What a decoder reads off the rendered tag; None where it reads nothing, or more than one code."""
    from keytag.qr import decode as decoders

    found = [text for face in _faces(data, artwork, _READING_DPI) for text in decoders.zxing(face)]
    return found[0] if len(found) == 1 else None


def _book_name(artworks: Sequence[Artwork]) -> str:
    """A book of some units only, beside the book of all."""
    return f"proof-book-{artworks[0].key if len(artworks) == 1 else 'selected'}.pdf"


def _books(
    setup: Setup,
    artworks: Sequence[Artwork],
    findings: Sequence[Diagnostic],
    links: dict[str, str | None],
    name: str,
) -> tuple[Work, ...]:
    """The proof book in its volumes, each given its own units and what was found of them."""
    units = {unit.key: unit for unit in setup.roster.units}
    works = []
    for part in volumes(name, len(artworks), UNITS) if artworks else ():
        shown = tuple(artworks[part.first : part.last])
        keys = {artwork.key for artwork in shown}
        roster = setup.roster._replace(units=tuple(units[a.key] for a in shown), files=(), findings=())
        told = tuple(finding for finding in findings if not finding.unit or finding.unit in keys)
        said = {key: link for key, link in links.items() if key in keys}
        given = (head_of(setup), roster, shown, setup.template, told, said)
        works.append(Work(part.name, "proof book", _book, given, Standard.X4, fonts=True))
    return tuple(works)


def _book(*given: object) -> bytes:
    from keytag.documents.proof_book import proof_book

    return proof_book(*given)  # type: ignore[arg-type]
