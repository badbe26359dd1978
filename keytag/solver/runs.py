"""Runs first: a random walk over run lengths for a given number of plate sets, cooled down, always on plans that fit.

Each step proposes other runs, asks `stations` whether the designs fit them, and shortens the runs as far as the
stations found allow. All randomness comes from the seed, all effort is counted in rounds of pricing. Needs numpy.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from keytag.solver.job import Cell, Job
from keytag.solver.model import Stop
from keytag.solver.stations import Stations, cells_of, tightened

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]


class RunSearch:
    """The walk for one number of plate sets; it can be continued with more rounds."""

    def __init__(self, job: Job, start: list[Cell], seed: int) -> None:
        import numpy as np

        self.order = sorted(range(len(job.demand)), key=lambda index: (-job.demand[index], index))
        self.least = job.least_run
        self.plates = len(start)
        self.stations = Stations([job.demand[index] for index in self.order], job.stations, self.plates)
        self.random = random.Random(seed * 1009 + self.plates)
        self.spread = 0.4
        self.heat = 0.06
        self.best_runs: Ints = np.zeros(0, dtype=np.int64)
        self.best_slots: Ints = np.zeros((0, 0), dtype=np.int64)
        self.adopt(start)

    def adopt(self, cells: list[Cell]) -> None:
        """Take `cells` for the best plan, where they have fewer packs."""
        import numpy as np

        if len(self.best_runs) and self.packs <= sum(run for _, run in cells):
            return
        cells = sorted(cells, key=lambda item: -item[1])
        self.best_runs = np.array([run for _, run in cells], dtype=np.int64)
        self.best_slots = np.array([[s.get(index, 0) for s, _ in cells] for index in self.order], dtype=np.int64)
        self.runs, self.slots = self.best_runs, self.best_slots
        self.prices = self.runs / self.runs.sum()

    @property
    def packs(self) -> int:
        """The packs of the best plan so far."""
        return int(self.best_runs.sum())

    def cells(self) -> list[Cell]:
        """The best plan so far."""
        return cells_of(self.best_slots, self.best_runs, self.order)

    def walk(self, rounds: int, stop: Stop | None = None, goal: int = 0) -> None:
        """Walk for so many rounds, cooling from now to then; ends early at `goal` packs."""
        end = self.stations.rounds + rounds
        begin = self.stations.rounds
        pick = self.random
        self.runs, self.slots = self.best_runs, self.best_slots
        self.prices = self.runs / self.runs.sum()
        current = int(self.runs.sum())
        while self.stations.rounds < end and self.packs > goal and not (stop and stop()):
            warm = 1 - (self.stations.rounds - begin) / rounds
            proposal = self._propose(current, self.spread * (0.03 + warm * warm))
            self.stations.rounds += 1
            total = int(proposal.sum())
            if total - current > self.heat * warm * warm * current * pick.random() ** 2:
                continue
            slots, prices = self.stations.fit(proposal, self.prices)
            if slots is None:
                continue
            runs = tightened(slots, proposal, self.stations.demands, self.least)
            self.runs, self.slots, self.prices, current = runs, slots, prices, int(runs.sum())
            if current < self.packs:
                self.best_runs, self.best_slots = runs, slots

    def _propose(self, current: int, spread: float) -> Ints:
        pick = self.random
        runs = self.runs.copy()
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
