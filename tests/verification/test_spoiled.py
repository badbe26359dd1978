"""Verification of what keytag reprint made: exactly the spoiled tags, and one too many or too few is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from keytag.files import seal
from keytag.job.ready import Ready, ready
from keytag.job.setup import Setup
from keytag.job.spoiled import remake
from keytag.job.verification import verify
from keytag.verification.model import Report
from tests.job.test_numbered import G, made, setup
from tests.verification.test_numbered import LINK, PLATE, ROWS, spans, spoiled

NAMED = [G.text(number) for number in (3, 4, 60, 150)]


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Setup, Path]:
    one, folder = setup(LINK), tmp_path_factory.mktemp("spoiled")
    gate = ready(one)
    assert isinstance(gate, Ready)
    remake(gate, made(one, folder / "out"), NAMED, folder / "again")
    return one, folder / "again"


def sealed_anew(folder: Path, **changes: object) -> None:
    """job.json as somebody who can seal it would have it: with the hashes of the files as they are."""
    path = folder / "job.json"
    said = json.loads(path.read_bytes()) | changes
    for entry in said["files"]:
        data = (folder / entry["name"]).read_bytes()
        entry |= {"bytes": len(data), "sha256": seal.digest(data)}
    said[seal.KEY] = seal.BLANK
    path.write_bytes(seal.sealed(json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"))


def failures(report: Report) -> list[str]:
    return [f"{item.key}: {failure.message}" for item in report.items for failure in item.failures]


def test_a_good_reprint_is_good(again: tuple[Setup, Path]) -> None:
    report = verify(again[1], again[0])
    assert failures(report) == []
    (numbers,) = (item for item in report.items if item.key == "numbers")
    assert numbers.compared == 3 * len(NAMED)  # serial, code, row


def row_more(table: bytes) -> bytes:
    lines = table.splitlines(keepends=True)
    return b"".join([*lines, lines[-1].replace(G.text(150).encode(), G.text(151).encode())])


FAULTS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "one too few": (PLATE, lambda data: spoiled(data, 1, lambda c: c.replace(spans(c)[0], b"")), "is printed nowhere"),
    "a row too many": (ROWS, row_more, "has a line that is not the job's"),
    "a row lost": (ROWS, lambda table: b"".join(table.splitlines(keepends=True)[:-1]), "lacks the line of"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_the_spoiled_is_found(again: tuple[Setup, Path], tmp_path: Path, fault: str) -> None:
    folder = Path(shutil.copytree(again[1], tmp_path / "again"))
    name, change, why = FAULTS[fault]
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    sealed_anew(folder)
    assert any(why in failure for failure in failures(verify(folder, again[0])))


def test_one_spoiled_too_many_is_found(again: tuple[Setup, Path], tmp_path: Path) -> None:
    """The sheets have four, and job.json names three of them; or a serial of no unit's."""
    folder = Path(shutil.copytree(again[1], tmp_path / "again"))
    named = json.loads((folder / "job.json").read_bytes())["spoiled"]
    sealed_anew(folder, spoiled=named[:-1])
    found = failures(verify(folder, again[0]))
    assert any("must be blank and has" in f for f in found), found[:5]
    sealed_anew(folder, spoiled=[*named, {"serial": G.text(99_999), "printed": G.text(99_999)}])
    assert any("none of this job's serials" in f for f in failures(verify(folder, again[0])))


def test_another_roster_is_told(again: tuple[Setup, Path]) -> None:
    other = setup(LINK, first=", slogan: Mới")
    assert any("not the one that was printed" in failure for failure in failures(verify(again[1], other)))
