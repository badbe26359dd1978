"""The same report whoever looks: threads of one process, processes, or processes of which one is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import pikepdf
import pytest

import keytag
from keytag.base.errors import OutputError
from keytag.job.engines import processes
from keytag.job.verification import elsewhere_of, verify_folder
from keytag.job.work import Work
from keytag.verification import looks
from keytag.verification.expected import Expected
from keytag.verification.numbered import check_numbers
from tests.verification.damage import PLATE, Job
from tests.verification.test_numbered import PLATE as NUMBERED
from tests.verification.test_numbered import module, on_a_small_sheet, spoiled


def dying_once(mark: str, make: Callable[[Work], bytes], work: Work) -> bytes:
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return make(work)


def killed_once(mark: Path) -> Callable[[Callable[[Work], bytes], Sequence[Work]], Iterable[bytes]]:
    """Two processes of which one dies of its first work."""
    return lambda make, works: processes(2)(partial(dying_once, str(mark), make), works)


def painted(content: bytes) -> bytes:
    return content + b"\nq 0 0 0 1 k 100 100 9 9 re f Q\n"


def test_the_report_is_the_same_whoever_looks(job: Job, tmp_path: Path) -> None:
    """Of a sheet with a spot too much, which is named and shown."""
    with pikepdf.open(job.out / PLATE, allow_overwriting_input=True) as pdf:
        page = pdf.pages[1].obj
        page["/Contents"] = pdf.make_stream(painted(pdf.pages[1].Contents.read_bytes()))
        pdf.save(job.out / PLATE)
    setup = keytag.open(job.roster)
    here = verify_folder(job.out, setup)
    assert here.report.worst is not None and any("too much" in f.message for i in here.report.items for f in i.failures)
    there = verify_folder(job.out, setup, mapping=killed_once(tmp_path / "mark"))
    assert (tmp_path / "mark").exists()
    assert there.report == here.report
    assert there.code is not None and here.code is not None and there.code.rows == here.code.rows


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Expected, dict[str, bytes]]:
    return on_a_small_sheet(tmp_path_factory.mktemp("numbered"), "sheetwise")


def test_numbers_are_read_the_same_whoever_reads(numbered: tuple[Expected, dict[str, bytes]], tmp_path: Path) -> None:
    expected, files = numbered
    assert expected.numbers is not None
    wrong = files | {NUMBERED: spoiled(files[NUMBERED], 0, module)}
    here = check_numbers(expected.numbers, wrong)
    assert here[1] and check_numbers(expected.numbers, wrong, elsewhere_of(killed_once(tmp_path / "mark"))) == here


def test_a_look_takes_only_its_own_tags_along(numbered: tuple[Expected, dict[str, bytes]]) -> None:
    """So that what travels does not grow with the job."""
    expected, files = numbered
    sizes = {drawn.name: range(len(drawn.document.pages)) for drawn in expected.drawn}
    for look in looks.looks_of(expected, files, sizes):
        placed = {place.form for number in look.pages for place in look.drawn.document.pages[number].placements}
        assert {form.key for form in look.drawn.document.forms} == placed
        assert len(look.artworks) <= max(1, len({form.rpartition("/")[0] for form in placed}))


def test_what_goes_wrong_elsewhere_is_raised_here(job: Job) -> None:
    """Also where an engine gives back fewer than it was asked for."""

    def broken(make: Callable[[Work], bytes], works: Sequence[Work]) -> Iterable[bytes]:
        yield make(works[0])
        raise OutputError("the cluster is gone")

    setup = keytag.open(job.roster)
    with pytest.raises(OutputError, match="cluster is gone"):
        verify_folder(job.out, setup, mapping=broken)
    with pytest.raises(ValueError, match="shorter"):
        verify_folder(job.out, setup, mapping=lambda make, works: [make(works[0])])
