"""Simulated annealing over run vectors, 32 in parallel; infeasible vectors are allowed at a growing penalty.

The vectors start as geometric sequences of many ratios, scaled by bisection to where the relaxed assignment just has
enough stations, beside what is known. A vector's energy is its packs plus a penalty for what it lacks (`relaxation`);
wherever a vector nearly lacks nothing and is about as short as the best, `assignment` is asked for a plan. All
randomness comes from the seed, and all effort is counted.
"""

from __future__ import annotations

import random

import numpy as np

from keytag.solver.arrays import Flags, Floats, Ints
from keytag.solver.instance import Instance, Solution
from keytag.solver.search.assignment import Assignment, solution_of, tightened
from keytag.solver.search.relaxation import Relaxation
from keytag.solver.work import Work

SIZE = 32  # vectors: with 16 the mean gap of `benchmarks.solver.constants` is 3.31 % in place of 3.27 %
_ROUNDS = 12  # of pricing, for a step that is not turned down earlier; with 8 or 20: 3.31 %, 3.28 %
_LISTED = 260  # allotments; with 130 or 420: 3.27 %, 3.33 %

_RATIOS = (1.02, 2.2)  # of a run to the next: the best ones lay between 1.1 and 1.8 in `classes` and `province`
_BISECTIONS = 7
_HIGHEST = 0.5  # packs beyond what demands fill, for the scaled sequences

_TALLEST = 0.4  # packs beyond what demands fill, for sequences that reach down to the smallest demand
_NEAR = 0.04  # of each run: how far from what is known such a sequence may begin
_BENDS = (0.7, 1.0, 1.4)  # of such a sequence in the logarithm: 1 is a geometric one

_HEAT = 0.0007  # as part of the packs
_COOLEST = 0.00005
_SPREAD = 0.3  # of a mean run: the longest steps at the start
_DEAREST = 4.0  # what a lacking station costs in the end, in what it would make
_NEARLY = 0.1  # stations that may lack when a plan is asked for
_ABOUT = 1.0015  # of the best packs


class Population:
    """The annealing for one number of plate sets; `best` is the best plan so far, if there is one."""

    def __init__(self, instance: Instance, plates: int, seed: int, start: Solution | None = None) -> None:
        self.plates, self.least = plates, instance.least_run
        self.assignment = Assignment(instance, plates)
        self.relaxation = Relaxation(instance, plates, _LISTED)
        self.demands = np.array(instance.demand, dtype=np.int64)
        self.stations = instance.stations
        self._least_ceiling = min(instance.ceiling) if instance.ceiling is not None else 0
        self.area = sum(instance.demand) / instance.stations
        self.random = random.Random(seed * 2003 + plates)
        self.best, self.packs = start, sum(run for _, run in start) if start else 0
        self.asked: set[tuple[int, ...]] = set()
        self.critical = float("inf")
        """The packs with which the shortest scaled sequence lacks no station: about what can be hoped for."""
        self.runs: Ints = np.full((0, plates), 1, dtype=np.int64)
        self.prices: Floats = np.full((0, plates), 1.0)

    def reach_down(self) -> None:
        """With ceilings: begin with sequences that reach down to the smallest demand, of many totals and curvatures.

        More packs do not always do better then, since they make too much of some design; so nothing is scaled.
        """
        least, most = float(self.demands.min()), float(self._least_ceiling)
        spread = np.linspace(0.0, 1.0, SIZE)
        smallest = least + (most - least) * np.array([(7 * row) % SIZE for row in range(SIZE)]) / SIZE
        totals = self.area * (1 + _TALLEST * spread)
        bends = np.array([_BENDS[row % len(_BENDS)] for row in range(SIZE)])
        place = np.linspace(0.0, 1.0, self.plates)[None, :] ** bends[:, None]
        low, high = np.zeros(SIZE), np.full(SIZE, 12.0)
        for _ in range(30):
            middle = (low + high) / 2
            short = (smallest[:, None] * np.exp(middle[:, None] * place)).sum(axis=1) < totals
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        self.runs = self._whole(smallest[:, None] * np.exp(high[:, None] * place))[:, ::-1].copy()
        if self.best is not None:  # half of them near what is known
            known = np.array([[float(run) for _, run in sorted(self.best, key=lambda batch: -batch[1])]])
            factors = 1 + _NEAR * (2 * self._numbers(SIZE // 2 * self.plates).reshape(SIZE // 2, -1) - 1)
            self.runs[::2] = self._whole(known * factors)
            self.runs[0] = known[0]
        self.prices = self.runs / self.runs.sum(axis=1, keepdims=True)

    def scan(self, work: Work, count: int = 8) -> Floats:
        """Scale geometric sequences of so many ratios to where each is as short as the relaxed assignment allows.

        Gives for each the packs beyond what demands fill, as a fraction.
        """
        ratios = np.linspace(*_RATIOS, count)
        shapes = np.ones((count, self.plates))
        for plate in range(1, self.plates):
            shapes[:, plate] = shapes[:, plate - 1] / ratios
        shapes /= shapes.sum(axis=1, keepdims=True)
        low, high = np.zeros(count), np.full(count, _HIGHEST)
        prices, none = shapes.copy(), np.zeros(count)
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            runs = self._whole(shapes * self.area * (1 + middle)[:, None])
            found = self.relaxation.shortage(runs, prices, _ROUNDS, none)
            work.spend(found.effort)
            enough = found.stations <= 0
            prices = found.prices
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        self.runs, self.prices = self._whole(shapes * self.area * (1 + high)[:, None]), prices
        self.critical = float(self.runs.sum(axis=1).min())
        return high

    def scale(self, work: Work) -> None:
        """Begin with geometric sequences of many ratios, and ask for plans at the shortest."""
        high, prices = self.scan(work, SIZE), self.prices
        order = np.argsort(high, kind="stable")
        for row in order[:3].tolist():
            for more in (0.0, 0.004, 0.01, 0.02):
                if self._ask(self._whole(self.runs[row] * (1 + more)), prices[row], work):
                    break

    def spread(self, width: float) -> None:
        """Fill the population with the best vectors and perturbed copies of them, up to so much longer or shorter."""
        totals = self.runs.sum(axis=1)
        best = np.argsort(totals, kind="stable")[: max(1, SIZE // 4)]
        parents = self.runs[best].astype(np.float64)
        if self.best is not None and self.packs <= 1.03 * self.critical:
            known = np.array([[float(run) for _, run in sorted(self.best, key=lambda batch: -batch[1])]])
            parents = np.concatenate((known, parents)) if len(parents) else known
        children = np.resize(parents, (SIZE, self.plates))
        factors = 1 + width * (2 * self._numbers(SIZE * self.plates).reshape(SIZE, -1) - 1)
        factors[: len(parents)] = 1.0
        self.runs = self._whole(children * factors)
        self.prices = self.runs / self.runs.sum(axis=1, keepdims=True)

    def anneal(self, iterations: float, work: Work, heat: float = 1.0) -> None:
        """Anneal for so many iterations, cooling from `heat` (1 for a start from afar) to nought."""
        relaxation = self.relaxation
        endless = np.full(SIZE, np.inf)
        found = relaxation.shortage(self.runs, self.prices, 2 * _ROUNDS, endless)
        lack, self.prices = found.stations, found.prices
        spent, step = found.effort, 0
        work.spend(found.effort)
        while spent < iterations and not work.over:
            done = spent / iterations
            cold = heat * (1 - done) * (1 - done)
            dear = 1 + (_DEAREST - 1) * done
            step += 1
            cost = 3.0
            if step % 10 == 0:
                # A vector that stands on what only looks good at its prices is found out.
                again = relaxation.shortage(self.runs, self.prices, _ROUNDS, endless)
                raised = again.stations > lack
                lack[raised], self.prices[raised] = again.stations[raised], again.prices[raised]
                cost += again.effort
            warm = (_HEAT * cold + _COOLEST) * self.stations * 3 * self._numbers(SIZE) ** 3
            most = self._energy(self.runs, lack, dear) + warm
            proposed = self._proposed(_SPREAD * cold + 0.002)
            room = most - self._energy(proposed, np.zeros(SIZE), dear)
            enough = np.where(room > 0, room / dear, room)
            found = relaxation.shortage(proposed, self.prices, _ROUNDS, enough)
            cost += found.effort
            taken = found.stations <= enough
            self.runs[taken], lack[taken], self.prices[taken] = (
                proposed[taken],
                found.stations[taken],
                found.prices[taken],
            )
            spent += cost + self._ask_best(taken & (lack <= _NEARLY), work)
            work.spend(cost)

    def _numbers(self, count: int) -> Floats:
        return np.array([self.random.random() for _ in range(count)])

    def _plates(self, count: int) -> Ints:
        return np.array([self.random.randrange(self.plates) for _ in range(count)], dtype=np.int64)

    def _whole(self, runs: Floats) -> Ints:
        return np.maximum(np.rint(runs), self.least).astype(np.int64)

    def _energy(self, runs: Ints, lack: Floats, dear: float) -> Floats:
        """The packs beyond what demands fill, and what the runs lack, both in stations of a plate set."""
        beyond = self.stations * (runs.sum(axis=1) / self.area - 1)
        return np.asarray(beyond + np.where(lack > 0, dear * lack, lack))

    def _proposed(self, spread: float) -> Ints:
        runs = self.runs.astype(np.float64)
        rows = np.arange(SIZE)
        chance = self._numbers(6 * SIZE).reshape(6, SIZE)
        size = spread * self.area / self.plates * (2 * (chance[0] + chance[1]) - 2) * chance[2]
        runs[rows, self._plates(SIZE)] += size
        back = np.where(chance[3] < 0.75, size * (0.3 + chance[4]), 0.0)
        runs[rows, self._plates(SIZE)] -= back
        return self._whole(runs)

    def _ask_best(self, near: Flags, work: Work) -> float:
        """Ask for a plan with the fewest packs of those that are near one; what that took."""
        totals = self.runs.sum(axis=1)
        rows = np.flatnonzero(near & ((totals <= _ABOUT * self.packs) | (self.best is None)))
        if not len(rows):
            return 0.0
        before = self.assignment.work
        row = int(rows[totals[rows].argmin()])
        self._ask(self.runs[row].copy(), self.prices[row], work)
        return self.assignment.work - before

    def _ask(self, runs: Ints, prices: Floats, work: Work) -> bool:
        """Ask for a plan with these runs, once for each run vector; whether there is one."""
        key = tuple(runs.tolist())
        if key in self.asked:
            return False
        self.asked.add(key)
        before = self.assignment.work
        slots = self.assignment.fit(runs, prices).slots
        work.spend(self.assignment.work - before)
        if slots is None:
            return False
        runs = tightened(slots, runs, self.demands, self.least)
        if self.best is None or int(runs.sum()) < self.packs:
            self.packs = int(runs.sum())
            self.best = solution_of(slots, runs)
        return True
