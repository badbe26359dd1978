"""Jobs of hundreds to thousands of designs: bounds at many prices at once, and large-neighbourhood search.

The bound is the relaxation of `bounds`, passed over whole arrays: one pass at a price on stations and on plate sets
bounds every number of plate sets, so a few passes do for all. The search takes a few plate sets of a plan out, plans
what they made anew as a small job of its own, and keeps what is cheaper. Needs numpy; randomness comes from a seed.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keytag.solver.groups import grouped
from keytag.solver.job import Cell, Job
from keytag.solver.model import Stop
from keytag.solver.runs import RunSearch

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]


def lines(job: Job) -> list[tuple[float, float]]:
    """Pairs (v, s) at a grid of prices: v − s·P is proven not to exceed the packs of any plan with P plate sets."""
    import numpy as np

    demands = np.array(sorted(job.demand, reverse=True), dtype=np.float64)
    plate = job.plate_cost / job.pack_cost if job.pack_cost else 0.0
    stations = job.stations
    fewest = -(-len(demands) // stations)
    # A typical price: what a plate set costs, or the waste that the fewest plate sets must bring.
    natural = max(plate, float(demands.sum()) / stations / fewest / 50, 1e-6)
    found = []
    for beta in (1 / stations, 0.98 / stations, 0.94 / stations):
        for share in (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.4, 2.0, 4.0):
            mu = natural * share / stations
            lam = max(0.0, natural - mu * stations)
            found.append((_pass(demands, stations, beta, mu, lam), mu * stations + lam))
    return found


def _pass(demands: Floats, stations: int, beta: float, mu: float, lam: float) -> float:
    import numpy as np

    count = len(demands)
    best = np.full(count + stations + 1, np.inf)
    best[0] = 0.0
    sizes = np.arange(1, stations + 1, dtype=np.float64)
    lone = max(0.0, 1 - beta * stations)
    doubles = beta * demands + 2 * mu
    heads = lam + lone * demands
    each = beta * demands + mu
    for index in range(count):
        base = best[index]
        following = base + doubles[index]
        if following < best[index + 1]:
            best[index + 1] = following
        part = best[index + 1 : index + stations + 1]
        np.minimum(part, (base + heads[index]) + each[index] * sizes, out=part)
    return float(best[count])


class Neighbourhoods:
    """A plan of many plate sets, improved a few plate sets at a time."""

    def __init__(self, job: Job, cells: list[Cell], seed: int = 1) -> None:
        self.job = job
        self.cells = [(dict(slots), run) for slots, run in cells]
        self.random = random.Random(seed)
        self.seed = seed
        self.made = [0] * len(job.demand)
        for slots, run in self.cells:
            for index, count in slots.items():
                self.made[index] += count * run

    def search(self, iterations: int, stop: Stop | None = None, rounds: int = 600) -> int:
        """Improve the plan for so many rounds of pricing, up to `rounds` at one place; the rounds that it took."""
        spent = 0
        while spent < iterations and len(self.cells) > 1 and not (stop and stop()):
            self.seed += 1
            spent += self._retry(self._pick(), rounds)
        return spent

    def _pick(self) -> list[int]:
        """The places of a few plate sets: neighbours in run length, now and then one of about half the run as well."""
        pick = self.random
        order = sorted(range(len(self.cells)), key=lambda place: (-self.cells[place][1], place))
        size = min(len(order), pick.choice((3, 4, 5)))
        first = pick.randrange(len(order) - size + 1)
        chosen = order[first : first + size]
        if pick.random() < 0.4:
            half = self.cells[chosen[0]][1] / pick.choice((2, 3))
            chosen = chosen[:-1]
            others = [place for place in order if place not in chosen]
            chosen.append(min(others, key=lambda place: (abs(self.cells[place][1] - half), place)))
        return chosen

    def _retry(self, places: list[int], rounds: int) -> int:
        job = self.job
        old = [self.cells[place] for place in places]
        share: dict[int, int] = {}
        for slots, run in old:
            for index, count in slots.items():
                share[index] = share.get(index, 0) + count * run
        rest = {index: job.demand[index] - (self.made[index] - made) for index, made in share.items()}
        needed = sorted(index for index, demand in rest.items() if demand > 0)
        if not needed:
            return 50
        name = {index: position for position, index in enumerate(needed)}
        part = replace(
            job,
            designs=tuple(job.designs[index] for index in needed),
            demand=tuple(rest[index] for index in needed),
            atoms=tuple((position,) for position in range(len(needed))),
            most=len(old) + 1,
        )
        starts = {len(old): [({name[i]: n for i, n in slots.items() if i in name}, run) for slots, run in old]}
        groups = grouped(part, len(old) + 1)
        starts.update({plates: cells for plates, cells in groups.items() if plates == len(old) - 1})
        if self.random.random() < 0.25 and len(old) + 1 in groups:
            starts[len(old) + 1] = groups[len(old) + 1]
        best, cost, spent = old, job.cost(old), 50
        for plates, start in starts.items():
            walk = RunSearch(part, start, self.seed)
            goal = int((cost - job.plate_cost * plates) / job.pack_cost) if job.pack_cost else 0
            if walk.packs > goal * 1.1:
                continue
            walk.spread, walk.heat = 0.04, 0.002
            walk.walk(rounds)
            spent += walk.stations.rounds
            cells = walk.cells()
            if job.cost(cells) < cost - 1e-9 * cost:
                best = [({needed[i]: n for i, n in slots.items()}, run) for slots, run in cells if slots]
                cost = job.cost(best)
        if best is old:
            return spent
        for slots, run in old:
            for index, count in slots.items():
                self.made[index] -= count * run
        for slots, run in best:
            for index, count in slots.items():
                self.made[index] += count * run
        gone = set(places)
        self.cells = [cell for place, cell in enumerate(self.cells) if place not in gone] + best
        return spent
