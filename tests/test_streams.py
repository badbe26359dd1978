"""Whatever becomes of standard output and error, a verb does its work and keeps its exit code; words steer nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from keytag import cli
from keytag.cli import console, streams

ROSTER = str(Path(__file__).parent.parent / "contacts.yaml")
ESCAPE = "\x1b]0;title\x07\x1b[31m"


def run(*words: str, shell: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
    """keytag, with the redirections of `shell`."""
    script = f'exec "$@" {shell}'
    command = ["bash", "-c", script, "keytag", sys.executable, "-m", "keytag", *words]
    return subprocess.run(command, capture_output=True, env={**os.environ, **more}, timeout=120)


@pytest.mark.parametrize(
    ("encoding", "words", "code", "part"),
    [
        ("cp1252", ["plan", ROSTER], 0, "thị trấn Đak Đoa"),
        ("cp1258", ["check", ROSTER, "--on", "2025-06-01", "--lang", "vi"], 1, "cảnh báo: "),
        ("latin-1", ["explain", "not-nfc", "--lang", "vi"], 0, "cảnh báo"),
    ],
)
def test_a_code_page_that_lacks_letters_gets_the_nearest(encoding: str, words: list[str], code: int, part: str) -> None:
    done = run(*words, PYTHONIOENCODING=encoding)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr and b"internal" not in done.stderr
    text = done.stdout.decode(encoding)
    assert part.encode(encoding, streams._nearest(encoding)).decode(encoding) in text


def test_machines_get_utf_8_whatever_the_code_page() -> None:
    done = run("plan", ROSTER, "--format", "json", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0 and '"thi-tran-dak-doa"' in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("text", "encoding", "wanted"),
    [
        ("thị trấn Đak Đoa, Hải", "cp1252", "thi trân Dak Doa, Hai"),
        ("thị trấn Đak Đoa, Hải", "cp1258", "thị trấn Đak Đoa, Hải"),  # whole: a letter and its mark
        ("một tệp, ỔẶ", "cp1258", "một tệp, ỔẶ"),  # its shape first, then its tone
        ("một tệp", "cp1252", "môt têp"),
        ("3 × 4 → 12 …", "ascii", "3 x 4 -> 12 ..."),
        ("漢\udcff a\u0301", "latin-1", "?\\udcff a"),
        ("xã \udcff", "utf-8", "xã \\udcff"),
    ],
)
def test_the_nearest_letters(text: str, encoding: str, wanted: str) -> None:
    import unicodedata

    got = text.encode(encoding, streams._nearest(encoding)).decode(encoding)
    assert unicodedata.normalize("NFC", got) == wanted


@pytest.mark.parametrize("shell", [">&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_closed_streams_change_no_exit_code(shell: str, tmp_path: Path) -> None:
    assert run("check", ROSTER, "--on", "2025-06-01", shell=shell).returncode == 1
    if shell.startswith("<"):  # no file may take the number of a closed stream, and what is printed with it
        out = tmp_path / "out"
        assert run("impose", ROSTER, "-o", str(out), shell=shell).returncode == 0
        assert run("impose", ROSTER, "-o", str(tmp_path / "again")).returncode == 0
        assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == {
            p.name: p.read_bytes() for p in (tmp_path / "again").iterdir() if p.is_file()
        }


def test_a_reader_who_has_had_enough_changes_no_exit_code() -> None:
    for words, code in ((["check", ROSTER, "--on", "2025-06-01"], 1), (["explain"], 0)):
        read, write = os.pipe()
        os.close(read)
        command = [sys.executable, "-m", "keytag", *words]
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, timeout=60)
        os.close(write)
        assert done.returncode == code and b"Broken pipe" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", f"{ESCAPE}.yaml"], 3),
        ([f"che{ESCAPE}ck"], 2),
        (["check", f"--fo{ESCAPE}"], 2),
        (["check", "--format", ESCAPE], 2),
        (["check", ROSTER, "--unit", ESCAPE], 2),
        (["check", ROSTER, "--on", ESCAPE], 2),
        (["explain", ESCAPE], 2),
        (["impose", ROSTER, "-o", f"/dev/null/{ESCAPE}"], 4),
        (["verify", ESCAPE], 3),
        (["plan", ROSTER, "--optimise", ESCAPE], 2),
    ],
)
def test_words_of_the_command_line_never_steer_a_terminal(
    words: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["keytag", *words])
    with pytest.raises(SystemExit) as leave:
        cli.main()
    said = "".join(capfd.readouterr())
    assert leave.value.code == code, said
    assert "\x1b" not in said and "\x07" not in said and "Traceback" not in said


def test_a_dumb_terminal_gets_neither_colour_nor_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for name, wanted in (("xterm", True), ("dumb", False)):
        monkeypatch.setenv("TERM", name)
        assert console.colourful(terminal) is wanted
        with console.progress("imposing", 2) as advance:
            advance("one")
        assert bool(terminal.getvalue()) is wanted
        terminal.truncate(0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not console.colourful(terminal)


def _raise(error: BaseException) -> Callable[[], int]:
    def raising() -> int:
        raise error

    return raising


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "keytag: interrupted"),
        (MemoryError(), 4, "keytag: out of memory"),
        (ZeroDivisionError("by nothing"), 70, "an error in keytag itself, "),
        (FileNotFoundError(2, "No such file or directory", "/nowhere"), 4, "keytag: /nowhere: No such file"),
    ],
)
def test_nothing_that_is_no_finding_ends_with_1_or_a_traceback(
    error: BaseException, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_run", _raise(error))
    with pytest.raises(SystemExit) as leave:
        cli.main()
    assert leave.value.code == code
    said = capfd.readouterr().err
    assert words in said and "Traceback" not in said


def test_what_several_units_share_is_said_once_by_every_verb(tmp_path: Path) -> None:
    """`check` and the verbs that make files show the same findings in the same words."""
    checked = run("check", ROSTER).stdout.decode()
    (shared,) = [line for line in checked.splitlines() if "[numbers-many]" in line]
    assert ": note: 3 units (" in shared
    assert shared in run("zalo", ROSTER, "-o", str(tmp_path / "zalo")).stdout.decode().splitlines()
