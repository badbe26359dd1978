"""Dynamic programming over counts of used stations, as the bits of one number: the assignment decided exactly.

What is used of plate set 1, 2, … are the digits of one number; the numbers that the designs so far can end in are the
bits of one whole number, and to give a design some stations is to shift it. For boxes of run lengths each allotment
counts with the most that it makes in the box, so that "no" excludes all of the box; of a single point the answer is
exact, and "yes" comes with the stations. Worth it while the plate sets are few and small.
"""

from __future__ import annotations

import itertools

import numpy as np

from keytag.solver.allotments import Corners
from keytag.solver.arrays import Ints

_MOST_STATES = 1_500_000
_MOST_ALLOTMENTS = 60_000


def small_enough(plates: int, stations: int) -> bool:
    """Whether so many plate sets take milliseconds."""
    return bool((2 * stations + 1) ** plates <= _MOST_STATES and (stations + 1) ** plates <= _MOST_ALLOTMENTS)


class Reachable:
    """The question for one list of demands (largest first) and one number of plate sets."""

    def __init__(self, demands: Ints, stations: int, plates: int) -> None:
        self.demands, self.stations = demands, stations
        self.allotments: Ints = np.array(list(itertools.product(range(stations + 1), repeat=plates)), dtype=np.int64)
        strides = [(stations + 1) ** (plates - 1 - p) for p in range(plates)]
        places = np.arange(len(self.allotments))
        # The allotment with one station fewer on a plate set; the empty allotment stands for "none of it to take away".
        self.fewer = [np.where(self.allotments[:, p] > 0, places - strides[p], 0) for p in range(plates)]
        radix = 2 * stations + 1  # so that a digit does not run over before what is too much is masked out
        self.weights = [radix**p for p in range(plates)]
        shifts = self.allotments @ np.array(self.weights, dtype=np.int64)
        self.shifts: list[int] = shifts.tolist()
        mask = (1 << (stations + 1)) - 1
        for weight in self.weights[1:]:
            block, mask = mask, 0
            for digit in range(stations + 1):
                mask |= block << (digit * weight)
        self.mask = mask
        self.effort = 1 + len(self.allotments) * len(demands) // 40_000 + self.mask.bit_length() // 40_000
        """What one question takes, in rounds of pricing."""
        self.amounts = Corners(self.allotments)

    def stations_for(self, low: Ints, high: Ints, packs: int) -> list[list[int]] | None:
        """Stations for each demand, with the most that the allotments make in the box; None where there are none."""
        made = self.amounts.most(low, high, packs)
        less = made[self.fewer[0]]
        for fewer in self.fewer[1:]:
            less = np.maximum(less, made[fewer])
        # Only allotments that would not do with one station fewer.
        offers = [np.flatnonzero((made >= demand) & (less < demand)).tolist() for demand in self.demands.tolist()]
        order = sorted(range(len(offers)), key=lambda row: len(offers[row]))
        stages = [1]
        state = 1
        for row in order:
            following = 0
            for allotment in offers[row]:
                following |= state << self.shifts[allotment]
            state = following & self.mask
            if not state:
                return None
            stages.append(state)
        at = state.bit_length() - 1
        answer: list[list[int]] = [[]] * len(offers)
        for place in range(len(order) - 1, -1, -1):
            row, before = order[place], stages[place]
            allotment = next(w for w in offers[row] if self.shifts[w] <= at and before >> (at - self.shifts[w]) & 1)
            answer[row] = self.allotments[allotment].tolist()
            at -= self.shifts[allotment]
        return answer
