"""Lagrangian bound by counting amounts: a few runs can make only so many different sums.

With P plate sets, a design on one station gets one of P amounts, the runs; on two stations one of P·(P + 1)/2, the
sums of two runs; on three one of P·(P + 1)·(P + 2)/6. And where the runs sum to K, all sums of two sum to (P + 1)·K,
and those of three to (P + 1)·(P + 2)/2·K. Relaxed: amounts may be chosen freely within these counts and sums, and a
design on four stations or more wastes nothing. Prices on stations, on amounts and on their sizes turn the rules into
costs, and one pass of dynamic programming over the designs in falling order of demand finds the least cost: valid at
every price. Goes further than `grouping` where designs have two stations or more, and takes longer. An amount serves no
design whose ceiling it exceeds. Finds no plans.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from keytag.solver.arrays import Floats
from keytag.solver.bound.grouping import Bounds, whole
from keytag.solver.instance import Instance
from keytag.solver.work import Work

_SAFETY = 1e-9  # relative to the sums of all terms, whose rounding is under 1e-12
_FAR = 1e15
_CELLS_PER_ITERATION = 2_500
_SCARCE = 1.3  # stations for a design, up to which the grouping bound is as good; first set with `classes`
_KINDS = (1, 2, 3)  # stations of a design, with amounts of their own

Place = tuple[int, int, int]
"""Which amounts hold just now, one of each kind: of the design so many before this one; 0 for none."""


class Prices(NamedTuple):
    """What a station costs, an amount of each kind, and each copy in the size of an amount; all in copies."""

    station: float
    amounts: tuple[float, ...]
    sizes: tuple[float, ...]


class Relaxed(NamedTuple):
    """The least cost at some prices, and what it uses: stations, and of each kind the amounts and their sum."""

    cost: float
    stations: int
    amounts: tuple[int, ...]
    sizes: tuple[float, ...]


class Amounts:
    """The relaxed problem of one list of demands."""

    def __init__(self, demands: Sequence[int], stations: int, ceilings: Sequence[int] | None = None) -> None:
        self.demands = np.array(sorted(demands, reverse=True), dtype=np.float64)
        # Ceilings fall with demands, so that they are in falling order too.
        self.ceilings = None if ceilings is None else np.array(sorted(ceilings, reverse=True), dtype=np.float64)
        self.stations = stations
        self.total = float(sum(demands))
        self.cells = 0
        """Cells of tables filled so far."""

    def relaxed(self, prices: Prices) -> Relaxed:
        """The least waste plus the price of all that is used, in copies.

        Each design takes one of the amounts that hold, all demands of designs before it, or begins a new amount, or
        stands on four stations without waste. An amount whose waste has come to cost more than beginning a new one, or
        than another station, is let go: no solution gets worse by that.
        """
        demands, station = self.demands, prices.station
        opening = [price + size * demands for price, size in zip(prices.amounts, prices.sizes, strict=True)]
        windows = [
            self._window(np.minimum(cost, (4 - kind) * station)) for kind, cost in zip(_KINDS, opening, strict=True)
        ]
        table = np.full([width + 1 for width in windows], _FAR)
        table[0, 0, 0] = 0.0
        tables = []
        for index in range(len(demands)):
            self.cells += table.size
            one, two, three = self._pays(index, windows, station)
            pays = np.minimum(one[:, None], two[None, :])
            stay = table + np.minimum(pays[:, :, None], np.minimum(three, 4 * station))
            follow = _shift(_shift(_shift(stay, 0), 1), 2)
            # A new amount serves this design, unless one that holds does so on fewer stations for less.
            begun = (
                table.min(axis=0) + (opening[0][index] + station),
                table.min(axis=1) + opening[1][index] + np.minimum(one, 2 * station)[:, None],
                table.min(axis=2) + opening[2][index] + np.minimum(pays, 3 * station),
            )
            for axis, part in enumerate(begun):
                target = follow[(slice(None),) * axis + (1,)]
                np.minimum(target, _shift(_shift(part, 0), 1), out=target)
            tables.append(table)
            table = follow
        return self._read(tables, table, windows, station)

    def _window(self, limit: Floats) -> int:
        """How many designs back an amount may hold whose waste is under `limit`."""
        first = np.searchsorted(-self.demands, -(self.demands + limit), side="right")
        return max(1, int((np.arange(len(self.demands)) - first).max()))

    def _pays(self, index: int, windows: Sequence[int], station: float) -> list[Floats]:
        """What this design costs with each amount that may hold, kind by kind; the first place is for none."""
        pays = []
        for kind, width in zip(_KINDS, windows, strict=True):
            pay = np.full(width + 1, _FAR)
            known = min(width, index)
            held = self.demands[index - known : index][::-1]
            pay[1 : known + 1] = held - self.demands[index] + kind * station
            if self.ceilings is not None:
                pay[1 : known + 1][held > self.ceilings[index]] = _FAR
            pays.append(pay)
        return pays

    def _read(self, tables: list[Floats], last: Floats, windows: Sequence[int], station: float) -> Relaxed:
        """What the cheapest way through all tables uses, read backwards."""
        found = int(last.argmin())
        place: Place = tuple(int(part) for part in np.unravel_index(found, last.shape))  # type: ignore[assignment]
        used, amounts, sizes = 0, [0, 0, 0], [0.0, 0.0, 0.0]
        for index in range(len(tables) - 1, -1, -1):
            table = tables[index]
            pays = [pay.tolist() for pay in self._pays(index, windows, station)]
            before: list[range | tuple[int, ...]] = [
                (0, width) if at == 0 else (at - 1,) for at, width in zip(place, windows, strict=True)
            ]
            begun = next((axis for axis, at in enumerate(place) if at == 1), None)
            if begun is not None:
                before[begun] = range(windows[begun] + 1)
            best, stations = math.inf, 0
            for a in before[0]:
                for b in before[1]:
                    for c in before[2]:
                        choices = [pays[0][a], pays[1][b], pays[2][c], 4 * station]
                        if begun is not None:
                            choices[begun:] = [(begun + 1) * station]
                        pay = min(choices)
                        if table[a, b, c] + pay < best:
                            best, stations, place = float(table[a, b, c]) + pay, choices.index(pay) + 1, (a, b, c)
            used += stations
            if begun is not None:
                amounts[begun] += 1
                sizes[begun] += float(self.demands[index])
        return Relaxed(float(last.flat[found]), used, tuple(amounts), tuple(sizes))

    def packs(self, plates: int, rounds: int, enough: float = math.inf, work: Work | None = None) -> int:
        """The packs that are proven for so many plate sets, by a climb of up to so many rounds or to `enough`."""
        work = work or Work(math.inf)
        room = plates * self.stations
        counts = (plates, plates * (plates + 1) // 2, plates * (plates + 1) * (plates + 2) // 6)
        # Sums of amounts, in packs: each run stands in so many.
        shares = tuple(kind * count / plates for kind, count in zip(_KINDS, counts, strict=True))
        proven = self.total / self.stations
        if room >= 4 * len(self.demands):
            return whole(proven)
        guess = max(1.0, float(self.demands[0]) / (4 * plates))
        prices = Prices(guess / 4, (guess / 2, guess / 5, guess / 20), (0.05, 0.02, 0.005))
        best, pace, stale = prices, 1.0, 0
        for _ in range(rounds):
            before = self.cells
            found = self.relaxed(prices)
            work.spend(3.0 * len(self.demands) + (self.cells - before) / _CELLS_PER_ITERATION)
            paid = prices.station * room + sum(p * n for p, n in zip(prices.amounts, counts, strict=True))
            slope = sum(price * share for price, share in zip(prices.sizes, shares, strict=True))
            # packs·stations − total is the waste there may be; it is at least cost − paid − slope·packs.
            value = found.cost - paid - _SAFETY * (found.cost + paid + self.total)
            packs = (value + self.total) / (self.stations + slope)
            if packs > proven:
                proven, best, stale = packs, prices, 0
            else:
                stale += 1
            if work.over or proven > enough:
                break
            if stale >= 5:
                pace, stale, prices = pace * 0.6, 0, best
                continue
            prices = _moved(prices, found, room, counts, [share * proven for share in shares], pace)
        return whole(proven)


def _shift(table: Floats, axis: int) -> Floats:
    """The table seen from the next design: what held at n holds at n + 1, and the oldest is let go."""
    view = np.moveaxis(table, axis, 0)
    moved = np.empty_like(table)
    target = np.moveaxis(moved, axis, 0)
    target[0] = np.minimum(view[0], view[-1])
    target[1] = _FAR
    target[2:] = view[1:-1]
    return moved


def _moved(
    prices: Prices, found: Relaxed, room: int, counts: Sequence[int], sums: Sequence[float], pace: float
) -> Prices:
    """Prices moved by the share by which what they price is used too much or too little."""

    def move(price: float, least: float, weight: float, used: float, limit: float) -> float:
        return max(price, least) * (1 + max(-0.5, min(0.5, pace * weight * (used / limit - 1))))

    amounts = [move(p, 0.01, 0.5, n, k) for p, n, k in zip(prices.amounts, found.amounts, counts, strict=True)]
    sizes = [move(p, 1e-5, 0.5, n, k) for p, n, k in zip(prices.sizes, found.sizes, sums, strict=True)]
    return Prices(move(prices.station, 0.01, 4.0, found.stations, room), tuple(amounts), tuple(sizes))


def raise_by_amounts(instance: Instance, bounds: Bounds, cost: float, work: Work, rounds: int) -> None:
    """Raise the lowest of the bounds, one number of plate sets after the other, with up to so many rounds for each.

    Ends with the first that cannot be raised: what lies above it is of no use before.
    """
    amounts = Amounts(instance.demand, instance.stations, instance.ceiling)
    tried: set[int] = set()
    while not work.over:
        plates, price = bounds.lowest(instance, cost)
        # With few stations for each design the grouping is as good, and with one or two plate sets there are proofs.
        if (
            price >= cost
            or plates in tried
            or plates < 3
            or plates * instance.stations < _SCARCE * len(instance.demand)
        ):
            return
        tried.add(plates)
        beaten = (cost - instance.price(plates, 0)) / instance.pack_cost if instance.pack_cost else math.inf
        bounds.raise_to(plates, amounts.packs(plates, rounds, beaten, work))
