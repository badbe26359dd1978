"""The sample workbook, and one with a fault of each kind: `python -m tests.office.make_books` writes them anew."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

FOLDER = Path(__file__).parent / "books"
UNITS = (
    ("Xã Glar", "0269.3000.212", "0900.000.132", ("0900.000.133", "0900.000.134"), 1195),
    ("Xã A Dơk", "0269.3000.213", "0900.000.136", ("0900.000.137",), 860),
    ("Xã H'Nol", "0269.3000.215", "0900.000.142", ("0900.000.143",), 520),
    ("Thị trấn Đak Đoa", "0269.3000.201", "0900.000.101", ("0900.000.102", "0900.000.103", "0900.000.104"), 1640),
)
# Sheet!cell of each fault in the bad workbook, how it is taken, and a word of the reason.
FAULTS = (
    ("Danh bạ!E5", "restored", "the zero"),
    ("Danh bạ!E6", "restored", "84 is +84"),
    ("Danh bạ!E7", "refused", "seven digits"),
    ("Danh bạ!E8", "restored", "one of 2 numbers"),
    ("Danh bạ!E9", "refused", "does not belong"),
    ("Danh bạ!E10", "left out", "struck through"),
    ("Danh bạ!E11", "refused", "a part of it"),
    ("Danh bạ!B12", "refused", "names no unit"),
    ("Danh bạ!E13", "left out", "hidden row"),
    ("Danh bạ!B14", "refused", "TCVN3"),
    ("Danh bạ!B15", "refused", "VNI"),
    ("Danh bạ!B16", "refused", "highland"),
    ("Danh bạ!B17", "restored", "NFC"),
    ("Danh bạ!E18", "refused", "15 digits"),
    ("Danh bạ!E19", "refused", "date"),
    ("Danh bạ!E20", "refused", "formula in error"),
    ("Danh bạ!F21", "refused", "no whole number"),
    ("Danh bạ!E22", "refused", "not every digit"),
    ("Danh bạ!E23", "refused", "already"),
    ("Danh bạ!E24", "left out", "there is no number"),
    ("Danh bạ!C25", "refused", "role is missing"),
    ("Danh bạ!F26", "left out", "totals"),
)


def _closed(book: Any, out: BytesIO) -> bytes:
    book.set_properties({"created": datetime(2000, 1, 1)})
    book.close()
    return out.getvalue()


def sample() -> bytes:
    """One row a unit, a column a role, as clerks keep it: a title above, numbers as numbers, a sum below."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Danh bạ")
    sheet.write("A1", "DANH BẠ CÔNG AN CÁC XÃ, THỊ TRẤN")
    heads = ("STT", "Đơn vị", "Trực ban", "Trưởng CA", "Phó CA 1", "Phó CA 2", "Phó CA 3", "Số thẻ")
    sheet.write_row("A3", heads, book.add_format({"bold": True}))
    for row, (name, duty, chief, deputies, count) in enumerate(UNITS, 3):
        sheet.write(row, 0, row - 2)
        sheet.write(row, 1, name)
        for column, number in enumerate((duty, chief, *deputies), 2):
            digits = int(number.replace(".", ""))
            sheet.write(row, column, digits if (row + column) % 3 == 0 else number)
        sheet.write(row, 7, count)
    sheet.write(3 + len(UNITS), 0, "Tổng cộng")
    sheet.write(3 + len(UNITS), 7, sum(unit[-1] for unit in UNITS))
    return _closed(book, out)


def bad() -> bytes:
    """One row a person, with one fault of each kind (`FAULTS`)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Danh bạ")
    struck = book.add_format({"font_strikeout": True})
    sheet.write_row("A1", ("STT", "Đơn vị", "Chức vụ", "Họ tên", "Số ĐT", "Số thẻ"))
    sheet.merge_range("B2:B4", "Xã Glar")
    people = (("Trực ban", "", "0269.3000.212"), ("Trưởng CA", "Nguyễn Văn Mẫu", "0900.000.132"))
    for row, person in enumerate((*people, ("Phó CA", "Siu Mẫu", "0900.000.133")), 1):
        sheet.write_row(row, 2, person)
    sheet.write("F2", 1195)

    def row(number: int, unit: Any, role: str, value: Any, count: Any = None, style: Any = None) -> None:
        sheet.write(number - 1, 1, unit)
        sheet.write(number - 1, 2, role)
        sheet.write(number - 1, 4, value, style)
        if count is not None:
            sheet.write(number - 1, 5, count)

    row(5, "Xã A Dơk", "Trưởng CA", 900000136, 860)
    row(6, "Xã A Dơk", "Phó CA", 84900000137)
    row(7, "Xã A Dơk", "Trực ban", "3000.213")
    row(8, "Xã H'Nol", "Phó CA", "0900.000.143 - 0900.000.144", 520)
    row(9, "Xã H'Nol", "Trưởng CA", "0900.000.l42")
    row(10, "Xã H'Nol", "Phó CA", "0900.000.199", style=struck)
    row(11, "Xã H'Nol", "Phó CA", "")
    sheet.write_rich_string("E11", struck, "0900.000.198", " 0900.000.145")
    row(12, "", "Phó CA", "0900.000.146")
    row(13, "Xã H'Nol", "Phó CA", "0900.000.197")
    sheet.set_row(12, None, None, {"hidden": True})
    row(14, "X· Ia B¨ng", "Trưởng CA", "0900.000.147")
    row(15, "Coâng an xaõ Nam Yang", "Trưởng CA", "0900.000.121")
    row(16, "Xã Ðak Krong", "Trưởng CA", "0900.000.110")
    row(17, unicodedata.normalize("NFD", "Xã Hải Yang"), "Trưởng CA", "0900.000.113", 690)
    row(18, "Xã Hải Yang", "Trực ban", 9.000001130900001e18)
    row(19, "Xã Hải Yang", "Phó CA", datetime(2025, 1, 2))
    sheet.write_datetime("E19", datetime(2025, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
    row(20, "Xã Hải Yang", "Phó CA", "")
    sheet.write_formula("E20", "=VLOOKUP(1,A1:B2,2,0)", None, "#N/A")
    row(21, "Xã Kon Gang", "Trưởng CA", "0900.000.115", 1.195)
    row(22, "Xã Kon Gang", "Phó CA", "0269.3000.206/207")
    row(23, "Xã Kon Gang", "Trưởng CA", "0900.000.116")
    row(24, "Xã Kon Gang", "Trực ban", "")
    row(25, "Xã Kon Gang", "", "0900.000.117")
    sheet.write("A26", "Tổng")
    sheet.write("F26", 5260)
    hidden = book.add_worksheet("Cũ")
    hidden.write_row("A1", ("Đơn vị", "Trưởng CA"))
    hidden.hide()
    return _closed(book, out)


BOOKS = {"danh-ba.xlsx": sample, "danh-ba-hong.xlsx": bad}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in BOOKS.items():
        (FOLDER / name).write_bytes(make())
