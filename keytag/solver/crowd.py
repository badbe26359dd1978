"""Many lists of run lengths at once: how far each is from giving every design its stations.

For given runs and prices on stations, the cheapest ways to make all demands cost some sum; where it is above the
price of all stations there are, the runs do not do, and by how much says how far they are from it. That distance, at
the prices where it is largest, is what an annealing over runs can follow downhill (`chains`), while `stations`
settles which stations the designs really get. One pass over an array serves all lists. Needs numpy; sums are made
column by column and in plain IEEE arithmetic, so that results are the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.solver.stations import FAR, in_order, priced, taken, ways_to_take

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

_MOST_WAYS = 130
_SORTING = 2  # rounds that take as long as putting the ways in order
_STEP, _SLOWER = 0.15, 0.85
_LOWEST = 0.25  # of a plate set's share of the runs: with less, its price would take too long to come back
_NO_WAY = 1e3  # stations, for a demand that no listed way makes


class Lack(NamedTuple):
    """For each list of runs, in stations of one plate set: what it lacks at the least (less than 0: to spare), and the
    prices that show it."""

    stations: Floats
    prices: Floats


class Crowd:
    """The demands of one job for one number of plate sets."""

    def __init__(self, demands: list[int], stations: int, plates: int) -> None:
        import numpy as np

        self.demands = np.array(sorted(demands, reverse=True), dtype=np.int64)
        self.stations = stations
        deepest = 2 + 2 * max(demands) * plates * stations // sum(demands)  # stations that the largest demand may need
        self.ways: Ints = np.array(ways_to_take(plates, stations, _MOST_WAYS, deepest), dtype=np.int64)
        self.rounds = 0
        """Rounds of pricing, of one list each, done so far."""

    def lack(self, runs: Ints, prices: Floats, rounds: int, enough: Floats) -> Lack:
        """What `runs[list, plate set]` lack, in up to `rounds` rounds each; a list is left alone above its `enough`."""
        import numpy as np

        least = _LOWEST * runs / runs.sum(axis=1, keepdims=True)
        now = np.maximum(prices, least)
        now = now / now.sum(axis=1, keepdims=True)
        best, best_prices = np.full(len(runs), -np.inf), now.copy()
        order, _, first = in_order(np.minimum(runs @ self.ways.T, FAR - 1), self.demands)
        self.rounds += _SORTING * len(runs)
        active, step, width = np.arange(len(runs)), _STEP, len(self.ways)
        for turn in range(rounds):
            self.rounds += len(active)
            # Places in flat arrays: of the ways in order, and of the first that makes each demand.
            base = np.arange(len(active))[:, None] * width
            cost = priced(self.ways, now).take(order + base)
            cheapest = np.minimum.accumulate(cost[:, ::-1], axis=1)[:, ::-1]
            wanted = np.minimum(first, width - 1) + base
            paid = np.where(first < width, cheapest.take(wanted), _NO_WAY)
            value = paid.sum(axis=1) - self.stations
            better = value > best[active]
            best[active[better]], best_prices[active[better]] = value[better], now[better]
            going = value <= enough[active]
            if turn == rounds - 1 or not going.any():
                break
            if not going.all():
                active, order, first, now, least = active[going], order[going], first[going], now[going], least[going]
                cost, cheapest = cost[going], cheapest[going]
                wanted = wanted[going] - base[going] + base[: len(active)]
            over = self._used(order, cost, cheapest, wanted) - self.stations
            now = np.maximum(now * (1 + np.clip(step * over / self.stations, -0.4, 0.4)), least)
            now = now / now.sum(axis=1, keepdims=True)
            step *= _SLOWER
        return Lack(best, best_prices)

    def _used(self, order: Ints, cost: Floats, cheapest: Floats, wanted: Ints) -> Ints:
        """The stations that the cheapest ways take of each plate set."""
        import numpy as np

        count, width = order.shape
        at = np.where(cost <= cheapest, np.arange(width), width)
        at = np.minimum.accumulate(at[:, ::-1], axis=1)[:, ::-1]
        return taken(self.ways, order.take(at.take(wanted) + np.arange(count)[:, None] * width))
