"""`keytag zalo`: the kit for an Official Account's administrator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.errors import FindingsError
from keytag.base.words import say


def zalo(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the kit.")] = Path("zalo"),
    on: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DATE", help="Judge by this day (YYYY-MM-DD) instead of the site's or the job's date."),
    ] = None,
) -> None:
    """Write what the administrator of the Zalo Official Account types in: menu, answers, welcome.

    The numbers are the tag's. The account's limits are checked; nothing is sent anywhere.
    """
    from keytag.cli import console
    from keytag.cli.checking import day
    from keytag.job import setup as jobs
    from keytag.job.zalo import publish_kit

    setup = jobs.open(paths or ())
    ready = console.admitted(setup)
    try:
        done = publish_kit(ready, output, day(on or "", "--on"))
    except FindingsError as refused:
        console.show(setup, refused.findings)
        raise
    if done.findings:
        console.show(setup, done.findings)
    files = console.counted(len(done.files), "file")
    console.say(say("{folder}: {files}, as of {day}", folder=done.folder, files=files, day=done.on))
