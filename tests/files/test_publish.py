"""A folder appears whole or not at all, and nobody's own files are lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from keytag.base.errors import OutputError, UsageError
from keytag.files import publish


def fill(target: Path, files: dict[str, str], *, keep: bool = False) -> None:
    with publish.staging(target, "job.json", keep=keep) as stage:
        for name, text in files.items():
            stage.write(name, text.encode())
        stage.write("job.json", json.dumps({"files": [{"name": name} for name in files]}).encode())


def contents(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_new_folder_replaces_the_old_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1", "sheets/b.pdf": "1"})
    fill(target, {"c.pdf": "2"})
    assert set(contents(target)) == {"c.pdf", "job.json"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_partial_run_keeps_what_the_last_one_made(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.png": "1", "b.png": "1"})
    fill(target, {"b.png": "2"}, keep=True)
    assert contents(target)["a.png"] == "1" and contents(target)["b.png"] == "2"


def test_a_persons_own_files_are_carried_over(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    (target / "notes").mkdir()
    (target / "notes" / "mine.txt").write_text("call the factory")
    fill(target, {"b.pdf": "2"})
    assert contents(target)["notes/mine.txt"] == "call the factory"


def test_a_failure_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    with pytest.raises(RuntimeError), publish.staging(target, "job.json") as stage:
        stage.write("b.pdf", b"half")
        raise RuntimeError
    assert set(contents(target)) == {"a.pdf", "job.json"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_somebody_elses_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(UsageError, match="keytag did not make"), publish.staging(tmp_path, "job.json"):
        pass
    assert contents(tmp_path) == {"thesis.tex": "years of work"}


def test_the_root_and_a_file_are_no_output_folders(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="root of a disk"), publish.staging(Path("/"), "job.json"):
        pass
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UsageError, match="is not a folder"), publish.staging(tmp_path / "out", "job.json"):
        pass


def test_what_a_killed_run_left_behind_is_swept_away(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    script = (
        "import os, sys; from pathlib import Path; from keytag.files import publish\n"
        "with publish.staging(Path(sys.argv[1]), 'job.json') as stage:\n"
        "    stage.write('half.pdf', b'x'); os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(target)])
    assert killed.returncode == -9
    assert len(list(tmp_path.iterdir())) == 2
    assert set(contents(target)) == {"a.pdf", "job.json"}
    fill(target, {"b.pdf": "2"})
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_living_run_is_not_swept_away(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with publish.staging(target, "job.json") as first:
        first.write("a.pdf", b"1")
        fill(target, {"b.pdf": "2"})
        first.write("job.json", json.dumps({"files": [{"name": "a.pdf"}]}).encode())
    assert set(contents(target)) == {"a.pdf", "job.json"}  # the last to finish, whole


def test_systems_that_cannot_exchange_move_the_old_folder_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda a, b: False)
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    fill(target, {"b.pdf": "2"})
    assert set(contents(target)) == {"b.pdf", "job.json"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_old_folder_left_aside_by_a_kill_is_put_back(tmp_path: Path) -> None:
    aside = tmp_path / ".out.keytag-abc.old"
    aside.mkdir()
    (aside / "job.json").write_text('{"files": []}')
    (aside / "mine.txt").write_text("kept")
    fill(tmp_path / "out", {"a.pdf": "1"})
    assert contents(tmp_path / "out")["mine.txt"] == "kept"


def test_a_refusing_file_system_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device; nothing was changed") as caught:
        fill(target, {"b.pdf": "2"})
    assert caught.value.exit_code == 4 and "free some space" in caught.value.hint
    monkeypatch.undo()
    assert set(contents(target)) == {"a.pdf", "job.json"}


def test_a_page_about_the_folder_is_not_carried_into_the_next(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    (target / "verification.pdf").write_text("of the old job")
    with publish.staging(target, "job.json", beside=("verification.pdf",)) as stage:
        stage.write("job.json", b'{"files": []}')
    assert set(contents(target)) == {"job.json"}
