"""`keytag verify` as the workflow does it: the folder's own inputs found again, compared, and a page made to sign."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.errors import InputError, MissingToolError
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import joined, say
from keytag.job import manifest
from keytag.job.ready import Ready, ready
from keytag.job.setup import Setup, products
from keytag.job.work import Mapping, Work, finished, one_by_one
from keytag.roster.products import folder_of
from keytag.verification.elsewhere import Elsewhere
from keytag.verification.listing import FILMS, MANIFEST, SPOILED, VERIFIED, Listing, read_films, read_listing
from keytag.verification.model import Failure, Item, Report
from keytag.verification.run import REQUIRABLE, compare

if TYPE_CHECKING:
    from keytag.verification.codes import Graded
    from keytag.verification.expected import Expected


class Verified(NamedTuple):
    """What came out, and what the page needs besides."""

    report: Report
    code: Graded | None  # the symbol of the worst grade
    setup: Setup


def verify(folder: str | os.PathLike[str], setup: Setup, progress: Progress = unseen) -> Report:
    """A finished job folder read back and held against the setup; `InputError` where it is no job folder."""
    return verify_folder(Path(folder), setup, progress=progress, beside=True).report


def verify_folder(
    folder: Path,
    setup: Setup,
    require: Sequence[str] = (),
    progress: Progress = unseen,
    mapping: Mapping = one_by_one,
    *,
    beside: bool = False,
) -> Verified:
    """Hold a job folder, or one of films, against a setup; with `beside`, also the films and the zip beside it.

    Pages, and files of numbered sheets, are works for `mapping`, or two threads look at them: the report is the same.
    `MissingToolError` where a required tool did not do its part.
    """
    if of_films(folder):
        return _verify_films(folder, setup, require)
    listing = read_listing(folder, VERIFIED)
    if "serials" in listing.raw:
        from keytag.job.numbering import with_place

        setup = with_place(setup)
    inputs = [(entry["name"], entry["sha256"]) for entry in manifest.inputs(setup)]

    gates: list[Ready] = []

    def expect() -> Expected | Sequence[Failure]:
        from keytag.job.expected import expected_of

        gate = ready(setup)
        if not isinstance(gate, Ready):
            return _errors(gate)
        gates.append(gate)
        return expected_of(gate, listing)

    gate = ready(setup) if listing.raw["kind"] == SPOILED else None
    if isinstance(gate, Ready):
        from keytag.job.expected_spoiled import verify_spoiled

        report, code = verify_spoiled(folder, listing, gate, inputs), None
    else:
        report, code = compare(folder, listing, expect, inputs, progress, elsewhere_of(mapping))
    if beside:
        found = _beside(folder, listing, gates[0] if gates else None)
        report = report._replace(items=(*report.items, *found))
    _demand(report, require)
    return Verified(report, code, setup)


def of_films(folder: Path) -> bool:
    """Whether a folder is one of films, and of no sheets."""
    return (folder / FILMS).exists() and not (folder / MANIFEST).exists()


def _verify_films(folder: Path, setup: Setup, require: Sequence[str]) -> Verified:
    from keytag.job.expected_films import verify_films

    gate = ready(setup)
    inputs = [(entry["name"], entry["sha256"]) for entry in manifest.inputs(setup)]
    report = verify_films(folder, gate if isinstance(gate, Ready) else _errors(gate), inputs)
    seen = next((item for item in report.items if item.key == "films"), None)
    if "plates" in require and seen is not None and seen.skipped:
        raise MissingToolError(say("--require {word}: {skipped}", word="plates", skipped=seen.skipped))
    return Verified(report, None, setup)


def _errors(findings: Sequence[Diagnostic]) -> list[Failure]:
    return [
        Failure(str(finding.span), say("{message} [{finding}]", message=finding.message, finding=finding.id))
        for finding in findings
        if finding.severity is Severity.ERROR
    ]


def _beside(folder: Path, listing: Listing, gate: Ready | None) -> list[Item]:
    """What belongs to a job folder and lies beside it: its films and its zip, where they are there."""
    from keytag.job.expected_films import films_beside
    from keytag.job.parcel import parcel_beside

    return [item for item in (films_beside(folder, listing, gate), parcel_beside(folder, listing, gate)) if item]


def _demand(report: Report, require: Sequence[str]) -> None:
    """A `MissingToolError` for what is required and was not done."""
    for word in require:
        item = next((item for item in report.items if item.key == REQUIRABLE[word]), None)
        if item is None or item.skipped:
            raise MissingToolError(
                say(
                    "--require {word}: {skipped}",
                    word=word,
                    skipped=item.skipped if item else say("the roster has errors"),
                )
            )


def elsewhere_of(mapping: Mapping) -> Elsewhere | None:
    """Calls as works of an engine; None for the plain loop, which threads of this process beat."""
    if mapping is one_by_one:
        return None

    def elsewhere(make: Callable[..., bytes], calls: Sequence[tuple[object, ...]]) -> Iterable[bytes]:
        return mapping(finished, [Work(f"{make.__name__} {i}", "look", make, given) for i, given in enumerate(calls)])

    return elsewhere


def parts(folder: Path, setup: Setup, wanted: Sequence[str] = ()) -> tuple[tuple[Path, Setup], ...]:
    """The job folders in `folder`, each with its setup: itself, or one for each product of the roster that is wanted.

    `UsageError` for a product that there is not.
    """
    if setup.product is None:
        products(setup, wanted)
        return ((folder, setup),)
    known = {folder_of(each.product): each for each in products(setup, wanted) if each.product}
    if not (folder / MANIFEST).exists() and not of_films(folder):
        return tuple((folder / name, each) for name, each in known.items())
    told = read_films(folder) if of_films(folder) else read_listing(folder, VERIFIED)
    name = str(told.raw.get("product", ""))
    if name not in known:
        raise InputError(
            say(
                "{folder}: is of the product {name!r}, and the roster has {known}",
                folder=folder,
                name=name,
                known=joined(", ", known),
            )
        )
    return ((folder, known[name]),)


def page_of(done: Verified) -> bytes:
    """The page that a chief can sign, as PDF/X-4, sealed: a later run knows it again."""
    from keytag.documents.verification import verification_page
    from keytag.grade.sweep import BLURS, GAINS
    from keytag.job.head import head_of
    from keytag.render.pdf.sealed import sealed
    from keytag.verification.codes import sweep_of

    sweep = None if done.code is None else sweep_of(done.code, GAINS, BLURS)
    return sealed(verification_page(head_of(done.setup), done.report, sweep), Standard.X4)
