"""Which designs share a plate set, and the press sheets that follow: the seam between the plan and the sheets.

Costs and limits come from the roster's job section, else from the scheme; a scheme whose one forme prints both surfaces
gives two tags a place and sheet, which the plan sees as half the demand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from keytag.base.errors import UsageError
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.files.fields import decimal, whole
from keytag.files.source import Text
from keytag.job.setup import Setup
from keytag.job.slug import slug_facts
from keytag.render.fingerprint import codes
from keytag.roster.model import PlannedPlate
from keytag.roster.names import Names
from keytag.sheet import blocks
from keytag.sheet.asked import asked
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.layout import Layout, PressSheet
from keytag.sheet.page import press_sheets
from keytag.solver import Design, FixedPlate, Limits, Plan, PlanError, iterations_of, optimise
from keytag.tag.typeset import set_text

if TYPE_CHECKING:
    from keytag.job.ready import Order

Planner: TypeAlias = "Callable[[Order, Layout], Plan]"
DEFAULT_PLATE_COST = 50.0  # in sheets' worth, where neither roster nor scheme says


def layout_of(setup: Setup) -> Layout:
    """The stations of the setup's scheme for its tag; an `InputError` where the sheet cannot hold it."""
    template = setup.template
    return lay_out(setup.scheme, template.outline.width, template.outline.height, template.bleed, template.outline)


def designs_of(order: Order, layout: Layout) -> tuple[Design, ...]:
    """The demands in places: what one place of the sheet gives at each printed sheet."""
    per_place = layout.tags_per_place
    return tuple(Design(a.key, -(-d // per_place)) for a, d in zip(order.artworks, order.demands, strict=True))


def limits_of(setup: Setup, layout: Layout) -> Limits:
    """The plan's limits: the roster's word first, then the scheme's."""
    job, scheme = setup.roster.job, setup.scheme
    sheet = scheme.costs.sheet or 1.0
    plate = DEFAULT_PLATE_COST if scheme.costs.plate is None else scheme.costs.plate / sheet
    wanted, cost = asked(job, scheme), decimal(job.plate_cost)
    names = Names(setup.printed.units)
    per_place = layout.tags_per_place
    return Limits(
        stations=len(layout.places),
        plate_cost=plate if cost is None else cost,
        max_plates=wanted.plates,
        max_overs=wanted.overs,
        min_run=wanted.shortest or 1,
        run_multiple=wanted.multiple or 1,
        apart=tuple(_keys(names, group) for group in job.apart),
        together=tuple(_keys(names, group) for group in job.together),
        fixed=tuple(_fixed(names, plate, per_place) for plate in job.plan),
    )


def _keys(names: Names, group: Sequence[Text]) -> tuple[str, ...]:
    """The units that a group names; a `UsageError` with its place where there is no such unit."""
    return tuple(_key(names, word) for word in group)


def _key(names: Names, word: Text) -> str:
    try:
        return names.one(word.value).key
    except UsageError as error:
        raise UsageError(say("{word}: {message}", word=word.span, message=error.message), hint=error.hint) from error


def _fixed(names: Names, plate: PlannedPlate, per_place: int) -> FixedPlate:
    """A plate set given by hand, its slots in places of the sheet."""
    slots = []
    for name, text in plate.slots:
        tags = whole(text)
        if tags is None or tags % per_place:
            by = say(" in steps of {per_place}", per_place=per_place) if per_place > 1 else ""
            raise UsageError(
                say("{text}: {text2} is no number of tags on a sheet{by}", text=text.span, text2=text.value, by=by)
            )
        slots.append((_key(names, name), tags // per_place))
    run = whole(plate.run)
    if run is None:
        raise UsageError(say("{plate}: the plate needs its run, a whole number of sheets", plate=plate.span))
    return FixedPlate(tuple(slots), run)


def planned(order: Order, layout: Layout, iterations: int = 0, stop: Callable[[], bool] | None = None) -> Plan:
    """The plan of the order, searched for with so many iterations more; `UsageError` names the limit if there is none.

    Limits and designs count in places of the sheet: what one place gives at each printed sheet.
    """
    try:
        return optimise(designs_of(order, layout), limits_of(order.setup, layout), iterations, stop=stop)
    except PlanError as error:
        from keytag.job.plan_words import said

        raise UsageError(said(error)) from error


def plan_of(order: Order, layout: Layout) -> Plan:
    """The default plan of the order."""
    return planned(order, layout)


def plate_sets(order: Order, layout: Layout, plan: Plan, standard: Standard, serial: str = "") -> list[PressSheet]:
    """The press sheets of a plan: each design's copies together in blocks, front and back paired.

    With the specimen of a `serial` slugs keep a line for each sheet's own.
    """
    facts = slug_facts(order.setup, tuple(codes(order.artworks).items()), standard, serial)
    sheets = []
    for number, plate in enumerate(plan.plates, 1):
        assignment = blocks.assign(layout, plate.slots)
        sheets.append(impose(layout, assignment, order.artworks, run=plate.run, number=number, of=len(plan.plates)))
    loose = order.setup.template.substrate.process != "moulded"  # what is moulded comes loose before it is printed
    return list(press_sheets(sheets, order.artworks, facts, set_text, loose=loose))


def patient(seconds: float, stop: Callable[[], bool]) -> Planner:
    """A planner that looks for about so many seconds.

    Its budget is iterations, so that a plan is the same on every machine; `stop` is the caller's clock, for a search
    that takes much longer than it should.
    """

    def planner(order: Order, layout: Layout) -> Plan:
        return planned(order, layout, iterations_of(seconds, len(order.artworks)), stop)

    return planner
