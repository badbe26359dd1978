"""Branch and bound over run lengths: proof that a few plate sets cannot print fewer than so many packs.

For a total K the runs x₁ ≥ x₂ ≥ … with Σx = K are covered by boxes, the nodes. A node is pruned by prices on stations
(`bound.node_bound`), or else halved. Longer runs never fit worse, so excluding K excludes all below. Where plate sets
are few and small, dynamic programming (`reachable`) decides what prices cannot, down to single points: then a plan
with fewer packs is either found or excluded. Knows demands and shortest runs only: limits that forbid plans do not
break the proof.
"""

from __future__ import annotations

import math

import numpy as np

from keytag.solver.arrays import Flags, Ints
from keytag.solver.bound.grouping import Bounds
from keytag.solver.bound.node_bound import NodeBound
from keytag.solver.exact.reachable import Reachable, small_enough
from keytag.solver.instance import Instance, Solution
from keytag.solver.work import Work

_NODES_AT_ONCE = 96  # nodes
_NARROW = 0.004  # of a run, from which on it is worth asking exactly
PROVABLE = 40  # designs, up to which a proof may reach the plan that is known
_FEW = 6  # plate sets: with more, nodes are too many


def tighten(instance: Instance, bounds: Bounds, cost: float, work: Work, bold: bool = False) -> Solution | None:
    """Raise the bounds that are lowest, one after the other, until one of them cannot be raised within the budget.

    `bold` tries at once to prove that nothing is cheaper than `cost`. Gives a plan that is cheaper where one turns up
    on the way, else None.
    """
    nodes: dict[int, BranchAndBound] = {}
    better: Solution | None = None
    tried: set[int] = set()
    while not work.over:
        plates, lowest, following = bounds.lowest_two(instance, cost)
        if lowest >= cost or plates > _FEW or plates < 2:
            return better
        if plates not in nodes:
            nodes[plates] = BranchAndBound(list(instance.demand), instance.stations, plates, instance.least_run)
        known = bounds.packs(plates)
        # The packs with which these plate sets would no longer be cheaper than the plan that is known.
        beaten = known + max(1, int((cost - lowest) / instance.pack_cost)) if instance.pack_cost else known + 1
        while beaten > known + 1 and instance.price(plates, beaten - 1) >= cost:
            beaten -= 1
        # A proof takes hardly longer for more packs, until close to what can be printed: all at once where the budget
        # is large, else half way first.
        shares = (1.0, 0.6, 0.3, 0.1) if bold or plates in tried else (0.5, 0.25, 0.1)
        tried.add(plates)
        goals = [known + max(1, round((beaten - known) * share)) for share in shares]
        level = known + math.ceil((following - lowest) / instance.pack_cost) if instance.pack_cost else known
        if len(instance.demand) > PROVABLE and known < level < beaten:
            # Above the next number of plate sets there is nothing to gain before that one is raised too.
            goals = [level]
        for goal in goals:
            share = work.left * (0.9 if bold else 0.6)
            part = work.part(share)
            proven = nodes[plates].exclude(goal - 1, part)
            work.charge(part, share)
            work.spend(1)
            if proven:
                bounds.raise_to(plates, goal)
                break
            found = nodes[plates].found
            if found is not None and instance.cost(found) < cost:
                better, cost = found, instance.cost(found)
                break
        else:
            return better
    return better


class BranchAndBound:
    """The proofs for one number of plate sets and one list of demands."""

    def __init__(self, demands: list[int], stations: int, plates: int, least: int = 1) -> None:
        self.order = sorted(range(len(demands)), key=lambda index: (-demands[index], index))
        self.demands = np.array([demands[index] for index in self.order], dtype=np.int64)
        self.reach = Reachable(self.demands, stations, plates) if small_enough(plates, stations) else None
        self.found: Solution | None = None
        """The last plan that turned up."""
        self.plates, self.least = plates, least
        self.node_bound = NodeBound(self.demands, stations, plates)

    def exclude(self, packs: int, work: Work) -> bool:
        """Whether it is proven, within the budget, that no plan with at most `packs` packs exists."""
        plates = self.plates
        high = np.array([[(packs - self.least * (plates - 1 - p)) // (p + 1) for p in range(plates)]], dtype=np.int64)
        low = np.full((1, plates), self.least, dtype=np.int64)
        low[0, 0] = -(-packs // plates)
        todo = [(low, high, np.full((1, plates), 1 / plates))]
        self.found = None
        while todo:
            if work.over:
                return False
            # The last nodes first, many at a time, so that few are kept.
            low, high, prices = (np.concatenate(parts) for parts in zip(*todo, strict=True))
            todo = (
                [(low[:-_NODES_AT_ONCE], high[:-_NODES_AT_ONCE], prices[:-_NODES_AT_ONCE])]
                if len(low) > _NODES_AT_ONCE
                else []
            )
            kept, low, high = _shrunk(low[-_NODES_AT_ONCE:], high[-_NODES_AT_ONCE:], packs)
            prices = prices[-_NODES_AT_ONCE:][kept]
            if not len(low):
                continue
            pruned, prices = self.node_bound.pruned(low, high, packs, prices, work)
            if pruned.all():
                continue
            if work.left <= 0:
                return False
            low, high, prices = low[~pruned], high[~pruned], prices[~pruned]
            if self.reach is not None:
                narrow: Flags = np.all(high - low <= _NARROW * high, axis=1)
                for row in np.flatnonzero(narrow).tolist():
                    narrow[row] = self._reached(self.reach, low[row], high[row], packs, work)
                low, high, prices = low[~narrow], high[~narrow], prices[~narrow]
            points = (high == low).all(axis=1)
            if points.any():
                part = low[points]
                if not self.node_bound.pruned(part, part, packs, prices[points], work, patient=True)[0].all():
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

    def _reached(self, reach: Reachable, low: Ints, high: Ints, packs: int, work: Work) -> bool:
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
    """The nodes cut to runs in falling order with the total `packs`: those of which something is left, and these."""
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
