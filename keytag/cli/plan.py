"""`keytag plan`: which designs share a plate set, what it costs, and how good that is."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.words import joined, say


class Format(Enum):
    """How the plan is written."""

    TEXT = "text"
    JSON = "json"


def plan(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    optimise: Annotated[
        float, typer.Option(min=0, max=86_400, metavar="SECONDS", help="Look for a better plan for about so long.")
    ] = 0,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the plan.")] = Format.TEXT,
    product: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="NAME", help="Only this product of a roster that has several (may be repeated)."),
    ] = None,
) -> None:
    """Plan the gang run: plate sets, stations, run lengths, overs, cost, and a proven bound of how good that is.

    Refuses while keytag check finds errors. keytag impose makes the sheets of this plan, with the same --optimise.
    Costs and limits stand in the roster's job section or in the scheme.
    """
    from keytag.cli import console
    from keytag.job import plan_shown
    from keytag.job import setup as jobs
    from keytag.job.planning import layout_of
    from keytag.job.ready import order_of
    from keytag.roster.products import folder_of

    told: dict[str, str] = {}
    for setup in jobs.products(jobs.open(paths or ()), product or ()):
        ready = console.admitted(setup, err=format is Format.JSON)
        order, layout = order_of(ready), layout_of(setup)
        shown = plan_shown.gathered(console.planner(optimise)(order, layout), order, layout)
        text = plan_shown.as_json(shown) if format is Format.JSON else plan_shown.table(shown)
        told[folder_of(setup.product) if setup.product else ""] = text
        if ready.findings:
            console.show(setup, ready.findings, err=True)
    if "" in told:
        console.result(told[""], machine=format is Format.JSON)
    elif format is Format.JSON:
        entries = ",\n".join(f'"{name}": {text.strip()}' for name, text in told.items())
        console.result(f"{{{entries}}}\n", machine=True)
    else:
        console.result(joined("\n", (say("{name}\n{text}", name=name, text=text) for name, text in told.items())))
