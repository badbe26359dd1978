"""The command line: help, exit codes, one clear line an error, and what start-up may not import."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from keytag.cli import app

HERE = Path(__file__).parent
VERBS = (
    "check",
    "render",
    "plan",
    "impose",
    "reprint",
    "ledger",
    "films",
    "verify",
    "site",
    "zalo",
    "handout",
    "explain",
    "schema",
    "migrate",
    "template",
    "scheme",
    "init",
    "import",
    "export",
    "set",
    "diff",
    "preview",
)
ROSTER = str(HERE.parent / "contacts.yaml")


def run(*words: str, cwd: Path | None = None, width: str = "100") -> subprocess.CompletedProcess[str]:

    environment = {**os.environ, "COLUMNS": width, "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "keytag", *words], cwd=cwd, capture_output=True, text=True, env=environment, timeout=120
    )


def test_every_verb_has_its_snapshot() -> None:
    assert set(VERBS) == set(app.VERBS)
    assert {path.stem for path in (HERE / "help").glob("*.txt")} == {"keytag", *VERBS}


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_as_it_was_agreed(verb: str) -> None:
    """Help is a contract: `python -m tests.test_cli` writes the snapshots anew when it is meant to change."""
    words = [verb] if verb else []
    snapshot = HERE / "help" / f"{verb or 'keytag'}.txt"
    assert run(*words, "--help").stdout == snapshot.read_text()
    assert "list[" not in snapshot.read_text(), "help speaks to people: <path>, not <list[Path]>"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["check", "nothing.yaml"], 3, "keytag: nothing.yaml: no such file"),
        (["check"], 3, "keytag: there is no contacts.yaml in this folder"),
        (["chekc"], 2, "No such command 'chekc'"),
        (["check", ROSTER, "--format", "pdf"], 2, "pdf"),
        (["check", ROSTER, "--on", "tomorrow"], 2, "is no day"),
        (["check", ROSTER, "--unit", "xa-glra"], 2, "there is no unit 'xa-glra'"),
        (["render", ROSTER, "--unit", "Nowhere"], 2, "there is no unit 'Nowhere'"),
        (["explain", "old-area-cod"], 2, "old-area-code"),
        (["check", ROSTER, "--on", "2025-06-01"], 1, "1 error"),
        (["impose", ROSTER, "-o", "/"], 2, "root of a disk"),
        (["verify", "nowhere"], 3, "nowhere"),
    ],
)
def test_wrong_words_are_answered_with_one_clear_line(
    words: list[str], code: int, message: str, tmp_path: Path
) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["explain"], ["plan", ROSTER], ["check", ROSTER, "--format", "json"]])
def test_output_that_cannot_be_written_is_one_clear_line(words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "keytag", *words]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1] == "keytag: the output cannot be written: No space left on device"
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_verb_that_makes_files_has_made_them_whatever_becomes_of_its_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "keytag", "migrate", ROSTER, "-o", "new.yaml"]
    for code in (0, 2):  # made; and there already
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
        assert done.returncode == code, done.stderr
        assert (tmp_path / "new.yaml").is_file()
    command[3:] = ["render", ROSTER, "--unit", "Glar", "-o", "out"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "keytag: the output cannot be written: No space left on device"
    assert list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("words", [["check", ROSTER, "-o"], ["migrate", ROSTER, "-o"]])
def test_a_report_never_takes_the_place_of_a_pipe_or_device(words: list[str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        done = run(*words, name, cwd=tmp_path)
        assert done.returncode == 2 and name in done.stderr, done.stderr
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode) and (tmp_path / "folder").is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]


def test_impose_and_render_refuse_while_the_check_finds_errors(tmp_path: Path) -> None:
    bad = Path(ROSTER).read_text().replace("duty: 0269.3000.201", "duty: 0269.3O00.201")
    (tmp_path / "contacts.yaml").write_text(bad)
    done = run("impose", cwd=tmp_path)
    assert done.returncode == 1 and "[number-characters]" in done.stdout
    assert "nothing was made" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["contacts.yaml"]


def test_a_pipe_gets_neither_colour_nor_progress(tmp_path: Path) -> None:
    done = run("impose", ROSTER, cwd=tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr and "\r" not in done.stderr
    assert done.stderr.count("\n") == 1


LATE = {
    "help": (
        "yaml",
        "uharfbuzz",
        "pikepdf",
        "reportlab",
        "pypdfium2",
        "PIL",
        "numpy",
        "qrcode",
        "fontTools",
        "zxingcpp",
        "pydantic",
    ),
    "check": (
        *("pikepdf", "reportlab", "pypdfium2", "numpy", "fontTools", "zxingcpp", "pydantic", "jsonschema"),
        *("qrcode", "PIL", "typer"),  # typer where there are options to parse
        *("keytag.files.catalogues", "keytag.cli.helping", "keytag.cli.foreign"),  # another language's
    ),
    "impose": ("pypdfium2", "numpy", "fontTools", "zxingcpp", "pydantic", "typer"),
}


@pytest.mark.parametrize("verb", LATE)
def test_start_up_imports_no_more_than_it_needs(verb: str, tmp_path: Path) -> None:
    words = {"help": ["--help"], "check": ["check", ROSTER], "impose": ["impose", ROSTER]}[verb]
    script = (
        "import sys\n"
        f"sys.argv = ['keytag', *{words!r}]\n"
        "from keytag.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"late = [m for m in {LATE[verb]!r} if m in sys.modules]\n"
        "print(late, file=sys.stderr)\nraise SystemExit(bool(late))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def write_snapshots() -> None:
    (HERE / "help").mkdir(exist_ok=True)
    for verb in ("", *VERBS):
        (HERE / "help" / f"{verb or 'keytag'}.txt").write_text(run(*([verb] if verb else []), "--help").stdout)


if __name__ == "__main__":
    write_snapshots()
