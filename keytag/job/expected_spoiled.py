"""What the sheets of spoiled tags must be: exactly those that job.json names, each on a station of its unit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.errors import InputError, UsageError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.job import manifest
from keytag.job.expected_numbers import book_of
from keytag.job.numbering import ROWS, SHEETS, Numbering
from keytag.job.spoiled import PLAN, Spoiled, rows_of, same_job, whose, works_of
from keytag.serial.form import SerialError
from keytag.serial.ledger import REPRINTED
from keytag.sheet.numbering import Locator, reprint
from keytag.verification import told as folders
from keytag.verification.conformance import numbered_sheets
from keytag.verification.listing import Listing
from keytag.verification.model import Failure, Item, Report, item
from keytag.verification.numbered import check_numbers
from keytag.verification.numbered_model import Numbers, Tag

if TYPE_CHECKING:
    from keytag.job.ready import Ready
    from keytag.sheet.edition import Edition

_SKIPPED = ("plates", "digits", "codes", "codes-again", "grade")


def verify_spoiled(folder: Path, listing: Listing, gate: Ready, inputs: Sequence[tuple[str, str]]) -> Report:
    """The folder of `keytag reprint` held against the roster: files, job.json, conformance, every number."""
    files, hashes = folders.read_files(folder, listing)
    setup = gate.setup
    try:
        numbers = spoiled_numbers(gate, listing, folder)
    except UsageError as error:  # another roster, or serials that are none of the job's
        items: list[Item] = [item("roster", 1, [Failure(str(folder), error.message)])]
        return Report(str(listing.raw.get("job", "")), str(listing.raw.get("date", "")), tuple(inputs), tuple(items))
    wanted = {name: SHEETS for book in numbers.plates for name, _, _ in book.files} | {ROWS: "serials"}
    names, notes = folders.check_names(folder, listing, wanted, lambda name: name.startswith("plate-") or name == ROWS)
    content = {
        **manifest.head(setup, "reprint"),
        "standard": listing.standard.title,
        "inputs": manifest.inputs(setup),
        **{key: listing.raw.get(key) for key in ("spoiled", *PLAN)},
    }
    compared, faults = folders.check_manifest(listing, content)
    if not listing.sealed:
        faults.append(Failure("job.json", say("is not as keytag wrote it: its seal does not hold")))
    items = [
        item("roster", len(gate.artworks)),
        item("files", len(listing.files), [*hashes, *names], notes=notes),
        item("manifest", compared, faults),
        item("conformance", *numbered_sheets(wanted, files, listing.standard, setup.scheme.dies)),
        item("numbers", *check_numbers(numbers, files)),
        *(item(key, skipped=say("of spoiled tags every number is read, and nothing else")) for key in _SKIPPED),
    ]
    return Report(setup.name, setup.date, tuple(inputs), tuple(items))


def spoiled_numbers(gate: Ready, listing: Listing, folder: Path) -> Numbers:
    """What stands on each station of each sheet, and the rows of the table.

    `UsageError` where the roster is not the job's or a serial is none of it, `InputError` where job.json names none.
    """
    job = same_job(gate, listing, folder)
    told = job.numbering
    assert told is not None
    found = _named(told, listing)
    wanted: dict[str, list[int]] = {}
    for tag in found:
        wanted.setdefault(tag.unit, []).append(tag.instead)
    again = reprint(told.plates, wanted)
    units = {plate.number: plate.units for plate in told.plates}
    books = []
    for one, work in zip(again, works_of(job, told, again), strict=True):
        made: Edition = work.given[0]  # type: ignore[assignment]
        sheets = tuple(
            tuple(
                None if number is None or unit is None else Tag(unit, number, told.claims[unit].form)
                for unit, number in zip(units[one.plate], sheet, strict=True)
            )
            for sheet in one.sheets
        )
        book = book_of(job, made, len(sheets), [(work.name, 1, len(sheets))])
        books.append(book._replace(sheets=sheets))
    rows = [row for row in rows_of(told, found, again, job.order.setup.name) if row.state == REPRINTED]
    return Numbers(tuple(books), ROWS, tuple(tuple(row) for row in rows))


def _named(told: Numbering, listing: Listing) -> list[Spoiled]:
    """The spoiled tags that job.json names."""
    said, locator = listing.raw.get("spoiled"), Locator(told.piles)
    entries = said if isinstance(said, list) else []
    found = []
    for entry in entries:
        words = [entry.get(key) for key in ("serial", "printed")] if isinstance(entry, dict) else []
        if len(words) != 2 or not all(isinstance(word, str) for word in words):
            break
        unit, number = whose(told, str(words[0]))
        try:
            instead = told.claims[unit].form.parse(str(words[1]))
        except SerialError as error:
            raise UsageError(reason(error)) from error
        found.append(Spoiled(unit, number, instead, locator.place(number)))
    if not found or len(found) != len(entries):
        raise InputError(say("{path}: does not name the spoiled serials", path=listing.path))
    return found
