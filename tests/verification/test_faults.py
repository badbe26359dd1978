"""Proof that verify can fail: each kind of fault is made in a finished file; verify finds it and names the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.verification.damage import (
    GLAR_BACK,
    GLAR_FRONT,
    MASTERS,
    PLATE,
    Job,
    actual,
    failed,
    form,
    item_of,
    path_lines,
    replaced,
    shifted,
    spoken,
)

CHIEF, DEPUTY, LINK = "0900.000.101", "0900.000.102", "https://zalo.me/1234567890123456789"


def test_a_good_job_has_no_failure_and_nothing_is_left_out(job: Job) -> None:
    report = job.verify()
    assert failed(report) == {}
    assert {item.key: item.skipped for item in report.items if item.skipped} == {}
    assert all(item.compared > 0 for item in report.items)
    assert len(report.items) == 10


def test_saved_anew_it_is_still_good(job: Job) -> None:
    """So that what is found below is the fault, and not the saving."""
    for name in (PLATE, MASTERS):
        job.spoil(name, lambda pdf: None)
    assert failed(job.verify()) == {}


def test_a_digit_swapped_in_the_text(job: Job) -> None:
    job.spoil_face(GLAR_BACK, replaced(actual(CHIEF), actual("0900.000.110")), everywhere=True)
    found = failed(job.verify())
    assert found.keys() == {"words"}
    assert f"{PLATE}: xã Glar, back: unit.chief is 0900.000.110, the roster has 0900000101" in found["words"]


def test_a_digit_swapped_in_the_outlines(job: Job) -> None:
    """The text still says the right number: only the picture tells."""

    def edit(data: bytes) -> bytes:
        (a, b), (c, d) = spoken(data, CHIEF), spoken(data, DEPUTY)
        here, there = (data[x:y].split(b" cm\n")[0].split()[-1] for x, y in ((a, b), (c, d)))
        return data[:a] + data[c:d].replace(b" %s cm" % there, b" %s cm" % here) + data[b:]

    job.spoil_face(GLAR_BACK, edit, everywhere=True)
    found = failed(job.verify())
    assert found.keys() >= {"digits"} and found.keys() <= {"digits", "words"}
    assert any(f.startswith(f"{PLATE}: xã Glar, back: 0900000101 is not read") for f in found["digits"])


def test_a_glyph_moved(job: Job) -> None:
    """The last digit's outline is moved out of the tag."""

    def edit(data: bytes) -> bytes:
        a, b = spoken(data, CHIEF)
        lines = data[a:b].split(b"\n")
        last = max(i for i, line in enumerate(lines) if line.endswith(b" m"))
        lines[last:] = [
            shifted(x, 0, 9000) if x[-1:] in b"mlc" and x[:1] not in b"Qq" and len(x) > 1 else x for x in lines[last:]
        ]
        return data[:a] + b"\n".join(lines) + data[b:]

    job.spoil_face(GLAR_BACK, edit, everywhere=True)
    found = failed(job.verify())
    assert {"digits", "words"} <= found.keys()
    assert any("xã Glar, back" in f and "from its place" in f and CHIEF in f for f in found["words"])
    assert any(f.startswith(f"{PLATE}: xã Glar, back: 0900000101 is not read") for f in found["digits"])


def test_a_name_moved(job: Job) -> None:
    """Letters are not read by OCR: their place tells."""
    name = "CÔNG AN XÃ GLAR"

    def edit(data: bytes) -> bytes:
        a, b = spoken(data, name)
        y = data[a:b].split(b" cm\n")[0].split()[-1]
        lower = b"%.4f" % (float(y) + 0.2)
        return data[:a] + data[a:b].replace(b" %s cm" % y, b" %s cm" % lower) + data[b:]

    job.spoil_face(GLAR_BACK, edit, everywhere=True)
    assert failed(job.verify()) == {"words": [f"{PLATE}: xã Glar, back: '{name}' stands 0.20 mm from its place"]}


def blotted(side: float, colour: bytes) -> Any:
    """A square painted over the middle of the symbol, over all that stands in the form."""

    def edit(data: bytes) -> bytes:
        a, b = spoken(data, LINK)
        lines = data[a:b].split(b"\n")
        points = [[float(n) for n in lines[i].split()[-3:-1]] for i in path_lines(data[a:b])]
        x, y = (sum(p[i] for p in points) / len(points) - side / 2 for i in (0, 1))
        square = b"%.4f %.4f m %.4f %.4f l %.4f %.4f l %.4f %.4f l h f\n" % (
            *(x, y),
            *(x + side, y),
            *(x + side, y + side),
            *(x, y + side),
        )
        end = b + len(b"EMC\n")
        return data[:end] + colour + b" k\n" + square + data[end:]

    return edit


@pytest.mark.parametrize("colour", [b"0 0 0 0", b"0 0 0 1"], ids=["white", "black"])
def test_a_few_modules_flipped(job: Job, colour: bytes) -> None:
    """Error correction still reads the code; the modules are wrong all the same. Only one unit's front is touched."""
    job.spoil_face("/Fxa-trang_2Ffront", blotted(0.9, colour), everywhere=True)
    found = failed(job.verify())
    assert found.keys() == {"grade"}
    (only,) = found["grade"]
    assert only.startswith(f"{PLATE}: xã Trang: ") and "modules are not as they should be" in only


def test_a_blot_over_the_code(job: Job) -> None:
    job.spoil_face(GLAR_FRONT, blotted(5.0, b"0 0 0 0"), everywhere=True)
    found = failed(job.verify())
    assert {"codes", "codes-again", "grade"} <= found.keys()
    assert f"{PLATE}, page 1, code 1 (xã Glar)" in found["codes"][0] and "does not read" in found["codes"][0]


def test_another_payload_in_the_code(job: Job, other_code: Path) -> None:
    """The text still claims the right link: only the decoders tell."""
    with pikepdf.open(other_code / "out" / PLATE) as pdf:
        data = form(pdf, GLAR_FRONT).read_bytes()
    c, d = spoken(data, "https://zalo.me/9876543210987654321")

    def edit(own: bytes) -> bytes:
        a, b = spoken(own, LINK)
        return own[:a] + data[c:d] + own[b:]

    job.spoil_face(GLAR_FRONT, edit, everywhere=True)
    found = failed(job.verify())
    assert {"codes", "codes-again", "grade"} <= found.keys() and "words" not in found
    assert "reads https://zalo.me/9876543210987654321" in found["codes"][0]
    assert f"{PLATE}, page 1, code 1 (xã Glar)" in found["codes"][0]


def test_another_payload_in_the_text(job: Job) -> None:
    job.spoil_face(GLAR_FRONT, replaced(actual(LINK), actual(LINK[:-1] + "8")), everywhere=True)
    found = failed(job.verify())
    assert any(f.startswith(f"{PLATE}: xã Glar, front: the QR code claims") for f in found["words"])


def stations(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line.endswith(b" Do Q")]


def test_the_back_is_not_mirrored(job: Job) -> None:
    """Each tag's back stands where its front does: on the sheet turned over, behind another unit."""
    job.spoil(PLATE, unmirrored)
    found = failed(job.verify())
    assert found.keys() == {"registration"}
    assert any(f.startswith(f"{PLATE}, station ") and "behind it stands" in f for f in found["registration"])


def unmirrored(pdf: pikepdf.Pdf) -> None:
    front, back = (page.obj.Contents for page in pdf.pages)
    fronts, before = stations(front.read_bytes()), back.read_bytes()
    old = stations(before)
    new = [line.replace(b"_2Ffront", b"_2Fback") for line in fronts]
    after = before.replace(b"\n".join(old), b"\n".join(new))
    assert after != before
    back.write(after)


def test_the_back_slipped(job: Job) -> None:
    """By 0.05 mm, all stations alike."""

    def edit(data: bytes) -> bytes:
        for line in stations(data):
            words = line.split()
            words[5] = b"%.4f" % (float(words[5]) + 0.05)
            data = data.replace(line, b" ".join(words))
        return data

    job.spoil_page(1, edit)
    found = failed(job.verify())
    assert found.keys() == {"registration"}
    assert f"{PLATE}, station 1: the die-line behind is off by 0.050 mm" in found["registration"]


def test_a_hole_is_off(job: Job) -> None:
    """By 0.05 mm, on the back of one unit, in the plate and in the masters."""

    def edit(data: bytes) -> bytes:
        at = data.index(b"/Drill CS")
        lines = data[at:].split(b"\n")
        for i in path_lines(data[at:]):
            lines[i] = shifted(lines[i], 0.05, 0)
        return data[:at] + b"\n".join(lines)

    job.spoil_face(GLAR_BACK, edit, everywhere=True)
    found = failed(job.verify())
    assert found.keys() == {"registration"}
    assert f"{PLATE}, station 1: the ring hole behind is off by 0.050 mm" in found["registration"]
    assert len(found["registration"]) == 4  # Glar's stations, and none of Trang's


def knocked_out(pdf: pikepdf.Pdf) -> None:
    state = form(pdf, GLAR_FRONT).Resources.ExtGState["/Overprint"]
    state.OP, state.op, state.OPM = False, False, 0


def test_a_plate_is_knocked_out(job: Job) -> None:
    for name in (PLATE, MASTERS):
        job.spoil(name, knocked_out)
    found = failed(job.verify())
    assert {"conformance", "plates"} <= found.keys()
    assert any(f.startswith(f"{MASTERS}, page 1: ") and "change under the technical inks" in f for f in found["plates"])
    assert any(f.startswith(f"{PLATE}: ") and "[pdf-overprint]" in f for f in found["conformance"])


def test_a_face_of_the_sheet_is_not_its_master(job: Job) -> None:
    """What Ghostscript separates are the masters: a fault in the plate alone must not slip past it."""
    job.spoil_face(GLAR_FRONT, replaced(b"0 1 1 0 k", b"0 1 1 0.1 k"))
    assert failed(job.verify()) == {"plates": [f"{PLATE} {GLAR_FRONT}: is not painted as in {MASTERS}"]}


def test_an_rgb_colour(job: Job) -> None:
    job.spoil_face(GLAR_FRONT, replaced(b"0 1 1 0 k", b"0.8 0 0 rg"))
    found = failed(job.verify())
    assert any(f.startswith(f"{PLATE}: ") and "[pdf-colour]" in f for f in found["conformance"])


def test_too_much_ink(job: Job) -> None:
    job.spoil_face(GLAR_FRONT, replaced(b"0 1 1 0 k", b"0.9 1 1 0.6 k"), everywhere=True)
    found = failed(job.verify())
    assert any(f.startswith(f"{MASTERS}, page 1: ") and "of ink lie on one another" in f for f in found["plates"])


def taken_out(layer: str) -> Any:
    """A layer's whole group, from every face of the file."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for face in page.obj.Resources.XObject.values():
                data = face.read_bytes()
                if b"/OC /Artwork BDC" not in data:  # the measures around a master
                    continue
                start = data.index(b"/OC /%s BDC" % layer.encode())
                end = data.find(b"/OC /", start + 1)
                face.write(data[:start] + (data[end:] if end > 0 else b""))

    return change


@pytest.mark.parametrize(
    ("layer", "name"), [("White", "White underbase"), ("Cut", "Cut line"), ("Hole", "Ring hole")], ids=lambda v: v
)
def test_a_layer_is_missing(job: Job, layer: str, name: str) -> None:
    for file in (PLATE, MASTERS):
        job.spoil(file, taken_out(layer))
    found = failed(job.verify())
    assert f"{MASTERS}: nothing is on the layer {name!r} [pdf-expected]" in found["conformance"]
    assert any(f.startswith(f"{MASTERS}, page 1: has no plate of its own for ") for f in found["plates"])
    if layer == "Cut":
        assert f"{PLATE} {GLAR_FRONT}: has no die-line" in found["registration"]


def test_a_layer_is_not_declared(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layers = pdf.Root.OCProperties
        for held in (layers.OCGs, layers.D.Order, layers.D.ON):
            (at,) = (i for i, group in enumerate(held) if str(group.Name) == "Cut line")
            del held[at]

    job.spoil(PLATE, change)
    found = failed(job.verify())
    wanted = "uses the layer /Cut, which is not among the file's layers [pdf-forbidden]"
    assert any(f.startswith(f"{PLATE}: ") and f.endswith(wanted) for f in found["conformance"])


def test_a_run_is_short(job: Job) -> None:
    """job.json is consistent with itself: only the order tells."""

    def change(listing: dict[str, Any]) -> None:
        (plate,) = listing["plates"]
        plate["run"] -= 1
        per_sheet = {slot["key"]: slot["tags"] for slot in plate["slots"]}
        for unit in listing["units"]:
            unit["printed"] -= per_sheet[unit["key"]]

    job.relist(change)
    found = failed(job.verify())
    assert found.keys() == {"arithmetic"}
    assert any(f.startswith("xã Glar: ") and "24 are ordered" in f for f in found["arithmetic"])


def test_the_listing_promises_more_than_stands_on_the_sheets(job: Job) -> None:
    job.relist(lambda listing: listing["units"][0].__setitem__("printed", 1000))
    (only,) = failed(job.verify())["arithmetic"]
    assert only.startswith("xã Glar: ") and "job.json says 1,000" in only


def test_a_station_is_removed(job: Job) -> None:
    job.spoil_page(0, lambda data: data.replace(stations(data)[0] + b"\n", b"", 1))
    found = failed(job.verify())
    assert {"registration", "arithmetic"} <= found.keys()
    assert any(f.startswith(f"{PLATE}: ") and "in front and" in f for f in found["registration"])
    assert any(f.startswith("xã Glar: ") for f in found["arithmetic"])


def test_a_station_in_the_gripper(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        line = stations(data)[-1]
        words = line.split()
        words[6] = b"%.4f" % (float(words[6]) + 22)
        return data.replace(line, b" ".join(words))

    for page in (0, 1):
        job.spoil_page(page, edit)
    found = failed(job.verify())
    assert f"{PLATE}, page 1, station 6: lies in the gripper" in found["registration"]


def test_a_file_changed_afterwards(job: Job) -> None:
    path = job.out / "production-ticket.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    assert failed(job.verify()) == {
        "hashes": ["production-ticket.pdf: is not the file that job.json lists: its SHA-256 differs"]
    }


def test_a_file_missing(job: Job) -> None:
    (job.out / "packing-list.csv").unlink()
    assert failed(job.verify()) == {"hashes": ["packing-list.csv: is missing"]}


def test_a_roster_changed_afterwards(job: Job) -> None:
    """A new chief: the sheets are yesterday's."""
    roster = job.roster[0]
    roster.write_text(roster.read_text(encoding="utf-8").replace(CHIEF, "0900.000.109"), encoding="utf-8")
    found = failed(job.verify())
    assert f"{PLATE}: xã Glar, back: unit.chief is {CHIEF}, the roster has 0900000109" in found["words"]
    assert any("0900000109 is not read" in f for f in found["digits"])


def test_a_plate_of_nobody(job: Job) -> None:
    """A unit that the roster no longer has."""
    roster = job.roster[0]
    text = roster.read_text(encoding="utf-8")
    roster.write_text(text[: text.index("  - {kind: xã, name: Trang")], encoding="utf-8")
    found = failed(job.verify())
    assert any("is the tag of no unit in the roster" in f for f in found["words"])
    assert item_of(job.verify(), "arithmetic").failures
