"""Serials: the standard's check characters, every single error found, and what people type read back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.serial.characters import ALPHABET, damm, mod_37_36
from keytag.serial.form import Form, SerialError, cells, is_prefix, specimen

G = Form("G")
DIGITS = Form("")
forms = st.sampled_from([G, DIGITS, Form("KT", 6), Form("ABCD", 9)])


def test_the_standards_own_example() -> None:
    assert mod_37_36("A12425GABC1234002") == "M"  # ISO/IEC 7064 MOD 37,36 as the GRid standard (3.1) shows it
    assert damm("572") == "4"  # Damm's own example


def test_a_serial_as_it_is_printed() -> None:
    assert (G.text(18), G.printed(18), G.printed(101)) == ("G0000018S", "G-0000 018-S", "G-0000 101-1")
    assert DIGITS.printed(18) == f"0000 018-{damm('0000018')}"


@given(forms, st.integers(0, 10**6 - 1))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_what_is_printed_reads_back(form: Form, number: int) -> None:
    for written in (form.text(number), form.printed(number), form.printed(number).lower(), f" {form.text(number)} "):
        assert form.parse(written) == number


@given(forms, st.integers(0, 10**6 - 1), st.data())
@settings(derandomize=True, deadline=None, max_examples=150)
def test_no_single_wrong_character_passes(form: Form, number: int, data: st.DataObject) -> None:
    right = form.text(number)
    at = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from([c for c in ALPHABET if c != right[at]]))
    with pytest.raises(SerialError):
        form.parse(right[:at] + wrong + right[at + 1 :])


def test_swapped_neighbours_are_nearly_always_found() -> None:
    missed = made = 0
    for number in range(0, 10**6, 397):
        right = G.text(number)
        for at in range(1, len(right) - 1):
            wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
            if wrong != right:
                made += 1
                try:
                    G.parse(wrong)
                    missed += 1
                except SerialError:
                    pass
    assert missed <= 0.01 * made and made > 10_000


@given(forms, st.lists(st.integers(0, 10**6 - 1), max_size=30))
@settings(derandomize=True, deadline=None, max_examples=50)
def test_many_at_once_are_the_same(form: Form, numbers: list[int]) -> None:
    rows = form.rows(np.array(numbers, np.int64))
    assert [bytes(row).decode() for row in rows] == [form.text(n) for n in numbers]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("", "blank"),
        ("H0000018S", "begin with G"),
        ("G000018S", "8 characters"),
        ("G00O0018S", "letter among its digits"),
        ("G0000018T", "should be S"),
        ("G٠000018S", "letter among its digits"),
    ],
)
def test_a_word_that_is_no_serial_says_why(word: str, why: str) -> None:
    with pytest.raises(SerialError, match=why):
        G.parse(word)


def test_numbers_beyond_the_form_are_refused() -> None:
    with pytest.raises(SerialError, match="7 digits"):
        G.text(10**7)
    with pytest.raises(SerialError, match="7 digits"):
        G.rows(np.array([10**7]))


def test_prefixes_cells_and_specimens() -> None:
    assert [is_prefix(p) for p in ("G", "ABCD", "g", "A1", "ABCDE", "")] == [True, True, False, False, False, False]
    assert cells(G) == (0, "-", 1, 2, 3, 4, " ", 5, 6, 7, "-", 8)
    assert G.text(specimen(G))[-1] == "W" and DIGITS.text(specimen(DIGITS))[-1] == "0"
