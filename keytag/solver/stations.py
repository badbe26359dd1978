"""Given the runs, which stations: a multiple-choice knapsack with one capacity a plate set, by prices on stations.

All ways to take a few stations are listed once; for given runs they are sorted by what they make, so that at any prices
the cheapest way to make each demand is one running minimum and one look-up. Prices move until no plate set is overfull;
the last few stations are found by exchanging single designs. Runs are another module's choice (`runs`). Needs numpy;
all arithmetic is exact or plain IEEE, so that results are the same on every machine.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.solver.job import Cell

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

FAR = 10**9
"""More copies than a way may be said to make, see `in_order`."""

_MOST_WAYS = 420
_ROUNDS = 60
_REPAIRS = 14


class Fit(NamedTuple):
    """Stations `[design, plate set]`, or None, and the prices at which the search for them ended."""

    slots: Ints | None
    prices: Floats


class Stations:
    """The fitting of demands (largest first) to runs, for one number of plate sets."""

    def __init__(self, demands: list[int], stations: int, plates: int, most_ways: int = _MOST_WAYS) -> None:
        import numpy as np

        self.demands = np.array(demands, dtype=np.int64)
        self.stations = stations
        self.plates = plates
        self.ways: Ints = np.array(ways_to_take(plates, stations, most_ways), dtype=np.int64)
        self.rounds = 0
        """Rounds of pricing done so far: the measure of work."""

    def fit(self, runs: Ints, prices: Floats) -> Fit:
        """Stations for `runs`, warm-started from `prices`; None where none were found."""
        import numpy as np

        made = self.ways @ runs
        order = np.argsort(-made, kind="stable")
        made, ways = made[order], self.ways[order]
        # The ways are in falling order of what they make: those up to `last` make the demand.
        last = np.searchsorted(-made, -self.demands, side="right") - 1
        if last[-1] < 0 or last.min() < 0:
            return Fit(None, prices)
        stations, places = self.stations, np.arange(len(made))
        floats = ways.astype(np.float64)
        best_over, best_choice, best_used = None, last, last
        step, start = 0.5, prices
        for _ in range(_ROUNDS):
            self.rounds += 1
            cost = (floats * prices).sum(axis=1)
            least = np.minimum.accumulate(cost)
            at = np.maximum.accumulate(np.where(cost <= least, places, 0))
            if least[last].sum() > stations * prices.sum() * (1 + 1e-9):
                return Fit(None, prices)  # more is needed than there is, at these prices and so at any
            choice = at[last]
            used = ways[choice].sum(axis=0)
            over = int(np.maximum(used - stations, 0).sum())
            if best_over is None or over < best_over:
                best_over, best_choice, best_used = over, choice, used
            if not over:
                break
            prices = prices * (1 + np.clip(step * (used - stations) / stations, -0.4, 0.4))
            prices = prices / prices.sum()
            step *= 0.96
        if not best_over:
            return Fit(ways[best_choice], prices)
        if best_over > max(4, stations * self.plates // 50):
            return Fit(None, start)
        return Fit(self._exchange(made, ways, priced(ways, prices[None, :])[0], best_choice, best_used), prices)

    def _exchange(self, made: Ints, ways: Ints, cost: Floats, choice: Ints, used: Ints) -> Ints | None:
        """Give single designs other ways until no plate set is overfull; None where that gets stuck."""
        import numpy as np

        choice = choice.copy()
        for _ in range(_REPAIRS):
            over = used - self.stations
            total = int(np.maximum(over, 0).sum())
            if not total:
                return np.asarray(ways[choice])
            self.rounds += 4
            rows = np.flatnonzero(ways[choice, int(over.argmax())])
            rest = used - ways[choice[rows]]
            excess = np.maximum(rest[:, None, :] + ways[None, :, :] - self.stations, 0).sum(axis=2).astype(np.float64)
            excess[made[None, :] < self.demands[rows][:, None]] = 1e9
            score = excess + 0.001 * self.stations * (cost[None, :] - cost[choice[rows]][:, None])
            row, way = divmod(int(score.argmin()), len(ways))
            if excess[row, way] >= total:
                return None
            used = rest[row] + ways[way]
            choice[rows[row]] = way
        return None


def tightened(slots: Ints, runs: Ints, demands: Ints, least: int) -> Ints:
    """Runs as short as these stations allow, one after the other, the shortest first, until none can be shortened."""
    import numpy as np

    runs = runs.copy()
    for _ in range(3):
        before = int(runs.sum())
        for plate in np.argsort(runs, kind="stable"):
            column = slots[:, plate]
            users = np.flatnonzero(column)
            if not len(users):
                runs[plate] = least
                continue
            count = column[users]
            rest = demands[users] - slots[users] @ runs + count * runs[plate]
            runs[plate] = max(least, int((-(-rest // count)).max()))
        if int(runs.sum()) == before:
            break
    return runs


def priced(ways: Ints, prices: Floats) -> Floats:
    """What the ways cost at each list of prices, `[list, way]`: column by column, alike on every machine."""
    cost = prices[:, :1] * ways[:, 0]
    for plate in range(1, ways.shape[1]):
        cost += prices[:, plate : plate + 1] * ways[:, plate]
    return cost


def in_order(made: Ints, demands: Ints) -> tuple[Ints, Ints, Ints]:
    """For each list of what ways make, `made[list, way]`: the ways in rising order of it, what they make in that order,
    and for each demand the place of the first that makes it (the number of ways, where none does)."""
    import numpy as np

    order = np.argsort(made, axis=1, kind="stable")
    made = np.take_along_axis(made, order, 1)
    # One search for all lists: each stands in a range of its own.
    offset = np.arange(len(made), dtype=np.int64)[:, None]
    first = np.searchsorted((made + offset * FAR).ravel(), (demands + offset * FAR).ravel())
    return order, made, first.reshape(len(made), -1) - offset * made.shape[1]


def taken(ways: Ints, chosen: Ints) -> Ints:
    """The stations that the ways `chosen[list, design]` take of each plate set, `[list, plate set]`."""
    import numpy as np

    count, width = len(chosen), len(ways)
    apart = chosen + np.arange(count)[:, None] * width
    return np.asarray(np.bincount(apart.ravel(), minlength=count * width).reshape(count, width) @ ways)


def cells_of(slots: Ints, runs: Ints, order: list[int]) -> list[Cell]:
    """Stations `[row, plate set]` and runs as cells; `order` says which design a row is."""
    return [
        ({order[row]: int(slots[row, plate]) for row in slots[:, plate].nonzero()[0]}, int(runs[plate]))
        for plate in range(len(runs))
    ]


def ways_of(plates: int, count: int) -> Iterator[list[int]]:
    """All ways to take `count` stations."""
    for combination in itertools.combinations_with_replacement(range(plates), count):
        way = [0] * plates
        for plate in combination:
            way[plate] += 1
        yield way


def ways_to_take(plates: int, stations: int, most: int, deepest: int | None = None) -> list[list[int]]:
    """All ways to take 1, 2, 3 … stations, as long as there are no more than `most`; at least all of one and two.

    Beyond that, up to `deepest` stations of a single plate set, or else four times as many as the others have.
    """
    ways: list[list[int]] = []
    for count in range(1, plates * stations + 1):
        layer = []
        for way in ways_of(plates, count):
            if max(way) > stations:
                continue
            layer.append(way)
            if len(ways) + len(layer) > most and count > 2:
                break
        if count > 2 and len(ways) + len(layer) > most:
            # Of the many, keep many stations of one plate set: a large design needs them.
            for deeper in range(count, min(stations, 4 * count, deepest or stations) + 1):
                ways.extend([[deeper if p == plate else 0 for p in range(plates)] for plate in range(plates)])
            break
        ways.extend(layer)
    return ways
