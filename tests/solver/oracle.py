"""The cheapest plan of tiny jobs by plain trying, written apart from the planner and simple enough to be seen right.

Every number of plate sets, every way to write a total of sheets as runs and every way to give out the stations is
tried, in order of cost. Only for a handful of designs with demands of about ten.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from keytag.solver import Design, Limits

Vector = tuple[int, ...]
Homes = tuple[tuple[str, frozenset[int]], ...]


def cheapest(designs: Sequence[Design], limits: Limits) -> float | None:
    """The cost of the cheapest plan that holds every limit; None where there is no plan."""
    best: float | None = None
    demand = sum(design.demand for design in designs)
    longest = _longest(designs, limits)
    if limits.max_overs is not None and not all(_alone(design, limits) for design in designs):
        return None
    plates = 0
    while True:
        plates += 1
        fewest = max(-(-demand // limits.stations), plates * _rounded(limits.min_run, limits.run_multiple))
        if plates > _most_plates(designs, limits, found=best is not None):
            return best
        if best is not None and limits.plate_cost * plates + limits.sheet_cost * plates >= best:
            return best
        if limits.max_overs is None and not possible(designs, limits, (longest,) * plates):
            continue  # where no run is too long, the longest runs show whether there is any plan
        for sheets in range(fewest, plates * longest + 1):
            cost = limits.plate_cost * plates + limits.sheet_cost * sheets
            if best is not None and cost >= best:
                break
            if any(possible(designs, limits, runs) for runs in _runs(sheets, plates, limits, longest)):
                best = cost
                break


def _rounded(run: int, multiple: int) -> int:
    return -(-run // multiple) * multiple


def most(design: Design, limits: Limits) -> int:
    """The most copies of a design that the limit on overs allows."""
    if limits.max_overs is None:
        return 10**9
    return design.demand + math.floor(design.demand * limits.max_overs + 1e-9)


def _alone(design: Design, limits: Limits) -> bool:
    """Whether any number of copies within the limit on overs is a sum of runs; one run on one station then makes it."""
    copies = range(max(design.demand, limits.min_run), most(design, limits) + 1)
    return any(made % limits.run_multiple == 0 for made in copies)


def _longest(designs: Sequence[Design], limits: Limits) -> int:
    """The longest run that can be of use: a plate set carries a design, and may not make too many of it."""
    if limits.max_overs is not None:
        return max(most(design, limits) for design in designs)
    return _rounded(max(limits.min_run, *(design.demand for design in designs)), limits.run_multiple)


def _most_plates(designs: Sequence[Design], limits: Limits, found: bool) -> int:
    """Up to how many plate sets there might be a plan; where none is found yet, up to which it pays to look for one."""
    if limits.max_plates is not None:
        return limits.max_plates
    if limits.max_overs is not None:
        return sum(most(design, limits) for design in designs)
    # a plate set for each design is as easy as it gets, unless some are kept together, which then is no harder
    return sum(design.demand for design in designs) if found else len(designs)


def _runs(total: int, parts: int, limits: Limits, longest: int) -> Iterator[Vector]:
    """`total` as `parts` runs that the limits allow, none longer than the one before."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for run in range(min(longest, total), 0, -1):
        if run * parts < total:
            return
        if run >= limits.min_run and run % limits.run_multiple == 0:
            for rest in _runs(total - run, parts - 1, limits, run):
                yield (run, *rest)


def possible(designs: Sequence[Design], limits: Limits, runs: Vector) -> bool:
    """Whether stations can be given out for these runs so that all demands and limits hold."""
    picky = {key for keys in (*limits.apart, *limits.together) for key in keys}
    # what matters of the designs so far: stations used on each plate set, and where the picky designs stand
    states: set[tuple[Vector, Homes]] = {((0,) * len(runs), ())}
    for design in designs:
        following: set[tuple[Vector, Homes]] = set()
        for vector in _vectors(design, limits, runs):
            stands = frozenset(p for p, a in enumerate(vector) if a)
            for used, homes in states:
                total = tuple(a + b for a, b in zip(used, vector, strict=True))
                if max(total) > limits.stations:
                    continue
                if design.key not in picky:
                    following.add((total, homes))
                elif _company(design.key, stands, dict(homes), limits):
                    following.add((total, (*homes, (design.key, stands))))
        states = following
    return bool(states)


def _vectors(design: Design, limits: Limits, runs: Vector, taken: Vector = (), made: int = 0) -> Iterator[Vector]:
    """The stations on each plate set that make enough and not too much; none is added where there is enough already."""
    if made >= design.demand or not runs:
        if design.demand <= made <= most(design, limits):
            yield taken + (0,) * len(runs)
        return
    for stations in range(min(limits.stations, -(-(design.demand - made) // runs[0])) + 1):
        yield from _vectors(design, limits, runs[1:], (*taken, stations), made + stations * runs[0])


def _company(key: str, stands: frozenset[int], homes: dict[str, frozenset[int]], limits: Limits) -> bool:
    for keys in limits.apart:
        if key in keys and any(other in homes and homes[other] & stands for other in keys if other != key):
            return False
    for keys in limits.together:
        if key in keys and (len(stands) > 1 or any(other in homes and homes[other] != stands for other in keys)):
            return False
    return True
