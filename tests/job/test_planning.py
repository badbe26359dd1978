"""The plan of a job as people see it, and that the sheets are those of the plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import keytag
from keytag.base.errors import UsageError
from keytag.base.standard import Standard
from keytag.files.fields import day, flag
from keytag.job import earlier, plan_shown, reprint
from keytag.job.planning import designs_of, layout_of, limits_of, plan_of, plate_sets
from keytag.job.ready import Order, order_of
from keytag.job.setup import Setup
from keytag.roster.model import Roster
from keytag.roster.settings import demand
from keytag.sheet.layout import Layout
from keytag.tag.wording import emergency
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def setup() -> Setup:
    return keytag.open(REPOSITORY / "contacts.yaml")


@pytest.fixture(scope="module")
def order(setup: Setup) -> Order:
    return ordered(setup)


def ordered(setup: Setup) -> Order:
    ready = keytag.ready(setup)
    assert isinstance(ready, keytag.Ready), ready
    return order_of(ready)


def on_scheme(name: str) -> tuple[Order, Layout]:
    """The shipped roster on another scheme."""
    text = (REPOSITORY / "contacts.yaml").read_text().replace("sra3-sheetwise", name)
    order = ordered(keytag.open(text))
    return order, layout_of(order.setup)


@pytest.mark.parametrize("name", ["sra3-sheetwise", "sra3-work-and-turn", "430x650-work-and-tumble", "flatbed-600x900"])
def test_the_sheets_give_every_unit_its_tags_with_spoilage(name: str) -> None:
    order, layout = on_scheme(name)
    plan = plan_of(order, layout)
    presses = plate_sets(order, layout, plan, Standard.X4)
    made = dict.fromkeys((a.key for a in order.artworks), 0)
    for press in presses:
        assert sum(count for _, count in press.sheet.slots) <= len(layout.stations)
        for key, count in press.sheet.slots:
            made[key] += count * press.sheet.run
    for artwork, wanted in zip(order.artworks, order.demands, strict=True):
        assert made[artwork.key] >= wanted


def test_one_forme_for_both_surfaces_halves_the_demand() -> None:
    order, layout = on_scheme("sra3-work-and-turn")
    designs = designs_of(order, layout)
    assert [d.demand for d in designs] == [-(-wanted // 2) for wanted in order.demands]


def test_the_rosters_costs_come_before_the_schemes(setup: Setup) -> None:
    layout = layout_of(setup)
    assert limits_of(setup, layout).plate_cost == 50
    job = setup.roster.job._replace(plate_cost=None)
    bare = setup._replace(roster=setup.roster._replace(job=job))
    assert limits_of(bare, layout).plate_cost == setup.scheme.costs.plate


def test_table_and_json_say_the_same(setup: Setup, order: Order) -> None:
    layout = layout_of(setup)
    shown = plan_shown.gathered(plan_of(order, layout), order, layout)
    text, content = plan_shown.table(shown), json.loads(plan_shown.as_json(shown))
    assert "proven optimal" in text and content["optimal"]
    assert f"cost {content['cost']:,.0f}" in text
    for design, wanted in zip(content["designs"], order.demands, strict=True):
        assert design["printed"] - design["overs"] == wanted == design["demand"]
    assert [rung["plates"] for rung in content["ladder"]][:3] == [1, 2, 3]
    assert {entry["practice"] for entry in content["bare"]} == {"one design per plate", "one plate in proportion"}
    many = [line for line in text.splitlines() if "over 10 %" in line]
    assert len(many) == sum(d["overs"] > d["demand"] * 0.1 for d in content["designs"])


def test_spoilage_is_rounded_up_and_exact(shipped_roster: Roster) -> None:
    unit = shipped_roster.units[0]
    assert unit.tags == 1640
    assert demand(unit, 0.03) == 1690  # 1,689.2
    assert demand(unit, 0.1) == 1804  # exactly: 0.1 has no binary fraction, 1,640 × 1.1 has none either
    assert demand(unit, 0.0) == 1640


def test_dates_are_read_and_nonsense_is_none(shipped_roster: Roster) -> None:
    text = shipped_roster.job.date
    assert text is not None and day(text) == "2020-05-18"
    for wrong in ("18/05/2020", "2020-02-30", "20200518", "2020-W20-1"):
        assert day(text._replace(value=wrong)) is None
    assert day(None) is None


@pytest.mark.parametrize(
    ("written", "said"), [("yes", True), ("Có", True), ("no", False), ("1", None), ("maybe", None)]
)
def test_yes_and_no_mean_one_thing_to_every_reader(written: str, said: bool | None) -> None:
    text = (REPOSITORY / "contacts.yaml").read_text().replace("show_113: yes", f"show_113: {written}")
    setup = keytag.open(text)
    assert flag(setup.roster.job.show_113) is said
    assert ("job-value" in {f.id for f in keytag.check(setup)}) is (said is None)
    assert bool(emergency(setup.roster.job).text) is (said is True)


def test_changes_are_said_in_words(setup: Setup, order: Order, tmp_path: Path) -> None:
    from keytag.job.manifest import unit_entry

    entries = {a.key: json.loads(json.dumps(unit_entry(a, 1, 1))) for a in order.artworks}
    assert reprint.changes(earlier.units_of({"units": list(entries.values())}), order.artworks) == ()
    entries["xa-glar"]["artwork"] = "another"
    for word in entries["xa-glar"]["back"]:
        if word["field"] == "unit.deputies.2":
            word["text"] = "0900.000.999"
    del entries["xa-trang"]
    before = earlier.units_of({"units": list(entries.values())})
    changes = {c.key: c.reasons for c in reprint.changes(before, order.artworks)}
    assert changes["xa-trang"] == ("is new",)
    (reason,) = changes["xa-glar"]
    assert reason.startswith("deputy 2: 0900.000.999 is now 0900.000.")
    kept = order.only({c.key for c in reprint.changes(before, order.artworks)})
    assert [a.key for a in kept.artworks] == ["xa-glar", "xa-trang"]


def limited(more: str) -> Setup:
    """The shipped job with more in its job section."""
    text = (REPOSITORY / "contacts.yaml").read_text().replace("  per_box: 500\n", f"  per_box: 500\n{more}")
    limited = keytag.open(text)
    assert limited.findings == ()
    return limited


def test_units_are_kept_apart_and_together() -> None:
    more = "  apart: [[Glar, xa-trang]]\n  together: [[\"K'Dang\", '23701']]\n"
    setup = limited(more)
    plan = plan_of(ordered(setup), layout_of(setup))
    keys = [d.key for d in plan.designs]
    sets = [{keys[i] for i, slots in enumerate(p.slots) if slots} for p in plan.plates]
    assert len(sets) >= 2
    for plate in sets:
        assert not {"xa-glar", "xa-trang"} <= plate
        assert ("xa-kdang" in plate) == ("xa-hneng" in plate)


def test_a_plan_by_hand_is_taken_as_it_is(setup: Setup, order: Order) -> None:
    layout = layout_of(setup)
    found = plan_of(order, layout)
    slots = ", ".join(f"{d.key}: {s}" for d, s in zip(found.designs, found.plates[0].slots, strict=True))
    by_hand = limited(f"  plan: [{{run: 220, slots: {{{slots}}}}}]\n")
    plan = plan_of(ordered(by_hand), layout)
    assert [p.run for p in plan.plates] == [220] and plan.plates[0].slots == found.plates[0].slots


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("  apart: [[Glar, Nowhere]]\n", "contacts.yaml:19:18: apart: there is no unit 'Nowhere'"),
        ("  plan: [{run: 10, slots: {Glar: 80}}]\n", "contacts.yaml:19:10: thị trấn Đak Đoa gets 0 of 1,690 tags"),
        ("  plan: [{run: 10, slots: {Glar: many}}]\n", "contacts.yaml:19:34: 'many' is no number of tags on a sheet"),
        ("  max_plates: 1\n  apart: [[Glar, Trang]]\n", "contacts.yaml:19:15: 2 units are to stay apart"),
    ],
)
def test_limits_that_cannot_hold_do_not_pass_the_gate(more: str, message: str) -> None:
    found = keytag.ready(limited(more))
    assert not isinstance(found, keytag.Ready)
    assert any(f"{f.span}: {f.message}".startswith(message) for f in found), [f"{f.span}: {f.message}" for f in found]


def test_what_only_a_search_rules_out_is_an_error_of_the_planner() -> None:
    setup = limited("  max_plates: 2\n  max_overs: 0%\n")
    with pytest.raises(UsageError, match="No plan"):
        plan_of(ordered(setup), layout_of(setup))
