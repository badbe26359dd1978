"""`keytag films`: bilevel films of every plate, for screens, clichés and film recorders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import say
from keytag.cli.engine_options import Jobs, Scheduler


def films(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the films.")] = Path("films"),
    one_up: Annotated[bool, typer.Option("--one-up", help="Films of each tag alone, too.")] = False,
    optimise: Annotated[
        float, typer.Option(min=0, max=86_400, metavar="SECONDS", help="As the sheets were imposed.")
    ] = 0,
    product: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="NAME", help="Only this product of a roster that has several (may be repeated)."),
    ] = None,
    jobs: Jobs = 1,
    scheduler: Scheduler = "",
) -> None:
    """Make the films: for each plate a 1-bit TIFF (CCITT G4), solid inks only, and films.json.

    Refuses what keytag impose refuses, and tints. Resolution, reading, emulsion, polarity and choke stand in the
    scheme (films:).
    """
    from keytag.base.errors import FindingsError
    from keytag.cli import console
    from keytag.job import setup as opening
    from keytag.job.engines import engine
    from keytag.job.films import film_job
    from keytag.job.ready import order_of

    setups = opening.products(opening.open(paths or ()), product or ())
    for order in [order_of(console.admitted(setup)) for setup in setups]:  # nothing is made before all pass
        setup, target = order.setup, opening.folder_in(output, order.setup)
        try:
            with console.progress(say("making films"), 6) as advance, engine(jobs, scheduler) as mapping:
                planner = console.planner(optimise)
                done = film_job(order, target, advance, one_up=one_up, planner=planner, mapping=mapping)
        except FindingsError as error:
            console.show(setup, error.findings)
            raise
        if done.findings:
            console.show(setup, done.findings)
        console.say(say("{folder}: {films}", folder=done.folder, films=console.counted(len(done.files) - 1, "film")))
