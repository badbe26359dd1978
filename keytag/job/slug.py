"""What the slug of every sheet says of the job."""

from __future__ import annotations

from keytag.base.standard import Standard
from keytag.job.setup import Setup
from keytag.sheet.marks.slug import SlugFacts


def slug_facts(
    setup: Setup, approved: tuple[tuple[str, str], ...], standard: Standard = Standard.X4, serial: str = ""
) -> SlugFacts:
    """Name, edition, date and standard; `approved` are the fingerprints of tags by key, `serial` a specimen of one."""
    edition = setup.roster.job.edition
    said = edition.value if edition else ""
    return SlugFacts(setup.name, said, setup.date, f"{standard.title}, FOGRA39", approved, serial)
