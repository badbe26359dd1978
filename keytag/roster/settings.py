"""What the job section says, as numbers: one reading for planning, papers and checks.

What is nonsense counts as not written; that it is, is `job-value`'s to say.
"""

from __future__ import annotations

from keytag.files.fields import share, whole
from keytag.roster.keys import PAPERS
from keytag.roster.model import Job, Roster, Unit

PER_BOX = 500  # where the roster does not say


def spoilage(roster: Roster) -> float:
    """The allowance for what press and die spoil, as a fraction; none where the roster says nothing or nonsense."""
    return share(roster.job.spoilage) or 0.0


def demand(unit: Unit, spoilage: float) -> int:
    """Tags to print: the order and what press and die spoil, rounded up (exactly: no binary fractions)."""
    extra = round(spoilage * 1_000_000)
    return unit.tags + -(-unit.tags * extra // 1_000_000)


def per_box(job: Job) -> int:
    """Tags in a box, for the packing list."""
    wanted = whole(job.per_box)
    return wanted if wanted is not None and wanted < 1_000_000 else PER_BOX


def papers(job: Job) -> str:
    """The language of the papers, one of `PAPERS`: the first where the roster does not say."""
    wanted = job.papers.value.casefold() if job.papers else ""
    return wanted if wanted in PAPERS else PAPERS[0]
