"""What every document says of the job at its head."""

from __future__ import annotations

from keytag.documents.facts import Head
from keytag.job.setup import Setup
from keytag.roster.settings import papers


def head_of(setup: Setup) -> Head:
    """Name, customer, edition, date, and the language of the papers."""
    job = setup.roster.job
    customer, edition = (text.value if text else "" for text in (job.customer, job.edition))
    return Head(setup.name, customer, edition, setup.moment, papers(job))
