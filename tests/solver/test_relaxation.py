"""Many run vectors and many nodes at once: what is said of each is true of each; and stations that hold all limits."""

from __future__ import annotations

import random

import numpy as np
import pytest

from keytag.solver import Design, Limits
from keytag.solver.bound.amounts import Amounts
from keytag.solver.bound.grouping import Bounds
from keytag.solver.bound.grouping_lines import lines
from keytag.solver.bound.node_bound import NodeBound
from keytag.solver.exact.enumeration import partitions
from keytag.solver.instance import Instance, read_instance
from keytag.solver.search.assignment import Assignment, solution_of, tightened, traded
from keytag.solver.search.grouping import grouped
from keytag.solver.search.population import Population
from keytag.solver.search.relaxation import Relaxation
from keytag.solver.work import Work
from tests.solver.oracle import possible
from tests.solver.test_searches import fits, small_jobs

ENDLESS = 10**9


def instance_of(demands: list[int], limits: Limits) -> Instance:
    return read_instance(tuple(Design(str(index), demand) for index, demand in enumerate(demands)), limits)


def random_runs(pick: random.Random, plates: int, count: int) -> list[tuple[int, ...]]:
    return [tuple(sorted((pick.randint(1, 14) for _ in range(plates)), reverse=True)) for _ in range(count)]


def test_runs_that_do_lack_nothing_and_most_that_lack_something_do_not() -> None:
    pick = random.Random(1)
    told = untold = 0
    for demands, stations in small_jobs(60, 2, 2):
        runs = np.array(random_runs(pick, 2, 8))
        relaxation = Relaxation(instance_of(demands, Limits(stations)), 2, 400)
        prices = runs / runs.sum(axis=1, keepdims=True)
        lack = relaxation.shortage(runs, prices, 30, np.full(8, np.inf)).stations
        for row, missing in zip(runs.tolist(), lack.tolist(), strict=True):
            if fits(demands, stations, tuple(row)):
                assert missing <= 1e-9, (demands, stations, row)
            elif missing > 1e-9:
                told += 1
            else:
                untold += 1
    assert told > 4 * untold


def limited_jobs(count: int, seed: int, top: int = 14, most: int = 5) -> list[tuple[list[int], Limits]]:
    """Small jobs with ceilings, designs apart and designs together, in turn and all at once."""
    pick = random.Random(seed)
    jobs: list[tuple[list[int], Limits]] = []
    while len(jobs) < count:
        demands = [pick.randint(3, top) for _ in range(pick.randint(3, most))]
        keys = [str(index) for index in range(len(demands))]
        pick.shuffle(keys)
        turn = len(jobs) % 4
        limits = Limits(
            stations=pick.randint(3, 5),
            max_overs=pick.choice((0.1, 0.3, 0.6)) if turn in (0, 3) else None,
            apart=((keys[0], keys[1]),) if turn in (1, 3) else (),
            together=((keys[1], keys[2]),) if turn in (2, 3) else (),
        )
        jobs.append((demands, limits))
    return jobs


@pytest.mark.parametrize("plates", [2, 3])
def test_the_assignment_holds_all_limits_and_nothing_that_fits_lacks_a_station(plates: int) -> None:
    pick = random.Random(plates)
    answered = missed = 0
    for demands, limits in limited_jobs(120, plates):
        instance = instance_of(demands, limits)
        assignment = Assignment(instance, plates)
        for runs in random_runs(pick, plates, 4):
            vector = np.array(runs)
            prices = vector / vector.sum()
            slots = assignment.fit(vector, prices).slots
            truly = possible(instance.designs, limits, runs)
            if slots is not None:
                assert instance.allows(solution_of(slots, vector)), (demands, limits, runs)
                answered += 1
            elif truly:
                missed += 1
            if truly:
                lack = assignment.relaxation.shortage(vector[None], prices[None], 30, np.full(1, np.inf)).stations[0]
                assert lack <= 1e-9, (demands, limits, runs)
    assert answered > 60
    assert missed < answered / 5  # a heuristic, but not a blind one


def fewest_within(instance: Instance, plates: int) -> int | None:
    """The fewest packs with exactly so many plate sets, by trying all runs; None where the limits leave no plan."""
    longest = max(instance.demand) if instance.ceiling is None else max(instance.ceiling)
    for packs in range(plates, plates * longest + 1):
        if any(possible(instance.designs, instance.limits, runs) for runs in partitions(packs, plates, 1, longest)):
            return packs
    return None


@pytest.mark.parametrize("plates", [2, 3])
def test_bounds_use_the_limits_and_never_exceed_the_best(plates: int) -> None:
    higher = 0
    for demands, limits in limited_jobs(48, 20 + plates, top=9, most=4):
        instance = instance_of(demands, limits)
        fewest = fewest_within(instance, plates)
        bounds = Bounds(instance)
        counted = Amounts(instance.demand, instance.stations, instance.ceiling).packs(plates, 40)
        bound = bounds.packs(plates)
        cut = max(value - slope * plates for value, slope in lines(instance))
        if fewest is not None:
            assert bounds.fewest <= plates, (demands, limits)
            assert max(bound, counted) <= fewest, (demands, limits)
            assert cut <= fewest + 1e-6, (demands, limits)
        free = Bounds(instance_of(demands, Limits(limits.stations)))
        higher += bounds.fewest > plates or bound > free.packs(plates)
    assert higher > 5  # the limits are of use


@pytest.mark.parametrize("overs", [None, 0.2])
def test_a_vector_among_many_is_judged_as_it_is_alone(overs: float | None) -> None:
    pick = random.Random(4)
    demands = [pick.randint(100, 4000) for _ in range(40)]
    relaxation = Relaxation(instance_of(demands, Limits(20, max_overs=overs, together=(("3", "5"),))), 3, 130)
    runs = np.array([[pick.randint(200, 3000) for _ in range(3)] for _ in range(12)])
    prices = runs / runs.sum(axis=1, keepdims=True)
    enough = np.where(np.arange(12) % 3 == 0, 0.0, np.inf)
    together = relaxation.shortage(runs, prices, 12, enough)
    for row in range(12):
        one = slice(row, row + 1)
        alone = relaxation.shortage(runs[one], prices[one], 12, enough[one])
        assert alone.stations[0] == together.stations[row]
        assert (alone.prices[0] == together.prices[row]).all()


def test_no_box_that_holds_runs_that_do_is_ruled_out() -> None:
    pick = random.Random(7)
    out = held = 0
    for demands, stations in small_jobs(200, 6, 3):
        demands.sort(reverse=True)
        # Ten times as much of all, so that boxes can be small around the runs.
        bound = NodeBound(10 * np.array(demands), stations, 3)
        packs = pick.randint(4, 13)
        points = [runs for runs in random_runs(pick, 3, 60) if sum(runs) == packs]
        if not points:
            continue
        low = 10 * np.array(points) - np.array([[pick.randint(0, 4) for _ in range(3)] for _ in points])
        high = 10 * np.array(points) + np.array([[pick.randint(0, 4) for _ in range(3)] for _ in points])
        prices = np.full((len(points), 3), 1 / 3)
        ruled_out, _ = bound.pruned(low, high, 10 * packs, prices, Work(ENDLESS))
        for row, point in enumerate(points):
            one = slice(row, row + 1)
            assert bound.pruned(low[one], high[one], 10 * packs, prices[one], Work(ENDLESS))[0] == ruled_out[row]
            if fits(demands, stations, point):
                held += 1
                assert not ruled_out[row], (demands, stations, point)
            else:
                out += bool(ruled_out[row])
    assert held > 20 and out > 20


def test_annealing_a_population_improves_on_groups_and_repeats_itself() -> None:
    pick = random.Random(3)
    instance = instance_of([pick.randint(300, 5000) for _ in range(60)], Limits(30, 250))
    start = grouped(instance, 4)[4]

    def annealed() -> tuple[Population, float]:
        work = Work(ENDLESS)
        population = Population(instance, 4, 1, start)
        population.scale(work)
        population.spread(0.15)
        population.anneal(800, work)
        return population, work.left

    population, left = annealed()
    best = population.best
    assert best is not None and instance.allows(best)
    assert sum(run for _, run in best) < 0.97 * sum(run for _, run in start)
    again, left_again = annealed()
    assert again.best == best and left == left_again


def test_trading_runs_finds_what_the_integer_programme_over_two_runs_would() -> None:
    pick = random.Random(6)
    gained = 0
    for _ in range(40):
        demands = np.array([pick.randint(5, 60) for _ in range(6)])
        slots = np.array([[pick.randint(0, 2), pick.randint(0, 2)] for _ in demands])
        slots[slots.sum(axis=1) == 0] = 1
        runs = tightened(slots, np.array([60, 60]), demands, 1)
        best = min(
            one + two for one in range(1, 61) for two in range(1, 61) if (slots @ np.array([one, two]) >= demands).all()
        )
        found = traded(slots, runs, demands, None, 1)
        assert (slots @ found >= demands).all()
        assert best <= found.sum() <= runs.sum()
        gained += found.sum() < runs.sum()
        assert found.sum() <= best + 2  # steps are tried in a geometric row, not one by one
    assert gained > 3
