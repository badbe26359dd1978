"""`keytag impose`: press-ready sheets for the factory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from keytag.base.errors import UsageError
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.cli import imposing
from keytag.cli.engine_options import Jobs, Scheduler

_USUAL = imposing.Asked()
_Paths = Annotated[
    Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
]


def impose(
    paths: _Paths = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the factory.")] = _USUAL.output,
    standard: Annotated[
        Standard, typer.Option(help="PDF/X-4 with layers, or PDF/X-1a:2003 for old RIPs.")
    ] = _USUAL.standard,
    since: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="JOB", help="A reprint: only units whose tag differs from that job's (job.json or its folder)."
        ),
    ] = None,
    approved: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="PROOFS", help="Refuse tags that are not those of these signed proofs (proofs.json or its folder)."
        ),
    ] = _USUAL.approved,
    optimise: Annotated[
        float, typer.Option(min=0, max=86_400, metavar="SECONDS", help="Look for a better plan for about so long.")
    ] = _USUAL.optimise,
    verify: Annotated[
        bool, typer.Option("--verify", help="Verify the folder before it gets its name; nothing is kept if it fails.")
    ] = _USUAL.verify,
    numbered: Annotated[
        bool, typer.Option("--numbered", help="Each tag with its own serial (job.serials).")
    ] = _USUAL.numbered,
    imprint: Annotated[
        bool, typer.Option("--imprint", help="The numbers only, onto shells printed before.")
    ] = _USUAL.imprint,
    ledger: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help="Book the serials there; those issued before are refused."),
    ] = _USUAL.ledger,
    jobs: Jobs = _USUAL.jobs,
    scheduler: Scheduler = _USUAL.scheduler,
    parcel: Annotated[
        bool, typer.Option("--zip", help="Pack the folder as one file beside it, with a checksum to read out.")
    ] = _USUAL.parcel,
    product: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="NAME", help="Only this product of a roster that has several (may be repeated)."),
    ] = None,
) -> None:
    """Impose the tags onto press-ready sheets: the whole folder for the factory, or nothing.

    Refuses while keytag check finds errors. Each product of a roster that has several gets a folder of its own in the
    output folder, and none is made before all pass. Writes the sheets of the plan, the cutting forme, the one-up
    masters, the production ticket, the packing list and job.json; with --numbered also the table of all serials.
    """
    if (imprint or ledger) and not numbered:
        raise UsageError(say("{imprint} goes with --numbered", imprint="--imprint" if imprint else "--ledger"))
    how = imposing.Asked(
        output, standard, optimise, verify, numbered, imprint, ledger, jobs, scheduler, approved, parcel
    )
    imposing.run(paths or (), product or (), since, how)
