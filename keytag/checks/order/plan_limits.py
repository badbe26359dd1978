"""What the job asks of its plan cannot hold together: counting shows that there is no such plan.

Units kept apart need a plate set each, units kept together a place each on one sheet, every unit a place somewhere; a
shortest run or a multiple of sheets may print more than `max_overs` allows. Allow more of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import say
from keytag.checks.order.ordered import Named, Ordered

ID = "plan-limits"
SEVERITY = Severity.ERROR
TITLE = "limits that no plan can hold"
_MOST_STEPS = 3_000_000  # of counting; a job of one plate set has far less


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding for each limit that cannot hold, at its place."""
    if order.layout is None or not order.demands:
        return
    home = _merged(order.together)
    yield from _twice(order)
    yield from _clashes(order, home)
    yield from _overs(order)
    if order.job.plan:
        return  # `plan-by-hand` counts that
    yield from _large(order, home)
    refused = list(_plates(order, home))
    yield from refused
    if not refused and order.limits.plates == 1:
        yield from _one_plate(order)


def _merged(groups: Sequence[Sequence[Named]]) -> dict[str, str]:
    """For each unit that must stand with others: the unit that stands for all of them (union-find)."""
    home: dict[str, str] = {}

    def root(key: str) -> str:
        while home.setdefault(key, key) != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    for group in groups:
        keys = [named.unit.key for named in group if named.unit]
        for key in keys[1:]:
            home[root(key)] = root(keys[0])
    return {key: root(key) for key in home}


def _twice(order: Ordered) -> Iterator[Diagnostic]:
    for group in order.apart:
        seen: set[str] = set()
        for named in group:
            if named.unit and named.unit.key in seen:
                yield _bad(named.word.span, say("{unit} stands twice in one list of apart", unit=named.unit.title))
            elif named.unit:
                seen.add(named.unit.key)


def _clashes(order: Ordered, home: dict[str, str]) -> Iterator[Diagnostic]:
    for group in order.apart:
        first: dict[str, str] = {}
        for named in group:
            unit = named.unit
            if unit is None or unit.key not in home:
                continue
            other = first.setdefault(home[unit.key], unit.key)
            if other != unit.key:
                what = say(
                    "{unit} and {titles} are to stay apart, and together by another list",
                    unit=unit.title,
                    titles=order.titles[other],
                )
                yield _bad(named.word.span, what)


def _overs(order: Ordered) -> Iterator[Diagnostic]:
    if order.limits.overs is None:
        return
    shortest, multiple = order.limits.shortest or 1, order.limits.multiple or 1
    for key in order.demands:
        copies = order.copies(key)
        least = -(-max(copies, shortest) // multiple) * multiple
        most = order.most(copies)
        if most is not None and least > most:
            why = say("runs go in multiples of {multiple:,} sheets", multiple=multiple) if multiple > 1 else ""
            if shortest > most:
                why = say("the shortest run is {shortest:,} sheets", shortest=shortest)
            what = say(
                "{titles}: max_overs allows {most:,} tags, but {why}",
                titles=order.titles[key],
                most=most * order.per_place,
                why=why,
            )
            span = order.job.max_overs or order.job.shortest_run or order.job.run_multiple
            at = span.span if span else order.span
            yield Diagnostic(
                ID,
                SEVERITY,
                at,
                say("{what}, so that at least {least:,} are made", what=what, least=least * order.per_place),
                (),
                key,
            )


def _large(order: Ordered, home: dict[str, str]) -> Iterator[Diagnostic]:
    sizes: dict[str, int] = {}
    for root in home.values():
        sizes[root] = sizes.get(root, 0) + 1
    for group in order.together:
        unit = next((named.unit for named in group if named.unit), None)
        size = sizes.pop(home[unit.key], 0) if unit and unit.key in home else 0
        if size > order.places:
            what = say(
                "{size} units are to share a plate set, and a sheet has {places} places", size=size, places=order.places
            )
            yield _bad(group[0].word.span, what)


def _plates(order: Ordered, home: dict[str, str]) -> Iterator[Diagnostic]:
    allowed = order.limits.plates
    if allowed is None:
        return
    at = order.job.max_plates.span if order.job.max_plates else order.span
    needed = -(-len(order.demands) // order.places)
    if allowed < needed:
        what = say(
            "{demands} units on sheets of {places} places need {needed} plate sets",
            demands=len(order.demands),
            places=order.places,
            needed=needed,
        )
        yield _bad(at, say("{what}; at most {allowed} are allowed", what=what, allowed=allowed))
    rivals = _rivals(order, home)
    if len(rivals) > allowed:
        names = ", ".join(order.titles[key] for key in rivals[:4]) + (" …" if len(rivals) > 4 else "")
        what = say("{rivals} units are to stay apart from each other ({names})", rivals=len(rivals), names=names)
        yield _bad(
            at, say("{what} and need a plate set each; at most {allowed} are allowed", what=what, allowed=allowed)
        )


def _rivals(order: Ordered, home: dict[str, str]) -> list[str]:
    """Units of which each is kept apart from each other one: the most that taking one after the other finds."""
    foes: dict[str, set[str]] = {}
    for group in order.apart:
        roots = dict.fromkeys(home.get(n.unit.key, n.unit.key) for n in group if n.unit)
        for key in roots:
            foes.setdefault(key, set()).update(other for other in roots if other != key)
    best: list[str] = []
    for start in foes:
        chosen = [start]
        for key in sorted(foes[start], key=lambda key: (-len(foes[key]), key)):
            if all(key in foes[other] for other in chosen):
                chosen.append(key)
        best = max(best, chosen, key=len)
    return best


def _one_plate(order: Ordered) -> Iterator[Diagnostic]:
    """One plate set: its run times a unit's places must meet each demand within max_overs, for some run."""
    copies = [order.copies(key) for key in order.demands]
    shortest, multiple = order.limits.shortest or 1, order.limits.multiple or 1
    first = -(-max(shortest, 1) // multiple) * multiple
    last = max(max(copies), first)
    if order.limits.overs is None or (last - first) // multiple * len(copies) > _MOST_STEPS:
        return
    most = [order.most(count) or count for count in copies]
    for run in range(first, last + multiple, multiple):
        used = 0
        for count, allowed in zip(copies, most, strict=True):
            places = -(-count // run)
            used += places
            if places * run > allowed or used > order.places:
                break
        else:
            return
    at = order.job.max_plates.span if order.job.max_plates else order.span
    what = say(
        "no run of one plate set gives every unit its tags within {overs:g} % of overs", overs=100 * order.limits.overs
    )
    yield _bad(at, say("{what}: allow more plate sets or more overs", what=what))


def _bad(span: Span, message: str) -> Diagnostic:
    return Diagnostic(ID, SEVERITY, span, message)
