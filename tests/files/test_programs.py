"""External programs: found, old enough, run without a shell and within their time, and reached through one door."""

from __future__ import annotations

import ast
import os
import time
from pathlib import Path

import pytest

from keytag.base.errors import MissingToolError, ToolFailedError
from keytag.files import programs
from keytag.files.programs import Program

KEYTAG = Path(programs.__file__).parent.parent
TOOL = Program("Measure", ("measure-it", "measure64"), (2, 3), "Debian: apt-get install measure")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that stands first on the PATH."""
    shelf = tmp_path / "a shelf %d; x"
    shelf.mkdir()
    monkeypatch.setenv("PATH", f"{shelf}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return shelf


def put(shelf: Path, body: str, name: str = "measure-it", version: str = "2.10.1") -> None:
    program = shelf / name
    program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && {{ echo measure {version}; exit; }}\n{body}\n')
    program.chmod(0o755)


def test_what_is_not_there_or_too_old_is_said_with_how_to_get_it(shelf: Path) -> None:
    assert programs.why_not(TOOL) == "Measure is not installed (Debian: apt-get install measure)"
    with pytest.raises(MissingToolError, match="is not installed"):
        programs.run(TOOL, [], seconds=5)
    put(shelf, "", "measure64", "2.2")
    reason = "Measure 2.2 is too old, 2.3 is needed (Debian: apt-get install measure)"
    assert programs.why_not(TOOL) == reason
    with pytest.raises(MissingToolError, match="too old") as caught:
        programs.run(TOOL, [], seconds=5)
    assert caught.value.exit_code == 5
    put(shelf, "")
    assert programs.why_not(TOOL) == "" and programs.version(TOOL) == (2, 10, 1)


def test_words_pass_no_shell_and_the_locale_is_fixed(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, 'cat; printf "%s|" "$@" "$LC_ALL" "$GS_OPTIONS" "$OMP_THREAD_LIMIT"; echo oops >&2; exit 3')
    monkeypatch.setenv("GS_OPTIONS", "-dNOSAFER")
    done = programs.run(
        TOOL, ["; touch x", "$HOME"], seconds=5, folder=shelf, files=["in.pdf"], given=b"in ", threads=1
    )
    assert done == (3, b"in ; touch x|$HOME|in.pdf|C||1|", "oops\n")
    assert not (shelf / "x").exists()


@pytest.mark.parametrize("name", ["-dNOSAFER", "@list", "p%d.pdf", "../in.pdf", "a/b", "", "in put", "in\n", "|id"])
def test_a_name_that_a_program_may_misread_is_never_given(shelf: Path, name: str) -> None:
    put(shelf, "")
    with pytest.raises(ValueError, match="no safe name"):
        programs.run(TOOL, [], seconds=5, folder=shelf, files=[name])


def test_a_program_that_does_not_end_is_killed(shelf: Path) -> None:
    put(shelf, "exec sleep 60")
    began = time.monotonic()
    with pytest.raises(ToolFailedError, match=r"Measure was not done after 0\.3 s"):
        programs.run(TOOL, [], seconds=0.3)
    assert time.monotonic() - began < 10


def test_the_working_folder_is_no_place_for_programs(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, "")
    monkeypatch.chdir(shelf)
    monkeypatch.setenv("PATH", f".{os.pathsep}/usr/bin")
    assert programs.located(TOOL) is None


def test_keytags_own_work_in_a_process_of_its_own_may_run_out_of_time() -> None:
    done = programs.own("this", [], seconds=60)
    assert done.code == 0 and done.out.startswith(b"The Zen")
    late = programs.own(
        "timeit", ["-n", "1", "import sys, time; sys.stdout.write('a'); sys.stdout.flush(); time.sleep(60)"], seconds=3
    )
    assert late.code == -1 and late.out == b"a"


def test_nobody_else_starts_programs() -> None:
    for path in KEYTAG.rglob("*.py"):
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [node.attr]
                if isinstance(node, ast.Attribute) and node.attr in ("which", "popen", "system")
                else []
            )
        }
        forbidden = names & {"subprocess", "which", "popen", "system", "pty"}
        assert not forbidden or path.name == "programs.py", (path, forbidden)
