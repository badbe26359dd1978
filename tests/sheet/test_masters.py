"""The cutting forme holds exactly the sheet's cuts, the one-up exactly one face; measures stand outside the bleed."""

from __future__ import annotations

import pytest
from sheet_samples import artwork, scheme

from keytag.base.drawing import Fill, Layer, Page, Stroke, Words
from keytag.base.geometry import Rect
from keytag.base.ink import CUT, DIMENSIONS, DRILL, LEGEND, DieNames
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.checks.sheet.placed import page_marks
from keytag.sheet.cutting import cutting_forme
from keytag.sheet.dimension import across, down, millimetres
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.master import forms_of, one_up
from keytag.sheet.scheme import TURNS, WORK_STYLES
from keytag.sheet.title_block import About
from keytag.tag.typeset import set_text


def words_of(page: Page) -> list[str]:
    return [mark.text for mark, _ in page_marks(page) if isinstance(mark, Words)]


def assert_sound(page: Page) -> None:
    """Boxes nest, every mark lies on the page and off the bleed, in the ink of its layer."""
    assert page.media.contains(page.bleed) and page.bleed.contains(page.trim)
    inks = {Layer.DIMENSIONS: DIMENSIONS, Layer.LEGEND: LEGEND}
    for group in page.groups:
        for mark in group.marks:
            assert isinstance(mark, Fill | Stroke | Words) and mark.ink == inks[group.layer]
    for _, box in page_marks(page):
        assert page.media.contains(box)
        assert not page.bleed.overlaps(box) or box.contains(page.bleed)  # the sheet's outline goes around it


@pytest.mark.parametrize("work", WORK_STYLES)
@pytest.mark.parametrize("turn", TURNS)
def test_the_forme_cuts_where_the_sheet_is_printed(work: str, turn: int) -> None:
    layout = lay_out(scheme(work, margins=(15, 15, 15, 15), turn=turn, blocked=((0, 0),)), 50, 20, 3)
    art = artwork()
    sheet = impose(layout, [0] * len(layout.stations), [art])
    forme = cutting_forme(layout, art, set_text)
    assert_sound(forme.page)
    assert {mark.ink for form in forme.forms for group in form.groups for mark in group.marks} == {CUT, DRILL}
    printed = {p.station: (p.form.rpartition("/")[2], p.at) for p in sheet.front.placements}
    corner = forme.page.placements[0].at
    dx, dy = corner.e - printed[1][1].e, corner.f - printed[1][1].f
    assert len(forme.page.placements) == len(printed)
    for placement in forme.page.placements:
        face, at = printed[placement.station]
        assert placement.form == f"cutting/{face}"
        assert placement.at == pytest.approx((*at[:4], at.e + dx, at.f + dy))


def test_the_forme_says_every_measure() -> None:
    page = cutting_forme(lay_out(scheme(), 50, 20, 3), artwork(), set_text, ("last line",)).page
    words = words_of(page)
    for text in (
        "tờ / sheet 320 mm",
        "tờ / sheet 450 mm",
        "con / trim 50 mm",
        "con / trim 20 mm",
        "bước / pitch 56 mm",
        "bước / pitch 26 mm",
        "khối / block 274 mm",
    ):
        assert text in words
    assert (
        "lỗ / hole Ø 3.4 mm at 3.9 mm" in words and "lỗ / hole at 12.7 mm" in words and "nhíp / gripper 10 mm" in words
    )
    assert any("5 × 16 = 80 tags of 50 × 20 mm, pitch 56 × 26 mm, hole Ø 3.4 mm" in text for text in words)
    assert any("lỗ Ø 3,4 mm" in text for text in words)
    assert words[-1] == "last line"


def test_the_title_block_tells_what_a_tool_room_asks() -> None:
    layout = lay_out(scheme()._replace(dies=DieNames(cut="Thru-cut"), tolerance=0.15), 50, 20, 3)
    about = About("Móc khóa", "05/2020", "2020-05-18", moulded=True)
    page = cutting_forme(layout, artwork(), set_text, about=about).page
    assert_sound(page)
    words = words_of(page)
    told = ("Móc khóa", "1:1, mm", "05/2020 · 2020-05-18", "MẶT TRƯỚC / FRONT of the sheet", "± 0,15 mm / ± 0.15 mm")
    assert set(told) <= set(words)
    assert "Thru-cut: biên dạng khuôn đúc / mould contour; Drill: lỗ khoan / ring hole" in words
    sizes = [mark.size for mark, _ in page_marks(page) if isinstance(mark, Words) and mark.ink == DIMENSIONS]
    assert min(sizes) >= 9


@pytest.mark.parametrize("work", WORK_STYLES)
def test_no_words_of_the_forme_lie_on_one_another(work: str) -> None:
    page = cutting_forme(lay_out(scheme(work, margins=(15, 15, 15, 15)), 50, 20, 3), artwork(), set_text).page
    boxes = [mark.box for mark, _ in page_marks(page) if isinstance(mark, Words)]
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]


def test_a_forme_of_one_station_without_hole_or_gripper() -> None:
    whole = artwork()
    bare = whole._replace(front=whole.front._replace(hole=None), back=whole.back._replace(hole=None))
    layout = lay_out(scheme(sheet=(120, 90), gripper=("left", 0), grid=(1, 1)), 50, 20, 3)
    page = cutting_forme(layout, bare, set_text).page
    assert_sound(page)
    assert not any(text.startswith(("lỗ / hole", "nhíp", "bước")) for text in words_of(page))


@pytest.mark.parametrize("side", ["front", "back"])
@pytest.mark.parametrize("outline", [Ellipse(50, 20), RoundedRectangle(12, 30, 3)])
def test_one_up(side: str, outline: Outline) -> None:
    art = artwork("Ia Băng", outline, hole=(3, 4, 2))
    page, (face, around) = one_up(art, side, set_text, ("2020-05-15",))
    whole = page._replace(groups=page.groups + around.groups)
    assert_sound(whole)
    placement, beside = page.placements
    assert face is art.faces[side == "back"].form and beside.form == around.key and beside.at == (1, 0, 0, 1, 0, 0)
    assert placement.form == f"Ia Băng/{side}" and placement.at[:4] == (1, 0, 0, 1)
    assert page.trim == Rect(placement.at.e, placement.at.f, outline.width, outline.height)
    assert page.bleed == page.trim.inset(-3)
    assert all(around.bounds.contains(box) for _, box in page_marks(page._replace(groups=around.groups)))
    assert page.media.contains(around.bounds)
    words = words_of(whole)
    assert millimetres(outline.width, "trim") in words and millimetres(outline.height + 6, "bleed") in words
    assert "hole Ø 2 mm at 3 mm" in words and "4 mm" in words
    assert words_of(page) == [f"{art.title}, 1:1", "2020-05-15"]


def test_the_measures_are_stored_once_for_all_tags_of_a_job() -> None:
    tags = [artwork(title) for title in ("Ia Băng", "Ia Pết")]
    masters = [one_up(art, side, set_text) for art in tags for side in ("front", "back")]
    forms = forms_of(masters)
    assert len({form.key for form in forms}) == len(forms) == 4 + 2
    other = one_up(artwork("Ia Băng", Ellipse(60, 20)), "front", set_text)
    assert len(forms_of([masters[0], other])) == 2 + 1  # the faces have one key here, the measures have not


def test_a_measure_is_as_long_as_it_says() -> None:
    for marks, axis in ((across(10, 60, 5, "50 mm", set_text, 8), 0), (down(10, 60, 5, "50 mm", set_text, 8), 1)):
        lines = [mark.path for mark in marks if isinstance(mark, Stroke)]
        assert len(lines) == 3
        arrow = lines[2].coords
        assert sorted((arrow[axis], arrow[axis + 2])) == [10, 60]
        assert {round(arrow[1 - axis], 9), round(arrow[3 - axis], 9)} == {5}
        tips = {round(mark.path.coords[axis], 9) for mark in marks if isinstance(mark, Fill)}
        assert tips == {10, 60}
        (label,) = [mark for mark in marks if isinstance(mark, Words)]
        middle = label.box.centre
        assert (middle.x, middle.y)[axis] == pytest.approx(35)


def test_a_measure_too_short_for_its_words_has_them_beside_it() -> None:
    marks = across(10, 12, 5, "hole at 2 mm", set_text, 8)
    (label,) = [mark for mark in marks if isinstance(mark, Words)]
    assert label.box.x > 12
    tips = [mark.path.bounds() for mark in marks if isinstance(mark, Fill)]
    assert min(t.x for t in tips) < 10 and max(t.right for t in tips) > 12
