"""The parcel: the same folder is the same file, what is in it is whole, and nobody else's zip is written over."""

from __future__ import annotations

import hashlib
import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest

import keytag
from keytag.base.errors import UsageError
from keytag.base.standard import Standard
from keytag.job.parcel import PREFLIGHT, pack
from tests.conftest import REPOSITORY
from tests.running import keytag as run

SETUP = keytag.open(
    "job: {date: 2020-05-18}\nauthority: {name: Đak Đoa}\nunits: [{kind: xã, name: Glar, quantity: 1}]\n"
)


def folder(at: Path) -> Path:
    out = at / "out"
    (out / "view").mkdir(parents=True)
    (out / "a.csv").write_bytes(b"1")
    (out / "view" / "b.png").write_bytes(b"2" * 1000)
    (out / "mine.txt").write_bytes(b"a person's own")
    return out


def test_what_is_in_it_and_its_checksum(tmp_path: Path) -> None:
    out = folder(tmp_path)
    parcel = pack(out, ("a.csv", "view/b.png"), SETUP, Standard.X4, ())
    data = parcel.path.read_bytes()
    assert parcel.path == tmp_path / "out.zip" and parcel.sha256 == hashlib.sha256(data).hexdigest()
    assert len(parcel.spoken) == 9 and parcel.spoken[4] == "-" and parcel.size == len(data)
    with zipfile.ZipFile(parcel.path) as read:
        assert read.namelist() == ["out/a.csv", f"out/{PREFLIGHT}", "out/view/b.png"]
        assert read.read("out/view/b.png") == b"2" * 1000
        assert {entry.date_time[:3] for entry in read.infolist()} == {(2020, 5, 18)}
    again = pack(out, ("a.csv", "view/b.png"), SETUP, Standard.X4, ())
    assert again == parcel and again.path.read_bytes() == data


@pytest.mark.parametrize("there", [b"", b"a person's own notes", "zip"])
def test_somebody_elses_file_is_not_written_over(there: bytes | str, tmp_path: Path) -> None:
    out, path = folder(tmp_path), tmp_path / "out.zip"
    if isinstance(there, bytes):
        path.write_bytes(there)
    else:
        with zipfile.ZipFile(path, "w") as other:
            other.writestr("holiday.jpg", b"x")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="no parcel"):
        pack(out, ("a.csv",), SETUP, Standard.X4, ())
    assert path.read_bytes() == before


def test_no_memory_holds_the_parcel(tmp_path: Path) -> None:
    out = folder(tmp_path)
    with (out / "so-seri.csv").open("wb") as table:
        table.truncate(64_000_000)
    tracemalloc.start()
    try:
        parcel = pack(out, ("a.csv", "so-seri.csv"), SETUP, Standard.X4, ())
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 12_000_000
    with zipfile.ZipFile(parcel.path) as read:
        assert read.getinfo("out/so-seri.csv").file_size == 64_000_000


@pytest.mark.parametrize(("papers", "told"), [("vi", ["đạt"]), ("en", ["passed"]), ("both", ["đạt / passed"])])
def test_what_was_checked_is_said_as_the_papers_are(papers: str, told: list[str], tmp_path: Path) -> None:
    text = (REPOSITORY / "contacts.yaml").read_text("utf-8")
    (tmp_path / "contacts.yaml").write_text(text.replace("per_box: 500", f"papers: {papers}"), "utf-8")
    code, _, err = run("impose", "--zip", cwd=tmp_path)
    assert code == 0, err
    with zipfile.ZipFile(tmp_path / "out.zip") as zipped:
        said = zipped.read("out/preflight.txt").decode()
    assert re.findall(r"PDF/X-4: (.+)$", said, re.M) == told * 5
    assert ("Findings about" in said) == (papers != "vi") and ("Phát hiện về" in said) == (papers != "en")
