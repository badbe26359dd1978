"""The job for the factory: its order planned and imposed, its files described as works, made, and published whole.

`keytag impose` is one call of `impose_job`. What the files say is decided in `pressfiles` and `papers`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.files.publish import staging
from keytag.job import manifest
from keytag.job.imposition import imposed
from keytag.job.numbering import entries
from keytag.job.planning import Planner, layout_of, plan_of, planned
from keytag.job.ready import Order, Ready, order_of
from keytag.job.work import Mapping, Work, one_by_one, publish, put
from keytag.solver import Plan

if TYPE_CHECKING:
    from keytag.job.booking import Numbers

MANIFEST = "job.json"
VERIFICATION = "verification.pdf"


class Result(NamedTuple):
    """What was made; `files` are names in the folder, `findings` the warnings and notes of every stage."""

    folder: Path
    files: tuple[str, ...]
    plates: int
    sheets: int
    tags: int
    findings: tuple[Diagnostic, ...]
    taken: int = 0  # files that a killed run had made


def plan(ready: Ready, *, iterations: int = 0) -> Plan:
    """The gang-run plan of all that is on order; with `iterations`, a longer search for a better one.

    `UsageError` where nothing is on order or limits cannot hold, `InputError` where the tag does not fit the sheet.
    """
    return planned(order_of(ready), layout_of(ready.setup), iterations)


def impose(
    ready: Ready,
    folder: str | os.PathLike[str],
    standard: Standard = Standard.X4,
    progress: Progress = unseen,
    *,
    mapping: Mapping = one_by_one,
) -> Result:
    """The whole folder for the factory, or nothing: `OutputError` where a file fails its own preflight.

    `mapping` makes the files: the `map` of a process pool or of a cluster gives the same bytes.
    """
    return impose_job(order_of(ready), Path(folder), standard, progress, mapping=mapping)


def impose_job(
    order: Order,
    target: Path,
    standard: Standard = Standard.X4,
    progress: Progress = unseen,
    *,
    since: Sequence[manifest.Change] | None = None,
    planner: Planner = plan_of,
    confirm: Callable[[Path], bytes | None] = lambda _: None,
    mapping: Mapping = one_by_one,
    numbers: Numbers | None = None,
) -> Result:
    """Write the job's folder whole, or raise: `FindingsError` where the sheets fail their checks, `OutputError` where
    a file fails its own preflight.

    `planner` is another way to plan than the quick one; `since` says which units a reprint makes and why; `confirm`
    looks at the finished folder before it gets its name, and gives back the page about it that goes into it.
    `numbers` makes them numbered sheets.
    """
    job = imposed(order, standard, planner, numbers.wanted if numbers else None)
    with (
        numbers.booked(job) if numbers else contextlib.nullcontext(),
        staging(target, MANIFEST, beside=(VERIFICATION,)) as stage,
    ):
        made = publish(job.for_the_press, stage, mapping, progress)
        made = (*made, *publish(job.with_them(made), stage, mapping, progress))
        content = manifest.content(order, job.presses, job.plan, standard, job.findings, since)
        if job.numbering is not None:
            content["serials"] = entries(job.numbering, order)
        stage.write(MANIFEST, manifest.write(content, made))
        page = confirm(stage.path)
        if page is not None:
            made = (*made, put(stage, Work(VERIFICATION, "verification", bytes, ()), page, progress))
            stage.write(MANIFEST, manifest.write(content, made))
        if numbers is not None:
            numbers.book(job)
    sheets = sum(press.sheet.run for press in job.presses)
    tags = sum(press.sheet.run * count for press in job.presses for _, count in press.sheet.slots)
    files = (*(file.name for file in made), MANIFEST)
    return Result(target, files, len(job.presses), sheets, tags, job.findings, len(stage.taken))
