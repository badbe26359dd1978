"""The shipped roster, from contacts.yaml to the factory's folder, looked at with readers that are not ours."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
import zxingcpp
from PIL import Image

import keytag
from keytag.base.errors import OutputError
from keytag.base.standard import Standard
from keytag.job import work
from keytag.qr import decode as decoders
from keytag.render import png
from keytag.roster.model import Roster
from tests.conftest import REPOSITORY
from tests.job.test_faults import SCHEME, SMALL

PRESS = ("press sheet", "cutting forme", "one-up masters")


def impose(folder: Path, standard: Standard, roster: Path = REPOSITORY / "contacts.yaml") -> dict[str, Any]:
    ready = keytag.ready(keytag.open(roster))
    assert isinstance(ready, keytag.Ready)
    keytag.impose(ready, folder, standard)
    return json.loads((folder / "job.json").read_text())


@pytest.fixture(scope="module", params=list(Standard), ids=lambda s: s.value)
def job(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("job") / "out"
    return folder, impose(folder, request.param)


def plates(job: tuple[Path, dict[str, Any]]) -> list[Path]:
    folder, listing = job
    return [folder / plate["file"] for plate in listing["plates"]]


def spoken(form: pikepdf.Object) -> list[str]:
    """The ActualText of a form, by a plain reading of its operators."""
    found = []
    for instruction in pikepdf.parse_content_stream(form, "BDC"):
        tag, properties = instruction.operands
        if str(tag) == "/Span":
            found.append(str(properties["/ActualText"]))
    return found


def test_the_folder_is_what_job_json_says(job: tuple[Path, dict[str, Any]]) -> None:
    folder, listing = job
    assert {e["name"] for e in listing["files"]} | {"job.json"} == {p.name for p in folder.iterdir()}
    for entry in listing["files"]:
        assert hashlib.sha256((folder / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
    assert {i["name"] for i in listing["inputs"]} == {"contacts.yaml", "oval-50x20.yaml", "sra3-sheetwise.yaml"}
    assert str(folder) not in (folder / "job.json").read_text()


def test_every_station_says_the_rosters_numbers(job: tuple[Path, dict[str, Any]], shipped_roster: Roster) -> None:
    by_name = {u.name.value.upper(): u for u in shipped_roster.units if u.name}
    stations: Counter[str] = Counter()
    for plate in plates(job):
        with pikepdf.open(plate) as pdf:
            page = pdf.pages[1]
            forms = page.obj.Resources.XObject
            for instruction in pikepdf.parse_content_stream(page, "Do"):
                texts = spoken(forms[str(instruction.operands[0])])
                numbers = {re.sub(r"\D", "", t) for t in texts if re.fullmatch(r"[0-9.]{9,}", t)}
                (unit,) = [u for name, u in by_name.items() if any(t.endswith(f" {name}") for t in texts)]
                assert numbers == {c.number.value.replace(".", "") for c in unit.contacts}
                stations[unit.key] += 1
    assert set(stations) == {unit.key for unit in shipped_roster.units}


def test_sheets_times_runs_give_every_unit_its_order(job: tuple[Path, dict[str, Any]], shipped_roster: Roster) -> None:
    folder, listing = job
    printed: Counter[str] = Counter()
    for plate in listing["plates"]:
        with pikepdf.open(folder / plate["file"]) as pdf:
            for instruction in pikepdf.parse_content_stream(pdf.pages[0], "Do"):
                name = str(instruction.operands[0])
                printed[name[2:].split("_2F")[0]] += plate["run"]
    for unit in shipped_roster.units:
        assert printed[unit.key] >= unit.tags * 1.03 - 1, unit.key


def test_every_code_reads_with_zxing_and_one_of_each_with_zbar(
    job: tuple[Path, dict[str, Any]], tool: Callable[[str], str]
) -> None:
    tool("zbarimg")
    for plate in plates(job):
        black = png.plate_pdf(plate.read_bytes(), "Black")
        image = png.rasterise(black, 0, 300, gray=True)
        with pikepdf.open(plate) as pdf:
            stations = len(list(pikepdf.parse_content_stream(pdf.pages[0], "Do")))
        read = zxingcpp.read_barcodes(image)
        assert len(read) == stations
        assert {code.text for code in read} == {"https://zalo.me/1234567890123456789"}
    corner = image.crop((0, 0, image.width // 2, image.height // 4))
    assert set(decoders.zbar(corner)) == {"https://zalo.me/1234567890123456789"}


def test_ghostscript_makes_a_plate_of_every_spot_and_nothing_is_knocked_out(
    job: tuple[Path, dict[str, Any]], tool: Callable[[str], str], tmp_path: Path
) -> None:
    plate = plates(job)[0]
    words = [tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r60", "-dFirstPage=1"]
    subprocess.run([*words, "-dLastPage=1", "-sOutputFile=p%d.tif", str(plate)], cwd=tmp_path, check=True)
    names = {m[1] for p in tmp_path.iterdir() if (m := re.fullmatch(r"p1\((.+)\)\.tif", p.name))}
    assert {"CutContour", "Drill", "Magenta", "Yellow", "Black"} <= names
    assert "White" not in names  # the shipped tags are of white plastic
    cut = 255 - np.asarray(Image.open(tmp_path / "p1(CutContour).tif").convert("L"), dtype=int)
    magenta = 255 - np.asarray(Image.open(tmp_path / "p1(Magenta).tif").convert("L"), dtype=int)
    under = cut > 128
    assert under.sum() > 1000
    # The trim lies in solid red: a cut line that knocked out would show as missing magenta. (The frame is 1 mm off.)
    assert (magenta[under] > 200).mean() > 0.98


@pytest.mark.parametrize("name", ["plate-01.pdf", "masters.pdf", "cutting-forme.pdf"])
def test_other_readers_find_nothing_to_say(
    name: str, job: tuple[Path, dict[str, Any]], tool: Callable[[str], str]
) -> None:
    path = job[0] / name
    checked = subprocess.run([tool("qpdf"), "--check", str(path)], capture_output=True, text=True)
    assert checked.returncode == 0 and "warning" not in (checked.stdout + checked.stderr).lower()
    drawn = subprocess.run(
        [tool("mutool"), "draw", "-q", "-o", "/dev/null", "-F", "png", "-r", "20", str(path)],
        capture_output=True,
        text=True,
    )
    said = [line for line in drawn.stderr.splitlines() if "ICC support is not available" not in line]
    assert drawn.returncode == 0 and said == []
    text = subprocess.run([tool("pdffonts"), str(path)], capture_output=True, text=True).stdout
    assert len(text.splitlines()) <= 2  # the table's head: no fonts at all


def test_an_artwork_is_one_form_used_by_every_station(job: tuple[Path, dict[str, Any]]) -> None:
    for plate in plates(job):
        with pikepdf.open(plate) as pdf:
            for page in pdf.pages:
                names = [str(i.operands[0]) for i in pikepdf.parse_content_stream(page, "Do")]
                assert len(names) == 80 or len(names) > len(set(names))
                assert set(names) == {n for n in page.obj.Resources.XObject.keys()}  # noqa: C416, SIM118


def test_a_file_that_fails_its_preflight_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = work.preflight

    def suspicious(name: str, data: bytes, standard: Standard, **how: Any) -> None:
        bad = data.replace(b"/DeviceCMYK", b"/DeviceRGB ") if name == "masters.pdf" else data
        real(name, bad, standard, **how)

    monkeypatch.setattr(work, "preflight", suspicious)
    with pytest.raises(OutputError, match=r"masters\.pdf: fails its own preflight") as caught:
        impose(tmp_path / "out", Standard.X4)
    assert caught.value.exit_code == 4
    assert list(tmp_path.iterdir()) == []


def test_a_reprint_makes_only_what_changed_and_says_why(tmp_path: Path) -> None:
    import sys

    def keytag(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "keytag", *words], cwd=tmp_path, capture_output=True, text=True, timeout=120
        )

    (tmp_path / "small.yaml").write_text(SCHEME)
    (tmp_path / "contacts.yaml").write_text(SMALL)
    assert keytag("impose").returncode == 0
    same = keytag("impose", "--since", "out/job.json", "-o", "again")
    assert same.returncode == 0 and "no tag differs" in same.stderr and not (tmp_path / "again").exists()
    (tmp_path / "contacts.yaml").write_text(SMALL.replace("chief: 0900.000.101", "chief: 0900.000.199"))
    done = keytag("impose", "--since", "out/job.json", "-o", "again")
    assert done.returncode == 0, done.stderr
    assert "xã Glar: chief's number: 0900.000.101 is now 0900.000.199" in done.stderr
    listing = json.loads((tmp_path / "again" / "job.json").read_text())
    assert [unit["key"] for unit in listing["units"]] == ["xa-glar"]
    assert listing["since"][0]["key"] == "xa-glar"
    assert keytag("verify", "again").returncode == 0
