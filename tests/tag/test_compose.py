"""Composed tags: every digit of the roster, fitted into the outline, for every roster that loads."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.drawing import Fill, Layer, Symbol, Words
from keytag.base.geometry import Path
from keytag.base.outline import Ellipse
from keytag.checks.artwork import check_artwork
from keytag.roster.model import Roster, Unit
from keytag.tag.artwork import Artwork, Face
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from tests.conftest import roster_of, template_named

HEAD = """
job: {edition: 05/2020, show_113: yes}
authority: {name: Đak Đoa, level: district, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}
units:
"""


def words(face: Face) -> list[Words]:
    return [m for g in face.form.groups if g.layer is Layer.ARTWORK for m in g.marks if isinstance(m, Words)]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def unit_text(name: str, kind: str = "xã", deputies: int = 2, others: int = 0) -> str:
    people = ", ".join(f"0900.000.{200 + i}" for i in range(deputies))
    further = ", ".join(f"{{role: Chủ tịch xã, number: 0900.000.{300 + i}}}" for i in range(others))
    return (
        f'  - {{kind: {kind}, name: "{name}", duty: 0269.3000.201, chief: 0900.000.101,'
        f" deputies: [{people}], others: [{further}], quantity: 100}}\n"
    )


def compose(text: str, template: Template) -> Artwork:
    roster = roster_of(HEAD + text)
    return Composer(template).compose(roster.job, roster.units[0])


def test_every_number_of_the_shipped_roster_is_on_its_tag(shipped_roster: Roster, template: Template) -> None:
    composed = Composer(template).compose_job(shipped_roster.job, shipped_roster.units)
    for unit, artwork in zip(shipped_roster.units, composed, strict=True):
        printed = {w.field: w.text for face in artwork.faces for w in words(face)}
        assert digits(printed["authority.duty"]) == "02693000113"
        assert printed["unit.duty"] == unit.duty.number.value if unit.duty else False
        assert printed["unit.chief"] == unit.chief.number.value if unit.chief else False
        for i, deputy in enumerate(unit.deputies, 1):
            assert printed[f"unit.deputies.{i}"] == deputy.number.value
        assert printed["edition"] == "05/2020"
        assert unit.name is not None and unit.name.value.upper() in printed["unit.name"]


def test_words_point_back_at_their_line_of_the_roster(shipped_roster: Roster, composer: Composer) -> None:
    for unit in shipped_roster.units[:4]:
        artwork = composer.compose(shipped_roster.job, unit)
        chief = next(w for w in words(artwork.back) if w.field == "unit.chief")
        assert unit.chief is not None and chief.source == unit.chief.number.span


def test_everything_of_the_shipped_roster_fits_at_a_comfortable_size(
    shipped_roster: Roster, template: Template
) -> None:
    for artwork in Composer(template).compose_job(shipped_roster.job, shipped_roster.units):
        for fit in (fit for face in artwork.faces for fit in face.fits):
            assert fit.fits and fit.size >= fit.comfortable and not fit.usual, (artwork.title, fit)


def inside(box_corner: tuple[float, float], template: Template, margin: float) -> bool:
    """Whether a point is `margin` inside the outline, measured by brute force and not by the code under test."""
    x, y = box_corner
    if isinstance(template.outline, Ellipse):
        if ((x - 25) / 25) ** 2 + ((y - 10) / 10) ** 2 > 1:
            return False
        steps = (2 * math.pi * k / 2000 for k in range(2000))
        return min(math.hypot(x - 25 - 25 * math.cos(t), y - 10 - 10 * math.sin(t)) for t in steps) >= margin
    nearest = min(max(x, 10.0), 40.0)
    return 10 - math.hypot(x - nearest, y - 10) >= margin


def corners(word: Words) -> list[tuple[float, float]]:
    """The corners of each glyph's ink."""
    found = []
    for glyph in word.glyphs:
        (x0, x1), (y0, y1) = glyph.outline.extents()
        found += [(glyph.x + x * word.scale, glyph.y - y * word.scale) for x in (x0, x1) for y in (y0, y1)]
    return found


def test_live_matter_keeps_off_edge_and_hole(shipped_roster: Roster, template: Template) -> None:
    composer = Composer(template)
    for unit in shipped_roster.units[::4]:
        for face in composer.compose(shipped_roster.job, unit).faces:
            assert face.hole is not None
            for word in words(face):
                box = word.box
                for corner in corners(word):
                    assert inside(corner, template, template.safe - 0.02), word.text
                dx = max(0.0, box.x - face.hole.centre.x, face.hole.centre.x - box.right)
                dy = max(0.0, box.y - face.hole.centre.y, face.hole.centre.y - box.bottom)
                assert math.hypot(dx, dy) >= face.hole.diameter / 2 + template.safe - 0.02


def test_the_number_you_dial_first_is_the_largest(shipped_roster: Roster, template: Template) -> None:
    artwork = Composer(template).compose(shipped_roster.job, shipped_roster.units[0])
    sizes = {w.field: w.size for w in words(artwork.front)}
    assert max(sizes, key=lambda field: sizes[field]) == "authority.duty"


@pytest.mark.parametrize("deputies", [0, 1, 2, 3])
def test_the_duty_desk_leads_and_all_others_are_of_one_size(deputies: int, template: Template) -> None:
    artwork = compose(unit_text("Glar", deputies=deputies), template)
    numbers = [w for w in words(artwork.back) if re.fullmatch(r"[0-9.]+", w.text)]
    labels = {round(w.size, 6) for w in words(artwork.back) if w.field.startswith("label.")}
    lead, *others = numbers
    assert lead.field == "unit.duty" and lead.box.y == min(w.box.y for w in numbers)
    assert len({round(w.size, 6) for w in others}) == 1 and labels == {7}
    assert 1.19 <= lead.size / others[0].size <= 1.31 and others[0].size >= 8


def test_numbers_of_a_list_stand_in_one_column(oval: Template) -> None:
    artwork = compose(unit_text("Glar", deputies=2), oval)
    edges = {round(w.box.x, 4) for w in words(artwork.back) if re.fullmatch(r"[0-9.]+", w.text)}
    assert len(edges) == 1


def test_five_numbers_share_rows_on_an_ellipse_and_stand_in_one_column_on_a_stadium(template: Template) -> None:
    artwork = compose(unit_text("K'Dang", deputies=3), template)
    assert all(fit.fits for face in artwork.faces for fit in face.fits)
    rows = {round(w.box.bottom, 2) for w in words(artwork.back) if w.field.startswith("unit.deputies")}
    assert len(rows) == (3 if template.name.startswith("stadium") else 2)


def test_labels_abbreviate_before_numbers_shrink(template: Template) -> None:
    wide = compose(unit_text("Glar", deputies=1), template)
    said = {w.text for w in words(wide.back) if w.field.startswith("label.")}
    assert said <= {"Trưởng CA", "Trưởng", "Phó CA", "Phó", "Trực ban"}


@pytest.mark.parametrize("name", ["Nông trường Nghĩa Lộ", "Thượng Nông Trường Mộc Châu", "Phan Rang - Tháp Chàm"])
def test_long_names_fit_or_say_exactly_why_not(name: str, template: Template) -> None:
    artwork = compose(unit_text(name, kind="thị trấn", deputies=4), template)
    for face in artwork.faces:
        for fit in face.fits:
            if not fit.fits:
                assert fit.size == pytest.approx(fit.minimum, abs=5) and fit.field


def test_an_own_authority_takes_the_front(oval: Template) -> None:
    text = """
units:
  - {authority: self, kind: xã, name: Đak Sơmei, duty: 0269.3000.201, chief: 0900.000.101, quantity: 10,
     link: "https://zalo.me/123456789012345678"}
"""
    roster = roster_of(text)
    artwork = Composer(oval).compose(roster.job, roster.units[0])
    printed = [w.text for w in words(artwork.front)]
    assert "XÃ ĐAK SƠMEI" in printed and "0269.3000.201" in printed
    (symbol,) = [m for g in artwork.front.form.groups for m in g.marks if isinstance(m, Symbol)]
    assert symbol.payload == "https://zalo.me/123456789012345678"


def test_a_missing_link_leaves_no_empty_panel(oval: Template) -> None:
    roster = roster_of("authority: {name: X, level: district}\nunits: [{name: Y}]")
    artwork = Composer(oval).compose(roster.job, roster.units[0])
    assert not any(isinstance(m, Symbol) for g in artwork.front.form.groups for m in g.marks)
    panels = [m for g in artwork.front.form.groups for m in g.marks if isinstance(m, Fill) and m.ink.name == "Paper"]
    assert panels == []


def test_qr_is_version_2_m_with_good_modules_and_its_quiet_zone(shipped_roster: Roster, template: Template) -> None:
    artwork = Composer(template).compose(shipped_roster.job, shipped_roster.units[0])
    marks = [m for g in artwork.front.form.groups for m in g.marks]
    at = next(i for i, m in enumerate(marks) if isinstance(m, Symbol))
    symbol, panel = marks[at], marks[at - 1]
    assert isinstance(symbol, Symbol) and isinstance(panel, Fill)
    assert symbol.version == "2-M" and symbol.module >= 0.396
    quiet = panel.path.bounds()
    for side in (symbol.box.x - quiet.x, quiet.right - symbol.box.right, symbol.box.y - quiet.y):
        assert side == pytest.approx(4 * symbol.module, abs=1e-6)


def test_moulded_tags_print_only_spots(shipped_roster: Roster) -> None:
    artwork = Composer(template_named("oval-50x20-moulded")).compose(shipped_roster.job, shipped_roster.units[0])
    art = [m for f in artwork.faces for g in f.form.groups if g.layer is Layer.ARTWORK for m in g.marks]
    inks = {m.ink for m in art if not hasattr(m, "columns")}
    assert {ink.name for ink in inks} == {"White", "Yellow", "Black"}
    assert all(ink.spot and ink.overprint for ink in inks)


def test_fronts_that_say_the_same_are_the_same(shipped_roster: Roster, oval: Template) -> None:
    composer = Composer(oval)
    fronts = [composer.compose(shipped_roster.job, unit).front for unit in shipped_roster.units]
    assert len({tuple((w.text, w.box) for w in words(f)) for f in fronts}) == 1
    (alone,) = Composer(oval).compose_job(shipped_roster.job, shipped_roster.units[9:10])
    assert alone.front.form == fronts[9].form


SCALAR = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Rosters with anything in any field."""
    base = roster_of(HEAD + unit_text("Glar", deputies=draw(st.integers(0, 6)), others=draw(st.integers(0, 3))))
    (unit,) = base.units

    def text(old: object) -> object:
        return None if draw(st.booleans()) else old._replace(value=draw(SCALAR))  # type: ignore[attr-defined]

    assert unit.name and unit.kind and unit.quantity and unit.chief and unit.duty and unit.authority
    changed: Unit = unit._replace(
        name=text(unit.name),  # type: ignore[arg-type]
        kind=text(unit.kind),  # type: ignore[arg-type]
        slogan=text(unit.name),  # type: ignore[arg-type]
        link=text(unit.name),  # type: ignore[arg-type]
        chief=draw(st.none() | st.just(unit.chief._replace(number=unit.name._replace(value=draw(SCALAR))))),
        duty=draw(st.none() | st.just(unit.duty)),
        authority=draw(st.none() | st.just(unit.authority._replace(name=text(unit.name)))),  # type: ignore[arg-type]
    )
    return base._replace(units=(changed,), job=base.job._replace(edition=text(unit.name)))  # type: ignore[arg-type]


@given(rosters())
@settings(derandomize=True, deadline=None, max_examples=120)
def test_any_roster_that_loads_composes(roster: Roster) -> None:
    for name in ("oval-50x20", "stadium-50x20"):
        artwork = Composer(template_named(name)).compose(roster.job, roster.units[0])
        for face in artwork.faces:
            assert all(math.isfinite(v) for w in words(face) for v in w.box)


def assert_drafts_are_judged_alike(roster: Roster, template: Template) -> None:
    """What the checks see of a draft is what they see of the tag: letters are boxes, symbols have no modules."""
    for unit in roster.units:
        whole = Composer(template).compose(roster.job, unit)
        draft = Composer(template, draft=True).compose(roster.job, unit)
        assert check_artwork(draft, template, None) == check_artwork(whole, template, None)
        for face, other in zip(draft.faces, whole.faces, strict=True):
            assert (face.fits, face.missing) == (other.fits, other.missing)
            marks, full = ([m for g in f.form.groups for m in g.marks] for f in (face, other))
            for one, two in zip(marks, full, strict=True):
                if isinstance(one, Words) and isinstance(two, Words):
                    assert one._replace(glyphs=()) == two._replace(glyphs=())
                    boxes = [[(g.outline.extents(), g.x, g.y) for g in mark.glyphs] for mark in (one, two)]
                    assert boxes[0] == boxes[1]
                elif isinstance(one, Symbol) and isinstance(two, Symbol):
                    assert one.path == Path("", ()) != two.path and one == two._replace(path=one.path)
                else:
                    assert one == two


def test_drafts_of_the_shipped_roster_are_judged_alike(shipped_roster: Roster, template: Template) -> None:
    assert_drafts_are_judged_alike(shipped_roster, template)


@given(rosters())
@settings(derandomize=True, deadline=None, max_examples=20)
def test_drafts_of_any_roster_are_judged_alike(roster: Roster) -> None:
    assert_drafts_are_judged_alike(roster, template_named("oval-50x20"))
