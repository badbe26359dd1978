"""Two rosters side by side: what changes on which tags, what in the roster alone, and what a reprint costs."""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.errors import KeytagError
from keytag.base.records import NamedTuple
from keytag.job.manifest import Change, printed
from keytag.job.planning import layout_of, plan_of
from keytag.job.ready import Ready, compose, order_of, ready
from keytag.job.reprint import Was, changes
from keytag.job.setup import Setup
from keytag.render.fingerprint import fingerprint
from keytag.roster.facts import Fact, facts, said
from keytag.roster.model import Unit


class Cost(NamedTuple):
    """A reprint of the tags that changed: designs, tags with spoilage, plate sets, sheets, and all in sheets' worth."""

    designs: int
    tags: int
    plates: int
    sheets: int
    worth: float


class Difference(NamedTuple):
    """What two rosters differ in. `aside` are changes that no tag shows, `why` why the cost is not known."""

    tags: tuple[Change, ...]
    gone: tuple[str, ...]
    aside: tuple[tuple[str, str], ...]
    ordered: dict[str, int]  # of the changed tags, by key
    cost: Cost | None
    why: str


def difference(old: Setup, new: Setup) -> Difference:
    """What `new` changes; both are composed, whatever is wrong with them."""
    before = {
        artwork.key: Was(fingerprint(artwork), {side: printed(artwork, side) for side in ("front", "back")})
        for artwork in compose(old)
    }
    changed = changes(before, compose(new))
    units = {unit.key: unit for unit in new.roster.units}
    earlier = {unit.key: unit for unit in old.roster.units}
    gone = tuple(unit.full_title for key, unit in earlier.items() if key not in units)
    aside = tuple(_aside(earlier, units, {change.key for change in changed}))
    cost, why = _cost(new, frozenset(change.key for change in changed))
    return Difference(changed, gone, aside, {c.key: units[c.key].tags for c in changed}, cost, why)


def _aside(old: dict[str, Unit], new: dict[str, Unit], changed: set[str]) -> Iterator[tuple[str, str]]:
    """Facts of a unit that changed and stand on no tag, and those of tags that stay the same."""
    for key, unit in new.items():
        if key not in old:
            continue
        before, now = facts(old[key]), facts(unit)
        for name in dict.fromkeys((*before, *now)):
            was, fact = before.get(name), now.get(name)
            if was != fact and (key not in changed or name in ("quantity", "address") or _names_only(was, fact)):
                yield unit.full_title, f"{name}: {said(was)} → {said(fact)}"


def _names_only(was: Fact | None, now: Fact | None) -> bool:
    """Whether only the persons' names differ, which no tag shows."""
    if not isinstance(was, tuple) or not isinstance(now, tuple):
        return False
    return [(number, label) for number, _, label in was] == [(number, label) for number, _, label in now]


def _cost(setup: Setup, keys: frozenset[str]) -> tuple[Cost | None, str]:
    if not keys:
        return None, ""
    admitted = ready(setup)
    if not isinstance(admitted, Ready):
        return None, "the new roster has errors (keytag check)"
    try:
        order = order_of(admitted).only(keys)
        if not order.units:
            return None, "no tags of these units are ordered"
        layout = layout_of(setup)
        plan = plan_of(order, layout)
    except KeytagError as error:
        return None, error.message
    sheets = sum(plate.run for plate in plan.plates)
    return Cost(len(order.units), sum(order.demands), len(plan.plates), sheets, plan.cost), ""


def lines(found: Difference) -> Iterator[str]:
    """The difference in words, a line each."""
    for change in found.tags:
        yield f"{change.title}: the tag changes ({found.ordered[change.key]:,} tags): {'; '.join(change.reasons)}"
    for title in found.gone:
        yield f"{title}: is no longer in the roster"
    for title, what in found.aside:
        yield f"{title}: on no tag: {what}"
    if not (found.tags or found.gone or found.aside):
        yield "no unit differs"
    if not found.tags:
        yield "no tag differs: nothing to print again"
    elif found.cost is None:
        yield f"what a reprint costs is not known: {found.why}"
    else:
        cost = found.cost
        plates = f"{cost.plates:,} plate set" + ("" if cost.plates == 1 else "s")
        designs = f"{cost.designs:,} design" + ("" if cost.designs == 1 else "s")
        yield (
            f"a reprint (keytag impose --since job.json): {designs}, {cost.tags:,} tags with spoilage, {plates}, "
            f"{cost.sheets:,} sheets; it costs what {cost.worth:,.0f} printed sheets cost"
        )
