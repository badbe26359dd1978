"""The job for the factory: its order planned and imposed, its files described as works, made, and published whole.

`keytag impose` is one call of `impose_job`. What the files say is decided in `pressfiles` and `papers`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.errors import FindingsError
from keytag.base.progress import Progress, unseen
from keytag.base.standard import Standard
from keytag.files.publish import staging
from keytag.job import manifest, papers
from keytag.job.planning import Planner, layout_of, plan_of, planned, plate_sets
from keytag.job.pressfiles import press_files, press_works, view_works
from keytag.job.ready import Order, Ready, order_of
from keytag.job.work import Made, Mapping, Work, one_by_one, publish, put
from keytag.sheet.layout import Layout, PressSheet
from keytag.solver import Plan

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


class Imposed(NamedTuple):
    """An order on its sheets: all that its files are made of, and nothing made yet."""

    order: Order
    layout: Layout
    plan: Plan
    presses: tuple[PressSheet, ...]
    standard: Standard
    findings: tuple[Diagnostic, ...]

    @property
    def for_the_press(self) -> tuple[Work, ...]:
        """Sheets, cutting forme and masters."""
        return press_works(press_files(self.order, self.layout, self.presses), self.standard)

    def with_them(self, made: Sequence[Made]) -> tuple[Work, ...]:
        """What goes along: the ticket, which lists the files `made` for the press, box labels, view copies."""
        drawn = press_files(self.order, self.layout, self.presses)
        told = papers.paper_works(self.order, self.presses, made, self.standard, self.findings)
        return (*told, *view_works(drawn, self.order.artworks))


def imposed(order: Order, standard: Standard = Standard.X4, planner: Planner = plan_of) -> Imposed:
    """The order planned and on its sheets; `FindingsError` where the sheets fail their checks."""
    layout = layout_of(order.setup)
    plan = planner(order, layout)
    presses = tuple(plate_sets(order, layout, plan, standard))
    findings = (*order.ready.findings, *_sheet_findings(presses, order))
    if has_errors(findings):
        raise FindingsError("the sheets fail their checks: nothing was made", findings)
    return Imposed(order, layout, plan, presses, standard, findings)


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
) -> Result:
    """Write the job's folder whole, or raise: `FindingsError` where the sheets fail their checks, `OutputError` where
    a file fails its own preflight.

    `planner` is another way to plan than the quick one; `since` says which units a reprint makes and why; `confirm`
    looks at the finished folder before it gets its name, and gives back the page about it that goes into it.
    """
    job = imposed(order, standard, planner)
    with staging(target, MANIFEST, beside=(VERIFICATION,)) as stage:
        made = publish(job.for_the_press, stage, mapping, progress)
        made = (*made, *publish(job.with_them(made), stage, mapping, progress))
        content = manifest.content(order, job.presses, job.plan, standard, job.findings, since)
        stage.write(MANIFEST, manifest.write(content, made))
        page = confirm(stage.path)
        if page is not None:
            made = (*made, put(stage, Work(VERIFICATION, "verification", bytes, ()), page, progress))
            stage.write(MANIFEST, manifest.write(content, made))
    sheets = sum(press.sheet.run for press in job.presses)
    tags = sum(press.sheet.run * count for press in job.presses for _, count in press.sheet.slots)
    return Result(target, (*(file.name for file in made), MANIFEST), len(job.presses), sheets, tags, job.findings)


def _sheet_findings(presses: Sequence[PressSheet], order: Order) -> tuple[Diagnostic, ...]:
    from keytag.checks.sheet import check_job

    ordered = {artwork.key: unit.tags for unit, artwork in zip(order.units, order.artworks, strict=True)}
    return tuple(check_job(presses, ordered))
