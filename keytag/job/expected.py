"""What the folder of a job must hold, made anew from the setup and the plan that its job.json tells.

Nothing is written. The plan is taken from the listing, since a long search is not repeated; what it breaks of demands
and limits is said. Where it is none at all, the quick plan stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import FindingsError
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.job import manifest
from keytag.job.expected_numbers import names_of, numbers_of
from keytag.job.formes import WHATS, die, forme_works
from keytag.job.imposition import Imposed, imposed
from keytag.job.numbering import ROWS, Wanted, entries
from keytag.job.papers import LABELS, label_names
from keytag.job.piles import PILES, pile_volumes
from keytag.job.plan_words import fault
from keytag.job.planning import designs_of, limits_of, plan_of
from keytag.job.pressfiles import MASTERS, MASTERS_ARE, PressFile, press_files
from keytag.job.ready import Order, Ready
from keytag.job.views import FOLDER, views_of
from keytag.job.volumes import is_volume
from keytag.job.work import Made
from keytag.render.view import view_copy
from keytag.sheet.layout import Layout
from keytag.solver import Plan
from keytag.solver.model import PlateSet, price, violations
from keytag.tag.payload import payloads
from keytag.tag.typeset import set_text
from keytag.verification.expected import VIEW, Drawn, Expected, FileFact, Sample
from keytag.verification.listing import Listing
from keytag.verification.numbered_model import Numbers

_PAPERS = ("production-ticket.pdf", "packing-list.csv")
_FOR_PRESS = re.compile(r"(?:plate|masters|cutting-forme)(?![a-z]).*\.(?:pdf|dxf|svg)", re.DOTALL)
Faults = list[tuple[str, str]]


def expected_of(ready: Ready, listing: Listing) -> Expected:
    """All of it; an `InputError` where the tag does not fit the scheme's sheet."""
    wrong: Faults = []
    order = _order(ready, listing, wrong)
    job = _imposed(order, listing, wrong)
    files = press_files(order, job.layout, job.presses)
    numbers = numbers_of(job)
    shells = {press.sheet.file for press in job.presses} if numbers else set[str]()
    drawn = [Drawn(f.name, f.what, f.document, listing.standard) for f in files if f.name not in shells]
    views, pictures = _views(order, files)
    setup = ready.setup
    content = dict(manifest.content(order, job.presses, job.plan, listing.standard, job.findings))
    content["units"] = list(manifest.Units(order, job.presses))
    if job.numbering is not None:
        content["serials"] = entries(job.numbering, order)
    if listing.since is not None:
        content["since"] = listing.raw.get("since")  # why a unit was made again is known from the earlier job only
    return Expected(
        setup.template,
        setup.scheme,
        {unit.key: unit for unit in order.units},
        {artwork.key: artwork for artwork in order.artworks},
        {unit.key: payloads(setup.template, setup.roster.job, unit, bare=bool(numbers)) for unit in order.units},
        dict(zip((a.key for a in order.artworks), order.demands, strict=True)),
        job.presses,
        (*drawn, *views),
        (die(order, job.layout), {w.name: (w.what, w.make(*w.given)) for w in forme_works(order, job.layout)}),
        pictures,
        content,
        _papers(job),
        wrong,
        _reserved,
        numbers,
        names_of(job.numbering) if job.numbering else {},
        label_names(order),
        tuple(part.name for part in pile_volumes(job.numbering)) if job.numbering else (),
        _samples(job, numbers, listing.standard),
    )


def _samples(job: Imposed, numbers: Numbers | None, standard: Standard) -> Sequence[Sample]:
    """The numbered sheets that are looked at whole."""
    from keytag.verification.sampled import samples

    told = job.numbering
    return samples(numbers.plates, told.editions, standard, told.imprint) if numbers and told else ()


def imposed_of(ready: Ready, listing: Listing, wrong: Faults) -> Imposed:
    """The order of a listing on its plates; what of the listing does not go with the roster is added to `wrong`."""
    return _imposed(_order(ready, listing, wrong), listing, wrong)


def _order(ready: Ready, listing: Listing, wrong: Faults) -> Order:
    """All that is on order, or what a reprint says it makes."""
    order = Order(ready)
    if listing.since is None:
        return order
    if not listing.since:
        wrong.append(("since", say("names no unit: a reprint makes at least one")))
    known = {unit.key for unit in order.units}
    for i, key in enumerate(listing.since):
        if key not in known:
            wrong.append((f"since[{i}].key", say("{key!r} is no unit with tags on order", key=key)))
    kept = order.only(set(listing.since))
    return kept if kept.units else order


def _imposed(order: Order, listing: Listing, wrong: Faults) -> Imposed:
    """The order on its sheets by the listing's plan; findings of the sheets are said and do not stop it here."""

    def planner(order: Order, layout: Layout) -> Plan:
        return _plan(order, layout, listing, wrong)

    found: list[Diagnostic] = []
    try:
        return imposed(order, listing.standard, planner, _wanted(listing, wrong))
    except FindingsError as error:
        found += error.findings
    wrong += [("plates", say("the sheets fail their checks: {message}", message=finding.message)) for finding in found]
    return imposed(order, listing.standard, wanted=_wanted(listing, wrong))


def _wanted(listing: Listing, wrong: Faults) -> Wanted | None:
    """How the listing says its sheets are numbered; None where it says nothing of serials."""
    said = listing.raw.get("serials")
    if said is None:
        return None
    start = said.get("start") if isinstance(said, dict) else None
    if isinstance(start, bool) or not isinstance(start, int) or not isinstance(said, dict):
        wrong.append(("serials", say("must say start and imprint")))
        return Wanted(0)
    return Wanted(start, said.get("imprint") is True)


def _plan(order: Order, layout: Layout, listing: Listing, wrong: Faults) -> Plan:
    designs, limits = designs_of(order, layout), limits_of(order.setup, layout)
    quick = plan_of(order, layout)
    index = {design.key: i for i, design in enumerate(designs)}
    sets, faults = [], len(wrong)
    for p, plate in enumerate(listing.plates):
        slots = [0] * len(designs)
        for s, (key, tags) in enumerate(plate.slots):
            if key not in index or tags % layout.tags_per_place or not tags:
                wrong.append(
                    (
                        f"plates[{p}].slots[{s}]",
                        say("{tags} tags of {key!r} are no slots of this job", tags=tags, key=key),
                    )
                )
            else:
                slots[index[key]] += tags // layout.tags_per_place
        if sum(slots) > limits.stations:
            wrong.append(
                (
                    f"plates[{p}].slots",
                    say("take {slots} places, the sheet has {stations}", slots=sum(slots), stations=limits.stations),
                )
            )
        if not plate.run:
            wrong.append((f"plates[{p}].run", say("no sheets are printed")))
        sets.append(PlateSet(tuple(slots), plate.run))
    if not sets:
        wrong.append(("plates", say("there are none")))
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
    wrong += [("plates", fault(sentence)) for sentence in violations(plan)]
    return plan


def _views(order: Order, files: Sequence[PressFile]) -> tuple[list[Drawn], dict[str, tuple[str, int]]]:
    """The view copies of a job with White, and the pictures of their pages."""
    if not any(artwork.white for artwork in order.artworks):
        return [], {}
    views: list[Drawn] = []
    pictures: dict[str, tuple[str, int]] = {}
    for file in files:
        (copy, _), *shown = views_of(file.name, file.document, sheet=file.what != MASTERS_ARE)
        views.append(Drawn(copy, VIEW, view_copy(file.document, order.artworks, set_text), Standard.X1A))
        pictures |= {name: (copy, number) for number, (name, _) in enumerate(shown)}
    return views, pictures


def _papers(job: Imposed) -> Callable[[Sequence[FileFact]], dict[str, bytes]]:
    def made(files: Sequence[FileFact]) -> dict[str, bytes]:
        facts = [Made(*file) for file in files]
        return {work.name: work.make(*work.given) for work in job.papers(facts)}

    return made


def _reserved(name: str) -> bool:
    """Whether a file of that name is one that keytag writes, or could be taken for one at the press."""
    name = name.casefold()  # as file servers do
    known = (ROWS, "cutting-forme.pdf", *WHATS, *_PAPERS)
    long = any(is_volume(name, of) for of in (MASTERS, LABELS, PILES))
    return long or name in known or _FOR_PRESS.fullmatch(name) is not None or name.startswith(f"{FOLDER}/")
