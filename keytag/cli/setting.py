"""`keytag set`: one value of a roster changed, its remarks and its layout kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


def set_(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The unit (key, code or name), or authority.")],
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="What to change: duty, chief, 'deputy 2', 'other 1', each with .name for the person; quantity, …",
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The new value, as it is to stand in the file.")],
    roster: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option("--roster", "-r", metavar="PATH", help="The roster; contacts.yaml here or above."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--diff", help="Show the change; change nothing.")] = False,
    backup: Annotated[bool, typer.Option(help="Leave the bytes of before in contacts.yaml.bak.")] = True,
) -> None:
    """Change one value of a roster and show the lines that differ; all else stays to the letter."""
    from keytag.base import errors
    from keytag.cli import console
    from keytag.job import office
    from keytag.roster.editing import write

    done = office.set_value(roster or [], unit, key, value)
    if not done.edits:
        console.say(say("{done}, {key}: is {value} already", done=done.title, key=key, value=value))
        return
    for line in done.lines:
        console.result(line + "\n")
    console.say(done.said)
    for line in done.worse:
        console.say(line)
    if done.worse:
        console.say(say("nothing was written: the check would find that"))
    if dry_run or done.worse:
        raise typer.Exit(errors.FINDINGS)
    write(done.edits, backup=backup)
