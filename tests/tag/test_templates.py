"""Templates as a person meets them: bases, own fonts, boxes, the verb, the editors' schema."""

from __future__ import annotations

import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from keytag.base.drawing import Layer, Words
from keytag.base.errors import UsageError
from keytag.files import shipped
from keytag.files.source import Source, read
from keytag.job import templates
from keytag.tag import schema
from keytag.tag.compose import Composer
from keytag.tag.template_file import read_template
from keytag.tag.wording import mentioned, printed_texts
from tests.conftest import REPOSITORY, roster_of, template_named

ROSTER = """
job: {edition: 05/2020, show_113: yes}
authority: {name: Đak Đoa, level: district, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102], quantity: 100}
"""
PLAIN = """
name: plain
trim: {shape: rectangle, width: 60mm, height: 40mm}
hole: none
inks: {black: {cmyk: 0/0/0/100}}
"""


def composed(text: str, file: str = "t.yaml", roster: str = ROSTER) -> tuple[list[Words], list[str]]:
    template, findings = read_template(Source(file, text))
    job = roster_of(roster)
    (artwork,) = Composer(template).compose_job(job.job, job.units)
    marks = [m for face in artwork.faces for g in face.form.groups if g.layer is Layer.ARTWORK for m in g.marks]
    return [m for m in marks if isinstance(m, Words)], [p.message for p in findings]


@pytest.mark.parametrize("name", templates.names())
def test_every_shipped_template_is_clean_and_follows_the_editors_schema(name: str) -> None:
    source = read(shipped.locate(shipped.TAGS, name, Path()))
    template, findings = read_template(source)
    assert findings == () and template.name == name and all(template.title)
    jsonschema.validate(yaml.load(source.text, yaml.BaseLoader), schema.schema())


def test_blue_for_the_militia_in_five_lines() -> None:
    text = "name: militia\nbase: oval-50x20\ninks:\n  red: {cmyk: 100/75/0/20}\n"
    template, findings = read_template(Source("militia.yaml", text))
    assert findings == () and template.name == "militia"
    inks, oval = dict(template.inks), template_named("oval-50x20")
    assert inks["red"].cmyk == (1, 0.75, 0, 0.2) and inks["yellow"] == dict(oval.inks)["yellow"]
    assert len(template.back) == len(oval.back) and template.outline == oval.outline


@pytest.mark.parametrize("base", ["ovall", "self.yaml", "missing.yaml"])
def test_a_base_that_cannot_be_is_said_at_its_line(base: str, tmp_path: Path) -> None:
    (tmp_path / "self.yaml").write_text(f"name: self\nbase: {base}\n")
    _, findings = read_template(read(tmp_path / "self.yaml"))
    assert any(p.span and p.span.line == 2 and p.message.startswith("base: ") for p in findings)


def test_a_font_of_ones_own_is_used_where_its_licence_is_named(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "keytag/data/fonts/FiraSansCondensed-Medium.ttf", tmp_path / "ours.ttf")
    stack = "front: [{label: {text: Ộ, places: [{x: 30mm, y: 20mm}], font: ours, ink: black}}]\nback: none\n"
    file = str(tmp_path / "t.yaml")
    words, findings = composed(f'{PLAIN}fonts: {{ours: {{file: ours.ttf, licence: "OFL 1.1"}}}}\n{stack}', file)
    assert findings == [] and [w.text for w in words] == ["Ộ"] and words[0].glyphs
    _, findings = composed(f"{PLAIN}fonts: {{ours: {{file: ours.ttf}}}}\n{stack}", file)
    assert any("needs 'licence'" in p for p in findings)
    (tmp_path / "ours.ttf").write_bytes(b"no font")
    _, findings = composed(f"{PLAIN}fonts: {{ours: {{file: ours.ttf, licence: x}}}}\n{stack}", file)
    assert any("ours.ttf" in p for p in findings)


def test_words_wrap_into_their_box() -> None:
    box = "{x: 5mm, y: 5mm, width: 20mm, height: 12mm}"
    element = f'{{text: {{text: "Một hai ba bốn năm sáu bảy tám", box: {box}, ink: black, size: 9pt}}}}'
    text = f"{PLAIN}front: [{element}]\nback: none\n"
    words, findings = composed(text)
    assert findings == [] and len(words) > 1
    assert " ".join(w.text for w in words) == "Một hai ba bốn năm sáu bảy tám"
    for word in words:
        assert word.box.x >= 5 - 1e-6 and word.box.right <= 25 + 1e-6 and word.box.y >= 5 and word.box.bottom <= 17.01


def test_a_list_stands_in_its_box_and_the_duty_desk_leads_unless_the_roster_says_the_chief() -> None:
    text = PLAIN + (
        "front: [{contacts: {area: here, lead: duty, ink: black, label_ink: black, size: {least: 8pt, most: 12pt}}}]\n"
        "areas: {here: {x: 10mm, y: 8mm, width: 40mm, height: 20mm}}\nback: none\n"
    )
    words, findings = composed(text)
    assert findings == []
    assert min(w.box.x for w in words) >= 10 and max(w.box.right for w in words) <= 50
    numbers = [w for w in words if w.field.startswith("unit.")]
    assert [w.field for w in numbers] == ["unit.duty", "unit.chief", "unit.deputies.1"]
    words, _ = composed(text, roster=ROSTER.replace("edition", "lead: chief, edition"))
    numbers = [w for w in words if w.field.startswith("unit.")]
    assert numbers[0].field == "unit.chief" and numbers[0].size > numbers[1].size


def test_needs_and_unless_hold_for_any_element() -> None:
    label = "{label: {text: A, places: [{x: 30mm, y: 20mm}], ink: black, WHEN}}"
    for when, shown in (
        ("needs: [link]", True),
        ("unless: [link]", False),
        ("needs: [slogan]", False),
        ("unless: [slogan]", True),
    ):
        words, findings = composed(f"{PLAIN}front: [{label.replace('WHEN', when)}]\nback: none\n")
        assert findings == [] and bool(words) is shown, when


@pytest.mark.parametrize(
    ("link", "cue"),
    [("https://zalo.me/1234567890123456789", "Quét Zalo"), ("https://congan.example.vn/x", "Quét mã"), ("", None)],
)
def test_the_cue_beside_a_code_follows_its_host(link: str, cue: str | None) -> None:
    roster = roster_of(ROSTER.replace("https://zalo.me/1234567890123456789", link))
    (artwork,) = Composer(template_named("oval-50x20")).compose_job(roster.job, roster.units)
    marks = [m for g in artwork.front.form.groups for m in g.marks if isinstance(m, Words)]
    assert [m.text for m in marks if m.text.startswith("Quét")] == ([cue] if cue else [])
    duty = next(m for m in marks if m.field == "authority.duty")
    assert duty.size >= (11.0 if cue else 12.8)


def test_a_design_made_before_is_read_on() -> None:
    old = (Path(__file__).parent / "oval-of-2020.yaml").read_text("utf-8")
    template, findings = read_template(Source("old.yaml", old))
    assert findings == () and template.limits.text_difference == 0.25
    words, _ = composed(old)
    assert "0269.3000.113" in [w.text for w in words]


def test_new_writes_a_file_once_and_over_nothing(tmp_path: Path) -> None:
    path = templates.begin(tmp_path, "ours", "disc-40")
    assert read_template(read(path))[1] == ()
    with pytest.raises(UsageError, match="already there"):
        templates.begin(tmp_path, "ours", "disc-40")
    with pytest.raises(UsageError, match="cannot be"):
        templates.begin(tmp_path, "../ours", "disc-40")
    whole = templates.begin(tmp_path, "all", "oval-50x20", whole=True)
    assert whole.read_text("utf-8").count("\n") > 100 and read_template(read(whole))[0].name == "all"


def test_a_call_is_dialled_and_is_never_the_only_code() -> None:
    from keytag.checks.artwork import check_artwork
    from keytag.tag.payload import payloads

    roster, template = roster_of(ROSTER), template_named("oval-50x20-call")
    said = [p.text for p in payloads(template, roster.job, roster.units[0])]
    assert said == ["tel:+842693000113", "https://zalo.me/1234567890123456789"]
    without = roster_of(ROSTER.replace(', zalo: "https://zalo.me/1234567890123456789"', ""))
    (artwork,) = Composer(template).compose_job(without.job, without.units)
    assert any(f.id == "qr-call" for f in check_artwork(artwork, template, None))


def test_what_a_paragraph_says_is_known_to_the_checks_of_words(tmp_path: Path) -> None:
    own = "base: magnet-90x55\nname: own\nfront:\n  - text:\n      text: Gọi 0900.000.123, {unit.address}\n"
    own += "      box: {x: 5mm, y: 20mm, width: 40mm, height: 20mm}\n      ink: black\n"
    template, findings = read_template(Source(str(tmp_path / "own.yaml"), own))
    assert not findings and "Gọi 0900.000.123, {unit.address}" in printed_texts(template)
    assert "unit.address" in mentioned(template)
