"""All findings about a setup before anything is made: its files, its contacts and its composed tags."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.diagnostics import Diagnostic
from keytag.job.setup import Setup
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer


def compose(setup: Setup, *, draft: bool = False) -> tuple[Artwork, ...]:
    """Every unit's tag, in the roster's order; drafts can be checked, and not be printed."""
    return Composer(setup.template, draft=draft).compose_job(setup.roster.job, setup.roster.units)


def check(setup: Setup, on: str | None = None) -> tuple[Diagnostic, ...]:
    """Everything that there is to say about the setup, by place; `on` is the day to judge validity by (YYYY-MM-DD)."""
    return findings_of(setup, compose(setup, draft=True), on)


def findings_of(setup: Setup, artworks: Sequence[Artwork] | None, on: str | None = None) -> tuple[Diagnostic, ...]:
    """The same for tags composed already, or not at all (None): ignores applied, causes without their consequences."""
    from keytag import checks
    from keytag.checks import choosing, presenting, suppress

    roster = setup.roster
    drawn: list[Diagnostic] = []
    titles: dict[str, str] = {}
    if artworks:
        titles = {unit.key: unit.title for unit in roster.units}
        drawn = presenting.causes(checks.run_artwork_checks(roster, setup.template, artworks), titles)
    found = [
        *setup.findings,
        *checks.run_contact_checks(roster, on),
        *checks.run_order_checks(roster, setup.template, setup.scheme),
        *drawn,
    ]
    kept = suppress.apply(found, setup.sources, artwork=artworks is not None)
    return tuple(choosing.regraded(presenting.waiting(kept, drawn, titles), setup.project.severities))
