"""Dynamic programming over the designs in order of demand: plate sets as groups of designs with like demands.

Every design stands on one plate set only here. That holds each limit with ease, and is a good start for the searches
that split designs over plate sets, which are other modules.
"""

from __future__ import annotations

from keytag.solver.instance import Instance, Solution
from keytag.solver.one_plate import batch, friends

_MANY = 2_500  # intervals, from which on numpy pays for its import


def ordered_clusters(instance: Instance) -> list[tuple[int, ...]]:
    """The designs that move as one, the largest demand first."""
    return sorted(instance.clusters, key=lambda cluster: (-max(instance.demand[index] for index in cluster), cluster))


def grouped(instance: Instance, most: int) -> dict[int, Solution]:
    """The best plans with 1, 2, … `most` plate sets whose groups are neighbours in the order of demand.

    Numbers of plate sets for which there is no such plan are missing.
    """
    clusters = ordered_clusters(instance)
    runs = _interval_runs(instance, clusters)
    count = len(clusters)
    infinite = float("inf")
    best: list[float] = [0.0] + [infinite] * count
    cuts: list[list[int]] = []
    plans: dict[int, Solution] = {}
    for plates in range(1, min(most, count) + 1):
        following, cut = [infinite] * (count + 1), [0] * (count + 1)
        for start in range(plates - 1, count):
            base = best[start]
            if base == infinite:
                continue
            for end, run in enumerate(runs[start], start + 1):
                if base + run < following[end]:
                    following[end], cut[end] = base + run, start
        best = following
        cuts.append(cut)
        if best[count] < infinite:
            plans[plates] = _read(instance, clusters, cuts)
    return plans


def _read(instance: Instance, clusters: list[tuple[int, ...]], cuts: list[list[int]]) -> Solution:
    end, solution = len(clusters), []
    for cut in reversed(cuts):
        found = batch(instance, [index for cluster in clusters[cut[end] : end] for index in cluster])
        assert found is not None
        solution.append(found)
        end = cut[end]
    return solution[::-1]


def cheapest_groups(instance: Instance) -> Solution | None:
    """The cheapest plan of neighbouring groups with any number of plate sets, for jobs of thousands of designs.

    None where limits leave no such plan.
    """
    clusters = ordered_clusters(instance)
    runs = _interval_runs(instance, clusters)
    count = len(clusters)
    best = [0.0] + [float("inf")] * count
    cut = [0] * (count + 1)
    plate, pack = instance.plate_cost, instance.pack_cost
    for start in range(count):
        base = best[start] + plate
        for end, run in enumerate(runs[start], start + 1):
            if base + pack * run < best[end]:
                best[end], cut[end] = base + pack * run, start
    if best[count] == float("inf"):
        return None
    solution, end = [], count
    while end:
        found = batch(instance, [index for cluster in clusters[cut[end] : end] for index in cluster])
        assert found is not None
        solution.append(found)
        end = cut[end]
    return solution[::-1]


def _interval_runs(instance: Instance, clusters: list[tuple[int, ...]]) -> list[list[float]]:
    """`[start][length - 1]`: the shortest run of the clusters from `start` on; infinity where a limit forbids it."""
    if instance.free:
        demands = [instance.demand[cluster[0]] for cluster in clusters]
        if len(clusters) * instance.stations > _MANY:
            return _free_runs_by_numpy(demands, instance.stations, instance.least_run)
        return _free_runs(demands, instance.stations, instance.least_run)
    table: list[list[float]] = []
    for start in range(len(clusters)):
        row: list[float] = []
        members: list[int] = []
        least = 0
        for cluster in clusters[start:]:
            members.extend(cluster)
            if len(members) > instance.stations or not friends(instance, members):
                break
            found = batch(instance, members, least)
            if found is None:
                break  # and none with more designs
            least = found[1]
            row.append(float(least))
        table.append(row)
    return table


def _free_runs(demands: list[int], stations: int, least: int) -> list[list[float]]:
    table: list[list[float]] = []
    for start in range(len(demands)):
        row: list[float] = []
        run, total = least, 0
        members: list[int] = []
        for demand in demands[start : start + stations]:
            members.append(demand)
            total += demand
            run = max(run, -(-total // stations))
            # The run only grows with the group; each step goes to the next end ⌈d/(k-1)⌉ at which a station is saved.
            while True:
                used = 0
                following = demands[start]
                for one in members:
                    need = -(-one // run)
                    used += need
                    if need > 1:
                        following = min(following, -(-one // (need - 1)))
                if used <= stations:
                    break
                run = following
            row.append(run)
        table.append(row)
    return table


def _free_runs_by_numpy(demands: list[int], stations: int, least: int) -> list[list[float]]:
    import numpy as np

    values = np.array(demands, dtype=np.int64)
    sums = np.concatenate(([0], np.cumsum(values)))
    count = len(demands)
    table: list[list[float]] = [[] for _ in demands]
    for length in range(1, min(stations, count) + 1):
        starts = count - length + 1
        windows = np.lib.stride_tricks.sliding_window_view(values, length)
        low = np.maximum(least, -(-(sums[length:] - sums[:-length]) // stations))
        high = np.maximum(low, values[:starts])
        while True:
            active = np.flatnonzero(low < high)
            if not len(active):
                break
            middle = (low[active] + high[active]) // 2
            fits = (-(-windows[active] // middle[:, None])).sum(axis=1) <= stations
            high[active] = np.where(fits, middle, high[active])
            low[active] = np.where(fits, low[active], middle + 1)
        for start, run in enumerate(low.tolist()):
            table[start].append(float(run))
    return table
