"""What the folder of a job must hold, made anew from the setup and the plan that its job.json tells.

Nothing is written. The plan is taken from the listing, since a long search is not repeated; what it breaks of demands
and limits is said. Where it is none at all, the quick plan stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keytag.base.diagnostics import Diagnostic
from keytag.base.standard import Standard
from keytag.job import manifest, papers
from keytag.job.order import Order, layout_of
from keytag.job.planning import designs_of, limits_of, plan_of, plate_sets
from keytag.job.pressfiles import MASTERS, PressFile, plate_name, press_files
from keytag.job.ready import Ready
from keytag.job.sheets import sheet_findings
from keytag.job.views import FOLDER, picture_name
from keytag.render.view import view_copy
from keytag.sheet.layout import Layout, PressSheet
from keytag.solver import Plan
from keytag.solver.model import PlateSet, price, violations
from keytag.tag.payload import payloads
from keytag.tag.typeset import set_text
from keytag.verification.expected import VIEW, Drawn, Expected
from keytag.verification.listing import Listing

PAPERS = ("production-ticket.pdf", "packing-list.pdf", "packing-list.csv")
Faults = list[tuple[str, str]]


def expected_of(ready: Ready, listing: Listing) -> Expected:
    """All of it; an `InputError` where the tag does not fit the scheme's sheet."""
    wrong: Faults = []
    order = _order(ready, listing, wrong)
    layout = layout_of(ready.setup)
    plan = _plan(order, layout, listing, wrong)
    presses = plate_sets(order, layout, plan, listing.standard)
    files = press_files(order, layout, presses)
    drawn = [Drawn(file.name, file.what, file.document, listing.standard) for file in files]
    views, pictures = _views(order, files)
    setup = ready.setup
    changes = listing.raw.get("since")
    told = (*ready.findings, *sheet_findings(presses, order))
    content = dict(manifest.content(order, presses, plan, listing.standard, told))
    if listing.since is not None:
        content["since"] = changes  # why a unit was made again is known from the earlier job only
    return Expected(
        setup.template,
        setup.scheme,
        {unit.key: unit for unit in order.units},
        {artwork.key: artwork for artwork in order.artworks},
        {unit.key: payloads(setup.template, setup.roster.job, unit) for unit in order.units},
        dict(zip((a.key for a in order.artworks), order.demands, strict=True)),
        presses,
        (*drawn, *views),
        pictures,
        content,
        _papers(order, presses, listing.standard, told),
        wrong,
        lambda name: _reserved(name),
    )


def _order(ready: Ready, listing: Listing, wrong: Faults) -> Order:
    """All that is on order, or what a reprint says it makes."""
    order = Order(ready)
    if listing.since is None:
        return order
    known = {unit.key for unit in order.units}
    for i, key in enumerate(listing.since):
        if key not in known:
            wrong.append((f"since[{i}].key", f"{key!r} is no unit with tags on order"))
    kept = order.only(set(listing.since))
    return kept if kept.units else order


def _plan(order: Order, layout: Layout, listing: Listing, wrong: Faults) -> Plan:
    designs, limits = designs_of(order, layout), limits_of(order.setup, layout)
    quick = plan_of(order, layout)
    index = {design.key: i for i, design in enumerate(designs)}
    sets, faults = [], len(wrong)
    for p, plate in enumerate(listing.plates):
        slots = [0] * len(designs)
        for s, (key, tags) in enumerate(plate.slots):
            if key not in index or tags % layout.tags_per_place or not tags:
                wrong.append((f"plates[{p}].slots[{s}]", f"{tags} tags of {key!r} are no slots of this job"))
            else:
                slots[index[key]] += tags // layout.tags_per_place
        if sum(slots) > limits.stations:
            wrong.append((f"plates[{p}].slots", f"take {sum(slots)} places, the sheet has {limits.stations}"))
        if not plate.run:
            wrong.append((f"plates[{p}].run", "no sheets are printed"))
        sets.append(PlateSet(tuple(slots), plate.run))
    if not sets:
        wrong.append(("plates", "there are none"))
    if len(wrong) > faults:
        return quick
    if tuple(sets) == quick.plates:
        return quick
    cost = price(limits, len(sets), sum(plate.run for plate in sets))
    said = listing.raw.get("plan")
    told = said if isinstance(said, dict) else {}
    bound, method = told.get("bound"), told.get("method")
    if isinstance(bound, bool) or not isinstance(bound, int | float) or not 0 <= bound <= cost:
        bound = quick.bound
    plan = Plan(designs, limits, tuple(sets), cost, bound, method if isinstance(method, str) else quick.method)
    wrong += [("plates", sentence) for sentence in violations(plan)]
    return plan


def _views(order: Order, files: Sequence[PressFile]) -> tuple[list[Drawn], dict[str, tuple[str, int]]]:
    """The view copies of a job with White, and the pictures of their pages."""
    if not any(artwork.white for artwork in order.artworks):
        return [], {}
    views, pictures = [], {}
    for file in files:
        copy = view_copy(file.document, order.artworks, set_text)
        name = f"{FOLDER}/{file.name}"
        views.append(Drawn(name, VIEW, copy, Standard.X1A))
        for number, page in enumerate(copy.pages):
            shown = picture_name(file.name, number, len(copy.pages), page.label, sheet=file.name != MASTERS)
            pictures[shown] = (name, number)
    return views, pictures


def _papers(
    order: Order, presses: Sequence[PressSheet], standard: Standard, told: Sequence[Diagnostic]
) -> Callable[[Sequence[Mapping[str, Any]]], Mapping[str, bytes]]:
    def made(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, bytes]:
        ticket = papers.ticket_of(order, presses, [dict(entry) for entry in entries], standard.title, told)
        labels, table = papers.packing_of(order)
        return dict(zip(PAPERS, (ticket, labels, table), strict=True))

    return made


def _reserved(name: str) -> bool:
    """Whether a file of that name is one that keytag writes."""
    if name.startswith("plate-") and name.endswith(".pdf"):
        number = name[len("plate-") : -len(".pdf")]
        return number.isascii() and number.isdecimal() and name == plate_name(int(number))
    return name in (MASTERS, "cutting-forme.pdf", *PAPERS) or name.startswith(f"{FOLDER}/")
