"""The bare practices: what they cost, and that thousands of designs take little memory."""

from __future__ import annotations

import tracemalloc

import pytest

from keytag.solver import Design, Limits, PlanError, Practice, one_per_plate, proportional

LIMITS = Limits(stations=10, plate_cost=50)


def test_each_design_on_plates_of_its_own() -> None:
    designs = [Design("a", 95), Design("b", 100), Design("c", 1)]
    assert one_per_plate(designs, LIMITS) == Practice(3, 10 + 10 + 1, 21 + 3 * 50)


def test_all_designs_on_one_plate_set() -> None:
    """Stations in proportion: 5, 4 and 1, run until the last is done."""
    designs = [Design("a", 500), Design("b", 400), Design("c", 100)]
    assert proportional(designs, LIMITS) == Practice(1, 100, 100 + 50)
    with pytest.raises(PlanError, match="11 designs do not fit"):
        proportional([Design(str(i), 1) for i in range(11)], LIMITS)


def test_a_plate_set_for_each_of_thousands_takes_little_memory() -> None:
    designs = [Design(str(i), 100 + i) for i in range(2000)]
    tracemalloc.start()
    try:
        assert one_per_plate(designs, LIMITS).plates == 2000
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
