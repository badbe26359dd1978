"""A run that was killed goes on where it stopped: what it had made is taken over, and nothing else is."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import keytag
from benchmarks.roster import made_roster
from keytag.base.progress import Progress, unseen
from keytag.files import workshop
from keytag.files.publish import staging
from keytag.job.proofs import render_job
from keytag.job.work import Made, Work, publish

_KILLED_JOB = """
import os, signal, sys
from pathlib import Path
from tests.job.test_resume import JOBS
made = []
def progress(name):
    made.append(name)
    if len(made) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
JOBS[sys.argv[1]](Path(sys.argv[2]), progress)
"""
NAMES = [f"plate-{i:02}.pdf" for i in range(6)]
_KILLED = """
import sys
from pathlib import Path
from keytag.files.publish import staging
from keytag.job.engines import engine
from keytag.job.work import publish
from tests.job.test_resume import slow, works
with staging(Path(sys.argv[1]), "job.json") as stage, engine(int(sys.argv[2])) as mapping:
    publish(works(slow), stage, mapping)
"""


def slow(name: str) -> bytes:
    time.sleep(0.3 if name >= NAMES[3] else 0)
    return name.encode() * 500


def works(make: object = slow, given: str = "") -> list[Work]:
    return [Work(name, "sheet", make, (name + given,)) for name in NAMES]  # type: ignore[arg-type]


def never(name: str) -> bytes:
    raise AssertionError(f"{name} is made again")


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "out"
    assert [p.name for p in tmp_path.iterdir() if p.name != "out"] == []  # nothing is left beside it


def killed(target: Path, jobs: int = 1) -> Path:
    """A run killed when three of its six files stand; its workshop."""
    here = Path(__file__).parent.parent.parent
    run = subprocess.Popen([sys.executable, "-c", _KILLED, str(target), str(jobs)], cwd=here)
    try:
        while True:
            found = [p for p in target.parent.glob(".out.keytag-*/made.jsonl") if len(p.read_bytes().splitlines()) >= 3]
            if found:
                break
            assert run.poll() is None, "it ended before it was killed"
            time.sleep(0.02)
    finally:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    return found[0].parent


def made_again(target: Path, what: list[Work] | None = None) -> tuple[list[str], tuple[Made, ...]]:
    with staging(target, "job.json") as stage:
        made = publish(works() if what is None else what, stage)
        (stage.path / "job.json").write_bytes(b"{}")
        return list(stage.taken), made


def imposed(place: Path, progress: Progress = unseen) -> int:
    """The whole job of 20 units in `place / "out"`; how many files were taken over."""
    gate = keytag.ready(keytag.open(made_roster(20)))
    assert isinstance(gate, keytag.Ready)
    return keytag.impose(gate, place / "out", progress=progress).taken


def rendered(place: Path, progress: Progress = unseen) -> int:
    """The same of the proofs of three units."""
    setup = keytag.open(made_roster(3))
    some = keytag.compose(setup)
    kinds = ("svg", "pdf", "book")
    return render_job(setup, some, (), place / "out", formats=kinds, dpi=100, progress=progress).taken


JOBS: dict[str, Callable[[Path, Progress], int]] = {"impose": imposed, "render": rendered}


@pytest.mark.parametrize(("job", "files", "taken"), [("impose", 6, 5), ("render", 2, 4)])
def test_a_whole_job_that_is_killed_half_way_goes_on_with_the_same_bytes(
    job: str, files: int, taken: int, tmp_path: Path
) -> None:
    make = JOBS[job]
    assert make(tmp_path / "whole", unseen) == 0
    (tmp_path / "half").mkdir()
    here = Path(__file__).parent.parent.parent
    run = subprocess.run([sys.executable, "-c", _KILLED_JOB, job, str(tmp_path / "half"), str(files)], cwd=here)
    assert run.returncode == -signal.SIGKILL and not (tmp_path / "half" / "out").exists()
    assert make(tmp_path / "half", unseen) == taken
    whole, half = ({p.name: p.read_bytes() for p in (tmp_path / at / "out").iterdir()} for at in ("whole", "half"))
    assert half == whole and len(whole) >= 8
    assert [p.name for p in (tmp_path / "half").iterdir()] == ["out"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_run_goes_on_where_it_stopped_with_the_same_bytes(target: Path, jobs: int) -> None:
    whole, fresh = made_again(target.with_name("out"))[1], target
    (fresh / "job.json").unlink()
    for name in NAMES:
        (fresh / name).unlink()
    fresh.rmdir()
    killed(target, jobs)
    if jobs == 2:
        time.sleep(0.5)  # its workers end with it, and its lock with them
    taken, made = made_again(target)
    assert made == whole and taken[:3] == NAMES[:3]
    assert {name: (target / name).read_bytes() for name in NAMES} == {name: name.encode() * 500 for name in NAMES}


def test_what_was_changed_or_is_made_of_something_else_is_made_anew(target: Path) -> None:
    place = killed(target)
    (place / "new" / NAMES[0]).write_bytes(NAMES[0].encode() * 499 + b"plate-00.pdX")
    (place / "new" / NAMES[1]).unlink()
    (place / "new" / NAMES[1]).symlink_to("/etc/hostname")
    taken, _ = made_again(target)
    assert NAMES[0] not in taken and NAMES[1] not in taken and NAMES[2] in taken
    assert (target / NAMES[0]).read_bytes() == NAMES[0].encode() * 500 and not (target / NAMES[1]).is_symlink()


def test_other_inputs_and_foreign_folders_give_nothing(target: Path) -> None:
    place = killed(target)
    assert made_again(target, works(slow, " of another roster"))[0] == []
    assert not place.exists()
    foreign = target.parent / ".out.keytag-00112233aabb"
    (foreign / "new").mkdir(parents=True)
    (foreign / "new" / NAMES[0]).write_bytes(b"planted")
    (foreign / "made.jsonl").write_text(json.dumps({"key": "?", "name": NAMES[0], "size": 7, "sha256": "?"}))
    for name in (*NAMES, "job.json"):
        (target / name).unlink()
    assert made_again(target)[0] == []
    assert (foreign / "new" / NAMES[0]).read_bytes() == b"planted"  # kept, and never mixed in
    (foreign / "new" / NAMES[0]).unlink()
    (foreign / "new").rmdir()
    (foreign / "made.jsonl").unlink()
    foreign.rmdir()


def test_a_second_kill_loses_nothing_that_the_first_left(target: Path) -> None:
    first = killed(target)
    heir = target.parent / ".out.keytag-ffeeddccbbaa"
    heir.mkdir()
    (heir / "KEYTAG.txt").write_bytes(workshop._marker(target, heir))
    lock = workshop._lock(heir)  # it is alive while it takes over, and is killed then
    assert lock is not None
    workshop.sweep(target, heir)
    os.close(lock)
    assert not first.exists() and len(workshop.left(heir)) == 1
    taken, _ = made_again(target)
    assert taken[:3] == NAMES[:3]
