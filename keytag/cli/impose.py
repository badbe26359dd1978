"""`keytag impose`: press-ready sheets for the factory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.standard import Standard


def impose(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the factory.")] = Path("out"),
    standard: Annotated[
        Standard, typer.Option(help="PDF/X-4 with layers, or PDF/X-1a:2003 for old RIPs.")
    ] = Standard.X4,
) -> None:
    """Impose the tags onto press-ready sheets: the whole folder for the factory, or nothing.

    Refuses while keytag check finds errors. Writes the sheets, the cutting forme, the one-up masters and job.json.
    """
    from keytag.cli import console
    from keytag.job import setup as jobs
    from keytag.job.sheets import impose_job, order_of

    setup = jobs.open_job(paths or [])
    scheme, scheme_source, odd = jobs.open_scheme(setup.roster)
    artworks = console.checked(setup, odd)
    order = order_of(setup, setup.roster.units, artworks)
    steps = len(order.units) + 2
    with console.progress("imposing", steps) as advance:
        result = impose_job(setup, order, scheme, scheme_source, output, standard, advance)
    console.say(
        f"{result.folder}: {len(result.files)} files, {result.plates} plate sets, {result.sheets:,} sheets, "
        f"{result.tags:,} tags for {len(order.units)} units"
    )
