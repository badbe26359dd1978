"""The ledger: what is booked is found again, what was changed by hand is found where it was, and nothing is lost."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.errors import InputError, UsageError
from keytag.serial import ledger as books
from keytag.serial.form import Form
from keytag.serial.ledger import Key, Row, held, read

G = Form("G")


def row(number: int, state: str = "printed") -> Row:
    return Row(G.text(number), "xa-glar", "1", "2", "3", "4", state, 'a "job", of one')


def booked(path: Path, *rows: Row) -> Path:
    with held(path) as book:
        book.append(rows)
    return path


def test_what_was_booked_stands_there(tmp_path: Path) -> None:
    path = booked(tmp_path / "l.csv", *(row(n) for n in range(5, 9)), row(7, "destroyed"))
    booked(path, row(7, "reprinted"), row(20))
    ledger = read(path)
    assert ledger.ranges == {("G", 7): [[5, 8], [20, 20]]} and ledger.lines == 7
    assert [ledger.state(Key("G", 7, n)) for n in (4, 5, 7, 20)] == ["", "printed", "reprinted", "printed"]
    assert (ledger.issued("G", 7, 0, 4), ledger.issued("G", 7, 0, 5), ledger.issued("H", 7, 0, 99)) == (None, 5, None)
    assert (ledger.next("G", 7), ledger.next("H", 7)) == (21, 0)


@pytest.mark.parametrize("at", [2, 4])
@pytest.mark.parametrize(
    "hand", [lambda line: line.replace("xa-glar", "xa-trang"), lambda line: "", lambda line: line + line]
)
def test_a_line_changed_lost_or_doubled_is_found_at_its_place(tmp_path: Path, at: int, hand: object) -> None:
    path = booked(tmp_path / "l.csv", *(row(n) for n in range(5)))
    lines = path.read_text().splitlines(keepends=True)
    lines[at - 1] = hand(lines[at - 1])  # type: ignore[operator]
    path.write_text("".join(lines))
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.span is not None and caught.value.span.line in (at, at + 1)


def test_a_ledger_cut_short_inside_a_line_or_another_file_is_refused(tmp_path: Path) -> None:
    path = booked(tmp_path / "l.csv", row(1))
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(InputError, match="breaks off"):
        read(path)
    (tmp_path / "other.csv").write_text("a,b\n")
    with pytest.raises(InputError, match="first line"), held(tmp_path / "other.csv"):
        pass
    assert (tmp_path / "other.csv").read_text() == "a,b\n"


def test_two_at_once_are_one_too_many(tmp_path: Path) -> None:
    path = booked(tmp_path / "l.csv", row(1))
    with held(path) as book:
        with pytest.raises(UsageError, match="another run"), held(path):
            pass
        book.append([row(2)])
    assert read(path).lines == 2


def test_a_booking_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = booked(tmp_path / "l.csv", row(1))
    before = path.read_bytes()

    def rows() -> Iterator[Row]:
        yield row(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), held(path) as book:
        book.append(rows())
    assert path.read_bytes() == before
    with held(path) as book:
        book.append([row(2)])
        book.take_back()
    assert path.read_bytes() == before
    with held(tmp_path / "none.csv"):
        pass
    assert not (tmp_path / "none.csv").exists()


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(books.STATES)), max_size=40))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_random_ledgers_stand_as_their_last_lines_say(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("l") / "l.csv"
    printed: set[int] = set()
    rows = []
    for number, state in events:
        if state in ("printed", "spare") and number in printed:
            continue
        printed.add(number)
        rows.append(row(number, state))
    booked(path, *rows)
    ledger = read(path) if rows else books.Ledger()
    for number in range(31):
        own = [r.state for r in rows if r.serial == G.text(number)]
        assert (ledger.issued("G", 7, number, number) is not None) == bool(own)


def test_on_windows_a_byte_that_no_ledger_reaches_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held_bytes: set[int] = set()

    def locking(descriptor: int, mode: int, count: int) -> None:
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        assert (mode, count) == (2, 1) and at > 2**30
        if at in held_bytes:
            raise OSError(errno.EACCES, "Permission denied")
        held_bytes.add(at)

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=2, locking=locking))
    monkeypatch.setattr(books.sys, "platform", "win32")
    with held(tmp_path / "l.csv") as book:
        book.append([row(1)])
        with pytest.raises(UsageError, match="another run"), held(tmp_path / "l.csv"):
            pass
    assert read(tmp_path / "l.csv").lines == 1
