"""The bare practices that a plan is held against: each design on plates of its own, and all designs on one plate set.

They meet the demands and the station count and may break every other limit; `violations` tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.bounds import bound_of
from keytag.solver.job import Cell, Job, read_job
from keytag.solver.model import Design, Limits, Plan, PlanError


def one_per_plate(designs: Sequence[Design], limits: Limits) -> Plan:
    """One plate set for each design, which fills all its stations."""
    job = read_job(tuple(designs), limits._replace(max_overs=None, max_plates=None, apart=(), together=()))
    cells: list[Cell] = [
        ({index: job.stations}, max(job.least_run, -(-demand // job.stations)))
        for index, demand in enumerate(job.demand)
    ]
    return _finish(designs, limits, job, cells, "one design a plate set")


def proportional(designs: Sequence[Design], limits: Limits) -> Plan:
    """One plate set with stations in proportion to the demands (largest remainder), run until the last is done.

    `PlanError` where there are more designs than stations.
    """
    job = read_job(tuple(designs), limits._replace(max_overs=None, max_plates=None, apart=(), together=()))
    count, total = len(job.demand), sum(job.demand)
    if count > job.stations:
        raise PlanError(f"{count} designs do not fit on one plate set of {job.stations} stations.")
    slots = [max(1, demand * job.stations // total) for demand in job.demand]
    order = sorted(range(count), key=lambda index: (-(job.demand[index] * job.stations % total), index))
    while sum(slots) > job.stations:  # those given one station for less than half a share cost the largest theirs
        largest = max(range(count), key=lambda index: (slots[index], -index))
        slots[largest] -= 1
    for index in order[: job.stations - sum(slots)]:
        slots[index] += 1
    run = max(job.least_run, max(-(-demand // used) for demand, used in zip(job.demand, slots, strict=True)))
    return _finish(designs, limits, job, [(dict(enumerate(slots)), run)], "all designs on one plate set")


def _finish(designs: Sequence[Design], limits: Limits, job: Job, cells: list[Cell], method: str) -> Plan:
    plan = job.finish(cells, bound_of(job), method)
    return plan._replace(designs=tuple(designs), limits=limits)
