"""What planning and imposing would refuse is found by counting, and held against the planner itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import keytag
from keytag import checks
from keytag.base.diagnostics import Diagnostic
from keytag.checks.order import ordered
from keytag.files import shipped
from keytag.files.source import Source
from keytag.job import ready
from keytag.job.planning import layout_of, limits_of
from keytag.job.setup import Setup, setup_of
from keytag.sheet.scheme_file import scheme_of
from keytag.solver import Design, PlanError
from keytag.solver import plan as make_plan
from tests.conftest import roster_of

SCHEMES = sorted(path.stem for path in shipped.folder(shipped.SCHEMES).glob("*.yaml"))
TAGS = sorted(path.stem for path in shipped.folder(shipped.TAGS).glob("*.yaml"))
FOUR = """\
sheet: {width: 130mm, height: 90mm}
gripper: {edge: bottom, depth: 10mm}
gap: 6mm
work: sheetwise
stations: {columns: 2, rows: 2}
marks: []
"""


def setup_with(job: str, scheme: str = FOUR, quantities: str = "100 200 300") -> Setup:
    names = ["Glar", "Trang", "A Dơk", "H'Neng", "Kon Gang", "Hà Bầu"]
    units = "".join(
        f"  - {{kind: xã, name: {name}, quantity: {n}}}\n" for name, n in zip(names, quantities.split(), strict=False)
    )
    roster = roster_of(f"job: {{date: 2020-05-18, {job}}}\nauthority: self\nunits:\n{units}")
    whole = setup_of(roster)
    source = Source("shop.yaml", scheme)
    found, odd = scheme_of(source)
    return whole._replace(scheme=found, scheme_source=source, findings=(*roster.findings, *odd))


def found(setup: Setup) -> list[Diagnostic]:
    return checks.run_order_checks(setup.roster, setup.template, setup.scheme)


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("apart: [[Glar, Nowhere]]", "plan-units: apart: there is no unit 'Nowhere'"),
        ("together: [[Glarr, Trang]]", "plan-units: together: there is no unit 'Glarr'; did you mean Glar?"),
        ("plan: [{run: 10, slots: {Trng: 2}}]", "plan-units: plan: there is no unit 'Trng'; did you mean Trang?"),
        ("apart: [[Glar, Glar]]", "plan-limits: xã Glar stands twice"),
        (
            "apart: [[Glar, Trang]], together: [[Trang, A Dơk], [A Dơk, Glar]]",
            "plan-limits: xã Trang and xã Glar",
        ),
        ("max_plates: 1, apart: [[Glar, Trang]]", "plan-limits: 2 units are to stay apart"),
        ("max_plates: 2, apart: [[Glar, Trang], [Trang, A Dơk], [Glar, A Dơk]]", "plan-limits: 3 units are to"),
        ("max_overs: 0%, run_multiple: 250", "plan-limits: xã Glar: max_overs allows 100 tags, but runs go in mul"),
        ("max_overs: 5%, shortest_run: 106", "plan-limits: xã Glar: max_overs allows 105 tags, but the shortest"),
        ("max_plates: 1, max_overs: 0%, shortest_run: 60", "plan-limits: no run of one plate set"),
        ("plan: [{slots: {Glar: 2}}]", "plan-by-hand: plate set 1 needs its run"),
        ("plan: [{run: 300, slots: {Glar: 1, Trang: 1, A Dơk: 1, Glar: 3}}]", ""),
        ("plan: [{run: 300, slots: {Glar: 2, Trang: 1, A Dơk: 2}}]", "plan-by-hand: plate set 1 uses 5 stations"),
        ("plan: [{run: 299, slots: {Glar: 1, Trang: 1, A Dơk: 1}}]", "plan-by-hand: xã A Dơk gets 299 of 300"),
        ("plan: [{run: 300, slots: {Glar: 1, Trang: 1, A Dơk: x}}]", "plan-by-hand: 'x' is no number"),
        ("plan: [{run: 300, slots: {Glar: 1, Trang: 1, A Dơk: 1}}], max_overs: 50%", "plan-by-hand: xã Glar gets 300"),
        ("plan: [{run: 300, slots: {Glar: 1, Trang: 1, A Dơk: 1}}], run_multiple: 7", "plan-by-hand: plate set 1 runs"),
        (
            "plan: [{run: 300, slots: {Glar: 1, Trang: 1, A Dơk: 1}}], apart: [[Glar, Trang]]",
            "plan-by-hand: plate set 1",
        ),
        (
            "plan: [{run: 200, slots: {Glar: 1, Trang: 1}}, {run: 300, slots: {A Dơk: 1}}], together: [[Glar, A Dơk]]",
            "plan-by-hand: xã Glar, xã A Dơk are to share",
        ),
        ("plan: [{run: 300, slots: {Glar: 1, Trang: 1, A Dơk: 1}}]", ""),
        ("max_plates: 1, max_overs: 100%, apart: []", ""),
        ("max_plates: 1, max_overs: 200%, together: [[Glar, Trang, A Dơk]]", ""),
    ],
)
def test_what_no_plan_can_hold_is_found_and_nothing_else(job: str, words: str) -> None:
    setup = setup_with(job)
    findings = [f"{f.id}: {f.message}" for f in found(setup)]
    assert findings[0].startswith(words) if words else findings == [], findings
    assert all(f.span is not None and f.severity.value == "error" for f in found(setup))


def test_more_units_than_places_and_a_list_larger_than_a_sheet() -> None:
    many = setup_with("max_plates: 1", quantities="9 9 9 9 9")
    assert [f.id for f in found(many)] == ["plan-limits"]
    close = setup_with('together: [[Glar, Trang, A Dơk], [A Dơk, "H\'Neng", Kon Gang]]', quantities="9 9 9 9 9")
    assert "5 units are to share" in found(close)[0].message


def test_a_unit_without_an_order_cannot_be_planned() -> None:
    setup = setup_with("apart: [[Glar, Trang]]", quantities="100 0 300")
    assert [f.message for f in found(setup)] == ["apart: xã Trang has no tags on order"]


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("width: 130mm", "width: 40mm", "sheet-size"),
        ("columns: 2", "columns: 9", "sheet-size"),
        ("gap: 6mm", "gap: 5mm", "bleed-gap"),
    ],
)
def test_the_sheet_is_judged_before_anything_stands_on_it(old: str, new: str, check: str) -> None:
    assert found(setup_with("spoilage: 3%")) == []
    assert [f.id for f in found(setup_with("spoilage: 3%", FOUR.replace(old, new)))] == [check]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tag", TAGS)
def test_every_shipped_tag_fits_every_shipped_scheme_without_a_finding(tag: str, scheme: str) -> None:
    setup = setup_of(
        roster_of(f"job: {{template: {tag}, scheme: {scheme}}}\nunits:\n  - {{name: Glar, quantity: 9}}\n")
    )
    # The jig has places for 50 × 20 mm. Half a sheet would be too narrow for A6, but that has no print on its back.
    outline = setup.template.outline
    too_large = scheme == "jig-moulded-4x5" and (outline.width > 50 or outline.height > 20)
    assert [f.id for f in found(setup)] == (["sheet-size"] if too_large else [])


def test_the_gate_holds_the_order_too() -> None:
    setup = setup_with("max_plates: 1, apart: [[Glar, Trang]]")
    assert "plan-limits" in {f.id for f in ready.check(setup)}


@pytest.mark.parametrize(
    ("scheme", "check"),
    [
        (
            FOUR.replace("marks: []", "marks: [colour-bar]").replace("130mm", "113mm").replace("90mm", "63mm"),
            "mark-missing",
        ),
        (FOUR, ""),
    ],
)
def test_an_own_scheme_is_tried_on_a_full_sheet(tmp_path: Path, scheme: str, check: str) -> None:
    (tmp_path / "shop.yaml").write_text(scheme)
    roster = "job: {scheme: shop.yaml}\nauthority: self\nunits:\n  - {kind: xã, name: Glar, quantity: 9}\n"
    (tmp_path / "contacts.yaml").write_text(roster)
    found = [f for f in keytag.check(keytag.open(tmp_path / "contacts.yaml")) if f.message.startswith("a full sheet")]
    assert check in {f.id for f in found} if check else found == []
    assert all(f.span is not None and f.span.line == 1 for f in found)


_UNITS = ["Glar", "Trang", "A Dơk", '"H\'Neng"', "Kon Gang"]
_GROUPS = st.lists(st.lists(st.sampled_from(_UNITS), min_size=1, max_size=3), max_size=2)


@st.composite
def _jobs(draw: st.DrawFn) -> tuple[str, str]:
    parts = []
    for key, values in (
        ("max_plates", [1, 2, 3]),
        ("max_overs", ["0%", "10%", "60%"]),
        ("shortest_run", [5, 50, 150]),
        ("run_multiple", [10, 25]),
    ):
        if draw(st.booleans()):
            parts.append(f"{key}: {draw(st.sampled_from(values))}")
    for key in ("apart", "together"):
        groups = draw(_GROUPS)
        parts.append(f"{key}: [{', '.join('[' + ', '.join(group) + ']' for group in groups)}]")
    return ", ".join(parts), " ".join(
        str(n) for n in draw(st.lists(st.sampled_from([20, 50, 90, 100]), min_size=5, max_size=5))
    )


@settings(deadline=None, derandomize=True, max_examples=60)
@given(_jobs())
def test_counting_and_the_planner_agree(job: tuple[str, str]) -> None:
    setup = setup_with(job[0], quantities=job[1])
    order = ordered(setup.roster, setup.template, setup.scheme)
    designs = tuple(Design(key, order.copies(key)) for key in order.demands)
    errors = found(setup)
    try:
        make_plan(designs, limits_of(setup, layout_of(setup)))
    except PlanError as error:
        searched = error.message.startswith("No plan")  # what only a search can rule out
        assert errors or searched, error.message
    else:
        assert errors == []


def test_more_boxes_than_labels_are_made_for_is_an_error() -> None:
    (finding,) = (f for f in found(setup_with("per_box: 1", quantities="1000000")) if f.id == "many-boxes")
    assert finding.message.startswith("1 tags in a box make 1,000,000 boxes") and finding.span is not None
    assert not [f for f in found(setup_with("per_box: 100", quantities="1000000")) if f.id == "many-boxes"]
