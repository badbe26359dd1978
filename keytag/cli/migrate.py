"""`keytag migrate`: a district roster of before July 2025 becomes one of the communes of today."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


def migrate(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(
            metavar="PATH", help="Roster files or folders; contacts.yaml here or above, where none is named."
        ),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o", help="The new file; contacts-2025.yaml beside the old one."),
    ] = None,
    date: Annotated[str, typer.Option(metavar="DATE", help="The new job's date (YYYY-MM-DD).")] = "2025-07-01",
) -> None:
    """Write the communes of 2025 of a district roster as a new file, with what a person must still decide.

    Old units go into new ones by the official mapping: names, codes and sums of quantities are filled in, numbers and
    links are left blank with the old ones beside them. Exit code 1 where a unit could not be placed.
    """
    from keytag.base import errors
    from keytag.base.errors import UsageError
    from keytag.cli import checking, console
    from keytag.files.replace import replace_file
    from keytag.job import migrate as job
    from keytag.job.setup import default_roster
    from keytag.roster.load import load

    day = checking.day(date, "--date")
    roster = load(paths or [default_roster()])
    console.intact(roster)
    first = Path(roster.files[0].name)
    target = output or first.with_name(f"{first.stem}-2025.yaml")
    if target.exists():
        raise UsageError(
            say("{target}: is there already", target=target),
            hint=say("name another with --output; nothing was written"),
        )
    done = job.migrate(roster, day or date)
    replace_file(target, done.text.encode("utf-8"))
    for unit, why in done.lost:
        console.say(say("{unit}: {unit2} is not placed: {why}", unit=unit.span, unit2=unit.title, why=why))
    communes = console.counted(len(done.communes), "commune")
    console.say(
        say(
            "{target}: {communes} of {units}, {open} things to decide",
            target=target,
            communes=communes,
            units=console.counted(len(roster.units), "unit"),
            open=done.open,
        )
    )
    if done.lost:
        raise typer.Exit(errors.FINDINGS)
