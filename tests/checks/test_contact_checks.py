"""Every check finds its bad sample, there and nothing else, and is silent about its good one; and cases beyond them."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag import checks
from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.checks import CONTACT_CHECKS, suppress
from keytag.checks.document import markdown
from keytag.checks.loading import LOADER_CHECKS
from keytag.checks.model import Check, describe
from keytag.files.catalogues import words_of
from keytag.files.source import Source, Text
from keytag.report.text import render
from keytag.roster.load import assemble, load
from keytag.vietnam.texts import numbers_in

from .samples import FILE, completed, marked, roster

REPOSITORY = Path(__file__).parents[2]
IDS = frozenset(module.ID for module in CONTACT_CHECKS)
GOLDEN = Path(__file__).with_name("bad_samples.txt")
SAMPLES = [describe(module) for module in CONTACT_CHECKS] + [
    c for c in (*LOADER_CHECKS, *suppress.IGNORE_CHECKS) if c.bad
]


def found(text: str, on: str | None = None, samples: bool = False) -> list[Diagnostic]:
    """What reading and checking a roster finds; that its numbers are samples, as all here are, only where asked."""
    read = roster(text)
    findings = checks.unsilenced([*read.findings, *checks.run_contact_checks(read, on)], read.files)
    return [f for f in findings if samples or f.id != "sample-number"]


def ids(text: str, on: str | None = None) -> list[str]:
    return [finding.id for finding in found(completed(text), on)]


@pytest.mark.parametrize("check", SAMPLES, ids=lambda check: check.id)
def test_a_check_finds_its_bad_sample_there_and_nothing_else(check: Check) -> None:
    text = completed(check.bad)
    findings = found(text, samples=check.id == "sample-number")
    assert {finding.id for finding in findings} == {check.id}
    assert {finding.severity for finding in findings} == {check.severity}
    assert [finding.span.line for finding in findings if finding.span] == marked(text) != []


@pytest.mark.parametrize("check", SAMPLES, ids=lambda check: check.id)
def test_a_check_is_silent_about_its_good_sample(check: Check) -> None:
    assert found(completed(check.good), samples=check.id == "sample-number") == []


def bad_samples() -> str:
    """What people see of every bad sample."""
    texts = [completed(check.bad) for check in SAMPLES]
    return "\n".join(render(found(text, samples="0692.000.100" in text), [Source(FILE, text)]) for text in texts)


def test_what_the_bad_samples_look_like_on_a_terminal() -> None:
    assert bad_samples() == GOLDEN.read_text("utf-8"), f"{GOLDEN.name} differs: read the new text, then replace it"


@pytest.mark.parametrize("module", CONTACT_CHECKS, ids=lambda module: module.ID)
def test_a_check_is_documented(module: ModuleType) -> None:
    check = describe(module)
    assert module.__name__.rpartition(".")[2].replace("_", "-") == check.id
    assert len(check.rationale) > 100
    assert check.bad != check.good
    assert check.bad and check.good


def test_ids_are_unique_and_kebab_case() -> None:
    known = checks.known_ids()
    assert len(set(known)) == len(known)
    assert all(part.isalpha() and part.islower() for check_id in known for part in check_id.split("-"))


@pytest.mark.parametrize(("page", "language"), [("checks.md", "en"), ("vi/cac-phep-kiem.md", "vi")])
def test_the_document_is_current(page: str, language: str) -> None:
    current = (REPOSITORY / "docs" / page).read_text("utf-8")
    assert current == markdown(words_of(language)), "make it anew: its third line says how"


def test_the_shipped_roster_is_clean() -> None:
    shipped = load([REPOSITORY / "contacts.yaml"])
    assert shipped.findings == ()
    (note,) = checks.run_contact_checks(shipped)
    assert (note.id, note.severity) == ("sample-number", Severity.NOTE)
    assert "259 of 259 numbers" in note.message


def test_the_shipped_roster_is_out_of_date_today() -> None:
    shipped = load([REPOSITORY / "contacts.yaml"])
    later = checks.run_contact_checks(shipped, "2025-08-01")
    old = {"authority-expired", "unit-name", "unknown-kind", "site-dated"}
    assert {f.id for f in later} == {*old, "sample-number"}
    march = checks.run_contact_checks(shipped, "2025-03-01")
    assert [f.id for f in march] == ["sample-number", "authority-expired", "site-dated", "site-dated"]


@pytest.mark.parametrize(
    ("province", "on", "number", "expected"),
    [
        ("Gia Lai", "2025-06-30", "0256.3000.201", ["foreign-area-code"]),
        ("Gia Lai", "2025-07-01", "0256.3000.201", []),
        ("tỉnh Gia Lai", "2025-07-01", "0269.3000.201", []),
        ("Gia Lai", "2025-07-01", "0260.3000.201", ["foreign-area-code"]),
        ("Bình Định", "2025-07-01", "0256.3000.201", ["unknown-province"]),
        ("TP. Hồ Chí Minh", "2025-07-01", "0254.3000.201", []),
        ("TP. Hồ Chí Minh", "2025-06-01", "0254.3000.201", ["foreign-area-code"]),
        ("Huế", "2024-06-01", "0234.3000.201", []),
    ],
)
def test_area_codes_belong_to_provinces_by_date(province: str, on: str, number: str, expected: list[str]) -> None:
    text = f"""
job:
  date: {on}
authority:
  name: Nơi ấy
  level: commune
  province: {province}
  duty: 0692.000.113
units:
  - name: Chỗ này
    duty: {number}
"""
    about_places = {"foreign-area-code", "unknown-province"}
    assert [found for found in ids(text) if found in about_places] == expected


@pytest.mark.parametrize(
    ("kind", "name", "code", "on", "expected"),
    [
        ("xã", "K'Dang", "23698", "2020-05-18", []),
        ("xã", "K' Dang", "23698", "2020-05-18", []),
        ("xã", "K’Dang", "23698", "2020-05-18", []),
        ("xã", "KDang", "23698", "2020-05-18", []),
        ("xã", "KDang", "23714", "2025-07-01", []),
        ("xã", "H'Nol", "23714", "2025-06-30", []),
        ("xã", "H'Nol", "23714", "2025-07-01", ["unit-name"]),
        ("xã", "Kon Gang", "23689", "2025-06-30", []),
        ("xã", "Kon Gang", "23689", "2025-07-01", ["unit-name"]),
        ("xã", "Kon Gang", "23701", "2025-07-01", []),
        ("xã", "Kon Gang", "23701", "2020-05-18", ["unit-name"]),
        ("xã", "Đăk Sơmei", "23683", "2020-05-18", []),
        ("xã", "Đắk Sơmei", "23683", "2020-05-18", []),
        ("xã", "Dak Somei", "23683", "2020-05-18", ["unit-spelling"]),
        ("thị trấn", "Đak Đoa", "23677", "2020-05-18", []),
        ("xã", "Đak Đoa", "23677", "2020-05-18", ["unit-name"]),
        ("xã", "Đak Đoa", "23677", "2025-07-01", []),
        ("xã", "Ia Bang", None, "2020-05-18", ["unit-spelling"]),
        ("xã", "Hà Bau", None, "2020-05-18", ["unit-spelling"]),
        ("xã", "Glarr", None, "2020-05-18", ["unit-name"]),
        ("xã", "Nơi khác", "00001", "2020-05-18", ["unit-name"]),  # a ward of Hà Nội
        ("phường", "Phúc Xá", "00001", "2020-05-18", ["unit-name"]),  # it is not in Gia Lai
        ("xã", "Kon Gang", None, "2025-07-01", []),
        ("xã", "H'Nol", None, "2025-07-01", ["unit-name"]),
        ("xã", "KDang", "23715", "2025-07-01", ["unlisted-code"]),
        ("phường", "Quy Nhơn", None, "2025-07-01", []),
        ("xã", "Quy Nhơn", None, "2025-07-01", ["unit-name"]),
        ("xã", "Nơi khác", None, "2025-07-01", ["unit-name"]),
        ("thị trấn", "Đak Đoa", "23677", "2025-07-01", ["unknown-kind"]),
        ("đặc khu", "Glar", "23707", "2020-05-18", ["unknown-kind"]),
        ("xã", "GLAR", "23707", "2020-05-18", ["unit-spelling"]),
        ("xã", "glar", None, "2020-05-18", ["unit-spelling"]),
        ("xã", "xã Glar", "23707", "2020-05-18", ["kind-in-name"]),
        ("xã", "Công an xã Glar", "23707", "2020-05-18", ["kind-in-name"]),
        ("xã", "TT. Glar", None, "2020-05-18", ["kind-in-name"]),
        ("xã", "12", None, "2025-07-01", ["name-is-number"]),
        ("phường", "12", None, "2025-07-01", ["name-is-number"]),
        ("xã", "H'Nol", "99901", "2025-07-01", ["unlisted-code"]),  # whose code, nobody says: no word about the name
        ("xã", "Nơi khác", "99901", "2020-05-18", []),
    ],
)
def test_names_and_codes_by_date(kind: str, name: str, code: str | None, on: str, expected: list[str]) -> None:
    authority = "  name: Đak Đoa\n  level: district" if on < "2025-03-01" else "  name: Gia Lai\n  level: province"
    numbers = "  duty: 0692.000.113\n"
    key = f'    code: "{code}"\n' if code else ""
    text = f"job:\n  date: {on}\nauthority:\n{authority}\n{numbers}units:\n  - kind: {kind}\n    name: {name}\n{key}"
    assert ids(text) == expected


def test_the_official_unit_of_a_name_is_proposed() -> None:
    text = 'units:\n  - kind: xã\n    name: H\'Nol\n    code: "23701"\n'
    (finding,) = found(completed(text))
    assert "23701 is xã H'Neng; xã H'Nol has 23714" in finding.message


@pytest.mark.parametrize(
    ("link", "check"),
    [
        ("https://zalo.me/1234567890123456789", None),
        ("https://zalo.me/123456789012345678", None),
        ("http://zalo.me/1234567890123456789", "link-form"),
        ("zalo.me/1234567890123456789", "link-form"),
        ("HTTPS://zalo.me/1234567890123456789", "link-form"),
        ("https://ZALO.ME/1234567890123456789", "link-form"),
        ("https://zalo.me/1234567890123456789?a=b", "link-form"),
        ("https://zalo.me/1234567890123456789#x", "link-form"),
        ("https://zalo.me:443/1234567890123456789", "link-form"),
        ("https://congan@zalo.me/1234567890123456789", "link-form"),
        ("https://zalo.me@evil.vn/1234567890123456789", "link-form"),
        ("https:///1234567890123456789", "link-form"),
        ("https://zalo.me/0900000100", "link-phone"),
        ("https://zalo.me/84900000100", "link-phone"),
        ("https://zalo.me/g/abcdef123", "link-path"),
        ("https://zalo.me/s/abcdef123", "link-path"),
        ("https://zalo.me/", "link-path"),
        ("https://zalo.me/12345678901234567", "link-path"),
        ("https://zalo.me/12345678901234567890", "link-path"),
        ("https://zalo.me/１２３４５６７８９０１２３４５６７８", "link-path"),
        ("https://zalo.me/1234567890123456789/", "link-path"),
        ("https://oa.zalo.me/1234567890123456789", "link-host"),
        ("https://qr.zalo.me/1234567890123456789", "link-host"),
        ("https://zaloapp.com/1234567890123456789", "link-host"),
        ("https://www.zaloapp.com/qr/p/abc", "link-host"),
        ("https://bit.ly/abc", "link-host"),
        ("https://za1o.me/1234567890123456789", "link-host"),
        ("https://zaIo.me/1234567890123456789", "link-host"),
        ("https://zalo.me.vn/1234567890123456789", "link-host"),
        ("https://zаlo.me/1234567890123456789", "link-host"),
        ("https://xn--zlo-7cd.me/1234567890123456789", "link-host"),
        ("https://zalo.me\\@evil.vn/1", "link-path"),
        ("https://congan.gialai.gov.vn/dak-doa", "link-host"),
        ("https://congan.example.vn/dak-doa?a=1", None),
        ("https://user@congan.example.vn/dak-doa", "link-form"),
        ("https://congan.example.vn/đak-đoa", "link-form"),
        ("https://Congan.example.vn/dak-doa", "link-form"),
        ("https://zalo.me./1234567890123456789", "link-host"),
        ("https://zalo.me\\1234567890123456789", "link-path"),
        ("https://@zalo.me/1234567890123456789", "link-form"),
        ("https://zalo.me/0234567890123456789", "link-path"),
        ("https://zalo.me/9223372036854775807", None),
        ("https://zalo.me/9223372036854775808", "link-path"),
        ("https://congan.example.vn\\dak-doa", "link-form"),
        ("https://@congan.example.vn/dak-doa", "link-form"),
        ("https://congan.example.vn/100%", "link-form"),
        ("https://congan.example.vn/%C4%91ak", None),
        ("https://congan.example.vn/<b>dak-doa</b>", "link-form"),
        ("https://congan.example.vn/%3Cscript%3E", "link-form"),
        ("https://congan.example.vn/?a=1&amp;b=2", "link-form"),
        ("https://congan.example.vn/{unit.code}", "link-form"),
        ("https://congan.example.vn/dak-doa.", "link-form"),
    ],
)
def test_links(link: str, check: str | None) -> None:
    hosts = "  qr_hosts: [congan.example.vn]"
    text = f"job:\n  date: 2020-05-18\n{hosts}\nauthority:\n  name: Đak Đoa\n  zalo: '{link}'\n"
    assert ids(text) == ([check] if check else [])


@pytest.mark.parametrize(
    ("host", "refused"),
    [
        ("congan.example.vn", False),
        ("congan.gialai.gov.vn", False),
        ("zalo.congan.gov.vn", False),
        ("zalo.dakdoa.vn", False),
        ("gialai.com.vn", False),
        ("zaio.me", True),
        ("zal0.me", True),
        ("zalo.ne", True),
        ("zlao.me", True),
        ("zallo.me", True),
        ("zalo.com", True),
        ("zalo.me.vn", True),
        ("zalo-me.vn", True),
        ("congan.g0v.vn", True),
        ("congan.qov.vn", True),
        ("qr.zalo.me", True),
        ("bit.ly", True),
        ("203.0.113.7", True),
    ],
)
def test_a_host_that_counterfeits_another_is_refused_on_the_list_too(host: str, refused: bool) -> None:
    text = f"job:\n  date: 2020-05-18\n  qr_hosts: [{host}]\n"
    assert ids(text) == (["link-host"] if refused else [])
    link = f"authority:\n  name: Đak Đoa\n  zalo: https://{host}/dak-doa\n"
    assert ids(text + link) == (["link-host", "link-host"] if refused else [])


def test_one_link_for_two_units_that_issue_their_own_tags() -> None:
    link = "    link: https://zalo.me/1234567890123456789\n"
    units = f"units:\n  - name: Glar\n{link}  - name: Trang\n{link}"
    assert ids("authority: self\n" + units) == ["shared-link"]
    assert ids(units) == []


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("1195", []),
        ("1.195", []),
        ("15 000", []),
        ("1.5", ["quantity-form"]),
        ("1,195", ["quantity-form"]),
        ("-5", ["quantity-form"]),
        ("1e3", ["quantity-form"]),
        ("00", ["quantity-form"]),
        ("50000", []),
        ("50001", ["quantity-large"]),
        ("99999999999", ["quantity-form"]),
        ("１０００", ["quantity-form"]),
    ],
)
def test_quantities(quantity: str, expected: list[str]) -> None:
    assert ids(f"units:\n  - name: Glar\n    quantity: '{quantity}'\n") == expected


def test_safe_edits_and_no_others() -> None:
    text = """
units:
  - name: "Ia Pê\u0301t"
    duty: '02693000201' # giữ
    chief: 0168 000 0101
    deputies: ["(0269) 3000202", 059.3000.203, 0900.000.1O2]
"""
    edits = {f.id: [edit.text for edit in f.fix] for f in found(completed(text))}
    assert edits == {
        "not-nfc": ["Ia Pết"],
        "number-grouping": ["0269.3000.202"],
        "old-mobile": ["0380.000.101"],
        "old-area-code": [],
        "number-characters": [],
    }


@pytest.mark.parametrize(
    ("field", "number", "expected", "fix"),
    [
        ("chief", "+84 900 000 101", "international-form", "0900.000.101"),
        ("chief", "(+84) 900 000 101", "international-form", "0900.000.101"),
        ("duty", "+84 269 3000 201", "international-form", "0269.3000.201"),
        ("chief", "+84 593 000 201", "international-form", "0593.000.201"),
        ("chief", "+84593000201", "international-form", None),  # a mobile, or a landline from before 2017
        ("duty", "+84593000201", "old-area-code", None),
        ("chief", "+84 59 3000201", "old-area-code", None),
        ("duty", "0084 59 3000201", "old-area-code", None),
        ("chief", "+84 168 000 0101", "old-mobile", "0380.000.101"),
        ("chief", "059 300 0201", "old-area-code", None),
        ("chief", "'0593000201'", "number-grouping", None),
        ("chief", "0593 000 201", "number-grouping", "0593.000.201"),
        ("duty", "'1022'", "short-code-place", None),
    ],
)
def test_a_number_is_mended_only_where_its_digits_can_be_one_thing(
    field: str, number: str, expected: str, fix: str | None
) -> None:
    (finding,) = found(completed(f"units:\n  - name: Glar\n    {field}: {number}\n"))
    assert (finding.id, [edit.text for edit in finding.fix]) == (expected, [fix] if fix else [])


@pytest.mark.parametrize(
    ("slogan", "expected"),
    [
        ("Gọi 113", []),
        ("Gọi 113 - 114 - 115, trực 24/24", []),
        ("Công an xã: 0269.3000.201 hoặc 0900.000.101", []),
        ("80 năm 19/8/1945 - 19/8/2025", []),
        ("Vì 15.000 hộ dân, 2020-2025", []),
        ("Tổng đài 1022", []),
        ("Gọi 059.3831.113", ["old-area-code"]),
        ("Gọi +84 59 3831113", ["old-area-code"]),
        ("Gọi 0269.3000.11", ["not-vietnamese"]),
        ("Gọi 0269.1000.113", ["not-vietnamese"]),
        ("Gọi 0269.3000.2O1", ["not-vietnamese"]),
        ("Gọi O269.3000.201", ["number-characters"]),
        ("Gọi 131", ["not-vietnamese"]),
        ("Gọi 1900.0113", ["premium-number"]),
        ("Gọi 0168.000.0101", ["old-mobile"]),
        ("Gọi 0260.3000.201", ["foreign-area-code"]),
        ("Gọi (0269) 3000201", ["number-grouping"]),
        ("Gọi 113, 0269.3000.113/0269.3000.11", ["not-vietnamese"]),
        ("Gọi 059/3831113", ["number-characters"]),
        ("Trực 059/3831/113", ["number-characters"]),
        ("0269_3000_201", ["number-characters"]),
        ("Trực 0269,3000,201", ["number-characters"]),
        ("Trực +84.269/3000201", ["not-vietnamese"]),
        ("Nhắn 0900.OOO.101", ["number-characters"]),
        ("ĐT059.3831113", ["old-area-code"]),
        ("Zalo01680000101", ["old-mobile"]),
        ("SĐT0269.3000.11", ["not-vietnamese"]),
        ("Lễ 08/3, 02/9, 22/12", []),
        ("Lễ 03/8-02/9-22/12, từ 01/6/2026 07:30", []),
        ("Theo QĐ2036/2016 và 035/2026/QĐ-UBND", []),
        ("0269.3000.201/0900.000.101/113", []),
        ("Giá 0,900,000,000 đồng, hẻm 012/345/678", []),
    ],
)
@pytest.mark.parametrize("where", ["job", "authority", "unit", "role", "template"])
def test_numbers_in_running_text_are_judged_like_numbers_in_fields(
    where: str, slogan: str, expected: list[str]
) -> None:
    line = f"slogan: '{slogan}'"
    texts = {
        "job": f"job:\n  date: 2020-05-18\n  {line}\n",
        "authority": f"authority:\n  name: Đak Đoa\n  {line}\n",
        "unit": f"units:\n  - name: Glar\n    {line}\n",
        "role": f"units:\n  - name: Glar\n    others:\n      - role: '{slogan}'\n        number: '0900.000.177'\n",
        "template": "units:\n  - name: Glar\n",
    }
    text = completed(texts[where])
    literals = [Text(m.text, Span("t.yaml", 1, 1, 1, 9)) for m in numbers_in(slogan)] if where == "template" else []
    findings = [f for f in checks.run_contact_checks(roster(text), literals=literals) if f.id != "sample-number"]
    assert [f.id for f in findings if f.id != "name-is-number"] == expected
    if expected and where != "template":
        (finding,) = (f for f in findings if f.id in expected)
        line, span = text.splitlines()[finding.span.line - 1], finding.span  # type: ignore[union-attr]
        assert line[span.column - 1 : span.end_column - 1] in slogan  # type: ignore[union-attr]


def test_a_hotline_of_the_province_stands_under_a_further_role() -> None:
    assert ids("units:\n  - name: Glar\n    others: [{role: Tổng đài, number: '1022'}]\n") == []


def test_a_text_that_the_file_shows_otherwise_is_not_edited() -> None:
    text = 'units:\n  - name: Glar\n    chief: "0900\\x30\\x30\\x30101"\n'
    (finding,) = found(completed(text))
    assert (finding.id, finding.fix) == ("number-grouping", ())


def test_a_unit_of_its_own_is_its_own_authority() -> None:
    unit = '  - name: KDang\n    code: "23714"\n    duty: 0256.3000.201\n'
    text = f"job:\n  date: 2025-08-01\nauthority: self\nunits:\n{unit}"
    assert ids(text) == []
    assert ids(text.replace("0256", "0260")) == ["foreign-area-code"]


def test_a_number_of_the_authority_on_a_unit_is_twice_on_the_tag() -> None:
    (finding,) = found(completed("units:\n  - name: Glar\n    chief: 0900 000 100\n"))[:1]
    assert ids("units:\n  - name: Glar\n    chief: 0900.000.100\n") == ["repeated-number"]
    assert finding.unit == "xa-glar"


def test_an_outdated_number_and_what_it_became_are_one() -> None:
    assert ids("units:\n  - name: Glar\n    chief: 0380.000.101\n    deputies: [0168.000.0101]\n") == [
        "old-mobile",
        "repeated-number",
    ]


def test_letters_of_jrai_and_bahnar_are_in_order() -> None:
    text = "units:\n  - name: Glar\n    slogan: ƀ č ĕ ĭ ŏ ŭ ơ̆ ư̆ ê̆ Ƀ Č Ơ̆ Rơ Châm H'Ƀư̆i Y Bŏk\n    others:\n"
    text += "      - role: Khua ƀuôn\n        number: 0900.000.177\n        name: H'Ngŏ Niê Kdăm\n"
    assert ids(text) == []


def test_units_of_one_name_are_told_apart_by_codes_alone() -> None:
    def units(*codes: str) -> str:
        keys = [f'    code: "{code}"\n' if code else "" for code in codes]
        return "units:\n" + "".join(f"  - kind: xã\n    name: Ia Băng\n{key}" for key in keys)

    assert ids(units("23719", "99902")) == []
    assert ids(units("23719", "")) == ["duplicate-unit"]
    assert ids(units("", "23719")) == ["duplicate-unit"]
    assert ids(units("23719", "23719")) == ["duplicate-unit"]


def test_a_province_is_an_authority_whose_name_tells_the_area_codes() -> None:
    text = "job: {date: 2025-08-01}\nauthority:\n  name: Gia Lai\n  level: province\n  province:\n"
    assert ids(text + "units:\n  - name: Kon Gang\n    duty: 0256.3000.201\n") == []
    assert ids(text + "units:\n  - name: Kon Gang\n    duty: 0260.3000.201\n") == ["foreign-area-code"]


def test_a_mobile_under_two_authorities_is_shared() -> None:
    one = "job: {date: 2020-05-18}\nauthority: {name: Đak Đoa, level: district, province: Gia Lai, "
    one += "duty: 0269.3000.113, chief: 0900.000.100}\nunits: [{kind: xã, name: Glar, quantity: 5, "
    one += "duty: 0269.3000.201, chief: 0900.000.101}]\n"
    two = "authority: {name: Chư Păh, level: district, province: Gia Lai, duty: 0269.3000.114, chief: 0900.000.200}\n"
    two += "units: [{kind: thị trấn, name: Ia Ly, quantity: 5, duty: 0269.3000.301, chief: 0900.000.100}]\n"
    whole = assemble([Source("a.yaml", one), Source("b.yaml", two)])
    note, finding = checks.run_contact_checks(whole)
    assert (finding.id, note.id) == ("shared-mobile", "sample-number")
    assert "Ia Ly, chief: 0900.000.100 is the number of Đak Đoa, chief" in finding.message


def test_findings_come_in_the_order_of_the_file() -> None:
    text = completed("units:\n  - name: Glar\n    quantity: 0\n    chief: 0900.000.1O1\n    duty: 12\n")
    places = [(f.span.line, f.span.column) for f in found(text) if f.span]
    assert places == sorted(places)
    assert len(places) == 3


def test_ignores() -> None:
    text = """
units:
  - name: Glar
    quantity: 0  # keytag: ignore[quantity-form]
    # keytag: ignore[foreign-area-code, number-characters]
    # both may be
    chief: 0269.3000.1O1
    slogan: "no comment # keytag: ignore[old-mobile]"
    # keytag: ignore
    address: "it's \\" here"  # keytag: ignore[qr-modul]
"""
    shown = [(f.id, f.severity) for f in found(completed(text))]
    assert shown == [
        ("unused-ignore", Severity.NOTE),  # no other area code is there
        ("unused-ignore", Severity.NOTE),  # never silenced
        ("number-characters", Severity.ERROR),
        ("unknown-ignore", Severity.WARNING),
        ("unknown-ignore", Severity.WARNING),
    ]


def test_a_roster_without_files_is_checked_too() -> None:
    whole = roster(completed("units:\n  - name: Glar\n    chief: '0900000101'\n"))._replace(files=())
    finding = next(f for f in checks.run_contact_checks(whole) if f.id != "sample-number")
    assert (finding.id, finding.fix) == ("number-grouping", ())


_WORDS = st.text(st.sampled_from("0269.3 Oạ\u0301\u202e\n'\"#[]{}:@/?xĐak"), max_size=16)
_VALUE = st.one_of(_WORDS, st.sampled_from(["0269.3000.113", "", "2025-13-40", "https://zalo.me/1", "9" * 30]))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(("name", "kind", "code", "duty", "chief", "quantity", "link")), _VALUE)))
def test_no_text_makes_a_check_raise(pairs: list[tuple[str, str]]) -> None:
    unit = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in pairs) or "name: x"
    source = Source(FILE, f"job: {{date: {json.dumps(pairs[0][1]) if pairs else 1}}}\nunits: [{{{unit}}}]\n")
    try:
        whole = assemble([source])
    except InputError:
        return
    for on in (None, "2025-07-01"):
        for finding in checks.run_contact_checks(whole, on):
            assert finding.id in IDS
