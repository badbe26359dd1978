"""Annealing over run lengths: many chains at once, through runs that do not do as well as runs that do.

`runs` walks from plan to plan, and few of its steps lead to one. Here a chain may stand on runs that lack stations,
and pays for what they lack (`crowd`): little at first, more towards the end. Wherever a chain's runs nearly do, and
are about as few as the best, `stations` is asked for a plan. All randomness comes from the seed, and all effort is
counted in rounds of pricing. Needs numpy.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from keytag.solver.crowd import Crowd
from keytag.solver.job import Cell, Job
from keytag.solver.model import Stop
from keytag.solver.stations import Stations, cells_of, tightened

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

_CHAINS = 32
_ROUNDS = 12  # of pricing, for a step that is not turned down earlier
_LIGHT = 6
"""Rounds of a list among many that take as long as one round of a list alone."""

_HEAT = 0.0007  # as part of the packs
_SPREAD = 0.3  # of a mean run: the longest steps at the start
_DEAREST = 4.0  # what a lacking station costs in the end, in what it would make
_NEARLY = 0.1  # stations that may lack when a plan is asked for
_ABOUT = 1.0015  # of the best packs


class Chains:
    """The annealing for one number of plate sets."""

    def __init__(self, job: Job, start: list[Cell], seed: int) -> None:
        import numpy as np

        self.order = sorted(range(len(job.demand)), key=lambda index: (-job.demand[index], index))
        self.plates, self.least = len(start), job.least_run
        self.stations = Stations([job.demand[index] for index in self.order], job.stations, self.plates)
        self.crowd = Crowd(list(job.demand), job.stations, self.plates)
        self.area = sum(job.demand) / job.stations
        self.random = random.Random(seed * 2003 + self.plates)
        self.best = start
        self.packs = sum(run for _, run in start)
        self.asked: set[tuple[int, ...]] = set()
        runs = np.array([run for _, run in start], dtype=np.float64)
        self.runs: Ints = self._whole(runs * (0.55 + 1.3 * self._numbers(_CHAINS * self.plates).reshape(_CHAINS, -1)))
        self.runs[0] = runs

    @property
    def spent(self) -> int:
        """The rounds of pricing done so far, those of many lists at once at what they take."""
        return self.stations.rounds + self.crowd.rounds // _LIGHT

    def _numbers(self, count: int) -> Floats:
        import numpy as np

        return np.array([self.random.random() for _ in range(count)])

    def _places(self, count: int) -> Ints:
        import numpy as np

        return np.array([self.random.randrange(self.plates) for _ in range(count)], dtype=np.int64)

    def _whole(self, runs: Floats) -> Ints:
        import numpy as np

        return np.maximum(np.rint(runs), self.least).astype(np.int64)

    def walk(self, rounds: int, stop: Stop | None = None) -> list[Cell]:
        """Anneal for so many rounds; the best plan, which is the one begun with where none is better."""
        import numpy as np

        crowd, begin = self.crowd, self.spent
        endless = np.full(_CHAINS, np.inf)
        lack, prices = crowd.lack(self.runs, self.runs / self.runs.sum(axis=1, keepdims=True), 2 * _ROUNDS, endless)
        step = 0
        while self.spent < begin + rounds and not (stop and stop()):
            done = (self.spent - begin) / rounds
            cold = (1 - done) * (1 - done)
            dear = 1 + (_DEAREST - 1) * done
            step += 1
            if step % 10 == 0:
                # A chain that stands on what only looks good at its prices is found out.
                again = crowd.lack(self.runs, prices, _ROUNDS, endless)
                raised = again.stations > lack
                lack[raised], prices[raised] = again.stations[raised], again.prices[raised]
            warm = (_HEAT * cold + 0.00005) * crowd.stations * 3 * self._numbers(_CHAINS) ** 3
            most = self._energy(self.runs, lack, dear) + warm
            proposed = self._proposed(_SPREAD * cold + 0.002)
            room = most - self._energy(proposed, np.zeros(_CHAINS), dear)
            enough = np.where(room > 0, room / dear, room)
            found = crowd.lack(proposed, prices, _ROUNDS, enough)
            taken = found.stations <= enough
            self.runs[taken], lack[taken], prices[taken] = proposed[taken], found.stations[taken], found.prices[taken]
            self._ask(taken & (lack <= _NEARLY), prices)
        return self.best

    def _energy(self, runs: Ints, lack: Floats, dear: float) -> Floats:
        """The packs beyond what demands fill, and what the runs lack, both in stations of a plate set."""
        import numpy as np

        beyond = self.crowd.stations * (runs.sum(axis=1) / self.area - 1)
        return np.asarray(beyond + np.where(lack > 0, dear * lack, lack))

    def _proposed(self, spread: float) -> Ints:
        import numpy as np

        runs = self.runs.astype(np.float64)
        rows = np.arange(_CHAINS)
        chance = self._numbers(6 * _CHAINS).reshape(6, _CHAINS)
        size = spread * self.area / self.plates * (2 * (chance[0] + chance[1]) - 2) * chance[2]
        runs[rows, self._places(_CHAINS)] += size
        back = np.where(chance[3] < 0.75, size * (0.3 + chance[4]), 0.0)
        runs[rows, self._places(_CHAINS)] -= back
        return self._whole(runs)

    def _ask(self, near: np.ndarray[Any, np.dtype[np.bool_]], prices: Floats) -> None:
        """Ask for a plan with the fewest packs of those that are near one, once for each list of runs."""
        import numpy as np

        totals = self.runs.sum(axis=1)
        rows = np.flatnonzero(near & (totals <= _ABOUT * self.packs))
        if not len(rows):
            return
        row = int(rows[totals[rows].argmin()])
        runs = self.runs[row].copy()
        key = tuple(runs.tolist())
        if key in self.asked:
            return
        self.asked.add(key)
        slots = self.stations.fit(runs, prices[row]).slots
        if slots is None:
            return
        runs = tightened(slots, runs, self.stations.demands, self.least)
        if int(runs.sum()) < self.packs:
            self.packs = int(runs.sum())
            self.best = cells_of(slots, runs, self.order)
