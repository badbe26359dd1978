"""`keytag diff`: what changes on which tags between two rosters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import joined, say


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The roster of before: a file, or a git revision such as HEAD~1.")
    ],
    new: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="NEW", help="The roster of now; contacts.yaml here or above."),
    ] = None,
) -> None:
    """Say in words what changes on which tags, what in the roster alone, and what printing those again would cost."""
    from keytag.cli import console
    from keytag.job import setup as jobs
    from keytag.job.difference import differences, lines
    from keytag.job.revisions import at_revision
    from keytag.report.visible import visible

    now = new or jobs.default_roster()
    before = jobs.open(old) if Path(old).exists() else at_revision(old, now)
    found = differences(before, jobs.open(now))
    console.result(joined("", (say("{line}\n", line=visible(line)) for line in lines(found))))
