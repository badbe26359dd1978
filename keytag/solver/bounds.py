"""Proven lower bounds: the fewest packs that any plan with P plate sets prints.

With P plate sets there are P·t stations for n designs, so at most P·t − n are beyond one per design: most designs stand
on exactly one station, and a run must be as long as the largest of the designs that stand so on its plate set. Relaxed:
designs on one station are grouped, a design on two or more wastes nothing. Prices β (on area), μ (on stations) and λ
(on groups) turn the counting rules into costs, and one pass of dynamic programming finds the least: a Lagrangian bound,
valid at every price, so floating point needs care only where it is rounded to whole packs.

Limits that forbid plans only raise the true optimum, so the bound holds for every job. No plan is searched for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from keytag.solver.job import Job

_SAFETY = 1e-9  # relative; the sums have some thousand terms of one sign each, whose rounding is under 1e-12


def whole(value: float) -> int:
    """`value` rounded up to a whole number, less what floating point may have added."""
    return math.ceil(value - _SAFETY * abs(value) - 1e-7)


class Bounds:
    """Lower bounds on packs for one job, by the number of plate sets; `demands` in any order."""

    def __init__(self, demands: Sequence[int], stations: int, least: int = 1) -> None:
        self.demands = sorted(demands, reverse=True)
        self.stations = stations
        self.least = least
        self.total = sum(demands)
        self.fewest = -(-len(demands) // stations)
        self._known: dict[int, int] = {}
        self._lines: list[tuple[float, float]] = []

    def least_packs(self, plates: int) -> int:
        """The packs that any plan with `plates` or more plate sets prints; it never falls with `plates`."""
        return max(-(-self.total // self.stations), plates * self.least)

    def area(self, plates: int) -> int:
        """The packs whose stations hold all copies, and the shortest runs."""
        return max(self.least_packs(plates), -(-self.demands[0] // self._widest(plates)))

    def _widest(self, plates: int) -> int:
        """The most stations on one plate set that one design can have when all others still need one somewhere."""
        return min(self.stations, max(1, plates * self.stations - len(self.demands) + 1))

    def packs(self, plates: int) -> int:
        """The fewest packs with exactly `plates` plate sets."""
        if plates not in self._known:
            self._known[plates] = max(self.area(plates), self._lined(plates) if self._lines else self._grouping(plates))
        return self._known[plates]

    def learn(self, lines: list[tuple[float, float]]) -> None:
        """Take lines (v, s), each proven to bound packs(P) ≥ v − s·P for every P, in place of the climb for each P."""
        self._lines = lines

    def _lined(self, plates: int) -> int:
        # The safety is taken of the larger terms, not of their difference.
        return whole(max(value * (1 - _SAFETY) - slope * plates * (1 + _SAFETY) for value, slope in self._lines))

    def raise_to(self, plates: int, packs: int) -> None:
        """Take a bound that a search has proven."""
        self._known[plates] = max(self.packs(plates), packs)

    def _grouping(self, plates: int) -> int:
        spare = plates * self.stations - len(self.demands)
        if spare >= len(self.demands) or spare < 0:
            return 0
        best = 0.0
        full = 1 / self.stations
        for beta in (full, 0.9 * full, 0.6 * full):
            best = max(best, _climb(self.demands, self.stations, plates, beta))
        return whole(best)


def _climb(demands: list[int], stations: int, plates: int, beta: float) -> float:
    """The best value over the prices μ and λ at one β, by a subgradient climb of fixed length."""
    count = len(demands)
    # scale: mean waste of a station if groups were even
    scale = beta * demands[0] / max(1, plates)
    mu, lam = scale, 0.0
    best = 0.0
    step = 1.0
    for _ in range(60):
        value, groups, doubles = _relaxed(demands, stations, beta, mu, lam)
        value = value * (1 - _SAFETY) - (mu * stations * plates + lam * plates) * (1 + _SAFETY)
        if value > best:
            best = value
        used = count + doubles
        over = used - stations * plates
        more = groups - plates
        if not over and not more:
            break
        size = over * over * 1.0 + more * more
        length = step * max(best, 1.0) * 0.02 / size
        mu = max(0.0, mu + length * over)
        lam = max(0.0, lam + length * more)
        step *= 0.95
    return best


def _relaxed(demands: list[int], stations: int, beta: float, mu: float, lam: float) -> tuple[float, int, int]:
    """The least cost at these prices, with the groups and the designs on more than one station that it uses."""
    count = len(demands)
    best = [0.0] * (count + 1)
    back = [0] * (count + 1)
    lone = 1 - beta * stations
    for index in range(count):
        best[index + 1] = math.inf
    for index, demand in enumerate(demands):
        base = best[index]
        # on two or more stations
        value = base + beta * demand + 2 * mu
        if value < best[index + 1]:
            best[index + 1], back[index + 1] = value, -1
        # the head of a group
        value = base + lam + demand * lone
        each = beta * demand + mu
        floor = mu / beta if beta else math.inf
        for end in range(index + 1, min(count, index + stations) + 1):
            value += each
            if value < best[end]:
                best[end], back[end] = value, index
            if end < count and demand - demands[end] > floor:
                break  # cheaper on two stations, and so is all that follows
    groups = doubles = 0
    end = count
    while end:
        if back[end] < 0:
            doubles += 1
            end -= 1
        else:
            groups += 1
            end = back[end]
    return best[count], groups, doubles


PROVABLE = 40  # designs, up to which a proof may reach the plan that is known
MANY = 200  # designs, from which on a climb for each number of plate sets would take too long


def bounds_of(job: Job) -> Bounds:
    """The bounds of a job, by the way that suits its size."""
    bounds = Bounds(job.demand, job.stations, job.least_run)
    if len(job.demand) > MANY:
        from keytag.solver.large import lines

        bounds.learn(lines(job))
    return bounds


def bound_of(job: Job, bounds: Bounds | None = None, ceiling: float = math.inf) -> float:
    """No plan of `job` costs less; looking stops at `ceiling`, the cost of a plan that is known."""
    bounds = bounds or bounds_of(job)
    best = ceiling
    plates = bounds.fewest
    while plates <= job.most and job.price(plates, bounds.least_packs(plates)) < best:
        if job.price(plates, bounds.area(plates)) < best:
            packs = bounds.packs(plates)
            best = min(best, job.price(plates, packs))
            if packs == bounds.least_packs(plates):
                break  # with more plate sets no fewer packs can do
        plates += 1
    return best
