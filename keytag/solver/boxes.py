"""Proof that a few plate sets cannot print fewer than so many packs: all run lengths are ruled out, box by box.

For a total K the runs x₁ ≥ x₂ ≥ … with Σx = K are covered by boxes. Prices on stations rule out what they can
(`refute`), and what is left is halved. Longer runs never fit worse, so ruling out K rules out all below. Where plate
sets are few and small, `reach` decides what prices cannot, down to single points: then a plan with fewer packs is
either found or ruled out. Needs numpy.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from keytag.solver.bounds import PROVABLE, Bounds
from keytag.solver.job import Cell, Job
from keytag.solver.model import Stop
from keytag.solver.pair import Work
from keytag.solver.reach import Reach, small_enough
from keytag.solver.refute import Refuter

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

_AT_ONCE = 96  # boxes
_NARROW = 0.004  # of a run, from which on it is worth asking exactly
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
        if len(job.demand) > PROVABLE and known < level < beaten:
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
        self.plates, self.least = plates, least
        self.refuter = Refuter(self.demands, stations, plates)

    def rule_out(self, packs: int, work: Work, stop: Stop | None = None) -> bool:
        """Whether it is proven, within the budget, that no plan with at most `packs` packs exists."""
        import numpy as np

        plates = self.plates
        high = np.array([[(packs - self.least * (plates - 1 - p)) // (p + 1) for p in range(plates)]], dtype=np.int64)
        low = np.full((1, plates), self.least, dtype=np.int64)
        low[0, 0] = -(-packs // plates)
        todo = [(low, high, np.full((1, plates), 1 / plates))]
        self.found = None
        while todo:
            if stop and stop():
                return False
            # The last boxes first, many at a time, so that few are kept.
            low, high, prices = (np.concatenate(parts) for parts in zip(*todo, strict=True))
            todo = [(low[:-_AT_ONCE], high[:-_AT_ONCE], prices[:-_AT_ONCE])] if len(low) > _AT_ONCE else []
            kept, low, high = _shrunk(low[-_AT_ONCE:], high[-_AT_ONCE:], packs)
            prices = prices[-_AT_ONCE:][kept]
            if not len(low):
                continue
            refuted, prices = self.refuter.refuted(low, high, packs, prices, work)
            if refuted.all():
                continue
            if work.left <= 0:
                return False
            low, high, prices = low[~refuted], high[~refuted], prices[~refuted]
            if self.reach is not None:
                narrow: Flags = np.all(high - low <= _NARROW * high, axis=1)
                for row in np.flatnonzero(narrow).tolist():
                    narrow[row] = self._reached(self.reach, low[row], high[row], packs, work)
                low, high, prices = low[~narrow], high[~narrow], prices[~narrow]
            points = (high == low).all(axis=1)
            if points.any():
                part = low[points]
                if not self.refuter.refuted(part, part, packs, prices[points], work, patient=True)[0].all():
                    return False  # a single point is left that may fit, or does: then it was found
                low, high, prices = low[~points], high[~points], prices[~points]
            if not len(low):
                continue
            # Halve where a step matters most: somewhat more in proportion for the shorter runs, as trials showed.
            side = ((high - low) / np.sqrt(np.sqrt(high))).argmax(axis=1)
            rows = np.arange(len(low))
            middle = (low[rows, side] + high[rows, side]) // 2
            upper_low, lower_high = low.copy(), high.copy()
            upper_low[rows, side], lower_high[rows, side] = middle + 1, middle
            todo += [(upper_low, high, prices), (low, lower_high, prices)]
        return True

    def _reached(self, reach: Reach, low: Ints, high: Ints, packs: int, work: Work) -> bool:
        """Whether the box is ruled out exactly; the stations of a single point that fits are kept."""
        work.left -= reach.effort
        slots = reach.stations_for(low, high, packs)
        if slots is None:
            return True
        if (low == high).all():
            self.found = [
                ({self.order[row]: counts[p] for row, counts in enumerate(slots) if counts[p]}, int(low[p]))
                for p in range(self.plates)
            ]
        return False


def _shrunk(low: Ints, high: Ints, packs: int) -> tuple[Flags, Ints, Ints]:
    """The boxes cut to runs in falling order with the total `packs`: those of which something is left, and these."""
    import numpy as np

    low, high = low.copy(), high.copy()
    kept = np.ones(len(low), dtype=np.bool_)
    for _ in range(3):
        high = np.minimum.accumulate(high, axis=1)
        low = np.maximum.accumulate(low[:, ::-1], axis=1)[:, ::-1]
        bottom, top = low.sum(axis=1, keepdims=True), high.sum(axis=1, keepdims=True)
        kept &= ((bottom <= packs) & (top >= packs))[:, 0]
        high, low = np.minimum(high, packs - bottom + low), np.maximum(low, packs - top + high)
        kept &= (low <= high).all(axis=1)
    return kept, low[kept], high[kept]
