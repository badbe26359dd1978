"""The sheets of a workbook become units: one row a person, or one row a unit, by rules that guess nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keytag.base.words import joined, say
from keytag.office.book import Workbook
from keytag.office.header import Header, header_of, mapped, plain
from keytag.office.model import HeaderError, Imported, State, Taken, Value, letters
from keytag.office.rows import Units
from keytag.office.settings_sheet import settings_of
from keytag.office.taking import Taker
from keytag.vietnam.phones import Kind, classify

_TOTALS = frozenset(("tong", "tongcong", "cong", "tongso", "congtong", "toancong", "tatca"))
_CHECKED = ("number", "duty", "chief", "deputies", "others")


def read_units(book: Workbook, maps: Sequence[str] = (), sheets: Sequence[str] = ()) -> Imported:
    """All units of a workbook; a `HeaderError` where a sheet does not say what its columns are.

    `maps` are the words of `--map`, `sheets` the only ones to read.
    """
    from keytag.base.errors import UsageError

    names = [grid.name for grid in book.grids]
    for sheet in sheets:
        if sheet not in names:
            raise UsageError(
                say("{book}: has no visible sheet {sheet!r}", book=book.name, sheet=sheet),
                hint=say("sheets: {names}", names=joined(", ", names)),
            )
    wanted = mapped(maps, book.grids)
    general = [*book.notes, *(say("sheet {name!r} is hidden: not read", name=name) for name in book.hidden)]
    units = Units()
    settings: dict[str, Value] = {}
    cells: list[Taken] = []
    read = 0
    for grid in book.grids:
        taker = Taker(grid)
        if not any(str(cell).strip() for row in grid.rows for cell in row):
            continue
        if sheets and grid.name not in sheets:
            general.append(say("sheet {grid!r}: not read, since --sheet names others", grid=grid.name))
            continue
        columns, row = wanted.get(grid.name, (None, None))
        header = header_of(grid, columns, row)
        read += 1
        if header.of("setting"):
            settings |= settings_of(taker, header)
        else:
            _hidden(taker, header)
            _rows(taker, header, units)
            _unread(taker, header)
        cells += taker.cells
    if not read:
        raise HeaderError(say("{book}: there is nothing in it that can be seen", book=book.name))
    found, complaints = units.finished()
    return Imported(book.name, found, settings, (*cells, *complaints), tuple(general))


def _rows(taker: Taker, header: Header, units: Units) -> None:
    grid, columns = taker.grid, tuple(header.columns)
    for row in range(header.row + 1, len(grid.rows)):
        if row in grid.hidden_rows:
            _left_out(taker, row, columns, say("in a hidden row"))
        elif _is_total(taker, header, row):
            _left_out(taker, row, columns, say("in a row of totals"))
        elif not all(taker.blank(row, column) for column in header.said):
            units.add(taker, header, row)
        elif all(taker.blank(row, column) for column in columns):
            _left_out(taker, row, range(len(grid.rows[row])), say("in a row with nothing in the columns that are read"))


def _left_out(taker: Taker, row: int, columns: Iterable[int], why: str) -> None:
    """Tell of those cells of a row in which something stands that they are not read."""
    for column in columns:
        if not taker.blank(row, column):
            taker.say(row, column, State.LEFT_OUT, why=why)


def _is_total(taker: Taker, header: Header, row: int) -> bool:
    """Whether a row begins with the word for a sum and has no number of anybody."""
    first = next((cell.strip() for cell in taker.grid.rows[row] if isinstance(cell, str) and cell.strip()), "")
    if first[:1] not in ("T", "t", "C", "c") or plain(first) not in _TOTALS:
        return False
    return all(taker.blank(row, column) for field in (*_CHECKED, "code", "kind") for column in header.of(field))


def _hidden(taker: Taker, header: Header) -> None:
    """Hidden columns are named, not read."""
    for column in sorted(taker.grid.hidden_columns):
        filled = [r for r in range(max(0, header.row), len(taker.grid.rows)) if not taker.blank(r, column)]
        if filled:
            why = say(
                "column {letters} is hidden: its {filled} cells are not read",
                letters=letters(column),
                filled=len(filled),
            )
            taker.say(filled[0], column, State.LEFT_OUT, why=why)


def _unread(taker: Taker, header: Header) -> None:
    """Columns that no rule reads are named; where a telephone number stands in one, a person must decide."""
    width = max((len(row) for row in taker.grid.rows), default=0)
    for column in range(width):
        if column in header.columns or column in taker.grid.hidden_columns:
            continue
        rows = range(header.row + 1, len(taker.grid.rows))
        filled = [row for row in rows if row not in taker.grid.hidden_rows and not taker.blank(row, column)]
        if not filled:
            continue
        title = header.unknown.get(column, "")
        numbers = [row for row in filled if title and _is_number(taker.raw(row, column))]
        if column in header.unknown and numbers:
            at = letters(column)
            how = say("--map '{grid}!{at}=chief' (duty, deputies, other:ROLE), or {at}=-", grid=taker.grid.name, at=at)
            taker.refuse(
                numbers[0],
                column,
                say("a number stands in column {title!r}, which no rule reads: {how}", title=title, how=how),
            )
        elif title or column in header.unknown:
            why = say("column {title!r} is not read ({filled} cells)", title=title, filled=len(filled))
            taker.say(filled[0], column, State.LEFT_OUT, why=why)
        else:
            why = say(
                "column {letters} has no title: not read ({filled} cells)", letters=letters(column), filled=len(filled)
            )
            taker.say(filled[0], column, State.LEFT_OUT, why=why)


def _is_number(raw: object) -> bool:
    """Whether a value that nobody reads looks like a person's or a desk's number."""
    text = str(raw)
    if sum(c.isdigit() for c in text) not in range(9, 13) or isinstance(raw, float):
        return False
    return any(classify(word).kind not in (Kind.INVALID, Kind.SHORT) for word in (text, "0" + text.strip()))
