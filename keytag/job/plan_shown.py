"""A plan as people and machines read it: plates, designs by slots, overs, cost, bound, and what bare practice costs."""

from __future__ import annotations

import json

from keytag.base.records import NamedTuple
from keytag.job.ready import Order
from keytag.report.visible import visible
from keytag.sheet import blocks
from keytag.sheet.layout import Layout
from keytag.solver import Plan, PlanError, ladder, one_per_plate, proportional

OVERS_FLAGGED = 0.10
_RUNGS = 8
_TITLE = 26  # columns of a title, at least
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Shown(NamedTuple):
    """A plan with all that is said about it."""

    plan: Plan
    order: Order
    layout: Layout
    bare: tuple[tuple[str, Plan | str], ...]  # the bare practices, or why one cannot be had
    ladder: tuple[Plan, ...]


def gathered(plan: Plan, order: Order, layout: Layout) -> Shown:
    """The plan, the bare practices beside it, and the price ladder."""
    bare: list[tuple[str, Plan | str]] = []
    for name, practice in (("one design per plate", one_per_plate), ("one plate in proportion", proportional)):
        try:
            bare.append((name, practice(plan.designs, plan.limits)))
        except PlanError as error:
            bare.append((name, error.message))
    try:
        rungs = ladder(plan.designs, plan.limits, min(_RUNGS, max(len(plan.plates) + 2, 3)), plan)
    except PlanError:
        rungs = ()
    return Shown(plan, order, layout, tuple(bare), tuple(rungs))


def table(shown: Shown) -> str:
    """The plan as a table, its plates as small pictures, the ladder and the bare practices."""
    plan, per_place = shown.plan, shown.layout.tags_per_place
    titles = {a.key: visible(a.title) for a in shown.order.artworks}
    wanted = sum(d.demand for d in plan.designs) * per_place
    on_sheet = f"{plan.limits.stations * per_place} on a sheet; a plate set costs {plan.limits.plate_cost:g} sheets"
    wide = max(_TITLE, *map(len, titles.values()))  # never cut: two long names may differ at their ends
    lines = [
        f"{len(plan.designs)} designs, {wanted:,} tags with spoilage, {on_sheet}",
        "",
        f"plate     run  {'design':{wide}}  slots    printed",
    ]
    for number, plate in enumerate(plan.plates, 1):
        first = f"{number:5} {plate.run:7,}"
        for design, slots in zip(plan.designs, plate.slots, strict=True):
            if slots:
                made = slots * plate.run * per_place
                lines.append(f"{first}  {titles[design.key]:{wide}} {slots * per_place:6} {made:10,}")
                first = " " * 13
    lines += ["", f"{'design':{wide}}   demand    printed    overs"]
    for design, made, overs in zip(plan.designs, plan.produced, plan.overs, strict=True):
        share = overs / design.demand
        flag = "  over 10 %" if share > OVERS_FLAGGED else ""
        numbers = f"{design.demand * per_place:8,} {made * per_place:10,}"
        lines.append(f"{titles[design.key]:{wide}} {numbers} {share:8.1%}{flag}")
    lines += ["", *_pictures(shown), *_verdict(shown)]
    return "\n".join(lines) + "\n"


def _pictures(shown: Shown) -> list[str]:
    """Each plate as it lies on the sheet, a letter a design."""
    lines: list[str] = []
    titles = {a.key: visible(a.title) for a in shown.order.artworks}
    for number, plate in enumerate(shown.plan.plates, 1):
        assignment = blocks.assign(shown.layout, plate.slots)
        used = sorted({d for d in assignment if d is not None})
        names = {design: _LETTERS[i % len(_LETTERS)] for i, design in enumerate(used)}
        rows: dict[int, dict[int, str]] = {}
        for station, design in zip(shown.layout.stations, assignment, strict=True):
            rows.setdefault(station.row, {})[station.column] = "·" if design is None else names[design]
        lines.append(f"plate {number}: " + ", ".join(f"{names[d]} {titles[shown.plan.designs[d].key]}" for d in used))
        width = shown.layout.columns
        lines += ["  " + " ".join(rows[r].get(c, " ") for c in range(width)) for r in sorted(rows)]
        lines.append("")
    return lines


def _verdict(shown: Shown) -> list[str]:
    plan = shown.plan
    lines = ["plate sets   sheets      cost   most overs"]
    for rung in shown.ladder:
        mark = "  <- this plan" if len(rung.plates) == len(plan.plates) else ""
        lines.append(f"{len(rung.plates):10} {rung.sheets:8,} {rung.cost:9,.0f} {_most_overs(rung):11.1%}{mark}")
    lines.append("")
    for name, found in shown.bare:
        if isinstance(found, str):
            lines.append(f"{name}: cannot be had: {found}")
        else:
            lines.append(f"{name}: {len(found.plates)} plate sets, {found.sheets:,} sheets, cost {found.cost:,.0f}")
    proof = "proven optimal" if plan.optimal else f"at most {plan.gap:.2%} above the best possible"
    lines.append(
        f"this plan: {len(plan.plates)} plate sets, {plan.sheets:,} sheets, {plan.waste:,} stations wasted, "
        f"cost {plan.cost:,.0f} (bound {plan.bound:,.0f}): {proof}"
    )
    return lines


def _most_overs(plan: Plan) -> float:
    return max(over / design.demand for over, design in zip(plan.overs, plan.designs, strict=True))


def as_json(shown: Shown) -> str:
    """All of it, for machines; slots, demands and overs in tags."""
    plan, per_place = shown.plan, shown.layout.tags_per_place
    content: dict[str, object] = {
        "stations": plan.limits.stations * per_place,
        "plate_cost": plan.limits.plate_cost,
        "method": plan.method,
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": plan.gap,
        "optimal": plan.optimal,
        "sheets": plan.sheets,
        "waste": plan.waste,
        "plates": [
            {
                "run": plate.run,
                "slots": {d.key: s * per_place for d, s in zip(plan.designs, plate.slots, strict=True) if s},
            }
            for plate in plan.plates
        ],
        "designs": [
            {"key": d.key, "demand": wanted, "printed": made * per_place, "overs": made * per_place - wanted}
            for d, made, wanted in zip(plan.designs, plan.produced, shown.order.demands, strict=True)
        ],
        "ladder": [{"plates": len(r.plates), "sheets": r.sheets, "cost": r.cost} for r in shown.ladder],
        "bare": [
            {"practice": name, "why_not": found}
            if isinstance(found, str)
            else {"practice": name, "plates": len(found.plates), "sheets": found.sheets, "cost": found.cost}
            for name, found in shown.bare
        ],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
