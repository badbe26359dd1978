"""External programs behind one door: is it there, how old is it, how to get it, and a run with a time limit.

No shell ever sees a word. A program works in a folder of its own, on files with names that it cannot take for options,
patterns or lists (Ghostscript reads `%d` in any path and `@name` as a file of options), with a fixed locale.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from keytag.base.errors import MissingToolError, ToolFailedError
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import say

_PROBE_SECONDS = 20.0
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LED_ASTRAY = ("GS_OPTIONS",)  # changes what Ghostscript does without a word of ours


class Program(NamedTuple):
    """One program: what people call it, its commands (the first that is there is run), the oldest that will do."""

    title: str
    commands: tuple[str, ...]
    oldest: tuple[int, ...]
    get: str


class Done(NamedTuple):
    """How a run ended: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: str


GHOSTSCRIPT = Program(
    "Ghostscript",
    ("gs", "gswin64c", "gswin32c"),
    (9, 50),  # reads strangers' files without -dSAFER only up to 9.49
    say("Debian: apt-get install ghostscript; macOS: brew install ghostscript; Windows: ghostscript.com"),
)
TESSERACT = Program(
    "tesseract",
    ("tesseract",),
    (4, 1),  # the first whose neural engine keeps to a list of characters
    say(
        "Debian: apt-get install tesseract-ocr; macOS: brew install tesseract; "
        "Windows: github.com/UB-Mannheim/tesseract"
    ),
)
ZBAR = Program("zbar", ("zbarimg",), (0, 23), say("Debian: apt-get install zbar-tools; macOS: brew install zbar"))
GIT = Program(
    "git",
    ("git",),
    (2, 24),  # the first with --end-of-options
    say("Debian: apt-get install git; macOS: xcode-select --install; Windows: git-scm.com"),
)
PROGRAMS = (GHOSTSCRIPT, TESSERACT, ZBAR, GIT)


def located(program: Program) -> Path | None:
    """Where the program stands on the PATH (never in the working folder alone); None where it is not there."""
    for command in program.commands:
        found = shutil.which(command)
        if found is None:
            continue
        place = Path(found)
        if place.is_absolute():  # a relative entry of the PATH is the working folder's, where strangers' files lie
            return place
    return None


def version(program: Program) -> tuple[int, ...]:
    """The installed version; empty where the program is not there or does not say."""
    place = located(program)
    return () if place is None else _asked(place)


@lru_cache(maxsize=32)
def _asked(place: Path) -> tuple[int, ...]:
    """What a program answers to `--version`: `gs` writes `10.00.0`, tesseract and zbarimg much the same."""
    try:
        done = _spawn([str(place), "--version"], _PROBE_SECONDS, None, b"", None)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    numbers = re.search(rb"\d+(?:\.\d+)+", done.stdout + b"\n" + done.stderr)
    return () if numbers is None else tuple(int(n) for n in numbers[0].split(b"."))


def why_not(program: Program) -> str:
    """Why the program cannot be used and how to get it, in one line; empty where it can."""
    if located(program) is None:
        return say("{program} is not installed ({get})", program=program.title, get=program.get)
    found = version(program)
    if not found:
        return say("{program} does not start ({get})", program=program.title, get=program.get)
    if found < program.oldest:
        return say(
            "{program} {dotted} is too old, {dotted2} is needed ({get})",
            program=program.title,
            dotted=_dotted(found),
            dotted2=_dotted(program.oldest),
            get=program.get,
        )
    return ""


def run(
    program: Program,
    words: Sequence[str],
    *,
    seconds: float,
    folder: Path | None = None,
    files: Sequence[str] = (),
    given: bytes = b"",
    threads: int | None = None,
) -> Done:
    """Run the program on `words` and then `files`, names inside `folder`, which it works in; `given` is its input.

    `threads` limits those of OpenMP. Raises `MissingToolError` where it is not there or too old, `ToolFailedError`
    where it is not done after `seconds` (it is killed then) or cannot be started. The exit code is for the caller.
    """
    place, why = located(program), why_not(program)
    if place is None or why:
        raise MissingToolError(why)
    command = [str(place), *words, *(safe_name(name) for name in files)]
    try:
        done = _spawn(command, seconds, folder, given, threads)
    except subprocess.TimeoutExpired as error:
        raise ToolFailedError(
            say("{program} was not done after {seconds:g} s", program=program.title, seconds=seconds)
        ) from error
    except OSError as error:
        raise ToolFailedError(
            say("{program} cannot be started: {reason}", program=program.title, reason=reason(error))
        ) from error
    return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def own(module: str, words: Sequence[str], *, seconds: float, given: bytes = b"") -> Done:
    """A module of keytag's own as a process of its own, for work that may take all memory or never end.

    Where it is not done after `seconds` its code is -1, and what it wrote until then is there.
    """
    try:
        done = _spawn([sys.executable, "-P", "-m", module, *words], seconds, None, given, None)
    except subprocess.TimeoutExpired as error:
        return Done(-1, error.stdout or b"", (error.stderr or b"").decode("utf-8", "replace"))
    return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def safe_name(name: str) -> str:
    """`name`, which no program can take for anything but a file in its folder; a `ValueError` for another."""
    if _SAFE.fullmatch(name) is None:
        raise ValueError(say("{name!r} is no safe name to give to a program: letters, digits, . _ - only", name=name))
    return name


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A private folder for one run, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="keytag-") as place:
        yield Path(place)


def _spawn(
    command: Sequence[str], seconds: float, folder: Path | None, given: bytes, threads: int | None
) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key not in _LED_ASTRAY}
    environment["LC_ALL"] = "C"
    if threads is not None:
        environment["OMP_THREAD_LIMIT"] = str(threads)
    return subprocess.run(
        command, input=given, capture_output=True, timeout=seconds, check=False, cwd=folder, env=environment
    )


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in numbers)
