"""Each parameter by cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from grade_samples import LINK, TONES, decoded, drawn, flipped, symbol
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.grade import Grade, grade, grade_image, modules_of
from keytag.grade.layout import blocks, layout
from keytag.grade.parameters import at_least, at_most, overlay, segment_grade
from keytag.grade.press import Tones, impression, picture, plate
from keytag.qr.tables import QUIET

PX = 20
MODULE = 0.4


def seen(image: object, blur: float = 0.0) -> Grade:
    """A drawn symbol (20 pixels a nominal module of 0.4 mm) graded as a picture."""
    corner = QUIET * MODULE
    padded = np.pad(np.asarray(image, dtype=np.float64), PX * 5, mode="edge")  # a smaller symbol needs the room too
    origin = (corner + 5 * MODULE, corner + 5 * MODULE)
    return grade_image(padded, PX / MODULE, 25, origin, module_mm=MODULE, blur=blur)


def grades(one: Grade) -> dict[str, int]:
    return {parameter.key: parameter.grade for parameter in one.parameters}


def test_a_perfect_symbol_is_an_a_throughout() -> None:
    for one in (grade(symbol(), MODULE, **TONES, blur=0.0), grade(symbol(), MODULE, **TONES), seen(drawn(symbol()))):
        assert set(grades(one).values()) == {4}
        assert (one.overall, one.letter, one.worst) == (4, "A", ())
        assert one.parameter("SC").value == pytest.approx(0.80)
        assert one.parameter("UEC").value == 1.0
        assert one.parameter("AN").value == pytest.approx(0.0, abs=1e-3)
        assert one.parameter("GN").value == pytest.approx(0.0, abs=0.01)
        assert one.aperture_mm == pytest.approx(0.32)
    with pytest.raises(KeyError):
        one.parameter("VI")  # version 2 has no version information


@pytest.mark.parametrize("version", [1, 2, 5, 7, 10])
def test_every_version_grades_an_a(version: int) -> None:
    one = grade(symbol("ABC", version), MODULE, **TONES)
    assert one.letter == "A"
    assert ("VI" in grades(one)) == (version >= 7)


@pytest.mark.parametrize(
    ("light", "wanted"),
    [(0.80, 4), (0.79, 3), (0.65, 3), (0.64, 2), (0.50, 2), (0.49, 1), (0.30, 1), (0.29, 0)],
)
def test_symbol_contrast_turns_at_its_thresholds(light: float, wanted: int) -> None:
    one = grade(symbol(), MODULE, dark=0.10, light=light, quiet=light, blur=0.0)
    assert one.parameter("SC").grade == wanted
    assert one.overall == wanted
    assert all(parameter.grade == 4 for parameter in one.parameters if parameter.key != "SC")  # they are relative


def test_without_contrast_nothing_is_read() -> None:
    one = grade(symbol(), MODULE, dark=0.5, light=0.5, quiet=0.5)
    assert one.letter == "F"
    assert {key for key, value in grades(one).items() if value} <= {"FPD"}
    assert grades(one)["FPD"] == 0
    assert one.parameter("AN").value is None
    assert decoded(np.full((400, 400), 0.5)) == []


@pytest.mark.parametrize(("words", "wanted"), [(0, 4), (2, 4), (3, 4), (4, 3), (5, 2), (6, 1), (7, 0), (8, 0)])
def test_each_wrong_codeword_costs_an_eighth_of_version_2_m(words: int, wanted: int) -> None:
    """16 check codewords, none kept for detection: UEC = 1 - 2t / 16, against 0.62, 0.50, 0.37 and 0.25."""
    path = layout(2).path
    one = grade(flipped(symbol(), *(path[8 * word] for word in range(3, 3 + words))), MODULE, **TONES, blur=0.0)
    assert one.parameter("DEC").grade == 4
    assert one.parameter("UEC").value == pytest.approx(1 - words / 8)
    assert one.parameter("UEC").grade == wanted
    assert one.parameter("MOD").grade == 4  # a wrong module is as black as a right one
    assert one.parameter("RM").grade == wanted  # but has no margin at all
    assert one.parameter("RM").value == (1.0 if not words else 0.0)


def test_two_wrong_modules_in_one_codeword_cost_no_more_than_one() -> None:
    path = layout(2).path
    one = grade(flipped(symbol(), path[8], path[9]), MODULE, **TONES)
    assert one.parameter("UEC").value == pytest.approx(1 - 1 / 8)


@pytest.mark.parametrize(("version", "level", "capacity"), [(1, "l", 4), (1, "m", 8), (1, "q", 12), (2, "l", 8)])
def test_codewords_kept_for_detection_correct_nothing(version: int, level: str, capacity: int) -> None:
    """1-L has 7 check codewords, three of them for detection, and so on: one error costs 2 / (d - p)."""
    matrix = flipped(symbol("ABC", version, level), layout(version).path[0])
    assert grade(matrix, MODULE, **TONES).parameter("UEC").value == pytest.approx(1 - 2 / capacity)


def test_the_worst_block_counts() -> None:
    """Version 5-Q: two blocks of 18 check codewords, then two more; three errors in one of them leave 1 - 6/18."""
    matrix = symbol("ABC", 5, "q")
    block = blocks(5, "Q")[2]
    hit = [layout(5).path[8 * word] for word in block.codewords[:3]]
    one = grade(flipped(matrix, *hit), MODULE, **TONES)
    assert one.parameter("UEC").value == pytest.approx(1 - 6 / 18)


def test_one_error_too_many_fails_the_decode() -> None:
    path = layout(2).path
    one = grade(flipped(symbol(), *(path[8 * word] for word in range(9))), MODULE, **TONES)
    assert (one.parameter("DEC").grade, one.parameter("UEC").grade, one.letter) == (0, 0, "F")
    assert one.parameter("FPD").grade == 4


@pytest.mark.parametrize(
    ("places", "part", "wanted"),
    [
        ([(3, 3)], "A1", 3),
        ([(3, 3), (0, 0)], "A1", 2),
        ([(3, 3), (0, 0), (6, 6)], "A1", 1),
        ([(3, 3), (0, 0), (6, 6), (0, 6)], "A1", 0),
        ([(3, 21)], "A2", 3),
        ([(21, 3)], "A3", 3),
        ([(7, 3)], "A1", 3),  # a separator
        ([(6, 10)], "B1", 1),  # one of nine timing modules: 11.1 %
        ([(10, 6)], "B2", 1),
        ([(6, 9), (6, 15)], "B1", 0),
        ([(18, 18)], "C", 3),  # one of 25: 4 %
        ([(16, 16), (16, 20), (18, 18)], "C", 2),  # 12 %
    ],
)
def test_a_broken_fixed_pattern_is_fixed_pattern_damage(places: list[tuple[int, int]], part: str, wanted: int) -> None:
    one = grade(flipped(symbol(), *places), MODULE, **TONES, blur=0.0)
    damage = one.parameter("FPD")
    parts = dict(damage.parts)
    assert parts.pop(part) == wanted
    assert set(parts.values()) == {4}
    assert damage.value == pytest.approx((wanted + 20) / 6, abs=1e-4)
    assert damage.grade == min(wanted, at_least((wanted + 20) / 6, (4.0, 3.5, 3.0, 2.5)))
    assert one.overall == damage.grade
    assert one.worst == (damage,)
    assert one.parameter("UEC").value == 1.0


def test_many_slightly_damaged_segments_are_worse_than_each() -> None:
    places = [(3, 3), (3, 21), (21, 3), (18, 18)]  # 3, 3, 3, 4, 4, 3: the mean of 3.33 is a C
    assert grade(flipped(symbol(), *places), MODULE, **TONES, blur=0.0).parameter("FPD").grade == 2


def test_three_of_five_timing_modules_fail_however_long_the_pattern() -> None:
    assert segment_grade("B1", [4] * 41) == 4
    assert segment_grade("B1", [0, 0, *[4] * 39]) == 3  # 4.9 %
    assert segment_grade("B1", [0, 4, 0, 4, 0, *[4] * 36]) == 0  # 7.3 %, but crowded


def test_ink_in_the_quiet_zone_is_fixed_pattern_damage() -> None:
    image = drawn(symbol())
    image[2 * PX : 3 * PX, 6 * PX : 7 * PX] = 0.05
    assert dict(seen(image).parameter("FPD").parts)["A1"] == 3
    image[2 * PX : 3 * PX, 2 * PX : 12 * PX] = 0.05
    assert dict(seen(image).parameter("FPD").parts)["A1"] == 0


def test_damaged_format_information_counts_by_both_copies() -> None:
    first, second = layout(2).format
    information = grade(flipped(symbol(), first[0]), MODULE, **TONES, blur=0.0).parameter("FI")
    assert (information.parts, information.grade) == ((("1", 3), ("2", 4)), 4)
    information = grade(flipped(symbol(), *first[:4], second[0]), MODULE, **TONES, blur=0.0).parameter("FI")
    assert (information.parts, information.grade) == ((("1", 0), ("2", 3)), 2)


def test_damaged_version_information_counts_by_both_copies() -> None:
    first, second = layout(7).version_info
    matrix = flipped(symbol("ABC", 7), *first[:3], *second[:2])
    information = grade(matrix, MODULE, **TONES, blur=0.0).parameter("VI")
    assert (information.parts, information.grade) == ((("1", 1), ("2", 2)), 2)


@pytest.mark.parametrize(("px_y", "wanted"), [(20, 4), (21, 4), (22, 2), (23, 0), (19, 4), (18, 1), (17, 0)])
def test_a_stretched_symbol_is_axially_non_uniform(px_y: int, wanted: int) -> None:
    """20 by 22 pixels a module: |20 - 22| / 21 = 0.095, a C."""
    one = seen(drawn(symbol(), 20, px_y))
    axial = one.parameter("AN")
    assert axial.value == pytest.approx(abs(20 - px_y) / ((20 + px_y) / 2), abs=2e-3)
    assert axial.grade == wanted
    assert {key: value for key, value in grades(one).items() if value < 4} == ({"AN": wanted} if wanted < 4 else {})


@pytest.mark.parametrize("pixels", [2, 6, 10, 14])
def test_a_shifted_half_is_grid_non_uniformity(pixels: int) -> None:
    """The columns from 12 on moved to the right: the even grid between the finders is wider by the shift over 18
    modules, and the worst of the timing modules, the first beyond the break, lies the shift less 9 such parts off."""
    even = PX + pixels / 18
    wanted = (pixels - pixels / 18 * (12 - 3)) / even
    across = seen(drawn(symbol(), columns={12: pixels}))
    mirrored = tuple(zip(*symbol(), strict=True))  # a QR symbol lies the same way when turned over its diagonal
    down = seen(drawn(mirrored, columns={12: pixels}).T)
    for one in (across, down):
        assert one.parameter("GN").value == pytest.approx(wanted, abs=0.02)
        assert one.parameter("GN").grade == at_most(wanted, (0.38, 0.50, 0.63, 0.75))
        assert one.parameter("MOD").grade == 4  # the grid followed
        assert one.parameter("MOD").value == pytest.approx(1.0, abs=0.1)
        assert one.parameter("UEC").value == 1.0


@pytest.mark.parametrize(("pixels", "wanted"), [(6, 4), (9, 3), (12, 2)])
def test_a_shifted_alignment_pattern_is_grid_non_uniformity(pixels: int, wanted: int) -> None:
    image = drawn(symbol())
    low, high = (16 + QUIET) * PX, (21 + QUIET) * PX
    pattern = image[low:high, low:high].copy()
    image[low:high, low : high + 2 * PX] = 0.85
    image[low:high, low + pixels : high + pixels] = pattern
    grid = seen(image).parameter("GN")
    assert grid.value == pytest.approx(pixels / PX, abs=0.01)
    assert grid.grade == wanted


def test_the_grid_bends_towards_the_fourth_corner() -> None:
    """The corner without a finder drawn out by 0.6 module, as by a skew lens: an even grid would read edges there."""
    pixels = 33 * PX
    place = (np.arange(pixels) + 0.5) / PX - QUIET
    share = np.clip(place - 3.5, 0, None)
    pull = 0.6 * share[:, None] * share[None, :] / 15**2
    rows, columns = (np.floor(at - pull).astype(int) + QUIET for at in (place[:, None], place[None, :]))
    field = np.pad(np.array(symbol()), QUIET)
    one = seen(np.where(field[np.clip(rows, 0, 32), np.clip(columns, 0, 32)], 0.05, 0.85))
    assert one.parameter("GN").value == pytest.approx(0.6 * 2**0.5, abs=0.08)
    assert one.parameter("MOD").grade == 4
    assert one.parameter("MOD").value > 0.85  # type: ignore[operator]


def test_modulation_lays_the_levels_over_the_codewords() -> None:
    """120 codewords, 60 of them checks: at B 20 are below (1 - 40/60 = 33 %, a D), at C 5 (83 %): so the grade is C."""
    assert overlay([4] * 25 + [3] * 75 + [2] * 15 + [1] * 3 + [0] * 2, 60) == 2
    assert overlay([4] * 44, 16) == 4
    assert overlay([4] * 41 + [0] * 3, 16) == 4  # 1 - 6/16 = 62.5 %
    assert overlay([4] * 40 + [3] * 4, 16) == 3  # 1 - 8/16 = 50 % at A, nothing wrong at B
    assert overlay([4] * 39 + [0] * 5, 16) == 2
    assert overlay([0] * 44, 16) == 0


@pytest.mark.parametrize(("share", "wanted"), [(0.52, 4), (0.45, 3), (0.35, 2), (0.25, 1), (0.15, 0)])
def test_faint_modules_turn_modulation_at_its_thresholds(share: float, wanted: int) -> None:
    """One module in every codeword printed so that 2 |R - GT| / SC is `share`: error correction cannot forgive that."""
    image = drawn(symbol())
    for word in range(44):
        row, column = layout(2).path[8 * word]
        paler = 0.45 - 0.40 * share if symbol()[row][column] else 0.45 + 0.40 * share
        image[(row + 4) * PX : (row + 5) * PX, (column + 4) * PX : (column + 5) * PX] = paler
    one = seen(image)
    assert one.parameter("MOD").value == pytest.approx(share, abs=1e-3)
    assert one.parameter("MOD").grade == one.parameter("RM").grade == one.overall == wanted


def test_thresholds_include_themselves() -> None:
    assert [at_least(value, (0.7, 0.55, 0.4, 0.2)) for value in (0.7, 0.69999, 0.55, 0.4, 0.2, 0.19)] == [
        4,
        3,
        3,
        2,
        1,
        0,
    ]
    assert [at_most(value, (0.06, 0.08, 0.1, 0.12)) for value in (0.06, 0.0601, 0.08, 0.1, 0.12, 0.13)] == [
        4,
        3,
        3,
        2,
        1,
        0,
    ]


@pytest.mark.parametrize(("gain", "blur"), [(0.0, 0.04), (0.05, 0.06), (-0.05, 0.08), (0.08, 0.10)])
def test_a_picture_of_the_print_grades_as_the_print(gain: float, blur: float) -> None:
    printed = impression(plate(symbol(), 0.42, Tones(**TONES)), gain)
    shown = picture(printed)
    by_model = grade(symbol(), 0.42, **TONES, gain=gain, blur=blur)
    by_picture = grade_image(shown.image, shown.px_per_mm, 25, shown.origin, module_mm=0.42, blur=blur)
    assert grades(by_picture) == grades(by_model)
    for one, other in zip(by_picture.parameters, by_model.parameters, strict=True):
        assert one.value == pytest.approx(other.value, abs=0.01)


@settings(deadline=None, derandomize=True, max_examples=15)
@given(st.floats(8, 30), st.floats(-0.4, 0.4), st.floats(-0.4, 0.4), st.integers(0, 2**32))
def test_a_plate_is_read_at_any_resolution_and_a_little_out_of_place(
    px: float, dx: float, dy: float, seed: int
) -> None:
    """Nearest-pixel rendering, origin off by up to 0.4 module, foreign marks beyond the quiet zone."""
    module, margin = 0.4, 6
    pitch = px / module
    pixels = round((25 + 2 * margin) * px)
    at = np.floor((np.arange(pixels) + 0.5) / px - margin).astype(int)
    field = np.pad(np.array(symbol()), margin)
    image = np.where(field[np.clip(at + margin, 0, 36)[:, None], np.clip(at + margin, 0, 36)[None, :]], 0.05, 0.85)
    noise = np.random.default_rng(seed).random(image.shape) < 0.5
    noise[round(1.5 * px) : -round(1.5 * px), round(1.5 * px) : -round(1.5 * px)] = False
    image[noise] = 0.05
    origin = ((margin + dx) * module, (margin + dy) * module)
    assert modules_of(image, pitch, 25, origin, module_mm=module) == symbol()
    one = grade_image(image, pitch, 25, origin, module_mm=module, blur=0.04)
    assert one.parameter("UEC").value == 1.0
    assert one.parameter("AN").grade == 4
    assert one.parameter("GN").grade == 4


@settings(deadline=None, derandomize=True, max_examples=20)
@given(
    st.integers(1, 4),
    st.integers(0, 2**32),
    st.floats(0.15, 1.5),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
    st.floats(-0.15, 0.15),
    st.floats(0, 0.3),
)
def test_any_modules_at_all_get_a_grade(
    version: int, seed: int, module: float, tones: tuple[float, float, float], gain: float, blur: float
) -> None:
    size = 17 + 4 * version
    noise = np.random.default_rng(seed).random((size, size)) < 0.5
    dark, light, quiet = tones
    one = grade(tuple(map(tuple, noise.tolist())), module, dark=dark, light=light, quiet=quiet, gain=gain, blur=blur)
    assert all(0 <= parameter.grade <= 4 for parameter in one.parameters)
    assert one.letter == "F"  # chance makes no finder patterns


def test_pictures_that_cannot_be_graded_are_refused() -> None:
    image = drawn(symbol())
    corner = QUIET * MODULE
    with pytest.raises(ValueError, match="quiet zone"):
        grade_image(image[:, PX:], 50, 25, (corner, corner), module_mm=MODULE)
    with pytest.raises(ValueError, match="too few"):
        grade_image(image, 10, 25, (corner * 5, corner * 5), module_mm=MODULE)
    with pytest.raises(ValueError, match="between 0 and 1"):
        grade_image(image * 255, 50, 25, (corner, corner), module_mm=MODULE)
    with pytest.raises(ValueError, match="no QR symbol"):
        grade_image(image, 50, 24, (corner, corner), module_mm=MODULE)
    with pytest.raises(ValueError, match="two dimensions"):
        grade_image(image[0], 50, 25, (corner, corner), module_mm=MODULE)


def test_a_picture_of_something_else_is_an_f() -> None:
    image = drawn(symbol())
    assert seen(np.full_like(image, 0.85)).letter == "F"
    chance = np.random.default_rng(5)
    assert seen(chance.random(image.shape)).letter == "F"
    assert seen(np.kron(chance.random((33, 33)) < 0.5, np.ones((PX, PX))) * 0.8).letter == "F"
    assert seen(1 - image).letter == "F"  # reversed: white on black
    assert LINK not in decoded(np.full_like(image, 0.85))
