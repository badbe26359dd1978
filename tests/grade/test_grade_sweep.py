"""The sweep: monotone, in words, and borne out by a real decoder."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from grade_samples import LINK, TONES, decoded, symbol
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keytag.grade import Sweep, grade, sweep
from keytag.grade.press import Tones, impression, picture, plate
from keytag.grade.sweep import BLURS, GAINS


@pytest.fixture(scope="module")
def swept() -> Sweep:
    return sweep(symbol(), 0.42, **TONES)


def test_each_field_is_the_single_grade(swept: Sweep) -> None:
    for gain, blur in ((0.0, 0.06), (-0.06, 0.12), (0.10, 0.04)):
        assert swept.at(gain, blur) == grade(symbol(), 0.42, **TONES, gain=gain, blur=blur)


def test_cells_are_all_fields_row_by_row(swept: Sweep) -> None:
    cells = swept.cells()
    assert [(cell.row, cell.column) for cell in cells] == [(row, column) for row in range(5) for column in range(9)]
    assert [cell.gain for cell in cells[:9]] == list(GAINS)
    assert [cell.blur for cell in cells[::9]] == list(BLURS)
    assert all(cell.letter == "FDCBA"[cell.grade] for cell in cells)
    assert {cell.letter for cell in cells} == set("ABCDF")  # a sweep that shows nothing would be no use


def test_more_ink_or_more_blur_never_improves_a_print(swept: Sweep) -> None:
    overall = [[one.overall for one in row] for row in swept.grades]
    zero = GAINS.index(0.0)
    for row in overall:
        assert row[zero:] == sorted(row[zero:], reverse=True)
        assert row[: zero + 1] == sorted(row[: zero + 1])
    for column in zip(*overall, strict=True):
        assert list(column) == sorted(column, reverse=True)


def test_words_say_what_the_fields_say(swept: Sweep) -> None:
    gain, loss = swept.tolerance(), swept.loss()
    assert gain == 0.06
    assert loss == 0.06
    assert swept.at(gain, 0.06).overall >= 2 > swept.at(0.08, 0.06).overall
    assert swept.words() == "reads down to C with 0.06 mm gain and with 0.06 mm loss or more (blur 0.06 mm)"
    assert (swept.tolerance(2, 0.04), swept.loss(2, 0.04)) == (0.08, 0.06)
    assert swept.words(4) == "reads down to A with 0.04 mm gain and with 0.04 mm loss (blur 0.06 mm)"
    assert swept.words(2, 0.12).startswith("reads down to C without any gain and")


def test_a_symbol_that_is_too_pale_says_why() -> None:
    pale = sweep(symbol(), 0.42, dark=0.50, light=0.85, quiet=0.85, gains=(0.0, 0.02), blurs=(0.06,))
    assert pale.tolerance() is None
    assert pale.words() == "does not reach C even without gain: D for symbol contrast (blur 0.06 mm)"


def test_larger_modules_bear_more() -> None:
    reach = [sweep(symbol(), module, **TONES, blurs=(0.06,)).tolerance() for module in (0.30, 0.36, 0.42, 0.50)]
    assert all(one is not None for one in reach)
    assert reach == sorted(reach, key=lambda one: one or 0.0)
    assert reach[0] != reach[-1]


def test_a_sweep_starts_from_no_gain() -> None:
    with pytest.raises(ValueError, match="gain 0"):
        sweep(symbol(), 0.42, **TONES, gains=(0.02, 0.04))


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    st.sampled_from(["l", "m", "q", "h"]),
    st.integers(0, 7),
    st.floats(0.30, 0.60),
    st.floats(-0.06, 0.10),
    st.floats(0.0, 0.12),
    st.floats(0.02, 0.15),
    st.floats(0.6, 0.9),
)
def test_whatever_grades_c_or_better_a_decoder_reads(
    level: str, mask: int, module: float, gain: float, blur: float, dark: float, light: float
) -> None:
    matrix = symbol(LINK, 4 if level in "qh" else 2, level, mask)
    one = grade(matrix, module, dark=dark, light=light, quiet=light, gain=gain, blur=blur)
    assume(one.overall >= 2)
    shown = picture(impression(plate(matrix, module, Tones(dark, light, light)), gain), blur)
    assert decoded(shown.image) == [LINK]


def test_what_fails_outright_a_decoder_does_not_read() -> None:
    """Gain 0.16 mm on modules of 0.33 mm: the light modules between dark ones are all but closed."""
    matrix, tones = symbol(), Tones(**TONES)
    one = grade(matrix, 0.33, **TONES, gain=0.16, blur=0.06)
    assert one.parameter("DEC").grade == 0
    assert decoded(picture(impression(plate(matrix, 0.33, tones), 0.16), 0.06).image) == []


def test_grades_do_not_depend_on_the_run() -> None:
    assert sweep(symbol(), 0.37, **TONES) == sweep(symbol(), 0.37, **TONES)


def test_a_sweep_is_fast() -> None:
    """Far from the limit on purpose: 0.7 s is the promise on an idle core, and this machine may be busy."""
    matrix = symbol()
    grade(matrix, 0.42, **TONES)
    start = time.process_time()
    sweep(matrix, 0.42, **TONES)
    assert time.process_time() - start < 2.0


def test_the_package_does_not_import_numpy_before_it_is_used() -> None:
    script = "import sys, keytag.grade; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
