"""Simulated annealing over one run vector, for a given number of plate sets; every vector it stands on has a plan.

Each step proposes other runs, asks `assignment` for stations, and shortens the runs as far as these stations allow.
Good for a few plate sets at a time, as in `neighbourhoods`, and for few designs; `population` is the wider search. All
randomness comes from the seed, all effort is counted.
"""

from __future__ import annotations

import random

import numpy as np

from keytag.solver.arrays import Ints
from keytag.solver.instance import Instance, Solution
from keytag.solver.search.assignment import Assignment, solution_of, tightened
from keytag.solver.work import Work


class Annealing:
    """The annealing from one solution; it can be continued."""

    def __init__(self, instance: Instance, start: Solution, seed: int) -> None:
        self.least, self.plates = instance.least_run, len(start)
        self.demands = np.array(instance.demand, dtype=np.int64)
        self.assignment = Assignment(instance, self.plates)
        self.random = random.Random(seed * 1009 + self.plates)
        self.spread = 0.4
        """The longest steps at the start, as part of a mean run; this and `heat` were chosen by `published`."""
        self.heat = 0.06
        start = sorted(start, key=lambda batch: -batch[1])
        self.best_runs: Ints = np.array([run for _, run in start], dtype=np.int64)
        slots = [[batch.get(index, 0) for batch, _ in start] for index in range(len(instance.demand))]
        self.best_slots: Ints = np.array(slots, dtype=np.int64)

    @property
    def packs(self) -> int:
        """The packs of the best plan so far."""
        return int(self.best_runs.sum())

    def solution(self) -> Solution:
        """The best plan so far."""
        return solution_of(self.best_slots, self.best_runs)

    def anneal(self, iterations: float, work: Work, goal: int = 0) -> None:
        """Anneal for so many iterations; ends early at `goal` packs."""
        pick, runs, spent = self.random, self.best_runs, 0.0
        prices = runs / runs.sum()
        current = int(runs.sum())
        while spent < iterations and self.packs > goal and not work.over:
            warm = 1 - spent / iterations
            proposal = self._proposed(runs, current, self.spread * (0.03 + warm * warm))
            before = self.assignment.work
            self.assignment.work += 0.5
            if int(proposal.sum()) - current <= self.heat * warm * warm * current * pick.random() ** 2:
                slots, now = self.assignment.fit(proposal, prices)
                if slots is not None:
                    runs, prices = tightened(slots, proposal, self.demands, self.least), now
                    current = int(runs.sum())
                    if current < self.packs:
                        self.best_runs, self.best_slots = runs, slots
            spent += self.assignment.work - before
            work.spend(self.assignment.work - before)

    def _proposed(self, runs: Ints, current: int, spread: float) -> Ints:
        pick = self.random
        runs = runs.copy()
        mean = current / self.plates
        kind = pick.random()
        down = pick.randrange(self.plates)
        step = max(1, int(spread * mean * (pick.random() + pick.random()) * pick.random()))
        runs[down] -= step
        if self.plates > 1 and kind < 0.75:
            up = pick.randrange(self.plates - 1)
            up += up >= down
            runs[up] += int(step * (0.2 + pick.random()))
        if self.plates > 2 and kind < 0.25:
            third = pick.randrange(self.plates)
            runs[third] += int(step * (pick.random() - 0.5))
        runs[runs < self.least] = self.least
        return runs
