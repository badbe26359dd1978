"""Folders that cannot be read, or that mean harm: one clear line and exit code 3, soon, and nothing else is opened."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from keytag.base.errors import InputError
from tests.verification.damage import Job
from tests.verification.mutants import LABELS, MASTERS, PLATE

Change = Callable[[dict[str, Any]], None]


def said(job: Job) -> str:
    """What verify says of a folder that it refuses, in less than the time that is allowed."""
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        job.verify()
    assert time.process_time() - start < 5
    assert caught.value.exit_code == 3 and "\n" not in caught.value.message
    return caught.value.message


def replaced(job: Job, name: str, data: bytes) -> None:
    """Other bytes under a listed name, hash and size recomputed."""
    job.rewrite(name, lambda _: data)


@pytest.mark.parametrize("name", ["job.json", PLATE])
@pytest.mark.parametrize("kind", ["pipe", "device", "link", "folder"])
def test_only_regular_files_are_opened(job: Job, kind: str, name: str) -> None:
    place = job.out / name
    place.unlink()
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero" if kind == "device" else job.folder / "contacts.yaml")
    assert name in said(job)


@pytest.mark.parametrize("name", ["../contacts.yaml", "/etc/passwd", "a/b.pdf", "..", "", "x\0y", "view/../job.json"])
def test_no_name_leads_out_of_the_folder(job: Job, name: str) -> None:
    job.relist(lambda listing: listing["files"][0].__setitem__("name", name))
    assert "no plain name" in said(job)


BOMB = b"%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "


def bomb() -> bytes:
    """A page whose content is a gigabyte of blanks, and a few kilobytes in the file."""
    blanks = zlib.compressobj(9)
    packed = b"".join(blanks.compress(b" " * (1 << 20)) for _ in range(1024)) + blanks.flush()
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj "
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj " % (len(packed), packed)
    return BOMB + page + stream + b"trailer<</Root 1 0 R>>\n%%EOF"


def encrypted(path: Path) -> bytes:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["empty", "cut", "text", "picture", "encrypted", "bomb", "no pages"])
def test_what_is_no_readable_pdf_is_said(job: Job, kind: str, tmp_path: Path) -> None:
    whole = (job.out / MASTERS).read_bytes()
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(whole)
    data = {
        "empty": lambda: b"",
        "cut": lambda: whole[:700],
        "text": lambda: b"hello\n" * 99,
        "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(999),
        "encrypted": lambda: encrypted(copy),
        "bomb": bomb,
        "no pages": lambda: BOMB.replace(b"[3 0 R]/Count 1", b"[]/Count 0") + b"trailer<</Root 1 0 R>>\n%%EOF",
    }[kind]()
    replaced(job, MASTERS, data)
    assert said(job).startswith(f"{MASTERS}: cannot be read back: ")


def test_what_only_one_reader_mends_is_said(job: Job) -> None:
    """Of a file without its last tenth pikepdf finds the objects again; pdfium, which reads the papers, does not."""
    whole = (job.out / LABELS).read_bytes()
    replaced(job, LABELS, whole[: len(whole) * 9 // 10])
    assert said(job).startswith(f"{LABELS}: cannot be read back: ")


def at(*path: Any, value: Any) -> Change:
    def change(listing: dict[str, Any]) -> None:
        here: Any = listing
        for key in path[:-1]:
            here = here[key]
        here[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        at("files", value=None),
        at("plates", 0, "run", value="217"),
        at("plates", 0, "run", value=-1),
        at("plates", 0, "slots", value={}),
        at("plates", 0, "slots", 0, value=7),
        at("units", 0, "printed", value=[1]),
        at("units", 0, "front", 0, "text", value=False),
        at("spoilage", value="3 %"),
        at("standard", value=4),
        at("kind", value="proofs"),
        at("plan", value=[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]),
        at("plan", "cost", value=1e300),
        at("inputs", 0, value="x"),
        at("date", value=None),
    ],
)
def test_a_value_of_another_type_is_named(job: Job, change: Change) -> None:
    job.relist(change)
    assert "job.json: " in said(job)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"files": []}', "[" * 100_000, '{"a": NaN}', "\ufeff{}"])
def test_what_is_no_listing_is_said(job: Job, text: str) -> None:
    (job.out / "job.json").write_text(text, encoding="utf-8")
    assert "job.json: " in said(job)


def test_the_command_ends_with_one_line_and_exit_code_3(job: Job) -> None:
    job.rewrite(MASTERS, lambda _: b"%PDF-1.6 broken")
    words = [sys.executable, "-m", "keytag", "verify", "out"]
    done = subprocess.run(words, cwd=job.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert "masters.pdf: cannot be read back" in line
