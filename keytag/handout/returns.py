"""Returns of a hand-out: a table that was filled in by hand becomes rows, and whatever cannot be read a finding.

Columns are known by their English or Vietnamese names, in any order; blanks under a unit or a day mean the one above;
totals are left out. Nothing is guessed: an unknown village is not the nearest one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt, some
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.fields import nearest
from keytag.handout import cells
from keytag.roster.model import Roster, Unit, Village
from keytag.roster.names import Names
from keytag.roster.villages import Share, shares
from keytag.vietnam.names import bare, fold

COUNTS = ("given", "called", "scanned", "returned", "damaged", "in_store")
# What the columns are called; the Vietnamese of it is the first line of the form that is handed out.
HEADINGS = say("day, unit, village, given, called, scanned, returned, damaged, in_store, officer, note, edition")
COLUMNS = tuple(HEADINGS.split(", "))
_KNOWN = {
    "day": "day date ngay ngayphat ngaythang",
    "unit": "unit commune donvi xa phuong xaphuong thitran diaban",
    "village": "village lang thon buon thonlang thonbuon khupho todanpho khudancu",
    "given": "given daphat phat thephat thedaphat sothephat sothedaphat",
    "called": "called goi dagoi goithu dagoithu hogoi",
    "scanned": "scanned quet daquet quetthu daquetthu hoquet",
    "returned": "returned tralai datra thulai thuhoi",
    "damaged": "damaged hong bihong hu huhong",
    "in_store": "instore store conlai kho trongkho tonkho conkho",
    "officer": "officer canbo canbophat nguoiphat",
    "note": "note notes ghichu",
    "edition": "edition phienban banin kyin dotin",
    "": "stt tt no",
}
_WORDS = {word: column for column, words in _KNOWN.items() for word in words.split()}
_TOTALS = re.compile(r"(?:tổng(?:cộng)?|tong(?:cong)?|cộng|cong(?! an\b)|total|sum)\b")
_DITTO = frozenset(('"', "''", "”", "〃", "nt", "như trên", "ntr"))
HEADER_ROWS = 20


class Row(NamedTuple):
    """One line of the returns: `counts` by the names of `COUNTS`, None where nothing is written.

    `village` is a key among the unit's villages, empty for the unit's own store.
    """

    span: Span
    day: str
    unit: Unit
    village: str
    counts: Mapping[str, int | None]
    edition: str

    def number(self, name: str) -> int:
        return self.counts[name] or 0


class Returns(NamedTuple):
    """What was read, and what could not be."""

    rows: tuple[Row, ...]
    findings: tuple[Diagnostic, ...]


def read_returns(table: Sequence[Sequence[object]], name: str, roster: Roster) -> Returns:
    """The rows of a table (cells as they stand); an `InputError` where no row is a header of returns."""
    reader = _Reader(table, name, roster)
    reader.read()
    return Returns(tuple(reader.rows), tuple(reader.findings))


class _Reader:
    def __init__(self, table: Sequence[Sequence[object]], name: str, roster: Roster) -> None:
        self.table, self.name, self.roster = table, name, roster
        self.names = Names(roster.units)
        self.villages = {unit.key: village_words(unit) for unit in roster.units}
        self.rows: list[Row] = []
        self.findings: list[Diagnostic] = []
        self.headings: dict[str, str] = {}  # by column, as they stand in the table
        self.lines = lines_of(table)

    def read(self) -> None:
        header = self._header()
        columns = self._columns(header)
        above: dict[str, object] = {}
        for index in range(header + 1, len(self.table)):
            found = {column: self._cell(index, at) for column, at in columns.items()}
            texts = [cells.words(value) for value in self.table[index] if not cells.is_blank(value)]
            if not texts or any(map(self._is_total, (texts[0], found.get("unit"), found.get("village")))):
                continue
            for column in ("day", "unit"):
                value = found.get(column)
                if cells.is_blank(value) or cells.words(value).casefold() in _DITTO:
                    found[column] = above.get(column)
            above |= {column: found.get(column) for column in ("day", "unit")}
            row = self._row(index, found, columns)
            if row is not None:
                self.rows.append(row)

    def complain(self, check: str, row: int, message: str, severity: Severity = Severity.ERROR) -> None:
        self.findings.append(Diagnostic(check, severity, self.span(row), message))

    def span(self, row: int) -> Span:
        line = self.lines[row]
        return Span(self.name, line, 1, line, 2)

    def _cell(self, row: int, column: int) -> object:
        cells_ = self.table[row]
        return cells_[column] if column < len(cells_) else None

    def _is_total(self, value: object) -> bool:
        """Whether a cell says that its line sums up others: "Tổng cộng", "Cộng xã Glar"; but no name (Cộng Hòa)."""
        text = cells.words(value)
        if not _TOTALS.match(unicodedata.normalize("NFC", text).casefold()):
            return False
        return not self.names.find(text) and not any(fold(text) in words for words in self.villages.values())

    def _header(self) -> int:
        for index, row in enumerate(self.table[:HEADER_ROWS]):
            known = [_WORDS.get(plain(cell)) for cell in row]
            if len([word for word in known if word]) >= 2 and set(known) & set(COUNTS):
                return index
        hint = say("write the names of the columns in its first line: {columns}", columns=HEADINGS)
        raise InputError.of(self.name, say("has no line with the names of columns"), hint=hint)

    def _columns(self, header: int) -> dict[str, int]:
        columns: dict[str, int] = {}
        for at, cell in enumerate(self.table[header]):
            word = plain(cell)
            if not word:
                continue
            column = _WORDS.get(word)
            if column is None:
                guess = _WORDS.get(nearest(word, _WORDS)) or ""
                hint = (
                    say("did you mean {guess}?", guess=guess) if guess else say("known are {columns}", columns=HEADINGS)
                )
                self.complain(
                    "returns-column",
                    header,
                    say("the column '{shown}' is not known: {hint}", shown=cells.shown(cell), hint=hint),
                )
            elif column in columns:
                self.complain(
                    "returns-column", header, say("the column '{shown}' stands twice", shown=cells.shown(cell))
                )
            elif column:
                columns[column] = at
                self.headings[column] = cells.shown(cell)
        if "given" not in columns:
            self.complain("returns-column", header, say("there is no column given (đã phát)"))
        return columns

    def _row(self, index: int, found: dict[str, object], columns: Mapping[str, int]) -> Row | None:
        unit, village = self._place(index, found)
        counts = {name: self._count(index, name, found) for name in COUNTS}
        day = self._day(index, found.get("day"), "day" in columns)
        if unit is None or village is None:
            return None
        return Row(self.span(index), day, unit, village, counts, cells.words(found.get("edition")))

    def _count(self, index: int, name: str, found: dict[str, object]) -> int | None:
        value = found.get(name)
        if cells.is_blank(value):
            return None
        number = cells.count(value)
        if number is None:
            self.complain(
                "returns-number",
                index,
                say("{name}: '{shown}' is not a number of tags", name=self.headings[name], shown=cells.shown(value)),
            )
        return number

    def _day(self, index: int, value: object, asked: bool) -> str:
        if cells.is_blank(value):
            if asked:
                self.complain("returns-day", index, say("there is no day, nor one above"))
            return ""
        day = cells.day(value)
        if day is None:
            what = say("'{shown}' is not a day: write 25/05/2020 or 2020-05-25", shown=cells.shown(value))
            self.complain("returns-day", index, what)
        return day or ""

    def _place(self, index: int, found: dict[str, object]) -> tuple[Unit | None, str | None]:
        """The unit and the key of its village; None where they are not known, which is then said."""
        said, village = cells.words(found.get("unit")), cells.words(found.get("village"))
        if said:
            units = self.names.find(said)
        elif len(self.roster.units) == 1:
            units = self.roster.units
        else:
            units = tuple(unit for unit in self.roster.units if village and fold(village) in self.villages[unit.key])
        if len(units) != 1:
            self.complain("returns-unit", index, self._unknown(said, village, units))
            return None, None
        (unit,) = units
        if not village:
            return unit, ""
        key = self.villages[unit.key].get(fold(village))
        if key is None:
            known = ", ".join(share.key for share in shares(unit)) or say("none")
            message = say(
                "{unit} has no village '{village}': its villages are {known}",
                unit=unit.title,
                village=excerpt(village),
                known=known,
            )
            self.complain("returns-village", index, message)
        return unit, key

    def _unknown(self, said: str, village: str, units: Sequence[Unit]) -> str:
        if units:
            listed = ", ".join(some((unit.full_title for unit in units), 5))
            return say(
                "'{said}' may mean {units} units: {listed}; write the code or the key",
                said=excerpt(said or village),
                units=len(units),
                listed=listed,
            )
        if not said:
            return (
                say("no unit is named, and no unit alone has a village '{village}'", village=excerpt(village))
                if village
                else say("no unit is named")
            )
        guess = nearest(fold(said), [fold(unit.title) for unit in self.roster.units])
        hint = next((unit.title for unit in self.roster.units if fold(unit.title) == guess), "")
        return say("there is no unit '{said}'", said=excerpt(said)) + (
            say(": did you mean {hint}?", hint=hint) if hint else ""
        )


def village_words(unit: Unit) -> dict[str, str]:
    """What a village may be called, folded, with its key; a word that fits two is none's."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for share in shares(unit):
        for word in _called(share):
            if found.setdefault(word, share.key) != share.key:
                twice.add(word)
    for word in (fold("kho"), fold("store"), fold("kho xã")):
        found.setdefault(word, "")
    return {word: key for word, key in found.items() if word not in twice}


def _called(share: Share) -> set[str]:
    village: Village = share.village
    texts = [share.key, village.title, *(text.value for text in (village.name, village.code) if text)]
    return {fold(text) for text in texts if text.strip()}


def plain(cell: object) -> str:
    """The name of a column as it is compared: without marks, blanks, or what stands in brackets."""
    return bare(cells.words(cell).partition("(")[0].replace("_", "").replace("/", "")).strip(":")


def lines_of(table: Sequence[Sequence[object]]) -> list[int]:
    """The line of the file on which each row begins: quoted cells may go over several."""
    lines, line = [], 1
    for row in table:
        lines.append(line)
        line += 1 + sum(str(cell).replace("\r\n", "\n").count("\n") for cell in row if isinstance(cell, str))
    return lines
