"""docs/officer.md and its Vietnamese twin are true: from a workbook with every fault to a proof book, without YAML."""

from __future__ import annotations

import re
import shlex
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
import xlsxwriter

from tests.running import keytag

DOCS = Path(__file__).parents[2] / "docs"
HEAD = ("Đơn vị", "Mã xã", "Chức vụ", "Họ tên", "Số ĐT", "Số thẻ")
# What came back: (cells, and the cells as whoever knows answers them where keytag refuses).
Row = tuple[object, ...]
ROWS: tuple[tuple[Row, Row | None], ...] = (
    (
        ("Xã Kon Gang", 23701, "Trực ban", "", "3000.206", 870),
        ("Xã Kon Gang", 23701, "Trực ban", "", "0269.3000.206", 870),
    ),
    (("Xã Kon Gang", 23701, "Trưởng CA", "Nguyễn Văn Mẫu", 900000115, None), None),
    (
        ("Xã Kon Gang", 23701, "Phó CA", "", "0900.000.ll7", None),
        ("Xã Kon Gang", 23701, "Phó CA", "", "0900.000.117", None),
    ),
    (("Xã Kon Gang", 23701, "Phó CA", "", "84900000118", None), None),
    ((unicodedata.normalize("NFD", "Xã Ia Băng"), 23710, "Trực ban", "", 2693000217, "1080"), None),
    (
        ("Xã Ia Băng", 23710, "Trưởng CA", "Siu Mẫu", "0900.000.146/0900.000.149", None),
        ("Xã Ia Băng", 23710, "Trưởng CA", "Siu Mẫu", "0900.000.146", None),
    ),
    (
        ("X· Ia B¨ng", 23710, "Phó CA", "", "0900.000.147", None),
        ("Xã Ia Băng", 23710, "Phó CA", "", "0900.000.147", None),
    ),
    (("", "", "Phó CA", "", "0900.000.148", None), ("Xã Ia Băng", 23710, "Phó CA", "", "0900.000.148", None)),
)
STRUCK: Row = ("Xã Ia Băng", 23710, "Phó CA", "", "0900.000.199", None)


def workbook(path: Path, answered: bool) -> None:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Danh bạ")
    page.write_row(0, 0, HEAD)
    rows = [right if answered and right is not None else given for given, right in ROWS]
    for number, row in enumerate(rows, 1):
        page.write_row(number, 0, row)
    page.write_row(len(rows) + 1, 0, STRUCK, book.add_format({"font_strikeout": True}))
    page.write_row(len(rows) + 2, 0, ("Tổng cộng", "", "", "", "", 1950))
    book.close()


@pytest.mark.parametrize("page", ["officer.md", "vi/tu-excel.md"])
def test_the_officers_way_leads_to_a_proof_book(tmp_path: Path, page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    (answers,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S)
    (tmp_path / "tra-loi.yaml").write_text(answers, "utf-8")
    commands = [line for block in re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S) for line in block.splitlines()]
    init, first, *rest = commands
    assert all(command.startswith("keytag ") for command in commands)

    def run(command: str) -> tuple[int, str, str]:
        return keytag(*shlex.split(command)[1:], cwd=tmp_path)

    assert run(init)[0] == 0
    begun = (tmp_path / "contacts.yaml").read_bytes()
    workbook(tmp_path / "gui-ve.xlsx", answered=False)
    code, out, _ = run(first)
    refused = {line.split()[1] for line in out.splitlines() if " refused " in line}
    assert code == 1 and refused == {"bạ!E2", "bạ!E4", "bạ!E7", "bạ!A8", "bạ!A9"}, out
    assert (tmp_path / "contacts.yaml").read_bytes() == begun
    assert "Danh bạ!E7" in (tmp_path / "contacts.report.html").read_text("utf-8")
    workbook(tmp_path / "gui-ve.xlsx", answered=True)
    codes = {}
    for command in rest:
        codes[command] = (done := run(command))[0]
        if command.endswith("import gui-ve.xlsx"):
            assert "xã Kon Gang, chief: – → 0900.000.115" in done[1]
        assert done[0] == (1 if command.endswith("import gui-ve.xlsx") else 0), (command, done)
    roster = (tmp_path / "contacts.yaml").read_text("utf-8")
    assert "0900.000.199" not in roster and "cần điền" not in roster.split("units:")[1]
    assert roster.startswith(begun.decode().split("units:")[0])  # what stood there stands there still
    book = pypdfium2.PdfDocument(tmp_path / "proofs/proof-book.pdf")
    words = "".join(book[i].get_textpage().get_text_range() for i in range(len(book)))
    for number in ("0269.3000.206", "0900.000.116", "0900.000.117", "0900.000.118", "0269.3000.217", "0900.000.148"):
        assert number in words
    assert (tmp_path / "gui-dien-thoai/xa-kon-gang.phone.png").is_file()
    assert (tmp_path / "out/job.json").is_file()
