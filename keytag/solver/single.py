"""One plate set: the shortest run that gives a group of designs their copies.

The stations a design needs at a run x are ⌈d/x⌉, so the whole group fits when these sum to at most the stations; that
is monotone in x, unless overs are limited. Which designs belong together is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.job import Cell, Job


def least_run(demands: Sequence[int], stations: int, least: int = 1) -> int | None:
    """The shortest run, at least `least`, that makes all `demands` on `stations`; None where there are too few."""
    if len(demands) > stations:
        return None
    low = max(least, -(-sum(demands) // stations))
    high = max(low, max(demands))
    while low < high:
        run = (low + high) // 2
        used = 0
        for demand in demands:
            used += -(-demand // run)
        if used <= stations:
            high = run
        else:
            low = run + 1
    return low


def least_run_within(demands: Sequence[int], ceilings: Sequence[int], stations: int, least: int = 1) -> int | None:
    """As `least_run`, where of each design no more than its ceiling may be made; None where no run does it."""
    start = least_run(demands, stations, least)
    if start is None:
        return None
    # Between two ends ⌈d/k⌉ of any design nothing becomes possible that was not, so the shortest run is one of them.
    ends = {start}
    for demand in demands:
        count = demand // start
        ends.update(-(-demand // k) for k in range(1, count + 1))
    for run in sorted(end for end in ends if end >= start):
        if all(-(-demand // run) * run <= ceiling for demand, ceiling in zip(demands, ceilings, strict=True)):
            return run
    return None


def cell(job: Job, members: Sequence[int]) -> Cell | None:
    """The cheapest plate set that makes the whole demand of `members`, or None where there is none."""
    demands = [job.demand[index] for index in members]
    if job.ceiling is None:
        run = least_run(demands, job.stations, job.least_run)
    else:
        run = least_run_within(demands, [job.ceiling[index] for index in members], job.stations, job.least_run)
    if run is None:
        return None
    return {index: -(-job.demand[index] // run) for index in members}, run


def friends(job: Job, members: Sequence[int]) -> bool:
    """Whether no two of `members` must stay apart."""
    if not job.apart:
        return True
    group = set(members)
    return not any(job.apart[index] & group for index in members if index in job.apart)
