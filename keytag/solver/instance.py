"""A planning instance: designs and limits checked, and reduced to the numbers that every search works on.

Runs in a multiple m are planned in packs: a run of y packs makes a·y·m copies, so demands become ⌈d/m⌉ and a pack costs
m sheets; the reduction is exact. What no plan whatever can hold is refused here, in words. Nothing is searched.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from keytag.solver.model import Design, Limits, Plan, PlanError, PlateSet, most_allowed, price

MOST_STATIONS = 100_000
MOST_DESIGNS = 100_000
MOST_COPIES = 1_000_000_000

Batch = tuple[dict[int, int], int]
"""A plate set while it is searched for: stations by the index of the design, and the run in packs."""

Solution = list[Batch]
"""A plan while it is searched for."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Demands, runs and ceilings in packs; designs by their index; `clusters` are the designs that must stay together.

    `ceiling` has the most copies of each design (in whole packs) or is None; `apart` maps a design to those it may not
    meet. `most` is the greatest number of plate sets.
    """

    designs: tuple[Design, ...]
    limits: Limits
    demand: tuple[int, ...]
    stations: int
    plate_cost: float
    pack_cost: float
    least_run: int
    most: int
    ceiling: tuple[int, ...] | None
    apart: dict[int, frozenset[int]]
    clusters: tuple[tuple[int, ...], ...]

    @property
    def free(self) -> bool:
        """Whether no limit but the number and the length of the runs binds: any split of a design is allowed."""
        return self.ceiling is None and not self.apart and len(self.clusters) == len(self.demand)

    def price(self, plates: int, packs: int) -> float:
        """The cost in the limits' unit."""
        return price(self.limits, plates, packs * self.limits.run_multiple)

    def cost(self, solution: Solution) -> float:
        """The cost of plate sets."""
        return self.price(len(solution), sum(run for _, run in solution))

    def allows(self, solution: Solution) -> bool:
        """Whether `solution` makes every demand and holds every limit."""
        made, homes = [0] * len(self.demand), [set[int]() for _ in self.demand]
        for plate, (slots, run) in enumerate(solution):
            if sum(slots.values()) > self.stations or run < self.least_run:
                return False
            for index, count in slots.items():
                if count:
                    made[index] += count * run
                    homes[index].add(plate)
        if any(copies < demand for copies, demand in zip(made, self.demand, strict=True)):
            return False
        if self.ceiling is not None and any(c > most for c, most in zip(made, self.ceiling, strict=True)):
            return False
        if any(homes[index] & homes[other] for index, others in self.apart.items() for other in others):
            return False
        return all(len(set().union(*(homes[i] for i in c))) == 1 for c in self.clusters if len(c) > 1)

    def finish(self, solution: Solution, bound: float, method: str) -> Plan:
        """The public plan of `solution`, longest run first; the bound never exceeds the cost of a plan that exists."""
        plates = []
        for slots, run in solution:
            row = [0] * len(self.demand)
            for index, count in slots.items():
                row[index] = count
            plates.append(PlateSet(tuple(row), run * self.limits.run_multiple))
        plates.sort(key=lambda plate: (-plate.run, tuple(-count for count in plate.slots)))
        cost = self.cost(solution)
        return Plan(self.designs, self.limits, tuple(plates), cost, min(bound, cost), method)


def read_instance(designs: tuple[Design, ...], limits: Limits) -> Instance:
    """The job of `designs` within `limits`; `PlanError` where no plan can exist or the input makes no sense."""
    _check_designs(designs)
    _check_numbers(limits)
    place = {design.key: index for index, design in enumerate(designs)}
    _check_keys(limits, place)
    pack = limits.run_multiple
    demand = tuple(-(-design.demand // pack) for design in designs)
    least_run = -(-limits.min_run // pack)
    ceiling = _ceiling(designs, limits, least_run)
    clusters = _atoms(limits, place, len(designs))
    apart = _apart(limits, place)
    instance = Instance(
        designs=designs,
        limits=limits,
        demand=demand,
        stations=limits.stations,
        plate_cost=limits.plate_cost,
        pack_cost=limits.sheet_cost * pack,
        least_run=max(1, least_run),
        most=limits.max_plates if limits.max_plates is not None else sum(demand),
        ceiling=ceiling,
        apart=apart,
        clusters=clusters,
    )
    _check_possible(instance)
    return instance


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_designs(designs: tuple[Design, ...]) -> None:
    if not designs:
        raise PlanError("There is nothing to plan: no designs were given.")
    if len(designs) > MOST_DESIGNS:
        raise PlanError(f"{len(designs)} designs are too many to plan at once; at most {MOST_DESIGNS} can be.")
    seen: set[str] = set()
    for design in designs:
        if design.key in seen:
            raise PlanError(f"The design {design.key!r} is given twice; each needs one demand.")
        seen.add(design.key)
        if not _whole(design.demand) or design.demand < 1:
            raise PlanError(f"The demand of {design.key!r} is {design.demand}; it must be a whole number from 1 up.")
        if design.demand > MOST_COPIES:
            raise PlanError(f"The demand of {design.key!r} is {design.demand}; more than {MOST_COPIES} is absurd.")


def _check_numbers(limits: Limits) -> None:
    for name, value, least, most in (
        ("number of stations on a sheet", limits.stations, 1, MOST_STATIONS),
        ("shortest run", limits.min_run, 1, MOST_COPIES),
        ("multiple that runs go in", limits.run_multiple, 1, MOST_COPIES),
        ("greatest number of plate sets", limits.max_plates, 1, MOST_COPIES),
    ):
        if value is not None and (not _whole(value) or not least <= value <= most):
            raise PlanError(f"The {name} is {value}; it must be a whole number from {least} to {most}.")
    for name, cost in (("plate set", limits.plate_cost), ("sheet", limits.sheet_cost)):
        if not math.isfinite(cost) or cost < 0:
            raise PlanError(f"The cost of a {name} is {cost}; it must be nought or more.")
    if limits.plate_cost + limits.sheet_cost <= 0:
        raise PlanError("Plate sets and sheets both cost nothing, so every plan is as good as any other.")
    if limits.max_overs is not None and not 0 <= limits.max_overs < math.inf:
        raise PlanError(f"The limit on overs is {limits.max_overs}; it must be a fraction from 0 up, 0.1 for 10 %.")


def _check_keys(limits: Limits, place: dict[str, int]) -> None:
    for name, tuples in (("apart", limits.apart), ("together", limits.together)):
        for keys in tuples:
            for key in keys:
                if key not in place:
                    raise PlanError(f"The limit '{name}' names {key!r}, which is no design of this job.")
    for keys in limits.apart:
        for key in keys:
            if keys.count(key) > 1:
                raise PlanError(f"The limit 'apart' names {key!r} twice in one list; it cannot be apart from itself.")
    for plate in limits.fixed:
        for key, count in plate.slots:
            if key not in place:
                raise PlanError(f"The fixed plan names {key!r}, which is no design of this job.")
            if not _whole(count) or count < 0:
                raise PlanError(f"The fixed plan gives {key!r} {count} stations; it must be a whole number from 0 up.")


def _ceiling(designs: tuple[Design, ...], limits: Limits, least_run: int) -> tuple[int, ...] | None:
    if limits.max_overs is None:
        return None
    pack, most = limits.run_multiple, []
    for design in designs:
        allowed = most_allowed(design.demand, limits.max_overs)
        least = max(-(-design.demand // pack), least_run) * pack
        if least > allowed:
            if least_run * pack >= least and limits.min_run > allowed:
                why = f"the shortest run is {limits.min_run} sheets"
            elif pack > 1:
                why = f"runs go in multiples of {pack} sheets"
            else:
                why = f"the shortest run is {limits.min_run} sheets"
            raise PlanError(
                f"The limit of {100 * limits.max_overs:g} % overs cannot hold for {design.key!r}: {allowed} copies are "
                f"allowed, but {why}, so that at least {least} are made."
            )
        most.append(allowed // pack)
    return tuple(most)


def _atoms(limits: Limits, place: dict[str, int], count: int) -> tuple[tuple[int, ...], ...]:
    home = list(range(count))
    for keys in limits.together:
        roots = {home[place[key]] for key in keys}
        for index in range(count):
            if home[index] in roots:
                home[index] = min(roots)
    members: dict[int, list[int]] = {}
    for index, root in enumerate(home):
        members.setdefault(root, []).append(index)
    return tuple(tuple(group) for group in members.values())


def _apart(limits: Limits, place: dict[str, int]) -> dict[int, frozenset[int]]:
    foes: dict[int, set[int]] = {}
    for keys in limits.apart:
        group = {place[key] for key in keys}
        if len(group) > 1:
            for index in group:
                foes.setdefault(index, set()).update(group - {index})
    return {index: frozenset(others) for index, others in foes.items()}


def _check_possible(instance: Instance) -> None:
    name = [design.key for design in instance.designs]
    for cluster in instance.clusters:
        if len(cluster) > instance.stations:
            keys = ", ".join(name[index] for index in cluster[:4]) + (" …" if len(cluster) > 4 else "")
            raise PlanError(
                f"{len(cluster)} designs are to stay together on one plate set ({keys}), "
                f"but a sheet has only {instance.stations} stations."
            )
        for index in cluster:
            clash = instance.apart.get(index, frozenset()).intersection(cluster)
            if clash:
                raise PlanError(
                    f"{name[index]!r} and {name[min(clash)]!r} are to stay together and apart; both cannot hold."
                )
    needed = -(-len(instance.demand) // instance.stations)
    if instance.most < needed and instance.limits.max_plates is not None:
        raise PlanError(
            f"At most {instance.most} plate sets are allowed, but {len(instance.demand)} designs on "
            f"{instance.stations} stations need at least {needed}."
        )
    for rivals in instance.limits.apart:
        if instance.limits.max_plates is not None and len(rivals) > instance.most:
            raise PlanError(
                f"At most {instance.most} plate sets are allowed, but {len(rivals)} designs are to stay apart "
                f"from each other ({', '.join(rivals)})."
            )
