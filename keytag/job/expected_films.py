"""What a folder of films must hold, made anew from the setup and the plan that its films.json tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from keytag.base.words import say
from keytag.job.expected import imposed_of
from keytag.job.films import MANIFEST, WHAT, content_of, films_of, told_of
from keytag.job.ready import Ready
from keytag.render.ascii import ascii_text
from keytag.render.film.write import description
from keytag.verification import film_file, films, raster
from keytag.verification import told as folders
from keytag.verification.listing import Listing, read_films
from keytag.verification.model import Failure, Item, Report, item

_FILM = re.compile(r"(?:plate|one-up)-.*\.tiff?", re.DOTALL)
_OF_ONE_TAG = "one-up "  # how the plates of films of one tag alone begin
_SHARED = ("number", "file", "run", "stations", "slots")  # what films.json and job.json say of a plate alike


def verify_films(folder: Path, gate: Ready | Sequence[Failure], inputs: Sequence[tuple[str, str]]) -> Report:
    """The folder of `keytag films` held against the roster; `gate` is why it cannot be where the roster has errors."""
    listing = read_films(folder)
    job = str(listing.raw.get("job", "")), str(listing.raw.get("date", ""))
    if not isinstance(gate, Ready):
        return Report(*job, tuple(inputs), (item("roster", len(gate), list(gate)),))
    names, manifest, seen = _items(folder, listing, gate)
    return Report(*job, tuple(inputs), (item("roster", len(gate.artworks)), names, manifest, seen))


def films_beside(folder: Path, job: Listing, gate: Ready | None) -> Item | None:
    """Films in a job folder's own `films`, or in the one beside it: all of what is wrong with them as one item.

    None where there are none; those of another job are not looked at.
    """
    place = next((place for place in _places(folder, job) if (place / MANIFEST).is_file()), None)
    if place is None:
        return None
    listing = read_films(place)
    if any(listing.raw.get(key) != job.raw.get(key) for key in ("job", "product")):
        says = say("{folder}: films of another job; they were not looked at", folder=place.name)
        return item("films", notes=(says,))
    if gate is None:
        return None  # the roster's errors are said, or its tags are no films'
    found = _items(place, listing, gate)
    failures = [_in(place, failure) for each in found for failure in each.failures]
    if job.since is None:
        failures += _of_another_plan(listing, job)
    skipped = next((each.skipped for each in found if each.skipped), "")
    notes = tuple(note for each in found for note in each.notes)
    return item("films", sum(each.compared for each in found), failures, skipped, notes)


def _places(folder: Path, job: Listing) -> list[Path]:
    folder = folder.resolve()
    beside = folder.parent.parent / "films" / folder.name if "product" in job.raw else folder.parent / "films"
    return [folder / "films", beside]


def _in(place: Path, failure: Failure) -> Failure:
    return failure._replace(place=say("{folder}/{place}", folder=place.name, place=failure.place))


def _of_another_plan(films: Listing, job: Listing) -> list[Failure]:
    """Films whose plates are not those of the job beside them."""
    ours, theirs = (
        [{key: plate.get(key) for key in _SHARED} for plate in listing.raw["plates"]] for listing in (films, job)
    )
    if ours == theirs:
        return []
    return [Failure(MANIFEST, say("tells of other plates than job.json: the films are not of these sheets"))]


def _items(folder: Path, listing: Listing, gate: Ready) -> tuple[Item, Item, Item]:
    """The films' names and hashes, films.json by value, and their pictures."""
    expected = _expected(gate, listing)
    files, hashes = folders.read_files(folder, listing)
    wanted = {film.file: WHAT for film in expected.films}
    names, notes = folders.check_names(folder, listing, wanted, _is_film)
    compared, faults = folders.check_manifest(listing, expected.content)
    faults += [
        Failure(say("{file}, {place}", file=MANIFEST, place=place), message) for place, message in expected.wrong
    ]
    if not listing.sealed:
        faults.append(Failure(MANIFEST, say("is not as keytag wrote it: its seal does not hold")))
    why = raster.why_not()
    seen = item("films", skipped=why) if why else item("films", *films.check_films(files, expected))
    return item("files", len(listing.files), [*hashes, *names], notes=notes), item("manifest", compared, faults), seen


def _is_film(name: str) -> bool:
    """Whether a file of that name is one that keytag writes, or could be taken for one."""
    return _FILM.fullmatch(name.casefold()) is not None


def _expected(gate: Ready, listing: Listing) -> films.Expected:
    wrong: list[tuple[str, str]] = []
    job = imposed_of(gate, listing, wrong)
    one_up = any(str(row["plate"]).startswith(_OF_ONE_TAG) for row in listing.raw["films"])
    made, how = films_of(job, one_up=one_up), gate.setup.scheme.films
    found = []
    for film in made:
        told = told_of(film, job.order)
        texts = {
            film_file.DESCRIPTION: description(told, how),
            film_file.SOFTWARE: ascii_text(f"keytag {listing.raw.get('keytag')}"),  # another version is no fault
            film_file.MOMENT: told.date[:10].replace("-", ":") + " 00:00:00",
        }
        found.append(films.Film(film.file, film.page, {form.key: form for form in film.forms}, film.ink, texts))
    return films.Expected(found, how, content_of(job, made), wrong)
