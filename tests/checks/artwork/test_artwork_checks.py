"""Each artwork check: its bad sample gives exactly its finding, the good job gives none."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

import keytag
from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks import run_artwork_checks
from keytag.checks.artwork import ARTWORK_CHECKS, Sound, check_artwork, numbers_many, outside_safe_area, thin_line
from keytag.checks.artwork.subject import Sample, Words, subject
from keytag.files import shipped
from keytag.files.source import Source, read
from keytag.roster.model import Roster
from keytag.tag.compose import Composer
from keytag.tag.measure import least_apart
from keytag.tag.processes import PROCESSES
from keytag.tag.template import Template
from keytag.tag.template_file import read_template
from keytag.tag.wording import PEOPLE
from tests.conftest import REPOSITORY, roster_of

ROSTER = """
job: {edition: 05/2020, slogan: Gọi ngay}
authority:
  name: Đak Đoa
  level: district
  duty: 0269.3000.113
  zalo: https://zalo.me/1234567890123456789
units:
  - kind: xã
    name: Glar
    duty: 0269.3000.201
    chief: 0900.000.101
    deputies: [0900.000.102, 0900.000.103, 0900.000.104]
    quantity: 100
"""
TEMPLATE = read(shipped.locate(shipped.TAGS, "oval-50x20", Path())).text


def findings(roster_text: str, template_text: str, file: str = "t.yaml") -> list[Diagnostic]:
    template, findings = read_template(Source(file, template_text))
    assert findings == ()
    roster = roster_of(roster_text)
    artworks = Composer(template).compose_job(roster.job, roster.units)
    found, sound = [], Sound()
    for unit, artwork in zip(roster.units, artworks, strict=True):
        found += (here := check_artwork(artwork, template, unit.span))
        for _ in range(2):  # what was found is found again on the next tag with this face
            assert check_artwork(artwork, template, unit.span, sound=sound) == here
    return found


def changed(text: str, change: tuple[str, str] | None) -> str:
    if change is None:
        return text
    assert change[0] in text, change[0]
    return text.replace(change[0], change[1])


def test_the_good_job_gives_no_finding() -> None:
    assert [f for f in findings(ROSTER, TEMPLATE) if f.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("check", ARTWORK_CHECKS, ids=lambda c: c.ID)
def test_the_bad_sample_gives_the_finding(check: ModuleType, tmp_path: Path) -> None:
    Image.new("RGB", (30, 30), "red").save(tmp_path / "coarse.png")
    sample: Sample = check.BAD
    roster, template = changed(ROSTER, sample.roster), changed(TEMPLATE, sample.template)
    found = findings(roster, template, str(tmp_path / "t.yaml"))
    mine = [f for f in found if f.id == check.ID]
    assert mine, [(f.id, f.message) for f in found]
    for finding in mine:
        assert finding.unit.startswith("xa-") and finding.span is not None
        assert finding.message.startswith("xã ")


@pytest.mark.parametrize("check", ARTWORK_CHECKS, ids=lambda c: c.ID)
def test_each_check_says_why_it_exists(check: ModuleType) -> None:
    assert check.__doc__ and len(check.__doc__.split()) > 15
    assert check.__name__.rpartition(".")[2].replace("_", "-") == check.ID


def test_a_finding_points_at_the_line_that_is_to_blame() -> None:
    roster = ROSTER.replace(
        "slogan: Gọi ngay", "slogan: Phát hiện trộm cắp gây rối hãy gọi ngay cho công an xã ngày đêm"
    )
    (finding,) = [f for f in findings(roster, TEMPLATE) if f.id == "left-out"]
    assert finding.span and (finding.span.line, finding.span.column) == (2, 33)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("roles: [duty, chief, deputy, other]", "roles: [duty, deputy, other]", ["0900.000.101"]),
        ("roles: [duty, chief, deputy, other]", "roles: [duty, chief, deputy]", ["0900.000.109"]),
        ("        - contacts:\n", "        - contacts:\n            needs: [authority.chief]\n", ["0269.3000.201"]),
        ("{unit.kind} {unit.name}", "xã", ["Glar"]),
        ("  - qr:\n", "  - qr:\n      needs: [slogan]\n", []),
        ("", "", []),
    ],
)
def test_what_a_list_of_numbers_leaves_out_is_told(old: str, new: str, expected: list[str]) -> None:
    text = TEMPLATE.replace("{unit.kind_short} {unit.name}", "xã") if expected == ["Glar"] else TEMPLATE
    assert old in text
    template, faults = read_template(Source("t.yaml", text.replace(old, new) if old else text))
    assert faults == ()
    roster = roster_of(
        ROSTER.replace("    quantity", "    others: [{role: Chủ tịch, number: 0900.000.109}]\n    quantity")
    )
    artworks = Composer(template).compose_job(roster.job, roster.units)
    found = [f for f in run_artwork_checks(roster, template, artworks) if f.id == "left-out"]
    said = [f.message.split("'")[1] for f in found]
    assert said[:1] == expected[:1] and len(said) == (6 if "needs: [authority" in new else len(expected))
    assert all(f.span is not None and f.span.line > 8 for f in found)


def test_a_link_that_a_tag_has_no_code_for_is_told() -> None:
    whole = re.sub(r"  - qr:\n(?:      .*\n)+", "", TEMPLATE)
    template, faults = read_template(Source("t.yaml", whole))
    assert faults == () and whole != TEMPLATE
    for text, expected in ((ROSTER, 1), (re.sub("  zalo: .*\n", "", ROSTER), 0)):
        roster = roster_of(text)
        artworks = Composer(template).compose_job(roster.job, roster.units)
        found = run_artwork_checks(roster, template, artworks)
        assert len([f for f in found if f.id == "left-out" and "the link" in f.message]) == expected


def test_modules_between_good_and_least_are_a_warning() -> None:
    roster = ROSTER.replace("https://zalo.me/1234567890123456789", "https://zalo.me/oa/dak-doa-gia-lai")
    (finding,) = [f for f in findings(roster, TEMPLATE) if f.id == "qr-module"]
    assert finding.severity is Severity.WARNING


def test_the_shipped_job_is_clean(shipped_roster: Roster, template: Template) -> None:
    for artwork in Composer(template).compose_job(shipped_roster.job, shipped_roster.units):
        found = check_artwork(artwork, template, None)
        assert [f for f in found if f.severity is not Severity.NOTE] == []


def test_a_face_that_many_tags_share_is_looked_at_once(
    shipped_roster: Roster, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(thin_line, "check", lambda tag: looked.extend(side for side, _ in tag.faces()) or ())
    artworks = Composer(template, draft=True).compose_job(shipped_roster.job, shipped_roster.units)
    run_artwork_checks(shipped_roster, template, artworks)
    fronts = {id(artwork.front.form.groups) for artwork in artworks}
    assert looked.count("front") == len(fronts) == 1 and looked.count("back") == len(artworks) > 1


@pytest.mark.parametrize("count", numbers_many.REACHED)
def test_the_size_that_a_list_reaches_on_the_roomier_template_is_what_composing_it_gives(count: int) -> None:
    deputies = ", ".join(f"0900.000.{102 + i}" for i in range(count - 2))
    text = changed(ROSTER, ("[0900.000.102, 0900.000.103, 0900.000.104]", f"[{deputies}]"))
    roster = roster_of(text)
    template, _ = read_template(read(shipped.locate(shipped.TAGS, numbers_many.ROOMIER, Path())))
    back = Composer(template, draft=True).compose(roster.job, roster.units[0]).back
    numbers = [
        m for group in back.form.groups for m in group.marks if isinstance(m, Words) and m.field.startswith(PEOPLE)
    ]
    assert len(numbers) == count
    assert min(m.size for m in numbers) == pytest.approx(numbers_many.REACHED[count], abs=0.1)
    said = [f.message for f in findings(text, TEMPLATE) if f.id == numbers_many.ID]
    assert len(said) == 1
    assert said[0].endswith(f"; on {numbers_many.ROOMIER} about {numbers_many.REACHED[count]:g} pt")


def test_ink_lies_in_its_lines_box_so_that_a_box_inside_the_area_is_answer_enough() -> None:
    template, _ = read_template(read(shipped.locate(shipped.TAGS, "oval-50x20", Path())))
    roster = roster_of(ROSTER)
    artwork = Composer(template).compose(roster.job, roster.units[0])
    seen = set()
    for inset in (1.5, 2.0, 2.5, 3.0, 4.0):
        area = artwork.outline.chords(inset)
        for live in subject(artwork, template, None).live:
            assert all(piece.x >= live.box.x - 1e-9 and piece.right <= live.box.right + 1e-9 for piece in live.boxes)
            assert all(piece.y >= live.box.y - 1e-9 and piece.bottom <= live.box.bottom + 1e-9 for piece in live.boxes)
            whole, pieces = (
                outside_safe_area._inside(live.box, area),
                all(outside_safe_area._inside(piece, area) for piece in live.boxes),
            )
            assert pieces or not whole
            seen.add((whole, pieces))
    assert seen == {(True, True), (False, True), (False, False)}


def test_lines_of_the_moulded_oval_keep_what_screen_and_pad_leave_open(shipped_roster: Roster) -> None:
    """Accents and dots included: what is nearer closes in print."""
    template, _ = read_template(read(shipped.locate(shipped.TAGS, "oval-50x20-moulded", Path())))
    artworks = Composer(template, draft=True).compose_job(shipped_roster.job, shipped_roster.units)
    found = [least_apart(face) for artwork in artworks for face in artwork.faces]
    assert len(found) == 34 and min(gap or 9 for gap in found) >= PROCESSES["moulded"].gap


def test_the_shipped_roster_keeps_what_its_process_holds() -> None:
    """Lines of words keep the ground between them that screen printing asks, whatever the fitter gains without it."""
    found = keytag.check(keytag.open(REPOSITORY / "contacts.yaml"))
    assert {finding.severity for finding in found} == {Severity.NOTE}
