"""Random rosters, and what people and spreadsheets do to a workbook made of one.

`spoilt` gives bytes that hold the same facts in another form: what is read of them must be the same, or refused.
"""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from keytag.files.scalars import scalar
from keytag.files.source import Source
from keytag.office.export import COLUMNS, ROLES, rows_of
from keytag.roster.facts import Fact, facts
from keytag.roster.load import assemble
from keytag.roster.model import Roster
from keytag.vietnam.phones import classify
from tests.office import binary_books

_NAMES = (
    "Glar",
    "A Dơk",
    "H'Nol",
    "K'Dang",
    "Đak Sơmei",
    "Ia Pết",
    "Hải Yang",
    "Tân Bình",
    "Trang",
    "Bàu Cạn",
    "Sơ̆ Ŏi",
)
_PEOPLE = ("Nguyễn Văn Mẫu", "Siu H'Mẫu", "Rơ Châm Mẫu", "Đỗ Thị Thử", "Ksor Thử")
_LABELS = (
    "Chủ tịch xã",
    "Bí thư Đảng ủy",
    "Công an viên",
    "Trưởng Công an",
    "Quyền Trưởng CA",
    "Phó Chủ tịch xã",
    "Khác: lạ",
    "Trực ban",
)
_KINDS = ("xã", "thị trấn", "phường", "đặc khu")
Row = dict[str, Any]


def number(r: random.Random) -> str:
    """A number of any sort that may stand in a roster, in any grouping."""
    last = f"{r.randrange(1000):03d}"
    return r.choice(
        (
            *(f"0900.000.{last}", f"0900000{last}", f"0900 000 {last}", f"0269.3000.{last}", f"(0269) 3000 {last}"),
            *(f"+84 900 000 {last}", f"0269-3000-{last}", f"0692.000.{last}", f"024.3000.1{last}", f"0168.000.0{last}"),
        )
    )


def roster(r: random.Random) -> Roster:
    """A roster of one to six units, with any keys that units have."""
    lines = ["job:", "  name: Thử", "  qr_hosts: [zalo.me, example.vn]", "  per_box: 500", "authority:"]
    lines += ["  name: Đak Đoa", f"  duty: {scalar(number(r))}", "  valid_from: 2000-08-01", "units:"]
    names = r.sample(_NAMES, k=r.randint(1, 6))
    if r.random() < 0.3:
        names.append(names[0])  # two of one name, told apart by their codes
    for index, name in enumerate(names):
        lines += [
            f"  - kind: {r.choice(_KINDS)}",
            f"    name: {scalar(name)}",
            f'    code: "{10_000 + 37 * index:05d}"',
        ]
        if r.random() < 0.3 and names.count(name) == 1:
            lines.pop()
        for key in ("duty", "chief"):
            if r.random() < 0.8:
                lines.append(f"    {key}: {_contact(r)}")
        deputies = [_contact(r) for _ in range(r.randint(0, 4))]
        if deputies:
            lines.append(f"    deputies: [{', '.join(deputies)}]")
        if r.random() < 0.3:
            lines.append(f"    others: [{{role: {scalar(r.choice(_LABELS))}, number: {scalar(number(r), flow=True)}}}]")
        lines.append(f"    quantity: {r.randint(1, 3000)}")
        for key, words in (
            ("address", "UBND xã, đường Nguyễn Huệ"),
            ("slogan", "Gọi là có"),
            ("valid_until", "2030-01-31"),
        ):
            if r.random() < 0.3:
                lines.append(f"    {key}: {scalar(words)}")
        if r.random() < 0.2:
            lines += ["    link: https://zalo.me/1234567890123456789", "    authority: self"]
    return assemble([Source("contacts.yaml", "\n".join(lines) + "\n")])


def _contact(r: random.Random) -> str:
    text = scalar(number(r), flow=True)
    return text if r.random() < 0.5 else f"{{number: {text}, name: {scalar(r.choice(_PEOPLE), flow=True)}}}"


class Sheet(NamedTuple):
    """Rows by field, the cells to merge (first row, last row, field), and what all texts are put through."""

    rows: list[Row]
    merged: list[tuple[int, int, str]]
    letters: Callable[[str], str] = str


def spoilt(r: random.Random, given: Roster) -> tuple[str, bytes]:
    """A file's name and bytes: the roster as someone might send it back."""
    rows: list[Row] = [dict(row) for row in rows_of(given)]
    if r.random() < 0.3:
        rows = _joined(r, rows)
    if r.random() < 0.5:
        rows = [_eaten(r, row) for row in rows]
    merged = _merged(rows) if r.random() < 0.4 else []
    letters = r.choice((str, str, str, _decomposed, _tcvn3, _latin))
    sheet = Sheet(rows, merged, letters)
    if r.random() < 0.4 and not merged:
        return _text_table(r, sheet)
    kind = r.choice(("xlsx", "xlsx", *binary_books.WRITERS))
    return f"book.{kind}", binary_books.WRITERS[kind](_plain(sheet))


def _joined(r: random.Random, rows: list[Row]) -> list[Row]:
    """The deputies of a unit in one cell, as clerks write them."""
    found: list[Row] = []
    gap = r.choice(("/", ", ", "; ", "\n", " ", " - ", "-", "", " – ", "    "))
    for row in rows:
        last = found[-1] if found else {}
        same = all(last.get(key) == row.get(key) for key in ("kind", "name", "code"))
        plain_row = row.get("role") == ROLES["deputies"] and "person" not in row
        if same and plain_row and last.get("role") == ROLES["deputies"] and "person" not in last:
            found[-1] = {**last, "number": f"{last['number']}{gap}{row['number']}"}
        else:
            found.append(row)
    return found


def _eaten(r: random.Random, row: Row) -> Row:
    """What a spreadsheet makes of cells that look like numbers: digits alone are one, its zeros gone."""
    found = dict(row)
    for field in ("number", "code", "quantity"):
        text = str(found.get(field, ""))
        bare = "".join(c for c in text if c.isdigit())
        digits_only = text.isascii() and text.isdigit()
        if bare and (digits_only or (field == "number" and r.random() < 0.5 and len(bare) < 13)):
            found[field] = int(bare) if r.random() < 0.8 else str(int(bare))
    return found


def _merged(rows: list[Row]) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for index in range(1, len(rows) + 1):
        same = index < len(rows) and all(rows[index].get(k) == rows[start].get(k) for k in ("kind", "name", "code"))
        if not same:
            if index - start > 1:
                found += [(start, index - 1, field) for field in ("kind", "name") if rows[start].get(field)]
            start = index
    return found


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _tcvn3(text: str) -> str:
    from keytag.office import letters_of_old

    back = {new: old for old, new in letters_of_old._TCVN3.items()}
    return "".join(back.get(c, c) for c in text)


def _latin(text: str) -> str:
    """UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


def _plain(sheet: Sheet) -> binary_books.Sheet:
    """The sheet cell by cell, below its header."""
    fields = [field for _, _, field in COLUMNS]
    hidden = {(row, field) for first, last, field in sheet.merged for row in range(first + 1, last + 1)}
    rows: list[list[binary_books.Cell | None]] = [[binary_books.Cell(title) for title, _, _ in COLUMNS]]
    for index, row in enumerate(sheet.rows):
        cells: list[binary_books.Cell | None] = []
        for field in fields:
            value = row.get(field)
            if value is None or (index, field) in hidden:
                cells.append(None)
            else:
                cells.append(binary_books.Cell(sheet.letters(value) if isinstance(value, str) else value))
        rows.append(cells)
    merged = [(first + 1, last + 1, fields.index(field)) for first, last, field in sheet.merged]
    return binary_books.Sheet(rows, merged)


def _text_table(r: random.Random, sheet: Sheet) -> tuple[str, bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=r.choice(";,\t"), lineterminator=r.choice(("\n", "\r\n")))
    writer.writerow([title for title, _, _ in COLUMNS])
    for row in sheet.rows:
        writer.writerow([sheet.letters(str(row.get(field, ""))) for _, _, field in COLUMNS])
    text = out.getvalue()
    encoding = r.choice(("utf-8", "utf-8-sig", "utf-16", "cp1258", "cp1252", "viscii-like"))
    if encoding == "cp1258":
        return "book.csv", _cp1258(text)
    if encoding == "viscii-like":
        return "book.csv", text.encode("latin-1", "replace")
    return "book.csv", text.encode(encoding, "replace")


def _cp1258(text: str) -> bytes:
    """Windows-1258 as Windows writes it: a vowel with its own mark, and the tone behind it."""
    found = b""
    for character in unicodedata.normalize("NFC", text):
        try:
            found += character.encode("cp1258")
            continue
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", character)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        found += (base + tones).encode("cp1258", "replace")
    return found


def same(given: dict[str, Fact]) -> dict[str, Any]:
    """A unit's facts as far as they must not differ: numbers by their digits, words composed."""
    found: dict[str, Any] = {}
    for key, fact in given.items():
        if isinstance(fact, str):
            found[key] = unicodedata.normalize("NFC", fact)
        else:
            found[key] = [(classify(n).digits, *(unicodedata.normalize("NFC", w) for w in words)) for n, *words in fact]
    return found


def truth(given: Roster) -> list[dict[str, Any]]:
    """What a faithful import of any workbook of the roster holds."""
    return [same(facts(unit)) for unit in given.units]
