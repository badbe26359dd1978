"""Spoiled tags printed again: exactly those, in order, with the ledger's word on which serial; random lists of them."""

from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from keytag.base.errors import InputError, UsageError
from keytag.job.booking import Numbers, wanted_of
from keytag.job.ready import Ready, ready
from keytag.job.spoiled import remake
from keytag.serial.form import Form
from keytag.serial.ledger import Row, held, read
from tests.job.test_numbered import made, rows, setup, shown

G = Form("G")
SERIALS = '{prefix: G, start: 1, reserve: 3, link: "https://x.gov.vn/{serial}"}'


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ready, Path, Path]:
    one, folder = setup(SERIALS), tmp_path_factory.mktemp("job")
    with held(folder / "so.csv") as book:
        made(one, folder / "out", numbers=Numbers(wanted_of(one, book=book), book))
    gate = ready(one)
    assert isinstance(gate, Ready)
    return gate, folder / "out", folder / "so.csv"


def on_paper(folder: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for plate in folder.glob("plate-*.pdf"):
        with pikepdf.open(plate) as pdf:
            for page in pdf.pages:
                found += shown(page)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_exactly_the_spoiled_and_no_sheet_too_many(job: tuple[Ready, Path, Path], tmp_path: Path, seed: int) -> None:
    gate, folder, _ = job
    table = rows(folder)
    words = [row["serial"] for row in random.Random(seed).sample(table, 1 + 7 * seed)]
    result = remake(gate, folder, words, tmp_path / "again")
    assert on_paper(tmp_path / "again") == Counter(words)
    assert Counter(r["serial"] for r in rows(tmp_path / "again")) == Counter(words)
    unit = {row["serial"]: row["unit"] for row in table}
    assert all(unit[r["serial"]] == r["unit"] and r["state"] == "reprinted" for r in rows(tmp_path / "again"))
    assert result.sheets == 1  # of so few any sheet holds all


def test_the_ledger_says_which_serial(job: tuple[Ready, Path, Path], tmp_path: Path) -> None:
    gate, folder, ledger = job
    path = tmp_path / "so.csv"
    path.write_bytes(ledger.read_bytes())
    first = [row["serial"] for row in rows(folder) if row["unit"] == "xa-glar"]
    with held(path) as book:
        book.append([Row(first[4], "", "", "", "", "", "destroyed", "")])
    with held(path) as book:
        result = remake(gate, folder, [first[4], first[9]], tmp_path / "again", book)
    spare = G.text(G.parse(first[-1]) + 1)
    assert result.void == 1 and on_paper(tmp_path / "again") == Counter([first[4], spare])
    now = read(path)
    states = {row.serial: row.state for row in now.changed.values()}
    assert states == {first[4]: "reprinted", first[9]: "void", spare: "reprinted"}
    alive = Counter(r["serial"] for r in rows(folder)) - Counter([first[4], first[9]]) + on_paper(tmp_path / "again")
    assert max(alive.values()) == 1  # never a serial twice among tags that exist
    with held(path) as book, pytest.raises(UsageError, match="is void already"):
        remake(gate, folder, [first[9]], tmp_path / "more", book)
    with held(path) as book, pytest.raises(UsageError, match="reserve of its range is used up"):
        remake(gate, folder, first[20:23], tmp_path / "more", book)
    assert not (tmp_path / "more").exists() and read(path).lines == now.lines


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "no serial is named"),
        (["G0000018T"], "check character should be S"),
        (["H0000018S"], "does not begin with G"),
        ([G.text(99_999)], "none of this job's serials"),
        ([G.text(3), G.printed(3)], "named twice"),
    ],
)
def test_what_is_no_serial_of_the_job_is_refused(
    job: tuple[Ready, Path, Path], tmp_path: Path, words: list[str], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        remake(job[0], job[1], words, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_another_roster_or_another_folder_is_refused(job: tuple[Ready, Path, Path], tmp_path: Path) -> None:
    other = ready(setup(SERIALS.replace("start: 1", "start: 1, digits: 7"), first=", slogan: Mới"))
    assert isinstance(other, Ready)
    with pytest.raises(UsageError, match="not the one that was printed"):
        remake(other, job[1], [G.text(3)], tmp_path / "again")
    with pytest.raises(InputError):
        remake(job[0], tmp_path, [G.text(3)], tmp_path / "again")


def test_the_verbs(job: tuple[Ready, Path, Path], tmp_path: Path) -> None:
    import subprocess
    import sys

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "keytag", *words], capture_output=True, text=True, timeout=120)

    path = tmp_path / "so.csv"
    path.write_bytes(job[2].read_bytes())
    said = run("ledger", "status", str(path))
    assert said.returncode == 0 and "G-0000 001-9 – " in said.stdout and "issued" in said.stdout
    assert run("ledger", "void", str(path), G.printed(3)).returncode == 0
    assert run("ledger", "status", str(path), G.text(3)).stdout == f"{G.text(3)} void\n"
    assert run("ledger", "void", str(path), G.text(3)).returncode == 2
    assert run("ledger", "void", str(path), "G0000003X").returncode == 2
    last = list(csv.DictReader(path.read_text("utf-8").splitlines()))[-2]["serial"]
    assert run("ledger", "next", str(path)).stdout.split()[0] == str(G.parse(last) + 1)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:7], lines[7].replace("printed", "spare"), *lines[8:]]), "utf-8")
    broken = run("ledger", "status", str(path))
    assert broken.returncode == 3 and f"{path}:8:1" in broken.stderr
