"""A plan made by hand does not give every unit its tags, or breaks a limit.

Every unit on order needs its tags, spoilage included: its tags on a sheet times the run, over all plate sets. A sheet
has so many stations and no more. The limits of the job and the scheme hold for a hand-made plan, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import joined, say
from keytag.checks.order.ordered import Ordered
from keytag.files.fields import whole

ID = "plan-by-hand"
SEVERITY = Severity.ERROR
TITLE = "a hand-made plan that cannot be printed"


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding for each plate set and unit that is wrong."""
    plates = order.job.plan
    if not plates or order.layout is None:
        return
    made = dict.fromkeys(order.demands, 0)
    readable = True
    for number, (plate, slots) in enumerate(zip(plates, order.by_hand, strict=True), 1):
        span, run, used = plate.run.span if plate.run else plate.span, whole(plate.run), 0
        if run is None:
            readable = False
            yield _bad(span, say("plate set {number} needs its run, a whole number of sheets", number=number))
        for named, text in slots:
            tags = whole(text)
            if tags is None or tags % order.per_place:
                readable = False
                by = say(" in steps of {per_place}", per_place=order.per_place) if order.per_place > 1 else ""
                yield _bad(text.span, say("{text!r} is no number of tags on a sheet{by}", text=text.value, by=by))
            elif named.unit is None:
                readable = False
            else:
                used += tags // order.per_place
                made[named.unit.key] += tags * (run or 0)
        if used > order.places:
            yield _bad(
                plate.span,
                say(
                    "plate set {number} uses {used} stations; the sheet has {places}",
                    number=number,
                    used=used,
                    places=order.places,
                ),
            )
        if run is not None:
            yield from _run(order, number, run, span)
        yield from _shared(order, number, [named.unit.key for named, _ in slots if named.unit], plate.span)
    span = plates[0].span
    if order.limits.plates is not None and len(plates) > order.limits.plates:
        yield _bad(
            span,
            say(
                "{plates} plate sets, of which at most {plates2} are allowed",
                plates=len(plates),
                plates2=order.limits.plates,
            ),
        )
    if readable:
        yield from _together(order, span)
        yield from _counted(order, made, span)


def _run(order: Ordered, number: int, run: int, span: Span) -> Iterator[Diagnostic]:
    shortest, multiple = order.limits.shortest or 1, order.limits.multiple or 1
    if run < shortest:
        yield _bad(
            span,
            say(
                "plate set {number} runs {run:,} sheets; the shortest run is {shortest:,}",
                number=number,
                run=run,
                shortest=shortest,
            ),
        )
    if run % multiple:
        yield _bad(
            span,
            say(
                "plate set {number} runs {run:,} sheets; runs go in multiples of {multiple:,}",
                number=number,
                run=run,
                multiple=multiple,
            ),
        )


def _shared(order: Ordered, number: int, keys: list[str], span: Span) -> Iterator[Diagnostic]:
    for group in order.apart:
        shared = [named.unit for named in group if named.unit and named.unit.key in keys]
        if len({unit.key for unit in shared}) > 1:
            names = joined(say(" and "), dict.fromkeys(unit.title for unit in shared))
            yield _bad(
                span, say("plate set {number} holds {names}, which are to stay apart", number=number, names=names)
            )


def _together(order: Ordered, span: Span) -> Iterator[Diagnostic]:
    for group in order.together:
        keys = dict.fromkeys(named.unit.key for named in group if named.unit)
        homes = [n for n, plate in enumerate(order.by_hand) if any(u.unit and u.unit.key in keys for u, _ in plate)]
        if len(homes) > 1:
            names = ", ".join(order.titles[key] for key in keys)
            yield _bad(
                group[0].word.span,
                say("{names} are to share a plate set, and stand on {homes}", names=names, homes=len(homes)),
            )


def _counted(order: Ordered, made: dict[str, int], span: Span) -> Iterator[Diagnostic]:
    for key, wanted in order.demands.items():
        most = order.most(order.copies(key))
        copies = made[key] // order.per_place
        if copies < order.copies(key):
            short = say(
                "{titles} gets {made:,} of {wanted:,} tags (spoilage included) in this plan",
                titles=order.titles[key],
                made=made[key],
                wanted=wanted,
            )
            yield Diagnostic(ID, SEVERITY, span, short, (), key)
        elif most is not None and copies > most:
            over = say(
                "{titles} gets {made:,} tags; {most:,} are allowed by max_overs",
                titles=order.titles[key],
                made=made[key],
                most=most * order.per_place,
            )
            yield Diagnostic(ID, SEVERITY, span, over, (), key)


def _bad(span: Span, message: str) -> Diagnostic:
    return Diagnostic(ID, SEVERITY, span, message)
