"""Each sheet check finds its own fault in a bad sample and is silent on a good one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_samples import artwork, scheme

from keytag.base.drawing import Fill, Group, Layer, Page, Placement
from keytag.base.errors import InputError
from keytag.base.geometry import Affine, Rect, rectangle, translation
from keytag.base.ink import REGISTRATION
from keytag.base.outline import Ellipse
from keytag.checks.sheet import JOB_CHECKS, SHEET_CHECKS, check_job, check_sheet, quantity_short, view
from keytag.sheet.blocks import assign
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.layout import PressSheet, Sheet
from keytag.sheet.marks.slug import SlugFacts
from keytag.sheet.page import press_sheet
from keytag.sheet.scheme import EDGES, TURNS, WORK_STYLES, Scheme
from keytag.tag.typeset import set_text

GOOD = scheme(margins=(18, 15, 6, 15))
FACTS = SlugFacts("sample", "05/2020", "2020-05-15", "PDF/X-4")


def pressed(plan: Scheme = GOOD, full: bool = True, bleed: float = 3) -> PressSheet:
    layout = lay_out(plan, 50, 20, bleed)
    art = [artwork("a", bleed=bleed), artwork("b", bleed=bleed)]
    half = len(layout.places) // 2
    slots = (len(layout.places) - half, half if full else half - 1)
    return press_sheet(impose(layout, assign(layout, slots), art, run=500, number=1, of=2), art, FACTS, set_text)


def found(press: PressSheet) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for finding in check_sheet(press):
        ids.setdefault(finding.id, []).append(finding.message)
    return ids


def with_back(press: PressSheet, change: Callable[[Placement], Placement], station: int = 7) -> PressSheet:
    placements = tuple(change(p) if p.station == station else p for p in press.back.placements)
    return press._replace(pages=(press.front, press.back._replace(placements=placements)))


def shifted(dx: float, dy: float = 0.0) -> Callable[[Placement], Placement]:
    return lambda p: p._replace(at=p.at.then(translation(dx, dy)))


def with_sheet(press: PressSheet, **changes: object) -> PressSheet:
    return press._replace(sheet=Sheet(**{**press.sheet._asdict(), **changes}))  # type: ignore[arg-type]


def with_mark(page: Page, box: Rect) -> Page:
    return page._replace(groups=(*page.groups, Group(Layer.MARKS, (Fill(rectangle(box), REGISTRATION),))))


@pytest.mark.parametrize("work", WORK_STYLES)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_what_imposition_makes_is_without_findings(work: str, turn: int) -> None:
    margins = (15, 15, 15, 15)
    press = pressed(scheme(work, sheet=(350, 480), margins=margins, turn=turn))
    assert found(press) == {}


BAD: dict[str, tuple[Callable[[], PressSheet], str]] = {
    "bleed-overlap": (lambda: pressed(scheme(gap=(6, 5), margins=GOOD.margins)), "overlap by 1.00 mm"),
    "ink-on-neighbour": (lambda: with_back(pressed(), shifted(0, 3.5)), "prints 0.50 mm over the tag on station 12"),
    "off-sheet": (
        lambda: with_back(pressed(), shifted(300)),
        "back, station 7: is not wholly on the 320 × 450 mm sheet",
    ),
    "in-gripper": (
        lambda: with_back(pressed(), shifted(0, 9), 78),
        "back, station 78: reaches 3.00 mm into the gripper",
    ),
    "unprintable": (lambda: with_back(pressed(), shifted(18), 1), "back, station 1: reaches into the 3 mm border"),
    "registration": (
        lambda: with_back(pressed(), shifted(0.05)),
        "station 7: front and back die-line are 0.050 mm apart",
    ),
    "pairing": (lambda: with_back(pressed(), lambda p: p._replace(form="b/back")), "station 7: a in front, b behind"),
    "mark-missing": (lambda: pressed(scheme(sheet=(290, 432), margins=(3, 3, 3, 3))), "no room for"),
    "run-length": (lambda: with_sheet(pressed(), run=0), "a run of 0 sheets"),
    "empty-station": (lambda: pressed(full=False), "1 of 80 stations are empty"),
    "mark-collision": (
        lambda: pressed()._replace(pages=(with_mark(pressed().front, Rect(100, 100, 2, 2)), pressed().back)),
        "front: 1 mark touches a bleed",
    ),
}


def test_every_check_has_its_bad_sample() -> None:
    assert sorted(BAD) == sorted(check.ID for check in SHEET_CHECKS)
    assert len({check.ID for check in (*SHEET_CHECKS, *JOB_CHECKS)}) == len(SHEET_CHECKS) + len(JOB_CHECKS)


@pytest.mark.parametrize("check", BAD)
def test_a_bad_sample_is_found_and_its_place_named(check: str) -> None:
    make, message = BAD[check]
    findings = found(make())
    assert any(message in text for text in findings[check]), findings


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: p._replace(form="a/front"), "a/front on both sides"),
        (lambda p: p._replace(station=8), "station 7: has no back"),
        (lambda p: p._replace(station=8), "back, station 8: carries 2 faces"),
        (lambda p: p._replace(at=Affine(-1, 0, 0, 1, p.at.e + 50, p.at.f)), "back, station 7: is mirrored"),
    ],
)
def test_pairs_that_are_not_one_tag(change: Callable[[Placement], Placement], message: str) -> None:
    assert any(message in text for text in found(with_back(pressed(), change))["pairing"])


def test_a_back_drawn_like_its_front_has_its_hole_in_the_wrong_place() -> None:
    press = pressed()
    forms = tuple(form._replace(groups=press.forms[0].groups) if form.key == "a/back" else form for form in press.forms)
    assert any("ring hole are 42.200 mm apart" in text for text in found(press._replace(forms=forms))["registration"])
    bare = tuple(
        form._replace(groups=tuple(g for g in form.groups if g.layer is not Layer.HOLE))
        if form.key == "a/back"
        else form
        for form in press.forms
    )
    assert any("one side only" in text for text in found(press._replace(forms=bare))["registration"])


def test_a_ten_thousandth_is_not_a_fault() -> None:
    assert found(with_back(pressed(), shifted(0.009))) == {}
    assert "registration" in found(with_back(pressed(), shifted(0.011)))


def test_marks_in_the_gripper_or_off_the_sheet() -> None:
    press = pressed()
    low = press._replace(pages=(with_mark(press.front, Rect(10, 441, 2, 2)), press.back))
    assert found(low) == {"mark-collision": ["plate 1, front: 1 mark touches the gripper"]}
    off = press._replace(pages=(press.front, with_mark(with_mark(press.back, Rect(-1, 1, 2, 2)), Rect(319, 1, 2, 2))))
    assert found(off) == {"mark-collision": ["plate 1, back: 2 marks touch the sheet's edge"]}


def test_slots_must_be_what_stands_on_the_sheet() -> None:
    wrong = with_sheet(pressed(), slots=(("a", 41),), number=3)
    messages = found(wrong)["run-length"]
    assert any("a is to stand 41 times on the sheet and stands 40 times" in m for m in messages)
    assert any("b stands on the sheet without being planned" in m for m in messages)
    assert any("numbered 3 of 2" in m for m in messages)


def test_a_job_that_prints_too_few_is_found() -> None:
    views = [view(pressed()), view(pressed())]
    assert list(quantity_short.check(views, {"a": 40_000, "b": 40_000})) == []
    findings = list(quantity_short.check(views, {"a": 40_001, "c": 1}))
    assert [(f.unit, f.message) for f in findings] == [
        ("a", "40,000 tags are printed, 40,001 are ordered"),
        ("c", "0 tags are printed, 1 are ordered"),
    ]
    whole = check_job([pressed(full=False)], {"b": 20_000})
    assert [finding.id for finding in whole] == ["empty-station", "quantity-short"]


def test_every_check_says_why() -> None:
    for check in (*SHEET_CHECKS, *JOB_CHECKS):
        assert check.__doc__ and len(check.__doc__.split()) > 8
        assert check.__name__.rpartition(".")[2].replace("_", "-") == check.ID


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.data())
def test_no_scheme_breaks_pages_or_checks(data: st.DataObject) -> None:
    def draw(low: float, high: float) -> float:
        return data.draw(st.floats(low, high))

    plan = scheme(
        data.draw(st.sampled_from(WORK_STYLES)),
        sheet=(draw(20, 300), draw(20, 300)),
        gripper=(data.draw(st.sampled_from(EDGES)), draw(0, 20)),
        margins=(draw(0, 40), draw(0, 40), draw(0, 40), draw(0, 40)),
        gap=(draw(0, 20), draw(0, 20)),
        turn=data.draw(st.sampled_from(TURNS)),
        border=draw(0, 100),
    )
    art = artwork("a", Ellipse(draw(10, 60), draw(10, 60)), draw(0, 5))
    try:
        layout = lay_out(plan, art.outline.width, art.outline.height, art.bleed)
    except InputError:
        return
    press = press_sheet(impose(layout, [0] * len(layout.stations), [art]), [art], FACTS, set_text)
    ids = set(found(press))
    assert ids <= {"bleed-overlap", "ink-on-neighbour", "unprintable", "mark-missing"}
    gap = min([g for g, n in ((plan.gap.x, layout.columns), (plan.gap.y, layout.rows)) if n > 1], default=99.0)
    assert ("bleed-overlap" in ids) == (gap < 2 * art.bleed - 0.01)
    assert ("ink-on-neighbour" in ids) == (gap < art.bleed - 0.01)
