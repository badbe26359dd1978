"""From composed tags to a press-ready folder: plan, impose, write, reopen, preflight, and only then rename.

Pure stages do the work; here they are only put in order. `keytag impose` is one call of `impose_job`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.drawing import Document
from keytag.base.errors import FindingsError, OutputError
from keytag.base.progress import Progress, unseen
from keytag.base.standard import Standard
from keytag.files.publish import Staging, staging
from keytag.job import manifest
from keytag.job.order import Order, layout_of
from keytag.job.preflight import preflight
from keytag.job.pressfiles import MASTERS, PressFile, press_files
from keytag.job.setup import Setup
from keytag.tag.typeset import set_text

if TYPE_CHECKING:
    from keytag.job.planning import Planner
    from keytag.job.reprint import Change

MANIFEST = "job.json"
VERIFICATION = "verification.pdf"


class Result(NamedTuple):
    """What was made; `files` are names in the folder, `findings` warnings about the sheets."""

    folder: Path
    files: tuple[str, ...]
    plates: int
    sheets: int
    tags: int
    findings: tuple[Diagnostic, ...]


def impose_job(
    order: Order,
    target: Path,
    standard: Standard = Standard.X4,
    progress: Progress = unseen,
    *,
    since: Sequence[Change] | None = None,
    planner: Planner | None = None,
    confirm: Callable[[Path], bytes | None] = lambda _: None,
) -> Result:
    """Write the job's folder whole, or raise: `FindingsError` where the sheets fail their checks, `OutputError` where
    a file fails its own preflight.

    `planner` is another way to plan than the quick one; `since` says which units a reprint makes and why; `confirm`
    looks at the finished folder before it gets its name, and gives back the page about it that goes into it.
    """
    from keytag.job import papers
    from keytag.job.planning import plan_of, plate_sets

    setup = order.setup
    layout = layout_of(setup)
    plan = (planner or plan_of)(order, layout)
    presses = plate_sets(order, layout, plan, standard)
    findings = _sheet_findings(presses, order)
    if has_errors(findings):
        raise FindingsError("the sheets fail their checks: nothing was made", findings)
    told = (*order.ready.findings, *findings)
    with staging(target, MANIFEST, beside=(VERIFICATION,)) as stage:
        writer = _Writer(setup, standard, stage, progress)
        for file in press_files(order, layout, presses):
            writer.pdf(file)
        ticket = papers.ticket_of(order, presses, writer.entries, standard.title, told)
        writer.put("production-ticket.pdf", "ticket", ticket)
        labels, table = papers.packing_of(order)
        writer.put("packing-list.pdf", "box labels", labels)
        writer.put("packing-list.csv", "packing list", table)
        _views(writer, order)
        content = manifest.content(order, presses, plan, standard, told, since)
        stage.write(MANIFEST, manifest.write(content, writer.entries))
        page = confirm(stage.path)
        if page is not None:
            writer.put(VERIFICATION, "verification", page)
            stage.write(MANIFEST, manifest.write(content, writer.entries))
    names = tuple(entry["name"] for entry in writer.entries)
    sheets = sum(press.sheet.run for press in presses)
    tags = sum(press.sheet.run * count for press in presses for _, count in press.sheet.slots)
    return Result(target, (*names, MANIFEST), len(presses), sheets, tags, told)


def _sheet_findings(presses: Sequence[Any], order: Order) -> tuple[Diagnostic, ...]:
    from keytag.checks.sheet import check_job

    ordered = {artwork.key: unit.tags for unit, artwork in zip(order.units, order.artworks, strict=True)}
    return tuple(check_job(presses, ordered))


class _Writer:
    """Writes a file into the staging folder, reads it back and holds it against keytag's own PDF checks."""

    def __init__(self, setup: Setup, standard: Standard, stage: Staging, progress: Progress) -> None:
        self.setup, self.standard, self.stage, self.progress = setup, standard, stage, progress
        self.entries: list[dict[str, Any]] = []
        self.documents: list[tuple[str, Document]] = []

    def pdf(self, file: PressFile) -> None:
        from keytag.render.pdf.document import write

        self.documents.append((file.name, file.document))
        self.put(file.name, file.what, write(file.document, self.standard), standard=self.standard)

    def put(self, name: str, what: str, data: bytes, *, standard: Standard | None = None) -> None:
        place = self.stage.write(name, data)
        back = place.read_bytes()
        if back != data:
            raise OutputError(f"{name}: what was read back is not what was written; the disk may be failing")
        if standard is not None:
            preflight(name, back, standard)
        elif name.endswith(".pdf"):  # for people: PDF/X-4 whatever the sheets are, with real text
            preflight(name, back, Standard.X4, fonts=True)
        self.entries.append(manifest.file_entry(name, data, what))
        self.progress(name)


def _views(writer: _Writer, order: Order) -> None:
    """The folder of view copies, for jobs with White: nobody else needs one to see what the press files show."""
    from keytag.job.views import WHAT, views_of

    if not any(artwork.white for artwork in order.artworks):
        return
    for name, document in writer.documents:
        for view in views_of(name, document, order.artworks, set_text, sheet=name != MASTERS):
            writer.put(view.name, WHAT, view.data, standard=Standard.X1A if view.name.endswith(".pdf") else None)
