"""Engines: the same bytes in the same order from a loop, processes and Dask, also where a worker is killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from keytag.base.errors import OutputError, UsageError
from keytag.job.engines import engine, processes
from keytag.job.work import Work, finished, one_by_one


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


EXPECTED = [f"WORK {i}".encode() for i in range(12)]


def test_a_killed_worker_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    with engine(2) as mapping:
        assert list(mapping(finished, works(tmp_path / "mark"))) == EXPECTED
    assert (tmp_path / "mark").exists()
    assert list(one_by_one(finished, works(tmp_path / "mark"))) == EXPECTED
    assert list(processes(2)(finished, [])) == []


def test_a_worker_that_always_dies_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="its worker died 3 times"):
        list(processes(2)(finished, [Work("a.pdf", "x", killed, ("",))]))


def test_what_a_work_raises_comes_through() -> None:
    with pytest.raises(OutputError, match="refused"):
        list(processes(2)(finished, [Work("a", "x", shouted, ("a",)), Work("b", "x", refused, ("b",))]))


def test_dask_makes_the_same(tmp_path: Path) -> None:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        engine(1, cluster.scheduler_address) as mapping,
    ):
        assert list(mapping(finished, works(tmp_path / "mark"))) == EXPECTED
    assert (tmp_path / "mark").exists()


def test_two_engines_are_one_too_many_and_none_that_answers_is_said() -> None:
    with pytest.raises(UsageError, match="name one"), engine(2, "tcp://localhost:1"):
        pass
    with pytest.raises(UsageError, match="no scheduler answers"), engine(1, "not an address"):
        pass
