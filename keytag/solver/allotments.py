"""Allotments, the columns of the assignment: how many stations of each plate set one design takes.

They are listed once for a number of plate sets, and sorted and priced for many run vectors at once. Sums are made
column by column, in plain IEEE arithmetic, so that results are the same on every machine.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

from keytag.solver.arrays import Floats, Ints

FAR = 10**9
"""More copies than an allotment may be said to make, see `in_order`."""


def priced(allotments: Ints, prices: Floats) -> Floats:
    """What the allotments cost at each list of prices, `[list, allotment]`, column by column."""
    cost = prices[:, :1] * allotments[:, 0]
    for plate in range(1, allotments.shape[1]):
        cost += prices[:, plate : plate + 1] * allotments[:, plate]
    return cost


def in_order(made: Ints, demands: Ints) -> tuple[Ints, Ints, Ints]:
    """For each list of what allotments make, `made[list, allotment]`: the allotments in rising order of it, what they
    make in that order, and for each demand the place of the first that makes it (the number of them, where none does).
    """
    order = np.argsort(made, axis=1, kind="stable")
    made = np.take_along_axis(made, order, 1)
    # One search for all lists: each stands in a range of its own.
    offset = np.arange(len(made), dtype=np.int64)[:, None]
    first = np.searchsorted((made + offset * FAR).ravel(), (demands + offset * FAR).ravel())
    return order, made, first.reshape(len(made), -1) - offset * made.shape[1]


def taken(allotments: Ints, chosen: Ints) -> Ints:
    """The stations that the allotments `chosen[list, design]` take of each plate set, `[list, plate set]`."""
    count, width = len(chosen), len(allotments)
    apart = chosen + np.arange(count)[:, None] * width
    return np.asarray(np.bincount(apart.ravel(), minlength=count * width).reshape(count, width) @ allotments)


def of_size(plates: int, count: int) -> Iterator[list[int]]:
    """All allotments of `count` stations."""
    for combination in itertools.combinations_with_replacement(range(plates), count):
        allotment = [0] * plates
        for plate in combination:
            allotment[plate] += 1
        yield allotment


def listed(plates: int, stations: int, most: int, deepest: int) -> list[list[int]]:
    """The allotments of 1, 2, 3 … stations, as long as there are no more than `most`; at least all of one and two.

    Beyond that, what stands on two plate sets only as long as there is room; then up to `deepest` stations of one plate
    set, which a large design needs.
    """
    found: list[list[int]] = []
    count = 0
    while count < plates * stations:
        count += 1
        if count > 2 and len(found) + math.comb(plates + count - 1, count) > most:
            break
        found.extend(allotment for allotment in of_size(plates, count) if max(allotment) <= stations)
    else:
        return found
    room = True
    for size in range(count, max(count, min(2 * stations, deepest)) + 1):
        room = room and len(found) + math.comb(plates, 2) * (size - 1) <= most
        for one, two in itertools.combinations(range(plates) if room else (), 2):
            for a in range(max(1, size - stations), min(size, stations + 1)):
                found.append([a if p == one else size - a if p == two else 0 for p in range(plates)])
        if size <= stations:
            found.extend([[size if p == plate else 0 for p in range(plates)] for plate in range(plates)])
    return found


class Corners:
    """What allotments make at the best point of a box of run lengths."""

    def __init__(self, allotments: Ints) -> None:
        self.allotments = allotments
        self._by_size = np.argsort(-allotments, axis=1, kind="stable")
        self._sorted = np.take_along_axis(allotments, self._by_size, axis=1)

    def most(self, low: Ints, high: Ints, packs: int) -> Ints:
        """What each allotment makes at the most, for runs between `low` and `high` that sum to `packs`.

        Of many boxes `[box, plate set]`, the answer is `[box, allotment]`.
        """
        made = low @ self.allotments.T
        spread = high - low
        room = np.full(made.shape, packs, dtype=np.int64) - low.sum(axis=-1, keepdims=True)
        for column in range(self.allotments.shape[1]):
            take = np.minimum(spread[..., self._by_size[:, column]], room)
            made += self._sorted[:, column] * take
            room -= take
        return made
