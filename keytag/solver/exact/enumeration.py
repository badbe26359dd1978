"""Complete enumeration for small instances, all limits at once: run lengths in order of cost, stations depth first.

Numbers of plate sets, totals and run lengths are tried; for given runs the stations are found by backtracking. It ends
at a budget of steps, and says whether it got to the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.solver.bound.grouping import Bounds
from keytag.solver.instance import Instance, Solution
from keytag.solver.work import Work

_LISTING = 0.25
"""Steps that a vector stands for while vectors are listed: a step of backtracking takes about four times as long."""
_Choice = tuple[tuple[int, ...], list[list[tuple[int, ...]]]]
"""Designs that stay together, and all ways to give each its stations."""


def exhaust(instance: Instance, bounds: Bounds, best: Solution | None, work: Work) -> tuple[Solution | None, bool]:
    """The cheapest plan, if cheaper than `best`, else `best`; and whether all others are ruled out."""
    longest = max(instance.least_run, max(instance.demand))
    cost = float("inf") if best is None else instance.cost(best)
    # designs of one list that are to stay apart each need a plate set of their own
    plates = max([bounds.fewest, *(len(set(keys)) for keys in instance.limits.apart)])
    while plates <= instance.most and instance.price(plates, bounds.least_packs(plates)) < cost:
        if best is None and plates > len(instance.demand):
            break
        for packs in range(bounds.packs(plates), plates * longest + 1):
            if instance.price(plates, packs) >= cost:
                break
            for runs in partitions(packs, plates, instance.least_run, longest):
                slots = _assign(instance, runs, work)
                if work.left <= 0:
                    return best, False
                if slots is not None:
                    best = [({i: n[p] for i, n in enumerate(slots) if n[p]}, run) for p, run in enumerate(runs)]
                    cost = instance.cost(best)
                    break
            if best is not None and instance.price(plates, packs) >= cost:
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


def _options(instance: Instance, index: int, runs: tuple[int, ...], work: Work) -> list[tuple[int, ...]]:
    """The station vectors that make the demand and would not if any station were left out."""
    demand = instance.demand[index]
    ceiling = instance.ceiling[index] if instance.ceiling else None
    found: list[tuple[int, ...]] = []

    def extend(plate: int, left: int, taken: tuple[int, ...]) -> None:
        work.left -= _LISTING
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


def _assign(instance: Instance, runs: tuple[int, ...], work: Work) -> list[tuple[int, ...]] | None:
    """Stations for all designs with these runs, or None; also None once the budget is spent."""
    choices: list[_Choice] = []
    for cluster in instance.clusters:
        per_member = [_options(instance, index, runs, work) for index in cluster]
        if len(cluster) == 1:
            joint = [[vector] for vector in per_member[0]]
        else:
            joint = []
            for plate in range(len(runs)):
                alone = [[v for v in vectors if v[plate] == sum(v)] for vectors in per_member]
                if all(alone):
                    joint.append([min(vectors, key=sum) for vectors in alone])
        if not joint:
            return None
        work.left -= len(joint) * len(runs)
        choices.append((cluster, joint))
    choices.sort(key=lambda choice: len(choice[1]))
    search = _Backtracking(instance, len(runs), choices, work)
    return search.result if search.place(0) else None


class _Backtracking:
    """Stations for one cluster of designs after the other, depth first; states that failed are not tried again."""

    def __init__(self, instance: Instance, plates: int, choices: list[_Choice], work: Work) -> None:
        self.apart, self.plates, self.choices, self.work = instance.apart, range(plates), choices, work
        self.free = [instance.stations] * plates
        self.homes: list[set[int]] = [set() for _ in self.plates]
        self.result: list[tuple[int, ...]] = [()] * len(instance.demand)
        self.failed: set[tuple[int, tuple[int, ...]]] = set()

    def place(self, position: int) -> bool:
        """Whether the clusters from `position` on find their stations; then `result` has them."""
        if position == len(self.choices):
            return True
        if not self.work.spend(1):
            return False
        key = (position, tuple(self.free))
        if not self.apart and key in self.failed:
            return False
        cluster, joint = self.choices[position]
        for vectors in joint:
            self.work.left -= 1
            needs = [sum(vector[plate] for vector in vectors) for plate in self.plates]
            if any(need > room for need, room in zip(needs, self.free, strict=True)) or self._meets(cluster, vectors):
                continue
            self._put(cluster, vectors, needs)
            if self.place(position + 1):
                return True
            self._take_back(cluster, vectors, needs)
        self.failed.add(key)
        return False

    def _meets(self, cluster: tuple[int, ...], vectors: list[tuple[int, ...]]) -> bool:
        """Whether a design would stand with one that it must not meet."""
        return bool(self.apart) and any(
            vector[plate] and self.apart.get(index, frozenset()) & self.homes[plate]
            for index, vector in zip(cluster, vectors, strict=True)
            for plate in self.plates
        )

    def _put(self, cluster: tuple[int, ...], vectors: list[tuple[int, ...]], needs: list[int]) -> None:
        for index, vector in zip(cluster, vectors, strict=True):
            self.result[index] = vector
        for plate in self.plates:
            self.free[plate] -= needs[plate]
            self.homes[plate].update(i for i, vector in zip(cluster, vectors, strict=True) if vector[plate])

    def _take_back(self, cluster: tuple[int, ...], vectors: list[tuple[int, ...]], needs: list[int]) -> None:
        for plate in self.plates:
            self.free[plate] += needs[plate]
            self.homes[plate].difference_update(i for i, vector in zip(cluster, vectors, strict=True) if vector[plate])
