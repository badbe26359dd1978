"""The three stories of docs/factory.md, run as they are written: their commands, and what they say comes out."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import ezdxf
import pytest
from PIL import Image

from tests.conftest import REPOSITORY

DOCS = (REPOSITORY / "docs" / "factory.md").read_text("utf-8")
Image.MAX_IMAGE_PIXELS = None


def told(title: str, folder: Path, units: int | None = None) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every command of one story, run in a folder with the shipped roster and the story's template and scheme.

    Of the roster only so many `units`, where what the story asks does not hang on their number.
    """
    story = DOCS[DOCS.index(f"## {title}") :].split("\n## ")[0]
    roster = (REPOSITORY / "contacts.yaml").read_text("utf-8")
    if units is not None:
        head, *entries = re.split(r"^(?=  - kind: )", roster, flags=re.M)
        roster = head + "".join(entries[:units])
    (words,) = re.findall(r"^```yaml\n(.*?)^```$", story, re.M | re.S)
    for line in words.splitlines():
        key = line.strip().partition(":")[0]
        roster, count = re.subn(rf"^  {key}: .*$", line, roster, count=1, flags=re.M)
        assert count == 1
    (folder / "contacts.yaml").write_text(roster, "utf-8")
    (commands,) = re.findall(r"^```sh\n(.*?)^```$", story, re.M | re.S)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY)}
    done = {}
    for command in commands.splitlines():
        words = shlex.split(command)
        run = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=500)
        assert run.returncode == 0, command + run.stdout + run.stderr
        done[" ".join(words[:2])] = run
    return done


def test_sheet_fed(tmp_path: Path) -> None:
    done = told("Sheet-fed", tmp_path, units=3)  # the parcel of one plate set is like that of several
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"plate-01.pdf", "cutting-forme.pdf", "masters.pdf", "production-ticket.pdf", "packing-list.pdf"} <= names
    said = done["keytag impose"].stderr
    spoken = re.search(r"out\.zip: [\d,]+ bytes, checksum (\w{4}-\w{4}) \(SHA-256 (\w{64})\)", said)

    assert spoken is not None and hashlib.sha256((tmp_path / "out.zip").read_bytes()).hexdigest() == spoken[2]
    with zipfile.ZipFile(tmp_path / "out.zip") as parcel:
        inside = {name.removeprefix("out/") for name in parcel.namelist()}
        assert inside == names | {"preflight.txt"}
        summary = parcel.read("out/preflight.txt").decode()
        assert parcel.read("out/plate-01.pdf") == (tmp_path / "out" / "plate-01.pdf").read_bytes()
    assert "plate-01.pdf  PDF/X-4: đạt / passed" in summary and "pdf-overprint" in summary


def test_screen_on_moulded(tmp_path: Path) -> None:
    told("Screen or pad", tmp_path, units=3)  # one plate set: films of a second are like those of the first
    films = json.loads((tmp_path / "films" / "films.json").read_text("utf-8"))["films"]
    inks = {(film["side"], film["ink"]) for film in films}
    assert inks == {("front", "White"), ("front", "Yellow"), ("front", "Black"), ("back", "White"), ("back", "Yellow")}
    assert {(f["reading"], f["emulsion"], f["polarity"], f["dpi"]) for f in films} == {
        ("right", "up", "positive", 2400)
    }
    for film in films:
        with Image.open(tmp_path / "films" / film["file"]) as image:
            assert image.mode == "1" and image.size == (film["width"], film["height"]) == (26457, 17953)
            assert image.info["compression"] == "group4" and f"ink {film['ink']}" in image.tag_v2[270]
    title = (tmp_path / "out" / "cutting-forme.dxf").read_text("ascii")
    assert "mould contour" in title
    space = ezdxf.readfile(tmp_path / "out" / "cutting-forme.dxf").modelspace()
    assert Counter((e.dxftype(), e.dxf.layer) for e in space) == {
        ("POLYLINE", "CutContour"): 20,
        ("CIRCLE", "Drill"): 20,
        ("CIRCLE", "Jig"): 2,
        ("LINE", "Jig"): 2,
    }


def test_uv_and_laser(tmp_path: Path) -> None:
    done = told("UV flatbed", tmp_path, units=3)
    assert "361 tags in staggered rows, +31 to the 330 of a grid" in done["keytag scheme"].stdout
    listing = json.loads((tmp_path / "out" / "job.json").read_text("utf-8"))
    assert {plate["stations"] for plate in listing["plates"]} == {361}
    space = ezdxf.readfile(tmp_path / "out" / "cutting-forme.dxf").modelspace()
    assert len(space.query('POLYLINE[layer=="CutContour"]')) == len(space.query('CIRCLE[layer=="Drill"]')) == 361


@pytest.mark.parametrize("name", re.findall(r"\(pictures/(\S+?)\)", DOCS))
def test_pictures_are_there(name: str) -> None:
    with Image.open(REPOSITORY / "docs" / "pictures" / name) as picture:
        assert min(picture.size) > 300
