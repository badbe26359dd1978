"""The ledger: every serial that was printed, with what became of it; a file that only grows.

CSV, one line an event: a serial's last line says how it stands. Each line ends in a seal, the hash of the seal before
it and of the line itself, so that a line that was changed, lost or put in between is found, and where. Who books holds
the file's lock, and a booking that fails leaves the file as it was.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from keytag.base.diagnostics import Span
from keytag.base.errors import InputError, OutputError, UsageError
from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import joined, say

COLUMNS = ("serial", "unit", "plate", "sheet", "station", "pile", "state", "job")
PRINTED, SPARE, REPRINTED, DESTROYED, VOID = STATES = (
    say("printed"),
    say("spare"),
    say("reprinted"),
    say("destroyed"),
    say("void"),
)
NAMES: dict[str, str] = {state: state for state in STATES}  # what a person reads, by the word in the file
_HEADER = ",".join((*COLUMNS, "seal"))
_FIRST = "keytag"  # what the first line's seal follows
_SEAL = 16
_FAR = 2**31 - 2  # bytes
_SERIAL = re.compile(r"([A-Z]{0,4})([0-9]{1,12})([0-9A-Z])")


class Row(NamedTuple):
    """One event of one serial (without its groups); plate, sheet, station and pile as text, empty where it has none."""

    serial: str
    unit: str
    plate: str
    sheet: str
    station: str
    pile: str
    state: str
    job: str

    @property
    def line(self) -> str:
        """The row as CSV, without its seal."""
        return csv_line(self)


class Key(NamedTuple):
    """A serial by its prefix, the digits of its number, and the number."""

    prefix: str
    digits: int
    number: int


class Printing(NamedTuple):
    """Events of serials printed one after another: the first of them, and the lines of all, in order."""

    first: Key
    lines: Sequence[str]

    @property
    def last(self) -> int:
        """The number of the last one."""
        return self.first.number + len(self.lines) - 1


class Ledger:
    """What a ledger says. Runs of numbers that are printed one after another are kept as ranges, not singly."""

    def __init__(self) -> None:
        self.ranges: dict[tuple[str, int], list[list[int]]] = {}  # (prefix, digits) → [first, last] in file order
        self.changed: dict[Key, Row] = {}  # serials whose last line is not their printing
        self.seal = _FIRST
        self.lines = 0

    def add(self, row: Row) -> None:
        """Take in one more line."""
        key = key_of(row.serial)
        self.lines += 1
        if row.state in (PRINTED, SPARE):
            self._printed(key, key.number)
        else:
            self.changed[key] = row

    def add_printing(self, printing: Printing) -> None:
        """Take in the lines of serials printed one after another."""
        self.lines += len(printing.lines)
        if printing.lines:
            self._printed(printing.first, printing.last)

    def _printed(self, first: Key, last: int) -> None:
        ranges = self.ranges.setdefault((first.prefix, first.digits), [])
        if ranges and ranges[-1][1] + 1 == first.number:
            ranges[-1][1] = last
        else:
            ranges.append([first.number, last])

    def issued(self, prefix: str, digits: int, first: int, last: int) -> int | None:
        """The least number from `first` to `last` that was printed before; None where none was."""
        hits = [max(first, a) for a, b in self.ranges.get((prefix, digits), ()) if a <= last and b >= first]
        single = [k.number for k in self.changed if k[:2] == (prefix, digits) and first <= k.number <= last]
        return min([*hits, *single], default=None)

    def known(self, key: Key) -> bool:
        """Whether that serial was ever printed."""
        return key in self.changed or any(a <= key.number <= b for a, b in self.ranges.get(key[:2], ()))

    def state(self, key: Key) -> str:
        """How a serial stands, a spare one as printed; empty where the ledger does not know it."""
        row = self.changed.get(key)
        return row.state if row else PRINTED if self.known(key) else ""

    def next(self, prefix: str, digits: int) -> int:
        """The first number behind all that were printed."""
        last = [b for _, b in self.ranges.get((prefix, digits), ())]
        last += [k.number for k in self.changed if k[:2] == (prefix, digits)]
        return max(last, default=-1) + 1


def key_of(serial: str) -> Key:
    """A serial taken apart; a `ValueError` where it is none."""
    match = _SERIAL.fullmatch(serial)
    if match is None:
        raise ValueError(say("{serial!r} is no serial", serial=excerpt(serial)))
    return Key(match[1], len(match[2]), int(match[2]))


def csv_line(values: Iterable[str]) -> str:
    """Values as one line of CSV, without its end."""
    found = list(values)
    line = ",".join(found)
    if line.count(",") == len(found) - 1 and not any(c in line for c in '"\r\n'):
        return line
    return ",".join(f'"{v.replace(chr(34), chr(34) * 2)}"' if set(v) & set(',"\r\n') else v for v in found)


def sealed(seal: str, line: str) -> str:
    """The seal of a line that follows the seal `seal`."""
    return hashlib.sha256(f"{seal}\n{line}".encode()).hexdigest()[:_SEAL]


def read(path: Path) -> Ledger:
    """The ledger in a file; an `InputError` at the first line that is not as it was booked, or no line of a ledger."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return _read(file, str(path))
    except UnicodeDecodeError as error:
        raise InputError(say("{path}: is no text in UTF-8, and no ledger", path=path)) from error
    except OSError as error:
        raise InputError(say("{path}: cannot be read: {reason}", path=path, reason=reason(error))) from error


def _read(file: IO[str], name: str) -> Ledger:
    ledger = Ledger()
    for number, text in enumerate(file, 1):
        line = text.removesuffix("\n")
        if number == 1:
            if line != _HEADER or not text.endswith("\n"):
                raise _wrong(name, 1, line, say("is not the first line of a keytag ledger"), say("name another file"))
            continue
        body, _, seal = line.rpartition(",")
        if not text.endswith("\n"):
            raise _wrong(name, number, line, say("breaks off"), say("a copy was cut short: take the whole ledger"))
        if sealed(ledger.seal, body) != seal:
            why = say("is not as it was booked: it, or a line before it, was changed, lost or moved by hand")
            raise _wrong(
                name, number, line, why, say("take the ledger as keytag wrote it; what was printed is in its jobs")
            )
        values = next(csv.reader([body]), []) if '"' in body else body.split(",")
        if len(values) != len(COLUMNS) or values[6] not in STATES:
            raise _wrong(
                name, number, line, say("does not have the columns {columns}", columns=joined(", ", COLUMNS)), ""
            )
        try:
            ledger.add(Row(*values))
        except ValueError as error:
            raise _wrong(name, number, line, str(error), "") from error
        ledger.seal = seal
    return ledger


def _wrong(name: str, number: int, line: str, why: str, hint: str) -> InputError:
    return InputError.at(
        Span(name, number, 1, number, len(line) + 1),
        say("line {number} of the ledger {why}", number=number, why=why),
        hint=hint,
    )


class Book:
    """A ledger that is held by this run alone: read, and to be added to."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path, self.ledger = path, ledger
        self._size: int | None = None  # before what was booked last

    def append(self, events: Iterable[Row | Printing]) -> int:
        """Book events, all or none; how many serials they are of."""
        seal, count, before = self.ledger.seal, 0, self.path.stat().st_size
        try:
            with self.path.open("ab") as file:
                if not before:
                    file.write(f"{_HEADER}\n".encode())
                for event in events:
                    lines: Sequence[str]
                    if isinstance(event, Printing):
                        lines = event.lines
                        self.ledger.add_printing(event)
                    else:
                        lines = (event.line,)
                        self.ledger.add(event)
                    booked = list[str]()
                    for line in lines:
                        seal = sealed(seal, line)
                        booked += (line, ",", seal, "\n")
                    file.write("".join(booked).encode())
                    count += len(lines)
                file.flush()
                os.fsync(file.fileno())
        except BaseException as error:
            os.truncate(self.path, before)
            if isinstance(error, OSError):
                raise OutputError(
                    say(
                        "{path}: cannot be written: {reason}; it is as it was",
                        path=self.path,
                        reason=reason(error),
                    )
                ) from error
            raise
        self.ledger.seal, self._size = seal, before
        return count

    def take_back(self) -> None:
        """Undo the last booking, where what it was for came to nothing."""
        if self._size is not None:
            os.truncate(self.path, self._size)

    @contextlib.contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """What is booked inside is taken back where an exception leaves it: what it was for came to nothing."""
        try:
            yield
        except BaseException:
            self.take_back()
            raise


@contextlib.contextmanager
def held(path: Path) -> Iterator[Book]:
    """The ledger at `path` for this run alone, made where there is none; a `UsageError` while another run holds it."""
    try:
        new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(say("{path}: cannot be written: {reason}", path=path, reason=reason(error))) from error
    try:
        _lock(descriptor, path)
        book = Book(path, read(path))
        yield book
    finally:
        if new and path.exists() and path.stat().st_size == 0:
            path.unlink()  # nothing was booked: there is no ledger
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            # Windows refuses to read what is locked, so it is a byte that no ledger reaches.
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            raise UsageError(
                say("{path}: another run is booking in it", path=path), hint=say("wait until it is done")
            ) from error
        raise OutputError(say("{path}: cannot be locked: {reason}", path=path, reason=reason(error))) from error
