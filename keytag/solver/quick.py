"""The default plan: a few quick searches with fixed budgets, the best of what they find, and its bound.

Deterministic and without a solver. It holds all limits; where it cannot, it says which one.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.solver.bounds import MANY, bound_of, bounds_of
from keytag.solver.exhaustive import exhaust
from keytag.solver.groups import cheapest_groups, grouped
from keytag.solver.job import Cell, Job, read_job
from keytag.solver.model import Design, FixedPlate, Limits, Plan, PlanError, PlateSet, price, violations
from keytag.solver.pair import Work, search_pair
from keytag.solver.single import least_run

_PAIR_STEPS = 1_500_000
_TINY_STEPS = 200_000
_WALK_ROUNDS = 3_000
_BOX_ROUNDS = 1_200
_MANY_PLATES = 5  # with more, parts of a plan are planned anew rather than the whole


class Search:
    """What is known of a job so far: the best cells for each number of plate sets, and the bounds."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.bounds = bounds_of(job)
        self.found: dict[int, list[Cell]] = {}
        self.method: dict[int, str] = {}
        self.proven = False

    def offer(self, cells: list[Cell], method: str) -> bool:
        """Keep `cells` if they have fewer packs than what is known with as many plate sets."""
        plates = len(cells)
        if plates > self.job.most:
            return False
        packs = sum(run for _, run in cells)
        if plates in self.found and packs >= sum(run for _, run in self.found[plates]):
            return False
        self.found[plates], self.method[plates] = cells, method
        return True

    @property
    def best(self) -> list[Cell] | None:
        """The cheapest cells known; of equal ones those with fewer plate sets."""
        if not self.found:
            return None
        return self.found[min(self.found, key=lambda plates: (self.job.cost(self.found[plates]), plates))]

    def cost(self) -> float:
        """The cost of the best, or infinity."""
        best = self.best
        return float("inf") if best is None else self.job.cost(best)

    def gap(self) -> float:
        """The cost over the bound, less one; nought where the best is proven best."""
        bound = bound_of(self.job, self.bounds, self.cost())
        return self.cost() / bound - 1 if bound else 0.0

    def hopeful(self) -> list[int]:
        """The numbers of plate sets that may still beat the best, the most promising first."""
        job, cost = self.job, self.cost()
        ranked = []
        for plates, cells in self.found.items():
            bound = job.price(plates, self.bounds.packs(plates))
            if bound < cost - 1e-9 * abs(cost):
                ranked.append((bound + job.cost(cells), plates))
        return [plates for _, plates in sorted(ranked)]

    def plan(self) -> Plan:
        """The best as a public plan."""
        best = self.best
        assert best is not None
        bound = self.cost() if self.proven else bound_of(self.job, self.bounds, self.cost())
        return self.job.finish(best, bound, self.method[len(best)])


def plan(designs: Sequence[Design], limits: Limits) -> Plan:
    """The best plan found at once: every demand met, every limit held, with a proven bound.

    `PlanError` where the input makes no sense or a limit cannot hold.
    """
    job = read_job(tuple(designs), limits)
    if limits.fixed:
        return fixed_plan(job)
    return quick_search(job).plan()


def quick_search(job: Job) -> Search:
    """The quick searches; at least one plan is found, or `PlanError` raised."""
    search = Search(job)
    count = len(job.demand)
    if count <= MANY:
        most = min(job.most, 2 * search.bounds.fewest + 24)
        for cells in grouped(job, most).values():
            search.offer(cells, "groups")
    if count > MANY or not search.found:
        cells_of_any_number = cheapest_groups(job)
        if cells_of_any_number is not None:
            search.offer(cells_of_any_number, "groups")
    if job.free:
        if count <= job.stations:
            run = least_run(job.demand, job.stations, job.least_run)
            assert run is not None
            search.bounds.raise_to(1, run)
        _two_plates(search)
    small = sum(job.demand) // job.stations <= 200 and count <= 12
    if (small and search.gap() > 0) or not search.found:
        best, search.proven = exhaust(job, search.bounds, search.best, Work(_TINY_STEPS))
        if best is not None:
            search.offer(best, "all plans tried")
    if job.free and count <= MANY and not search.proven and search.gap() > 0:
        _walk(search)
        _box(search)
    if not search.found:
        raise _nothing(search)
    return search


def _two_plates(search: Search) -> None:
    job, bounds = search.job, search.bounds
    if not bounds.fewest <= 2 <= job.most or job.price(2, bounds.packs(2)) >= search.cost():
        return
    known = sum(run for _, run in search.found[2]) if 2 in search.found else 2 * max(job.demand) + 1
    work = Work(_PAIR_STEPS)
    fit, proven = search_pair(job.demand, job.stations, known, work, job.least_run, bounds.packs(2))
    if fit is not None:
        cells: list[Cell] = [
            ({index: pair[side] for index, pair in enumerate(fit.slots) if pair[side]}, fit.runs[side])
            for side in (0, 1)
        ]
        search.offer(cells, "two plate sets")
        known = fit.packs
    if proven:
        bounds.raise_to(2, known)


def _walk(search: Search) -> None:
    from keytag.solver.runs import RunSearch

    walks = {}
    for plates in search.hopeful()[:3]:
        walks[plates] = RunSearch(search.job, search.found[plates], seed=1)
        walks[plates].walk(_WALK_ROUNDS // 6)
        search.offer(walks[plates].cells(), "runs first")
    for plates in search.hopeful()[:1]:
        if plates in walks and plates <= _MANY_PLATES:
            walks[plates].walk(_WALK_ROUNDS // 2)
            search.offer(walks[plates].cells(), "runs first")
    best = search.best
    if best is not None and len(best) > _MANY_PLATES:
        from keytag.solver.large import Neighbourhoods

        part = Neighbourhoods(search.job, best)
        part.search(_WALK_ROUNDS // 2, rounds=120)
        search.offer(part.cells, "neighbourhoods")


def _box(search: Search) -> None:
    from keytag.solver.boxes import tighten

    better = tighten(search.job, search.bounds, search.cost(), Work(_BOX_ROUNDS))
    if better is not None:
        search.offer(better, "run lengths ruled out")


def _nothing(search: Search) -> PlanError:
    limits = search.job.limits
    parts = []
    if limits.max_plates is not None:
        parts.append(f"at most {limits.max_plates} plate sets")
    if limits.max_overs is not None:
        parts.append(f"at most {100 * limits.max_overs:g} % overs")
    if limits.apart:
        parts.append("the designs that must stay apart")
    if limits.together:
        parts.append("the designs that must stay together")
    if limits.min_run > 1:
        parts.append(f"runs of {limits.min_run} sheets or more")
    if limits.run_multiple > 1:
        parts.append(f"runs in multiples of {limits.run_multiple}")
    words = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else "the limits"
    if search.proven:
        return PlanError(f"No plan holds {words} at once: every one was tried.")
    return PlanError(f"No plan was found that holds {words} at once; allow more of one of them.")


def fixed_plan(job: Job) -> Plan:
    """The plan that `limits.fixed` gives, priced; `PlanError` names every demand and limit that it breaks."""
    place = {design.key: index for index, design in enumerate(job.designs)}
    plates = []
    for number, given in enumerate(job.limits.fixed, 1):
        row = [0] * len(job.designs)
        for key, count in given.slots:
            row[place[key]] += count
        if isinstance(given.run, bool) or not isinstance(given.run, int) or given.run < 1:
            raise PlanError(f"Plate set {number} of the fixed plan runs {given.run} sheets; it must be 1 or more.")
        plates.append(PlateSet(tuple(row), given.run))
    cost = price(job.limits, len(plates), sum(plate.run for plate in plates))
    result = Plan(job.designs, job.limits, tuple(plates), cost, min(cost, bound_of(job, ceiling=cost)), "fixed by hand")
    broken = violations(result)
    if broken:
        more = f" (and {len(broken) - 3} more)" if len(broken) > 3 else ""
        raise PlanError("The fixed plan cannot be printed: " + "; ".join(broken[:3]) + more + ".")
    return result


def ladder(designs: Sequence[Design], limits: Limits, most: int) -> tuple[Plan, ...]:
    """The best plan found with exactly 1, 2, 3 … `most` plate sets, each with the bound of its own number.

    Numbers with which no plan was found are left out; sheets never rise from one rung to the next.
    """
    job = read_job(tuple(designs), limits._replace(fixed=()))
    return rungs(quick_search(job), most)


def rungs(search: Search, most: int) -> tuple[Plan, ...]:
    """The ladder of a search."""
    job, plans = search.job, []
    before: list[Cell] | None = None
    for plates in range(1, min(most, job.most) + 1):
        split = _split(job, before) if before is not None else None
        if split is not None:
            search.offer(split, search.method[plates - 1])
        before = search.found.get(plates)
        if before is None:
            continue
        bound = job.price(plates, search.bounds.packs(plates))
        plans.append(job.finish(before, bound, search.method[plates]))
    return tuple(plans)


def _split(job: Job, cells: list[Cell]) -> list[Cell] | None:
    """The same sheets with one plate set more: the longest run is made as two."""
    if any(len(atom) > 1 for atom in job.atoms):
        return None  # designs kept together would stand on two plate sets
    longest = max(range(len(cells)), key=lambda position: cells[position][1])
    slots, run = cells[longest]
    first = run // 2
    if first < job.least_run:
        return None
    return [*cells[:longest], (slots, run - first), (dict(slots), first), *cells[longest + 1 :]]


__all__ = ["FixedPlate", "Search", "fixed_plan", "ladder", "plan", "quick_search", "rungs"]
