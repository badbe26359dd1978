"""The values of gang-run planning: designs and limits in, a plan with its plate sets and its proven bound out.

Nothing here searches. A plan knows what it makes, wastes and costs, and which of its limits it breaks.
"""

from __future__ import annotations

from typing import NamedTuple


class PlanError(ValueError):
    """What was asked for cannot be planned: the sentence names the limit that cannot hold, and why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Design(NamedTuple):
    """One design to be printed; `demand` is in copies, with spoilage already added."""

    key: str
    demand: int


class FixedPlate(NamedTuple):
    """A plate set given by hand: the stations of each design, by its key, and the sheets to print."""

    slots: tuple[tuple[str, int], ...]
    run: int


class Limits(NamedTuple):
    """What a plan costs, and what it must hold to.

    `stations` are the *places* that a sheet has for designs: what a plan hands out, each giving one copy a sheet. A
    place is a station, or the pair of stations that carry one design where a single forme prints both sides; blocked
    ones are not counted. `plate_cost` (C1) is per plate set, `sheet_cost` (C2) per printed sheet, in one and the same
    unit. `max_overs` is a fraction of each design's demand. Designs named together in a tuple of `apart` share no plate
    set; those in a tuple of `together` stand on one plate set, the same for all of them. With `fixed`, nothing is
    searched for: the given plan is checked and priced.
    """

    stations: int
    plate_cost: float = 50.0
    sheet_cost: float = 1.0
    max_plates: int | None = None
    max_overs: float | None = None
    min_run: int = 1
    run_multiple: int = 1
    apart: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    fixed: tuple[FixedPlate, ...] = ()


class PlateSet(NamedTuple):
    """One plate set: how many stations each design has on it, in the designs' order, and the sheets printed of it."""

    slots: tuple[int, ...]
    run: int


class Plan(NamedTuple):
    """Plate sets that meet every demand; no plan within the limits costs less than `bound`, which is proven."""

    designs: tuple[Design, ...]
    limits: Limits
    plates: tuple[PlateSet, ...]
    cost: float
    bound: float
    method: str

    @property
    def sheets(self) -> int:
        """Printed sheets, all plate sets together."""
        return sum(plate.run for plate in self.plates)

    @property
    def produced(self) -> tuple[int, ...]:
        """Copies made of each design, in the designs' order."""
        totals = [0] * len(self.designs)
        for plate in self.plates:
            for index, slots in enumerate(plate.slots):
                if slots:
                    totals[index] += slots * plate.run
        return tuple(totals)

    @property
    def overs(self) -> tuple[int, ...]:
        """Copies made beyond the demand, in the designs' order."""
        return tuple(made - design.demand for made, design in zip(self.produced, self.designs, strict=True))

    @property
    def waste(self) -> int:
        """Stations printed that no demand needs: overs and empty stations, over all sheets."""
        return self.sheets * self.limits.stations - sum(design.demand for design in self.designs)

    @property
    def gap(self) -> float:
        """How far the cost may at most lie above the best possible, as a fraction of the bound."""
        if self.cost <= self.bound:
            return 0.0
        return (self.cost - self.bound) / self.bound if self.bound > 0 else float("inf")

    @property
    def optimal(self) -> bool:
        """Whether the bound proves that no plan is cheaper."""
        return self.cost <= self.bound * (1 + 1e-9) + 1e-9


def price(limits: Limits, plates: int, sheets: int) -> float:
    """The cost of so many plate sets and sheets; bounds and plans are priced here, so that equal means equal."""
    return limits.plate_cost * plates + limits.sheet_cost * sheets


def most_allowed(demand: int, max_overs: float) -> int:
    """The copies that `max_overs` allows of a demand; the small term takes back the rounding of the product."""
    return demand + int(demand * max_overs + 1e-9)


def violations(plan: Plan) -> tuple[str, ...]:
    """Every way in which `plan` does not hold to its designs' demands or to its limits, as sentences."""
    limits = plan.limits
    found: list[str] = []
    place = {design.key: index for index, design in enumerate(plan.designs)}
    for number, plate in enumerate(plan.plates, 1):
        used = sum(plate.slots)
        if len(plate.slots) != len(plan.designs) or min(plate.slots) < 0:
            return (f"plate set {number} does not give every design its number of stations",)
        if used > limits.stations:
            found.append(f"plate set {number} uses {used} stations, the sheet has {limits.stations}")
        if plate.run < limits.min_run:
            found.append(f"plate set {number} runs {plate.run} sheets, the shortest run is {limits.min_run}")
        if plate.run % limits.run_multiple or plate.run < 1:
            found.append(f"plate set {number} runs {plate.run} sheets, runs go in multiples of {limits.run_multiple}")
        for keys in limits.apart:
            shared = [key for key in dict.fromkeys(keys) if plate.slots[place[key]]]
            if len(shared) > 1:
                found.append(f"plate set {number} holds {' and '.join(shared)}, which must not share one")
    for design, made in zip(plan.designs, plan.produced, strict=True):
        if made < design.demand:
            found.append(f"{design.key} gets {made} of {design.demand} copies")
        if limits.max_overs is not None and made > most_allowed(design.demand, limits.max_overs):
            over = 100 * (made - design.demand) / design.demand
            found.append(
                f"{design.key} gets {over:.1f} % more than its {design.demand} copies, "
                f"{100 * limits.max_overs:g} % is allowed"
            )
    for keys in limits.together:
        homes = {number for number, plate in enumerate(plan.plates) for key in keys if plate.slots[place[key]]}
        if len(homes) > 1:
            found.append(f"{', '.join(keys)} do not stand on one plate set together")
    if limits.max_plates is not None and len(plan.plates) > limits.max_plates:
        found.append(f"{len(plan.plates)} plate sets, at most {limits.max_plates} are allowed")
    return tuple(found)
