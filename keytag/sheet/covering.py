"""Integer covering: how often to print each plate so that every unit gets what it needs, on the fewest sheets.

Minimise the sum of x over plates, with the sum of gives[p][u] · x[p] at least needs[u] for every unit u. Branch and
bound from a greedy cover, one connected group of plates at a time; groups too large to be searched keep the greedy one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_BUDGET = 20_000  # nodes of one group: some 50 ms


def fewest(gives: Sequence[Mapping[str, int]], needs: Mapping[str, int]) -> tuple[int, ...]:
    """Copies of each plate; plate p gives `gives[p][u]` tags of unit u a sheet. Every needed unit must stand on one."""
    counts = [0] * len(gives)
    for group in _groups(gives, needs):
        needed = {u: needs[u] for p in group for u in gives[p] if needs.get(u, 0) > 0}
        if needed:
            found = _Search([gives[p] for p in group], needed).solve()
            for p, count in zip(group, found, strict=True):
                counts[p] = count
    return tuple(counts)


def _groups(gives: Sequence[Mapping[str, int]], needs: Mapping[str, int]) -> list[list[int]]:
    """Plates that share needed units, together; in the order of their first."""
    root = list(range(len(gives)))

    def find(p: int) -> int:
        while root[p] != p:
            root[p] = root[root[p]]
            p = root[p]
        return p

    first: dict[str, int] = {}
    for p, plate in enumerate(gives):
        for unit in plate:
            if unit in needs:
                root[find(p)] = find(first.setdefault(unit, p))
    groups: dict[int, list[int]] = {}
    for p in range(len(gives)):
        groups.setdefault(find(p), []).append(p)
    return sorted(groups.values())


class _Search:
    """One group: depth first over plates, the count of each from what its own units need down to nought."""

    def __init__(self, gives: Sequence[Mapping[str, int]], needs: Mapping[str, int]) -> None:
        self._gives, self._needs, self._nodes = gives, needs, 0
        self._most = [  # the most that any plate from p on gives of each unit
            {u: max((g.get(u, 0) for g in gives[p:]), default=0) for u in needs} for p in range(len(gives) + 1)
        ]
        self._best = self._greedy()

    def solve(self) -> list[int]:
        self._down(0, dict(self._needs), [])
        return self._best

    def _greedy(self) -> list[int]:
        """The plate that covers most of what is still needed, again and again."""
        left, counts = dict(self._needs), [0] * len(self._gives)
        while any(need > 0 for need in left.values()):
            covers = [sum(min(left.get(u, 0), n) for u, n in plate.items()) for plate in self._gives]
            p = covers.index(max(covers))
            full = [left[u] // n for u, n in self._gives[p].items() if left.get(u, 0) >= n]
            times = max(1, min(full, default=1))  # as often as it is covered in full
            counts[p] += times
            for u, n in self._gives[p].items():
                if u in left:
                    left[u] = max(0, left[u] - n * times)
        return counts

    def _bound(self, p: int, left: Mapping[str, int]) -> int | None:
        """Sheets that the plates from p on need at least; None where they cannot."""
        least = 0
        for unit, need in left.items():
            if need > 0:
                if not self._most[p][unit]:
                    return None
                least = max(least, -(-need // self._most[p][unit]))
        return least

    def _down(self, p: int, left: Mapping[str, int], counts: list[int]) -> None:
        self._nodes += 1
        bound = self._bound(p, left)
        if self._nodes > _BUDGET or bound is None or sum(counts) + bound >= sum(self._best):
            return
        if not bound:
            self._best = [*counts, *[0] * (len(self._gives) - p)]
            return
        plate = self._gives[p]
        useful = max((-(-left[u] // n) for u, n in plate.items() if left.get(u, 0) > 0), default=0)
        for count in range(useful, -1, -1):
            rest = {u: max(0, need - plate.get(u, 0) * count) for u, need in left.items()}
            self._down(p + 1, rest, [*counts, count])
