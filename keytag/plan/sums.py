"""A proven bound from how few different amounts a few runs can make.

With P plate sets, a design on one station gets one of P amounts, the runs; a design on two stations one of P·(P + 1)/2
amounts, their sums. Relaxed: these amounts may be chosen freely, and a design on three stations or more wastes
nothing. Prices on stations and on amounts of either kind turn the counts into costs, and one pass of dynamic
programming over the designs in falling order of demand finds the least waste: a Lagrangian bound, valid at every
price. It goes further than the grouping of `bounds`, of which it is the next step, and takes longer. Needs numpy;
finds no plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from keytag.plan.bounds import Bounds, whole
from keytag.plan.job import Job

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

_SAFETY = 1e-9  # relative to the sums of all terms, whose rounding is under 1e-12
_FAR = 1e18


class Relaxed(NamedTuple):
    """The least cost at some prices, and what it uses: stations, amounts made by one and by two stations."""

    cost: float
    stations: int
    ones: int
    twos: int


class Sums:
    """The relaxed problem of one list of demands."""

    def __init__(self, demands: Sequence[int], stations: int) -> None:
        self.demands = sorted(demands, reverse=True)
        self.stations = stations
        self.prices: dict[int, tuple[float, float, float]] = {}

    def relaxed(self, station: float, one: float, two: float) -> Relaxed:
        """The least waste plus the price of stations and amounts, in copies.

        State: the amount that one station makes just now, and that of two; each is the demand of an earlier design, and
        a design either takes one of them, begins a new one, or stands on three stations without waste.
        """
        import numpy as np

        demands = np.array(self.demands, dtype=np.float64)
        count = len(demands)
        # place 0 is "no amount yet"; place i + 1 is the demand of design i
        amounts = np.concatenate(([_FAR], demands))
        best = np.full((count + 1, count + 1), _FAR)
        best[0, 0] = 0.0
        from_one = np.zeros((count, count + 1), dtype=np.int32)
        from_two = np.zeros((count, count + 1), dtype=np.int32)
        for i in range(count):
            part = best[: i + 1, : i + 1]
            rows, columns = part.argmin(axis=0), part.argmin(axis=1)
            from_one[i, : i + 1], from_two[i, : i + 1] = rows, columns
            opened_one = part[rows, np.arange(i + 1)] + (one + station)
            # a new amount for two stations serves this design, unless one station at the amount of just now is cheaper
            waste = amounts[: i + 1] - demands[i]
            opened_two = part[np.arange(i + 1), columns] + two + np.minimum(waste + station, 2 * station)
            pay = np.minimum(np.minimum((waste + station)[:, None], (waste + 2 * station)[None, :]), 3 * station)
            part += pay
            best[i + 1, : i + 1] = opened_one
            best[: i + 1, i + 1] = opened_two
        place = int(best.argmin())
        first, second = divmod(place, count + 1)
        cost = float(best[first, second])
        used = ones = twos = 0
        for i in range(count - 1, -1, -1):
            demand = self.demands[i]
            by_one = amounts[first] - demand + station
            by_two = amounts[second] - demand + 2 * station
            least = min(by_one, by_two, 3 * station)
            used += 1 if by_one == least else 2 if by_two == least else 3
            if first == i + 1:
                ones += 1
                first = int(from_one[i, second])
            elif second == i + 1:
                twos += 1
                second = int(from_two[i, first])
        return Relaxed(cost, used, ones, twos)

    def waste(self, plates: int, rounds: int, enough: float = _FAR) -> float:
        """The least waste, in copies, that is proven for so many plate sets; looking ends at `enough`."""
        pairs = plates * (plates + 1) // 2
        room = plates * self.stations
        total = sum(self.demands)
        if room >= 3 * len(self.demands):
            return 0.0
        guess = max(1.0, self.demands[0] / (4.0 * plates))
        prices = list(self.prices.get(plates, (guess / 2, guess, guess / 2)))
        best, best_prices = 0.0, prices
        pace, stale = 1.0, 0
        for _ in range(rounds):
            station, one, two = prices
            found = self.relaxed(station, one, two)
            paid = station * room + one * plates + two * pairs
            value = found.cost - paid - _SAFETY * (found.cost + paid + total)
            if value > best:
                best, best_prices, stale = value, prices, 0
                if best >= enough:
                    break
            else:
                stale += 1
                if stale >= 5:
                    pace, stale, prices = pace * 0.6, 0, list(best_prices)
                    continue
            excess = (found.stations / room - 1, found.ones / plates - 1, found.twos / pairs - 1)
            # steps in proportion: a price moves by the share by which its count is over or under
            prices = [
                max(price, 0.01) * (1 + max(-0.5, min(0.5, pace * weight * e)))
                for price, e, weight in zip(prices, excess, (4.0, 0.5, 0.5), strict=True)
            ]
        self.prices[plates] = (best_prices[0], best_prices[1], best_prices[2])
        return best

    def packs(self, plates: int, rounds: int) -> int:
        """The packs that are proven for so many plate sets."""
        return whole((sum(self.demands) + self.waste(plates, rounds)) / self.stations)


def raise_by_sums(job: Job, bounds: Bounds, cost: float, rounds: int) -> None:
    """Raise the bounds of all numbers of plate sets that might still beat `cost`, with so many rounds for each."""
    sums = Sums(job.demand, job.stations)
    plates = bounds.fewest
    while plates <= job.most and job.price(plates, bounds.least_packs(plates)) < cost:
        if plates > 2 and job.price(plates, bounds.packs(plates)) < cost:
            bounds.raise_to(plates, sums.packs(plates, rounds))
        plates += 1
