"""The bare practices that a plan is held against: each design on plates of its own, and all designs on one plate set.

They meet the demands and the station count and may break every other limit; `violations` tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.bound.grouping import bound_of
from keytag.solver.instance import Instance, Solution, read_instance
from keytag.solver.model import Design, Limits, Plan, PlanError


def one_per_plate(designs: Sequence[Design], limits: Limits) -> Plan:
    """One plate set for each design, which fills all its stations."""
    instance = read_instance(tuple(designs), limits._replace(max_overs=None, max_plates=None, apart=(), together=()))
    solution: Solution = [
        ({index: instance.stations}, max(instance.least_run, -(-demand // instance.stations)))
        for index, demand in enumerate(instance.demand)
    ]
    return _finish(designs, limits, instance, solution, "one design a plate set")


def proportional(designs: Sequence[Design], limits: Limits) -> Plan:
    """One plate set with stations in proportion to the demands (largest remainder), run until the last is done.

    `PlanError` where there are more designs than stations.
    """
    instance = read_instance(tuple(designs), limits._replace(max_overs=None, max_plates=None, apart=(), together=()))
    count, total = len(instance.demand), sum(instance.demand)
    if count > instance.stations:
        raise PlanError(f"{count} designs do not fit on one plate set of {instance.stations} stations.")
    slots = [max(1, demand * instance.stations // total) for demand in instance.demand]
    order = sorted(range(count), key=lambda index: (-(instance.demand[index] * instance.stations % total), index))
    while sum(slots) > instance.stations:  # those given one station for less than half a share cost the largest theirs
        largest = max(range(count), key=lambda index: (slots[index], -index))
        slots[largest] -= 1
    for index in order[: instance.stations - sum(slots)]:
        slots[index] += 1
    run = max(instance.least_run, max(-(-demand // used) for demand, used in zip(instance.demand, slots, strict=True)))
    return _finish(designs, limits, instance, [(dict(enumerate(slots)), run)], "all designs on one plate set")


def _finish(designs: Sequence[Design], limits: Limits, instance: Instance, solution: Solution, method: str) -> Plan:
    plan = instance.finish(solution, bound_of(instance), method)
    return plan._replace(designs=tuple(designs), limits=limits)
