"""A spreadsheet becomes grids of raw values that know what is merged, struck through and hidden.

Calamine reads .xlsx, .xlsb, .xls and .ods; what it does not tell (strikes, hidden rows and columns, ranges merged in
.ods and .xlsb) is read from the file itself (`formats`), and where that cannot be done the file is refused. Text tables
are `text_table`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from keytag.base.errors import InputError, MissingToolError
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files.source import MAX_BYTES, unreadable
from keytag.office.marks import GET, Spot

MAX_ROWS, MAX_COLUMNS = 200_000, 200
_SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_TEXTS = (".csv", ".tsv", ".txt")


class Grid(NamedTuple):
    """One sheet: `rows` from A1 on; `merged` has the first cell of the range for every cell in one."""

    name: str
    rows: list[list[Any]]
    merged: dict[Spot, Spot]
    struck: Collection[Spot] = frozenset()
    partly: Collection[Spot] = frozenset()  # some of its letters are struck through
    hidden_rows: Collection[int] = frozenset()
    hidden_columns: Collection[int] = frozenset()
    errors: Collection[Spot] = frozenset()  # formulas without a value: #N/A

    def raw(self, row: int, column: int) -> Any:
        """The value of a cell; an empty text beyond the sheet."""
        try:
            return self.rows[row][column]
        except IndexError:
            return ""


class Workbook(NamedTuple):
    """The sheets that a person sees, and the names of those that are hidden; `notes` are about the whole file."""

    name: str
    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_book(path: Path) -> Workbook:
    """The workbook or text table of a file; an `InputError` where it is none, `MissingToolError` without the extra."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError.of(
                str(path), say("is too large (the limit is {max_bytes} MiB)", max_bytes=MAX_BYTES // 2**20)
            )
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error, str(path)) from error
    end = path.suffix.lower()
    if end in _TEXTS:
        from keytag.office.text_table import table

        rows, notes = table(data, path.name)
        return Workbook(path.name, (_limited(Grid(path.stem, rows, {}), path.name),), notes=notes)
    if end not in _SPREADSHEETS:
        known = ", ".join((*_SPREADSHEETS, *_TEXTS[:2]))
        raise InputError.of(str(path), say("is no spreadsheet: keytag import reads {known}", known=known))
    return _spreadsheet(path, data)


def _spreadsheet(path: Path, data: bytes) -> Workbook:
    from io import BytesIO

    try:
        import python_calamine as calamine
    except ImportError as error:
        raise MissingToolError(say("spreadsheets need the extra 'office'"), hint=GET) from error
    from keytag.office.formats import formats_of

    marks = formats_of(data, str(path))
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        seen = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        shown = [sheet.name for sheet in seen if sheet.visible == calamine.SheetVisibleEnum.Visible]
        grids = []
        for name in shown:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS * 82:  # 16,384 columns in one format
                raise InputError.of(str(path), say("sheet {name!r} is too large", name=name))
            if name not in marks:  # what is struck through or hidden there would be read as valid
                raise InputError.of(str(path), say("sheet {name!r} cannot be read whole: save it anew", name=name))
            found = marks[name]
            merged = _spread(found.merged if found.merged is not None else sheet.merged_cell_ranges or [])
            rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            grids.append(_limited(Grid(name, rows, merged, *found[:5]), str(path)))
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError.of(str(path), say("cannot be read as a spreadsheet: {error}", error=reason(error))) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own, and no kind of Exception
            raise
        raise InputError.of(str(path), say("is a broken spreadsheet")) from error
    return Workbook(path.name, tuple(grids), tuple(s.name for s in seen if s.name not in shown))


def _limited(grid: Grid, name: str) -> Grid:
    wide = max((len(row) for row in grid.rows), default=0)
    if len(grid.rows) > MAX_ROWS:
        raise InputError.of(
            name,
            say(
                "{grid!r} has {rows:,} rows; the limit is {max_rows:,}",
                grid=grid.name,
                rows=len(grid.rows),
                max_rows=MAX_ROWS,
            ),
        )
    if wide > MAX_COLUMNS and any(str(cell).strip() for row in grid.rows for cell in row[MAX_COLUMNS:]):
        raise InputError.of(
            name,
            say(
                "{grid!r} has {wide:,} columns; the limit is {max_columns}",
                grid=grid.name,
                wide=wide,
                max_columns=MAX_COLUMNS,
            ),
        )
    return grid


def _spread(ranges: Iterable[tuple[Spot, Spot]]) -> dict[Spot, Spot]:
    """Every cell of the ranges with the first of its range."""
    found: dict[Spot, Spot] = {}
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom, top + MAX_ROWS) + 1):
            for column in range(left, min(right, MAX_COLUMNS) + 1):
                found[(row, column)] = (top, left)
    return found


def _plain(value: Any) -> Any:
    """Whole numbers as integers as long as a spreadsheet keeps their digits (15 of them)."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
