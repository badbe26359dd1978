"""Large-neighbourhood search: a few plate sets of a plan are taken out and planned anew, again and again.

What the others make is taken off the demands (and off the ceilings), so that what is left is a small instance of its
own, for `annealing` and `grouping`; what is cheaper is kept. Randomness comes from a seed.
"""

from __future__ import annotations

import random
from dataclasses import replace

from keytag.solver.instance import Batch, Instance, Solution
from keytag.solver.search.annealing import Annealing
from keytag.solver.search.grouping import grouped
from keytag.solver.work import Work

_OVERHEAD = 40  # iterations to take plate sets out and put them back
_SPREAD, _HEAT = 0.04, 0.002  # of the annealing: first set with `classes` (t = 4, 8) and `nation`, not compared since


class Neighbourhoods:
    """A plan of many plate sets, improved a few plate sets at a time."""

    def __init__(self, instance: Instance, solution: Solution, seed: int = 1) -> None:
        self.instance = instance
        self.solution = [(dict(slots), run) for slots, run in solution]
        self.random = random.Random(seed)
        self.seed = seed
        self.made = [0] * len(instance.demand)
        self._count(self.solution, 1)

    def _count(self, batches: Solution, sign: int) -> None:
        for slots, run in batches:
            for index, count in slots.items():
                self.made[index] += sign * count * run

    def search(self, iterations: float, work: Work, each: float) -> None:
        """Improve the plan for so many iterations, up to `each` at one place."""
        end = work.left - iterations
        while work.left > end and len(self.solution) > 1 and not work.over:
            self.seed += 1
            self._retry(self._picked(), work, each)

    def _picked(self) -> list[int]:
        """The places of a few plate sets: neighbours in run length, now and then one of about half the run as well."""
        pick = self.random
        order = sorted(range(len(self.solution)), key=lambda place: (-self.solution[place][1], place))
        size = min(len(order), pick.choice((3, 4, 5)))
        first = pick.randrange(len(order) - size + 1)
        chosen = order[first : first + size]
        if pick.random() < 0.4:
            half = self.solution[chosen[0]][1] / pick.choice((2, 3))
            chosen = chosen[:-1]
            others = [place for place in order if place not in chosen]
            chosen.append(min(others, key=lambda place: (abs(self.solution[place][1] - half), place)))
        return chosen

    def _retry(self, places: list[int], work: Work, each: float) -> None:
        instance = self.instance
        old = [self.solution[place] for place in places]
        work.spend(_OVERHEAD)
        part, needed = self._part(old)
        if part is None:
            return
        name = {index: position for position, index in enumerate(needed)}
        starts = {len(old): [({name[i]: n for i, n in slots.items() if i in name}, run) for slots, run in old]}
        groups = grouped(part, len(old) + 1)
        starts.update({plates: solution for plates, solution in groups.items() if plates == len(old) - 1})
        if self.random.random() < 0.25 and len(old) + 1 in groups:
            starts[len(old) + 1] = groups[len(old) + 1]
        best, cost = old, instance.cost(old)
        for plates, start in starts.items():
            annealing = Annealing(part, start, self.seed)
            plate_cost = instance.plate_cost * plates
            goal = int((cost - plate_cost) / instance.pack_cost) if instance.pack_cost else 0
            if annealing.packs > goal * 1.1:
                continue
            annealing.spread, annealing.heat = _SPREAD, _HEAT
            annealing.anneal(each, work)
            solution = annealing.solution()
            if instance.cost(solution) < cost - 1e-9 * cost:
                best = [({needed[i]: n for i, n in slots.items()}, run) for slots, run in solution if slots]
                cost = instance.cost(best)
        if best is not old:
            self._count(old, -1)
            self._count(best, 1)
            gone = set(places)
            self.solution = [batch for place, batch in enumerate(self.solution) if place not in gone] + best

    def _part(self, old: list[Batch]) -> tuple[Instance | None, list[int]]:
        """What these plate sets have to make, as an instance; and which designs it has. None where that is nothing."""
        instance = self.instance
        share: dict[int, int] = {}
        for slots, run in old:
            for index, count in slots.items():
                share[index] = share.get(index, 0) + count * run
        elsewhere = {index: self.made[index] - made for index, made in share.items()}
        needed = sorted(index for index in share if elsewhere[index] < instance.demand[index])
        if not needed:
            return None, needed
        name = {index: position for position, index in enumerate(needed)}
        ceiling = instance.ceiling
        part = replace(
            instance,
            designs=tuple(instance.designs[index] for index in needed),
            demand=tuple(instance.demand[index] - elsewhere[index] for index in needed),
            ceiling=None if ceiling is None else tuple(ceiling[index] - elsewhere[index] for index in needed),
            # Designs that stay together have all their stations on one plate set: all of them are here, or none.
            clusters=tuple(
                tuple(name[index] for index in cluster) for cluster in instance.clusters if cluster[0] in name
            ),
            apart={
                name[index]: frozenset(name[other] for other in others if other in name)
                for index, others in instance.apart.items()
                if index in name
            },
            most=len(old) + 1,
        )
        return part, needed
