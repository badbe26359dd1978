"""The searches of planning against slow and plain ways to the same ends."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from keytag.solver import Design, Limits, iterations_of, optimise, plan, violations
from keytag.solver.bound.amounts import Amounts, Prices
from keytag.solver.bound.grouping import Bounds
from keytag.solver.bound.grouping_lines import lines
from keytag.solver.construct import construct
from keytag.solver.exact import enumeration
from keytag.solver.exact.branch_and_bound import BranchAndBound
from keytag.solver.exact.enumeration import exhaust, partitions
from keytag.solver.exact.reachable import Reachable
from keytag.solver.exact.two_plates import search_pair
from keytag.solver.incumbent import Incumbents
from keytag.solver.instance import read_instance
from keytag.solver.work import Work

ENDLESS = 10**9


def fits(demands: list[int], stations: int, runs: tuple[int, ...]) -> bool:
    """Whether the runs can make the demands: every way, with no bounds and no prices."""
    states = {(0,) * len(runs)}
    for demand in demands:
        following = set()
        for state in states:
            todo = [(state, demand)]
            while todo:
                used, left = todo.pop()
                if left <= 0:
                    following.add(used)
                    continue
                for plate, run in enumerate(runs):
                    if used[plate] < stations:
                        grown = (*used[:plate], used[plate] + 1, *used[plate + 1 :])
                        todo.append((grown, left - run))
        states = following
    return bool(states)


def fewest_packs(demands: list[int], stations: int, plates: int) -> int:
    """The fewest packs with exactly so many plate sets, by trying all runs."""
    packs = plates
    while not any(fits(demands, stations, runs) for runs in partitions(packs, plates, 1, packs)):
        packs += 1
    return packs


def small_jobs(count: int, seed: int, plates: int) -> list[tuple[list[int], int]]:
    pick = random.Random(seed)
    jobs = []
    while len(jobs) < count:
        stations = pick.randint(1, 4)
        demands = [pick.randint(1, 12) for _ in range(pick.randint(1, 5))]
        if len(demands) <= plates * stations:
            jobs.append((demands, stations))
    return jobs


def test_two_plate_sets_are_exact() -> None:
    for demands, stations in small_jobs(150, 1, 2):
        best = fewest_packs(demands, stations, 2)
        for below in (best, best + 1, best + 6):
            fit, proven = search_pair(demands, stations, below, Work(ENDLESS))
            assert proven
            assert (fit.packs if fit else None) == (best if below > best else None), (demands, stations)


@pytest.mark.parametrize("plates", [2, 3])
def test_bounds_never_exceed_the_best(plates: int) -> None:
    for demands, stations in small_jobs(60, plates, plates):
        best = fewest_packs(demands, stations, plates)
        job = read_instance(tuple(Design(str(i), d) for i, d in enumerate(demands)), Limits(stations, 5))
        assert Bounds(job).packs(plates) <= best, (demands, stations)
        assert max(value - slope * plates for value, slope in lines(job)) <= best + 1e-6, (demands, stations)
        boxes = BranchAndBound(demands, stations, plates)
        assert not boxes.exclude(best, Work(5_000)), (demands, stations)


def test_boxes_do_rule_out() -> None:
    ruled_out = 0
    for demands, stations in small_jobs(60, 9, 3):
        best = fewest_packs(demands, stations, 3)
        if best > 3:
            ruled_out += BranchAndBound(demands, stations, 3).exclude(best - 1, Work(20_000))
    assert ruled_out > 30


def job_of(count: int, stations: int, seed: int) -> tuple[tuple[Design, ...], Limits]:
    pick = random.Random(seed)
    return tuple(Design(str(i), pick.randint(100, 3000)) for i in range(count)), Limits(stations, 100)


@pytest.mark.parametrize(("count", "stations", "overs"), [(12, 5, None), (24, 12, 0.25), (260, 30, None)])
def test_more_work_never_gives_a_dearer_plan_and_the_same_work_the_same(
    count: int, stations: int, overs: float | None
) -> None:
    designs, limits = job_of(count, stations, count)
    limits = limits._replace(max_overs=overs)
    before = plan(designs, limits)
    stopped = optimise(designs, limits, 10**9, stop=lambda: True)
    assert stopped.cost <= before.cost and not violations(stopped)
    for iterations in (300, 2_000):
        found = optimise(designs, limits, iterations, seed=3)
        assert found.bound <= found.cost <= before.cost
        assert found.bound >= before.bound
        assert not violations(found)
        before = found
    assert before == optimise(designs, limits, 2_000, seed=3)
    assert iterations_of(2, 100) == 2 * iterations_of(1, 100)


def test_with_ceilings_designs_stand_on_several_plate_sets() -> None:
    pick = random.Random(5)
    designs = tuple(Design(str(index), pick.randint(200, 5000)) for index in range(30))
    limits = Limits(20, 250, max_overs=0.2, apart=(("1", "2", "3"),), together=(("4", "5"),))
    found, groups = plan(designs, limits), construct(read_instance(designs, limits))
    assert not violations(found)
    assert found.cost < 0.97 * groups.cost()
    assert any(sum(plate.slots[index] > 0 for plate in found.plates) > 1 for index in range(30))


@pytest.mark.parametrize("plates", [1, 2, 3])
def test_amounts_never_bound_too_high(plates: int) -> None:
    close = 0
    for demands, stations in small_jobs(25, 5, plates):
        bound = Amounts(demands, stations).packs(plates, 60)
        fewest = fewest_packs(demands, stations, plates)
        assert bound <= fewest, (demands, stations)
        close += bound == fewest
    assert close > 4  # it does say something


def least_relaxed(demands: list[int], prices: Prices) -> float:
    """The relaxed problem of `sums`, by trying every kind for every design and all groups of neighbours."""
    best = float("inf")
    for kinds in itertools.product((1, 2, 3, 4), repeat=len(demands)):
        cost = prices.station * sum(kinds)
        for kind in (1, 2, 3):
            group = sorted((d for d, k in zip(demands, kinds, strict=True) if k == kind), reverse=True)
            least = [0.0] + [float("inf")] * len(group)
            for end in range(1, len(group) + 1):
                for start in range(end):
                    amount = group[start]
                    wasted = sum(amount - demand for demand in group[start:end])
                    opened = prices.amounts[kind - 1] + prices.sizes[kind - 1] * amount
                    least[end] = min(least[end], least[start] + opened + wasted)
            cost += least[-1]
        best = min(best, cost)
    return best


def test_relaxed_sums_are_exact_and_say_what_they_use() -> None:
    pick = random.Random(8)
    begun = [0, 0, 0]
    for _ in range(50):
        demands = [pick.randint(1, 25) for _ in range(pick.randint(2, 6))]
        sums = Amounts(demands, 8)

        def prices() -> Prices:
            return Prices(
                pick.uniform(0.5, 30),
                tuple(pick.uniform(0.1, dear) for dear in pick.choice(((25, 25, 25), (60, 15, 4)))),
                tuple(pick.uniform(0, dear) for dear in (0.6, 0.1, 0.03)),
            )

        here, there = prices(), prices()
        found = sums.relaxed(here)
        assert found.cost == pytest.approx(least_relaxed(demands, here))
        begun = [a + b for a, b in zip(begun, found.amounts, strict=True)]
        # At other prices the same use costs so much more or less, and something else may be cheaper.
        use = (found.stations, *found.amounts, *found.sizes)
        before, after = ((p.station, *p.amounts, *p.sizes) for p in (here, there))
        moved = sum((b - a) * used for a, b, used in zip(before, after, use, strict=True))
        assert sums.relaxed(there).cost <= found.cost + moved + 1e-6
    assert min(begun) > 2  # all kinds are of use
    # One amount that holds for six designs: 30 to begin it, six stations of 4 each, and 0 + 2 + 4 + 6 + 8 + 10 wasted.
    held = Amounts([20, 18, 16, 14, 12, 10], 8).relaxed(Prices(4.0, (30.0, 100.0, 100.0), (0.0, 0.0, 0.0)))
    assert (held.cost, held.stations, held.amounts) == (84.0, 6, (1, 0, 0))


@pytest.mark.parametrize("plates", [1, 2, 3])
def test_reach_answers_exactly(plates: int) -> None:
    pick = random.Random(plates)
    answers = set()
    for demands, stations in small_jobs(80, 9, plates):
        demands.sort(reverse=True)
        runs = sorted((pick.randint(1, 12) for _ in range(plates)), reverse=True)
        point = np.array(runs)
        slots = Reachable(np.array(demands), stations, plates).stations_for(point, point, sum(runs))
        assert (slots is not None) == fits(demands, stations, tuple(runs))
        answers.add(slots is None)
        if slots is not None:
            assert all(
                sum(a * x for a, x in zip(row, runs, strict=True)) >= d for row, d in zip(slots, demands, strict=True)
            )
            assert all(sum(column) <= stations for column in zip(*slots, strict=True))
        # A box around the runs holds whatever they hold.
        wider = Reachable(np.array(demands), stations, plates).stations_for(point, point + 2, sum(runs) + 2)
        assert wider is not None or slots is None
    assert answers == {True, False}


def test_ruling_out_too_much_turns_up_the_plan() -> None:
    turned_up = 0
    for demands, stations in small_jobs(40, 3, 2):
        fewest = fewest_packs(demands, stations, 2)
        boxes = BranchAndBound(demands, stations, 2)
        assert boxes.exclude(fewest - 1, Work(ENDLESS)) if fewest > 2 else True
        assert not boxes.exclude(fewest, Work(ENDLESS))
        if boxes.found is not None:
            turned_up += 1
            assert sum(run for _, run in boxes.found) == fewest
            for index, demand in enumerate(demands):
                assert sum(slots.get(index, 0) * run for slots, run in boxes.found) >= demand
            assert all(sum(slots.values()) <= stations for slots, _ in boxes.found)
    assert turned_up > 20


def test_listing_vectors_that_are_of_no_use_is_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly equal demands, ceilings of none and two plate sets: few vectors fit, but a great many are listed."""
    demands = [10_003 + 7 * i for i in range(6)]
    designs = tuple(Design(str(i), demand) for i, demand in enumerate(demands))
    instance = read_instance(designs, Limits(60, 100, max_plates=2, max_overs=0.0))
    listed, listing = [0], enumeration._options

    def counted(*given: object) -> object:
        listed[0] += 1
        return listing(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(enumeration, "_options", counted)
    assert exhaust(instance, Incumbents(instance).bounds, None, Work(100)) == (None, False)
    assert 0 < listed[0] < 50
