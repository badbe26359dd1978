"""Where a group of neighbouring designs, ordered by demand, may end: shared by both ways to bound by groups."""

from __future__ import annotations


def group_ends(demands: list[int], ceilings: list[int] | None) -> list[int]:
    """For each design, largest first: up to where a run as long as its demand is within the ceilings."""
    count = len(demands)
    if ceilings is None:
        return [count] * count
    ends, end = [], 0
    for demand in demands:
        while end < count and ceilings[end] >= demand:
            end += 1
        ends.append(end)
    return ends
