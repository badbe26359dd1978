"""Marks stand outside every bleed, gripper and other mark, or are reported as missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_samples import artwork, scheme

from keytag.base.drawing import SERIAL, Fill, Form, Group, Layer, Mark, Page, Stroke, Words
from keytag.base.geometry import Affine, Rect, rectangle
from keytag.base.ink import BLACK, DRILL, LEGEND, REGISTRATION, WHITE, Cmyk, Ink
from keytag.base.units import PT_PER_MM, pt
from keytag.files import shipped
from keytag.files.source import read
from keytag.sheet.blocks import assign
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.layout import PressSheet
from keytag.sheet.lettering import JOINT, broken, placed
from keytag.sheet.marks import Patch, fixed_marks, names, patches, slug
from keytag.sheet.marks.ground import places
from keytag.sheet.marks.slug import SlugFacts
from keytag.sheet.page import press_sheet
from keytag.sheet.scheme import EDGES, MARKS, SHEETWISE, TURNS, WORK_AND_TUMBLE, WORK_AND_TURN, WORK_STYLES, Scheme
from keytag.sheet.scheme_file import scheme_of
from keytag.tag.typeset import set_text

FACTS = SlugFacts("Đak Đoa sample", "05/2020", "2020-05-15", "PDF/X-4, FOGRA39")


def pressed(
    plan: Scheme, width: float = 50, height: float = 20, bleed: float = 3, facts: SlugFacts = FACTS
) -> PressSheet:
    from keytag.base.outline import Ellipse

    layout = lay_out(plan, width, height, bleed)
    art = [
        artwork("a", Ellipse(width, height), bleed),
        artwork("b", Ellipse(width, height), bleed),
    ]
    half = len(layout.places) // 2
    sheet = impose(layout, assign(layout, (len(layout.places) - half, half)), art, run=1250, number=2, of=3)
    return press_sheet(sheet, art, facts, set_text)


def box_of(mark: Mark) -> Rect:
    """The mark by its path: half a hairline more across is no matter."""
    return mark.path.bounds() if isinstance(mark, (Fill, Stroke)) else mark.box  # type: ignore[union-attr]


def all_marks(page: Page) -> list[tuple[Layer, Mark]]:
    return [(group.layer, mark) for group in page.groups for mark in group.marks]


def words_of(page: Page) -> list[str]:
    return [mark.text for _, mark in all_marks(page) if isinstance(mark, Words)]


def circles(page: Page) -> list[Rect]:
    """The rings of the registration marks."""
    return [
        mark.path.bounds()
        for _, mark in all_marks(page)
        if isinstance(mark, Stroke) and mark.path.ops == "mccccz" and mark.path.bounds().width < 5
    ]


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    work = draw(st.sampled_from(WORK_STYLES))
    return scheme(
        work,
        sheet=(draw(st.floats(200, 500)), draw(st.floats(200, 500))),
        gripper=(draw(st.sampled_from(EDGES if work == SHEETWISE else ("top", "bottom"))), draw(st.floats(0, 14))),
        margins=tuple(draw(st.floats(0, 25)) for _ in range(4)),  # type: ignore[arg-type]
        gap=(draw(st.floats(6, 10)), draw(st.floats(6, 10))),
        turn=draw(st.sampled_from(TURNS)),
        marks=tuple(m for m in MARKS if draw(st.booleans())),
    )


@settings(deadline=None, derandomize=True, max_examples=40)
@given(schemes())
def test_no_mark_touches_a_bleed_a_gripper_or_the_border(plan: Scheme) -> None:
    press = pressed(plan)
    for side, page in zip(plan.sides, press.pages, strict=True):
        printable = plan.media.inset(plan.border)
        for _, mark in all_marks(page):
            box = box_of(mark)
            assert printable.contains(box)
            if getattr(mark, "field", "") != "design":  # between the tags: test_designs
                assert not page.bleed.overlaps(box)
            assert not any(zone.overlaps(box) for zone in plan.gripper_zones(side))
            if isinstance(mark, Stroke):
                assert mark.width * PT_PER_MM >= 0.25 - 1e-9
        layers = {layer for layer, _ in all_marks(page)}
        assert layers <= {Layer.MARKS, Layer.LEGEND}
        for layer, mark in all_marks(page):
            assert (layer is Layer.LEGEND) == (getattr(mark, "ink", BLACK).name == LEGEND.name)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(schemes())
def test_a_mark_is_placed_or_reported(plan: Scheme) -> None:
    press = pressed(plan)
    for side, page in zip(plan.sides, press.pages, strict=True):
        lacking = {(m.mark, m.reason.split(":")[0]) for m in press.missing if m.side in (side, "front")}
        names = {name for name, _ in lacking}
        assert names <= set(plan.marks)
        marks = [mark for _, mark in all_marks(page)]
        if "register" in plan.marks:
            assert len(circles(page)) + sum(name == "register" for name, _ in lacking) >= 4
        if "slug" in plan.marks:
            assert ("slug" in names) != any(re.search(r"run [\d,]+ sheets", text) for text in words_of(page))
        if "scale" in plan.marks:
            assert ("scale" in names) != ("50 mm" in words_of(page))
        if "colour-bar" in plan.marks:
            assert ("colour-bar" in names) != any(isinstance(m, Fill) and m.ink.name == "Magenta" for m in marks)
        if not plan.marks:
            assert not marks


@settings(deadline=None, derandomize=True, max_examples=40)
@given(schemes())
def test_registration_marks_coincide_when_the_sheet_is_turned(plan: Scheme) -> None:
    press = pressed(plan)
    if len(plan.sides) == 1:
        assert len(press.pages) == 1
        return
    behind = [press.sheet.layout.behind(box) for box in circles(press.front)]
    assert len(behind) == len(circles(press.back))
    for box in circles(press.back):
        assert any(abs(box.x - b.x) < 0.01 and abs(box.y - b.y) < 0.01 for b in behind)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(schemes())
def test_marks_keep_clear_of_one_another(plan: Scheme) -> None:
    layout = lay_out(plan, 50, 20, 3)
    inks = patches(face.form for face in artwork().faces)
    ground = fixed_marks(layout, "front", inks, set_text)
    slug.place(ground, [[["one part of a slug", "another part"], ["một phần"]]], set_text)
    # Neighbouring crop marks of a gap are one another's business.
    boxes = [box for box in ground.taken if min(box.width, box.height) > 1]
    ticks = [box for box in ground.taken if min(box.width, box.height) <= 1]
    for k, box in enumerate(boxes):
        assert not any(box.inset(-0.3).overlaps(other) for other in (*boxes[k + 1 :], *ticks))


def test_crop_marks_stand_at_every_trim_edge() -> None:
    page = pressed(scheme(grid=(3, 2), marks=("crop",))).front
    layout = lay_out(scheme(grid=(3, 2)), 50, 20, 3)
    ticks = [mark.path.coords for _, mark in all_marks(page) if isinstance(mark, Stroke)]
    for edges, axis in (({s.x + d for s in layout.stations for d in (0, 50)}, 0),):
        for edge in edges:
            assert sum(t[axis] == pytest.approx(edge) == t[axis + 2] for t in ticks) == 2
    assert len(ticks) == 2 * 6 + 2 * 4
    for x0, y0, x1, y1 in ticks:
        assert abs(x1 - x0) + abs(y1 - y0) == pytest.approx(4)


def test_both_pages_of_one_forme_are_alike_and_say_so() -> None:
    for work in (WORK_AND_TURN, WORK_AND_TUMBLE):
        press = pressed(scheme(work, margins=(18, 15, 6, 15)))
        assert press.front.groups == press.back.groups
        assert press.front.trim == pytest.approx(press.back.trim)
        assert any("SAME PLATES BOTH SIDES" in text for text in words_of(press.front))
        assert any("HAI MẶT CÙNG BẢN" in text for text in words_of(press.front))


def test_the_slug_has_three_lines_and_the_first_is_large() -> None:
    plan = scheme(margins=(18, 15, 6, 15))._replace(make_ready=40)
    layout = lay_out(plan, 50, 20, 3)
    art = [artwork()]
    sheet = impose(layout, [0] * len(layout.stations), art, run=217, number=1, of=3)
    press = press_sheet(sheet, art, SlugFacts("Móc khóa", "05/2020", "2020-05-18", "PDF/X-4, FOGRA39"), set_text)
    slug_words = [
        mark
        for group in press.front.groups
        for mark in group.marks
        if isinstance(mark, Words) and mark.ink == LEGEND and len(mark.text.split()) > 3
    ]
    assert [word.text.split(JOINT)[0] for word in slug_words[:2]] == ["Móc khóa", "run 217 sheets"]
    assert len(slug_words) == 3 and slug_words[2].text.startswith("front right-reading, turn on the long edge")
    assert slug_words[0].size >= 10 and {word.size for word in slug_words[1:]} == {7.0}
    first = slug_words[0].text
    assert all(part in first for part in ("Móc khóa", "FRONT", "MẶT TRƯỚC", "plate 1 of 3", "bản 1/3"))
    assert "+ 40 make-ready / tờ canh máy" in slug_words[1].text


def test_the_slug_says_what_the_press_needs() -> None:
    press = pressed(scheme(margins=(18, 15, 6, 15)))
    front, back = ("  ·  ".join(words_of(page)) for page in press.pages)
    for text in ("Đak Đoa sample", "edition 05/2020", "plate 2 of 3", "run 1,250 sheets", "80-up", "xã a × 40"):
        assert text in front and text in back
    assert "FRONT" in front and "BACK" in back and "BACK" not in front
    assert "front right-reading, turn on the long edge" in front
    assert "mặt trước đọc xuôi, trở AB theo cạnh dài" in front
    tumble = pressed(scheme(WORK_AND_TUMBLE, margins=(18, 15, 6, 15)))
    assert any("tumble on the short edge" in text for text in words_of(tumble.front))
    assert any(
        "turn on the short edge" in text
        for text in words_of(pressed(scheme(sheet=(450, 330), margins=(15,) * 4)).front)
    )


@pytest.mark.parametrize("name", ["Móc khóa " * 27, "x" * 242, "Móc " * 3000], ids=["words", "one word", "a book"])
def test_a_long_name_never_takes_the_slug_off_the_sheet(name: str) -> None:
    for plan in (scheme(margins=(18, 15, 6, 15)), scheme(WORK_AND_TUMBLE, margins=(18, 12, 6, 12))):
        press = pressed(plan, facts=FACTS._replace(job=name, edition=name))
        assert not [mark for mark in press.missing if mark.mark == "slug"]
        for page in press.pages:
            said = " ".join(words_of(page))
            assert name[:20].strip() in said
            for part in ("plate 2 of 3", "run 1,250 sheets", "-up", "front right-reading"):
                assert part in said
            assert ("SAME PLATES" in said) == plan.same_plates
            assert plan.same_plates or "FRONT" in said or "BACK" in said


@pytest.mark.parametrize("name", shipped.names(shipped.SCHEMES))
def test_numbered_sheets_have_their_slug_and_a_line_of_their_own(name: str) -> None:
    """Four paragraphs need more room than three: on the white of an SRA3 sheet the fourth stands by itself."""
    plan, _ = scheme_of(read(shipped.locate(shipped.SCHEMES, name, Path())))
    press = pressed(plan, facts=FACTS._replace(serial="ABCD-0000 007-W", job="Móc khóa Công an huyện Đak Đoa"))
    assert not [mark for mark in press.missing if mark.mark == "slug"]
    for page in press.pages:
        own = [mark for _, mark in all_marks(page) if isinstance(mark, Words) and mark.field == SERIAL]
        assert [mark.text.partition(" · ")[0] for mark in own] == ["sheet / tờ 1250/1250"]
        assert "plate 2 of 3" in " ".join(words_of(page))


def test_each_plates_own_name_is_painted_in_its_own_ink() -> None:
    gold = Ink("Gold", Cmyk(0, 0.2, 0.9, 0), spot=True)
    inks = (Patch(BLACK, Layer.ARTWORK), Patch(gold, Layer.ARTWORK), Patch(WHITE, Layer.WHITE))
    whole, *own = names.names("Móc khóa " * 20, "2020-05-18", (2, 3), "front", inks)
    assert whole.ink == REGISTRATION and whole.text.endswith("… · FRONT · 2/3")
    assert [(name.ink, name.layer) for name in own] == [tuple(patch) for patch in inks]
    assert [name.text.partition(" · ")[::2] for name in own] == [
        (patch.ink.name, "2/3 · front · 2020-05-18") for patch in inks
    ]


def test_a_sheet_without_white_reports_every_mark_it_cannot_hold() -> None:
    press = pressed(scheme(sheet=(58, 28), gripper=("bottom", 0), margins=(0, 0, 0, 0)))
    assert {m.mark for m in press.missing if m.side == "front"} == set(MARKS) - {"designs"}  # there is one
    assert not press.front.groups


def test_the_colour_bar_has_each_ink_of_the_job_at_both_tones() -> None:
    yellow = Ink("Yellow 012", Cmyk(0, 0.2, 1, 0), spot=True)
    square = rectangle(Rect(0, 0, 1, 1))
    art = Group(Layer.ARTWORK, (Fill(square, yellow._replace(tint=0.3)), Fill(square, Ink("red", Cmyk(0, 1, 1, 0)))))
    form = Form(
        "a",
        Rect(0, 0, 1, 1),
        (art, Group(Layer.WHITE, (Fill(square, WHITE),)), Group(Layer.HOLE, (Stroke(square, DRILL, 1),))),
    )
    found = patches([form, form])
    assert [(p.ink.name, p.layer, p.ink.tint) for p in found] == [
        ("Magenta", Layer.MARKS, 1.0),
        ("Yellow", Layer.MARKS, 1.0),
        ("White", Layer.WHITE, 1.0),
        ("Yellow 012", Layer.MARKS, 1.0),
    ]
    page = pressed(scheme(margins=(18, 15, 6, 15))).front
    tones = {mark.ink.cmyk for _, mark in all_marks(page) if isinstance(mark, Fill) and mark.ink.name == "Magenta"}
    assert tones == {Cmyk(0, 1, 0, 0), Cmyk(0, 0.5, 0, 0)}
    assert not any(mark.ink.name == "Cyan" for _, mark in all_marks(page) if isinstance(mark, Fill))


def test_turned_words_keep_their_outlines_true() -> None:
    words = set_text("R", 10, LEGEND)
    turned = placed(words, Affine(0, -1, 1, 0, 30, 40))
    outline, x, y = turned.glyphs[0]
    drawn = outline.transformed(Affine(turned.scale, 0, 0, -turned.scale, x, y)).bounds()
    assert drawn.x == pytest.approx(turned.box.x) and drawn.bottom == pytest.approx(turned.box.bottom)
    assert (drawn.width, drawn.height) == pytest.approx((words.box.height, words.box.width))


def test_parts_are_broken_only_between_them() -> None:
    parts = ["alpha beta", "gamma", "delta"]
    lines = broken(parts, 25, 8, REGISTRATION, set_text)
    assert lines is not None and len(lines) == 2
    assert all(words.box.width <= 25 for words in lines)
    assert "  ·  ".join(words.text for words in lines) == "  ·  ".join(parts)
    for part, joint in (("alpha beta gamma", " "), ("x" * 30, "")):
        wrapped = broken([part], 12, 8, REGISTRATION, set_text)
        assert wrapped is not None and len(wrapped) > 1 and all(words.box.width <= 12 for words in wrapped)
        assert joint.join(words.text for words in wrapped) == part
    assert broken(parts, 0.5, 8, REGISTRATION, set_text) is None
    assert pt(72) == pytest.approx(25.4)


def test_a_registration_mark_without_room_in_the_middle_is_an_even_pair() -> None:
    # Crop marks 2 mm apart stand in the middle of an even number of columns, and the gripper leaves 6 mm.
    press = pressed(scheme(WORK_AND_TURN, gap=(2, 2), grid=(4, 10), sheet=(320, 245), margins=(9, 6, 6, 6)), bleed=1)
    below = [box for box in circles(press.front) if box.y > press.front.bleed.bottom]
    assert len(below) == 2
    assert below[0].centre.x + below[1].centre.x == pytest.approx(320)
    assert abs(below[0].centre.x - below[1].centre.x) > 5
    assert circles(press.back) == circles(press.front)
    assert not [lack for lack in press.missing if lack.mark == "register"]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(schemes(), st.sampled_from(EDGES), st.floats(2, 120), st.floats(1, 6))
def test_rows_that_are_passed_over_hold_no_free_place(plan: Scheme, edge: str, width: float, height: float) -> None:
    """The quick search is the plain one: the first place, in the same order, that is free."""
    ground = fixed_marks(lay_out(plan, 20, 10, 2), "front", (), set_text)
    plain = next(((b, at) for b, at in places(ground.strip(edge), width, height) if ground.free(b)), None)
    assert ground.first_free(edge, width, height) == plain
