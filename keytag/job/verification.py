"""`keytag verify` as the workflow does it: the folder's own inputs found again, compared, and a page made to sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from keytag.base.errors import MissingToolError
from keytag.job import setup as jobs
from keytag.job.manifest import input_entry
from keytag.verification.model import Report
from keytag.verification.run import REQUIRABLE, read_listing, verify

if TYPE_CHECKING:
    from keytag.grade import Sweep


class Verified(NamedTuple):
    """What came out, and what the page needs besides."""

    report: Report
    sweep: Sweep | None
    setup: jobs.Setup


def verify_folder(
    folder: Path,
    rosters: Sequence[Path],
    require: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Verified:
    """Hold a job folder against a roster; `MissingToolError` where a required tool did not do its part."""
    listing = read_listing(folder)
    setup = jobs.open_job(rosters)
    scheme, source, _ = jobs.open_scheme(setup.roster)
    entries = [*(input_entry(s, "roster") for s in setup.roster.files), input_entry(setup.template_source, "template")]
    entries.append(input_entry(source, "scheme"))
    inputs = [(entry["name"], entry["sha256"]) for entry in entries]
    report, sweep = verify(folder, listing, setup.roster, setup.template, scheme, inputs, progress)
    for word in require:
        item = next((item for item in report.items if item.key == REQUIRABLE[word]), None)
        if item is None or item.skipped:
            raise MissingToolError(f"--require {word}: {item.skipped if item else 'the job has no masters.pdf'}")
    return Verified(report, sweep, setup)


def page_of(done: Verified) -> bytes:
    """The page that a chief can sign, as PDF/X-4."""
    from keytag.documents.verification import verification_page
    from keytag.job.proofs import head_of

    return verification_page(head_of(done.setup), done.report, done.sweep)
