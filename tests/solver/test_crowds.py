"""Many lists of runs and many boxes at once: what is said of each is true of each."""

from __future__ import annotations

import random

import numpy as np

from keytag.solver import Design, Limits
from keytag.solver.chains import Chains
from keytag.solver.crowd import Crowd
from keytag.solver.groups import grouped
from keytag.solver.job import read_job
from keytag.solver.pair import Work
from keytag.solver.refute import Refuter
from tests.solver.test_searches import fits, small_jobs

ENDLESS = 10**9


def random_runs(pick: random.Random, plates: int, count: int) -> list[tuple[int, ...]]:
    return [tuple(sorted((pick.randint(1, 14) for _ in range(plates)), reverse=True)) for _ in range(count)]


def test_runs_that_do_lack_nothing_and_most_that_lack_something_do_not() -> None:
    pick = random.Random(1)
    told = untold = 0
    for demands, stations in small_jobs(60, 2, 2):
        runs = np.array(random_runs(pick, 2, 8))
        crowd = Crowd(demands, stations, 2)
        prices = runs / runs.sum(axis=1, keepdims=True)
        lack = crowd.lack(runs, prices, 30, np.full(8, np.inf)).stations
        for row, missing in zip(runs.tolist(), lack.tolist(), strict=True):
            if fits(demands, stations, tuple(row)):
                assert missing <= 1e-9, (demands, stations, row)
            elif missing > 1e-9:
                told += 1
            else:
                untold += 1
    assert told > 4 * untold


def test_a_list_among_many_is_judged_as_it_is_alone() -> None:
    pick = random.Random(4)
    demands = [pick.randint(100, 4000) for _ in range(40)]
    crowd = Crowd(demands, 20, 3)
    runs = np.array([[pick.randint(200, 3000) for _ in range(3)] for _ in range(12)])
    prices = runs / runs.sum(axis=1, keepdims=True)
    enough = np.where(np.arange(12) % 3 == 0, 0.0, np.inf)
    together = crowd.lack(runs, prices, 12, enough)
    for row in range(12):
        one = slice(row, row + 1)
        alone = crowd.lack(runs[one], prices[one], 12, enough[one])
        assert alone.stations[0] == together.stations[row]
        assert (alone.prices[0] == together.prices[row]).all()


def test_no_box_that_holds_runs_that_do_is_ruled_out() -> None:
    pick = random.Random(7)
    out = held = 0
    for demands, stations in small_jobs(200, 6, 3):
        demands.sort(reverse=True)
        # Ten times as much of all, so that boxes can be small around the runs.
        refuter = Refuter(10 * np.array(demands), stations, 3)
        packs = pick.randint(4, 13)
        points = [runs for runs in random_runs(pick, 3, 60) if sum(runs) == packs]
        if not points:
            continue
        low = 10 * np.array(points) - np.array([[pick.randint(0, 4) for _ in range(3)] for _ in points])
        high = 10 * np.array(points) + np.array([[pick.randint(0, 4) for _ in range(3)] for _ in points])
        prices = np.full((len(points), 3), 1 / 3)
        ruled_out, _ = refuter.refuted(low, high, 10 * packs, prices, Work(ENDLESS))
        for row, point in enumerate(points):
            one = slice(row, row + 1)
            assert refuter.refuted(low[one], high[one], 10 * packs, prices[one], Work(ENDLESS))[0] == ruled_out[row]
            if fits(demands, stations, point):
                held += 1
                assert not ruled_out[row], (demands, stations, point)
            else:
                out += bool(ruled_out[row])
    assert held > 20 and out > 20


def test_annealing_improves_on_groups_and_repeats_itself() -> None:
    pick = random.Random(3)
    designs = tuple(Design(str(index), pick.randint(300, 5000)) for index in range(60))
    job = read_job(designs, Limits(30, 250))
    start = grouped(job, 4)[4]
    chains = Chains(job, start, seed=1)
    cells = chains.walk(8_000)
    assert sum(run for _, run in cells) < 0.98 * sum(run for _, run in start)
    for index, demand in enumerate(job.demand):
        assert sum(slots.get(index, 0) * run for slots, run in cells) >= demand
    assert all(sum(slots.values()) <= 30 for slots, _ in cells)
    again = Chains(job, start, seed=1)
    assert again.walk(8_000) == cells and again.spent == chains.spent
    assert Chains(job, cells, seed=2).walk(500, stop=lambda: True) == cells
