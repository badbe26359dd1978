"""The quick constructions: grouping by dynamic programming, one and two plate sets exactly, tiny jobs by enumeration.

Each has a fixed budget. What no plan can be found for is said here, in words.
"""

from __future__ import annotations

from keytag.solver.bound.grouping import MANY
from keytag.solver.exact.enumeration import exhaust
from keytag.solver.exact.two_plates import search_pair
from keytag.solver.incumbent import Incumbents
from keytag.solver.instance import Instance, Solution
from keytag.solver.model import PlanError
from keytag.solver.one_plate import batch
from keytag.solver.search.grouping import cheapest_groups, grouped
from keytag.solver.work import Work

_PAIR_STEPS = 1_500_000  # about 0.2 s; `shipped` needs up to a million, other values were not compared
_TINY_STEPS = 200_000  # about 0.1 s
_TINY_DESIGNS, _TINY_PACKS = 12, 200  # that can be enumerated with so many steps, as a rule


def construct(instance: Instance) -> Incumbents:
    """The incumbents of an instance to begin with; there may be none where limits leave little."""
    known = Incumbents(instance)
    count = len(instance.demand)
    if count <= MANY:
        most = min(instance.most, 2 * known.bounds.fewest + 24)
        for solution in grouped(instance, most).values():
            known.offer(solution, "groups")
    if count > MANY or not known.found:
        known.offer(cheapest_groups(instance), "groups")
    _one_plate(known)
    _two_plates(known)
    small = sum(instance.demand) // instance.stations <= _TINY_PACKS and count <= _TINY_DESIGNS
    if (small and known.gap() > 0) or not known.found:
        best, known.proven = exhaust(instance, known.bounds, known.best, Work(_TINY_STEPS))
        known.offer(best, "all plans tried")
    return known


def _one_plate(known: Incumbents) -> None:
    instance = known.instance
    if len(instance.demand) > instance.stations or known.bounds.fewest > 1:
        return
    only = batch(instance, range(len(instance.demand)))
    if only is not None:
        known.offer([only], "groups")
        known.bounds.raise_to(1, only[1])


def _two_plates(known: Incumbents) -> None:
    """The exact search knows of no other limits: what it finds may break them, what it proves holds all the same."""
    instance, bounds = known.instance, known.bounds
    if not bounds.fewest <= 2 <= instance.most or instance.price(2, bounds.packs(2)) >= known.cost():
        return
    below = known.packs(2) or 2 * max(instance.demand) + 1
    work = Work(_PAIR_STEPS)
    fit, proven = search_pair(instance.demand, instance.stations, below, work, instance.least_run, bounds.packs(2))
    if fit is not None:
        solution: Solution = [
            ({index: pair[side] for index, pair in enumerate(fit.slots) if pair[side]}, fit.runs[side])
            for side in (0, 1)
        ]
        known.offer(solution, "two plate sets")
    if proven:
        bounds.raise_to(2, fit.packs if fit is not None else below)


def nothing_found(known: Incumbents) -> PlanError:
    """Why there is no plan: the limits that fail together, and whether that is proven."""
    limits = known.instance.limits
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
    if known.proven:
        return PlanError(f"No plan holds {words} at once: every one was tried.")
    return PlanError(f"No plan was found that holds {words} at once; allow more of one of them.")
