"""A folder appears whole or not at all, and nobody's own files are lost."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from keytag.base.callbacks import NothingLost
from keytag.base.errors import OutputError, UsageError
from keytag.files import publish, seal, workshop

FILL = (
    "import os, sys; from pathlib import Path; from keytag.files import publish\n"
    "with publish.staging(Path(sys.argv[1]), 'job.json') as stage:\n"
    "    stage.write('half.pdf', b'x'); os.kill(os.getpid(), 9)\n"
)


def manifest(files: dict[str, str]) -> bytes:
    listed = [{"name": name, "sha256": hashlib.sha256(text.encode()).hexdigest()} for name, text in files.items()]
    return seal.sealed(json.dumps({"files": listed, seal.KEY: seal.BLANK}).encode())


def fill(target: Path, files: dict[str, str], *, keep: bool = False) -> None:
    with publish.staging(target, "job.json", keep=keep, beside=("page.pdf",)) as stage:
        for name, text in files.items():
            stage.write(name, text.encode())
        stage.write("job.json", manifest(files))


def contents(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def page(text: str) -> bytes:
    return seal.sealed(f"{text} /KTSeal ({seal.BLANK})".encode())


def test_a_new_folder_replaces_the_old_one_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1", "sheets/b.pdf": "1"})
    fill(target, {"c.pdf": "2"})
    assert {p.name for p in target.iterdir()} == {"c.pdf", "job.json"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_partial_run_keeps_what_the_last_one_made(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.png": "1", "b.png": "1", "view/c.png": "1"})
    fill(target, {"b.png": "2"}, keep=True)
    assert contents(target).items() >= {"a.png": "1", "b.png": "2", "view/c.png": "1"}.items()


def test_everything_of_a_persons_is_kept_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1", "view/a.png": "1"})
    for name in ("notes", "view/empty", "empty/within", "shared"):
        (target / name).mkdir(parents=True)
    (target / "notes" / "mine.txt").write_text("call the factory")
    (target / "view" / "mine.txt").write_text("mine too")
    (target / "link").symlink_to("notes")
    (target / "dangling").symlink_to("nowhere")
    os.mkfifo(target / "pipe")
    (target / "shared").chmod(0o2770)
    before = (target / "notes" / "mine.txt").stat()
    fill(target, {"b.pdf": "2"})
    assert contents(target).items() >= {"notes/mine.txt": "call the factory", "view/mine.txt": "mine too"}.items()
    assert (target / "view" / "empty").is_dir() and (target / "empty" / "within").is_dir()
    assert (target / "link").readlink() == Path("notes") and (target / "dangling").is_symlink()
    assert stat.S_ISFIFO((target / "pipe").stat().st_mode)
    assert (target / "shared").stat().st_mode & 0o7777 == 0o2770
    assert (target / "notes" / "mine.txt").stat()[:4] == before[:4]  # the very same file, whoever has it open
    assert not (target / "a.pdf").exists() and not (target / "view" / "a.png").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def _edit(name: str) -> Callable[[Path], object]:
    return lambda out: (out / name).write_text("a scan of mine")


def _folder(name: str) -> Callable[[Path], object]:
    return lambda out: (out / name).mkdir()


def _unseal(out: Path) -> None:
    (out / "job.json").write_bytes((out / "job.json").read_bytes().replace(b'"files"', b' "files"'))


CHANGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "an own file of a name that comes": (_edit("c.pdf"), "c.pdf"),
    "an own file where a folder comes": (_edit("view"), "view"),
    "an own folder of a name that comes": (_folder("c.pdf"), "c.pdf"),
    "a link of a name that comes": (lambda out: (out / "c.pdf").symlink_to("elsewhere"), "c.pdf"),
    "an edited file that is made again": (_edit("a.pdf"), "a.pdf"),
    "an edited file that is not made again": (_edit("b.pdf"), "b.pdf"),
    "a folder in the place of a file": (lambda out: ((out / "b.pdf").unlink(), (out / "b.pdf").mkdir()), "b.pdf"),
    "a page about the folder that is a scan": (_edit("page.pdf"), "page.pdf"),
    "an edited manifest": (_unseal, "job.json"),
    "another program's manifest": (lambda out: (out / "job.json").write_text('{"files": []}'), "job.json"),
    "no JSON": (lambda out: (out / "job.json").write_text("[" * 100_000), "job.json"),
    "a manifest that is a link": (
        lambda out: ((out / "job.json").rename(out / "x"), (out / "job.json").symlink_to("x")),
        "job.json",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_name_of_keytags_with_other_bytes_stops_it_and_nothing_changes(tmp_path: Path, what: str) -> None:
    change, name = CHANGED[what]
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1", "b.pdf": "1"})
    change(target)
    before = contents(target)
    with pytest.raises(UsageError, match="keytag") as caught:
        fill(target, {"a.pdf": "2", "c.pdf": "2", "view/d.png": "2"})
    assert name in caught.value.message and "nothing was changed" in caught.value.hint
    assert contents(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_that_change_while_it_works_are_noticed(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    for name in ("a.pdf", "c.pdf"):
        with (
            pytest.raises(UsageError, match=name),
            publish.staging(target, "job.json") as stage,
        ):
            stage.write("c.pdf", b"2")
            stage.write("job.json", manifest({"c.pdf": "2"}))
            (target / name).write_text("mine")
        assert contents(target)[name] == "mine"
        (target / name).write_text("1") if name == "a.pdf" else (target / name).unlink()
    assert contents(target)["a.pdf"] == "1"


def test_a_failure_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    with pytest.raises(RuntimeError), publish.staging(target, "job.json") as stage:
        stage.write("b.pdf", b"half")
        raise RuntimeError
    assert set(contents(target)) == {"a.pdf", "job.json"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_a_callback_of_a_c_library_dropped_fails_the_run(tmp_path: Path) -> None:
    """Also where nobody watches the call itself, and for users of the library."""
    interrupted = ctypes.CFUNCTYPE(None)(lambda: signal.raise_signal(signal.SIGINT))
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    hook = sys.unraisablehook
    with pytest.raises(KeyboardInterrupt), publish.staging(target, "job.json") as stage:
        interrupted()
        stage.write("b.pdf", b"2")
    assert set(contents(target)) == {"a.pdf", "job.json"}
    with pytest.raises(KeyboardInterrupt), NothingLost():  # dropped before the folder was begun
        interrupted()
        fill(target, {"b.pdf": "2"})
    assert set(contents(target)) == {"a.pdf", "job.json"}
    assert sys.unraisablehook == hook
    fill(target, {"b.pdf": "2"})


def test_a_folder_of_somebody_elses_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(UsageError, match="keytag did not make"), publish.staging(tmp_path, "job.json"):
        pass
    assert contents(tmp_path) == {"thesis.tex": "years of work"}


def test_the_root_a_file_and_a_link_are_no_output_folders(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "broken").symlink_to("nowhere")
    for name, words in {
        "/": "root of a disk",
        "out": "is not a folder",
        "link": "a link to a folder",
        "broken": "a link",
    }.items():
        with pytest.raises(UsageError, match=words), publish.staging(tmp_path / name, "job.json"):
            pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["broken", "link", "out", "real"]


@pytest.mark.parametrize("name", ["out", "out[1]", "*", "n" * 240, "đ" * 120])
def test_what_a_killed_run_left_behind_is_swept_away(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    fill(target, {"a.pdf": "1"})
    killed = subprocess.run([sys.executable, "-c", FILL, str(target)])
    assert killed.returncode == -9
    assert len(list(tmp_path.iterdir())) == 2
    assert set(contents(target)) == {"a.pdf", "job.json"}
    fill(target, {"b.pdf": "2"})
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_only_leftovers_with_keytags_own_marker_are_swept(tmp_path: Path) -> None:
    target = tmp_path / "out"
    subprocess.run([sys.executable, "-c", FILL, str(target)])
    (left,) = tmp_path.iterdir()
    marker = (left / workshop.MARKER).read_bytes()
    planted = [tmp_path / name for name in (".out.keytag-x.old", ".out.keytag-0123456789ab", ".out.keytag-copy")]
    for folder in planted:
        (folder / "new").mkdir(parents=True)
        (folder / "job.json").write_bytes(manifest({}))
        (folder / "mine.txt").write_text("mine")
    (planted[2] / workshop.MARKER).write_bytes(marker)  # of another folder
    (tmp_path / ".out.keytag-file").write_text("mine")
    (tmp_path / ".out.keytag-link").symlink_to(left, target_is_directory=True)
    fill(target, {"a.pdf": "1"})
    assert not left.exists() and set(contents(target)) == {"a.pdf", "job.json"}
    assert all((folder / "mine.txt").read_text() == "mine" for folder in planted)
    assert (tmp_path / ".out.keytag-file").exists() and (tmp_path / ".out.keytag-link").is_symlink()


def test_a_living_run_is_not_swept_away(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with publish.staging(target, "job.json") as first:
        first.write("a.pdf", b"1")
        fill(target, {"b.pdf": "2"})
        first.write("job.json", manifest({"a.pdf": "1"}))
    assert set(contents(target)) == {"a.pdf", "job.json"}  # the last to finish, whole


def test_systems_that_cannot_exchange_move_the_old_folder_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "exchange", lambda a, b: False)
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    fill(target, {"b.pdf": "2"})
    assert set(contents(target)) == {"b.pdf", "job.json"}
    rename = Path.rename
    monkeypatch.setattr(Path, "rename", lambda self, to: 1 / 0 if self.name == "new" else rename(self, to))
    with pytest.raises(ZeroDivisionError):
        fill(target, {"c.pdf": "3"})
    assert set(contents(target)) == {"b.pdf", "job.json"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_old_folder_that_a_killed_run_moved_aside_is_put_back(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    (target / "mine.txt").write_text("kept")
    script = (
        "from keytag.files import workshop\n"
        "workshop.exchange = lambda a, b: False\n"
        "rename = Path.rename\n"
        "Path.rename = lambda self, to: os.kill(os.getpid(), 9) if self.name == 'new' else rename(self, to)\n"
    )
    head, body = FILL.split("\n", 1)
    subprocess.run(
        [sys.executable, "-c", f"{head}\n{script}{body}".replace("; os.kill(os.getpid(), 9)", ""), str(target)]
    )
    assert not target.exists()
    fill(target, {"b.pdf": "1"})
    assert contents(target)["mine.txt"] == "kept" and [p.name for p in tmp_path.iterdir()] == ["out"]


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


def test_a_folder_that_cannot_be_read_is_said_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    (target / "locked").mkdir()
    scan = os.scandir

    def refused(path: object) -> object:  # root may read everything
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(OutputError, match="locked: cannot be read"):
        fill(target, {"b.pdf": "2"})
    monkeypatch.undo()
    assert set(contents(target)) == {"a.pdf", "job.json"} and (target / "locked").is_dir()


def test_everything_is_on_the_disk_before_the_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, exchange = os.fsync, workshop.exchange

    def synced(descriptor: int) -> None:
        steps.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    def swapped(a: Path, b: Path) -> bool:
        steps.append("swap")
        return exchange(a, b)

    fill(tmp_path / "out", {"a.pdf": "1"})
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(workshop, "exchange", swapped)
    fill(tmp_path / "out", {"a.pdf": "2", "view/b.png": "2"})
    assert steps == ["a.pdf", "b.png", "job.json", "new", "view", "swap", tmp_path.name]


@pytest.mark.parametrize("mask", [0o077, 0o002, 0o027])
def test_permissions_follow_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        fill(tmp_path / "out", {"view/a.pdf": "1"})
        publish.write_file(tmp_path / "page.pdf", page("1"))
    finally:
        os.umask(before)
    for name, most in {"out": 0o777, "out/view": 0o777, "out/view/a.pdf": 0o666, "page.pdf": 0o666}.items():
        assert (tmp_path / name).stat().st_mode & 0o777 == most & ~mask, name


def test_a_page_about_the_folder_is_not_carried_into_the_next(tmp_path: Path) -> None:
    target = tmp_path / "out"
    fill(target, {"a.pdf": "1"})
    publish.write_file(target / "page.pdf", page("of the old job"))
    fill(target, {"b.pdf": "1"})
    assert set(contents(target)) == {"b.pdf", "job.json"}


def test_a_page_replaces_only_what_keytag_wrote(tmp_path: Path) -> None:
    place = tmp_path / "page.pdf"
    publish.write_file(place, page("1"))
    publish.write_file(place, page("2"))
    assert place.read_bytes() == page("2")
    (tmp_path / "contacts.yaml").write_text("job: {}")
    (tmp_path / "signed.pdf").write_bytes(page("1") + b"and signed")
    (tmp_path / "link.pdf").symlink_to("page.pdf")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("contacts.yaml", "signed.pdf", "link.pdf", "folder", "pipe", "/dev/null"):
        with pytest.raises(UsageError, match=": is "):
            publish.write_file(tmp_path / name, page("3"))
    assert (tmp_path / "contacts.yaml").read_text() == "job: {}" and place.read_bytes() == page("2")
    assert not [p for p in tmp_path.iterdir() if "keytag" in p.name]


def test_a_seal_holds_for_these_bytes_alone() -> None:
    whole = page("text")
    assert seal.holds(whole)
    assert not seal.holds(whole.replace(b"text", b"test")) and not seal.holds(whole + b"\n")
    assert not seal.holds(b"no seal") and not seal.holds(whole + whole)
    with pytest.raises(ValueError, match="blank seal"):
        seal.sealed(whole)
