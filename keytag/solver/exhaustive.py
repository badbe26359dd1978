"""Every plan, for jobs so small that all run lengths can be tried: the one search that proves all limits at once.

Numbers of plate sets, totals and run lengths are tried in order of cost; for given runs the stations are found by depth
first search. It ends at a budget of steps, and says whether it got to the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.solver.bounds import Bounds
from keytag.solver.job import Cell, Job
from keytag.solver.pair import Work


def exhaust(job: Job, bounds: Bounds, best: list[Cell] | None, work: Work) -> tuple[list[Cell] | None, bool]:
    """The cheapest plan, if cheaper than `best`, else `best`; and whether all others are ruled out."""
    longest = max(job.least_run, max(job.demand))
    cost = float("inf") if best is None else job.cost(best)
    # designs of one list that are to stay apart each need a plate set of their own
    plates = max([bounds.fewest, *(len(set(keys)) for keys in job.limits.apart)])
    while plates <= job.most and job.price(plates, bounds.least_packs(plates)) < cost:
        if best is None and plates > len(job.demand):
            break
        for packs in range(bounds.packs(plates), plates * longest + 1):
            if job.price(plates, packs) >= cost:
                break
            for runs in partitions(packs, plates, job.least_run, longest):
                slots = _assign(job, runs, work)
                if work.left <= 0:
                    return best, False
                if slots is not None:
                    best = [({i: n[p] for i, n in enumerate(slots) if n[p]}, run) for p, run in enumerate(runs)]
                    cost = job.cost(best)
                    break
            if best is not None and job.price(plates, packs) >= cost:
                break
        plates += 1
    return best, True


def partitions(total: int, parts: int, least: int, most: int) -> Iterator[tuple[int, ...]]:
    """The ways to write `total` as `parts` numbers between `least` and `most`, each no greater than the one before."""
    if parts == 1:
        if least <= total <= most:
            yield (total,)
        return
    for first in range(min(most, total - least * (parts - 1)), -(-total // parts) - 1, -1):
        for rest in partitions(total - first, parts - 1, least, first):
            yield (first, *rest)


def _options(job: Job, index: int, runs: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The station vectors that make the demand and would not if any station were left out."""
    demand = job.demand[index]
    ceiling = job.ceiling[index] if job.ceiling else None
    found: list[tuple[int, ...]] = []

    def extend(plate: int, left: int, taken: tuple[int, ...]) -> None:
        if left <= 0:
            made = demand - left
            used = min((run for run, count in zip(runs, taken, strict=False) if count), default=0)
            if made - used < demand and (ceiling is None or made <= ceiling):
                found.append(taken + (0,) * (len(runs) - len(taken)))
            return
        if plate == len(runs):
            return
        for count in range(-(-left // runs[plate]), -1, -1):
            extend(plate + 1, left - count * runs[plate], (*taken, count))

    extend(0, demand, ())
    return found


def _assign(job: Job, runs: tuple[int, ...], work: Work) -> list[tuple[int, ...]] | None:
    """Stations for all designs with these runs, or None; also None once the budget is spent."""
    plates = range(len(runs))
    choices: list[tuple[tuple[int, ...], list[list[tuple[int, ...]]]]] = []
    for atom in job.atoms:
        per_member = [_options(job, index, runs) for index in atom]
        if len(atom) == 1:
            joint = [[vector] for vector in per_member[0]]
        else:
            joint = []
            for plate in plates:
                alone = [[v for v in vectors if v[plate] == sum(v)] for vectors in per_member]
                if all(alone):
                    joint.append([min(vectors, key=sum) for vectors in alone])
        if not joint:
            return None
        work.left -= len(joint) * len(runs)
        choices.append((atom, joint))
    choices.sort(key=lambda choice: len(choice[1]))
    free = [job.stations] * len(runs)
    homes: list[set[int]] = [set() for _ in runs]
    result: list[tuple[int, ...]] = [()] * len(job.demand)
    failed: set[tuple[int, tuple[int, ...]]] = set()

    def place(position: int) -> bool:
        if position == len(choices):
            return True
        if not work.spend(1):
            return False
        key = (position, tuple(free))
        if not job.apart and key in failed:
            return False
        atom, joint = choices[position]
        for vectors in joint:
            work.left -= 1
            needs = [sum(vector[plate] for vector in vectors) for plate in plates]
            if any(need > room for need, room in zip(needs, free, strict=True)):
                continue
            if job.apart and any(
                vector[plate] and job.apart.get(index, frozenset()) & homes[plate]
                for index, vector in zip(atom, vectors, strict=True)
                for plate in plates
            ):
                continue
            added = [
                (plate, index) for index, vector in zip(atom, vectors, strict=True) for plate in plates if vector[plate]
            ]
            for plate in plates:
                free[plate] -= needs[plate]
            for plate, index in added:
                homes[plate].add(index)
            for index, vector in zip(atom, vectors, strict=True):
                result[index] = vector
            if place(position + 1):
                return True
            for plate in plates:
                free[plate] += needs[plate]
            for plate, index in added:
                homes[plate].discard(index)
        failed.add(key)
        return False

    return result if place(0) else None
