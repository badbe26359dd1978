"""Branch and bound for two plate sets: every pair of runs found or excluded.

For runs x₁ ≥ x₂ each design takes a₁ and a₂ stations with a₁·x₁ + a₂·x₂ ≥ d. Making either run longer never makes a fit
worse, so a total S is impossible once (x₁, S − x₁) fits for no x₁, and a whole range of x₁ is ruled out by its upper
corner. A fit is decided by prices on the stations of either plate set and, where they leave a doubt, by dynamic
programming over the stations of the first. Only demands and shortest runs are looked at, no other limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from keytag.solver.work import Work


class PairFit(NamedTuple):
    """Two runs and the stations (a₁, a₂) of each design."""

    runs: tuple[int, int]
    slots: list[tuple[int, int]]

    @property
    def packs(self) -> int:
        return self.runs[0] + self.runs[1]


def search_pair(
    demands: Sequence[int], stations: int, below: int, work: Work, least: int = 1, known: int = 0
) -> tuple[PairFit | None, bool]:
    """The fit with the fewest packs, fewer than `below` and at least `known`, and whether that is proven."""
    best: PairFit | None = None
    limit = below - 1
    floor = max(known, 2 * least, -(-sum(demands) // stations))
    # Ranges of the longer run still to be ruled out, as (low, high); wide ones are split.
    todo = [((floor + 1) // 2, limit - least)]
    while todo and limit >= floor:
        low, high = todo.pop()
        high = min(high, limit - least)  # the lower end stays: it matters again when the limit falls
        if low > high:
            continue
        slots = fit_pair(demands, stations, high, min(high, limit - low), work, exact=low == high)
        if work.left <= 0:
            return best, False
        if slots is None:
            continue
        if low == high:
            best = _tighten(demands, (high, limit - high), slots, least)
            limit = best.packs - 1
            todo.append((low, high))
            continue
        middle = (low + high) // 2
        todo.append((low, middle))
        todo.append((middle + 1, high))
    return best, True


def _tighten(demands: Sequence[int], runs: tuple[int, int], slots: list[tuple[int, int]], least: int) -> PairFit:
    """The same stations with runs as short as they allow, one after the other."""
    first, second = runs
    second = max([least] + [-(-(d - a * first) // b) for d, (a, b) in zip(demands, slots, strict=True) if b])
    first = max([least] + [-(-(d - b * second) // a) for d, (a, b) in zip(demands, slots, strict=True) if a])
    return PairFit((first, second), slots)


def fit_pair(
    demands: Sequence[int], stations: int, first: int, second: int, work: Work, exact: bool = True
) -> list[tuple[int, int]] | None:
    """Stations that make `demands` with these two runs, or None where there are none.

    Where not `exact`, a doubt that prices leave counts as a fit, and an empty list is returned.
    """
    options: list[list[tuple[int, int]]] = []
    steps = 0
    for demand in demands:
        rows: list[tuple[int, int]] = []
        last = -1
        for a in range(-(-demand // first) + 1):
            b = max(0, -(-(demand - a * first) // second))
            if b != last:
                rows.append((a, b))
                last = b
            if not b:
                break
        options.append(rows)
        steps += len(rows)
    if not work.spend(2 * steps):
        return None
    low, high = 0.0, 1.0
    theta = first / (first + second)
    for _ in range(9):
        chosen = []
        used_first = used_second = 0
        other = 1 - theta
        for rows in options:
            a, b = min(rows, key=lambda row: theta * row[0] + other * row[1])
            used_first += a
            used_second += b
            chosen.append((a, b))
        if not work.spend(3 * steps):
            return None
        if used_first <= stations and used_second <= stations:
            return chosen
        if theta * used_first + other * used_second > stations * (1 + 1e-9):
            return None
        if used_first > stations:
            low = theta
        else:
            high = theta
        theta = (low + high) / 2
    if not exact:
        return []
    if not work.spend(steps * (stations + 1) // 4):
        return None
    return _fit_exactly(options, stations)


def _fit_exactly(options: list[list[tuple[int, int]]], stations: int) -> list[tuple[int, int]] | None:
    """Dynamic programming: the fewest stations of the second plate set for each number used of the first."""
    none = stations + 1
    best = [0] + [none] * stations
    layers = []
    for rows in options:
        layers.append(best)
        following = [none] * (stations + 1)
        for a, b in rows:
            if a > stations:
                continue
            for used, value in enumerate(best[: stations + 1 - a], a):
                if value + b < following[used]:
                    following[used] = value + b
        best = following
    used = min(range(stations + 1), key=lambda index: best[index])
    if best[used] > stations:
        return None
    chosen = []
    rest = best[used]
    for rows, layer in zip(reversed(options), reversed(layers), strict=True):
        for a, b in rows:
            if a <= used and layer[used - a] + b == rest:
                chosen.append((a, b))
                used, rest = used - a, rest - b
                break
    return chosen[::-1]
