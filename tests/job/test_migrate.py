"""A district roster of 2020 becomes the communes of 2025: by the mapping, with nothing guessed and nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from keytag.base.errors import UsageError
from keytag.files.catalogues import words_of
from keytag.files.scalars import scalar
from keytag.files.source import Source
from keytag.job.migrate import migrate
from keytag.roster.load import assemble
from keytag.roster.model import Roster
from keytag.vietnam import gazetteer, provinces
from tests.conftest import roster_of
from tests.running import keytag

HEAD = "authority: {name: Đak Đoa, level: district, province: Gia Lai, zalo: 'https://zalo.me/1234567890123456789'}\n"


def again(text: str) -> Roster:
    roster = assemble([Source("new.yaml", text)])
    assert roster.findings == ()
    return roster


def test_the_shipped_roster_becomes_its_communes_and_no_household_is_lost(shipped_roster: Roster) -> None:
    done = migrate(shipped_roster)
    new = again(done.text)
    assert done.lost == ()
    assert sum(unit.tags for unit in new.units) == sum(unit.tags for unit in shipped_roster.units) == 15_000
    known = {commune.now.name: [unit.title for unit in commune.units] for commune in done.communes}
    assert known["Đak Đoa"] == ["thị trấn Đak Đoa", "xã Tân Bình", "xã Glar"]
    assert known["Kon Gang"] == ["xã Đak Krong", "xã Kon Gang", "xã Nam Yang", "xã H'Neng"]
    assert {unit.code.value: unit.name.value for unit in new.units if unit.code and unit.name}["23710"] == "Ia Băng"
    assert new.job.date is not None and new.job.date.value == "2025-07-01"
    assert all(unit.authority is not None and unit.authority.own and unit.duty is None for unit in new.units)


def test_what_a_person_must_decide_stands_beside_the_gap_and_is_counted(shipped_roster: Roster) -> None:
    done = migrate(shipped_roster)
    (line,) = [line for line in done.text.split("\n") if line.startswith("    chief:") and "0900.000.118" in line]
    assert line == "    chief:  # cần điền: 0900.000.118 (xã Hà Bầu)"
    assert "# cần quyết định: gồm cả xã Biển Hồ, xã Chư Đăng Ya, xã Nghĩa Hưng" in done.text
    assert done.open == len(re.findall("# cần điền|# cần quyết định", done.text)) > 30


def test_a_unit_is_found_by_its_name_within_its_district() -> None:
    done = migrate(roster_of(HEAD + "units:\n  - {kind: xã, name: Ia Băng, quantity: 9}\n"))
    assert [commune.now.code for commune in done.communes] == ["23710"]


@pytest.mark.parametrize(
    ("unit", "why"),
    [
        ("{kind: xã, name: Nowhere, quantity: 9}", "không có trong danh mục nào"),
        ('{kind: xã, name: Glar, code: "23710", quantity: 9}', "mã 23710 của nó là xã A Dơk"),
    ],
)
def test_a_unit_that_is_on_no_list_is_said_and_kept_as_a_remark(unit: str, why: str) -> None:
    done = migrate(roster_of(f"{HEAD}units:\n  - {unit}\n  - {{kind: xã, name: Trang, quantity: 9}}\n"))
    ((lost, reason),) = done.lost
    (line,) = [line for line in done.text.split("\n") if "chưa xếp được chỗ" in line]
    assert line.startswith(f"  # cần quyết định: {lost.title} (contacts.yaml:3) chưa xếp được chỗ: ")
    assert why in line and why in words_of("vi").of(reason)
    assert len(again(done.text).units) == 1


def test_a_roster_of_today_is_refused(shipped_roster: Roster) -> None:
    with pytest.raises(UsageError, match="of today already"):
        migrate(roster_of("job: {date: 2025-08-01}\nauthority: self\nunits:\n  - {name: x}\n"))
    with pytest.raises(UsageError, match="before the reform"):
        migrate(shipped_roster, "2025-06-30")


def test_texts_of_the_old_roster_cannot_break_out_of_the_new_one() -> None:
    evil = 'a\\n  evil: \\"x\\" # y'
    text = (
        f'job: {{name: "{evil}", slogan: "yes", apart: [[Trang, Trang]]}}\n{HEAD}units:\n'
        f'  - {{kind: "{evil}", name: Trang, slogan: "{evil}", duty: {{number: "1", name: "{evil}"}}, quantity: 9}}\n'
    )
    done = migrate(roster_of(text))
    new = again(done.text)
    assert new.job.name is not None and new.job.name.value == 'a\n  evil: "x" # y'
    assert new.job.slogan is not None and new.job.slogan.value == "yes"
    assert "# cần quyết định: đã bỏ apart" in done.text


@pytest.mark.parametrize(
    "text", ["", "x: y", "yes", "3%", " a", "a ", "#113", "'", '"', "a\\b", "@x", "0x1F", "K'Dang", "a\n"]
)
def test_a_text_reads_as_it_was(text: str) -> None:
    roster = assemble([Source("f.yaml", f"job:\n  name: {scalar(text)}\nunits:\n  - name: x\n")])
    assert [p.id for p in roster.findings] == ["authority-missing"]
    assert roster.job.name is not None and roster.job.name.value == text


def test_the_new_file_never_takes_the_place_of_another(tmp_path: Path, repository: Path) -> None:
    (tmp_path / "contacts.yaml").write_bytes((repository / "contacts.yaml").read_bytes())
    code, _, err = keytag("migrate", cwd=tmp_path)
    assert code == 0 and "7 communes of 17 units" in err
    before = (tmp_path / "contacts-2025.yaml").read_bytes()
    assert keytag("migrate", cwd=tmp_path)[0] == 2
    assert keytag("migrate", "--date", "01/07/2025", "-o", "x.yaml", cwd=tmp_path)[0] == 2
    assert (tmp_path / "contacts-2025.yaml").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["contacts-2025.yaml", "contacts.yaml"]


def test_units_for_which_the_sources_are_silent_are_said_with_what_their_district_became() -> None:
    silent = total = 0
    for province in provinces.all_today():
        table = gazetteer.units(province.code)
        total += len(table.before)
        for old in (one for one in table.before if not one.heir):
            silent += 1
            assert old.code, "found by its code"
            said = gazetteer.without_heir(old, table)
            assert said.startswith(f"{old.title} ended by 2025-06-30") and "None" not in said
    page = (Path(__file__).parents[2] / "docs" / "roster.md").read_text("utf-8")
    assert f"Of the {total:,} units of before" in page and f" {silent} ended in between" in page


def test_a_silent_unit_is_not_placed_and_its_districts_communes_are_named() -> None:
    text = """
job: {date: 2021-08-01, edition: 08/2021}
authority: {name: Ba Đình, level: district, province: Hà Nội, duty: 0692.000.113, chief: 0900.000.100}
units:
  - {kind: phường, name: Nguyễn Trung Trực, code: "00010", duty: 024.3000.0201, chief: 0900.000.101, quantity: 3}
  - {kind: phường, name: Văn Miếu, duty: 024.3000.0202, chief: 0900.000.102, quantity: 3}
"""
    (_, first), (_, second) = migrate(roster_of(text)).lost
    assert first.startswith("phường Nguyễn Trung Trực ended by 2025-06-30, and no source of ours says")
    assert "the rest of quận Ba Đình is phường Ba Đình (00004)" in first
    assert second == "the list has a unit of that name in quận Đống Đa only: write its code"


@pytest.mark.parametrize("verb", ["migrate", "export"])
@pytest.mark.parametrize("text", ["- a\n", "job: {date: 2020-05-18}\n", "units:\n  - xã Glar\n"])
def test_what_cannot_be_read_of_a_roster_is_not_left_out_of_another(verb: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(text, "utf-8")
    code, _, err = keytag(verb, cwd=tmp_path)
    assert code == 1 and "nothing was made" in err and re.search(r"contacts\.yaml:\d+:\d+: error: ", err)
    assert [path.name for path in tmp_path.iterdir()] == ["contacts.yaml"]
