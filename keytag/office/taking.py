"""One cell at a time: its raw value becomes a text, or is refused, and either way it stands in the report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from keytag.base.records import NamedTuple, maker
from keytag.base.words import joined, say
from keytag.office.book import Grid
from keytag.office.letters_of_old import old_letters
from keytag.office.model import Place, State, Taken, Value
from keytag.office.numbers import Number, Refused, numbers_of
from keytag.vietnam.days import as_typed

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_COUNT = re.compile(r"[1-9]\d*(?:[. ]\d{3})*")
_CODE_DIGITS = 5
_MOST = 500  # characters of a cell that the report repeats
_place, _taken, _value = maker(Place), maker(Taken), maker(Value)


class Taker:
    """Takes the cells of one sheet; `cells` is the report in the order in which they were taken."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.name = grid, grid.name
        self.cells: list[Taken] = []
        self._special = frozenset((*grid.errors, *grid.struck, *grid.partly))
        self._plain = not (self._special or grid.merged)  # an empty cell of this sheet says nothing at all

    def place(self, row: int, column: int) -> Place:
        return _place((self.name, row, column))

    def raw(self, row: int, column: int) -> Any:
        return self.grid.raw(row, column)

    def blank(self, row: int, column: int) -> bool:
        """Whether nothing is seen in a cell."""
        value = self.grid.raw(row, column)
        if not isinstance(value, str) or (value and not value.isspace()):
            return False
        return not self._special or (row, column) not in self.grid.errors

    def silent(self, row: int, column: int) -> bool:
        """Whether a cell is empty, and no merged range or mark can say anything of it."""
        return self._plain and self.grid.raw(row, column) == ""

    def say(self, row: int, column: int, state: State, value: str = "", why: str = "") -> None:
        self.cells.append(_taken((self.place(row, column), state, shown(self.raw(row, column)), value, why)))

    def refuse(self, row: int, column: int, why: str) -> None:
        """Refuse a cell, whatever was just said of it."""
        place = self.place(row, column)
        recent = [cell for cell in self.cells[-6:] if cell.place != place or cell.state is State.REFUSED]
        self.cells[-6:] = recent
        self.say(row, column, State.REFUSED, why=why)

    def usable(self, row: int, column: int) -> bool:
        """Whether a cell has a value that counts; what is struck through, in part struck, or in error is told."""
        spot, grid = (row, column), self.grid
        if spot not in self._special:
            return not self.blank(row, column)
        if spot in grid.errors:
            self.refuse(row, column, say("a formula in error"))
            return False
        if self.blank(row, column):
            return False
        if spot in grid.struck:
            self.say(row, column, State.LEFT_OUT, why=say("struck through"))
            return False
        if spot in grid.partly:
            self.refuse(row, column, say("a part of it is struck through: write what counts alone"))
            return False
        return True

    def text(self, row: int, column: int) -> Value | None:
        """Words: composed, on one line, without blanks around; None where there are none or they are refused."""
        raw = self.grid.raw(row, column)
        if (raw == "" and not self._special) or not self.usable(row, column):
            return None
        if not isinstance(raw, str):
            self.refuse(row, column, say("{kind} where words belong: write it as text", kind=_kind(raw)))
            return None
        return self._words(row, column, raw)

    def _words(self, row: int, column: int, raw: str) -> Value | None:
        words, why, refused = _read(raw)
        if refused:
            self.refuse(row, column, refused)
            return None
        if not words:
            return None
        place = self.place(row, column)
        self.cells.append(_taken((place, State.RESTORED if why else State.READ, shown(raw), words, why)))
        return _value((words, place))

    def code(self, row: int, column: int) -> Value | None:
        """A unit's code, whose zeros in front a spreadsheet drops."""
        raw = self.raw(row, column)
        if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw.strip()) < _CODE_DIGITS:
            raw = int(raw)  # a text table that a spreadsheet wrote
        if not isinstance(raw, int) or isinstance(raw, bool) or not self.usable(row, column):
            return self.text(row, column)
        if not 0 < raw < 10**_CODE_DIGITS:
            self.refuse(row, column, say("a code has five digits"))
            return None
        words = f"{raw:0{_CODE_DIGITS}d}"
        why = say("the zeros that a spreadsheet drops") if raw < 10 ** (_CODE_DIGITS - 1) else ""
        self.say(row, column, State.RESTORED if why else State.READ, words, why)
        return Value(words, self.place(row, column))

    def count(self, row: int, column: int) -> Value | None:
        """A number of tags."""
        if not self.usable(row, column):
            return None
        raw = self.grid.raw(row, column)
        words = str(raw).strip()
        if isinstance(raw, bool | float) or not isinstance(raw, int | str) or _COUNT.fullmatch(words) is None:
            why = say("{words} is no whole number of tags", words=words)
            if isinstance(raw, float):
                why += say(": is it {words}?", words=words.replace(".", ""))
            self.refuse(row, column, why)
            return None
        place = self.place(row, column)
        self.cells.append(_taken((place, State.READ, shown(raw), words, "")))
        return _value((words, place))

    def day(self, row: int, column: int) -> Value | None:
        """A day, as a date or as people here type it."""
        raw = self.raw(row, column)
        if raw == "" and not self._special:
            return None
        if isinstance(raw, str) and (typed := as_typed(raw.strip())) not in (None, raw) and self.usable(row, column):
            self.say(row, column, State.RESTORED, typed or "", say("day, month and year"))
            return Value(typed or "", self.place(row, column))
        if not isinstance(raw, date) or not self.usable(row, column):
            return self.text(row, column)
        words = (raw.date() if isinstance(raw, datetime) else raw).isoformat()
        self.say(row, column, State.READ, words)
        return Value(words, self.place(row, column))

    def numbers(self, row: int, column: int, most: int, whose: str) -> tuple[Value, ...]:
        """The telephone numbers of a cell, `most` at most; none where it is blank or refused."""
        raw = self.grid.raw(row, column)
        whole = type(raw) is int and not self._special  # nothing can be wrong with the cell
        if not whole and not self.usable(row, column):
            return ()
        found = numbers_of(raw)
        if isinstance(found, Refused):
            self.refuse(row, column, found.why)
            return ()
        if len(found) > most:
            listed = ", ".join(number.text for number in found)
            self.refuse(
                row,
                column,
                say(
                    "{found} numbers for {whose} ({listed}): leave the one to be printed",
                    found=len(found),
                    whose=whose,
                    listed=listed,
                ),
            )
            return ()
        place = _place((self.name, row, column))
        self._told(place, raw, found)
        return tuple([_value((number.text, place)) for number in found])

    def _told(self, place: Place, raw: Any, found: Sequence[Number]) -> None:
        why: str
        if len(found) == 1:
            ((said, why),) = found
        else:
            whys = dict.fromkeys(number.restored for number in found if number.restored)
            why = joined("; ", whys) if whys else ""
            said = ", ".join(number.text for number in found)
        if said:
            state = State.RESTORED if why else State.READ
            self.cells.append(_taken((place, state, shown(raw), said, why)))

    def covered(self, row: int, column: int) -> tuple[int, int] | None:
        """The first cell of the merged range that hides this one; None where it stands for itself."""
        if not self.grid.merged:
            return None
        first = self.grid.merged.get((row, column))
        return first if first is not None and first != (row, column) else None


class _Read(NamedTuple):
    """A text as it is to be written, what was mended in it, and why it is refused; the last two may be empty."""

    words: str
    why: str = ""
    refused: str = ""


@lru_cache(maxsize=50_000)  # a unit's name, kind and role stand in many rows
def _read(raw: str) -> _Read:
    """A cell's words composed, on one line, and without blanks around."""
    old = old_letters(raw)
    if old is not None:
        return _Read("", "", old.what + (say(": is it {reading!r}?", reading=old.reading) if old.reading else ""))
    composed = unicodedata.normalize("NFC", raw)
    notes = [say("composed letters (NFC)")] if composed != raw else []
    if _HIDDEN.search(composed):
        composed = _HIDDEN.sub("", composed)
        notes.append(say("hidden characters left out"))
    words = composed.strip()
    if "\n" in composed:
        words = " ".join(composed.split())
        notes.append(say("on one line"))
    elif words != composed:
        notes.append(say("without blanks around it"))
    return _Read(words, joined("; ", notes) if notes else "")


def shown(raw: Any) -> str:
    """A raw value as the report repeats it."""
    words = raw if isinstance(raw, str) else raw.isoformat() if isinstance(raw, date) else str(raw)
    return words if len(words) <= _MOST else words[:_MOST] + "…"


def _kind(raw: Any) -> str:
    return (
        say("a date") if isinstance(raw, date) else say("a truth value") if isinstance(raw, bool) else say("a number")
    )
