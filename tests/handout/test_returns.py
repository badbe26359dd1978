"""Returns: each kind of fault is found at its line, what people really type is read, and the sums agree."""

from __future__ import annotations

import random

import pytest

from keytag.base.errors import InputError
from keytag.checks.returned import RETURN_CHECKS
from keytag.handout import cells
from keytag.handout.balance import account, is_old, judged, reached, total
from keytag.handout.returns import COUNTS, Returns, read_returns
from keytag.handout.told import told
from keytag.office.text_table import table
from keytag.roster.model import Roster
from tests.conftest import roster_of

ROSTER = """\
job: {date: 2020-05-18, edition: 05/2020}
units:
  - kind: xã
    name: Glar
    quantity: 240
    reserve: 5%
    villages:
      - {kind: làng, name: Dơk Rơng, code: g01, households: 132}
      - {kind: thôn, name: "2", code: g02, households: 90}
  - kind: xã
    name: Trang
    quantity: 100
    villages:
      - {kind: làng, name: Bối, code: t01, households: 90}
"""
HEAD = "day,unit,village,given,called,scanned,returned,damaged,in_store,officer,note,edition\n"
GOOD = HEAD + (
    "2020-05-20,Glar,g01,132,130,100,0,1,0,,,\n"
    "2020-05-21,Glar,g02,90,80,60,0,0,0,,,\n"
    "2020-05-21,Glar,,0,0,0,0,0,17,,,\n"
)


@pytest.fixture(scope="module")
def roster() -> Roster:
    return roster_of(ROSTER)


def returns(text: str, roster: Roster) -> Returns:
    rows, _ = table(text.encode(), "so-phat.csv")
    return read_returns(rows, "so-phat.csv", roster)


def found(text: str, roster: Roster) -> list[tuple[str, int]]:
    read = returns(text, roster)
    every = [*read.findings, *judged(roster, read.rows)]
    assert all(f.span is not None and f.span.file == "so-phat.csv" for f in every)
    return sorted((f.id, f.span.line) for f in every if f.span)


def test_what_is_right_is_silent(roster: Roster) -> None:
    assert found(GOOD, roster) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("damaged", "damged", [("returns-balance", 4), ("returns-column", 1)]),
        ("officer", "given", [("returns-column", 1)]),
        ("note,", "weather,", [("returns-column", 1)]),
        ("20,Glar,g01", "20,Glor,g01", [("returns-balance", 4), ("returns-unit", 2)]),
        ("Glar,g01", "Glar,g09", [("returns-balance", 4), ("returns-village", 2)]),
        ("g01,132", "g01,13o",
         [("returns-balance", 4), ("returns-more", 2), ("returns-more", 2), ("returns-number", 2)]),
        ("0,1,0", '0,"1,5",0', [("returns-balance", 4), ("returns-number", 2)]),
        ("0,1,0", "0,-1,0", [("returns-balance", 4), ("returns-number", 2)]),
        ("2020-05-20", "2020-02-30", [("returns-day", 2)]),
        ("2020-05-20", "05/25/2020", [("returns-day", 2)]),
        ("2020-05-20", "", [("returns-day", 2)]),
        ("2020-05-20", "2020-05-17", [("returns-day", 2)]),
        ("130,100", "133,100", [("returns-more", 2)]),
        ("80,60", "80,91", [("returns-more", 3)]),
        ("132,130,100,0,1,0", "133,130,100,0,0,0", [("returns-more", 2)]),
        ("0,17", "0,16", [("returns-balance", 4)]),
        ("0,17", "0,18", [("returns-balance", 4)]),
        ("60,0,0,0,,,\n", "60,0,0,0,,,\n2020-05-21,Glar,g02,90,80,60,0,0,0,,,\n",
         [("returns-balance", 5), ("returns-double", 4), ("returns-more", 4)]),
        ("60,0,0,0,,,\n", "60,0,0,0,,,\n2020-05-22,Glar,g02,5,5,5,1,0,,,,04/2019\n", [("returns-edition", 4)]),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_line(roster: Roster, old: str, new: str, expected: list[tuple[str, int]]) -> None:
    assert old in GOOD
    assert found(GOOD.replace(old, new, 1), roster) == expected


def test_every_finding_is_documented_with_its_severity(roster: Roster) -> None:
    known = {check.id: check.severity for check in RETURN_CHECKS}
    read = returns(GOOD.replace("0,17", "0,16").replace("20,Glar,g01", "20,Glor,g01"), roster)
    for finding in (*read.findings, *judged(roster, read.rows)):
        assert known[finding.id] == finding.severity


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_as_spreadsheets_save_it_in_vietnamese(roster: Roster, separator: str, encoding: str) -> None:
    rows = [
        ["Sổ phát thẻ xã Glar"] + [""] * 9,
        ["STT", "Ngày", "Đơn vị", "Làng", "Đã phát", "Đã gọi", "Đã quét", "Trả lại", "Hỏng", "Còn lại"],
        ["1", "20/5/2020", "xã Glar", "làng Dơk Rơng", "132 thẻ", "130", "100", "-", "1", ""],
        ["2", '"', "", "Thôn 2", "90", "80 hộ", "60", "không", "", "0"],
        ["", "", "", "kho", "", "", "", "", "", "17"],
        ["", "", "", "", "", "", "", "", "", ""],
        ["", "", "Tổng cộng", "", "222", "210", "160", "0", "1", "17"],
    ]
    text = "\r\n".join(separator.join(cell.replace('"', '""""') for cell in row) for row in rows)
    cells_, _ = table(text.encode(encoding), "so-phat.csv")
    read = read_returns(cells_, "so-phat.csv", roster)
    assert [*read.findings, *judged(roster, read.rows)] == []
    assert [(row.day, row.unit.key, row.village) for row in read.rows] == [
        ("2020-05-20", "xa-glar", "g01"),
        ("2020-05-20", "xa-glar", "g02"),
        ("2020-05-20", "xa-glar", ""),
    ]
    assert account(read.rows[0].unit, read.rows).told == 240


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.195", 1195), ("1,195", 1195), ("1 195", 1195), ("12", 12), ("12,0", 12), ("12.00", 12), ("0", 0), ("-", 0),
     ("không", 0), ("12 hộ", 12), ("'12", 12), (12, 12), (12.0, 12), ("1.19", None), ("12,5", None), ("-3", None),
     ("1.195,5", None), ("x", None), (12.5, None), (True, None), ("1.1955", None), ("12 + 3", None), ("١٢", None),
     ("999999999", None), ("1,195.250", None)],
)  # fmt: skip
def test_counts_as_people_type_them(typed: object, read: int | None) -> None:
    assert cells.count(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2020-05-25", "2020-05-25"), ("25/05/2020", "2020-05-25"), ("25-5-20", "2020-05-25"), ("25.5.2020", "2020-05-25"),
     ("5/6/2020", "2020-06-05"), ("43976", "2020-05-25"), (43976, "2020-05-25"), ("2020-05-25 00:00:00", "2020-05-25"),
     ("ngày 25 tháng 5 năm 2020", "2020-05-25"), ("5/25/2020", None), ("25/5", None), ("31/04/2020", None),
     ("hôm qua", None), ("", None), ("20205", None)],
)  # fmt: skip
def test_days_as_people_type_them(typed: object, read: str | None) -> None:
    assert cells.day(typed) == read


def test_a_line_of_several_lines_is_counted(roster: Roster) -> None:
    text = GOOD.replace("0,1,0,,,", '0,1,0,,"mưa\nto",', 1).replace("0,17", "0,16")
    assert found(text, roster) == [("returns-balance", 5)]


def test_what_is_no_table_of_returns_is_an_input_error(roster: Roster) -> None:
    with pytest.raises(InputError, match="no line with the names of columns"):
        returns("a,b\n1,2\n", roster)


def test_a_village_alone_tells_its_unit_where_no_other_has_it(roster: Roster) -> None:
    read = returns("village,given\nt01,5\nBối,4\n3,4\n", roster)
    assert [(row.unit.key, row.village) for row in read.rows] == [("xa-trang", "t01")] * 2
    assert [f.id for f in read.findings] == ["returns-unit"]


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "<script>", "\u202eGlar", '"', "Glar\x1b[31m", "a" * 5000])
def test_hostile_cells_are_only_unknown(roster: Roster, hostile: str) -> None:
    cell = '"' + hostile.replace('"', '""') + '"'
    read = returns(GOOD.replace("20,Glar,g01", f"20,{cell},{cell}", 1), roster)
    assert {f.id for f in read.findings} <= {"returns-unit", "returns-village"} and read.findings
    assert all(len(f.message) < 400 for f in read.findings)


def test_the_sums_agree_on_a_thousand_random_ones(roster: Roster) -> None:
    """Every table is summed once more from its text alone; the balance is found wrong just where it is."""
    chance = random.Random(15)
    glar = roster.units[0]
    for _ in range(1000):
        stores: dict[str, tuple[str, int]] = {}
        sums = dict.fromkeys(COUNTS, 0)
        lines, last = [], 0
        for line in range(chance.randint(1, 9)):
            day = f"2020-06-{chance.randint(1, 28):02}"
            village = chance.choice(["g01", "g02", ""])
            old = chance.random() < 0.2
            given = chance.randint(0, 60)
            values = {"given": given, "called": chance.randint(0, given), "scanned": chance.randint(0, given),
                      "returned": chance.randint(0, 5), "damaged": chance.randint(0, 5)}  # fmt: skip
            stored = chance.choice([None, chance.randint(0, 90)])
            if not old:
                last = line + 2
                for name, number in values.items():
                    sums[name] += number
                if stored is not None and day >= stores.get(village, ("", 0))[0]:
                    stores[village] = (day, stored)
            texts = [str(values[name]) for name in COUNTS[:5]] + ["" if stored is None else str(stored)]
            lines.append(",".join([day, "Glar", village, *texts, "", "", "04/2019" if old else ""]))
        read = returns(HEAD + "\n".join(lines) + "\n", roster)
        assert read.findings == () and len(read.rows) == len(lines)
        mine = [row for row in read.rows if not is_old(row, roster)]
        in_store = sum(stored for _, stored in stores.values())
        closes = sums["given"] + in_store + sums["damaged"] + sums["returned"] == 240
        assert account(glar, mine).told == sums["given"] + in_store + sums["damaged"] + sums["returned"]
        wrong = [f.span.line for f in judged(roster, read.rows) if f.id == "returns-balance" and f.span]
        assert wrong == ([] if closes or not last else [last])
        whole = total(reached(roster, read.rows))
        at_villages = [row for row in mine if row.village]
        assert (whole.given, whole.called, whole.scanned) == tuple(
            sum(row.number(name) for row in at_villages) for name in ("given", "called", "scanned")
        )
        assert whole.households == 312


def test_villages_under_ninety_percent_come_first(roster: Roster) -> None:
    text = told(roster, returns(GOOD.replace("g02,90,80,60", "g02,80,80,60"), roster).rows)
    lines = text.splitlines()
    assert lines[1].startswith("xã Trang, làng Bối") and "0.0%" in lines[1]
    assert lines[2].startswith("xã Glar, thôn 2") and "88.9%" in lines[2] and lines[2].endswith("<")
    assert lines[3].startswith("xã Glar, làng Dơk Rơng") and "100.0%" in lines[3]
    assert lines[4].split() == ["all", "312", "212", "67.9%", "99.1%", "75.5%", "<"]
    assert lines[5] == "2 of 3 villages are under 90%"


@pytest.mark.parametrize("first", ["xã", "unit"])
def test_a_line_is_a_total_only_where_it_says_so(first: str) -> None:
    """Names begin with the words for sums, too: Cộng Hòa, Tổng Cọt; and people write Công an xã before a commune."""
    named = ROSTER.replace("name: Trang", "name: Cộng Hòa").replace("name: Bối", "name: Tổng Cọt")
    head = f"{first},village,given\n"
    lines = ["Cộng Hòa,Tổng Cọt,70\n", ",Tổng Cọt,20\n", "Tổng cộng,,90\n", "Cộng xã Cộng Hòa,,90\n", "TONG SO,,90\n"]
    read = returns(head + "".join(lines) + "Công an xã Glar,,5\ncong an Glar,,5\n", roster_of(named))
    assert [row.number("given") for row in read.rows] == [70, 20]
    assert [(finding.id, finding.span.line) for finding in read.findings if finding.span] == [
        ("returns-unit", 7),
        ("returns-unit", 8),
    ]


def test_a_long_name_is_read_whole_and_shown_in_part() -> None:
    long = "Thượng Nông Trường Đông Mộc Châu Nghĩa Lộ Tây Sơn"
    named = roster_of(ROSTER.replace("name: Bối", f"name: {long}"))
    read = returns(f"unit,village,given\nTrang,{long},70\nTrang,{long} Hạ,5\n", named)
    assert [(row.village, row.number("given")) for row in read.rows] == [("t01", 70)]
    assert [finding.id for finding in read.findings] == ["returns-village"]
    assert f"'{long[:39]}…'" in read.findings[0].message
