"""Assignment of stations for given runs: a multiple-choice knapsack with one capacity a plate set.

Lagrangian relaxation (`relaxation`) until no plate set is overfull, or nearly so; then tabu search over the allotments
of single designs, until nothing is overfull and no two designs meet that must stay apart. Limits on overs and company
hold in what comes out. Runs are another module's choice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from keytag.solver.allotments import priced
from keytag.solver.arrays import Flags, Floats, Ints
from keytag.solver.instance import Instance, Solution
from keytag.solver.search.relaxation import Relaxation

_LISTED = 420  # allotments: with 200 the mean gap of `benchmarks.solver.constants` is 3.34 % in place of 3.27 %
_ROUNDS = 60
_STEP, _SLOWER = 0.5, 0.96
_REPAIRS = 80  # most that were of use in `classes` (t = 20, n = 100) was 40
_PATIENCE = 16  # repairs without an improvement: see `benchmarks.solver.constants`
_TABU = 5  # repairs for which a design that was moved stays: see `benchmarks.solver.constants`
_NEAR = (
    3  # one station in so many may be lacking where the search begins; with 40, `classes` (t = 20) often had no plan
)
_TRADES = 4  # rounds over all pairs of runs
FORBIDDEN = 1e9


class Fit(NamedTuple):
    """Stations `[design, plate set]`, rows in the order of the instance, or None; and the prices at the end."""

    slots: Ints | None
    prices: Floats


class Choice(NamedTuple):
    """An allotment for each design, a plate set for each cluster; the stations used, and how many are lacking."""

    allotments: Ints
    homes: Ints
    used: Ints
    over: int


class Assignment:
    """The assignment of one instance to so many plate sets."""

    def __init__(self, instance: Instance, plates: int) -> None:
        self.relaxation = Relaxation(instance, plates, _LISTED)
        self.stations, self.plates = instance.stations, plates
        self.demand, self.count = instance.demand, len(instance.demand)
        self.work = 0.0
        """Iterations so far (see `work`)."""
        self._rows = np.array(self.relaxation.designs, dtype=np.int64)
        self.foes = _foes(instance, self.relaxation)
        self._sorting, self._round = self.relaxation.sorting(1), self.relaxation.pricing(1)

    def fit(self, runs: Ints, prices: Floats) -> Fit:
        """Stations for `runs`, warm-started from `prices`; None where none were found."""
        relaxation = self.relaxation
        ready = relaxation.ready(runs[None, :])
        first = ready.first[0]
        limit = len(relaxation.allotments) if ready.last is None else ready.last[0]
        self.work += self._sorting
        if (first >= limit).any() or np.isinf(ready.needs.min(axis=2)).any():
            return Fit(None, prices)
        best: Choice | None = None
        step, start, now = _STEP, prices, prices
        for _ in range(_ROUNDS):
            self.work += self._round
            pricing = relaxation.priced(ready, now[None, :])
            if float(pricing.paid[0]) > self.stations * float(now.sum()) * (1 + 1e-9):
                return Fit(None, now)  # more is needed than there is, at these prices and so at any
            used = pricing.used()[0]
            over = int(np.maximum(used - self.stations, 0).sum())
            if best is None or over < best.over:
                homes = np.zeros(0, dtype=np.int64) if pricing.homes is None else pricing.homes[0]
                best = Choice(pricing.chosen()[0], homes, used, over)
            if not over:
                break
            now = now * (1 + np.clip(step * (used - self.stations) / self.stations, -0.4, 0.4))
            now = now / now.sum()
            step *= _SLOWER
        assert best is not None
        if best.over == 0 and self.foes is None:
            return Fit(self._slots(runs, best), now)
        if best.over > max(4, self.stations * self.plates // _NEAR):
            return Fit(None, start)
        repair = _Repair(self, runs, ready.needs[0], now, best)
        for _ in range(_REPAIRS):
            self.work += 2.0 + repair.size / 30_000
            if not repair.better():
                break
        return Fit(self._slots(runs, repair.choice) if repair.wrong == 0 else None, now)

    def _slots(self, runs: Ints, choice: Choice) -> Ints:
        slots = np.zeros((self.count, self.plates), dtype=np.int64)
        slots[self._rows] = self.relaxation.allotments[choice.allotments]
        for cluster, home in zip(self.relaxation.clusters, choice.homes.tolist(), strict=True):
            for index in cluster:
                slots[index, home] = -(-self.demand[index] // int(runs[home]))
        return slots


class _Repair:
    """Tabu search over single moves: a design to another allotment, or designs that stay together to another plate set.

    What is wrong is counted in stations that are lacking and in pairs that meet and must not.
    """

    def __init__(self, assignment: Assignment, runs: Ints, needs: Floats, prices: Floats, start: Choice) -> None:
        relaxation = assignment.relaxation
        self.allotments, self.stations = relaxation.allotments, assignment.stations
        made = self.allotments @ runs
        self.allowed: Flags = made[None, :] >= relaxation.demands[:, None]
        if relaxation.ceilings is not None:
            self.allowed &= made[None, :] <= relaxation.ceilings[:, None]
        self.cost = priced(self.allotments, prices[None, :])[0]
        self.needs, self.prices, self.foes = needs, prices, assignment.foes
        self.stands: Flags = self.allotments > 0
        self.choice = start._replace(allotments=start.allotments.copy(), homes=start.homes.copy())
        self.used = start.used.copy()
        self.tabu = np.zeros(len(relaxation.designs), dtype=np.int64)
        self.turn = 0
        self.wrong = self.least = self._wrong()
        self.since = 0
        self.size = self.allotments.size * 8

    def _meetings(self) -> Ints | None:
        """`[unit, plate set]`: with how many others each would stand there that it must not meet."""
        if self.foes is None:
            return None
        homes = np.zeros((len(self.choice.homes), self.allotments.shape[1]), dtype=np.int64)
        homes[np.arange(len(homes)), self.choice.homes] = 1
        self.places = np.concatenate((self.stands[self.choice.allotments].astype(np.int64), homes))
        return np.asarray(self.foes @ self.places)

    def _wrong(self) -> int:
        lacking = int(np.maximum(self.used - self.stations, 0).sum())
        meetings = self._meetings()
        return lacking if meetings is None else lacking + int((meetings * self.places).sum()) // 2

    def better(self) -> bool:
        """Make the best move; whether to go on: nothing is right yet, and there was a move."""
        self.turn += 1
        if not self.wrong:
            return False
        meetings = self._meetings()
        plate = int((self.used - self.stations).argmax())
        rows = self._movable(plate, meetings)
        best, move = np.inf, None
        if len(rows):
            scores = self._scores(rows, meetings)
            row, way = divmod(int(scores.argmin()), len(self.allotments))
            best, move = float(scores[row, way]), (int(rows[row]), way)
        cluster, home, score = self._cluster_move(meetings)
        if score < best:
            best = score
            self.used[self.choice.homes[cluster]] -= int(self.needs[cluster, self.choice.homes[cluster]])
            self.used[home] += int(self.needs[cluster, home])
            self.choice.homes[cluster] = home
        elif move is not None and best < FORBIDDEN / 2:
            row, way = move
            self.used = self.used - self.allotments[self.choice.allotments[row]] + self.allotments[way]
            self.choice.allotments[row] = way
            self.tabu[row] = self.turn + _TABU
        else:
            return False
        self.wrong = self._wrong()
        if self.wrong < self.least:
            self.least, self.since = self.wrong, self.turn
        return self.wrong > 0 and self.turn - self.since < _PATIENCE

    def _movable(self, plate: int, meetings: Ints | None) -> Ints:
        """The designs worth moving: on the fullest plate set where one is overfull, or where they must not be."""
        chosen = self.choice.allotments
        worth = np.zeros(len(chosen), dtype=np.bool_)
        if self.used[plate] > self.stations:
            worth = self.stands[chosen, plate]
        if meetings is not None:
            worth = worth | ((meetings * self.places)[: len(chosen)].sum(axis=1) > 0)
        return np.flatnonzero(worth & (self.tabu < self.turn))

    def _scores(self, rows: Ints, meetings: Ints | None) -> Floats:
        """`[row, allotment]`: what would be wrong after the move, and a little for what it costs."""
        chosen = self.choice.allotments[rows]
        rest = self.used - self.allotments[chosen]
        self.size = len(rows) * self.allotments.size
        scores = np.zeros((len(rows), len(self.allotments)))
        for plate in range(self.allotments.shape[1]):
            scores += np.maximum(rest[:, plate, None] + self.allotments[None, :, plate] - self.stations, 0)
        if meetings is not None:
            now = (meetings * self.places)[rows].sum(axis=1)
            total = int((meetings * self.places).sum()) // 2
            scores += total - now[:, None] + meetings[rows] @ self.stands.T.astype(np.int64)
        scores += 0.001 * self.stations * (self.cost[None, :] - self.cost[chosen][:, None])
        scores[~self.allowed[rows]] = FORBIDDEN
        scores[np.arange(len(rows)), chosen] = FORBIDDEN
        return scores

    def _cluster_move(self, meetings: Ints | None) -> tuple[int, int, float]:
        """The best move of designs that stay together: which, where to, and what would be wrong then."""
        best = (0, 0, self.wrong - 0.5)  # no tabu list for these: each of their moves must mend something
        offset = len(self.choice.allotments)
        for cluster, home in enumerate(self.choice.homes.tolist()):
            pairs = 0 if meetings is None else int((meetings * self.places).sum()) // 2
            for other in range(self.allotments.shape[1]):
                if other == home or not np.isfinite(self.needs[cluster, other]):
                    continue
                used = self.used.copy()
                used[home] -= int(self.needs[cluster, home])
                used[other] += int(self.needs[cluster, other])
                wrong = float(np.maximum(used - self.stations, 0).sum())
                if meetings is not None:
                    unit = offset + cluster
                    wrong += pairs - int(meetings[unit, home]) + int(meetings[unit, other])
                if wrong < best[2]:
                    best = (cluster, other, wrong)
        return best if best[2] < self.wrong - 0.5 else (0, 0, np.inf)


def _foes(instance: Instance, relaxation: Relaxation) -> Ints | None:
    """`[unit, unit]`: 1 where two must not meet; units are the designs of the relaxation, then its clusters."""
    if not instance.apart:
        return None
    units = [(index,) for index in relaxation.designs] + list(relaxation.clusters)
    unit = {index: number for number, members in enumerate(units) for index in members}
    foes = np.zeros((len(units), len(units)), dtype=np.int64)
    for index, others in instance.apart.items():
        for other in others:
            foes[unit[index], unit[other]] = 1
    return foes


def tightened(slots: Ints, runs: Ints, demands: Ints, least: int) -> Ints:
    """Runs as short as these stations allow, one after the other, the shortest first, until none can be shortened.

    No limit is broken by that: of every design less is made, and still enough. See `traded` for what goes further.
    """
    runs = runs.copy()
    for _ in range(3):
        before = int(runs.sum())
        for plate in np.argsort(runs, kind="stable"):
            column = slots[:, plate]
            users = np.flatnonzero(column)
            if not len(users):
                runs[plate] = least
                continue
            count = column[users]
            rest = demands[users] - slots[users] @ runs + count * runs[plate]
            runs[plate] = max(least, int((-(-rest // count)).max()))
        if int(runs.sum()) == before:
            break
    return runs


def with_traded_runs(instance: Instance, solution: Solution) -> Solution:
    """The solution with its runs traded (see `traded`)."""
    slots = np.array(
        [[batch.get(index, 0) for batch, _ in solution] for index in range(len(instance.demand))], np.int64
    )
    ceilings = None if instance.ceiling is None else np.array(instance.ceiling, dtype=np.int64)
    runs = np.array([run for _, run in solution], dtype=np.int64)
    demands = np.array(instance.demand, dtype=np.int64)
    return solution_of(slots, traded(slots, runs, demands, ceilings, instance.least_run))


def traded(slots: Ints, runs: Ints, demands: Ints, ceilings: Ints | None, least: int) -> Ints:
    """Runs with fewer packs on the same stations: one run is made shorter and another as little longer as will do.

    Pair by pair, each at its best, until no pair gains: nearly what the integer programme over all runs would give.
    """
    runs = runs.copy()
    plates = len(runs)
    for _ in range(_TRADES):
        before = int(runs.sum())
        for one in range(plates):
            for other in range(plates):
                if one != other:
                    _trade(slots, runs, demands, ceilings, least, one, other)
        if int(runs.sum()) == before:
            break
    return runs


def _trade(slots: Ints, runs: Ints, demands: Ints, ceilings: Ints | None, least: int, one: int, other: int) -> None:
    """Shorten run `one` at the cost of run `other`, by the best of some steps."""
    steps = np.unique(
        np.minimum(np.geomspace(1, max(1, int(runs[one]) - least + 1), 24).astype(np.int64), runs[one] - least)
    )
    steps = steps[steps > 0]
    made = slots @ runs
    slack = (made - demands)[:, None] - slots[:, one : one + 1] * steps[None, :]
    count = slots[:, other : other + 1]
    longer = np.where(count > 0, -(slack // np.maximum(count, 1)), np.where(slack < 0, 1 << 40, 0)).max(
        axis=0, initial=0
    )
    gains = steps - longer
    if ceilings is not None:
        grown = made[:, None] - slots[:, one : one + 1] * steps[None, :] + count * np.minimum(longer, 1 << 30)[None, :]
        gains[(grown > ceilings[:, None]).any(axis=0)] = 0
    best = int(gains.argmax()) if len(gains) else 0
    if len(gains) and gains[best] > 0:
        runs[one] -= steps[best]
        runs[other] += longer[best]


def solution_of(slots: Ints, runs: Ints) -> Solution:
    """Stations `[design, plate set]` and runs as a solution."""
    return [
        ({int(row): int(slots[row, plate]) for row in slots[:, plate].nonzero()[0]}, int(runs[plate]))
        for plate in range(len(runs))
    ]
