"""Lagrangian bound by grouping: the fewest packs that any plan with P plate sets prints.

With P plate sets there are P·t stations for n designs, so at most P·t − n are beyond one per design: most designs stand
on exactly one station, and a run must be as long as the largest of the designs that stand so on its plate set. Relaxed:
designs on one station are grouped, a design on two or more wastes nothing. Prices β (on area), μ (on stations) and λ
(on groups) turn the counting rules into costs, and one pass of dynamic programming finds the least: a Lagrangian bound,
valid at every price, so floating point needs care only where it is rounded to whole packs.

Limits: a run may not be longer than the ceiling of any design that stands on one station of it, so groups end there;
designs that stay together waste what their common plate set must waste, and need a run that holds them all; the least
number of plate sets is that of a clique of designs that stay apart. No plan is searched for.
"""

from __future__ import annotations

import math

from keytag.solver.bound.group_ends import group_ends
from keytag.solver.instance import Instance
from keytag.solver.one_plate import least_run, least_waste

_STALE = 14  # steps without progress that end a climb: `classes` (t = 4, 8) lose nothing of note by it
SAFETY = 1e-9  # relative; the sums have some thousand terms of one sign each, whose rounding is under 1e-12


def whole(value: float) -> int:
    """`value` rounded up to a whole number, less what floating point may have added."""
    return math.ceil(value - SAFETY * abs(value) - 1e-7)


class Bounds:
    """Lower bounds on packs for one instance, by the number of plate sets."""

    def __init__(self, instance: Instance) -> None:
        self.stations, self.least = instance.stations, instance.least_run
        order = sorted(range(len(instance.demand)), key=lambda index: -instance.demand[index])
        self.demands = [instance.demand[index] for index in order]
        # Ceilings fall with demands, so that they are in falling order too.
        self.ceilings = None if instance.ceiling is None else [instance.ceiling[index] for index in order]
        self.total, self.longest = sum(self.demands), self.least
        for cluster in instance.clusters:
            if len(cluster) > 1:
                demands = [instance.demand[index] for index in cluster]
                run = least_run(demands, self.stations, self.least)
                assert run is not None  # `read_instance` has counted them
                self.longest = max(self.longest, run)
                self.total += least_waste(demands, self.stations, run)
        self.fewest = max(-(-len(self.demands) // self.stations), clique(instance))
        self._known: dict[int, int] = {}
        self._lines: list[tuple[float, float]] = []

    def least_packs(self, plates: int) -> int:
        """The packs that any plan with `plates` or more plate sets prints; it never falls with `plates`."""
        return max(-(-self.total // self.stations), self.longest + (plates - 1) * self.least)

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
        return whole(max(value * (1 - SAFETY) - slope * plates * (1 + SAFETY) for value, slope in self._lines))

    def raise_to(self, plates: int, packs: int) -> None:
        """Take a bound that a search has proven."""
        self._known[plates] = max(self.packs(plates), packs)

    def lowest(self, instance: Instance, cost: float) -> tuple[int, float]:
        """The number of plate sets that may be cheapest, and its least price; infinite where none is under `cost`."""
        return self.lowest_two(instance, cost)[:2]

    def lowest_two(self, instance: Instance, cost: float) -> tuple[int, float, float]:
        """The number of plate sets that may be cheapest, its least price, and the least of the others' up to `cost`."""
        plates, lowest, following = self.fewest, math.inf, cost
        trial = self.fewest
        while trial <= instance.most and instance.price(trial, self.least_packs(trial)) < cost:
            price = instance.price(trial, self.packs(trial))
            if price < lowest:
                plates, lowest, following = trial, price, min(following, lowest)
            else:
                following = min(following, price)
            if self.packs(trial) == self.least_packs(trial):
                break  # with more plate sets no fewer packs can do
            trial += 1
        return plates, lowest, following

    def _grouping(self, plates: int) -> int:
        spare = plates * self.stations - len(self.demands)
        if spare >= len(self.demands) or spare < 0:
            return 0
        best = 0.0
        full = 1 / self.stations
        ends = group_ends(self.demands, self.ceilings)
        for beta in (full, 0.9 * full, 0.6 * full):
            best = max(best, _climb(self.demands, ends, self.stations, plates, beta))
        return whole(best)


def _climb(demands: list[int], ends: list[int], stations: int, plates: int, beta: float) -> float:
    """The best value over the prices μ and λ at one β, by a subgradient climb of fixed length."""
    count = len(demands)
    # scale: mean waste of a station if groups were even
    scale = beta * demands[0] / max(1, plates)
    mu, lam = scale, 0.0
    best = 0.0
    step = 1.0
    stale = 0
    for _ in range(60):
        value, groups, doubles = _relaxed(demands, ends, stations, beta, mu, lam)
        value = value * (1 - SAFETY) - (mu * stations * plates + lam * plates) * (1 + SAFETY)
        stale = stale + 1 if value <= best * (1 + 1e-5) else 0
        best = max(best, value)
        if stale > _STALE:
            break
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


def _relaxed(
    demands: list[int], ends: list[int], stations: int, beta: float, mu: float, lam: float
) -> tuple[float, int, int]:
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
        for end in range(index + 1, min(ends[index], index + stations) + 1):
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


def clique(instance: Instance) -> int:
    """The size of a set of designs that all stay apart, found greedily: they need a plate set each."""
    best = 1
    home = {index: number for number, cluster in enumerate(instance.clusters) for index in cluster}
    foes: dict[int, set[int]] = {}
    for index, others in instance.apart.items():
        foes.setdefault(home[index], set()).update(home[other] for other in others)
    for first in sorted(foes, key=lambda unit: (-len(foes[unit]), unit)):
        members, candidates = 1, set(foes[first])
        while candidates:
            unit = max(candidates, key=lambda one: (len(foes[one] & candidates), -one))
            members, candidates = members + 1, candidates & foes[unit]
        best = max(best, members)
    return best


MANY = 200  # designs, from which on a climb for each number of plate sets would take too long


def bounds_of(instance: Instance) -> Bounds:
    """The bounds of an instance, by the way that suits its size."""
    bounds = Bounds(instance)
    if len(instance.demand) > MANY:
        from keytag.solver.bound.grouping_lines import lines

        bounds.learn(lines(instance))
    return bounds


def bound_of(instance: Instance, bounds: Bounds | None = None, ceiling: float = math.inf) -> float:
    """No plan of `instance` costs less; looking stops at `ceiling`, the cost of a plan that is known."""
    bounds = bounds or bounds_of(instance)
    best = ceiling
    plates = bounds.fewest
    while plates <= instance.most and instance.price(plates, bounds.least_packs(plates)) < best:
        if instance.price(plates, bounds.area(plates)) < best:
            packs = bounds.packs(plates)
            best = min(best, instance.price(plates, packs))
            if packs == bounds.least_packs(plates):
                break  # with more plate sets no fewer packs can do
        plates += 1
    return best
