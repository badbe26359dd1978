"""Proofs of the shipped roster: what is there, what it says, and that partial runs keep the rest."""

from __future__ import annotations

import json
import math
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

import keytag.job.proofs
from keytag.base.standard import Standard
from keytag.checks.pdf import preflight
from keytag.job.proofs import render_job
from keytag.job.ready import compose, findings_of
from keytag.job.setup import Setup, open
from tests.conftest import REPOSITORY

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def setup() -> Setup:
    return open(REPOSITORY / "contacts.yaml")


@pytest.fixture(scope="module")
def proofs(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proofs") / "proofs"
    artworks = compose(setup)
    render_job(setup, artworks, findings_of(setup, artworks), folder, dpi=300)
    return folder


def test_every_unit_has_its_three_files_and_there_is_a_book(proofs: Path, setup: Setup) -> None:
    wanted = {f"{u.key}.{end}" for u in setup.roster.units for end in ("png", "pdf", "svg")}
    assert {p.name for p in proofs.iterdir()} == wanted | {"proof-book.pdf", "proofs.json"}
    listed = {entry["name"] for entry in json.loads((proofs / "proofs.json").read_text())["files"]}
    assert listed == wanted | {"proof-book.pdf"}


def test_large_books_come_in_volumes(setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keytag.job.proofs, "UNITS", 2)
    artworks = compose(setup)[:3]
    findings = findings_of(setup, artworks)
    render_job(setup, artworks, findings, tmp_path / "proofs", dpi=100, formats=["svg", "book"])
    books = {"proof-book-0001-0001.pdf", "proof-book-0002-0003.pdf"}
    names = {p.name for p in (tmp_path / "proofs").iterdir()}
    assert names == {f"{a.key}.svg" for a in artworks} | books | {"proofs.json"}


def test_a_picture_shows_both_faces_as_they_are_in_the_hand(proofs: Path) -> None:
    with Image.open(proofs / "xa-glar.png") as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert "srgb" in image.info
        assert image.width / 300 * 25.4 == pytest.approx(52 + 4 + 52, abs=0.3)
        rgb = image.convert("RGB")
        assert [c.text for c in zxingcpp.read_barcodes(rgb)] == ["https://zalo.me/1234567890123456789"]
        per_mm = 300 / 25.4
        assert rgb.getpixel((2, 2)) == (255, 255, 255)  # outside the trim
        assert rgb.getpixel((round(4.6 * per_mm), round(11 * per_mm))) == (255, 255, 255)  # the ring hole
        red, green, blue = rgb.getpixel((round(26 * per_mm), round(2.2 * per_mm)))  # type: ignore[misc]
        assert red > 190 and green < 60 and blue < 60  # 0/100/100/0 through FOGRA39


def test_a_picture_has_front_left_and_back_right_in_equal_halves(proofs: Path) -> None:
    with Image.open(proofs / "xa-glar.png") as image:
        rgb = image.convert("RGB")
    half = rgb.width / 2
    left, right = rgb.crop((0, 0, int(half), rgb.height)), rgb.crop((math.ceil(half), 0, rgb.width, rgb.height))
    assert [len(zxingcpp.read_barcodes(part)) for part in (left, right)] == [1, 0]
    boxes = [ImageChops.difference(part, Image.new("RGB", part.size, "white")).getbbox() for part in (left, right)]
    (a0, a1, a2, a3), (b0, b1, b2, b3) = boxes  # type: ignore[misc]
    assert abs((a2 - a0) - (b2 - b0)) <= 1 and (a1, a3) == (b1, b3)  # both tags are of one size, on one height
    assert abs(a0 - (right.width - b2)) <= 1 and abs((left.width - a2) - b0) <= 1  # mirror images about the middle


def test_a_one_up_file_is_press_ready_and_has_its_measures(proofs: Path) -> None:
    data = (proofs / "xa-glar.pdf").read_bytes()
    assert preflight(data, Standard.X4) == []
    with pikepdf.open(proofs / "xa-glar.pdf") as pdf:
        assert len(pdf.pages) == 2
        width = float(pdf.pages[0].TrimBox[2]) - float(pdf.pages[0].TrimBox[0])
        assert width * 25.4 / 72 == pytest.approx(50, abs=0.01)
        names = {str(g.Name) for g in pdf.Root.OCProperties.OCGs}
    assert {"Artwork", "Cut line", "Ring hole", "Dimensions"} <= names


def test_a_drawing_says_its_words(proofs: Path) -> None:
    root = ElementTree.parse(proofs / "xa-glar.svg").getroot()
    labels = [e.get("aria-label") for e in root.iter() if e.get("aria-label")]
    assert "0269.3000.113" in labels and "https://zalo.me/1234567890123456789" in labels
    assert root.get("width", "").endswith("mm") and root.tag == SVG + "svg"


def test_a_partial_run_keeps_the_other_proofs(proofs: Path, setup: Setup) -> None:
    artworks = compose(setup)
    before = {p.name: p.read_bytes() for p in proofs.iterdir()}
    one = [a for a in artworks if a.key == "xa-glar"]
    render_job(setup, one, [], proofs, dpi=100, whole=False, formats=("png", "book"))
    after = {p.name: p.read_bytes() for p in proofs.iterdir()}
    assert set(after) == set(before) | {"proof-book-xa-glar.pdf"}
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"xa-glar.png", "proofs.json"}
    assert len(json.loads(after["proofs.json"])["files"]) == 53
