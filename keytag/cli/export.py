"""`keytag export`: a roster as a spreadsheet to send round and to check by phone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


def export(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(
            metavar="PATH", help="Roster files or folders; contacts.yaml here or above, where none is named."
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The spreadsheet.")] = Path("danh-ba.xlsx"),
    force: Annotated[bool, typer.Option("--force", help="Replace a spreadsheet that is there.")] = False,
) -> None:
    """Write a roster as a spreadsheet: one row a number, text cells, a column to tick what was checked by phone.

    keytag import reads the same roster out of it.
    """
    from keytag.base.errors import UsageError
    from keytag.cli import console
    from keytag.files.replace import replace_file
    from keytag.job.setup import default_roster
    from keytag.office.export import export as workbook
    from keytag.roster.load import load

    if output.suffix.lower() != ".xlsx":
        raise UsageError(
            say("{output}: is no name for a spreadsheet", output=output), hint=say("give it the ending .xlsx")
        )
    if output.exists() and not force:
        raise UsageError(
            say("{output}: is there already", output=output), hint=say("name another with --output, or say --force")
        )
    roster = load(paths or [default_roster()])
    console.intact(roster)
    data = workbook(roster)
    replace_file(output, data)
    numbers = sum(len(unit.contacts) for unit in roster.units)
    console.say(
        say(
            "{output}: {units}, {numbers}",
            output=output,
            units=console.counted(len(roster.units), "unit"),
            numbers=console.counted(numbers, "number"),
        )
    )
