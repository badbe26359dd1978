"""Paths, parallel curves and chords against what can be worked out by hand or measured independently."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.geometry import (
    Affine,
    Path,
    Rect,
    circle,
    first_overlapping,
    join,
    quarter_turns,
    rectangle,
    union,
)
from keytag.base.outline import Ellipse, RoundedRectangle
from keytag.base.units import MM_PER_PT, number, parse_length

OVAL = Ellipse(50, 20)
STADIUM = RoundedRectangle(50, 20, 10)


def flatten(path: Path, steps: int = 24) -> list[tuple[float, float]]:
    """Points along a path, by the definition of a cubic."""
    points: list[tuple[float, float]] = []
    i, here, c = 0, (0.0, 0.0), path.coords
    for op in path.ops:
        if op == "c":
            p1, p2, p3 = (c[i], c[i + 1]), (c[i + 2], c[i + 3]), (c[i + 4], c[i + 5])
            for k in range(1, steps + 1):
                t = k / steps
                u = 1 - t
                points.append(
                    tuple(
                        u**3 * a + 3 * u * u * t * b + 3 * u * t * t * d + t**3 * e
                        for a, b, d, e in zip(here, p1, p2, p3, strict=True)
                    )
                )
            here, i = p3, i + 6
        elif op in "ml":
            here = (c[i], c[i + 1])
            points.append(here)
            i += 2
    return points


def distance_to_ellipse(x: float, y: float, a: float, b: float) -> float:
    """By brute force over a fine polygon: slow, and nothing in common with the code under test."""
    return min(
        math.hypot(x - a * math.cos(t), y - b * math.sin(t)) for t in (2 * math.pi * k / 20000 for k in range(20000))
    )


@pytest.mark.parametrize("offset", [3.0, -1.5, 2.85, -1.0])
def test_a_parallel_curve_is_everywhere_as_far_as_it_says(offset: float) -> None:
    for x, y in flatten(OVAL.path(offset), 3)[::5]:
        assert distance_to_ellipse(x - 25, y - 10, 25, 10) == pytest.approx(abs(offset), abs=2e-3)


def test_longer_axes_would_not_have_been_three_millimetres_of_bleed() -> None:
    # The reason for parallel curves: the ellipse 56 × 26 is too near the trim on the diagonals.
    nearest = min(distance_to_ellipse(28 * math.cos(t), 13 * math.sin(t), 25, 10) for t in (0.1 * k for k in range(16)))
    assert nearest < 2.9


def test_trim_bounds_are_exact() -> None:
    assert OVAL.path().bounds() == pytest.approx((0, 0, 50, 20), abs=1e-9)
    assert STADIUM.path(3).bounds() == pytest.approx((-3, -3, 56, 26), abs=1e-9)


@given(st.floats(-1.4, 21.4), st.floats(0, 3))
@settings(derandomize=True, deadline=None)
def test_chords_end_on_the_parallel_curve(y: float, inset: float) -> None:
    for outline in (OVAL, STADIUM):
        half = outline.chords(inset).half(y)
        if abs(y - 10) > 10 - inset:
            assert half == 0
        elif outline is OVAL and half > 0.5:
            distance = distance_to_ellipse(half, y - 10, 25, 10)
            assert inset - 1e-3 <= distance <= inset + 6e-3  # never too wide


def test_a_band_is_as_narrow_as_its_narrower_end() -> None:
    chords = OVAL.chords(1.5)
    band = chords.band(3, 6)
    assert band is not None
    assert band[1] - band[0] == pytest.approx(2 * chords.half(3))
    assert chords.band(1, 3) is None


def test_curve_bounds_use_extrema_and_not_control_points() -> None:
    path = Path("mc", (0, 0, 0, 4, 4, 4, 4, 0))
    assert path.bounds() == pytest.approx((0, 0, 4, 3))


def test_a_stadium_has_no_segment_of_no_length() -> None:
    assert STADIUM.path().ops == "mlcclccz"
    assert circle(0, 0, 5).ops == "mccccz"


@given(st.integers(0, 3), st.floats(1, 60), st.floats(1, 60))
@settings(derandomize=True)
def test_quarter_turns_keep_the_top_left_at_the_origin(turns: int, width: float, height: float) -> None:
    box = quarter_turns(turns, width, height).rect(Rect(0, 0, width, height))
    assert (box.x, box.y) == pytest.approx((0, 0))
    assert (box.width, box.height) == pytest.approx((height, width) if turns % 2 else (width, height))


def test_maps_compose_in_reading_order() -> None:
    both = Affine(2, 0, 0, 2, 0, 0).then(Affine(1, 0, 0, 1, 5, 0))
    assert both.apply(1, 1) == (7, 2)


def test_rectangles_unite_and_empty_sets_do_not() -> None:
    assert union([Rect(0, 0, 1, 1), Rect(4, 2, 1, 1)]) == (0, 0, 5, 3)
    with pytest.raises(ValueError, match="no rectangles"):
        union([])
    with pytest.raises(ValueError, match="empty path"):
        join([]).bounds()
    assert rectangle(Rect(0, 0, 2, 2)).ops == "mlllz"


@pytest.mark.parametrize(
    ("text", "mm"), [("3mm", 3), ("0.25 pt", 0.25 * MM_PER_PT), ("1in", 25.4), ("1.5cm", 15), ("150µm", 0.15)]
)
def test_lengths_carry_units(text: str, mm: float) -> None:
    assert parse_length(text) == pytest.approx(mm)


@pytest.mark.parametrize("text", ["3", "mm", "3 furlongs", "1e3mm", "٣mm", "", "--3mm", "1.2.3mm"])
def test_lengths_without_a_unit_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length"):
        parse_length(text)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
@settings(derandomize=True)
def test_numbers_are_plain(value: float) -> None:
    text = number(value)
    assert "e" not in text and text != "-0" and not text.endswith(".")
    assert float(text) == pytest.approx(value, abs=5.1e-5)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_numbers_that_no_format_can_hold_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        number(value)


@given(st.tuples(*[st.integers(-3, 3)] * 2, *[st.integers(0, 4)] * 2), st.lists(st.tuples(*[st.integers(-3, 3)] * 4)))
def test_the_first_overlapping_is_the_first_that_overlaps(
    box: tuple[int, int, int, int], others: list[tuple[int, int, int, int]]
) -> None:
    rects = [Rect(*other) for other in others]
    assert first_overlapping(Rect(*box), rects) == next((r for r in rects if Rect(*box).overlaps(r)), None)
