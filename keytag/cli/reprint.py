"""`keytag reprint`: the spoiled tags of a numbered job once more, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say


def reprint(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    spoiled: Annotated[str, typer.Option(metavar="SERIALS", help="The spoiled serials, with commas between.")] = "",
    job: Annotated[Path, typer.Option("--job", help="The folder of the job that printed them.")] = Path("out"),
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the factory.")] = Path("reprint"),
    ledger: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help="Book it there; a serial whose tag is not booked destroyed becomes void."),
    ] = None,
) -> None:
    """Print exactly the spoiled tags of a numbered job again, on as few sheets as they need, blanks elsewhere.

    Without a ledger the same serials; with one the same only where the tag is booked destroyed, else the next of the
    unit's reserve.
    """
    from contextlib import nullcontext

    from keytag.base.errors import UsageError
    from keytag.cli import console
    from keytag.job import setup as opening
    from keytag.job.numbering import with_place
    from keytag.job.spoiled import remake
    from keytag.job.verification import parts
    from keytag.serial.ledger import held

    folder = job.parent if job.name == "job.json" else job
    found = parts(folder, opening.open(paths or ()))
    if len(found) > 1:
        listed = ", ".join(str(part) for part, _ in found)
        raise UsageError(
            say("{folder}: has several products", folder=folder),
            hint=say("name the folder of the numbered one: {listed}", listed=listed),
        )
    setup = with_place(found[0][1])
    ready = console.admitted(setup)
    words = [word.strip() for word in spoiled.replace(";", ",").split(",") if word.strip()]
    with held(ledger) if ledger else nullcontext() as book:
        made = remake(ready, folder, words, output, book)
    void = say(", {counted} void", counted=console.counted(made.void, "serial")) if made.void else ""
    sheets, tags = console.counted(made.sheets, "sheet"), console.counted(made.tags, "tag")
    console.say(say("{folder}: {tags} on {sheets}{void}", folder=made.folder, tags=tags, sheets=sheets, void=void))
