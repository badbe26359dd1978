"""Engines: the same bytes in the same order from a loop, processes and Dask, also where a worker is killed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest

import keytag
from keytag.base.errors import OutputError, UsageError
from keytag.job.engines import engine, in_flight, processes
from keytag.job.handout import facts_of, publish_handout
from keytag.job.handout import works as handout_works
from keytag.job.proofs import render_job
from keytag.job.site import publish_site
from keytag.job.work import Mapping, Work, finished, one_by_one
from tests.job.test_works import ROSTER

VILLAGES = (
    ROSTER.rstrip().removesuffix("}").replace("quantity: 40", "quantity: 70")
    + """,
     villages: [{kind: làng, name: Dơk Rơng, code: g01, households: 30, officer: 0900.000.161, head: 0900.000.162},
                {kind: thôn, name: "2", code: g02, households: 38, officer: 0900.000.161, head: 0900.000.163}]}
"""
)


def shouted(text: str) -> bytes:
    return text.upper().encode()


def killed_once(text: str, mark: str) -> bytes:
    """Bytes, after the first process that tried was killed."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return shouted(text)


def killed(_: str) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def refused(_: str) -> bytes:
    raise OutputError("this one is refused")


def works(mark: Path) -> list[Work]:
    some = [Work(f"{i}", "x", shouted, (f"work {i}",)) for i in range(12)]
    some[3] = Work("3", "x", killed_once, ("work 3", str(mark)))
    return some


def after_a_kill(mark: str, make: Callable[[Work], bytes], work: Work) -> bytes:
    """A work made, after the first process that tried to was killed."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return make(work)


def impose_and_render(place: Path, mapping: Mapping, kill: bool = False) -> dict[str, str]:
    """The hash of each file of both; with `kill` a worker dies in each."""
    setup = keytag.open(ROSTER.replace("oval-50x20-clear", "oval-50x20"))
    gate = keytag.ready(setup)
    assert isinstance(gate, keytag.Ready)
    place.mkdir()

    def engine_of(mark: str) -> Mapping:
        if not kill:
            return mapping
        return lambda make, works: mapping(partial(after_a_kill, str(place / mark), make), works)

    keytag.impose(gate, place / "out", mapping=engine_of("imposing"))
    kinds = ("svg", "pdf", "book")
    render_job(setup, gate.artworks, (), place / "proofs", formats=kinds, dpi=100, mapping=engine_of("rendering"))
    assert not kill or ((place / "imposing").exists() and (place / "rendering").exists())
    files = [p for p in place.rglob("*") if p.is_file() and p.parent != place]
    return {p.relative_to(place).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


EXPECTED = [f"WORK {i}".encode() for i in range(12)]


def test_a_killed_worker_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    with engine(2) as mapping:
        assert list(mapping(finished, works(tmp_path / "mark"))) == EXPECTED
    assert (tmp_path / "mark").exists()
    assert list(one_by_one(finished, works(tmp_path / "mark"))) == EXPECTED
    assert list(processes(2)(finished, [])) == []


def test_a_killed_worker_keeps_nobody_waiting_for_a_large_work(tmp_path: Path) -> None:
    """Values larger than a pipe's buffer on their way to a worker that dies, and back from one."""
    large = "work " * 60_000
    some = [Work(f"{i}", "x", killed_once, (large, str(tmp_path / f"mark {i % 3}"))) for i in range(12)]
    with engine(2) as mapping:
        assert [len(data) for data in mapping(finished, some)] == [len(large)] * 12


_KILLED = """
import sys, tempfile
from keytag.job.engines import processes
from keytag.job.work import Work, finished
from tests.job.test_engines import shouted
tempfile.tempdir = sys.argv[1]
for data in processes(2)(finished, [Work(f"{i}", "x", shouted, (f"work {i}",)) for i in range(12)]):
    print(data, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_run_left_of_its_works_is_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".keytag-works.keytag-mine").mkdir()  # a person's, without the marker
    words, here = [sys.executable, "-c", _KILLED, str(tmp_path)], Path(__file__).parents[2]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=here) as run:
        assert run.stdout is not None and run.stdout.readline()
        held = sorted(path.name for path in tmp_path.iterdir())
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        assert list(processes(2)(finished, works(tmp_path / "mark"))) == EXPECTED
        (tmp_path / "mark").unlink()
        assert sorted(path.name for path in tmp_path.iterdir()) == held and len(held) == 2  # it lives
        run.kill()
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) > 1 and time.monotonic() < deadline:  # its workers end a moment after it
        assert list(processes(2)(finished, works(tmp_path / "mark"))) == EXPECTED
        (tmp_path / "mark").unlink(missing_ok=True)
    assert [path.name for path in tmp_path.iterdir()] == [".keytag-works.keytag-mine"]


def test_a_worker_that_always_dies_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="its worker died 3 times"):
        list(processes(2)(finished, [Work("a.pdf", "x", killed, ("",))]))


def test_what_a_work_raises_comes_through() -> None:
    with pytest.raises(OutputError, match="refused"):
        list(processes(2)(finished, [Work("a", "x", shouted, ("a",)), Work("b", "x", refused, ("b",))]))


def test_one_hash_from_one_process_from_two_and_from_dask_where_workers_are_killed(tmp_path: Path) -> None:
    from distributed import LocalCluster

    whole = impose_and_render(tmp_path / "one", one_by_one)
    assert len(whole) > 12 and {"proofs/proof-book.pdf", "out/masters.pdf", "out/job.json"} <= set(whole)
    assert impose_and_render(tmp_path / "two", processes(2), kill=True) == whole
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        engine(1, cluster.scheduler_address) as mapping,
    ):
        assert impose_and_render(tmp_path / "dask", mapping, kill=True) == whole


def test_a_cluster_is_given_few_works_before_their_files_are_taken() -> None:
    submitted: list[Future[bytes]] = []

    def submit(work: Work) -> Future[bytes]:
        submitted.append(Future())
        submitted[-1].set_result(work.name.encode())
        return submitted[-1]

    taken, most = list[bytes](), 0
    for future in in_flight(submit, [Work(f"{i}", "x", shouted, ("",)) for i in range(20)], 8):
        most = max(most, len(submitted) - len(taken))
        taken.append(future.result())
    assert most == 8 and taken == [f"{i}".encode() for i in range(20)]


def slow(text: str) -> bytes:
    Path(text).touch()
    time.sleep(0.5)
    return b""


def test_what_waits_in_the_queue_is_not_made_once_nobody_asks_for_it(tmp_path: Path) -> None:
    works = [
        Work("wrong", "x", refused, ("",)),
        *(Work(f"{i}", "x", slow, (str(tmp_path / f"{i}"),)) for i in range(9)),
    ]
    with pytest.raises(OutputError, match="refused"):
        list(processes(1)(finished, works))
    assert len(list(tmp_path.iterdir())) < 2, "the pool has two in its queue"


def test_two_engines_are_one_too_many_and_none_that_answers_is_said() -> None:
    with pytest.raises(UsageError, match="name one"), engine(2, "tcp://localhost:1"):
        pass
    with pytest.raises(UsageError, match="no scheduler answers"), engine(1, "not an address"):
        pass


def test_pages_and_papers_of_the_hand_out_come_from_every_engine_alike(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(VILLAGES, "utf-8")
    gate = keytag.ready(keytag.open(tmp_path / "contacts.yaml"))
    assert isinstance(gate, keytag.Ready), gate

    def made(name: str, mapping: Mapping) -> dict[str, str]:
        publish_site(gate, tmp_path / name / "site", mapping=mapping)
        publish_handout(gate, tmp_path / name / "handout", mapping=mapping)
        files = [p for p in (tmp_path / name).rglob("*") if p.is_file()]
        return {p.relative_to(tmp_path / name).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def dying(make: Callable[[Work], bytes], works: Sequence[Work]) -> Iterable[bytes]:
        return processes(2)(partial(after_a_kill, str(tmp_path / "mark"), make), works)

    whole = made("one", one_by_one)
    assert {"site/index.html", "handout/xa-glar/g01.pdf", "handout/receipts.pdf"} <= set(whole)
    assert made("two", dying) == whole and (tmp_path / "mark").exists()


def test_a_list_of_the_hand_out_is_told_of_no_other_village(tmp_path: Path) -> None:
    """So a nation's works stay as small as a district's."""
    (tmp_path / "contacts.yaml").write_text(VILLAGES, "utf-8")
    setup = keytag.open(tmp_path / "contacts.yaml")
    lists = [work for work in handout_works(setup, facts_of(setup)) if work.what == "hand-out list"]
    assert len(lists) == 2
    assert [("g01" in repr(work.given), "g02" in repr(work.given)) for work in lists] == [(True, False), (False, True)]
