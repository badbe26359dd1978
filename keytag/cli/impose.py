"""`keytag impose`: press-ready sheets for the factory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from keytag.base.errors import FindingsError, OutputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard

if TYPE_CHECKING:
    from keytag.base.diagnostics import Diagnostic
    from keytag.job.booking import Numbers
    from keytag.job.impose import Result
    from keytag.job.manifest import Change
    from keytag.job.ready import Order
    from keytag.job.setup import Setup


class Asked(NamedTuple):
    """How to make the folder, as the command line says it."""

    output: Path
    standard: Standard
    optimise: float
    verify: bool
    numbered: bool
    imprint: bool
    ledger: Path | None
    jobs: int
    scheduler: str
    approved: Path | None
    parcel: bool


def impose(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(help="Roster files or folders; contacts.yaml here, where none is named."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the factory.")] = Path("out"),
    standard: Annotated[
        Standard, typer.Option(help="PDF/X-4 with layers, or PDF/X-1a:2003 for old RIPs.")
    ] = Standard.X4,
    since: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="JOB.JSON", help="A reprint: only units whose tag differs from that job's."),
    ] = None,
    approved: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="PROOFS.JSON", help="Refuse tags that are not those of these signed proofs."),
    ] = None,
    optimise: Annotated[
        float, typer.Option(min=0, max=86_400, metavar="SECONDS", help="Look for a better plan for about so long.")
    ] = 0,
    verify: Annotated[
        bool, typer.Option("--verify", help="Verify the folder before it gets its name; nothing is kept if it fails.")
    ] = False,
    numbered: Annotated[bool, typer.Option("--numbered", help="Each tag with its own serial (job.serials).")] = False,
    imprint: Annotated[bool, typer.Option("--imprint", help="The numbers only, onto shells printed before.")] = False,
    ledger: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help="Book the serials there; those issued before are refused."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that make files.")] = 1,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler that has the files made: tcp://…")
    ] = "",
    parcel: Annotated[
        bool, typer.Option("--zip", help="Pack the folder as one file beside it, with a checksum to read out.")
    ] = False,
) -> None:
    """Impose the tags onto press-ready sheets: the whole folder for the factory, or nothing.

    Refuses while keytag check finds errors. Writes the sheets of the plan, the cutting forme, the one-up masters, the
    production ticket, the packing list and job.json; with --numbered also the table of all serials.
    """
    if (imprint or ledger) and not numbered:
        raise UsageError(f"{'--imprint' if imprint else '--ledger'} goes with --numbered")
    how = Asked(output, standard, optimise, verify, numbered, imprint, ledger, jobs, scheduler, approved, parcel)
    _run(paths or (), since, how)


def _run(paths: list[Path] | tuple[()], since: Path | None, asked: Asked) -> None:
    from keytag.cli import console
    from keytag.job import setup as opening
    from keytag.job.ready import order_of

    setups = list(opening.products(opening.open(paths)))
    if len(setups) > 1 and (since is not None or asked.approved is not None or asked.numbered):
        what = "--since, --approved and --numbered are for one product"
        raise UsageError(what, hint="a job of several products is made whole")
    if asked.numbered:
        setups = [_with_place(setup) for setup in setups]
    told: set[Diagnostic] = set()
    for ready in [console.admitted(setup) for setup in setups]:  # nothing is made before all pass
        order = order_of(ready)
        changed = None
        if since is not None:
            order, changed = _reprint(order, since)
            if not changed:
                console.say(f"no tag differs from those of {since}: nothing was made")
                return
        _held(order, asked.approved)
        here = asked._replace(output=opening.folder_in(asked.output, ready.setup))
        try:
            result = _made(ready.setup, order, changed, here)
        except FindingsError as refused:
            console.show(order.setup, refused.findings)
            raise
        _said(result, order, told)
        if asked.parcel:
            _packed(result, order, asked.standard)


def _said(result: Result, order: Order, told: set[Diagnostic]) -> None:
    """What was found and is not `told` yet of another product, and in a line what was made."""
    from keytag.cli import console

    fresh = [finding for finding in result.findings if finding not in told]
    told.update(fresh)
    if fresh:
        console.show(order.setup, fresh)
    console.say(
        f"{result.folder}: {len(result.files)} files, {console.counted(result.plates, 'plate set')}, "
        f"{result.sheets:,} sheets, {result.tags:,} tags for {console.counted(len(order.units), 'unit')}"
    )


def _packed(result: Result, order: Order, standard: Standard) -> None:
    """The folder as one file, and in a line its checksum."""
    from keytag.cli import console
    from keytag.job.parcel import pack

    parcel = pack(result.folder, result.files, order.setup.date, standard, result.findings)
    console.say(f"{parcel.path.name}: {parcel.size:,} bytes, checksum {parcel.spoken} (SHA-256 {parcel.sha256})")


def _held(order: Order, proofs: Path | None) -> None:
    """Leave with 1 where a tag is not the one of the proofs, saying of each what changed since."""
    from keytag.base import errors
    from keytag.cli import console
    from keytag.job.approval import read_approved, unapproved

    changed = unapproved(read_approved(proofs), order.artworks) if proofs is not None else ()
    for change in changed:
        console.say(f"{change.title}: {'; '.join(change.reasons)}")
    if changed:
        tags = "1 tag differs" if len(changed) == 1 else f"{len(changed)} tags differ"
        console.say(f"nothing was made: {tags} from what was approved in {proofs}; make new proofs to sign")
        raise typer.Exit(errors.FINDINGS)


def _made(setup: Setup, order: Order, changed: tuple[Change, ...] | None, asked: Asked) -> Result:
    from keytag.cli import console
    from keytag.job.engines import engine
    from keytag.job.impose import impose_job

    with (
        console.progress("imposing", len(order.units) + 2) as advance,
        _numbers(setup, asked) as numbers,
        engine(asked.jobs, asked.scheduler) as mapping,
    ):
        return impose_job(
            order,
            asked.output,
            asked.standard,
            advance,
            since=changed,
            planner=console.planner(asked.optimise),
            confirm=_verified(setup) if asked.verify else lambda _: None,
            mapping=mapping,
            numbers=numbers,
        )


def _with_place(setup: Setup) -> Setup:
    """The setup with a template that has a place for serials, and a word on it where that is another."""
    from keytag.cli import console
    from keytag.job.numbering import with_place

    found = with_place(setup)
    if found.template.name != setup.template.name:
        console.say(f"{setup.template.name} has no place for a serial: {found.template.name} is taken")
    return found


@contextmanager
def _numbers(setup: Setup, asked: Asked) -> Iterator[Numbers | None]:
    """How the order is numbered, its ledger held meanwhile."""
    if not asked.numbered:
        yield None
        return
    from keytag.job.booking import Numbers, wanted_of
    from keytag.serial.ledger import held

    if asked.ledger is None:
        yield Numbers(wanted_of(setup, asked.imprint))
        return
    with held(asked.ledger) as book:
        yield Numbers(wanted_of(setup, asked.imprint, book), book)


def _reprint(order: Order, since: Path) -> tuple[Order, tuple[Change, ...]]:
    """The order cut down to the units whose tag differs from that job's, each said with its reasons."""
    from keytag.cli import console
    from keytag.job import reprint

    changed = reprint.changes(reprint.read_units(since), order.artworks)
    for change in changed:
        console.say(f"{change.title}: {'; '.join(change.reasons)}")
    return order.only({change.key for change in changed}), changed


def _verified(setup: Setup) -> Callable[[Path], bytes]:
    """What `--verify` does with the finished folder before it gets its name."""

    def confirm(folder: Path) -> bytes:
        from keytag.cli import console
        from keytag.job.verification import page_of, verify_folder
        from keytag.verification import shown

        done = verify_folder(folder, setup)
        if done.report.failures:
            for line in shown.table(done.report).rstrip().split("\n"):
                console.say(line)
            raise OutputError(f"the job fails its verification ({done.report.failures} wrong); nothing was kept")
        return page_of(done)

    return confirm
