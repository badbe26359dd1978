"""What a workbook said: its units with the cell that each value came from, and how every cell was taken.

Values only. A cell is read as it stands, restored (one reading, said in the report), refused (a person must decide) or
left out (struck through, hidden, a total: named, not read).
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from keytag.base.errors import KeytagError
from keytag.base.records import NamedTuple


class State(Enum):
    """How a cell was taken."""

    REFUSED = "refused"
    RESTORED = "restored"
    LEFT_OUT = "left out"
    READ = "read"


class Place(NamedTuple):
    """A cell: its sheet, and row and column from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        sheet, row, column = self
        return f"{sheet}!{letters(column)}{row + 1}"


class Taken(NamedTuple):
    """One cell in the report: what stood there, what was read, and why it is not the same."""

    place: Place
    state: State
    raw: str
    value: str = ""
    why: str = ""


class Value(NamedTuple):
    """A text and the cell that it came from."""

    text: str
    place: Place


class Person(NamedTuple):
    """One number; whose it is, and the role's own words where it is none of the usual three."""

    number: Value
    name: Value | None = None
    label: Value | None = None


class Entry(NamedTuple):
    """One unit: plain facts by their keys in the roster, and its people."""

    facts: dict[str, Value]
    duty: Person | None
    chief: Person | None
    deputies: tuple[Person, ...]
    others: tuple[Person, ...]

    @property
    def title(self) -> str:
        words = (self.facts.get(key) for key in ("kind", "name"))
        return " ".join(word.text for word in words if word is not None)

    @property
    def people(self) -> tuple[Person, ...]:
        one = (self.duty, self.chief)
        return (*(person for person in one if person is not None), *self.deputies, *self.others)


class Imported(NamedTuple):
    """All units of a workbook, its job and authority where it has such a sheet (`job.name`, …), and every cell.

    `name` is the file's, `general` what is to be said of the file as a whole.
    """

    name: str
    units: tuple[Entry, ...]
    settings: dict[str, Value]
    cells: tuple[Taken, ...]
    general: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Taken, ...]:
        return tuple(cell for cell in self.cells if cell.state is State.REFUSED)


class HeaderError(KeytagError):
    """No row, or more than one, may be the header (exit 1); `rows` are those, as a person sees them."""

    exit_code = 1

    def __init__(self, message: str, rows: tuple[str, ...] = (), *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.rows = rows


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def column_of(word: str) -> int | None:
    """The column, from 0, that letters name; None where they name none."""
    if not (word.isascii() and word.isalpha() and len(word) <= 3):
        return None
    number = 0
    for letter in word.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
