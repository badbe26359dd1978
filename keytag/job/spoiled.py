"""Exactly the spoiled tags of a numbered job, printed again: on that job's plates, blanks elsewhere, fewest sheets.

Without a ledger the same serials are printed again: whoever asks says that the spoiled tags are gone. With one the same
serial is printed only where its tag is booked destroyed; else it is booked void, and the next of the unit's reserve
takes its place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.errors import UsageError
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files.publish import staging
from keytag.job import manifest
from keytag.job.numbering import ROWS, SHEETS, Numbering, specimen_of
from keytag.job.planning import plate_sets
from keytag.job.ready import Ready
from keytag.job.work import Work, publish
from keytag.render.fingerprint import fingerprint
from keytag.roster.serials import Claim
from keytag.serial.form import SerialError
from keytag.serial.ledger import COLUMNS as HEAD
from keytag.serial.ledger import DESTROYED, REPRINTED, VOID, Book, Key, Row, csv_line
from keytag.sheet.edition import Edition, edition
from keytag.sheet.numbering import Again, Locator, Pile, Place, reprint
from keytag.verification.listing import MANIFEST, Listing, read_listing

if TYPE_CHECKING:
    from keytag.job.imposition import Imposed


PLAN = ("plates", "units", "serials")  # what job.json says of the job whose tags were spoiled


class Spoiled(NamedTuple):
    """One spoiled tag: its unit, its number, the number that is printed in its place, and where it stood."""

    unit: str
    number: int
    instead: int
    place: Place | None


class Result(NamedTuple):
    """What was made."""

    folder: Path
    files: tuple[str, ...]
    sheets: int
    tags: int
    void: int


def remake(
    gate: Ready,
    folder: Path,
    words: Sequence[str],
    target: Path,
    book: Book | None = None,
    progress: Progress = unseen,
) -> Result:
    """The spoiled serials of the job in `folder` printed again into `target`.

    `UsageError` for a serial that is none of that job, is named twice, or may not be printed again, and where the
    roster is not the one that the job was made of.
    """
    listing = read_listing(folder)
    job = same_job(gate, listing, folder)
    told = job.numbering
    assert told is not None
    found = _spoiled(told, words, book)
    wanted: dict[str, list[int]] = {}
    for one in found:
        wanted.setdefault(one.unit, []).append(one.instead)
    again = reprint(told.plates, wanted)
    works = works_of(job, told, again)
    rows = rows_of(told, found, again, job.order.setup.name)
    table = "\n".join(csv_line(row) for row in (HEAD, *(r for r in rows if r.state == REPRINTED))) + "\n"
    with (
        book.undone_on_error() if book is not None else contextlib.nullcontext(),
        staging(target, MANIFEST) as stage,
    ):
        made = publish([*works, Work(ROWS, "serials", bytes, (table.encode(),))], stage, progress=progress)
        content = {
            **manifest.head(gate.setup, "reprint"),
            "standard": job.standard.title,
            "spoiled": [{"serial": _text(told, s, s.number), "printed": _text(told, s, s.instead)} for s in found],
            **{key: listing.raw[key] for key in PLAN},
            "inputs": manifest.inputs(gate.setup),
        }
        stage.write(MANIFEST, manifest.write(content, made))
        if book is not None:
            book.append(rows)
    sheets = sum(len(one.sheets) for one in again)
    void = sum(one.instead != one.number for one in found)
    return Result(target, (*(file.name for file in made), MANIFEST), sheets, len(found), void)


def same_job(gate: Ready, listing: Listing, folder: Path) -> Imposed:
    """The job on its plates, if the roster still gives the tags that were printed."""
    from keytag.job.expected import imposed_of

    if "serials" not in listing.raw:
        raise UsageError(
            say("{folder}: is no job of numbered tags", folder=folder),
            hint=say("name the folder of keytag impose --numbered"),
        )
    wrong: list[tuple[str, str]] = []
    job = imposed_of(gate, listing, wrong)
    if wrong:
        raise UsageError(
            say(
                "{folder}: {wrong}: {wrong2}; the roster is not the one that it was made of",
                folder=folder,
                wrong=wrong[0][0],
                wrong2=wrong[0][1],
            )
        )
    before = {str(unit.get("key")): unit.get("artwork") for unit in listing.raw["units"]}
    for artwork in job.order.artworks:
        if before.get(artwork.key) != fingerprint(artwork):
            what = say("{artwork}: its tag is not the one that was printed", artwork=artwork.title)
            raise UsageError(what, hint=say("print the unit anew: keytag impose --since"))
    return job


def _spoiled(told: Numbering, words: Sequence[str], book: Book | None) -> list[Spoiled]:
    locator = Locator(told.piles)
    found: list[Spoiled] = []
    taken: set[tuple[str, int]] = set()
    for word in words:
        unit, number = whose(told, word)
        claim = told.claims[unit]
        if any((one.unit, one.number) == (unit, number) for one in found):
            raise UsageError(say("{printed} is named twice", printed=claim.form.printed(number)))
        instead = number if book is None else _allowed(claim, number, book, taken)
        taken.add((claim.form.prefix, instead))
        found.append(Spoiled(unit, number, instead, locator.place(number)))
    if not found:
        raise UsageError(say("no serial is named"), hint="--spoiled G0000018S,G00001011")
    return found


def whose(told: Numbering, word: str) -> tuple[str, int]:
    """The unit and number of a serial of the job."""
    why = ""
    for unit, claim in told.claims.items():
        try:
            number = claim.form.parse(word)
        except SerialError as error:
            why = why or reason(error)
            continue
        if claim.first <= number < claim.beyond:
            return unit, number
        why = say("{printed} is none of this job's serials", printed=claim.form.printed(number))
    raise UsageError(why)


def _allowed(claim: Claim, number: int, book: Book, taken: set[tuple[str, int]]) -> int:
    """The number to print in the place of a spoiled one, by the ledger."""
    form, ledger = claim.form, book.ledger
    state = ledger.state(Key(form.prefix, form.digits, number))
    if not state:
        raise UsageError(
            say("{printed} was never issued: {path} does not know it", printed=form.printed(number), path=book.path)
        )
    if state == VOID:
        raise UsageError(say("{printed} is void already", printed=form.printed(number)))
    if state == DESTROYED:
        return number
    for spare in range(claim.first + claim.size, claim.beyond):
        known = ledger.known(Key(form.prefix, form.digits, spare))
        if not known and (form.prefix, spare) not in taken:
            return spare
    what = say("{printed}: the reserve of its range is used up", printed=form.printed(number))
    hint = say("book its tag destroyed (keytag ledger destroyed), and the same serial is printed again")
    raise UsageError(what, hint=hint)


def _text(told: Numbering, one: Spoiled, number: int) -> str:
    return told.claims[one.unit].form.text(number)


def works_of(job: Imposed, told: Numbering, again: Sequence[Again]) -> list[Work]:
    """The sheets of each plate that has spoiled tags."""
    order = job.order
    runs = {one.plate: len(one.sheets) for one in again}
    plates = tuple(p._replace(run=runs.get(number, p.run)) for number, p in enumerate(job.plan.plates, 1))
    presses = plate_sets(order, job.layout, job.plan._replace(plates=plates), job.standard, specimen_of(order.setup))
    by_number = {press.sheet.number: press for press in presses}
    units = {plate.number: plate.units for plate in told.plates}
    originals = {artwork.key: artwork for artwork in order.ready.artworks}
    writings = {key: claim.form for key, claim in told.claims.items()}
    works = []
    for one in again:
        # All numbers that a unit may ever have: what no number changes of a code is drawn in the form below.
        laid = [
            Pile(
                unit, one.plate, station, 1, told.claims[unit].first, told.claims[unit].size + told.claims[unit].reserve
            )
            for station, unit in enumerate(units[one.plate])
            if unit is not None
        ]
        title = say("{setup}: plate {plate}, spoiled tags", setup=order.setup.name, plate=one.plate)
        made = edition(by_number[one.plate], originals, laid, writings, title, order.setup.moment)
        given = (made, job.standard, one.sheets, told.imprint)
        name, dies = f"plate-{one.plate:02}.pdf", job.layout.scheme.dies
        works.append(Work(name, SHEETS, spoiled_sheets, given, job.standard, edition=True, dies=dies))
    return works


def spoiled_sheets(made: Edition, standard: Standard, sheets: Sequence[Sequence[int | None]], imprint: bool) -> bytes:
    """Sheets with these numbers, None where a station stays blank."""
    import numpy as np

    from keytag.render.pdf.edition import written

    numbers = np.array([[-1 if n is None else n for n in sheet] for sheet in sheets], np.int64)
    return written(made, standard, numbers, imprint=imprint)


def rows_of(told: Numbering, found: Sequence[Spoiled], again: Sequence[Again], name: str) -> list[Row]:
    """What is booked: old serials void where others take their place, and each that is printed."""
    where = {
        (unit, n): (one.plate, sheet, station)
        for one in again
        for plate in told.plates
        if plate.number == one.plate
        for sheet, numbers in enumerate(one.sheets, 1)
        for station, (unit, n) in enumerate(zip(plate.units, numbers, strict=True), 1)
        if n is not None
    }
    rows = []
    for one in found:
        pile = str(one.place.pile) if one.place else ""
        if one.instead != one.number:
            rows.append(Row(_text(told, one, one.number), one.unit, "", "", "", "", VOID, name))
        plate, sheet, station = where[one.unit, one.instead]
        place = str(plate), str(sheet), str(station), pile
        rows.append(Row(_text(told, one, one.instead), one.unit, *place, REPRINTED, name))
    return rows
