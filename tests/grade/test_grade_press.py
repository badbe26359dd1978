"""The print model against geometry that can be worked out by hand, and against brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from grade_samples import LINK, decoded, symbol
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.grade.press import Tones, gaussian, impression, picture, plate, samples, soften
from keytag.qr.tables import QUIET

INK = Tones(0.0, 1.0, 1.0)
LONE = ((False, False, False), (False, True, False), (False, False, False))
HOLE = tuple(tuple(not module for module in row) for row in LONE)


def area(matrix: tuple[tuple[bool, ...], ...], module: float, gain: float) -> float:
    """Inked area in mm²."""
    shown = picture(impression(plate(matrix, module, INK), gain))
    return float((1 - shown.image).sum()) / shown.px_per_mm**2


@pytest.mark.parametrize("gain", [0.0, 0.013, 0.05, 0.1])
def test_a_lone_module_grows_with_round_corners(gain: float) -> None:
    side = 0.42
    assert area(LONE, side, gain) == pytest.approx(side**2 + 4 * side * gain + math.pi * gain**2, abs=2e-4)


@pytest.mark.parametrize("gain", [0.0, 0.013, 0.05, 0.1])
def test_a_lone_module_shrinks_with_sharp_corners(gain: float) -> None:
    assert area(LONE, 0.42, -gain) == pytest.approx((0.42 - 2 * gain) ** 2, abs=2e-4)


def test_a_hole_closes_as_a_module_shrinks() -> None:
    full = area(HOLE, 0.42, 0.0) + 0.42**2
    outside = 4 * 3 * 0.42 * 0.05 + math.pi * 0.05**2
    assert area(HOLE, 0.42, 0.05) == pytest.approx(full - (0.42 - 0.1) ** 2 + outside, abs=3e-4)


def test_without_gain_every_pixel_is_ink_or_paper() -> None:
    shown = picture(impression(plate(symbol(), 0.43, INK)))
    assert set(np.unique(shown.image)) == {0.0, 1.0}


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.integers(0, 2**25 - 1), st.floats(-0.2, 0.2), st.sampled_from([0.25, 0.33, 0.42]))
def test_coverage_is_the_area_within_the_offset(bits: int, gain: float, module: float) -> None:
    """Against brute force: nine points a pixel, each within `gain` of a dark module's square or not."""
    matrix = tuple(tuple(bool(bits >> (5 * row + column) & 1) for column in range(5)) for row in range(5))
    shown = picture(impression(plate(matrix, module, INK), gain))
    fine = 3
    pixels = shown.image.shape[0]
    place = (np.arange(pixels * fine) + 0.5) / fine / shown.px_per_mm - shown.origin[0]
    field = np.pad(np.array(matrix), 1)
    wanted = field if gain >= 0 else ~field  # a loss is the paper growing
    inside = np.zeros((len(place), len(place)), dtype=bool)
    for row, column in zip(*np.nonzero(wanted), strict=True):
        low_x, low_y = (column - 1) * module, (row - 1) * module
        dx = np.maximum(0, np.maximum(low_x - place, place - low_x - module))
        dy = np.maximum(0, np.maximum(low_y - place, place - low_y - module))
        inside |= np.hypot(dy[:, None], dx[None, :]) <= abs(gain)
    ink = inside if gain >= 0 else ~inside
    start, stop = QUIET * module, (QUIET + 2 + 5) * module  # of the padded field; beyond it there is paper anyhow
    edge = math.ceil(start * shown.px_per_mm), math.floor(stop * shown.px_per_mm)
    share = ink.reshape(pixels, fine, pixels, fine).mean(axis=(1, 3))[edge[0] : edge[1], edge[0] : edge[1]]
    off = np.abs(share - (1 - shown.image[edge[0] : edge[1], edge[0] : edge[1]]))
    assert off.max() <= 0.1 + 1 / fine  # the latter by the points' own coarseness
    assert off.mean() < 0.02


def test_aperture_readings_are_those_of_the_blurred_picture() -> None:
    """The tiles' shortcut against the long way: blur the picture, average a disc about each centre."""
    for module, gain, blur in ((0.42, 0.05, 0.06), (0.33, -0.04, 0.12), (0.25, 0.02, 0.2), (0.42, 0.0, 0.0)):
        printed = impression(plate(symbol(), module, Tones(0.1, 0.8, 0.6)), gain)
        shown = picture(printed, blur)
        readings = samples(printed, blur)
        pixels = printed.plate.pixels
        radius = 0.4 * pixels
        half = math.ceil(radius)
        at = np.arange(-half, half + 1)
        disc = np.clip(0.5 + radius - np.hypot(at[:, None], at[None, :]), 0, 1)
        for row, column in ((0, 0), (4, 4), (7, 7), (10, 12), (12, 10), (20, 9), (28, 28)):
            y, x = ((place + printed.plate.margin - QUIET) * pixels + pixels // 2 for place in (row, column))
            seen = shown.image[y - half : y + half + 1, x - half : x + half + 1]
            assert readings[row, column] == pytest.approx((seen * disc).sum() / disc.sum(), abs=1e-4)


def test_plain_areas_keep_their_reflectance() -> None:
    readings = samples(impression(plate(symbol(), 0.42, Tones(0.05, 0.85, 0.7))), 0.04)
    assert readings[QUIET + 3, QUIET + 3] == pytest.approx(0.05, abs=1e-6)  # a finder's middle
    assert readings[0, 0] == pytest.approx(0.7, abs=1e-6)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1), st.floats(0, 0.15))
def test_more_gain_is_never_lighter(one: float, other: float, blur: float) -> None:
    less, more = sorted((one, other))
    made = plate(symbol(), 0.4, Tones(0.05, 0.85, 0.85))
    assert (samples(impression(made, more), blur) <= samples(impression(made, less), blur) + 1e-6).all()


def test_blur_is_the_standard_deviation() -> None:
    taps = gaussian(5.0)
    place = np.arange(len(taps)) - len(taps) // 2
    assert taps.sum() == pytest.approx(1)
    assert (taps * place**2).sum() == pytest.approx(25 + 1 / 12, rel=0.005)
    step = soften(np.tile(np.repeat([0.0, 1.0], 40), (3, 1)), 5.0)[1]
    assert step[44] == pytest.approx(0.5 * (1 + math.erf(4.5 / 5 / math.sqrt(2))), abs=0.01)


@pytest.mark.parametrize(
    ("module", "tones", "gain", "blur"),
    [
        (0.0, INK, 0.0, 0.0),
        (math.nan, INK, 0.0, 0.0),
        (0.4, Tones(-0.1, 1.0, 1.0), 0.0, 0.0),
        (0.4, INK, 0.5, 0.0),
        (0.4, INK, math.nan, 0.0),
        (0.4, INK, 0.0, -0.01),
        (0.4, INK, 0.0, math.inf),
    ],
)
def test_measures_out_of_range_are_refused(module: float, tones: Tones, gain: float, blur: float) -> None:
    with pytest.raises(ValueError, match=r"module|reflectances|blur"):
        samples(impression(plate(LONE, module, tones), gain), blur)


def test_the_rendered_print_is_a_picture_that_phones_read() -> None:
    shown = picture(impression(plate(symbol(), 0.42, Tones(0.05, 0.85, 0.85)), 0.03), 0.06)
    assert decoded(shown.image) == [LINK]
