"""The bare practices that a plan is held against: each design on plates of its own, and all designs on one plate set.

They meet the demands and the station count and may break every other limit. Only what they cost is kept: as a plan, a
plate set for each of thousands of designs would take hundreds of megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from keytag.solver.instance import Instance, Solution, read_instance
from keytag.solver.model import Design, Limits, PlanError


class Practice(NamedTuple):
    """What a practice takes: plate sets, printed sheets of all of them, and their cost."""

    plates: int
    sheets: int
    cost: float


def one_per_plate(designs: Sequence[Design], limits: Limits) -> Practice:
    """One plate set for each design, which fills all its stations."""
    instance = read_instance(tuple(designs), limits._replace(max_overs=None, max_plates=None, apart=(), together=()))
    solution: Solution = [
        ({index: instance.stations}, max(instance.least_run, -(-demand // instance.stations)))
        for index, demand in enumerate(instance.demand)
    ]
    return _practice(instance, solution)


def proportional(designs: Sequence[Design], limits: Limits) -> Practice:
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
    return _practice(instance, [(dict(enumerate(slots)), run)])


def _practice(instance: Instance, solution: Solution) -> Practice:
    sheets = sum(run for _, run in solution) * instance.limits.run_multiple
    return Practice(len(solution), sheets, instance.cost(solution))
