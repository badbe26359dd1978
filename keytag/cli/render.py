"""`keytag render`: proofs for people."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, Optional

import typer

from keytag.base.words import say
from keytag.cli.engine_options import Jobs, Scheduler

if TYPE_CHECKING:
    from keytag.base.diagnostics import Diagnostic
    from keytag.job.setup import Setup


class Kind(Enum):
    """What can be made of a unit, and the book of all of them."""

    PNG = "png"
    PDF = "pdf"
    SVG = "svg"
    BOOK = "book"
    PHONE = "phone"


def render(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="PATH", help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the proofs.")] = Path("proofs"),
    unit: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="UNIT", help="Only this unit (key, code or name; may be repeated); other proofs there are kept."
        ),
    ] = None,
    format: Annotated[
        Optional[list[Kind]],  # noqa: UP045
        typer.Option("--format", "-f", help="Only this kind (may be repeated); all but phone, where none is named."),
    ] = None,
    dpi: Annotated[float, typer.Option(min=72, max=2400, help="Resolution of the pictures.")] = 400,
    measure: Annotated[
        bool, typer.Option("--measure", help="Draw nothing: tell what each tag reached, in pt, mm and arc minutes.")
    ] = False,
    product: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="NAME", help="Only this product of a roster that has several (may be repeated)."),
    ] = None,
    jobs: Jobs = 1,
    scheduler: Scheduler = "",
) -> None:
    """Draw proofs: a picture, an SVG and a one-up PDF of each unit, and a proof book to sign; pictures for a phone.

    Proofs are drawn of a roster with findings, too: the book lists them. Nothing here goes to press.
    """
    from keytag.cli import console
    from keytag.job import setup as opening
    from keytag.job.engines import engine
    from keytag.job.proofs import FORMATS, render_job
    from keytag.job.ready import compose, findings_of

    formats = ["phone.png" if kind is Kind.PHONE else kind.value for kind in format] if format else list(FORMATS)
    for setup in opening.products(opening.open(paths or ()), product or ()):
        keys = {u.key for u in opening.chosen(setup.printed, unit or [])}
        everything = compose(setup)
        findings = findings_of(setup, everything)
        artworks = [artwork for artwork in everything if artwork.key in keys]
        if measure:
            from keytag.job.measures import told

            console.result(told(artworks))
            continue
        if not artworks:
            _leave(setup, findings)
        folder = opening.folder_in(output, setup)
        render_it = partial(render_job, formats=formats, dpi=dpi, whole=not unit)
        with console.progress(say("rendering"), len(artworks) + 1) as advance, engine(jobs, scheduler) as mapping:
            done = render_it(setup, artworks, findings, folder, progress=advance, mapping=mapping)
        if findings:
            console.show(setup, findings)
        if done.taken:
            console.say(say("{files} files taken over from a run that was killed", files=done.taken))
        files, units = console.counted(len(done.files), "file"), console.counted(len(artworks), "unit")
        console.say(say("{folder}: {files} for {units}", folder=done.folder, files=files, units=units))


def _leave(setup: Setup, findings: Sequence[Diagnostic]) -> NoReturn:
    """Leave where nothing can be drawn, with what was found."""
    from keytag.base.errors import FINDINGS
    from keytag.cli import console

    console.show(setup, findings)
    console.say(say("there is no unit to draw: nothing was made"))
    raise typer.Exit(FINDINGS)
