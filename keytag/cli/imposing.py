"""What `keytag impose` does with its options: setups in, each product's folder out, and a line of what was made."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.errors import FindingsError, OutputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import joined, say

if TYPE_CHECKING:
    from keytag.base.diagnostics import Diagnostic
    from keytag.job.booking import Numbers
    from keytag.job.impose import Result
    from keytag.job.manifest import Change
    from keytag.job.ready import Order
    from keytag.job.setup import Setup
    from keytag.job.work import Mapping


class Asked(NamedTuple):
    """How to make the folder, as the command line says it; as it stands where no option is given."""

    output: Path = Path("out")
    standard: Standard = Standard.X4
    optimise: float = 0
    verify: bool = False
    numbered: bool = False
    imprint: bool = False
    ledger: Path | None = None
    jobs: int = 1
    scheduler: str = ""
    approved: Path | None = None
    parcel: bool = False


def run(paths: Sequence[Path], products: Sequence[str], since: Path | None, asked: Asked) -> None:
    """Make the folder of each product, or of those that `products` names; of a reprint, what differs from `since`."""
    from keytag.cli import console
    from keytag.job import setup as opening
    from keytag.job.ready import order_of

    setups = opening.products(opening.open(paths), products)
    if asked.numbered:
        setups = _with_places(setups, asked)
    orders = [order_of(console.admitted(setup)) for setup in setups]  # nothing is made before all pass
    wanted = _reprints(orders, since) if since is not None else [(order, None) for order in orders]
    _held([order for order, _ in wanted], asked.approved)
    gc.freeze()  # what the job is made of lives to the end: the collector need not look at it again after each paper
    told: set[Diagnostic] = set()
    for order, changed in wanted:
        try:
            result = _made(order, changed, asked)
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
    if result.taken:
        console.say(say("{files} files taken over from a run that was killed", files=result.taken))
    console.say(
        say(
            "{folder}: {files}, {plates}, {sheets}, {tags} for {units}",
            folder=result.folder,
            files=console.counted(len(result.files), "file"),
            plates=console.counted(result.plates, "plate set"),
            sheets=console.counted(result.sheets, "sheet"),
            tags=console.counted(result.tags, "tag"),
            units=console.counted(len(order.units), "unit"),
        )
    )


def _packed(result: Result, order: Order, standard: Standard) -> None:
    """The folder as one file, and in a line its checksum."""
    from keytag.cli import console
    from keytag.job.parcel import pack

    parcel = pack(result.folder, result.files, order.setup, standard, result.findings)
    console.say(
        say(
            "{path}: {size:,} bytes, checksum {spoken} (SHA-256 {sha256})",
            path=parcel.path.name,
            size=parcel.size,
            spoken=parcel.spoken,
            sha256=parcel.sha256,
        )
    )


def _held(orders: Sequence[Order], proofs: Path | None) -> None:
    """Leave with 1 where a tag is not the one of the proofs, saying of each what changed since."""
    from keytag.base import errors
    from keytag.cli import console
    from keytag.cli.leaving import Leave
    from keytag.job.approval import unapproved
    from keytag.job.earlier import units_before

    if proofs is None or not orders:
        return
    approved = units_before(proofs, [order.setup for order in orders], "render")
    count = 0
    for order, before in zip(orders, approved, strict=True):
        changed = unapproved(before, order.artworks)
        count += len(changed)
        _listed(order.setup, changed)
    if count:
        tags = say("1 tag differs") if count == 1 else say("{count} tags differ", count=count)
        console.say(
            say(
                "nothing was made: {tags} from what was approved in {proofs}; make new proofs to sign",
                tags=tags,
                proofs=proofs,
            )
        )
        raise Leave(errors.FINDINGS)


def _listed(setup: Setup, changed: Sequence[Change]) -> None:
    """A line for each tag that differs, after its product where there are several."""
    from keytag.cli import console
    from keytag.roster.products import folder_of

    product = f"{folder_of(setup.product)}: " if setup.product is not None else ""
    for change in changed:
        console.say(
            say(
                "{product}{change}: {reasons}",
                product=product,
                change=change.title,
                reasons=joined("; ", change.reasons),
            )
        )


def _made(order: Order, changed: tuple[Change, ...] | None, asked: Asked) -> Result:
    from keytag.cli import console
    from keytag.job.engines import engine
    from keytag.job.impose import impose_job
    from keytag.job.setup import folder_in

    setup = order.setup
    with (
        console.progress(say("imposing"), len(order.units) + 2) as advance,
        _numbers(setup, asked) as numbers,
        engine(asked.jobs, asked.scheduler) as mapping,
    ):
        return impose_job(
            order,
            folder_in(asked.output, setup),
            asked.standard,
            advance,
            since=changed,
            planner=console.planner(asked.optimise),
            confirm=_verified(setup, mapping) if asked.verify else lambda _: None,
            mapping=mapping,
            numbers=numbers,
        )


def _with_places(setups: Sequence[Setup], asked: Asked) -> tuple[Setup, ...]:
    """The setups with templates that have a place for serials, and a word on it where that is another.

    Of several products those without a place are made without numbers; with `--imprint`, not at all.
    """
    from keytag.cli import console
    from keytag.job.numbering import Wanted, checked, has_place, with_place

    found = [with_place(setup) for setup in setups]
    for was, now in zip(setups, found, strict=True):
        if now.template.name != was.template.name:
            console.say(
                say(
                    "{template} has no place for a serial: {template2} is taken",
                    template=was.template.name,
                    template2=now.template.name,
                )
            )
    numbered = [setup for setup in found if has_place(setup)]
    if not numbered:
        checked(found[0], Wanted(1, asked.imprint))
    if len(numbered) > 1 and asked.ledger is not None:
        raise UsageError(
            say("a ledger books one product, and several have serials"), hint=say("choose one with --product")
        )
    return tuple(numbered if asked.imprint else found)


@contextmanager
def _numbers(setup: Setup, asked: Asked) -> Iterator[Numbers | None]:
    """How the order is numbered, its ledger held meanwhile."""
    from keytag.job.numbering import has_place

    if not asked.numbered or not has_place(setup):
        yield None
        return
    from keytag.job.booking import Numbers, wanted_of
    from keytag.serial.ledger import held

    if asked.ledger is None:
        yield Numbers(wanted_of(setup, asked.imprint))
        return
    with held(asked.ledger) as book:
        yield Numbers(wanted_of(setup, asked.imprint, book), book)


def _reprints(orders: Sequence[Order], since: Path) -> list[tuple[Order, tuple[Change, ...] | None]]:
    """The orders cut down to the units whose tag differs from that job's, each said with its reasons."""
    from keytag.cli import console
    from keytag.job import reprint
    from keytag.job.earlier import units_before

    found: list[tuple[Order, tuple[Change, ...] | None]] = []
    for order, before in zip(orders, units_before(since, [o.setup for o in orders], "impose"), strict=True):
        changed = reprint.changes(before, order.artworks)
        _listed(order.setup, changed)
        if changed:
            found.append((order.only({change.key for change in changed}), changed))
    if not found:
        console.say(say("no tag differs from those of {since}: nothing was made", since=since))
    return found


def _verified(setup: Setup, mapping: Mapping) -> Callable[[Path], bytes]:
    """What `--verify` does with the finished folder before it gets its name."""

    def confirm(folder: Path) -> bytes:
        from keytag.cli import console
        from keytag.cli.language import words
        from keytag.job.verification import page_of, verify_folder
        from keytag.verification import shown

        done = verify_folder(folder, setup, mapping=mapping)
        if done.report.failures:
            for line in shown.table(done.report, words()).rstrip().split("\n"):
                console.say(line)
            raise OutputError(
                say(
                    "the job fails its verification ({failures} wrong); nothing was kept", failures=done.report.failures
                )
            )
        return page_of(done)

    return confirm
