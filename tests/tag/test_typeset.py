"""Shaping: tabular figures, Vietnamese, Jrai and Bahnar letters, and missing ones."""

from __future__ import annotations

import pytest

from keytag.base.ink import BLACK
from keytag.base.units import MM_PER_PT
from keytag.tag import typeset

VIETNAMESE = "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ"
HIGHLAND = ("ƀ", "č", "ĕ", "ĭ", "ŏ", "ŭ", "ơ\u0306", "ư\u0306", "ê\u0306")


@pytest.mark.parametrize("weight", sorted(typeset.FONTS))
def test_figures_are_tabular(weight: str) -> None:
    font = typeset.load(weight)
    assert len({font.shape(digit).advance for digit in "0123456789"}) == 1
    assert font.shape("111.111").advance == font.shape("888.888").advance


@pytest.mark.parametrize("weight", sorted(typeset.FONTS))
def test_every_vietnamese_letter_is_in_the_font(weight: str) -> None:
    font = typeset.load(weight)
    assert font.shape(VIETNAMESE).missing == ()
    assert font.shape(VIETNAMESE.upper()).missing == ()


@pytest.mark.parametrize("weight", sorted(typeset.FONTS))
@pytest.mark.parametrize("letter", HIGHLAND)
def test_highland_letters_have_their_marks_above_the_letter(weight: str, letter: str) -> None:
    run = typeset.load(weight).shape(letter)
    assert run.missing == ()
    if len(letter) == 2:  # a base and a combining breve: placed over the base, not after it
        base = typeset.load(weight).shape(letter[0])
        assert run.advance == base.advance
        assert run.top > base.top
        assert run.left >= base.left - 60 and run.right <= base.right + 60


def test_a_character_without_a_glyph_is_named() -> None:
    run = typeset.load("bold").shape("A漢字")
    assert run.missing == ("漢", "字")


def test_a_run_is_set_where_its_ink_is_wanted() -> None:
    run = typeset.load("bold").shape("0269.3000.113")
    words = typeset.place(run, 10.0, 7.0, 12.0, BLACK)
    xs, ys = [], []
    for glyph in words.glyphs:
        (x0, x1), (y0, y1) = glyph.outline.extents()
        xs += [glyph.x + x0 * words.scale, glyph.x + x1 * words.scale]
        ys += [glyph.y - y0 * words.scale, glyph.y - y1 * words.scale]
    assert (min(xs), max(xs)) == pytest.approx((words.box.x, words.box.right))
    assert (min(ys), max(ys)) == pytest.approx((words.box.y, words.box.bottom))
    assert words.box.x == pytest.approx(7.0)
    assert words.box.width == pytest.approx(run.ink_width * 10 * MM_PER_PT)


def test_tracking_spreads_letters_and_not_marks() -> None:
    font = typeset.load("bold")
    assert font.shape("AB", 0.1).advance == pytest.approx(font.shape("AB").advance + 100)
    assert font.shape("ơ\u0306", 0.1).advance == pytest.approx(font.shape("ơ\u0306").advance)
