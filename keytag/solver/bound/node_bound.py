"""Node bound for boxes of run lengths, by Lagrangian relaxation: many boxes at once, pruned by prices on stations.

In a box an allotment can make no more than its best point in the box makes. If at some prices even so the designs
together cost more stations than there are, no runs in the box fit. Of allotments with more stations than are listed,
the listed part is priced in full and the rest at the cheapest price a copy of any plate set: that only weakens the
proof. The deciding sums have terms of one sign, and are compared with a margin a thousand times their rounding.
"""

from __future__ import annotations

import numpy as np

from keytag.solver.allotments import FAR, Corners, in_order, of_size, priced, taken
from keytag.solver.arrays import Flags, Floats, Ints
from keytag.solver.work import Work

_MOST_ALLOTMENTS = 260
_ROUNDS = 16
_MARGIN = 1e-9
_STEP, _SLOWER = 0.4, 0.8
_PATIENT, _SLOWER_YET = 80, 0.96  # for a single point, which cannot be halved
_LIGHT = 1.6
"""Rounds of a box among many that take as long as one round of pricing alone."""


class NodeBound:
    """The question for one list of demands, largest first, and one number of plate sets."""

    def __init__(self, demands: Ints, stations: int, plates: int) -> None:
        self.demands, self.stations = np.minimum(demands, FAR - 1), stations
        allotments, deepest = _listed(plates, stations)
        self.allotments: Ints = np.array(allotments, dtype=np.int64)
        self.open = self.allotments.sum(axis=1) >= deepest
        """The allotments that stand for all that begin with them."""
        self.amounts = Corners(self.allotments)
        self.wanted = demands.astype(np.float64)

    def pruned(
        self, low: Ints, high: Ints, packs: int, prices: Floats, work: Work, patient: bool = False
    ) -> tuple[Flags, Floats]:
        """Which boxes `[box, plate set]`, with runs that sum to `packs`, are ruled out; and the last prices of each."""
        made = np.minimum(self.amounts.most(low, high, packs), FAR - 1)
        count, width = made.shape
        order, made, first = in_order(made, self.demands)
        amount, endless = made.astype(np.float64), self.open[order]
        answer, last = np.zeros(count, dtype=np.bool_), prices.copy()
        active, step, light = np.arange(count), _STEP, 0
        for _ in range(_PATIENT if patient else _ROUNDS):
            light += len(active)
            rows = np.arange(len(active))
            base = rows[:, None] * width
            padded = base + rows[:, None]  # in tables with one more place in a row
            cost = priced(self.allotments, prices).take(order + base)
            none = np.full((len(active), 1), np.inf)
            least = np.concatenate((np.minimum.accumulate(cost[:, ::-1], axis=1)[:, ::-1], none), axis=1)
            rates = prices / high
            plate = rates.argmin(axis=1)
            rate = rates[rows, plate][:, None]
            begun = np.where(endless, cost - rate * amount, np.inf)
            tail = np.concatenate((none, np.minimum.accumulate(begun, axis=1)), axis=1)
            whole, part = least.take(first + padded), tail.take(first + padded) + rate * self.wanted
            paid = np.minimum(whole, part).sum(axis=1)
            out = paid > self.stations * prices.sum(axis=1) * (1 + _MARGIN)
            answer[active[out]] = True
            partial = part < whole
            at = np.where(cost <= least[:, :-1], np.arange(width), width - 1)
            at = np.minimum.accumulate(at[:, ::-1], axis=1)[:, ::-1]
            before = np.maximum.accumulate(np.where(begun <= tail[:, 1:], np.arange(width), 0), axis=1)
            place = np.where(
                partial, before.take(np.maximum(first - 1, 0) + base), at.take(np.minimum(first, width - 1) + base)
            )
            used = taken(self.allotments, order.take(place + base)).astype(np.float64)
            rest = np.where(partial, self.wanted - amount.take(place + base), 0.0).sum(axis=1)
            used[rows, plate] += np.maximum(0.0, rest / high[rows, plate])
            over = used - self.stations
            # Where these stations fit the best points of a box, no prices can rule it out.
            going = ~out & (over.max(axis=1) > 0)
            last[active] = prices
            if not going.any():
                break
            if not going.all():
                active, order, first, amount, endless = (
                    active[going], order[going], first[going], amount[going], endless[going],
                )  # fmt: skip
                over, prices, high = over[going], prices[going], high[going]
            prices = prices * (1 + np.clip(step * over / self.stations, -0.5, 0.5))
            prices = prices / prices.sum(axis=1, keepdims=True)
            last[active] = prices
            step *= _SLOWER_YET if patient else _SLOWER
        work.spend(max(3, light / _LIGHT))
        return answer, last


def _listed(plates: int, stations: int) -> tuple[list[list[int]], int]:
    """All allotments with up to so many stations as keeps them few, and that number; at least all with two."""
    allotments: list[list[int]] = []
    count, layer = 1, list(of_size(plates, 1))
    while True:
        following = list(of_size(plates, count + 1))
        allotments.extend(layer)
        if (count > 1 and len(allotments) + len(following) > _MOST_ALLOTMENTS) or count >= stations:
            return allotments, count
        layer, count = following, count + 1
