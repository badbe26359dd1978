"""Lagrangian relaxation of the assignment of stations, for many run vectors at once.

For given runs, each design chooses an allotment (how many stations of each plate set it takes) that makes its demand,
and the plate sets have only so many stations: a multiple-choice knapsack with one capacity a plate set. Relaxed:
stations have prices that sum to one, and each design takes its cheapest allotment. Where that costs more than all
stations there are, the runs cannot do, at any prices; by how much is the shortage, which an annealing over runs can
follow downhill. A subgradient method moves the prices. Limits: an allotment may not make more than the ceiling of its
design (a minimum over a window instead of a suffix of the allotments in order of what they make); designs that stay
together choose one plate set. Designs that stay apart are left to `assignment`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from keytag.solver.allotments import FAR, in_order, listed, priced, taken
from keytag.solver.arrays import Flags, Floats, Ints
from keytag.solver.instance import Instance

_STEP, _SLOWER = (
    0.15,
    0.85,
)  # mean gap of `benchmarks.solver.constants` with steps of 0.08, 0.3: 3.18 %, 3.31 % for 3.27 %
_LOWEST = 0.25  # of a plate set's share of the runs: with less, its price would take too long to come back


class Ready(NamedTuple):
    """Run vectors `[list, plate set]` made ready for pricing: the allotments in rising order of what they make."""

    order: Ints  # [list, place]: the allotment
    first: Ints  # [list, design]: the place of the first that makes the demand; the number of places where none does
    last: Ints | None  # [list, design]: the place after the last that does not make too much
    level: Ints | None  # [list, design]: the window's length as a power of two, rounded down
    needs: (
        Floats  # [list, cluster, plate set]: the stations that designs together take there; infinite where they cannot
    )

    def only(self, rows: Flags) -> Ready:
        """Some of the lists."""
        last = None if self.last is None else self.last[rows]
        level = None if self.level is None else self.level[rows]
        return Ready(self.order[rows], self.first[rows], last, level, self.needs[rows])


class Shortage(NamedTuple):
    """For each run vector: the stations it lacks at the least (less than 0: to spare), and the prices that show it."""

    stations: Floats
    prices: Floats
    effort: float  # in iterations


class Relaxation:
    """The relaxed assignment of one instance to so many plate sets, with at most about `most` allotments listed."""

    def __init__(self, instance: Instance, plates: int, most: int) -> None:
        demand = instance.demand
        clusters = [cluster for cluster in instance.clusters if len(cluster) > 1]
        fixed = {index for cluster in clusters for index in cluster}
        self.designs = sorted((i for i in range(len(demand)) if i not in fixed), key=lambda i: (-demand[i], i))
        """The designs that may stand on several plate sets, largest first."""
        self.clusters = clusters
        self.stations, self.plates = instance.stations, plates
        self._scratch: tuple[Floats, Ints] | None = None
        self.no_way = float(instance.stations)
        """What a design costs, in stations, whose demand no listed allotment makes."""
        self.demands: Ints = np.array([demand[i] for i in self.designs], dtype=np.int64)
        ceiling = instance.ceiling
        self.ceilings: Ints | None = None if ceiling is None else np.array([ceiling[i] for i in self.designs], np.int64)
        members = [index for cluster in clusters for index in cluster]
        self._members: Ints = np.array([demand[i] for i in members], dtype=np.int64)
        self._most_of: Ints | None = None if ceiling is None else np.array([ceiling[i] for i in members], np.int64)
        self._starts: Ints = np.cumsum([0, *(len(cluster) for cluster in clusters[:-1])], dtype=np.int64)
        largest = max(demand) * plates * self.stations // sum(demand)
        self.allotments: Ints = np.array(listed(plates, self.stations, most, 2 + 2 * largest), dtype=np.int64)

    def ready(self, runs: Ints) -> Ready:
        """Sort the allotments by what they make with each of `runs[list, plate set]`."""
        made = np.minimum(runs @ self.allotments.T, FAR - 1)
        order, made, first = in_order(made, self.demands)
        needs = self._needs(runs)
        if self.ceilings is None:
            return Ready(order, first, None, None, needs)
        offset = np.arange(len(made), dtype=np.int64)[:, None]
        last = np.searchsorted((made + offset * FAR).ravel(), (self.ceilings + offset * FAR).ravel(), side="right")
        last = last.reshape(len(made), -1) - offset * made.shape[1]
        level = np.frexp(np.maximum(last - first, 1))[1].astype(np.int64) - 1
        return Ready(order, first, last, level, needs)

    def _needs(self, runs: Ints) -> Floats:
        if not self.clusters:
            return np.zeros((len(runs), 0, self.plates))
        counts = -(-self._members[None, :, None] // runs[:, None, :])
        needs = counts.astype(np.float64)
        if self._most_of is not None:
            needs[counts * runs[:, None, :] > self._most_of[None, :, None]] = np.inf
        needs = np.add.reduceat(needs, self._starts, axis=1)
        needs[needs > self.stations] = np.inf
        return needs

    def priced(self, ready: Ready, prices: Floats) -> Pricing:
        """The cheapest choices at `prices[list, plate set]`."""
        if ready.last is None:
            return _Suffixes(self, ready, prices)
        return _Windows(self, ready, prices)

    def scratch(self, lists: int, levels: int) -> tuple[Floats, Ints]:
        """Room for a table of minima, kept from one pricing to the next: fresh memory takes longer than the sums."""
        if self._scratch is None or self._scratch[0].shape[0] < levels or self._scratch[0].shape[1] < lists:
            shape = (max(levels, 7), lists, len(self.allotments))
            self._scratch = (np.empty(shape), np.empty(shape, dtype=np.int64))
        return self._scratch

    def sorting(self, lists: int) -> float:
        """The iterations that `ready` takes; this and `pricing` were measured with n = 12 … 135 and P = 3 … 12."""
        return 0.8 + 0.001 * lists * (len(self.allotments) + len(self.demands))

    def pricing(self, lists: int) -> float:
        """The iterations that a round of pricing takes."""
        size = lists * (len(self.allotments) + len(self.demands))
        return 1.6 + 0.00055 * size if self.ceilings is None else 2.0 + 0.0009 * size

    def shortage(self, runs: Ints, prices: Floats, rounds: int, enough: Floats) -> Shortage:
        """What `runs` lack, in up to `rounds` rounds of pricing; a list is left alone once above its `enough`."""
        least = _LOWEST * runs / runs.sum(axis=1, keepdims=True)
        now = np.maximum(prices, least)
        now = now / now.sum(axis=1, keepdims=True)
        best, best_prices = np.full(len(runs), -np.inf), now.copy()
        ready = self.ready(runs)
        active, step, effort = np.arange(len(runs)), _STEP, self.sorting(len(runs))
        for turn in range(rounds):
            effort += self.pricing(len(active))
            pricing = self.priced(ready, now)
            value = pricing.paid - self.stations
            better = value > best[active]
            best[active[better]], best_prices[active[better]] = value[better], now[better]
            going = value <= enough[active]
            if turn == rounds - 1 or not going.any():
                break
            over = (pricing.used() - self.stations)[going]
            if not going.all():
                active, now, least, ready = active[going], now[going], least[going], ready.only(going)
            now = np.maximum(now * (1 + np.clip(step * over / self.stations, -0.4, 0.4)), least)
            now = now / now.sum(axis=1, keepdims=True)
            step *= _SLOWER
        return Shortage(best, best_prices, effort)


class Pricing:
    """The cheapest choices at some prices: `paid[list]` is what they cost, in stations."""

    def __init__(self, relaxation: Relaxation, ready: Ready, prices: Floats) -> None:
        self._relaxation, self._ready = relaxation, ready
        self._width = len(relaxation.allotments)
        self._base = np.arange(len(prices))[:, None] * self._width
        self._cost = priced(relaxation.allotments, prices).take(ready.order + self._base)
        paid = self._least().sum(axis=1)
        self.homes: Ints | None = None
        """`[list, cluster]`: the plate set of designs that stay together."""
        if ready.needs.shape[1]:
            cost = np.minimum(ready.needs * prices[:, None, :], relaxation.no_way)
            self.homes = cost.argmin(axis=2)
            paid = paid + cost.min(axis=2).sum(axis=1)
        self.paid: Floats = paid

    def _least(self) -> Floats:
        raise NotImplementedError

    def _places(self) -> Ints:
        raise NotImplementedError

    def chosen(self) -> Ints:
        """`[list, design]`: the allotments that are cheapest."""
        return self._ready.order.take(np.minimum(self._places(), self._width - 1) + self._base)

    def used(self) -> Ints:
        """`[list, plate set]`: the stations taken."""
        used = taken(self._relaxation.allotments, self.chosen())
        if self.homes is not None:
            needs = np.take_along_axis(self._ready.needs, self.homes[:, :, None], 2)[:, :, 0]
            taken_there = np.minimum(needs, 2 * self._relaxation.stations).astype(np.int64)
            for cluster in range(self.homes.shape[1]):
                used[np.arange(len(used)), self.homes[:, cluster]] += taken_there[:, cluster]
        return used


class _Suffixes(Pricing):
    """Where nothing is too much: the cheapest from a place on."""

    def _least(self) -> Floats:
        self._cheapest = np.minimum.accumulate(self._cost[:, ::-1], axis=1)[:, ::-1]
        self._wanted = np.minimum(self._ready.first, self._width - 1) + self._base
        return np.where(self._ready.first < self._width, self._cheapest.take(self._wanted), self._relaxation.no_way)

    def _places(self) -> Ints:
        at = np.where(self._cost <= self._cheapest, np.arange(self._width), self._width)
        at = np.minimum.accumulate(at[:, ::-1], axis=1)[:, ::-1]
        return np.asarray(at.take(self._wanted))


class _Windows(Pricing):
    """With ceilings: the cheapest between two places, by a table of minima over powers of two."""

    def _least(self) -> Floats:
        first, last, level = self._ready.first, self._ready.last, self._ready.level
        assert last is not None and level is not None
        table, where = self._relaxation.scratch(len(first), 1 + int(level.max(initial=0)))
        lists = len(first)
        table[0, :lists], where[0, :lists] = self._cost, np.arange(self._width)
        for power in range(1, int(level.max(initial=0)) + 1):
            reach = 1 << (power - 1)
            table[power, :lists], where[power, :lists] = table[power - 1, :lists], where[power - 1, :lists]
            right = table[power - 1, :lists, reach:]
            lower = right < table[power - 1, :lists, :-reach]
            np.copyto(table[power, :lists, :-reach], right, where=lower)
            np.copyto(where[power, :lists, :-reach], where[power - 1, :lists, reach:], where=lower)
        start = level * table[0].size + self._base
        left = start + np.minimum(first, self._width - 1)
        right = start + np.maximum(last - (1 << level), 0)
        table, where = table.ravel(), where.ravel()
        one, two = table.take(left), table.take(right)
        self._at = np.where(one <= two, where.take(left), where.take(right))
        return np.where(first < last, np.minimum(one, two), self._relaxation.no_way)

    def _places(self) -> Ints:
        return np.asarray(self._at)
