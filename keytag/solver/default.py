"""The default plan: constructions, then the anytime schedule for up to about a second of work where the gap is large.

Deterministic. It holds all limits; where it cannot, it says which one. `optimise` goes on along the same schedule, so
that more work never gives a dearer plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.bound.grouping import MANY, bound_of
from keytag.solver.construct import construct, nothing_found
from keytag.solver.incumbent import Incumbents
from keytag.solver.instance import Instance, Solution, read_instance
from keytag.solver.model import Design, Limits, Plan, PlanError, PlateSet, price, violations
from keytag.solver.schedule import schedule_of
from keytag.solver.work import Stop, Work

ITERATIONS_PER_SECOND = 16_000
"""How many iterations stand for a second: what one core of a small machine does."""

_DEFAULT = 11_000  # iterations of the default plan at most
_ENOUGH = 0.01  # gap with which the default plan ends after fewer
_FEWER = 5_000  # whatever the gap; first set with `small` and `published`, not compared since
_ENOUGH_OF_MANY = 0.02  # gap with which nothing is searched for with hundreds of designs: by `nation`
_END = object()
_SEEDS = 100_003  # apart from each other


def iterations_of(seconds: float, count: int) -> int:
    """The iterations that stand for so many seconds; an iteration takes about as long with any `count` of designs."""
    return max(0, int(seconds * ITERATIONS_PER_SECOND))


def plan(designs: Sequence[Design], limits: Limits) -> Plan:
    """The best plan found within about a second: every demand met, every limit held, with a proven bound.

    `PlanError` where the input makes no sense or a limit cannot hold.
    """
    return optimise(designs, limits, 0)


def optimise(
    designs: Sequence[Design], limits: Limits, iterations: int = 60_000, seed: int = 1, stop: Stop | None = None
) -> Plan:
    """The best plan found in `iterations` more than `plan` takes; `stop` may end these early.

    Never dearer than `plan`, and with the same seed never dearer than with fewer iterations. Raises `PlanError` as
    `plan` does.
    """
    instance = read_instance(tuple(designs), limits)
    if limits.fixed:
        return fixed_plan(instance)
    return search(instance, iterations, seed, stop).plan()


def search(instance: Instance, iterations: int = 0, seed: int = 1, stop: Stop | None = None) -> Incumbents:
    """Construct, then follow the schedule; at least one plan is found, or `PlanError` raised."""
    known = construct(instance)
    if known.proven and not known.found:
        raise nothing_found(known)
    gap = known.gap() if known.found else 1.0
    if gap <= 0:
        return known  # before numpy is imported
    work = Work(_DEFAULT)
    schedule = schedule_of(known, work)
    steps = schedule.run()
    many = len(instance.demand) > MANY and gap <= _ENOUGH_OF_MANY
    while gap > 0 and not many and not work.over and (gap > _ENOUGH or work.left > _DEFAULT - _FEWER):
        if next(steps, _END) is _END:
            break
        gap = known.gap() if known.found else 1.0
    if not known.found:
        raise nothing_found(known)
    work.left, work.stop = float(iterations), stop
    schedule.seed += _SEEDS * (seed - 1)
    while gap > 0 and not work.over:
        if next(steps, _END) is _END:
            break
        gap = known.gap()
    return known


def fixed_plan(instance: Instance) -> Plan:
    """The plan that `limits.fixed` gives, priced; `PlanError` names every demand and limit that it breaks."""
    place = {design.key: index for index, design in enumerate(instance.designs)}
    plates = []
    for number, given in enumerate(instance.limits.fixed, 1):
        row = [0] * len(instance.designs)
        for key, count in given.slots:
            row[place[key]] += count
        if isinstance(given.run, bool) or not isinstance(given.run, int) or given.run < 1:
            raise PlanError(f"Plate set {number} of the fixed plan runs {given.run} sheets; it must be 1 or more.")
        plates.append(PlateSet(tuple(row), given.run))
    cost = price(instance.limits, len(plates), sum(plate.run for plate in plates))
    bound = min(cost, bound_of(instance, ceiling=cost))
    result = Plan(instance.designs, instance.limits, tuple(plates), cost, bound, "fixed by hand")
    broken = violations(result)
    if broken:
        more = f" (and {len(broken) - 3} more)" if len(broken) > 3 else ""
        raise PlanError("The fixed plan cannot be printed: " + "; ".join(broken[:3]) + more + ".")
    return result


def ladder(designs: Sequence[Design], limits: Limits, most: int, known: Plan | None = None) -> tuple[Plan, ...]:
    """The best plan found with exactly 1, 2, 3 … `most` plate sets, each with the bound of its own number.

    `known`, a plan of the same designs and limits, stands on its rung where it is the best. Numbers with which no plan
    was found are left out; sheets never rise from one rung to the next.
    """
    instance = read_instance(tuple(designs), limits._replace(fixed=()))
    found = search(instance)
    if known is not None and not known.limits.fixed:
        pack = limits.run_multiple
        solution = [({i: n for i, n in enumerate(plate.slots) if n}, plate.run // pack) for plate in known.plates]
        found.offer(solution, known.method)
    return rungs(found, most)


def rungs(known: Incumbents, most: int) -> tuple[Plan, ...]:
    """The ladder of a search."""
    instance, plans = known.instance, []
    before: Solution | None = None
    for plates in range(1, min(most, instance.most) + 1):
        split = _split(instance, before) if before is not None else None
        if split is not None:
            known.offer(split, known.method[plates - 1])
        before = known.found.get(plates)
        if before is None:
            continue
        bound = instance.price(plates, known.bounds.packs(plates))
        plans.append(instance.finish(before, bound, known.method[plates]))
    return tuple(plans)


def _split(instance: Instance, solution: Solution) -> Solution | None:
    """The same sheets with one plate set more: the longest run is made as two."""
    if any(len(cluster) > 1 for cluster in instance.clusters):
        return None  # designs kept together would stand on two plate sets
    longest = max(range(len(solution)), key=lambda position: solution[position][1])
    slots, run = solution[longest]
    first = run // 2
    if first < instance.least_run:
        return None
    return [*solution[:longest], (slots, run - first), (dict(slots), first), *solution[longest + 1 :]]
