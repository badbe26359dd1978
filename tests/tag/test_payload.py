"""What a QR says is decided once: for the tag, its checks, its proof and its verification."""

from __future__ import annotations

from pathlib import Path

import pytest

import keytag
from keytag.base.diagnostics import has_errors
from keytag.base.drawing import Symbol
from keytag.files import shipped
from keytag.tag.payload import payloads

ROSTER = """\
job: {name: Thử, template: tag.yaml, scheme: small.yaml, date: 2020-05-18, edition: 05/2020, qr_hosts: [HOSTS]}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
            zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 4}
  - {kind: xã, name: Trang, code: "23713", duty: 0269.3000.202, chief: 0900.000.103, deputies: [0900.000.104],
     quantity: 4}
"""
SCHEME = """
name: small
sheet: {width: 200mm, height: 130mm}
gripper: {edge: bottom, depth: 10mm}
margins: {top: 18mm, right: 19mm, bottom: 6mm, left: 15mm}
gap: 6mm
work: sheetwise
"""


def opened(folder: Path, link: str, hosts: str = "zalo.me") -> keytag.Setup:
    design = shipped.locate(shipped.TAGS, "oval-50x20", Path()).read_text("utf-8")
    assert 'link: "{link}"' in design
    (folder / "tag.yaml").write_text(design.replace('link: "{link}"', f'link: "{link}"'), "utf-8")
    (folder / "small.yaml").write_text(SCHEME, "utf-8")
    (folder / "contacts.yaml").write_text(ROSTER.replace("HOSTS", hosts), "utf-8")
    return keytag.open(folder / "contacts.yaml")


@pytest.mark.parametrize(
    ("link", "check"),
    [
        ("https://qr.zalo.me/w/1234567890", "link-host"),
        ("https://oa.zalo.me/", "link-host"),
        ("https://bit.ly/{unit.code}", "link-host"),
        ("https://zalo.me/0900000100", "link-phone"),
        ("{link}?from={unit.code}", "link-form"),
        ("http://congan.example.vn/{unit.code}", "link-form"),
        ("https://elsewhere.example.vn/{unit.code}", "link-host"),
        ("https://zalo.me/g/{unit.code}", "link-path"),
    ],
)
def test_a_link_that_the_template_makes_is_refused(link: str, check: str, tmp_path: Path) -> None:
    setup = opened(tmp_path, link)
    found = [f for f in keytag.check(setup) if f.id == check]
    assert found and has_errors(found)
    assert not isinstance(keytag.ready(setup), keytag.Ready)
    if "{" not in link:  # said once, at the template's line, and not for every unit
        (finding,) = found
        assert finding.span is not None and Path(finding.span.file).name == "tag.yaml"


def test_the_rosters_own_link_is_judged_once(tmp_path: Path) -> None:
    setup = opened(tmp_path, "{link}")
    assert not [f for f in keytag.check(setup) if f.id.startswith("link-")]
    path = tmp_path / "contacts.yaml"
    path.write_text(path.read_text("utf-8").replace("zalo.me/1234567890123456789", "zalo.me/g/abc"), "utf-8")
    assert [f.id for f in keytag.check(keytag.open(path)) if f.id.startswith("link-")] == ["link-path"]


def test_an_honest_pattern_is_printed_and_verified(tmp_path: Path) -> None:
    setup = opened(tmp_path, "https://congan.example.vn/{unit.code}", "congan.example.vn")
    ready = keytag.ready(setup)
    assert isinstance(ready, keytag.Ready), ready
    for unit, artwork in zip(setup.roster.units, ready.artworks, strict=True):
        said = [
            (side, mark.payload)
            for side, face in zip(("front", "back"), artwork.faces, strict=True)
            for group in face.form.groups
            for mark in group.marks
            if isinstance(mark, Symbol)
        ]
        assert said == [(p.side, p.text) for p in payloads(setup.template, setup.roster.job, unit)]
        assert unit.code and said[0][1].startswith(f"https://congan.example.vn/{unit.code.value}")
    keytag.impose(ready, tmp_path / "out")
    report = keytag.verify(tmp_path / "out", setup)
    assert report.failures == 0, [item.failures for item in report.items]
    # Another pattern's codes are not these: the comparison can fail.
    other = opened(tmp_path, "https://congan.example.vn/a/{unit.code}", "congan.example.vn")
    (codes,) = (item for item in keytag.verify(tmp_path / "out", other).items if item.key == "codes")
    (before,) = (item for item in report.items if item.key == "codes")
    assert codes.compared == before.compared > len(setup.roster.units)
    assert len(codes.failures) == codes.compared  # each station, by what it says and what it should
    for unit in setup.roster.units:
        code = unit.code.value if unit.code else ""
        assert any(f"vn/{code}" in f.message and f"vn/a/{code}" in f.message for f in codes.failures)
