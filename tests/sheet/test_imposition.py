"""Front and back register when the sheet is turned, and nothing overlaps, leaves the sheet or enters the gripper."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_samples import artwork, scheme

from keytag.base.drawing import Form, Layer, Stroke
from keytag.base.errors import InputError
from keytag.base.geometry import Affine, Path, Rect
from keytag.base.outline import Ellipse
from keytag.base.sides import BACK
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.layout import Layout, Sheet
from keytag.sheet.scheme import EDGES, SHEETWISE, TURNS, WORK_AND_TUMBLE, WORK_AND_TURN, Scheme

TOLERANCE = 0.01


def one_design(layout: Layout, bleed: float = 3) -> tuple[Sheet, dict[str, Form]]:
    art = artwork("unit", Ellipse(layout.tag.width, layout.tag.height), bleed)
    sheet = impose(layout, [0] * len(layout.stations), [art])
    return sheet, {face.form.key: face.form for face in art.faces}


def turned(plan: Scheme) -> Affine:
    """The front forme's plane as seen on the turned sheet: written apart from the library's own formula."""
    if plan.work == WORK_AND_TUMBLE:
        return Affine(1, 0, 0, -1, 0, plan.sheet.height)
    return Affine(-1, 0, 0, 1, plan.sheet.width, 0)


def technical(form: Form, layer: Layer) -> Path:
    return next(
        mark.path for group in form.groups if group.layer is layer for mark in group.marks if isinstance(mark, Stroke)
    )


def gap_between(a: Rect, b: Rect) -> float:
    return max(abs(a.x - b.x), abs(a.y - b.y), abs(a.right - b.right), abs(a.bottom - b.bottom))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    work = draw(st.sampled_from([SHEETWISE, WORK_AND_TURN, WORK_AND_TUMBLE]))
    edges = EDGES if work == SHEETWISE else ("top", "bottom")
    bleed = draw(st.floats(0, 4))
    plan = scheme(
        work,
        sheet=(draw(st.floats(150, 360)), draw(st.floats(150, 500))),
        gripper=(draw(st.sampled_from(edges)), draw(st.floats(0, 14))),
        margins=tuple(draw(st.floats(0, 12)) for _ in range(4)),  # type: ignore[arg-type]
        gap=(draw(st.floats(2 * bleed, 12)), draw(st.floats(2 * bleed, 12))),
        turn=draw(st.sampled_from(TURNS)),
        blocked=tuple(draw(st.sets(st.sampled_from([(0, 0), (1, 1), (0, 1)]), max_size=1))),
    )
    return lay_out(plan, draw(st.floats(20, 45)), draw(st.floats(20, 45)), bleed)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(layouts())
def test_front_and_back_coincide_when_the_sheet_is_turned(layout: Layout) -> None:
    sheet, forms = one_design(layout, layout.bleed)
    behind = {placement.station: placement for placement in sheet.back.placements}
    assert len(behind) == len(layout.stations)
    for placement in sheet.front.placements:
        other = behind[placement.station]
        assert {placement.form, other.form} == {"unit/front", "unit/back"}
        for layer in (Layer.CUT, Layer.HOLE):
            front = technical(forms[placement.form], layer).transformed(placement.at).transformed(turned(layout.scheme))
            back = technical(forms[other.form], layer).transformed(other.at)
            assert gap_between(front.bounds(), back.bounds()) < TOLERANCE
        # Both are seen as they are, never mirrored.
        for a, b, c, d, *_ in (placement.at, other.at):
            assert a * d - b * c == pytest.approx(1)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(layouts())
def test_no_station_overlaps_leaves_the_sheet_or_enters_the_gripper(layout: Layout) -> None:
    for side in ("front", "back"):
        bleeds = [layout.trim(s, side).inset(-layout.bleed) for s in layout.stations]
        for box in bleeds:
            assert layout.scheme.media.contains(box)
            assert not any(zone.overlaps(box) for zone in layout.scheme.gripper_zones(side))
        for i, box in enumerate(bleeds[:40]):
            assert not any(box.overlaps(other) for other in bleeds[i + 1 :])


@settings(deadline=None, derandomize=True, max_examples=40)
@given(layouts())
def test_one_forme_for_both_surfaces_is_the_same_drawing(layout: Layout) -> None:
    sheet, _ = one_design(layout)
    if not layout.scheme.same_plates:
        assert {p.form for p in sheet.front.placements} == {"unit/front"}
        assert {p.form for p in sheet.back.placements} == {"unit/back"}
        return
    front = sorted((p.form, tuple(round(v, 6) + 0.0 for v in p.at)) for p in sheet.front.placements)
    back = sorted((p.form, tuple(round(v, 6) + 0.0 for v in p.at)) for p in sheet.back.placements)
    assert [form for form, _ in front] == [form for form, _ in back]
    for (_, one), (_, other) in zip(front, back, strict=True):
        assert one == pytest.approx(other, abs=1e-5)
    assert sum(p.form == "unit/front" for p in sheet.front.placements) * 2 == len(layout.stations)


@pytest.mark.parametrize("turn", TURNS)
def test_in_a_jig_each_tag_is_turned_in_its_own_place(turn: int) -> None:
    sheet, _ = one_design(lay_out(scheme("turned-in-place", margins=(15, 9, 4, 20), turn=turn), 50, 20, 3))
    for one, other in zip(sheet.front.placements, sheet.back.placements, strict=True):
        assert (one.form, other.form) == ("unit/front", "unit/back")
        assert one.station == other.station and other.at == pytest.approx(one.at)


def test_positions_are_index_times_pitch() -> None:
    layout = lay_out(scheme(sheet=(640, 900), gap=(6.1, 6.1)), 50.3, 20.7, 3)
    first, last = layout.stations[0], layout.stations[-1]
    assert last.x == first.x + (layout.columns - 1) * (50.3 + 6.1)
    assert last.y == first.y + (layout.rows - 1) * (20.7 + 6.1)


def test_sra3_holds_eighty_tags_whose_bleeds_touch() -> None:
    layout = lay_out(scheme(), 50, 20, 3)
    assert (layout.columns, layout.rows, len(layout.stations)) == (5, 16, 80)
    assert layout.pitch == (56, 26)


def test_pairs_need_even_counts() -> None:
    turn = lay_out(scheme(WORK_AND_TURN), 50, 20, 3)
    assert (turn.columns, turn.rows, len(turn.places), turn.tags_per_place) == (4, 16, 32, 2)
    tumble = lay_out(scheme(WORK_AND_TUMBLE, gap=(6, 7)), 50, 20, 3)
    assert tumble.rows % 2 == 0
    with pytest.raises(InputError, match="even number of columns, not 5"):
        lay_out(scheme(WORK_AND_TURN, grid=(5, 10)), 50, 20, 3)
    with pytest.raises(InputError, match="even number of rows, not 7"):
        lay_out(scheme(WORK_AND_TUMBLE, grid=(5, 7)), 50, 20, 3)


def test_what_does_not_fit_is_said_with_numbers() -> None:
    with pytest.raises(InputError, match=r"400 × 20 mm with 3 mm bleed does not fit into the 290 × 420 mm"):
        lay_out(scheme(), 400, 20, 3)
    with pytest.raises(InputError, match=r"6 × 16 stations .* do not fit"):
        lay_out(scheme(grid=(6, 16)), 50, 20, 3)
    with pytest.raises(InputError, match="twice"):
        lay_out(scheme(WORK_AND_TURN), 200, 20, 3)
    with pytest.raises(InputError, match="gripper at the top or bottom"):
        lay_out(scheme(WORK_AND_TURN, gripper=("left", 10)), 50, 20, 3)
    with pytest.raises(InputError, match="blocked station 9/1"):
        lay_out(scheme(blocked=((8, 0),)), 50, 20, 3)
    with pytest.raises(InputError, match=r"more than the 20,000"):
        lay_out(scheme(gap=(0, 0), sheet=(3000, 3000)), 5, 5, 0)
    with pytest.raises(InputError, match="every station is blocked"):
        lay_out(scheme(grid=(1, 1), blocked=((0, 0),)), 50, 20, 3)


def test_blocking_a_station_blocks_the_one_behind_it() -> None:
    assert len(lay_out(scheme(blocked=((0, 0),)), 50, 20, 3).stations) == 79
    assert len(lay_out(scheme(WORK_AND_TURN, blocked=((0, 0),)), 50, 20, 3).stations) == 62


def test_an_assignment_must_be_the_layouts() -> None:
    layout = lay_out(scheme(WORK_AND_TURN, grid=(2, 1)), 50, 20, 3)
    art = [artwork("a"), artwork("b")]
    with pytest.raises(ValueError, match="1 designs for 2 stations"):
        impose(layout, [0], art)
    with pytest.raises(ValueError, match="print behind each other"):
        impose(layout, [0, 1], art)
    with pytest.raises(ValueError, match="40 × 20 mm"):
        impose(layout, [0, 0], [artwork("c", Ellipse(40, 20))])
    sheet = impose(layout, [1, 1], art, run=500, number=2, of=3)
    assert sheet.slots == (("b", 2),)
    assert (sheet.run, sheet.number, sheet.of) == (500, 2, 3)


def test_an_empty_station_stays_empty_on_both_sides() -> None:
    layout = lay_out(scheme(grid=(2, 2)), 50, 20, 3)
    sheet = impose(layout, [0, None, 0, None], [artwork()])
    assert [p.station for p in sheet.front.placements] == [p.station for p in sheet.back.placements] == [1, 3]
    assert sheet.slots == (("unit", 2),)


def test_the_gripper_keeps_its_edge_of_the_paper() -> None:
    left = scheme(gripper=("left", 9), sheet=(300, 400))
    assert left.gripper_zones("front") == (Rect(0, 0, 9, 400),)
    assert left.gripper_zones(BACK) == (Rect(291, 0, 9, 400),)
    assert scheme(WORK_AND_TUMBLE).gripper_edges(BACK) == ("bottom", "top")
    assert scheme(WORK_AND_TURN).gripper_edges(BACK) == ("bottom",)
    assert scheme(gripper=("bottom", 0)).gripper_zones("front") == ()


def test_a_back_that_is_not_mirrored_is_seen() -> None:
    layout = lay_out(scheme(grid=(2, 1)), 50, 20, 3)
    sheet, forms = one_design(layout)
    there = sheet.back.placements[0].at
    front = technical(forms["unit/front"], Layer.HOLE).transformed(sheet.front.placements[0].at)
    wrong = technical(forms["unit/front"], Layer.HOLE).transformed(there)
    assert gap_between(front.transformed(turned(layout.scheme)).bounds(), wrong.bounds()) > TOLERANCE
