"""What goes wrong on the way: kills, full disks, two runs at once, no permission, Ctrl-C; and no network, ever."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

SMALL = """
job: {name: Small, date: 2020-05-18, edition: 05/2020, scheme: small.yaml}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113,
            chief: 0900.000.100, zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 40}
  - {kind: xã, name: Trang, code: "23713", duty: 0269.3000.202, chief: 0900.000.103, deputies: [0900.000.104],
     quantity: 30}
"""
SCHEME = """
name: small
sheet: {width: 160mm, height: 110mm}
gripper: {edge: bottom, depth: 10mm}
margins: {top: 18mm, right: 15mm, bottom: 6mm, left: 15mm}
gap: 6mm
work: sheetwise
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "contacts.yaml").write_text(SMALL)
    (tmp_path / "small.yaml").write_text(SCHEME)
    return tmp_path


def start(folder: Path, *words: str, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "keytag", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,  # type: ignore[call-overload]
    )


def run(folder: Path, *words: str, **more: object) -> tuple[int, str]:
    process = start(folder, *words, **more)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def state(out: Path) -> str | None:
    """A hash of the whole job folder, None where there is none; fails where it is not a complete job."""
    if not out.exists():
        return None
    listing = json.loads((out / "job.json").read_text())
    names = {entry["name"] for entry in listing["files"]}
    assert names | {"job.json"} == {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    for entry in listing["files"]:
        assert hashlib.sha256((out / entry["name"]).read_bytes()).hexdigest() == entry["sha256"], entry["name"]
    return hashlib.sha256((out / "job.json").read_bytes()).hexdigest()


# Shares of a run's time: few while it composes and draws, which touches no folder, many where it writes and swaps.
POINTS = (0.2, 0.5, *(0.74 + i / 32 for i in range(9)))


def test_killed_at_any_point_the_folder_is_the_old_or_the_new_job(folder: Path) -> None:
    killed(folder, POINTS)


def killed(folder: Path, points: Sequence[float]) -> None:
    """Kill a run after each of these shares of its time (`python -m tests.long.killed` takes hundreds)."""
    code, errors = run(folder, "impose")
    assert code == 0, errors
    old = state(folder / "out")
    (folder / "contacts.yaml").write_text(SMALL.replace("0900.000.104", "0900.000.105"))
    began = time.perf_counter()
    assert run(folder, "impose", "-o", "other")[0] == 0
    whole = time.perf_counter() - began
    new = state(folder / "other")
    assert new != old
    seen = set()
    for point in points:
        process = start(folder, "impose")
        time.sleep(whole * point)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.add(state(folder / "out"))
    assert seen <= {old, new} and old in seen
    assert run(folder, "impose")[0] == 0  # and the next run needs no hand
    assert state(folder / "out") == new
    assert not [p.name for p in folder.iterdir() if p.name.startswith(".out")]


def test_a_full_disk_changes_nothing_and_says_so(folder: Path) -> None:
    assert run(folder, "impose")[0] == 0
    old = state(folder / "out")

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    (folder / "contacts.yaml").write_text(SMALL.replace("0900.000.104", "0900.000.105"))
    code, errors = run(folder, "impose", preexec_fn=small_files)
    assert code == 4 and "cannot be written" in errors and "nothing was changed" in errors
    assert "Traceback" not in errors
    assert state(folder / "out") == old
    assert not [p.name for p in folder.iterdir() if p.name.startswith(".out")]


def test_two_runs_at_once_leave_one_whole_job(folder: Path) -> None:
    (folder / "b.yaml").write_text(SMALL.replace("0900.000.104", "0900.000.105"))
    for _ in range(3):
        both = [start(folder, "impose", name) for name in ("contacts.yaml", "b.yaml")]
        for process in both:
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
        assert state(folder / "out") is not None
    assert not [p.name for p in folder.iterdir() if p.name.startswith(".out")]


def test_without_permission_there_is_one_clear_line(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o500)
    # Root may write everywhere, unless it gives up its capabilities.
    humble = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*humble, sys.executable, "-m", "keytag", "impose", "-o", "closed/out"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 4 and "Permission denied" in done.stderr and "Traceback" not in done.stderr


def test_a_place_that_cannot_hold_a_folder_is_one_clear_line(folder: Path) -> None:
    code, errors = run(folder, "impose", "-o", "/proc/keytag/out")
    assert code == 4 and "cannot be written" in errors and "Traceback" not in errors


def test_ctrl_c_leaves_quickly_and_cleanly(folder: Path) -> None:
    process = start(folder, "impose")
    for _ in range(600):  # until it has begun to write
        if any(folder.glob(".out.keytag-*")) or process.poll() is not None:
            break
        time.sleep(0.01)
    began = time.perf_counter()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert time.perf_counter() - began < 5
    assert process.returncode == 130 and errors == "keytag: interrupted\n"
    assert sorted(p.name for p in folder.iterdir()) == ["contacts.yaml", "small.yaml"]


def test_ctrl_c_waits_for_the_end_of_an_import(tmp_path: Path) -> None:
    """pikepdf makes an ImportError of an interrupt while it is imported, and C++ aborts: neither is code 130."""
    (tmp_path / "slow.py").write_text(
        "import os, signal, time\n"
        "try:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(0.1)\n"
        "except KeyboardInterrupt:\n"
        "    raise ImportError('failed to import') from None\n"
    )
    script = (
        "import sys, time\n"
        "from keytag import cli\n"
        "def slow(): import slow; time.sleep(20)\n"
        "cli._run = slow\n"
        "cli.main()\n"
    )
    path = os.pathsep.join([str(tmp_path), str(REPOSITORY)])
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=15,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (done.returncode, done.stderr) == (130, "keytag: interrupted\n")


def test_no_network_is_ever_touched(folder: Path) -> None:
    script = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('the network was touched')\n"
        "socket.socket.__init__ = socket.socket.connect = refuse\n"
        "socket.create_connection = socket.getaddrinfo = refuse\n"
        "from keytag.cli import main\n"
        "sys.argv = ['keytag', *sys.argv[1:]]\n"
        "main()\n"
    )
    for words in (["check"], ["impose"], ["render"], ["plan"], ["verify", "out"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *words], cwd=folder, capture_output=True, text=True, timeout=120
        )
        assert "network" not in done.stderr
        assert done.returncode == 0, (words, done.stderr[-500:])


def test_two_runs_give_the_same_bytes_elsewhere_too(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert run(folder, "impose")[0] == 0
    assert run(folder, "render")[0] == 0
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    environment = {**os.environ, "TZ": "America/Lima", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "77"}
    for words in (["impose", "-o", "out"], ["render", "-o", "proofs"]):
        code, errors = run(elsewhere, words[0], str(folder / "contacts.yaml"), *words[1:], env=environment)
        assert code == 0, errors
    for place in ("out", "proofs"):
        ours = {p.relative_to(folder): p.read_bytes() for p in sorted((folder / place).rglob("*")) if p.is_file()}
        theirs = {
            p.relative_to(elsewhere): p.read_bytes() for p in sorted((elsewhere / place).rglob("*")) if p.is_file()
        }
        assert ours.keys() == theirs.keys()
        assert [str(name) for name in ours if ours[name] != theirs[name]] == []


def test_a_long_name_boxes_of_one_and_a_percent_sign_in_the_temporary_folder_are_no_obstacle(folder: Path) -> None:
    """A % in a path is a page number to Ghostscript, and 240 characters are longer than a slug's line or a label's."""
    name = "Móc khóa " + "công an " * 28 + "thử."
    assert len(name) > 236
    text = SMALL.replace("job: {name: Small,", f"job: {{per_box: 1, name: {name},")
    (folder / "contacts.yaml").write_text(text)
    temporary = folder / "tmp %d 100%s"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    code, errors = run(folder, "impose", env=environment)
    assert code == 0, errors
    assert state(folder / "out") is not None
    listing = json.loads((folder / "out" / "job.json").read_text())
    assert listing["job"] == name
    process = start(folder, "verify", "--format", "json", env=environment)
    said, errors = process.communicate(timeout=240)
    assert process.returncode == 0, said + errors
    assert list(temporary.iterdir()) == []
