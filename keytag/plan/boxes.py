"""Proof that a few plate sets cannot print fewer than so many packs: all run lengths are ruled out, box by box.

For a total K the runs x₁ ≥ x₂ ≥ … with Σx = K are covered by boxes. In a box, a way to take stations can make no more
than its best point in the box makes; if at some prices on stations even so the designs together cost more stations than
there are, no runs in the box fit. What is left is halved. Longer runs never fit worse, so ruling out K rules out all
below. Where plate sets are few and small, `reach` decides what prices cannot, down to single points: then a plan with
fewer packs is either found or ruled out.

Of ways with more stations than are listed, the listed part is priced in full and the rest at the cheapest price a copy
of any plate set: that only weakens the proof. The deciding sums have terms of one sign, and are compared with a margin
a thousand times their rounding. Needs numpy.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from keytag.plan.bounds import Bounds
from keytag.plan.job import Cell, Job
from keytag.plan.model import Stop
from keytag.plan.pair import Work
from keytag.plan.reach import Amounts, Reach, small_enough

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

_MOST_WAYS = 260
_ROUNDS = 16
_MARGIN = 1e-9


_NARROW = 0.05  # of a run, from which on it is worth asking exactly
_MANY = 40  # designs: with more, no proof reaches the plan that is known
_FEW = 6  # plate sets: with more, boxes are too many


def tighten(
    job: Job, bounds: Bounds, cost: float, work: Work, stop: Stop | None = None, bold: bool = False
) -> list[Cell] | None:
    """Raise the bounds that are lowest, one after the other, until one of them cannot be raised within the budget.

    `bold` tries at once to prove that nothing is cheaper than `cost`. Gives a plan that is cheaper where one turns up
    on the way, else None.
    """
    boxes: dict[int, Boxes] = {}
    better: list[Cell] | None = None
    tried: set[int] = set()
    while work.left > 0 and not (stop and stop()):
        plates, lowest, following = _lowest(job, bounds, cost)
        if lowest >= cost or plates > _FEW or plates < 2:
            return better
        if plates not in boxes:
            boxes[plates] = Boxes(list(job.demand), job.stations, plates, job.least_run)
        known = bounds.packs(plates)
        # The packs with which these plate sets would no longer be cheaper than the plan that is known.
        beaten = known + max(1, int((cost - lowest) / job.pack_cost)) if job.pack_cost else known + 1
        while beaten > known + 1 and job.price(plates, beaten - 1) >= cost:
            beaten -= 1
        # A proof takes hardly longer for more packs, until close to what can be printed: all at once where the budget
        # is large, else half way first.
        shares = (1.0, 0.6, 0.3, 0.1) if bold or plates in tried else (0.5, 0.25, 0.1)
        tried.add(plates)
        goals = [known + max(1, round((beaten - known) * share)) for share in shares]
        level = known + math.ceil((following - lowest) / job.pack_cost) if job.pack_cost else known
        if len(job.demand) > _MANY and known < level < beaten:
            # Above the next number of plate sets there is nothing to gain before that one is raised too.
            goals = [level]
        for goal in goals:
            part = Work(int(work.left * (0.9 if bold else 0.6)))
            before = part.left
            proven = boxes[plates].rule_out(goal - 1, part, stop)
            work.left -= max(1, before - part.left)
            if proven:
                bounds.raise_to(plates, goal)
                break
            found = boxes[plates].found
            if found is not None and job.cost(found) < cost:
                better, cost = found, job.cost(found)
                break
        else:
            return better
    return better


def _lowest(job: Job, bounds: Bounds, cost: float) -> tuple[int, float, float]:
    """The number of plate sets that may be cheapest, its least price, and the least of the others' up to `cost`."""
    plates, lowest, following = bounds.fewest, math.inf, cost
    trial = bounds.fewest
    while trial <= job.most and job.price(trial, bounds.least_packs(trial)) < cost:
        price = job.price(trial, bounds.packs(trial))
        if price < lowest:
            plates, lowest, following = trial, price, min(following, lowest)
        else:
            following = min(following, price)
        if bounds.packs(trial) == bounds.least_packs(trial):
            break
        trial += 1
    return plates, lowest, following


class Boxes:
    """The proofs for one number of plate sets and one list of demands."""

    def __init__(self, demands: list[int], stations: int, plates: int, least: int = 1) -> None:
        import numpy as np

        self.order = sorted(range(len(demands)), key=lambda index: (-demands[index], index))
        self.demands = np.array([demands[index] for index in self.order], dtype=np.int64)
        self.reach = Reach(self.demands, stations, plates) if small_enough(plates, stations) else None
        self.found: list[Cell] | None = None
        """The last plan that turned up."""
        self.stations, self.plates, self.least = stations, plates, least
        ways: list[list[int]] = []
        count = 1
        layer = _layer(plates, 1)
        while True:
            following = _layer(plates, count + 1)
            ways.extend(layer)
            if count > 1 and len(ways) + len(following) > _MOST_WAYS:
                break
            if count >= stations:
                break
            layer, count = following, count + 1
        self.ways: Ints = np.array(ways, dtype=np.int64)
        self.open = self.ways.sum(axis=1) >= count
        """The ways that stand for all that begin with them."""
        self.amounts = Amounts(self.ways)
        self.wanted = self.demands.astype(np.float64)

    def rule_out(self, packs: int, work: Work, stop: Stop | None = None) -> bool:
        """Whether it is proven, within the budget, that no plan with at most `packs` packs exists."""
        import numpy as np

        high = [(packs - self.least * (self.plates - 1 - p)) // (p + 1) for p in range(self.plates)]
        low = [self.least] * self.plates
        low[0] = -(-packs // self.plates)
        start = np.full(self.plates, 1 / self.plates)
        todo = [(low, high, start)]
        self.found = None
        while todo:
            if stop and stop():
                return False
            low, high, prices = todo.pop()
            box = self._shrunk(low, high, packs)
            if box is None:
                continue
            low, high = box
            refuted, prices = self._refuted(np.array(low), np.array(high), packs, prices, work)
            if refuted:
                continue
            if work.left <= 0:
                return False
            narrow = all(up - down <= _NARROW * up for down, up in zip(low, high, strict=True))
            if self.reach is not None and narrow and self._reached(self.reach, low, high, packs, work):
                continue
            # Halve where a step matters most: a run's length in proportion.
            widths = [(up - down) / up for down, up in zip(low, high, strict=True)]
            side = max(range(self.plates), key=lambda p: widths[p])
            if high[side] == low[side]:
                return False  # one single point is left that may fit, or does: then it was found
            middle = (low[side] + high[side]) // 2
            upper_low, lower_high = low.copy(), high.copy()
            upper_low[side], lower_high[side] = middle + 1, middle
            todo.append((upper_low, high, prices))
            todo.append((low, lower_high, prices))
        return True

    def _reached(self, reach: Reach, low: list[int], high: list[int], packs: int, work: Work) -> bool:
        """Whether the box is ruled out exactly; the stations of a single point that fits are kept."""
        import numpy as np

        work.left -= reach.effort
        slots = reach.stations_for(np.array(low), np.array(high), packs)
        if slots is None:
            return True
        if low == high:
            self.found = [
                ({self.order[row]: counts[p] for row, counts in enumerate(slots) if counts[p]}, low[p])
                for p in range(self.plates)
            ]
        return False

    def _shrunk(self, low: list[int], high: list[int], packs: int) -> tuple[list[int], list[int]] | None:
        """The box cut to runs in falling order with the total `packs`; None where nothing is left."""
        low, high = low.copy(), high.copy()
        plates = self.plates
        for _ in range(3):
            for p in range(1, plates):
                high[p] = min(high[p], high[p - 1])
            for p in range(plates - 2, -1, -1):
                low[p] = max(low[p], low[p + 1])
            bottom, top = sum(low), sum(high)
            if bottom > packs or top < packs:
                return None
            for p in range(plates):
                high[p] = min(high[p], packs - bottom + low[p])
                low[p] = max(low[p], packs - top + high[p])
            if any(down > up for down, up in zip(low, high, strict=True)):
                return None
        return low, high

    def _refuted(self, low: Ints, high: Ints, packs: int, prices: Floats, work: Work) -> tuple[bool, Floats]:
        import numpy as np

        made = self.amounts.most(low, high, packs)
        order = np.argsort(-made, kind="stable")
        made, ways, endless = made[order], self.ways[order].astype(np.float64), self.open[order]
        # Of the ways, in falling order of what they make, those before `cut` make the demand alone.
        cut = np.searchsorted(-made, -self.demands, side="right")
        amount = made.astype(np.float64)
        places = np.arange(len(made))
        stations, step = self.stations, 0.6
        rows = np.arange(len(cut))
        for _ in range(_ROUNDS):
            work.left -= 1
            cost = (ways * prices).sum(axis=1)
            least = np.concatenate(([np.inf], np.minimum.accumulate(cost)))
            rates = prices / high
            plate = int(rates.argmin())
            rate = float(rates[plate])
            begun = np.where(endless, cost - rate * amount, np.inf)
            tail = np.concatenate((np.minimum.accumulate(begun[::-1])[::-1], [np.inf]))
            whole, part = least[cut], tail[cut] + rate * self.wanted
            if np.minimum(whole, part).sum() > stations * prices.sum() * (1 + _MARGIN):
                return True, prices
            first = np.maximum.accumulate(np.where(cost <= least[1:], places, 0))
            after = np.where(begun <= tail[:-1], places, len(made) - 1)
            after = np.append(np.minimum.accumulate(after[::-1])[::-1], len(made) - 1)
            partial = part < whole
            choice = np.where(partial, after[cut], first[np.maximum(cut - 1, 0)])
            used = ways[choice].sum(axis=0)
            rest = np.where(partial, self.wanted - amount[choice], 0.0)[rows].sum() / high[plate]
            used[plate] += max(0.0, float(rest))
            over = used - stations
            if over.max() <= 0:
                return False, prices  # these stations do fit the best points: no prices can refute the box
            prices = prices * (1 + np.clip(step * over / stations, -0.5, 0.5))
            prices = prices / prices.sum()
            step *= 0.85
        return False, prices


def _layer(plates: int, count: int) -> list[list[int]]:
    layer = []
    for combination in itertools.combinations_with_replacement(range(plates), count):
        way = [0] * plates
        for plate in combination:
            way[plate] += 1
        layer.append(way)
    return layer
