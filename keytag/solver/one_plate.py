"""One plate set by bisection: the shortest run that gives a group of designs their copies.

The stations a design needs at a run x are ⌈d/x⌉, so the whole group fits when these sum to at most the stations; that
is monotone in x, unless overs are limited. Which designs belong together is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.instance import Batch, Instance


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


def least_waste(demands: Sequence[int], stations: int, least: int) -> int:
    """The fewest copies beyond `demands` that one plate set makes of them, with a run of at least `least`."""
    # Between two ends ⌈d/k⌉ the stations stay the same, and what is made grows with the run.
    ends = {least}
    for demand in demands:
        ends.update(end for k in range(1, min(stations, demand // least) + 1) if (end := -(-demand // k)) >= least)
    return min(sum(-(-demand // run) * run - demand for demand in demands) for run in ends)


def least_run_within(demands: Sequence[int], ceilings: Sequence[int], stations: int, least: int = 1) -> int | None:
    """As `least_run`, where of each design no more than its ceiling may be made; None where no run does it."""
    run = least_run(demands, stations, least)
    while run is not None:
        longer = run
        for demand, ceiling in zip(demands, ceilings, strict=True):
            count = -(-demand // run)
            if count * run > ceiling:
                if count == 1:
                    return None
                # Up to where a station is saved, longer runs only make more of it.
                longer = max(longer, -(-demand // (count - 1)))
        if longer == run:
            break
        run = longer
    return run


def batch(instance: Instance, members: Sequence[int], least: int = 0) -> Batch | None:
    """The cheapest plate set that makes the whole demand of `members`, or None where there is none.

    `least` is what is known of its run: no shorter one than of a part of the members.
    """
    demands = [instance.demand[index] for index in members]
    least = max(least, instance.least_run)
    if instance.ceiling is None:
        run = least_run(demands, instance.stations, least)
    else:
        run = least_run_within(demands, [instance.ceiling[index] for index in members], instance.stations, least)
    if run is None:
        return None
    return {index: -(-instance.demand[index] // run) for index in members}, run


def friends(instance: Instance, members: Sequence[int]) -> bool:
    """Whether no two of `members` must stay apart."""
    if not instance.apart:
        return True
    group = set(members)
    return not any(instance.apart[index] & group for index in members if index in instance.apart)
