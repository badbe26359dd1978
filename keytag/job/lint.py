"""All findings about a job before anything is made: its files, its contacts and its composed tags."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.diagnostics import Diagnostic
from keytag.job.setup import Setup
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer


def compose_all(setup: Setup, *, draft: bool = False) -> list[Artwork]:
    """Every unit's tag, in the roster's order; drafts can be checked, and not be printed."""
    composer = Composer(setup.template, draft=draft)
    return [composer.compose(setup.roster.job, unit) for unit in setup.roster.units]


def findings_of(setup: Setup, artworks: Sequence[Artwork], on: str | None = None) -> list[Diagnostic]:
    """Everything there is to say about the job, with inline ignores applied; `on` is the day to judge validity by."""
    from keytag import checks
    from keytag.checks import suppress

    found = [
        *setup.findings,
        *checks.run_contact_checks(setup.roster, on),
        *checks.run_artwork_checks(setup.roster, setup.template, artworks),
    ]
    return suppress.apply(found, setup.roster.files)
