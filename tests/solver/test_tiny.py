"""Thousands of jobs so small that every plan can be tried: the planner's is the cheapest, and its bound holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.solver import Design, Limits, PlanError, optimise, plan, violations
from tests.solver.oracle import cheapest

LETTERS = "ABCDE"


@st.composite
def designs(draw: st.DrawFn, most: int = 4, top: int = 13) -> tuple[Design, ...]:
    count = draw(st.integers(1, most))
    return tuple(Design(key, draw(st.integers(1, top))) for key in LETTERS[:count])


@st.composite
def jobs(draw: st.DrawFn) -> tuple[tuple[Design, ...], Limits]:
    """Jobs with any mixture of limits, but for what takes plain trying for ever to prove impossible."""
    made = draw(designs())
    keys = [design.key for design in made]
    together = draw(st.booleans()) and len(keys) > 1
    overs = draw(st.sampled_from([None, None, 0.0, 0.1, 0.25, 0.5, 1.0]))
    dear = overs is not None and len(made) > 1
    if overs is not None:
        made = tuple(Design(design.key, min(design.demand, 5)) for design in made[:3])
        keys = keys[:3]
    limits = Limits(
        stations=draw(st.integers(1, 5)),
        plate_cost=draw(st.sampled_from([1, 2.5, 5, 20])),
        sheet_cost=draw(st.sampled_from([0.5, 1, 2])),
        max_plates=draw(st.integers(1, 3) if dear else st.integers(1, 3) | st.none()),
        max_overs=overs,
        min_run=draw(st.sampled_from([1, 1, 1, 2, 3, 4])),
        run_multiple=draw(st.sampled_from([1, 1, 1, 2, 3])),
    )
    if len(keys) > 1:
        pairs = st.lists(st.sampled_from(keys), min_size=2, max_size=min(3, len(keys)), unique=True).map(tuple)
        if draw(st.sampled_from([False, False, True])):
            limits = limits._replace(apart=(draw(pairs),))
        if together:
            limits = limits._replace(together=(draw(pairs),))
    return made, limits


@settings(max_examples=400, deadline=None, derandomize=True)
@given(designs(), st.integers(1, 5), st.sampled_from([1, 2.5, 5, 20]), st.sampled_from([0.5, 1, 2]))
def test_no_plan_is_cheaper(made: tuple[Design, ...], stations: int, plate: float, sheet: float) -> None:
    compare(made, Limits(stations, plate_cost=plate, sheet_cost=sheet))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(designs(most=3, top=7), st.integers(1, 5), st.sampled_from([0, 0.1, 0.5]))
def test_no_plan_is_cheaper_where_plates_cost_little(made: tuple[Design, ...], stations: int, plate: float) -> None:
    compare(made, Limits(stations, plate_cost=plate))


def compare(made: tuple[Design, ...], limits: Limits) -> None:
    found, best = plan(made, limits), cheapest(made, limits)
    assert best is not None
    assert violations(found) == ()
    assert found.bound <= best + 1e-9
    assert abs(found.cost - best) < 1e-9


@settings(max_examples=500, deadline=None, derandomize=True)
@given(jobs())
def test_no_plan_within_the_limits_is_cheaper(job: tuple[tuple[Design, ...], Limits]) -> None:
    made, limits = job
    best = cheapest(made, limits)
    try:
        found = plan(made, limits)
    except PlanError as error:
        assert best is None, f"a plan of {best} exists: {error.message}"
        return
    assert violations(found) == ()
    assert best is not None
    assert found.bound <= best + 1e-9
    assert abs(found.cost - best) < 1e-9


@settings(max_examples=100, deadline=None, derandomize=True)
@given(designs(most=5, top=40), st.integers(1, 6), st.sampled_from([0.5, 1, 3, 12]))
def test_optimising_is_never_dearer_and_never_claims_too_much(
    made: tuple[Design, ...], stations: int, plate: float
) -> None:
    limits = Limits(stations, plate_cost=plate)
    quick = plan(made, limits)
    patient = optimise(made, limits, iterations=200)
    assert violations(patient) == ()
    assert patient.cost <= quick.cost + 1e-9
    assert max(quick.bound, patient.bound) <= patient.cost + 1e-9


def test_the_oracle_can_tell() -> None:
    """Plain trying agrees with what is plain to see, so that agreeing with it means something."""
    two = (Design("A", 3), Design("B", 6))
    assert cheapest(two, Limits(3, plate_cost=1)) == 4  # one plate set, 1 and 2 stations, 3 sheets
    assert cheapest(two, Limits(3, plate_cost=1, apart=(("A", "B"),))) == 5  # 1 and 2 sheets on three stations each
    assert cheapest(two, Limits(3, plate_cost=1, apart=(("A", "B"),), max_plates=1)) is None
    assert cheapest(two, Limits(2, plate_cost=1)) == 7  # 2 + 5 sheets' worth: area asks for 5 sheets
    assert cheapest((Design("A", 4), Design("B", 1)), Limits(2, together=(("A", "B"),), max_overs=0)) is None
