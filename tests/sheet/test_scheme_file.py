"""Schemes are read whole: every key documented, every complaint with its place, the shipped ones without fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_samples import artwork

from keytag.base.diagnostics import Severity
from keytag.base.errors import InputError
from keytag.base.outline import Ellipse
from keytag.files.source import Source, read
from keytag.sheet.blocks import assign
from keytag.sheet.imposition import impose, lay_out
from keytag.sheet.marks import DESIGNS, NAMES, SLUG
from keytag.sheet.marks import MARKS as SET_MARKS
from keytag.sheet.marks.slug import SlugFacts
from keytag.sheet.page import press_sheet
from keytag.sheet.scheme import MARKS, WORK_STYLES, Cell, Costs, Gap, Gripper, Margins, RunLimits, Size
from keytag.sheet.scheme_file import KEYS, scheme_of
from keytag.tag.typeset import set_text

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")
SHIPPED = sorted((ROOT / "templates" / "schemes").glob("*.yaml"))

WHOLE = """\
name: mine
title: {en: Mine, vi: Của tôi}
sheet: {width: 320mm, height: 45cm}
border: 4mm
gripper: {edge: top, depth: 12mm}
margins: {top: 18mm, right: 15mm, bottom: 6mm, left: 14mm}
gap: {x: 6mm, y: 7mm}
turn: 90
stations: {columns: 4, rows: 3}
blocked:
  - {column: 1, row: 2}
work: work-and-turn
marks: [slug, crop]
costs: {plate: 250, sheet: 1.5}
limits: {plates: 6, overs: 10%, shortest: 100, multiple: 25}
notes: {en: Dry, vi: Khô}
"""


def test_every_key_reads() -> None:
    scheme, findings = scheme_of(Source("mine.yaml", WHOLE))
    assert findings == ()
    assert (scheme.name, scheme.title, scheme.notes) == ("mine", ("Mine", "Của tôi"), ("Dry", "Khô"))
    assert scheme.sheet == Size(320, 450) and scheme.border == 4 and scheme.gripper == Gripper("top", 12)
    assert scheme.margins == Margins(18, 15, 6, 14) and scheme.gap == Gap(6, 7)
    assert (scheme.turn, scheme.grid, scheme.blocked) == (90, (4, 3), (Cell(0, 1),))
    assert scheme.work == "work-and-turn" and scheme.marks == ("crop", "slug")
    assert scheme.costs == Costs(250, 1.5) and scheme.limits == RunLimits(6, 0.1, 100, 25)


def test_short_forms_and_defaults() -> None:
    text = "sheet: {width: 1in, height: 90mm}\ngripper: {edge: left, depth: 0mm}\ngap: 5mm\n"
    text += "margins: 2mm\nwork: sheetwise\n"
    scheme, findings = scheme_of(Source("folder/small.yaml", text))
    assert findings == ()
    assert (scheme.name, scheme.title) == ("small", ("small", "small"))
    assert scheme.gap == Gap(5, 5) and scheme.margins == Margins(2, 2, 2, 2)
    assert scheme.grid is None and scheme.marks == MARKS and scheme.limits == RunLimits()


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("gripper: {edge: top", "griper: {edge: top", "5:1", "did you mean 'gripper'"),
        ("edge: top", "edge: topp", "5:17", "did you mean 'top'"),
        ("edge: top", "edge: left", "5:10", "needs the gripper at the top or bottom"),
        ("width: 320mm", "width: 320", "3:16", "320"),
        ("width: 320mm", "wdth: 320mm", "3:9", "did you mean 'width'"),
        ("turn: 90", "cut: ''", "8:6", "is no name of a spot"),
        ("turn: 90", 'cut: "Cut\\nline"', "8:6", "is no name of a spot"),
        ("turn: 90", "cut: Đường bế", "8:6", "is no name of a spot"),
        ("turn: 90", "cut: a/b", "8:6", "is no name of a spot"),
        ("turn: 90", "cut: all", "8:6", "is the name of another plate"),
        ("turn: 90", "hole: White", "8:7", "is the name of another plate"),
        ("turn: 90", "cut: drill", "8:6", "cut and hole are both"),
        ("turn: 90", "cut: Drill 3\nhole: drill+3", "9:7", "cut and hole are both"),
        ("turn: 90", "turn: 45", "8:7", "45 is not one of 0, 90, 180, 270"),
        ("stations: {columns: 4, rows: 3}", "stations: many", "9:11", "neither auto"),
        ("rows: 3}", "rows: 0}", "9:30", "out of range"),
        ("column: 1,", "column: 0,", "11:14", "out of range"),
        ("work: work-and-turn", "work: work-and-trun", "12:7", "did you mean 'work-and-turn'"),
        ("[slug, crop]", "[slug, corp]", "13:15", "did you mean 'crop'"),
        ("plate: 250", "plate: dear", "14:16", "not a number"),
        ("overs: 10%", "overs: some", "15:28", "not a share"),
        ("right: 15mm", "right: 315mm", "6:10", "leave nothing of the sheet"),
    ],
)
def test_a_fault_is_reported_at_its_place(old: str, new: str, where: str, message: str) -> None:
    assert old in WHOLE
    _, findings = scheme_of(Source("mine.yaml", WHOLE.replace(old, new, 1)))
    assert any(str(p.span) == f"mine.yaml:{where}" and message in p.message for p in findings), findings
    assert all(p.severity is Severity.ERROR for p in findings)


def test_what_must_be_there_is_asked_for() -> None:
    _, findings = scheme_of(Source("x.yaml", "name: x\n"))
    assert {p.message for p in findings} == {f"a scheme needs '{key}'" for key in ("sheet", "gripper", "gap", "work")}


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.text(max_size=60) | st.lists(st.sampled_from(WHOLE.splitlines()), max_size=6).map("\n".join))
def test_any_text_is_read_or_refused_with_a_clear_word(text: str) -> None:
    try:
        scheme, findings = scheme_of(Source("x.yaml", text))
    except InputError as error:
        assert error.message.startswith("x.yaml")
        return
    assert scheme.work in WORK_STYLES
    assert all(p.span is not None for p in findings)


def test_documented_keys_are_the_accepted_ones() -> None:
    table = DOCS[DOCS.index("## Keys") : DOCS.index("## Work styles")]
    documented = re.findall(r"^\| `([\w.]+)` \|", table, re.M)
    accepted = [*KEYS[""], *(f"{outer}.{key}" for outer, keys in KEYS.items() if outer for key in keys)]
    assert sorted(documented) == sorted(accepted)


def test_documented_marks_and_work_styles_are_the_accepted_ones() -> None:
    marks = DOCS[DOCS.index("## Marks") :]
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", marks, re.M)) == sorted(MARKS)
    assert sorted(re.findall(r"^- \*\*`([\w-]+)`\*\*", DOCS, re.M)) == sorted(WORK_STYLES)
    assert sorted([*(name for name, _ in SET_MARKS), NAMES, DESIGNS, SLUG]) == sorted(MARKS)


def test_the_documented_example_reads_without_fault() -> None:
    example = re.search(r"```yaml\n(.*?)```", DOCS, re.S)
    assert example is not None
    scheme, findings = scheme_of(Source("example.yaml", example[1]))
    assert findings == ()
    assert {line.split(":")[0] for line in example[1].splitlines()} == set(KEYS[""])
    assert len(lay_out(scheme, 50, 20, 3).stations) == 79


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_schemes_hold_the_tag_and_every_mark(path: Path) -> None:
    scheme, findings = scheme_of(read(path))
    assert findings == ()
    jig = (
        scheme.name == "jig-moulded-4x5"
    )  # what is moulded is not cut, lies in places measured by pins, and is sorted from them
    assert scheme.name == path.stem and set(MARKS) - set(scheme.marks) == (
        {"crop", "scale", "designs"} if jig else set()
    )
    layout = lay_out(scheme, 50, 20, 3, Ellipse(50, 20))
    row = re.search(rf"^\| `{scheme.name}` \| (\d+) × (\d+) mm \| ([\w-]+) \| (\d+) \|", DOCS, re.M)
    assert row is not None
    assert tuple(map(int, row.groups()[:2])) == scheme.sheet
    assert (row[3], int(row[4])) == (scheme.work, len(layout.stations))
    art = [artwork(f"Cống đồng {i}") for i in range(3)]
    slots = (len(layout.places) - 9, 5, 4)
    sheet = impose(layout, assign(layout, slots), art, run=12_345, number=17, of=17)
    facts = SlugFacts("Công an huyện Đak Đoa", "05/2020", "2020-05-15", "PDF/X-1a:2003, FOGRA39")
    assert press_sheet(sheet, art, facts, set_text).missing == ()


def test_these_sheets_are_shipped() -> None:
    assert {path.stem for path in SHIPPED} == {
        "sra3-sheetwise",
        "sra3-work-and-turn",
        "430x650-work-and-tumble",
        "flatbed-600x900",
        "flatbed-600x900-staggered",
        "jig-moulded-4x5",
    }
