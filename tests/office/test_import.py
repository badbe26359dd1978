"""keytag import and export as an officer runs them: rules, report, exit codes, a roster anew or changed."""

from __future__ import annotations

import os
import random
import re
import time
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from benchmarks import importing
from keytag.base.errors import InputError
from keytag.files.source import Source
from keytag.office import header, told
from keytag.office.book import read_book
from keytag.office.carried import carried
from keytag.office.comparing import compare, entry_facts
from keytag.office.emit import roster_text
from keytag.office.export import export
from keytag.office.letters_of_old import old_letters
from keytag.office.model import HeaderError, Imported, Place, State, Taken
from keytag.office.numbers import Refused, numbers_of
from keytag.office.reading import read_units
from keytag.roster.facts import facts, whole
from keytag.roster.load import assemble, load
from tests.office import binary_books, make_books, random_books
from tests.running import keytag


def test_the_shipped_workbooks_are_those_of_the_script() -> None:
    for name, make in make_books.BOOKS.items():
        assert (make_books.FOLDER / name).read_bytes() == make(), f"python -m tests.office.make_books ({name})"


@pytest.mark.parametrize(("place", "state", "why"), make_books.FAULTS)
def test_each_fault_of_the_bad_workbook_is_told_at_its_cell(place: str, state: str, why: str) -> None:
    found = read_units(read_book(make_books.FOLDER / "danh-ba-hong.xlsx"))
    taken = {str(cell.place): cell for cell in found.cells if cell.state is not State.READ}
    assert (taken[place].state.value, why in taken[place].why) == (state, True), taken[place]
    assert "sheet 'Cũ' is hidden: not read" in found.general
    assert {place for place, cell in taken.items() if cell.state is State.REFUSED} == {
        place for place, state, _ in make_books.FAULTS if state == "refused"
    }


def test_nothing_is_written_while_a_cell_is_refused(tmp_path: Path) -> None:
    code, out, err = keytag("import", str(make_books.FOLDER / "danh-ba-hong.xlsx"), "-o", "Y.yaml", cwd=tmp_path)
    assert code == 1 and "nothing was written" in err
    assert "Danh bạ!E7 refused '3000.213': seven digits" in out
    assert [path.name for path in tmp_path.iterdir()] == ["Y.report.html"]
    page = (tmp_path / "Y.report.html").read_text("utf-8")
    assert all(f"<td>{place}<" in page or f"<tr><td>{place}" in page for place, _, _ in make_books.FAULTS)


def test_what_is_restored_is_told_and_written_with_its_cells(tmp_path: Path) -> None:
    code, out, err = keytag("import", str(make_books.FOLDER / "danh-ba.xlsx"), "-o", "Y.yaml", cwd=tmp_path)
    assert code == 0, err
    assert "Danh bạ!D4 restored '900000132' -> 0900.000.132: the zero that a spreadsheet drops" in out
    text = (tmp_path / "Y.yaml").read_text("utf-8")
    assert "chief: 0900.000.132  # Danh bạ!D4" in text
    roster = load([tmp_path / "Y.yaml"])
    said = [(u.title, u.duty, u.chief, u.deputies, u.tags) for u in roster.units]
    assert [
        (title, duty.number.value, chief.number.value, tuple(d.number.value for d in deputies), tags)
        for title, duty, chief, deputies, tags in said
        if duty and chief
    ] == [(name[0].lower() + name[1:], *rest) for name, *rest in make_books.UNITS]


def test_the_gap_of_an_unknown_authority_is_found_by_check(tmp_path: Path) -> None:
    keytag("import", str(make_books.FOLDER / "danh-ba.xlsx"), "-o", "Y.yaml", cwd=tmp_path)
    assert "name:  # cần điền" in (tmp_path / "Y.yaml").read_text("utf-8")
    code, out, _ = keytag("check", "Y.yaml", "--no-artwork", cwd=tmp_path)
    assert code == 1 and "the authority has no name" in out


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("0900.000.101", ["0900.000.101"]),
        (900000101, ["0900.000.101"]),
        (2693000113, ["0269.3000.113"]),
        (84900000101, ["0900.000.101"]),
        ("0900.000.101\n0900.000.102", ["0900.000.101", "0900.000.102"]),
        ("0900000101 0900000102", ["0900.000.101", "0900.000.102"]),
        ("09000001010900000102", ["0900.000.101", "0900.000.102"]),
        ("0269.3000.113-0900.000.102", ["0269.3000.113", "0900.000.102"]),
        ("ĐT: 0900.000.101", ["0900.000.101"]),
        (113, ["113"]),
        ("", []),
        *((bad, None) for bad in ("3000113", 3000113, "0269.3000.112/113", "0900.000.l01", "O900.000.101", 9e18, True)),
        *((bad, None) for bad in ("0900.000.101 (Nam)", "0900.000.101 102", "113/114", "1900", 84, -900000101)),
    ],
)
def test_a_cell_has_one_reading_or_none(value: object, read: list[str] | None) -> None:
    found = numbers_of(value)
    assert (None if isinstance(found, Refused) else [number.text for number in found]) == read


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("X· Ia B¨ng", "Xã Ia Băng"),
        ("Coâng an xaõ", "Công an xã"),
        ("Ðak Ðoa", "Đak Đoa"),
        ("H`Neng", "H'Neng"),
        ("xÃ£ Glar", "xã Glar"),
        *((right, None) for right in ("Công an xã", "Laêê", "Mường É", "Hoà Bình", "Sơ̆ Ŏi", "K'Dang", "Quý")),
    ],
)
def test_old_letters_are_shown_with_their_reading(text: str, reading: str | None) -> None:
    found = old_letters(text)
    assert (found.reading if found else None) == reading


def test_no_name_of_the_gazetteer_is_taken_for_old_letters() -> None:
    from keytag.vietnam import gazetteer, provinces

    names = {
        u.name for p in provinces.all_today() for u in (*gazetteer.units(p.code).since, *gazetteer.units(p.code).before)
    }
    assert len(names) > 8000
    assert {name for name in names if old_letters(name)} == set()


def _csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "a.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_tables_of_every_encoding(encoding: str, separator: str, tmp_path: Path) -> None:
    import unicodedata

    text = "Đơn vị;Trưởng CA;Số thẻ\nXã Ia Pết;0900.000.144;770\n".replace(";", separator)
    if encoding == "cp1258":
        data = random_books._cp1258(text)
        (tmp_path / "a.csv").write_bytes(data)
        path = tmp_path / "a.csv"
    else:
        path = _csv(tmp_path, text, encoding)
    (unit,) = read_units(read_book(path)).units
    assert unicodedata.is_normalized("NFC", unit.title)
    assert (unit.title, unit.chief and unit.chief.number.text) == ("xã Ia Pết", "0900.000.144")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tên;Số máy\nXã Glar;0900.000.101\n", "no row has two words"),
        ("Đơn vị;Trưởng CA\nĐơn vị;Chức vụ\nXã Glar;0900.000.101\n", "more than one row"),
        ("Đơn vị;Số ĐT\nXã Glar;0900.000.101\n", "whose the numbers are"),
        ("Đơn vị;Chức vụ;Số ĐT;Di động\nXã Glar;Trưởng CA;0900.000.101;\n", "seem to hold the same"),
    ],
)
def test_a_header_that_is_not_clear_stops_and_shows_the_rows(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(HeaderError, match=why) as caught:
        read_units(read_book(_csv(tmp_path, text)))
    assert "--map" in caught.value.hint


def test_map_says_what_columns_hold(tmp_path: Path) -> None:
    path = _csv(tmp_path, "Tên;Số máy;Họp\nXã Glar;0900.000.101;0900.000.102\n")
    (unit,) = read_units(read_book(path), ["header=1,A=unit,B=chief,C=other:Chủ tịch xã"]).units
    assert [(p.number.text, p.label.text if p.label else "") for p in unit.people] == [
        ("0900.000.101", ""),
        ("0900.000.102", "Chủ tịch xã"),
    ]


def test_a_number_in_a_column_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    path = _csv(tmp_path, "Đơn vị;Trưởng CA;Ghi chú\nXã Glar;0900.000.101;0900.000.102\n")
    assert [str(cell.place) for cell in read_units(read_book(path)).refused] == ["a!C2"]
    assert read_units(read_book(path), ["C=-"]).refused == ()


@pytest.mark.parametrize("verdict", ["sai", "Sai"])
def test_a_number_marked_wrong_by_phone_is_refused(verdict: str, tmp_path: Path) -> None:
    head = "Đơn vị;Chức vụ;Số điện thoại;Đúng / sai;Người kiểm\n"
    path = _csv(
        tmp_path, f"{head}Xã Glar;Trưởng CA;0900.000.101;{verdict};Mẫu\nXã Glar;Trực ban;0269.3000.212;đúng;Mẫu\n"
    )
    found = read_units(read_book(path))
    assert [(str(cell.place), "wrong" in cell.why) for cell in found.refused] == [("a!C2", True)]


def test_a_unit_is_carried_down_in_merged_cells_only(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    page = book.add_worksheet("S")
    page.write_row(0, 0, ("Đơn vị", "Chức vụ", "Số ĐT"))
    page.merge_range("A2:A3", "Xã Glar")
    for row, (role, number) in enumerate(
        (("Trưởng CA", "0900.000.132"), ("Phó CA", "0900.000.133"), ("Phó CA", "0900.000.134")), 1
    ):
        page.write_row(row, 1, (role, number))
    book.close()
    found = read_units(read_book(tmp_path / "b.xlsx"))
    assert [(str(cell.place), "only merged cells" in cell.why) for cell in found.refused] == [("S!A4", True)]
    assert [p.number.text for p in found.units[0].people] == ["0900.000.132", "0900.000.133"]


@pytest.mark.parametrize(
    ("word", "field"),
    [
        *(("Xã, phường", "unit"), ("Tên đơn vị", "unit"), ("Xã, thị trấn", "unit"), ("Mã ĐVHC", "code")),
        *(("Số ĐT", "number"), ("DĐ", "number"), ("Số máy", "number"), ("Họ và tên", "person"), ("Số hộ", "quantity")),
        *(("SĐT Trưởng CA", "chief"), ("Họ tên Trưởng CA", "chief.name"), ("Trực ban 24/24", "duty")),
        *(("Phó CA số 2", "deputies"), ("P. Trưởng CA xã", "deputies"), ("Cấp phó", "deputies"), ("Ghi chú", "")),
    ],
)
def test_the_words_of_a_header_are_known_as_people_write_them(word: str, field: str) -> None:
    column = header._known(word)
    assert (column.field if column else "") == field


@pytest.mark.parametrize(
    ("role", "refused"), [("Quyền Trưởng CA", True), ("Khác: Quyền Trưởng CA", False), ("Chủ tịch xã", False)]
)
def test_a_role_that_is_nearly_a_usual_one_is_refused(role: str, refused: bool, tmp_path: Path) -> None:
    path = _csv(tmp_path, f"Đơn vị;Chức vụ;Số ĐT\nXã Glar;{role};0900.000.101\n")
    found = read_units(read_book(path))
    assert [str(cell.place) for cell in found.refused] == (["a!B2"] if refused else [])
    assert refused or [p.label and p.label.text for p in found.units[0].people] == [role.removeprefix("Khác: ")]


ROSTER = """# đầu
job: {date: 2020-05-18}
authority: self
units:
  - kind: xã
    name: Glar   # một
    duty: "0269.3000.212"
    chief: 0900.000.132  # cũ
    deputies: [0900.000.133, {number: 0900.000.134, name: Siu Mẫu}]  # hai
    quantity: 1195

  # giữa
  - {kind: xã, name: Trang, chief: 0900.000.139, quantity: 840}
  - kind: xã
    name: H'Nol
    chief:  # cần điền
    deputies:
      - 0900.000.143  # ba
    quantity: 520  # bốn
# cuối
"""


def test_a_roster_that_is_there_is_compared_then_changed_span_by_span(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(ROSTER)
    head = "Đơn vị;Trưởng CA;Phó CA 1;Phó CA 2;Số thẻ\n"
    _csv(
        tmp_path,
        f"{head}Xã Glar;0900.000.232;0900.000.133;0900.000.134;1200\nXã Trang;0900000139;0900.000.140;;840\n"
        "Xã H'Nol;0900.000.142;0900.000.143;0900.000.144;\nXã Mới;0900.000.150;;;100\n",
    )
    code, out, err = keytag("import", "a.csv", "-o", "c.yaml", cwd=tmp_path)
    assert code == 1 and "nothing was changed" in err and (tmp_path / "c.yaml").read_text() == ROSTER
    assert "xã Glar, chief: 0900.000.132 → 0900.000.232" in out
    assert "-    chief: 0900.000.132  # cũ" in out and "+    chief: 0900.000.232  # cũ" in out
    assert "kept: xã Glar: duty is blank in the workbook" in err
    code, out, err = keytag("import", "a.csv", "-o", "c.yaml", "--apply", cwd=tmp_path)
    assert code == 0, err
    expected = ROSTER.replace("0900.000.132  # cũ", "0900.000.232  # cũ").replace("1195", "1200")
    expected = expected.replace("quantity: 840}", "quantity: 840, deputies: [0900.000.140]}")
    expected = expected.replace("chief:  # cần điền", "chief: 0900.000.142")
    expected = expected.replace("      - 0900.000.143  # ba\n", "      - 0900.000.143  # ba\n      - 0900.000.144\n")
    new = "  - kind: xã  # a!A5\n    name: Mới  # a!A5\n    duty:  # cần điền\n"
    new += "    chief: 0900.000.150  # a!B5\n    quantity: 100  # a!E5\n"
    expected = expected.replace("# bốn\n", f"# bốn\n\n{new}")
    assert (tmp_path / "c.yaml").read_text() == expected
    assert (tmp_path / "c.yaml.bak").read_text() == ROSTER
    assert keytag("import", "a.csv", "-o", "c.yaml", cwd=tmp_path)[0] == 0


def test_the_shipped_roster_survives_the_way_there_and_back(repository: Path, tmp_path: Path) -> None:
    code, _, err = keytag("export", str(repository / "contacts.yaml"), "-o", "d.xlsx", cwd=tmp_path)
    assert code == 0, err
    assert keytag("import", "d.xlsx", "-o", "e.yaml", cwd=tmp_path)[0] == 0
    before, after = load([repository / "contacts.yaml"]), load([tmp_path / "e.yaml"])
    assert whole(after) == whole(before)
    plain = [
        {k: getattr(v, "value", v) for k, v in r.job._asdict().items() if k not in ("span", "qr_hosts")}
        for r in (before, after)
    ]
    assert plain[0] == plain[1]
    assert [host.value for host in after.job.qr_hosts] == ["zalo.me"]
    assert carried(after) == carried(before) and sum(len(unit.villages) for unit in after.units) > 50


def test_days_are_read_as_people_type_them_and_words_that_became_a_day_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("S")
    page.write_row(0, 0, ("Đơn vị", "Trưởng CA", "Hiệu lực đến ngày"))
    page.write_row(1, 0, ("Xã Glar", "0900.000.101", "31/12/2027"))
    more = book.add_worksheet("Tờ in")
    more.write_row(0, 0, ("Khóa", "Giá trị"))
    more.write_row(1, 0, ("job.date", "1/2/2026"))
    more.write(2, 0, "job.edition")
    more.write_datetime(2, 1, datetime(2026, 5, 1), book.add_format({"num_format": "mm/yyyy"}))  # 05/2026, as typed
    book.close()
    found = read_units(read_book(path))
    until = found.units[0].facts["valid_until"]
    assert (until.text, found.settings["job.date"].text) == ("2027-12-31", "2026-02-01")
    assert {str(cell.place): cell.state for cell in found.cells}["S!C2"] is State.RESTORED
    assert [(str(cell.place), cell.why) for cell in found.refused] == [
        ("Tờ in!B3", "a date where words belong: write it as text")
    ]


@pytest.mark.parametrize("seed", range(25))
def test_export_then_import_is_the_identity(seed: int, tmp_path: Path) -> None:
    given = random_books.roster(random.Random(seed))
    path = tmp_path / "book.xlsx"
    path.write_bytes(export(given))
    found = read_units(read_book(path))
    assert found.refused == ()
    assert [entry_facts(entry) for entry in found.units] == [facts(unit) for unit in given.units]
    again = assemble([Source("new.yaml", roster_text(found))])
    assert whole(again) == whole(given)
    assert compare(again, found).wanted == ()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_done_to_a_workbook_it_is_equal_or_refused(seed: int, tmp_path: Path) -> None:
    equal_or_refused(seed, tmp_path)


def equal_or_refused(seed: int, folder: Path) -> str:
    """`equal`, `refused`, or an assertion that fails."""
    from keytag.base.errors import KeytagError

    r = random.Random(seed)
    given = random_books.roster(r)
    name, data = random_books.spoilt(r, given)
    path = folder / name
    path.write_bytes(data)
    try:
        found = read_units(read_book(path))
    except KeytagError:
        return "refused"
    if found.refused:
        return "refused"
    assert [random_books.same(entry_facts(entry)) for entry in found.units] == random_books.truth(given), seed
    return "equal"


def test_a_report_escapes_the_one_cell_among_many_that_a_page_cannot_have_as_it_is() -> None:
    odd = {40: "<b>", 77: "a\nb"}
    cells = [Taken(Place("S&T", row, 0), State.READ, odd.get(row, f"Xã {row}"), odd.get(row, "")) for row in range(100)]
    page = told.page(told.report(Imported("b.xlsx", (), {}, tuple(cells))))
    found = re.findall(r'<td>(S&amp;T!A\d+)<td class="n">([^\n]*?)<td class="n">([^\n]*?)<td class="n"></tr>', page)
    assert found == [
        (
            f"S&amp;T!A{row + 1}",
            {40: "&lt;b&gt;", 77: "a↵b"}.get(row, f"Xã {row}"),
            {40: "&lt;b&gt;", 77: "a↵b"}.get(row, ""),
        )
        for row in range(100)
    ]


def test_3321_rows_take_less_than_a_second(tmp_path: Path) -> None:
    importing.write(tmp_path, importing.ROWS)
    code, out, err = keytag("import", "b.xlsx", "-o", "Y.yaml", cwd=tmp_path)
    assert code == 0 and "3,321 units" in err
    lines, page_text = out.splitlines(), (tmp_path / "Y.report.html").read_text("utf-8")
    places = {f"S!{column}{row}" for row in range(2, 3323) for column in "ABCDEF"}
    assert {line.split()[0] for line in lines} >= places
    assert set(re.findall("<td>(S![A-F][0-9]+)<", page_text)) == places
    # A machine that others use is slower than this second means: the YAML reader on what was written is the measure.
    start = time.process_time()
    load([tmp_path / "Y.yaml"])
    reading = time.process_time() - start
    begun = os.times()
    keytag("import", "b.xlsx", "-o", "Z.yaml", cwd=tmp_path)
    ended = os.times()
    taken = ended.children_user + ended.children_system - begun.children_user - begun.children_system
    assert taken < max(0.7, 4.5 * reading), (taken, reading)


@pytest.mark.parametrize("kind", binary_books.WRITERS)
def test_merged_struck_hidden_and_wrong_cells_are_the_same_in_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    cell = binary_books.Cell
    sheet = binary_books.Sheet(
        [
            [cell("Đơn vị"), cell("Chức vụ"), cell("Số ĐT"), cell("Địa chỉ")],
            [cell("Xã Glar"), cell("Trưởng CA"), cell("0900.000.132"), cell("nhà cũ")],
            [None, cell("Phó CA"), cell("0900.000.133", struck=True)],
            [None, cell("Phó CA"), cell(900000134)],
            [None, cell("Phó CA"), cell("0900.000.135")],
            [cell("Xã Trang"), cell("Trưởng CA"), cell("0900.000.1", part="36")],
            [cell("Xã Ia Pết"), cell("Trưởng CA"), cell("", error=True)],
        ],
        merged=[(1, 4, 0)],
        hidden_rows=[4],
        hidden_columns=[3],
    )
    path = tmp_path / f"a.{kind}"
    path.write_bytes(binary_books.WRITERS[kind](sheet))
    found = read_units(read_book(path))
    (glar, *_) = found.units
    assert [person.number.text for person in glar.people] == ["0900.000.132", "0900.000.134"] and not glar.facts.get(
        "address"
    )
    told = {str(each.place): (each.state.value, each.why) for each in found.cells if each.state is not State.READ}
    assert told["Danh bạ!C3"] == ("left out", "struck through")
    assert told["Danh bạ!C4"] == ("restored", "the zero that a spreadsheet drops")
    assert told["Danh bạ!C5"] == ("left out", "in a hidden row")
    assert told["Danh bạ!C6"] == ("refused", "a part of it is struck through: write what counts alone")
    assert told["Danh bạ!C7"] == ("refused", "a formula in error")
    assert any(state == "left out" and "column D is hidden" in why for state, why in told.values())
    assert "sheet 'Ẩn' is hidden: not read" in found.general


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cannot be read"),
        ("a.xlsx", b"PK\x03\x04 no archive", "is no spreadsheet"),
        ("a.xlsx", b"", "is no spreadsheet"),
        ("a.pdf", b"%PDF-1.7", "is no spreadsheet"),
        ("a.csv", b"\xff\xfeabc", "UTF-16"),
        ("a.csv", b"Don vi;Truong CA\nx\xe3 Glar;0900.000.101\n", "neither"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_input_error(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_book(tmp_path / name)


def test_broken_workbooks_are_one_clear_error_each(tmp_path: Path) -> None:
    """Bytes changed, cut short or exchanged: read, or an error of keytag's own; never a traceback."""
    from keytag.base.errors import KeytagError

    r = random.Random(7)
    small = binary_books.Sheet([[binary_books.Cell(word) for word in ("Đơn vị", "Trưởng CA")]] * 3)
    kinds = [(kind, write(small)) for kind, write in binary_books.WRITERS.items()]
    kinds[0] = "xlsx", (make_books.FOLDER / "danh-ba.xlsx").read_bytes()
    outcomes = set()
    for number in range(120):
        kind, whole = kinds[number % len(kinds)]
        data = bytearray(whole[: r.randrange(1, len(whole))] if number % 3 == 0 else whole)
        for _ in range(r.randint(1, 6)):
            data[r.randrange(len(data))] = r.randrange(256)
        (tmp_path / f"a.{kind}").write_bytes(bytes(data))
        try:
            read_units(read_book(tmp_path / f"a.{kind}"))
            outcomes.add("read")
        except KeytagError as error:
            outcomes.add(type(error).__name__)
    assert outcomes <= {"read", "InputError", "HeaderError"} and "InputError" in outcomes


@pytest.mark.parametrize("kind", ["xls", "xlsb"])
def test_files_of_excel_itself(kind: str) -> None:
    """From python-calamine's own tests (MIT); the .xls ends with the ZIP of its theme, as those of today's Excel do."""
    folder = Path(__file__).parent / "books/excel"
    book = read_book(folder / f"any_sheets.{kind}")
    assert book.hidden == ("Hidden", "VeryHidden")
    assert [(grid.name, grid.rows[:3]) for grid in book.grids] == [("Visible", [[1, 2], [3, 4], [5, 6]])]
    first, *_, last = read_book(folder / f"base.{kind}").grids
    assert first.rows[1][:6] == ["String", 1, 1.1, True, False, date(2010, 10, 10)] and not first.struck
    assert last.merged == {(0, 0): (0, 0), (1, 0): (0, 0), (0, 1): (0, 1), (1, 1): (0, 1)}
    for end in (kind, "xlsx"):
        with pytest.raises(InputError, match="encrypted with a password"):
            read_book(folder / f"password.{end}")


def test_a_code_of_one_unit_beside_the_name_of_another_is_asked_about(tmp_path: Path) -> None:
    """Whose the numbers are is not known: they came to the unit of the code, with --apply without a word."""
    roster = "authority: self\nunits:\n" + "".join(
        f'  - {{kind: xã, name: {name}, code: "{code}", duty: 0269.3000.{duty}, quantity: 9}}\n'
        for name, code, duty in (("Kon Gang", 23701, 206), ("Ia Băng", 23710, 217))
    )
    (tmp_path / "contacts.yaml").write_text(roster, "utf-8")
    rows = "Đơn vị;Mã xã;Chức vụ;Số ĐT\nXã Ia Băng;23710;Trực ban;0269.3000.218\nXã {};23710;Trực ban;0269.3000.209\n"
    (tmp_path / "b.csv").write_text(rows.format("Kon Gang"), "utf-8")
    for words in ((), ("--apply",)):
        code, _, err = keytag("import", "b.csv", *words, cwd=tmp_path)
        assert code == 1 and "b!B3: 23710 is the code of xã Ia Băng, xã Kon Gang is another unit" in err, err
        assert (tmp_path / "contacts.yaml").read_text("utf-8") == roster
    (tmp_path / "b.csv").write_text(rows.replace("23710", "23701", 1).format("Ia Bang"), "utf-8")
    assert "23701 is the code of xã Kon Gang, xã Ia Băng is another" in keytag("import", "b.csv", cwd=tmp_path)[2]
    (tmp_path / "b.csv").write_text(rows.split("Xã {}")[0], "utf-8")
    assert keytag("import", "b.csv", "--apply", cwd=tmp_path)[0] == 0
