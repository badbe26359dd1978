"""An anytime schedule: an endless list of searches and proofs, each of a size of its own.

How much work there is decides only where the schedule ends, never what it does before; so more of it never gives a
dearer plan or a lower bound. First a scan over numbers of plate sets, then rounds of simulated annealing,
large-neighbourhood search and branch and bound, each round larger than the one before. All work is counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from keytag.solver.bound.grouping import MANY
from keytag.solver.exact.enumeration import exhaust
from keytag.solver.incumbent import Incumbents
from keytag.solver.instance import Solution
from keytag.solver.work import Work

# Sizes in iterations; what others would do, `python -m benchmarks.solver.constants` says.
_SCAN_MOST = 14  # plate sets; with more, vectors of runs have too many allotments to list
_FIRST = 1_600  # of the first annealing
_GROWTH = 1.6
_IDLE = 6  # rounds in a row that find nothing to try, one of each kind: later ones would find no more
_GLANCE = 900  # of an annealing with ceilings, which stands for the scan
_PROOF = 1_200  # of the first proof; of few designs the proof is the harder part, and gets thrice as much
_PROVABLE = 40
_HOT, _COOL = (0.06, 0.4), (0.008, 0.08)  # heat and spread of an annealing: from afar, and near a good plan
_MANY_PLATES = 5
_CLEARLY = 0.985  # of the best cost: what scanning must promise to be followed before anything else
_HOPELESS = 1.04  # of the best cost: what scanning and grouping say of a number of plate sets that is not annealed
_ENUMERATION = 200_000  # steps
_STEPS_PER_ITERATION = 40
_TINY = 12  # designs that enumeration may manage


def schedule_of(known: Incumbents, work: Work) -> Large | Schedule:
    """The schedule that suits the size of the instance; its `seed` may be changed between two searches."""
    return Large(known, work) if len(known.instance.demand) > MANY else Schedule(known, work)


class Large:
    """Large-neighbourhood search without end, for hundreds to thousands of designs."""

    def __init__(self, known: Incumbents, work: Work) -> None:
        self.known, self.work, self.seed = known, work, 1

    def run(self) -> Iterator[None]:
        """One search after the other, each from where the last one ended."""
        from keytag.solver.search.neighbourhoods import Neighbourhoods

        while self.known.best is not None and len(self.known.best) > 1:
            self.seed += 1
            part = Neighbourhoods(self.known.instance, self.known.best, self.seed)
            part.search(_FIRST, self.work, each=600)
            self.known.offer(part.solution, "neighbourhoods")
            yield


class Schedule:
    """The schedule of one instance of up to some hundred designs."""

    def __init__(self, known: Incumbents, work: Work) -> None:
        from keytag.solver.search.population import Population

        self.known, self.work, self.seed = known, work, 1
        self.instance = known.instance
        self.groups = dict(known.found)
        self._population = Population
        self.critical: dict[int, float] = {}
        """The price at which the relaxed assignment just has enough stations, by the number of plate sets."""

    def run(self) -> Iterator[None]:
        """All searches, one after the other."""
        self._scan()
        yield
        promising = self._promising()
        hope = min((self.critical[plates] for plates in promising if plates in self.critical), default=math.inf)
        if self._many() and hope > _CLEARLY * self.known.cost():
            self._neighbourhoods(_FIRST)
            yield
        for plates in promising[:2]:
            self._scale(plates)
            yield
        for plates in self._promising()[:1]:
            self._anneal(plates, _FIRST, _COOL)
            yield
        few = len(self.instance.demand) <= _PROVABLE
        self._prove(3 * _PROOF if few else _PROOF, bold=False)
        yield
        self._amounts(8, _FIRST)
        yield
        turn = idle = 0
        while idle < _IDLE:
            left = self.work.left
            yield from self._round(turn, _FIRST * _GROWTH**turn)
            turn += 1
            idle = idle + 1 if self.work.left == left else 0

    def _offer(self, solution: Solution | None, method: str) -> None:
        """Offer a solution, and if it is kept, once more with its runs traded."""
        from keytag.solver.search.assignment import with_traded_runs

        if self.known.offer(solution, method) and solution is not None and 1 < len(solution) <= _SCAN_MOST:
            self.work.spend(len(solution) ** 2 * (2.0 + 0.05 * len(self.instance.demand)))
            self.known.offer(with_traded_runs(self.instance, solution), method)

    def _many(self) -> bool:
        """Whether the best has so many plate sets that parts of it are planned anew rather than the whole."""
        best = self.known.best
        return best is not None and len(best) > _MANY_PLATES

    def _round(self, turn: int, size: float) -> Iterator[None]:
        known, instance = self.known, self.instance
        for rank, plates in enumerate(self._promising()[:3]):
            if turn % (rank + 1) == 0:
                if turn % 3 == 2:
                    self._anneal_many(plates, size)
                else:
                    self._anneal(plates, size, _HOT if turn % 3 == 0 else _COOL)
                yield
        if self._many() or turn % 2:
            self._neighbourhoods(size)
            yield
        few = len(instance.demand) <= _PROVABLE
        self._prove(1.5 * size if few else size / 2, bold=turn > 1)
        yield
        if len(instance.demand) <= _TINY and sum(instance.demand) // instance.stations <= 2_000:
            solution, known.proven = exhaust(instance, known.bounds, known.best, Work(_ENUMERATION * 2**turn))
            self.work.spend(_ENUMERATION * 2**turn / _STEPS_PER_ITERATION)
            self._offer(solution, "all plans tried")
            yield
        self._amounts(10 * (turn + 1), size / 2)
        yield

    def _promising(self) -> list[int]:
        """Numbers of plate sets that may beat the best and can be annealed, the most promising first."""
        known, instance = self.known, self.instance
        cost, ranked = known.cost(), []
        for plates in sorted({*self.critical, *(p for p in known.found if 2 <= p <= _SCAN_MOST)}):
            bound = instance.price(plates, known.bounds.packs(plates))
            if bound >= cost - 1e-9 * abs(cost):
                continue
            packs = known.packs(plates)
            hope = min(
                self.critical.get(plates, math.inf), math.inf if packs is None else instance.price(plates, packs)
            )
            if hope < _HOPELESS * cost:
                ranked.append((hope + 0.2 * bound, plates))
        return [plates for _, plates in sorted(ranked)]

    def _scan(self) -> None:
        """The critical price of one number of plate sets after the other, until it rises."""
        known, instance = self.known, self.instance
        best, worse, better = known.cost(), 0, False
        for plates in range(max(2, known.bounds.fewest), min(_SCAN_MOST, instance.most) + 1):
            if self.work.over or worse > 1:
                break
            if instance.price(plates, known.bounds.packs(plates)) >= known.cost():
                continue
            population = self._population(instance, plates, self.seed, known.found.get(plates))
            if instance.ceiling is None:
                population.scan(self.work)
                price = instance.price(plates, math.ceil(population.critical))
            else:
                population.reach_down()
                population.anneal(_GLANCE, self.work)
                self._offer(population.best, "annealed runs")
                packs = known.packs(plates)
                price = math.inf if packs is None else instance.price(plates, packs)
            self.critical[plates] = price
            better = better or price < best
            # With few plate sets ceilings leave no plan at all: only after the first good one it can become dearer.
            if price > best and (better or instance.ceiling is None):
                worse += 1
            best = min(best, price)

    def _scale(self, plates: int) -> None:
        """Plans at geometric sequences of runs, where the scan has found them to be of use."""
        if self.instance.ceiling is not None:
            self._anneal_many(plates, _FIRST)
        elif self.critical.get(plates, math.inf) < 1.01 * self.known.cost():
            population = self._population(self.instance, plates, self.seed, self.known.found.get(plates))
            population.scale(self.work)
            self._offer(population.best, "scaled runs")

    def _anneal(self, plates: int, size: float, heat: tuple[float, float]) -> None:
        from keytag.solver.search.annealing import Annealing

        # From afar, from the groups: an annealing seldom leaves the valley that another has cooled down in.
        start = self.groups.get(plates) if heat is _HOT else None
        start = start or self.known.found.get(plates)
        if start is None:
            return self._anneal_many(plates, size)
        self.seed += 1
        annealing = Annealing(self.instance, start, self.seed)
        annealing.heat, annealing.spread = heat
        annealing.anneal(size, self.work)
        self._offer(annealing.solution(), "annealed runs")

    def _anneal_many(self, plates: int, size: float) -> None:
        self.seed += 1
        population = self._population(self.instance, plates, self.seed, self.known.found.get(plates))
        if self.instance.ceiling is None:
            population.scale(self.work)
            population.spread(0.15)
            population.anneal(size, self.work, 0.5)
        else:
            population.reach_down()
            population.anneal(size, self.work)
        self._offer(population.best, "annealed runs")

    def _neighbourhoods(self, size: float) -> None:
        from keytag.solver.search.neighbourhoods import Neighbourhoods

        best = self.known.best
        if best is None or len(best) < 2:
            return
        self.seed += 1
        part = Neighbourhoods(self.instance, best, self.seed)
        part.search(size, self.work, each=max(120, size / 12))
        self._offer(part.solution, "neighbourhoods")

    def _prove(self, size: float, *, bold: bool) -> None:
        from keytag.solver.exact.branch_and_bound import tighten

        if not self.known.found:
            return  # there is nothing that a bound could be held against
        part = self.work.part(size)
        better = tighten(self.instance, self.known.bounds, self.known.cost(), part, bold)
        self.work.charge(part, size)
        self._offer(better, "branch and bound")

    def _amounts(self, rounds: int, size: float) -> None:
        from keytag.solver.bound.amounts import raise_by_amounts

        if not self.known.found:
            return
        part = self.work.part(size)
        raise_by_amounts(self.instance, self.known.bounds, self.known.cost(), part, rounds)
        self.work.charge(part, size)
