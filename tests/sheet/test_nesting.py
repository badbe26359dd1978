"""Staggered rows: nowhere nearer than the gap, in register for every work style, more tags than a grid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sheet_samples import artwork, scheme

from keytag.base.flatten import flattened, gap_between
from keytag.base.geometry import Rect
from keytag.base.outline import Ellipse, Outline, RoundedRectangle
from keytag.base.sides import BACK, FRONT
from keytag.checks.sheet import check_sheet
from keytag.files.source import read
from keytag.sheet.imposition import gain, impose, lay_out
from keytag.sheet.marks.slug import SlugFacts
from keytag.sheet.page import press_sheet
from keytag.sheet.scheme import BEST, HEAD_TO_HEAD, STAGGERED, WORK_STYLES
from keytag.sheet.scheme_file import scheme_of
from keytag.tag.typeset import set_text

SCHEMES = Path(__file__).parents[2] / "templates" / "schemes"
OVAL = Ellipse(50, 20)


@pytest.mark.parametrize("work", WORK_STYLES)
@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize("heads", ["same", HEAD_TO_HEAD])
def test_contours_keep_the_gap_and_use_it_up(work: str, turn: int, heads: str) -> None:
    given = scheme(work, sheet=(260, 240), margins=(15, 15, 15, 15), turn=turn)._replace(rows=STAGGERED, heads=heads)
    layout = lay_out(given, 50, 20, 3, OVAL)
    assert layout.staggered and len(layout.stations) >= 8
    art = artwork(outline=OVAL)
    shapes = [flattened(art.outline.path().transformed(layout.at(s, FRONT)), 0.02)[0] for s in layout.stations]
    near = [gap_between(a, b) for i, a in enumerate(shapes) for b in shapes[:i] if _close(a, b)]
    assert min(near) >= 5.95 and min(near) <= 6.1
    sheet = impose(layout, [0] * len(layout.stations), [art])
    press = press_sheet(sheet, [art], SlugFacts("job"), set_text)
    assert [f.id for f in check_sheet(press) if f.id not in ("mark-missing", "empty-station")] == []
    for station in layout.stations:
        here, there = layout.trim(station, FRONT), layout.trim(station, BACK)
        assert layout.behind(here) == pytest.approx(there)
        partner = layout.stations[station.partner]
        if given.same_plates:
            assert partner.partner == station.index != partner.index
            assert Rect(*there) == pytest.approx(layout.trim(partner, FRONT)) and partner.face != station.face


def _close(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> bool:
    (al, ar), (bl, br) = ([(min(p[i] for p in q), max(p[i] for p in q)) for i in (0, 1)] for q in (a, b))
    return all(lo - 7 < hi for lo, hi in ((bl[0], al[1]), (al[0], bl[1]), (br[0], ar[1]), (ar[0], br[1])))


def test_every_second_row_stands_on_its_head() -> None:
    layout = lay_out(scheme()._replace(heads=HEAD_TO_HEAD, turn=90), 50, 20, 3)
    assert {(s.row % 2, s.turn) for s in layout.stations} == {(0, 90), (1, 270)} and not layout.staggered


@pytest.mark.parametrize(
    ("name", "outline", "counts"),
    [
        ("sra3-sheetwise", OVAL, (80, 81)),
        ("sra3-work-and-turn", OVAL, (70, 80)),
        ("430x650-work-and-tumble", OVAL, (154, 170)),
        ("flatbed-600x900", OVAL, (330, 361)),
        ("flatbed-600x900", RoundedRectangle(50, 20, 10), (330, 325)),
        ("sra3-work-and-turn", Ellipse(40, 40), (54, 52)),
    ],
)
def test_the_best_of_both_is_taken(name: str, outline: Outline, counts: tuple[int, int]) -> None:
    given, _ = scheme_of(read(SCHEMES / f"{name}.yaml"))
    size = (outline.width, outline.height, 3)
    assert gain(given, *size, outline) == counts
    best = lay_out(given._replace(rows=BEST), *size, outline)
    assert len(best.stations) == max(counts) and best.staggered == (counts[1] > counts[0])


def test_a_shipped_scheme_holds_more_than_its_grid() -> None:
    given, findings = scheme_of(read(SCHEMES / "flatbed-600x900-staggered.yaml"))
    assert findings == () and given.rows == STAGGERED
    assert len(lay_out(given, 50, 20, 3, OVAL).stations) == 361
    assert len(lay_out(given._replace(rows="straight"), 50, 20, 3, OVAL).stations) == 330


def test_contours_that_come_too_near_are_found() -> None:
    given = scheme(sheet=(260, 240))._replace(rows=STAGGERED)
    layout = lay_out(given, 50, 20, 3, OVAL)
    moved = tuple(replace(s, y=s.y - 4.0) if s.row == 1 else s for s in layout.stations)
    near = layout._replace(stations=moved)
    art = artwork(outline=OVAL)
    press = press_sheet(impose(near, [0] * len(moved), [art]), [art], SlugFacts("job"), set_text)
    found = {f.id: f.message for f in check_sheet(press)}
    assert "bleed-overlap" in found and "ink-on-neighbour" in found
