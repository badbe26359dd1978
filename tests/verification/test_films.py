"""Films, and the zip beside a job folder: each fault made in them is found and named, sound ones are not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import keytag
from keytag.base.errors import InputError
from tests.verification.damage import Job, failed, item_of
from tests.verification.mutants import Mutant
from tests.verification.mutants_films import FILMS, PARCELS, packed, with_films, with_parcel


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_films(tmp_path_factory.mktemp("filmed"))


@pytest.fixture(scope="module")
def parcelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_parcel(tmp_path_factory.mktemp("parcelled"))


def of(finished: Path, tmp_path: Path, name: str) -> Job:
    shutil.copytree(finished, tmp_path / "job")
    return Job(tmp_path / "job", name)


CHOSEN = """
a_film_mirrored two_films_exchanged a_block_of_ink described_as_another_ink
a_film_of_an_old_plate roster_changed_after_the_films emulsion_of_a_film
a_plate_of_the_zip_of_an_old_job the_forme_not_in_the_zip what_was_checked_edited
"""


def chosen(mutants: list[Mutant]) -> list[Mutant]:
    return [mutant for mutant in mutants if mutant.name in CHOSEN.split()]


@pytest.mark.parametrize("mutant", chosen(FILMS), ids=lambda mutant: mutant.name)
def test_each_fault_of_films_is_found_and_named(filmed: Path, tmp_path: Path, mutant: Mutant) -> None:
    job = of(filmed, tmp_path, "films")
    mutant.make(job)
    found = failed(job.verify())
    assert found.keys() & mutant.items, found


def test_sound_films_have_no_fault_by_themselves_and_beside_the_sheets(filmed: Path, tmp_path: Path) -> None:
    job = of(filmed, tmp_path, "films")
    report = job.verify()
    assert failed(report) == {} and [item.key for item in report.items] == ["roster", "files", "manifest", "films"]
    whole = Job(job.folder).verify()
    assert failed(whole) == {} and item_of(whole, "films").compared > item_of(report, "films").compared
    shutil.move(job.out, job.folder / "out" / "films")  # in the job folder they are looked at, too
    inside = Job(job.folder).verify()
    assert failed(inside) == {} and item_of(inside, "films").compared


def test_sound_films_of_another_kind_have_no_fault(filmed: Path, tmp_path: Path) -> None:
    job = of(filmed, tmp_path, "films")
    scheme, more = job.folder / "small.yaml", "dpi, reading: wrong, polarity: negative, choke: 0.08mm}"
    scheme.write_text(scheme.read_text(encoding="utf-8").replace("dpi}", more), encoding="utf-8")
    argv = [sys.executable, "-m", "keytag", "films"]
    subprocess.run(argv, cwd=job.folder, check=True, capture_output=True)
    report = job.verify()
    assert failed(report) == {} and item_of(report, "films").compared > 9


def test_films_of_another_plan_and_of_another_job_are_told(filmed: Path, tmp_path: Path) -> None:
    job = of(filmed, tmp_path, "films")

    def other(told: dict) -> None:
        told["plates"][0]["run"] += 1

    job.relist(other)
    beside = item_of(Job(job.folder).verify(), "films")
    assert any("not of these sheets" in failure.message for failure in beside.failures)
    job.relist(lambda told: told.__setitem__("job", "Another"))
    beside = item_of(Job(job.folder).verify(), "films")
    assert not beside.failures and not beside.compared and "another job" in beside.notes[0]


@pytest.mark.parametrize("told", ["{}", "[", '{"kind": "impose", "files": [], "plates": [], "films": []}'])
def test_what_is_no_films_json_is_one_line(filmed: Path, tmp_path: Path, told: str) -> None:
    job = of(filmed, tmp_path, "films")
    job.told.write_text(told, encoding="utf-8")
    with pytest.raises(InputError):
        job.verify()
    sound = json.loads((filmed / "films" / "films.json").read_text(encoding="utf-8"))
    for films in (7, [7], [{"plate": 7}], [{}]):
        job.told.write_text(json.dumps({**sound, "films": films}), encoding="utf-8")
        with pytest.raises(InputError):
            job.verify()


def test_the_command_line_reads_a_folder_of_films(filmed: Path) -> None:
    argv = [sys.executable, "-m", "keytag", "verify", "films"]
    done = subprocess.run(argv, cwd=filmed, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.count("\n") == 4, done.stderr


@pytest.mark.parametrize("mutant", chosen(PARCELS), ids=lambda mutant: mutant.name)
def test_each_fault_of_a_zip_is_found_and_named(parcelled: Path, tmp_path: Path, mutant: Mutant) -> None:
    job = of(parcelled, tmp_path, "out")
    mutant.make(job)
    found = failed(job.verify())
    assert found.keys() == mutant.items, found


def test_a_sound_zip_has_no_fault_and_a_strangers_is_not_looked_at(parcelled: Path, tmp_path: Path) -> None:
    job = of(parcelled, tmp_path, "out")
    report = job.verify()
    assert failed(report) == {} and item_of(report, "parcel").compared == len(job.listing()["files"]) + 2
    packed(job, lambda entries: entries.pop(), b"another's")
    told = item_of(job.verify(), "parcel")
    assert not told.failures and "not keytag's" in told.notes[0]
    (job.folder / "out.zip").write_bytes(b"no zip")
    with pytest.raises(InputError, match=r"out\.zip"):
        job.verify()


def test_impose_with_verify_looks_at_its_own_folder_alone(parcelled: Path, tmp_path: Path) -> None:
    """What lies beside is of the last time."""
    job = of(parcelled, tmp_path, "out")
    packed(job, lambda entries: entries.pop())
    assert failed(job.verify()).keys() == {"parcel"}
    setup = keytag.open(job.roster)
    from keytag.job.verification import verify_folder

    assert not verify_folder(job.out, setup).report.failures
