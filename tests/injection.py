"""Ctrl-C and lack of memory at chosen lines of keytag, in one run that forks at each of them.

A trace function stops at a line, and a fork of the process goes on from there with an exception, while the process
itself waits, looks at the folder, the exit code and what was said, puts the files back and goes on. What an exception
costs is then only the way out. `tests/long/every_line.py` goes through all lines, `tests/job/test_injection.py` a few.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import keytag
from keytag import cli

HOME = Path(keytag.__file__).parent
ROSTER = """
job: {name: Small, date: 2020-05-18, edition: 05/2020, scheme: small.yaml}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113,
            chief: 0900.000.100, zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 40}
"""
SCHEME = """
name: small
sheet: {width: 230mm, height: 200mm}
gripper: {edge: bottom, depth: 10mm}
margins: {top: 18mm, right: 15mm, bottom: 6mm, left: 15mm}
gap: 6mm
work: sheetwise
"""
KINDS: dict[str, tuple[type[BaseException], int]] = {"interrupt": (KeyboardInterrupt, 130), "memory": (MemoryError, 4)}


class Line(NamedTuple):
    """A line of keytag: its file from the package, and its number."""

    file: str
    number: int


class Outcome(NamedTuple):
    """What was left of an attempt."""

    code: int
    folder: str  # "old", "new", or what is in it
    said: str
    beside: int  # folders of keytag's that lie beside the output folder
    unproven: bool  # whether one of them has no marker, so that nobody will sweep it


def _written_to(place: Path) -> bool:
    """Whether this process has a file below `place` open for writing."""
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            file, about = descriptor.readlink(), Path("/proc/self/fdinfo", descriptor.name).read_text()
        except OSError:  # the one that lists them
            continue
        flags = next(int(line.split()[1], 8) for line in about.splitlines() if line.startswith("flags:"))
        if flags & os.O_ACCMODE != os.O_RDONLY and place in file.parents:
            return True
    return False


class _Left(BaseException):
    """The way out of a run in the process that goes on."""


class Stage:
    """A scratch folder with a job that was made, and another that is to replace it."""

    def __init__(self, place: Path) -> None:
        self.place = place / "work"
        self.aside = place / "aside"
        self.place.mkdir()
        self.lines = place / "lines.json"
        self.said = place / "said"
        self.states: dict[str, dict[str, bytes]] = {}
        (self.place / "small.yaml").write_text(SCHEME)
        for name, text in (("new", ROSTER), ("old", ROSTER.replace("0900.000.102", "0900.000.109"))):
            (self.place / "contacts.yaml").write_text(text)
            shutil.rmtree(self.place / "out", ignore_errors=True)
            assert self._forked(None) == 0, self.said.read_text()
            self.states[name] = _state(self.place / "out")
        assert self.states["old"] != self.states["new"]
        (self.place / "contacts.yaml").write_text(ROSTER)

    def turns(self) -> dict[Line, int]:
        """Every line of keytag that an undisturbed run comes to, and how often; the old job is put back."""
        before = self._copied()
        turns: dict[Line, int] = {}

        def written() -> None:
            self.lines.write_text(json.dumps([(*line, count) for line, count in turns.items()]))

        assert self._forked(_recorder(turns), written) == 0, self.said.read_text()
        self._put_back(before)
        found = {Line(file, number): count for file, number, count in json.loads(self.lines.read_text())}
        last_word = _numbers(cli.run.__code__)  # before its `try` is nothing, and after it the process is gone
        return {line: n for line, n in found.items() if line.file != "cli/__init__.py" or line.number not in last_word}

    def attempts(self, chosen: Iterable[tuple[Line, int]], report: Callable[[Line, int, str, Outcome], None]) -> None:
        """One run that raises at each of the `chosen` lines' turns in forks of it; `report` gets what came out."""
        turns: dict[Line, set[int]] = {}
        for line, turn in chosen:
            turns.setdefault(line, set()).add(turn)

        def here(line: Line, turn: int) -> None:
            if _written_to(self.place):  # a fork would move the place in an open file of the run that goes on
                return
            before = self._copied()
            for kind, (error, _) in KINDS.items():
                child = os.fork()
                if child == 0:
                    sys.settrace(None)
                    self._listen()
                    raise error
                code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                report(line, turn, kind, self._outcome(code))
                self._put_back(before)

        code = self._run(_stopper(turns, here))
        assert code == 0, self.said.read_text()

    def _outcome(self, code: int) -> Outcome:
        state = _state(self.place / "out")
        name = next((name for name, known in self.states.items() if known == state), f"neither: {sorted(state)}")
        beside = tuple(sorted(p.name for p in self.place.iterdir() if p.name.startswith(".")))
        unproven = any(not (self.place / left / "KEYTAG.txt").exists() for left in beside)
        return Outcome(code, name, self.said.read_text(), len(beside), unproven)

    def _copied(self) -> Path:
        shutil.rmtree(self.aside, ignore_errors=True)
        shutil.copytree(self.place, self.aside, symlinks=True)
        return self.aside

    def _put_back(self, before: Path) -> None:
        for path in self.place.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(before, self.place, symlinks=True, dirs_exist_ok=True)

    def _listen(self) -> None:
        said = os.open(self.said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)

    def _run(self, tracer: Any) -> int:
        """keytag in this process; its exit code. The process is no use for more afterwards: its caches are full.

        A fork that is made on the way leaves for good, with its own exit code.
        """
        ours, leave = os.getpid(), os._exit

        def leaving(code: int) -> None:
            if os.getpid() != ours:
                leave(code)
            raise _Left(code)

        os.chdir(self.place)
        sys.argv = ["keytag", "impose", "contacts.yaml", "-o", "out"]
        os._exit = leaving  # type: ignore[assignment]
        sys.settrace(tracer)
        try:
            cli.run()
        except _Left as left:
            return int(left.args[0])
        finally:
            sys.settrace(None)
            os._exit = leave
            if os.getpid() != ours:
                leave(98)

    def _forked(self, tracer: Any, finish: Callable[[], None] = lambda: None) -> int:
        """The same in a fork, which leaves this process as it was."""
        child = os.fork()
        if child == 0:
            try:
                self._listen()
                code = self._run(tracer)
                finish()
                os._exit(code)
            finally:
                os._exit(99)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def wrong(outcome: Outcome, kind: str) -> str:
    """What is wrong with an outcome; empty where nothing is."""
    if outcome.folder.startswith("neither"):
        return f"the folder is {outcome.folder}"
    if outcome.unproven:
        return "a folder is left that nothing proves to be keytag's"
    if "Traceback" in outcome.said or "in keytag itself" in outcome.said:
        return f"it said {outcome.said[-300:]}"
    if outcome.code == 0:
        return "" if outcome.folder == "new" else "exit 0, and the old folder"
    wanted = KINDS[kind][1]
    return "" if outcome.code == wanted else f"exit {outcome.code}, {wanted} expected; {outcome.said[-300:]}"


def everything_imported() -> None:
    """Import all of keytag and what it asks for late, so that only work is left to do."""
    for module in pkgutil.walk_packages([str(HOME)], "keytag."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("pikepdf", "reportlab.pdfgen.canvas", "uharfbuzz", "qrcode", "PIL.Image", "typer"):
        importlib.import_module(name)


def _recorder(turns: dict[Line, int]) -> Any:
    home = f"{HOME}/"

    def tracer(frame: FrameType, event: str, _: object) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(home):
            return None

        def local(inner: FrameType, event: str, _: object) -> Any:
            if event == "line":
                line = Line(name[len(home) :], inner.f_lineno)
                turns[line] = turns.get(line, 0) + 1
            return local

        return local

    return tracer


def _stopper(turns: dict[Line, set[int]], here: Callable[[Line, int], None]) -> Any:
    """A trace function that calls `here` at the chosen turns of lines."""
    home = f"{HOME}/"
    numbers: dict[str, set[int]] = {}
    for line in turns:
        numbers.setdefault(home + line.file, set()).add(line.number)
    count: dict[Line, int] = {}

    def local(frame: FrameType, event: str, _: object) -> Any:
        if event == "line" and frame.f_lineno in numbers[frame.f_code.co_filename]:
            line = Line(frame.f_code.co_filename[len(home) :], frame.f_lineno)
            count[line] = count.get(line, 0) + 1
            if count[line] in turns[line]:
                here(line, count[line])
        return local

    def tracer(frame: FrameType, event: str, _: object) -> Any:
        wanted = numbers.get(frame.f_code.co_filename)
        return local if wanted and not wanted.isdisjoint(_numbers(frame.f_code)) else None

    return tracer


@cache
def _numbers(code: CodeType) -> frozenset[int]:
    return frozenset(line for _, _, line in code.co_lines() if line is not None)


def _state(folder: Path) -> dict[str, bytes]:
    files: Iterable[Path] = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
