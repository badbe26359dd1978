"""`keytag handout`: lists for handing out, and what came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from keytag.base.errors import FINDINGS, FindingsError
from keytag.base.words import say
from keytag.cli.engine_options import Jobs, Scheduler

if TYPE_CHECKING:
    from keytag.job.ready import Ready


def handout(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the lists.")] = Path("handout"),
    households: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help="Print the names of this table on the lists; they are kept nowhere else."),
    ] = None,
    numbered: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FOLDER", help="The folder of a numbered job: each list tells its range of serials."),
    ] = None,
    returns: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help="Make nothing: read what was written down, and tell how far it has come."),
    ] = None,
    jobs: Jobs = 1,
    scheduler: Scheduler = "",
) -> None:
    """Make the lists of each village, bag labels, receipts and a table; or read what came back.

    No villager's name is in any file, unless a table of households is given for the lists.
    """
    from keytag.cli import console
    from keytag.job import setup as opening
    from keytag.job.engines import engine
    from keytag.job.handout import publish_handout

    setup = opening.open(paths or ())
    ready = console.admitted(setup, err=returns is not None)
    if returns is not None:
        _tell(ready, returns)
        return
    villages = sum(len(unit.villages) for unit in setup.roster.units)
    try:
        with console.progress(say("writing lists"), villages + 4) as advance, engine(jobs, scheduler) as mapping:
            done = publish_handout(ready, output, households, advance, numbered, mapping)
    except FindingsError as refused:
        console.show(setup, refused.findings)
        raise
    console.say(
        say(
            "{folder}: {files} for {villages}, {tags}",
            folder=done.folder,
            files=console.counted(len(done.files), "file"),
            villages=console.counted(done.villages, "village"),
            tags=console.counted(done.tags, "tag"),
        )
    )


def _tell(ready: Ready, path: Path) -> None:
    from keytag.base.diagnostics import has_errors
    from keytag.cli import console
    from keytag.handout.told import told
    from keytag.job.handout import returns_of

    read, findings = returns_of(ready, path)
    if findings:
        console.show(ready.setup, findings)
    console.result(told(ready.setup.roster, read.rows))
    if has_errors(findings):
        raise typer.Exit(FINDINGS)
