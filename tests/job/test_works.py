"""A job as a list of works: values that travel, made by whoever maps over them, the same bytes whoever did it."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

import keytag
from keytag.base.standard import Standard
from keytag.job.imposition import Imposed, imposed
from keytag.job.ready import order_of
from keytag.job.work import Work, finished

ROSTER = """\
job: {name: Thử, template: oval-50x20-clear, date: 2020-05-18, edition: 05/2020}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
            zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 40}
"""


@pytest.fixture(scope="module")
def ready() -> keytag.Ready:
    found = keytag.ready(keytag.open(ROSTER))
    assert isinstance(found, keytag.Ready), found
    return found


@pytest.fixture(scope="module")
def job(ready: keytag.Ready) -> Imposed:
    return imposed(order_of(ready), Standard.X1A)


def test_describing_makes_nothing_and_is_the_same_every_time(job: Imposed) -> None:
    works = (*job.for_the_press, *job.with_them(()))
    assert [w.name for w in works[:3]] == ["plate-01.pdf", "cutting-forme.pdf", "masters.pdf"]
    assert works == (*job.for_the_press, *job.with_them(()))
    assert all(work.standard is not None for work in works if work.name.endswith(".pdf"))


def test_a_work_travels_and_comes_back_as_the_same_bytes(job: Imposed) -> None:
    for work in (*job.for_the_press, *job.with_them(())):
        sent = pickle.loads(pickle.dumps(work))
        assert sent.make is work.make, "the function is at the top of a module"
        if not work.name.startswith("view/"):
            assert finished(sent) == finished(work), work.name


def test_a_work_that_fails_leaves_no_folder(ready: keytag.Ready, tmp_path: Path) -> None:
    def lossy(make: Callable[[Work], bytes], works: Sequence[Work]) -> Iterable[bytes]:
        return map(make, works[:-1])

    with pytest.raises(ValueError, match="shorter"):
        keytag.impose(ready, tmp_path / "out", mapping=lossy)
    assert list(tmp_path.iterdir()) == []


def test_the_ticket_lists_the_press_files_with_their_hashes(ready: keytag.Ready, tmp_path: Path) -> None:
    keytag.impose(ready, tmp_path / "out")
    listed = {e["name"]: e["sha256"] for e in json.loads((tmp_path / "out/job.json").read_bytes())["files"]}
    assert {"plate-01.pdf", "masters.pdf", "production-ticket.pdf", "view/plate-01.pdf"} <= set(listed)
