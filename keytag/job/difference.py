"""Two rosters side by side: what changes on which tags, what in the roster alone, and what a reprint costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.counts import counted
from keytag.base.errors import KeytagError
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.job.earlier import Was
from keytag.job.manifest import Change, printed
from keytag.job.planning import layout_of, plan_of
from keytag.job.ready import Ready, compose, order_of, ready
from keytag.job.reprint import changes
from keytag.job.setup import Setup, products
from keytag.render.fingerprint import fingerprint
from keytag.roster.facts import Fact, facts, said
from keytag.roster.model import Roster, Unit
from keytag.roster.products import folder_of, pieces_of


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


def differences(old: Setup, new: Setup) -> tuple[tuple[str, Difference | None], ...]:
    """The difference of each product by its name, None where it is not made any more; of jobs of one piece under ""."""
    if old.product is None and new.product is None:
        return (("", difference(old, new)),)
    before = {_name(setup): setup for setup in products(old)}
    now = {_name(setup): setup for setup in products(new)}
    found: list[tuple[str, Difference | None]] = [
        (name, difference(before.get(name), setup, old.roster)) for name, setup in now.items()
    ]
    return (*found, *((name, None) for name in before if name not in now))


def _name(setup: Setup) -> str:
    return folder_of(setup.product) if setup.product is not None else setup.template.name


def difference(old: Setup | None, new: Setup, before: Roster | None = None) -> Difference:
    """What `new` changes; both are composed, whatever is wrong with them. With no `old`, every tag is new.

    `before` is the old roster where `old` does not have it.
    """
    was = {
        artwork.key: Was(fingerprint(artwork), {side: printed(artwork, side) for side in ("front", "back")})
        for artwork in (compose(old) if old is not None else ())
    }
    changed = changes(was, compose(new))
    keys = frozenset(change.key for change in changed)
    roster = old.roster if old is not None else before
    earlier = {unit.key: unit for unit in roster.units} if roster is not None else {}
    units = {unit.key: unit for unit in new.roster.units}
    gone = tuple(unit.full_title for key, unit in earlier.items() if key not in units)
    pieces = {key: [key] for key in units}
    if new.product is not None:
        pieces = {key: [piece.key for piece in pieces_of(unit, new.product)] for key, unit in units.items()}
    aside = tuple(_aside(earlier, units, {key for key, made in pieces.items() if keys.intersection(made)}))
    cost, why = _cost(new, keys)
    ordered = {piece.key: piece.tags for piece in new.printed.units if piece.key in keys}
    return Difference(changed, gone, aside, ordered, cost, why)


def _aside(old: dict[str, Unit], new: dict[str, Unit], changed: set[str]) -> Iterator[tuple[str, str]]:
    """Facts of a unit that changed and stand on no tag, and those of tags that stay the same."""
    for key, unit in new.items():
        if key not in old:
            continue
        before, now = facts(old[key]), facts(unit)
        for name in dict.fromkeys((*before, *now)):
            was, fact = before.get(name), now.get(name)
            if was != fact and (key not in changed or name in ("quantity", "address") or _names_only(was, fact)):
                yield unit.full_title, say("{name}: {was} → {now}", name=name, was=said(was), now=said(fact))


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
        return None, say("the new roster has errors (keytag check)")
    try:
        order = order_of(admitted).only(keys)
        if not order.units:
            return None, say("no tags of these units are ordered")
        layout = layout_of(setup)
        plan = plan_of(order, layout)
    except KeytagError as error:
        return None, error.message
    sheets = sum(plate.run for plate in plan.plates)
    return Cost(len(order.units), sum(order.demands), len(plan.plates), sheets, plan.cost), ""


def lines(found: Sequence[tuple[str, Difference | None]]) -> Iterator[str]:
    """The differences in words, a line each; units that are gone, and what stands on nothing printed, at the end."""
    shown = [each for _, each in found if each is not None]
    for name, each in found:
        begin = f"{name}: " if name else ""
        if each is None:
            yield say("{begin}is no longer made", begin=begin)
            continue
        for change in each.tags:
            tags = each.ordered[change.key]
            yield say(
                "{begin}{change}: the tag changes ({tags:,} tags): {reasons}",
                begin=begin,
                change=change.title,
                tags=tags,
                reasons=joined("; ", change.reasons),
            )
        if name:
            yield begin + _told(each)
    for title in dict.fromkeys(title for each in shown for title in each.gone):
        yield say("{title}: is no longer in the roster", title=title)
    for title, what in dict.fromkeys(pair for each in shown for pair in each.aside):
        if all((title, what) in each.aside for each in shown):
            yield say("{title}: on no tag: {what}", title=title, what=what)
    if not any(each is None or each.tags or each.gone or each.aside for _, each in found):
        yield say("no unit differs")
    if not found[0][0] and shown:
        yield _told(shown[0])


def _told(found: Difference) -> str:
    """What a reprint costs, in a line."""
    if not found.tags:
        return say("no tag differs: nothing to print again")
    if found.cost is None:
        return say("what a reprint costs is not known: {why}", why=found.why)
    cost = found.cost
    plates = counted(cost.plates, "plate set")
    designs = counted(cost.designs, "design")
    return say(
        "a reprint (keytag impose --since job.json): {designs}, {tags} with spoilage, "
        "{plates}, {sheets}; it costs what {worth:,.0f} printed sheets cost",
        designs=designs,
        tags=counted(cost.tags, "tag"),
        plates=plates,
        sheets=counted(cost.sheets, "sheet"),
        worth=cost.worth,
    )
