"""docs/library.md is true: the ten lines run, and so does each example of how to add something, in a copy of keytag."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PAGE = (REPOSITORY / "docs/library.md").read_text("utf-8")
FACE, ADDING = PAGE.split("# How to add …")
NUMBERS = {"one": 1, "three": 3}
PREAMBLE = '''\
import keytag

ROSTER = """
job: {name: Thử, template: oval-50x20, scheme: sra3-sheetwise, date: 2020-05-18, edition: 05/2020}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
            zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 850}
"""
'''
MOULDED = """
job: {name: Thử, template: oval-50x20-moulded, scheme: jig.yaml, date: 2020-05-18, edition: 05/2020}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, quantity: 10}
"""
JIG = """
sheet: {width: 90mm, height: 60mm}
gripper: {edge: bottom, depth: 0mm}
gap: 6mm
work: turned-in-place
marks: [register]
films: {resolution: 1200dpi}
"""
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
SECTIONS = re.findall(r"^## (.+?): (\w+) files?\n(.*?)(?=^## |\Z)", ADDING, re.DOTALL | re.MULTILINE)


def run(script: str, folder: Path, package: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def test_the_ten_lines_make_the_shipped_job(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "contacts.yaml", tmp_path)
    job, pool, films = (block[1] for block in BLOCK.findall(FACE))
    assert len(job.strip().splitlines()) <= 11
    tinted = "try: keytag.films(ready, 'tinted')\nexcept keytag.FindingsError as error: print(len(error.findings))\n"
    (tmp_path / "moulded.yaml").write_text(MOULDED, "utf-8")
    (tmp_path / "jig.yaml").write_text(JIG, "utf-8")
    done = run(job + pool + films + tinted, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "217 sheets, 17,360 tags, 0 wrong\n5 films\n3\n"
    made = json.loads((tmp_path / "films" / "films.json").read_text("utf-8"))["films"]
    assert {film["file"] for film in made} == {path.name for path in (tmp_path / "films").glob("*.tif")}
    assert not (tmp_path / "tinted").exists()
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("out", "out-by-two"))
    assert one == two


def test_the_face_is_documented_whole() -> None:
    told = set(re.findall(r"^\| `(\w+)\(", FACE, re.MULTILINE))
    assert told == {"open", "check", "ready", "compose", "plan", "impose", "films", "verify"}


def test_every_kind_of_thing_has_its_section() -> None:
    assert [name for name, _, _ in SECTIONS] == [
        "A check",
        "A template",
        "A scheme",
        "An outline",
        "A writer",
        "A paper",
    ]


@pytest.mark.parametrize(("name", "count", "text"), SECTIONS, ids=[name for name, _, _ in SECTIONS])
def test_what_is_added_works_and_touches_so_many_files(name: str, count: str, text: str, tmp_path: Path) -> None:
    package, folder, touched = tmp_path / "copy", tmp_path / "here", set[str]()
    for part in ("keytag", "templates"):
        shutil.copytree(REPOSITORY / part, package / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "CHANGELOG.md", package)
    folder.mkdir()
    script = ""
    for kind, block in BLOCK.findall(text):
        head, _, body = block.partition("\n")
        if head == "# to see it":
            script = body
            continue
        file = package / head.removeprefix("# ")
        touched.add(head)
        if kind == "diff":
            file.write_text(patched(file.read_text("utf-8"), body), "utf-8")
        else:
            assert not file.exists(), head
            file.write_text(body, "utf-8")
    assert len(touched) == NUMBERS[count], touched
    before = run(PREAMBLE + script, folder)
    assert before.returncode != 0, "the example would also run without what it adds"
    done = run(PREAMBLE + script, folder, package)
    assert done.returncode == 0, done.stderr


def patched(text: str, diff: str) -> str:
    """`text` with the + lines of `diff` behind the line before them (at the end where there is none)."""
    lines, at = text.split("\n"), len(text.rstrip("\n").split("\n"))
    for line in diff.splitlines():
        if line.startswith("+"):
            lines.insert(at, line[1:])
            at += 1
        else:
            assert lines.count(line[1:]) >= 1, f"{line[1:]!r} stands nowhere"
            at = lines.index(line[1:]) + 1
    return "\n".join(lines)
