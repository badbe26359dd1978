"""What the numbered sheets of a job must be, from its roster and plan: cut and stack once more, by plain counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from keytag.base.geometry import Rect
from keytag.base.sides import FRONT, SIDES
from keytag.job.numbering import ROWS, SHEETS, Numbering
from keytag.render.pdf.edition import blank
from keytag.serial.ledger import PRINTED, SPARE
from keytag.sheet.edition import Edition, file_name, parts
from keytag.tag.artwork import Artwork
from keytag.verification.numbered_model import Book, Numbers

if TYPE_CHECKING:
    from keytag.job.imposition import Imposed
    from keytag.serial.form import Form


def numbers_of(job: Imposed) -> Numbers | None:
    """The numbers of an imposed job; None where it has none."""
    told = job.numbering
    if told is None:
        return None
    order = job.order
    ordered = {unit.key: unit.tags for unit in order.units}
    following = {key: claim.first for key, claim in told.claims.items()}
    heaps = dict.fromkeys(following, 0)
    rows: dict[str, list[tuple[str, ...]]] = {key: [] for key in told.claims}
    books = []
    for press, made in zip(job.presses, told.editions, strict=True):
        sheet, piles = press.sheet, dict[int, tuple[str, "Form", int, int]]()
        for station, design in enumerate(sheet.assignment):
            if design is None:
                continue
            unit = order.artworks[design].key
            claim = told.claims[unit]
            first = following[unit]
            count = max(0, min(sheet.run, claim.first + claim.size - first))
            heaps[unit] += 1
            piles[station] = (unit, claim.form, first, count)
            following[unit] += count
            for k in range(count):
                state = PRINTED if first + k - claim.first < ordered[unit] else SPARE
                place = str(sheet.number), str(k + 1), str(station + 1), str(heaps[unit])
                rows[unit].append((claim.form.text(first + k), unit, *place, state, order.setup.name))
        stations = len(job.layout.stations)
        files = [(file_name(sheet.number, a, b, sheet.run), a, b) for a, b in parts(sheet.run, stations)]
        books.append(book_of(job, made, sheet.run, files)._replace(piles=piles))
    return Numbers(tuple(books), ROWS, tuple(row for key in told.claims for row in rows[key]))


def book_of(job: Imposed, made: Edition, run: int, files: Sequence[tuple[str, int, int]]) -> Book:
    """What the numbered files of a plate must be, but which number stands where."""
    layout = job.layout
    originals = {artwork.key: artwork for artwork in job.order.ready.artworks}
    front, back = (tuple(layout.trim(station, side) for station in layout.stations) for side in SIDES)
    boxes: tuple[tuple[Rect, ...], tuple[Rect, ...]] = front, back
    imprint = job.numbering is not None and job.numbering.imprint
    shell = blank(made, job.standard, imprint=imprint)
    turned = tuple(station.face != FRONT for station in layout.stations)
    slots, codes, links = _slots(originals), _boxes(originals), _links(originals)
    return Book(made.number, run, files, boxes, turned, {}, slots, shell, codes, links, len(made.sides), imprint)


def names_of(told: Numbering) -> dict[str, str]:
    """The numbered files by name, and what each is."""
    found = {ROWS: "serials"}
    for plate in told.plates:
        for first, last in parts(plate.run, len(plate.units)):
            found[file_name(plate.number, first, last, plate.run)] = SHEETS
    return found


def _slots(
    originals: Mapping[str, Artwork],
) -> tuple[dict[str, tuple[int, tuple[str, ...]]], dict[str, tuple[int, tuple[str, ...]]]]:
    """How many serials and which codes a tag has on each face, by unit."""
    found: list[dict[str, tuple[int, tuple[str, ...]]]] = [{}, {}]
    for key, artwork in originals.items():
        for side, face in enumerate(artwork.faces):
            texts = sum(1 for slot in face.slots if slot.font)
            found[side][key] = texts, tuple(slot.text for slot in face.slots if not slot.font)
    return found[0], found[1]


def _links(originals: Mapping[str, Artwork]) -> dict[str, tuple[str, str]]:
    """What each unit's own codes say, and their level of error correction."""
    faces = [(key, face) for key, artwork in originals.items() for face in artwork.faces]
    return {key: (slot.text, slot.level) for key, face in faces for slot in face.slots if not slot.font}


def _boxes(originals: Mapping[str, Artwork]) -> dict[str, Rect]:
    """Where each unit's own code stands on its face."""
    return {
        key: slot.box
        for key, artwork in originals.items()
        for face in artwork.faces
        for slot in face.slots
        if not slot.font
    }
