"""Each station's design number stands in the gap beside it, clear of every bleed, as ticket and labels count."""

from __future__ import annotations

import math

import pytest
from sheet_samples import artwork, scheme

from keytag.base.diagnostics import Severity
from keytag.base.drawing import Words
from keytag.base.geometry import Affine, Rect
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.checks.sheet import check_sheet
from keytag.sheet.blocks import assign
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.layout import PressSheet
from keytag.sheet.marks.slug import SlugFacts
from keytag.sheet.page import press_sheets
from keytag.tag.typeset import set_text
from keytag.verification.opened import OpenPage, Placed, Said
from keytag.verification.slug import _designs

OVAL = Ellipse(50, 20)
RIM = [(25 + 25 * math.cos(t / 90 * math.pi), 10 + 10 * math.sin(t / 90 * math.pi)) for t in range(180)]


def pressed(outline: Outline = OVAL, designs: int = 3, loose: bool = True, **words: object) -> PressSheet:
    rows = str(words.pop("rows", "straight"))
    plan = scheme(**{"marks": ("designs",), **words})._replace(rows=rows)  # type: ignore[arg-type]
    layout = lay_out(plan, outline.width, outline.height, 3, outline)
    art = [artwork(f"unit {i}", outline) for i in range(designs)]
    many = len(layout.places)
    slots = [many // designs + (many % designs if i == 0 else 0) for i in range(designs)]
    sheet = impose(layout, assign(layout, slots), art, run=100, number=1, of=1)
    return press_sheets([sheet], art, SlugFacts("job"), set_text, loose=loose)[0]


def numbers(press: PressSheet, page: int = 0) -> list[Words]:
    marks = [mark for group in press.pages[page].groups for mark in group.marks]
    return [mark for mark in marks if isinstance(mark, Words) and mark.field == "design"]


def off(box: Rect, at: Affine) -> float:
    """From a box to the rim of an oval that stands there."""
    points = [at.apply(x, y) for x, y in RIM]
    return min(math.hypot(max(box.x - x, x - box.right, 0), max(box.y - y, y - box.bottom, 0)) for x, y in points)


@pytest.mark.parametrize(
    "words",
    [{}, {"turn": 90}, {"work": "work-and-turn"}, {"work": "work-and-tumble"}, {"rows": "staggered"}],
    ids=str,
)
def test_every_station_has_the_number_of_its_design_beside_it(words: dict[str, object]) -> None:
    press = pressed(**words)
    found, layout = numbers(press), press.sheet.layout
    assert press.missing == ()
    assert [int(mark.text) - 1 for mark in found] == list(press.sheet.assignment)
    assert {mark.size for mark in found} <= {4, 5, 6, 7, 8} and len({mark.size for mark in found}) == 1
    for mark, station in zip(found, layout.stations, strict=True):
        own = layout.trim(station).centre
        assert math.hypot(mark.box.centre.x - own.x, mark.box.centre.y - own.y) < math.hypot(*layout.box) / 2 + 6
        near = [p for p in press.front.placements if math.hypot(p.at.e - own.x, p.at.f - own.y) < 120]
        assert min(off(mark.box, place.at) for place in near) >= 3
    assert {mark.ink.name for mark in found} == {max(mark.ink.name for mark in found)}
    assert not [f for f in check_sheet(press) if f.severity is Severity.ERROR]
    same = press.sheet.layout.scheme.same_plates
    assert bool(numbers(press, 1)) == same  # the cut is seen from the front


def test_one_design_what_is_moulded_and_a_scheme_that_asks_for_none_have_no_numbers() -> None:
    assert numbers(pressed(designs=1)) == numbers(pressed(loose=False)) == numbers(pressed(marks=("crop",))) == []


def test_what_has_no_room_is_said_and_goes_to_press() -> None:
    press = pressed(RoundedRectangle(50, 20, 1))
    assert numbers(press) == []
    (finding,) = [f for f in check_sheet(press) if f.id == "mark-missing"]
    assert finding.severity is Severity.NOTE and "no 4 pt beside them" in finding.message
    roomy = pressed(RoundedRectangle(50, 20, 1), gap=(12, 12))
    assert len(numbers(roomy)) == len(roomy.sheet.layout.stations)


def test_a_number_that_is_not_its_designs_is_found_in_the_file() -> None:
    placed = (Placed("a/front", Affine()), Placed("b/front", Affine()))
    box = Rect(0, 0, 10, 10)
    good, bad = (
        OpenPage(box, box, box, placed, tuple(Said("design", text) for text in texts)) for texts in ("12", "11")
    )
    assert _designs("plate", good, {"a": "1", "b": "2"}) == []
    (failure,) = _designs("plate", bad, {"a": "1", "b": "2"})
    assert "station 2" in failure.place and "is numbered 1, its design is 2" in failure.message
