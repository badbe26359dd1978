"""One verification: a folder, a roster, and every comparison in turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keytag.base.drawing import Layer
from keytag.base.errors import InputError
from keytag.base.progress import Progress, unseen
from keytag.base.standard import Standard
from keytag.roster.model import Roster
from keytag.sheet.scheme import Scheme
from keytag.tag.compose import Composer
from keytag.tag.payload import payloads
from keytag.tag.template import Template
from keytag.verification import pictures, plates, press, words
from keytag.verification.model import Item, Report, item
from keytag.verification.opened import Opened, read_back

if TYPE_CHECKING:
    from keytag.grade import Sweep

MANIFEST = "job.json"
MASTERS = "masters.pdf"


def read_listing(folder: Path) -> dict[str, Any]:
    """The folder's job.json; an `InputError` where it is none."""
    try:
        listing = json.loads((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise InputError(
            f"{folder}: is no job folder: {MANIFEST} cannot be read", hint="name the folder that keytag impose made"
        ) from error
    except ValueError as error:
        raise InputError(f"{folder / MANIFEST}: is not JSON: {error}") from error
    for key in ("files", "plates", "units", "standard", "scheme"):
        if not isinstance(listing, dict) or key not in listing:
            raise InputError(f"{folder / MANIFEST}: has no {key!r}; it was not made by keytag impose")
    return dict(listing)


def compare(
    folder: Path,
    listing: dict[str, Any],
    roster: Roster,
    template: Template,
    scheme: Scheme,
    inputs: Sequence[tuple[str, str]],
    progress: Progress = unseen,
) -> tuple[Report, Sweep | None]:
    """Every comparison of docs/verification.md; also the worst print-grade sweep, for the page."""
    import pikepdf

    units = {unit.key: unit for unit in roster.units}
    composed = Composer(template).compose_job(roster.job, tuple(units.values()))
    artworks = {artwork.key: artwork for artwork in composed}
    said = {key: payloads(template, roster.job, unit) for key, unit in units.items()}
    standard = Standard.X4 if listing["standard"] == Standard.X4.title else Standard.X1A
    items: list[Item] = [press.check_hashes(folder, listing)]
    progress("hashes")
    items.append(press.check_conformance(folder, listing, standard, _layers(template)))
    progress("conformance")
    files: list[Opened] = []
    for plate in listing["plates"]:
        path = folder / str(plate["file"])
        try:
            files.append(read_back(path.name, path.read_bytes()))
        except (OSError, pikepdf.PdfError, AttributeError, KeyError, ValueError) as error:
            raise InputError(f"{path}: cannot be read back: {error}") from error
    items.append(words.check_words(files, units, artworks, said))
    progress("words")
    shown = {
        (key, side): [said.field for said in words.expected_of(artwork, side)]
        for key, artwork in artworks.items()
        for side in ("front", "back")
    }
    items.append(pictures.check_digits(files, units, pictures.expected_digits(units, shown), template))
    progress("digits")
    items.append(pictures.check_codes(files, units, said))
    items.append(pictures.check_codes_again(files, units, said))
    progress("codes")
    grade, sweep = pictures.check_grade(files, units, template)
    items.append(grade)
    progress("grade")
    items.append(press.check_registration(files, scheme))
    masters = folder / MASTERS
    if masters.is_file():
        items.append(plates.check_plates(masters.read_bytes(), template, files))
    else:
        items.append(item("plates", skipped=f"the job has no {MASTERS}"))
    progress("plates")
    items.append(press.check_arithmetic(files, listing, units))
    return Report(str(listing.get("job", "")), str(listing.get("date", "")), tuple(inputs), tuple(items)), sweep


def _layers(template: Template) -> list[str]:
    """The layers on which every tag of a template has something."""
    found = [Layer.ARTWORK, Layer.CUT]
    found += [Layer.HOLE] if template.hole is not None else []
    found += [Layer.WHITE] if template.white_choke is not None else []
    return [layer.value for layer in found]


# What `--require` asks for by name, and the item that must then not be skipped.
REQUIRABLE = {"plates": "plates", "ocr": "digits", "zbar": "codes-again"}
