"""From composed tags to a press-ready folder: plan, impose, write, reopen, preflight, and only then rename.

Pure stages do the work; here they are only put in order. `keytag impose` is one call of `impose_job`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.drawing import Document, Page, Words
from keytag.base.errors import OutputError
from keytag.base.ink import Ink
from keytag.base.standard import Standard
from keytag.files.publish import Staging, staging
from keytag.files.source import Source
from keytag.job import manifest
from keytag.job.setup import Setup, demand, digest, spoilage
from keytag.roster.model import Unit
from keytag.sheet.scheme import Scheme
from keytag.tag.artwork import Artwork

if TYPE_CHECKING:
    from keytag.job.reprint import Change
    from keytag.sheet.imposition import Layout
    from keytag.solver import Plan

MANIFEST = "job.json"
VERIFICATION = "verification.pdf"
Progress = Callable[[str], None]


class Result(NamedTuple):
    """What was made; `files` are names in the folder, `findings` warnings about the sheets."""

    folder: Path
    files: tuple[str, ...]
    plates: int
    sheets: int
    tags: int
    findings: tuple[Diagnostic, ...]


class Order(NamedTuple):
    """What is to be imposed: the units with their finished tags and the tags wanted of each, spoilage included."""

    units: tuple[Unit, ...]
    artworks: tuple[Artwork, ...]
    demands: tuple[int, ...]


@lru_cache(maxsize=4096)
def set_text(text: str, size: float, ink: Ink) -> Words:
    """A line for slugs and measures."""
    from keytag.tag import typeset

    return typeset.set_text(text, size, ink)


def order_of(setup: Setup, units: Sequence[Unit], artworks: Sequence[Artwork]) -> Order:
    """The units that are to be printed: those with an order; each with its spoilage."""
    share = spoilage(setup.roster)
    wanted = [(u, a, demand(u, share)) for u, a in zip(units, artworks, strict=True) if u.tags > 0]
    return Order(tuple(u for u, _, _ in wanted), tuple(a for _, a, _ in wanted), tuple(d for _, _, d in wanted))


def impose_job(
    setup: Setup,
    order: Order,
    scheme: Scheme,
    scheme_source: Source,
    target: Path,
    standard: Standard,
    progress: Progress = lambda _: None,
    *,
    since: Sequence[Change] | None = None,
    planner: Callable[[Setup, Scheme, Order, Layout], Plan] | None = None,
    confirm: Callable[[Path], None] = lambda _: None,
) -> Result:
    """Write the job's folder whole, or raise: `OutputError` where a file fails its own preflight.

    `planner` is another way to plan than the quick one; `since` says which units a reprint makes and why; `confirm`
    looks at the finished folder before it gets its name.
    """
    from keytag.job import papers
    from keytag.job.planning import plan_of, plate_sets
    from keytag.sheet.imposition import lay_out

    template = setup.template
    layout = lay_out(scheme, template.outline.width, template.outline.height, template.bleed)
    plan = (planner or plan_of)(setup, scheme, order, layout)
    presses = plate_sets(setup, order, layout, plan, standard)
    findings = _sheet_findings(presses, order)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if errors:
        raise OutputError(f"the sheets fail their checks: {errors[0].message} [{errors[0].id}]")
    with staging(target, MANIFEST, beside=(VERIFICATION,)) as stage:
        writer = _Writer(setup, standard, stage, progress)
        for press in presses:
            sheet = press.sheet
            title = f"{setup.name}: plate {sheet.number} of {sheet.of}"
            writer.pdf(f"plate-{sheet.number:02}.pdf", "press sheet", title, press.pages, press.forms)
        _cutting(writer, layout, order.artworks[0])
        _masters(writer, order)
        writer.put(
            "production-ticket.pdf", "ticket", papers.ticket_of(setup, order, presses, writer.entries, standard.title)
        )
        labels, table = papers.packing_of(setup, order)
        writer.put("packing-list.pdf", "box labels", labels)
        writer.put("packing-list.csv", "packing list", table)
        content = {
            **manifest.head(setup, "impose"),
            "standard": standard.title,
            "scheme": scheme.name,
            "spoilage": spoilage(setup.roster),
            "plan": {"method": plan.method, "cost": plan.cost, "bound": plan.bound, "optimal": plan.optimal},
            "inputs": manifest.inputs(setup, manifest.input_entry(scheme_source, "scheme")),
            "plates": [_plate(press) for press in presses],
            "units": _units(order, presses),
        }
        if since is not None:
            content["since"] = [{"key": c.key, "title": c.title, "reasons": list(c.reasons)} for c in since]
        stage.write(MANIFEST, manifest.write(content, writer.entries))
        confirm(stage.path)
    names = tuple(entry["name"] for entry in writer.entries)
    sheets = sum(press.sheet.run for press in presses)
    tags = sum(press.sheet.run * count for press in presses for _, count in press.sheet.slots)
    return Result(target, (*names, MANIFEST), len(presses), sheets, tags, findings)


def _sheet_findings(presses: Sequence[Any], order: Order) -> tuple[Diagnostic, ...]:
    from keytag.checks.sheet import check_job

    ordered = {artwork.key: unit.tags for unit, artwork in zip(order.units, order.artworks, strict=True)}
    return tuple(check_job(presses, ordered))


class _Writer:
    """Writes a file into the staging folder, reads it back and holds it against keytag's own PDF checks."""

    def __init__(self, setup: Setup, standard: Standard, stage: Staging, progress: Progress) -> None:
        self.setup, self.standard, self.stage, self.progress = setup, standard, stage, progress
        self.entries: list[dict[str, Any]] = []

    def pdf(self, name: str, what: str, title: str, pages: Sequence[Page], forms: Sequence[Any]) -> None:
        from keytag.render.pdf.document import write

        document = Document(title, self.setup.moment, tuple(pages), tuple(forms), subject=what)
        self.put(name, what, write(document, self.standard), preflighted=True)

    def put(self, name: str, what: str, data: bytes, *, preflighted: bool = False) -> None:
        place = self.stage.write(name, data)
        back = place.read_bytes()
        if back != data:
            raise OutputError(f"{name}: what was read back is not what was written; the disk may be failing")
        if preflighted:
            preflight(name, back, self.standard)
        elif name.endswith(".pdf"):  # for people: PDF/X-4 whatever the sheets are, with real text
            preflight(name, back, Standard.X4, fonts=True)
        self.entries.append(manifest.file_entry(name, data, what))
        self.progress(name)


def preflight(name: str, data: bytes, standard: Standard, *, fonts: bool = False) -> None:
    """Raise `OutputError` where the file breaks a rule of its standard; only documents for people may have `fonts`."""
    from keytag.checks.pdf import Expectation
    from keytag.checks.pdf import preflight as run

    expected = Expectation(fonts=True) if fonts else None
    errors = [f for f in run(data, standard, expected) if f.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise OutputError(f"{name}: fails its own preflight: {errors[0].message} [{errors[0].id}]{more}")


def _cutting(writer: _Writer, layout: Any, artwork: Artwork) -> None:
    from keytag.sheet.cutting import cutting_forme

    forme = cutting_forme(layout, artwork, set_text, (writer.setup.name,))
    writer.pdf("cutting-forme.pdf", "cutting forme", f"{writer.setup.name}: cutting forme", [forme.page], forme.forms)


def _masters(writer: _Writer, order: Order) -> None:
    from keytag.sheet.master import forms_of, one_up
    from keytag.sheet.scheme import SIDES

    masters = [one_up(artwork, side, set_text) for artwork in order.artworks for side in SIDES]
    pages = [master.page for master in masters]
    writer.pdf("masters.pdf", "one-up masters", f"{writer.setup.name}: one-up masters", pages, forms_of(masters))


def _plate(press: Any) -> dict[str, Any]:
    sheet = press.sheet
    return {
        "number": sheet.number,
        "file": f"plate-{sheet.number:02}.pdf",
        "run": sheet.run,
        "stations": len(sheet.layout.stations),
        "slots": [{"key": key, "tags": count} for key, count in sheet.slots],
    }


def _units(order: Order, presses: Sequence[Any]) -> list[dict[str, Any]]:
    made = {artwork.key: 0 for artwork in order.artworks}
    for press in presses:
        for key, count in press.sheet.slots:
            made[key] += count * press.sheet.run
    return [
        {**manifest.unit_entry(artwork, unit.tags, wanted, fingerprint(artwork)), "printed": made[artwork.key]}
        for unit, artwork, wanted in zip(order.units, order.artworks, order.demands, strict=True)
    ]


def fingerprint(artwork: Artwork) -> str:
    """A hash of what both faces paint: two artworks with the same one print the same tag."""
    from keytag.render.pdf.content import form_content

    return digest(b"\0".join(form_content(face.form, layers=True).data for face in artwork.faces))
