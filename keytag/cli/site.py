"""`keytag site`: the pages that a tag leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.errors import FindingsError
from keytag.base.words import say
from keytag.cli.engine_options import Jobs, Scheduler


def site(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the pages.")] = Path("site"),
    on: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DATE", help="Judge by this day (YYYY-MM-DD) instead of the site's or the job's date."),
    ] = None,
    jobs: Jobs = 1,
    scheduler: Scheduler = "",
) -> None:
    """Make the pages that a tag leads to: an index, a page and an address book for each unit.

    Refuses what does not hold on the day. Pages have everything inside, no script, and fetch nothing.
    """
    from keytag.cli import console
    from keytag.cli.checking import day
    from keytag.job import setup as opening
    from keytag.job.engines import engine
    from keytag.job.site import publish_site

    setup = opening.open(paths or ())
    ready = console.admitted(setup)
    try:
        with (
            console.progress(say("writing pages"), 2 * len(setup.roster.units) + 2) as advance,
            engine(jobs, scheduler) as mapping,
        ):
            done = publish_site(ready, output, day(on or "", "--on"), advance, mapping)
    except FindingsError as refused:
        console.show(setup, refused.findings)
        raise
    if done.findings:
        console.show(setup, done.findings)
    units = console.counted(len(setup.roster.units), "unit")
    console.say(
        say(
            "{folder}: {files} for {units}, as of {day}",
            folder=done.folder,
            files=console.counted(len(done.files), "file"),
            units=units,
            day=done.on,
        )
    )
