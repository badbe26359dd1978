"""A roster as a workbook to send round: one row a number, all cells text, with columns to check each by phone.

What `import` reads of it is the same roster, to the letter. XlsxWriter writes it; the same roster gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from keytag.base.errors import MissingToolError, UsageError
from keytag.base.words import say
from keytag.files.source import Text
from keytag.office.carried import FIELD, carried, written
from keytag.office.header import nearly, plain, role_of
from keytag.office.marks import GET
from keytag.office.rows import OTHER
from keytag.roster import keys
from keytag.roster.model import Contact, Roster, Unit
from keytag.vietnam.names import fold

UNITS, SETTINGS = "Danh bạ", "Tờ in"
COLUMNS = (
    ("Loại", 11, "kind"),
    ("Tên đơn vị", 24, "name"),
    ("Mã đơn vị", 11, "code"),
    ("Chức vụ", 24, "role"),
    ("Họ tên", 24, "person"),
    ("Số điện thoại", 18, "number"),
    ("Đúng / sai", 11, "verdict"),
    ("Người kiểm", 18, "checker"),
    ("Số thẻ", 9, "quantity"),
    ("Địa chỉ", 36, "address"),
    ("Liên kết QR", 30, "link"),
    ("Khẩu hiệu", 24, "slogan"),
    ("Từ ngày", 12, "valid_from"),
    ("Đến ngày", 12, "valid_until"),
    ("Tự phát hành", 12, "authority"),
    ("Mục khác (không sửa)", 20, FIELD),
)
ROLES = {"duty": "Trực ban", "chief": "Trưởng Công an", "deputies": "Phó Trưởng Công an"}
_ORDINARY = ("quantity", "address", "link", "slogan")
_MADE = datetime(2000, 1, 1)  # the same roster, the same bytes
_LONGEST = 32_767  # characters of a cell (Excel)
_LINES = 200  # further rows in which the lists to choose from work


def export(roster: Roster, moment: str = "") -> bytes:
    """The workbook's bytes; a `UsageError` where rows could not tell what belongs together."""
    return _book(rows_of(roster), list(_settings(roster)), moment)


def rows_of(roster: Roster) -> list[dict[str, str]]:
    """The rows of the units, each by the fields of `COLUMNS`; a `UsageError` as in `export`."""
    _told_apart(roster)
    beyond = carried(roster).units
    return [row for unit, more in zip(roster.units, beyond, strict=True) for row in _rows(unit, more)]


def empty(units: list[tuple[str, str, str]], settings: list[tuple[str, str]], moment: str = "") -> bytes:
    """A workbook to be filled in: a row for each usual role of each unit (kind, name, code)."""
    rows = []
    for kind, name, code in units:
        for number, role in enumerate((*ROLES.values(), ROLES["deputies"])):
            head = {"kind": kind, "name": name, "code": code, "role": role}
            rows.append(head if number else {**head, "quantity": ""})
    return _book(rows, settings, moment)


def _told_apart(roster: Roster) -> None:
    if len(roster.authorities) > 1:
        what = say("the roster has {authorities} authorities, a workbook has one", authorities=len(roster.authorities))
        raise UsageError(what, hint=say("export each authority's file by itself"))
    counted = Counter(_name(unit) for unit in roster.units if unit.code is None)
    everyone = Counter(_name(unit) for unit in roster.units)
    codes = Counter((*_name(unit), unit.code.value) for unit in roster.units if unit.code is not None)
    for unit in roster.units:
        alone = everyone[_name(unit)] == 1
        twice = unit.code is not None and codes[(*_name(unit), unit.code.value)] > 1
        if unit.name is None or (not alone and (counted[_name(unit)] or twice)):
            what = (
                say("has no name")
                if unit.name is None
                else say("is not alone with its name, and no code tells it apart")
            )
            raise UsageError(
                say("{unit}: {unit2} {what}", unit=unit.span, unit2=unit.title or say("a unit"), what=what),
                hint=say("write its code (code:) in the roster"),
            )


def _name(unit: Unit) -> tuple[str, str]:
    return fold(unit.kind.value) if unit.kind else "", fold(unit.name.value) if unit.name else ""


def _rows(unit: Unit, more: dict[str, Any]) -> Iterator[dict[str, str]]:
    """One row a number; the unit's own facts stand in its first."""
    head = {key: text.value for key in ("kind", "name", "code") if (text := getattr(unit, key)) is not None}
    own = {key: text.value for key in _ORDINARY if (text := getattr(unit, key)) is not None}
    for key, day in (("valid_from", unit.valid.since), ("valid_until", unit.valid.until)):
        if day is not None:
            own[key] = day.value
    if unit.authority is not None and unit.authority.own:
        own["authority"] = "self"
    if more:
        own[FIELD] = written(more)
    people = [*_people(unit)] or [{}]
    for number, person in enumerate(people):
        yield {**head, **person, **({} if number else own)}


def _people(unit: Unit) -> Iterator[dict[str, str]]:
    for key, contacts in (("duty", [unit.duty]), ("chief", [unit.chief]), ("deputies", unit.deputies)):
        for contact in contacts:
            if contact is not None:
                yield _person(ROLES[key], contact)
    for contact in unit.others:
        label = contact.label.value if contact.label else ""
        usual = (
            role_of(plain(label), fold(unit.name.value) if unit.name else "")[0]
            or nearly(label)
            or label.startswith(OTHER)
        )
        yield _person(f"{OTHER} {label}" if usual else label, contact)


def _person(role: str, contact: Contact) -> dict[str, str]:
    name = {"person": contact.name.value} if contact.name else {}
    return {"role": role, "number": contact.number.value, **name}


def _settings(roster: Roster) -> Iterator[tuple[str, str]]:
    beyond = carried(roster).settings
    for key in keys.JOB:
        value: Any = getattr(roster.job, key.name, None)
        if f"job.{key.name}" in beyond:
            yield f"job.{key.name}", written(beyond[f"job.{key.name}"])
        elif isinstance(value, Text):
            yield f"job.{key.name}", value.value
        elif key.name == "qr_hosts" and value:
            yield "job.qr_hosts", written([word.value for word in value])
    yield from ((key, written(value)) for key, value in beyond.items() if not key.startswith("job."))
    if not roster.authorities:
        if roster.units and all(unit.authority is not None and unit.authority.own for unit in roster.units):
            yield "authority", "self"
        return
    authority = roster.authorities[0]
    names = {"zalo": "link", "valid_from": "", "valid_until": ""}
    for key in keys.AUTHORITY:
        value = getattr(authority, names.get(key.name, key.name) or "valid")
        if key.name.startswith("valid_"):
            value = value.since if key.name == "valid_from" else value.until
        if isinstance(value, Contact):
            yield f"authority.{key.name}", value.number.value
            if value.name is not None:
                yield f"authority.{key.name}.name", value.name.value
        elif value is not None:
            yield f"authority.{key.name}", value.value


def _book(rows: list[dict[str, str]], settings: list[tuple[str, str]], moment: str) -> bytes:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingToolError(say("spreadsheets need the extra 'office'"), hint=GET) from error
    for text_of in (value for row in (*rows, dict(settings)) for value in row.values()):
        if len(text_of) > _LONGEST:
            raise UsageError(
                say(
                    "a value of {text_of:,} characters: a cell holds {longest:,}",
                    text_of=len(text_of),
                    longest=_LONGEST,
                ),
                hint=say("keep it in the roster"),
            )
    out = BytesIO()
    plain_text = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **plain_text})
    book.set_properties({"created": datetime.fromisoformat(moment[:10]) if moment else _MADE})
    text = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    _units_sheet(book.add_worksheet(UNITS), rows, text, head)
    if settings:
        sheet = book.add_worksheet(SETTINGS)
        sheet.set_column(0, 0, 26, text)
        sheet.set_column(1, 1, 70, text)
        sheet.freeze_panes(1, 0)
        for row, (key, value) in enumerate((("Khóa", "Giá trị"), *settings)):
            sheet.write_string(row, 0, key, head if row == 0 else text)
            sheet.write_string(row, 1, value, head if row == 0 else text)
    book.close()
    return out.getvalue()


def _units_sheet(sheet: Any, rows: list[dict[str, str]], text: Any, head: Any) -> None:
    for index, (title, width, _) in enumerate(COLUMNS):
        sheet.set_column(index, index, width, text)
        sheet.write_string(0, index, title, head)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, row in enumerate(rows, 1):
        for index, (_, _, field) in enumerate(COLUMNS):
            if field in row:
                sheet.write_string(number, index, row[field], text)
    last = len(rows) + _LINES
    for index, choices in ((0, keys.KINDS), (3, tuple(ROLES.values())), (6, ("đúng", "sai")), (14, ("self",))):
        # Any word may stand there: the list only saves typing, but for the verdict.
        strict = index == 6
        rule = {"validate": "list", "source": list(choices), "show_error": strict, "ignore_blank": True}
        sheet.data_validation(1, index, last, index, rule)
