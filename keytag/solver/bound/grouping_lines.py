"""Lagrangian bound by grouping for thousands of designs: one pass at some prices bounds every number of plate sets.

The relaxation of `grouping`, passed over whole arrays: a pass at a price on stations and on plate sets gives a line
that bounds the packs of every number of plate sets, so that a few passes do for all. No plan is searched for.
"""

from __future__ import annotations

import numpy as np

from keytag.solver.arrays import Floats
from keytag.solver.bound.group_ends import group_ends
from keytag.solver.instance import Instance


def lines(instance: Instance) -> list[tuple[float, float]]:
    """Pairs (v, s) at a grid of prices: v − s·P is proven not to exceed the packs of any plan with P plate sets."""
    demands = np.array(sorted(instance.demand, reverse=True), dtype=np.float64)
    plate = instance.plate_cost / instance.pack_cost if instance.pack_cost else 0.0
    stations = instance.stations
    fewest = -(-len(demands) // stations)
    # A typical price: what a plate set costs, or the waste that the fewest plate sets must bring.
    natural = max(plate, float(demands.sum()) / stations / fewest / 50, 1e-6)
    ceilings = None if instance.ceiling is None else sorted(instance.ceiling, reverse=True)
    ends = group_ends(sorted(instance.demand, reverse=True), ceilings)
    found = []
    for beta in (1 / stations, 0.98 / stations, 0.94 / stations):
        for share in (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.4, 2.0, 4.0):
            mu = natural * share / stations
            lam = max(0.0, natural - mu * stations)
            found.append((_pass(demands, ends, stations, beta, mu, lam), mu * stations + lam))
    return found


def _pass(demands: Floats, ends: list[int], stations: int, beta: float, mu: float, lam: float) -> float:
    count = len(demands)
    best = np.full(count + stations + 1, np.inf)
    best[0] = 0.0
    sizes = np.arange(1, stations + 1, dtype=np.float64)
    lone = max(0.0, 1 - beta * stations)
    doubles = beta * demands + 2 * mu
    heads = lam + lone * demands
    each = beta * demands + mu
    for index in range(count):
        base = best[index]
        following = base + doubles[index]
        if following < best[index + 1]:
            best[index + 1] = following
        part = best[index + 1 : min(index + stations, ends[index]) + 1]
        np.minimum(part, (base + heads[index]) + each[index] * sizes[: len(part)], out=part)
    return float(best[count])
