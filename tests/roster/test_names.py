"""Which unit a word means, keys that no order of rows changes, and papers that tell namesakes apart."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

import keytag
from keytag.base.errors import UsageError
from keytag.job import earlier, reprint
from keytag.job.ready import order_of
from keytag.roster.model import Roster, Unit
from keytag.roster.names import Names
from keytag.vietnam.spelling import one_placement
from tests.conftest import roster_of

NAMES = (
    ("xã", "Tân Hóa", "99902"),
    ("xã", "Tân Hòa", "99901"),
    ("xã", "Tân Lập", "99903"),
    ("xã", "Tân Lập", "99904"),
    ("phường", "Tân Lập", "99905"),
    ("xã", "K'Dang", "23698"),
    ("thị trấn", "Đak Đoa", "23677"),
    ("xã", "Nghĩa Hoà", "99906"),
)


def roster(names: tuple[tuple[str, str, str], ...]) -> Roster:
    rows = [
        f'  - {{kind: {kind}, name: "{name}"' + (f', code: "{code}"' if code else "") + f", chief: 0900.000.{i}}}"
        for i, (kind, name, code) in enumerate(names, 101)
    ]
    return roster_of("authority: self\nunits:\n" + "\n".join(rows) + "\n")


@pytest.fixture(scope="module")
def units() -> tuple[Unit, ...]:
    return roster(NAMES).units


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Tân Hóa", "99902"),
        ("tân hòa", "99901"),
        ("Tân Hoà", "99901"),
        ("xã Tân Hòa", "99901"),
        ("99904", "99904"),
        ("xa-tan-lap-99904", "99904"),
        ("phường Tân Lập", "99905"),
        ("phuong tan lap", "99905"),
        ("K’Dang", "23698"),
        ("kdang", "23698"),
        ("Dak Doa", "23677"),
        ("Đak Doa", "23677"),
        ("Nghĩa Hòa", "99906"),
        ("nghia-hoa", "99906"),
    ],
)
def test_a_word_means_the_unit_whose_name_is_written(word: str, code: str, units: tuple[Unit, ...]) -> None:
    found = Names(units).one(word)
    assert found.code is not None and found.code.value == code


@pytest.mark.parametrize("word", ["Tan Hoa", "xa-tan-hoa", "Tân Lập", "xã Tân Lập", "tan lap"])
def test_what_fits_several_is_an_error_that_lists_them(word: str, units: tuple[Unit, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        Names(units).one(word)
    wanted = ("99901", "99902") if "oa" in word.lower() else ("99903", "99904")
    assert all(code in caught.value.message for code in wanted)


@pytest.mark.parametrize(
    ("word", "guess"),
    [("Đăk Đóa", "Đak Đoa"), ("K'Đang", "K'Dang"), ("Tân Hỏa", "xã Tân Hóa (99902) or xã Tân Hòa (99901)")],
)
def test_another_mark_is_another_name(word: str, guess: str, units: tuple[Unit, ...]) -> None:
    with pytest.raises(UsageError, match=f"there is no unit .{word}") as caught:
        Names(units).one(word)
    assert guess in caught.value.hint


def test_keys_and_marks_do_not_depend_on_the_order_of_rows() -> None:
    names = (*NAMES[:4], ("xã", "Ia Pa", ""), ("xã", "Ia Pa", ""))
    wanted: set[tuple[str, str, str]] | None = None
    for some in itertools.islice(itertools.permutations(names), 0, 720, 37):
        found = {(unit.title, unit.code.value if unit.code else "", unit.key) for unit in roster(some).units}
        wanted = wanted or found
        assert found == wanted
    assert wanted is not None and len({key for _, _, key in wanted}) == len(names)
    assert {key for _, code, key in wanted if code} == {
        "xa-tan-hoa-99902", "xa-tan-hoa-99901", "xa-tan-lap-99903", "xa-tan-lap-99904",
    }  # fmt: skip


def test_only_namesakes_carry_a_mark(units: tuple[Unit, ...]) -> None:
    assert [unit.mark for unit in units] == ["99902", "99901", "99903", "99904", "99905", "", "", ""]
    assert units[2].full_title == "xã Tân Lập (99903)" and units[5].full_title == "xã K'Dang"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("hỏe", "hoẻ"), ("QÚY", "QUÝ"), ("Hòa An", "Hoà An"), ("Ho\u0300a", "Hoà")],
)
def test_the_place_of_a_tone_mark_makes_no_other_word(one: str, other: str) -> None:
    assert one_placement(one) == one_placement(other) == other


@pytest.mark.parametrize("word", ["Hoàn", "mùa", "quà", "Tòan2a", "Hóa", "Thùy Dương"])
def test_other_words_stay_what_they_are(word: str) -> None:
    assert (one_placement(word) == word) is (word not in ("Hóa", "Thùy Dương"))


SMALL = """\
job: {name: Thử, date: 2020-05-18, edition: 05/2020}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
            zalo: "https://zalo.me/1234567890123456789"}
units:
"""
ROWS = tuple(
    f'  - {{kind: xã, name: {name}, code: "{code}", duty: 0269.3000.20{i}, chief: 0900.000.10{i}, '
    f"deputies: [0900.000.11{i}], quantity: 40}}\n"
    for i, (name, code) in enumerate([("Tân Lập", "99901"), ("Glar", "23707"), ("Tân Lập", "99902")], 1)
)


def ready(text: str) -> keytag.Ready:
    found = keytag.ready(keytag.open(text))
    assert isinstance(found, keytag.Ready), found
    return found


def test_a_reprint_leaves_out_what_only_moved_or_got_a_namesake(tmp_path: Path) -> None:
    keytag.impose(ready(SMALL + ROWS[0] + ROWS[1]), tmp_path / "out")
    before = earlier.read_units(tmp_path / "out" / "job.json")
    assert set(before) == {"xa-tan-lap", "xa-glar"}
    now = order_of(ready(SMALL + ROWS[2] + ROWS[1] + ROWS[0]))
    changes = reprint.changes(before, now.artworks)
    assert [(change.key, change.reasons) for change in changes] == [("xa-tan-lap-99902", ("is new",))]


def test_what_was_found_on_the_sheets_is_told_in_result_and_listing(tmp_path: Path) -> None:
    (tmp_path / "tight.yaml").write_text(
        "name: tight\nsheet: {width: 200mm, height: 130mm}\ngripper: {edge: bottom, depth: 10mm}\n"
        "margins: {top: 18mm, right: 19mm, bottom: 6mm, left: 15mm}\ngap: 4mm\nwork: sheetwise\n"
    )
    (tmp_path / "contacts.yaml").write_text(SMALL.replace("edition:", "scheme: tight.yaml, edition:") + ROWS[1])
    found = keytag.ready(keytag.open(tmp_path / "contacts.yaml"))
    assert isinstance(found, keytag.Ready)
    result = keytag.impose(found, tmp_path / "out")
    listed = json.loads((tmp_path / "out" / "job.json").read_text("utf-8"))["findings"]
    assert "bleed-overlap" in {f.id for f in result.findings} and len(listed) == len(result.findings)
    assert all(entry["message"] and entry["severity"] in ("warning", "note") for entry in listed)
