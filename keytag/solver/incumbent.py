"""The incumbents of a search: the best solution known for each number of plate sets, and the bounds beside them."""

from __future__ import annotations

from keytag.solver.bound.grouping import bound_of, bounds_of
from keytag.solver.instance import Instance, Solution
from keytag.solver.model import Plan


class Incumbents:
    """What is known of an instance so far."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.bounds = bounds_of(instance)
        self.found: dict[int, Solution] = {}
        self.method: dict[int, str] = {}
        self.proven = False
        """Whether all plans were tried, so that the best is optimal whatever the bounds say."""

    def offer(self, solution: Solution | None, method: str) -> bool:
        """Keep `solution` if it holds the limits and has fewer packs than what is known with as many plate sets."""
        if solution is None or len(solution) > self.instance.most:
            return False
        plates = len(solution)
        packs = sum(run for _, run in solution)
        if plates in self.found and packs >= sum(run for _, run in self.found[plates]):
            return False
        if not self.instance.allows(solution):
            return False  # the exact methods know of no limit but stations and runs
        self.found[plates], self.method[plates] = solution, method
        return True

    @property
    def best(self) -> Solution | None:
        """The cheapest known; of equal ones that with fewer plate sets."""
        if not self.found:
            return None
        return self.found[min(self.found, key=lambda plates: (self.instance.cost(self.found[plates]), plates))]

    def cost(self) -> float:
        """The cost of the best, or infinity."""
        best = self.best
        return float("inf") if best is None else self.instance.cost(best)

    def packs(self, plates: int) -> int | None:
        """The packs of the best with so many plate sets."""
        return sum(run for _, run in self.found[plates]) if plates in self.found else None

    def gap(self) -> float:
        """The cost over the bound, less one; nought where the best is proven best."""
        if self.proven:
            return 0.0
        bound = bound_of(self.instance, self.bounds, self.cost())
        return self.cost() / bound - 1 if bound else 0.0

    def hopeful(self) -> list[int]:
        """The known numbers of plate sets that may still beat the best, the most promising first."""
        instance, cost = self.instance, self.cost()
        ranked = []
        for plates, solution in self.found.items():
            bound = instance.price(plates, self.bounds.packs(plates))
            if bound < cost - 1e-9 * abs(cost):
                ranked.append((bound + instance.cost(solution), plates))
        return [plates for _, plates in sorted(ranked)]

    def plan(self) -> Plan:
        """The best as a public plan."""
        best = self.best
        assert best is not None
        bound = self.cost() if self.proven else bound_of(self.instance, self.bounds, self.cost())
        return self.instance.finish(best, bound, self.method[len(best)])
