"""A plan as people and machines read it: plates, designs by slots, overs, cost, bound, and what bare practice costs."""

from __future__ import annotations

import json

from keytag.base.counts import counted
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.job.plan_words import said
from keytag.job.ready import Order
from keytag.report.visible import visible
from keytag.sheet import blocks
from keytag.sheet.layout import Layout
from keytag.solver import Plan, PlanError, Practice, ladder, one_per_plate, proportional

OVERS_FLAGGED = 0.10
_RUNGS = 8
_TITLE = 26  # columns of a title, at least
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Shown(NamedTuple):
    """A plan with all that is said about it."""

    plan: Plan
    order: Order
    layout: Layout
    bare: tuple[tuple[str, Practice | str], ...]  # the bare practices, or why one cannot be had
    ladder: tuple[Plan, ...]


def gathered(plan: Plan, order: Order, layout: Layout) -> Shown:
    """The plan, the bare practices beside it, and the price ladder."""
    bare: list[tuple[str, Practice | str]] = []
    for name, practice in (
        (say("one design per plate"), one_per_plate),
        (say("one plate in proportion"), proportional),
    ):
        try:
            bare.append((name, practice(plan.designs, plan.limits)))
        except PlanError as error:
            bare.append((name, said(error)))
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
    on_sheet = say(
        "{stations} on a sheet; a plate set costs {plate_cost:g} sheets",
        stations=plan.limits.stations * per_place,
        plate_cost=plan.limits.plate_cost,
    )
    wide = max(_TITLE, *map(len, titles.values()))  # never cut: two long names may differ at their ends
    lines: list[str] = [
        say(
            "{designs}, {tags} with spoilage, {on_sheet}",
            designs=counted(len(plan.designs), "design"),
            tags=counted(wanted, "tag"),
            on_sheet=on_sheet,
        ),
        "",
        say("plate     run  {design:{wide}}  slots    printed", design=say("design"), wide=wide),
    ]
    for number, plate in enumerate(plan.plates, 1):
        first: str = say("{number:5} {run:7,}", number=number, run=plate.run)
        for design, slots in zip(plan.designs, plate.slots, strict=True):
            if slots:
                made = slots * plate.run * per_place
                title = titles[design.key].ljust(wide)
                row = say(
                    "{first}  {title} {slots:6} {made:10,}",
                    first=first,
                    title=title,
                    slots=slots * per_place,
                    made=made,
                )
                lines.append(row)
                first = " " * 13
    lines += ["", say("{design:{wide}}   demand    printed    overs", design=say("design"), wide=wide)]
    for design, made, overs in zip(plan.designs, plan.produced, plan.overs, strict=True):
        share = overs / design.demand
        row = say(
            "{title} {demand:8,} {made:10,} {share:8.1%}{flag}",
            title=titles[design.key].ljust(wide),
            demand=design.demand * per_place,
            made=made * per_place,
            share=share,
            flag=say("  over 10 %") if share > OVERS_FLAGGED else "",
        )
        lines.append(row)
    lines += ["", *_pictures(shown), *_verdict(shown)]
    return joined("\n", (*lines, ""))


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
        lines.append(
            say("plate {number}: ", number=number)
            + ", ".join(f"{names[d]} {titles[shown.plan.designs[d].key]}" for d in used)
        )
        width = shown.layout.columns
        lines += ["  " + " ".join(rows[r].get(c, " ") for c in range(width)) for r in sorted(rows)]
        lines.append("")
    return lines


def _verdict(shown: Shown) -> list[str]:
    plan = shown.plan
    lines: list[str] = [say("plate sets   sheets      cost   most overs")]
    for rung in shown.ladder:
        mark = say("  <- this plan") if len(rung.plates) == len(plan.plates) else ""
        lines.append(
            say(
                "{plates:10} {sheets:8,} {cost:9,.0f} {overs:11.1%}{mark}",
                plates=len(rung.plates),
                sheets=rung.sheets,
                cost=rung.cost,
                overs=_most_overs(rung),
                mark=mark,
            )
        )
    lines.append("")
    for name, found in shown.bare:
        if isinstance(found, str):
            lines.append(say("{name}: cannot be had: {found}", name=name, found=found))
        else:
            lines.append(
                say(
                    "{name}: {plates}, {sheets}, cost {cost:,.0f}",
                    name=name,
                    plates=counted(found.plates, "plate set"),
                    sheets=counted(found.sheets, "sheet"),
                    cost=found.cost,
                )
            )
    proof = say("proven optimal") if plan.optimal else say("at most {gap:.2%} above the best possible", gap=plan.gap)
    lines.append(
        say(
            "this plan: {plates}, {sheets}, {waste:,} stations wasted, cost {cost:,.0f} (bound {bound:,.0f}): {proof}",
            plates=counted(len(plan.plates), "plate set"),
            sheets=counted(plan.sheets, "sheet"),
            waste=plan.waste,
            cost=plan.cost,
            bound=plan.bound,
            proof=proof,
        )
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
            else {"practice": name, "plates": found.plates, "sheets": found.sheets, "cost": found.cost}
            for name, found in shown.bare
        ],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
