"""`keytag site`: the pages that a tag leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.errors import FindingsError
from keytag.base.words import say


def site(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the pages.")] = Path("site"),
    on: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DATE", help="Judge by this day (YYYY-MM-DD) instead of the site's or the job's date."),
    ] = None,
) -> None:
    """Make the pages that a tag leads to: an index, a page and an address book for each unit.

    Refuses what does not hold on the day. Pages have everything inside, no script, and fetch nothing.
    """
    from keytag.cli import console
    from keytag.cli.checking import day
    from keytag.job import setup as jobs
    from keytag.job.site import publish_site

    setup = jobs.open(paths or ())
    ready = console.admitted(setup)
    try:
        done = publish_site(ready, output, day(on or "", "--on"))
    except FindingsError as refused:
        console.show(setup, refused.findings)
        raise
    if done.findings:
        console.show(setup, done.findings)
    units = console.counted(len(setup.roster.units), "unit")
    console.say(
        say(
            "{folder}: {files} files for {units}, as of {day}",
            folder=done.folder,
            files=len(done.files),
            units=units,
            day=done.on,
        )
    )
