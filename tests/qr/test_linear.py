"""Symbols by XOR held one by one against the library that makes single ones, and their runs against the modules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.qr.encode import modules_of, segments, size
from keytag.qr.linear import Family, Symbols, runs, symbols
from keytag.serial.form import Form, specimen

FORMS = {"letters": Form("G"), "digits": Form(""), "long": Form("KTX", 10)}
LINKS = ("https://dakdoa.example.vn/{}", "https://zalo.me/{}", "https://x.example.vn/?t={}&v=12", "{}")


def family(form: Form, link: str, level: str = "M") -> Family:
    before = link.partition("{}")[0]
    return Family(link.format(form.text(specimen(form))), len(before), form.length, level)


def unpacked(words: np.ndarray) -> np.ndarray:
    return (words[:, None] >> np.arange(len(words), dtype=np.uint64) & np.uint64(1)).astype(bool)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", FORMS)
def test_each_symbol_is_the_librarys_own(name: str, link: str) -> None:
    form = FORMS[name]
    made = symbols(family(form, link))
    numbers = np.array([0, 1, 9, 10, 18, 999, 1000, 65535, 123456, 9999999, specimen(form)])
    split = len(segments(made._family.sample)[0])
    for text, words in zip(form.rows(numbers), made.rows(form.rows(numbers)), strict=True):
        payload = link.format(bytes(text).decode())
        expected = modules_of(payload[:split].encode(), payload[split:], made.size)
        assert (unpacked(words) == np.array(expected)).all(), payload


@given(st.sampled_from(sorted(FORMS)), st.sampled_from("LMQH"), st.lists(st.integers(0, 9_999_999), max_size=3))
@settings(derandomize=True, deadline=None, max_examples=25)
def test_random_ones_too_at_every_level(name: str, level: str, numbers: list[int]) -> None:
    form, link = FORMS[name], LINKS[0]
    made = symbols(family(form, link, level))
    split = len(segments(made._family.sample)[0])
    rows = form.rows(np.array(numbers, np.int64))
    for text, words in zip(rows, made.rows(rows), strict=True):
        payload = link.format(bytes(text).decode())
        assert (unpacked(words) == np.array(modules_of(payload[:split].encode(), payload[split:], made.size))).all()


@pytest.mark.parametrize(("low", "high"), [(0, 0), (18, 57), (1000, 1999), (0, 9_999_999)])
@pytest.mark.parametrize("name", FORMS)
def test_what_varies_is_never_less_than_what_differs(name: str, low: int, high: int) -> None:
    form = FORMS[name]
    made = symbols(family(form, LINKS[0]))
    ends = form.rows(np.array([low, high]))
    mask = made.varying(ends[0], ends[1])
    some = np.unique(np.linspace(low, high, 200).astype(np.int64))
    words = made.rows(form.rows(some))
    differ = np.bitwise_or.reduce(words ^ words[0], axis=0)
    assert not (differ & ~mask).any()
    assert bool(mask.any()) == (low != high)
    assert bin(int.from_bytes(mask.tobytes(), "little")).count("1") < made.modules**2 / 2  # most is drawn once


def test_runs_paint_each_dark_module_once() -> None:
    form = FORMS["letters"]
    words = symbols(family(form, LINKS[0])).rows(form.rows(np.arange(30)))
    found = runs(words)
    painted = np.zeros((30, words.shape[1], words.shape[1]), int)
    of = np.repeat(np.arange(30), found.counts)
    for s, y, x, n in zip(of, found.row, found.column, found.length, strict=True):
        painted[s, y, x : x + n] += 1
    assert (painted == np.array([unpacked(w) for w in words])).all()


def test_what_no_symbol_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="no symbol"):
        Symbols(Family("https://x.example.vn/" + "y" * 400, 21, 9))
    assert size("x") is not None
