"""Template files: the closed set of keys, their documentation, and what is said about wrong ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from keytag.base.diagnostics import Severity
from keytag.base.drawing import Fill, Picture
from keytag.base.errors import InputError
from keytag.files import shipped
from keytag.files.source import Source, read
from keytag.tag import schema
from keytag.tag.compose import Composer
from keytag.tag.template import Emblem, Template
from keytag.tag.template_document import filled
from keytag.tag.template_fields import FIELDS
from keytag.tag.template_file import read_template
from keytag.tag.template_keys import ELEMENTS, GROUPS
from tests.conftest import TEMPLATES, roster_of

OVAL = read(shipped.locate(shipped.TAGS, "oval-50x20", Path())).text


def changed(old: str, new: str, file: str = "t.yaml") -> tuple[Template, list[tuple[str, str]]]:
    assert old in OVAL
    template, findings = read_template(Source(file, OVAL.replace(old, new, 1)))
    return template, [(p.id, p.message) for p in findings]


@pytest.mark.parametrize("name", TEMPLATES)
def test_shipped_templates_read_without_a_word(name: str) -> None:
    template, findings = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
    assert findings == () and template.name == name
    assert template.bleed == 3 and template.safe == 1.5


@pytest.mark.parametrize(
    ("old", "new", "check", "message"),
    [
        ("bleed: 3mm", "bleeed: 3mm", "unknown-key", "did you mean 'bleed'?"),
        ("bleed: 3mm", "bleed: 3", "bad-value", "write a number and a unit"),
        ("shape: ellipse", "shape: elipse", "bad-value", "did you mean 'ellipse'?"),
        ("ink: red, area", "ink: crimson, area", "bad-value", "no ink 'crimson'"),
        ("cmyk: 0/100/100/5", "cmyk: 0/100/100", "bad-value", "four percentages"),
        ("cmyk: 0/100/100/5", "cmyk: 0/100/101/0", "bad-value", "four percentages"),
        ('"{link}"', '"{lnik}"', "bad-value", "no field {lnik}"),
        ("font: semibold", "font: comic", "bad-value", "use one of"),
        ("turn: -90", "turn: 45", "bad-value", "turn by quarters"),
        ("hole: {x: 3.6mm", "hole: {x: 1mm", "bad-value", "less than 1 mm of plastic"),
        ("least: 6pt, usual: 7.25pt", "least: 8pt, usual: 7.25pt", "bad-value", "must rise"),
        ("  - fill: {ink: red, area: bleed}", "  - filll: {ink: red}", "unknown-key", "did you mean 'fill'?"),
        ("name: oval-50x20", "titel: x", "missing-key", "needs 'name'"),
        ("roles: [duty, chief", "roles: [boss, chief", "bad-value", "no role 'boss'"),
        ('chief: ["Trưởng"]', 'chief: [""]', "bad-value", "has no words"),
        ('deputy: ["Phó"]', 'deputy: ["Phó", " "]', "bad-value", "has no words"),
        ('link: "{link}"', 'link: ""', "bad-value", "has no words"),
        ('number: "{authority.duty}"', 'number: "0{authority.duty}"', "bad-value", "one typed here is held to nothing"),
        ('number: "{authority.duty}"', 'number: "{authority.duty} 1"', "bad-value", "one typed here is held to noth"),
        ('["Trực ban 24/24"]', '["Gọi 0{unit.chief}"]', "bad-value", "other digits stand beside {unit.chief}"),
        ('["Trực ban 24/24"]', '["{unit.duty}1"]', "bad-value", "other digits stand beside {unit.duty}"),
        ('["Trực ban 24/24"]', '["{unit.duty}{unit.chief}"]', "bad-value", "other digits stand beside {unit.duty}"),
        ('["Trực ban 24/24"]', '["{unit.duty}-{tel}"]', "bad-value", "other digits stand beside {unit.duty}"),
        ('["Trực ban 24/24"]', '["1{emergency}"]', "bad-value", "other digits stand beside {emergency}"),
        ('link: "{link}"', 'link: "tel:0{unit.chief}"', "bad-value", "other digits stand beside {unit.chief}"),
        ("{cmyk: 0/5/90/0}", "{cmyk: 0/5/90/0, spot: Black}", "bad-value", "'Black' is an ink of the press"),
        (
            "red: {cmyk: 0/100/100/5}\n  yellow: {cmyk: 0/5/90/0}",
            "red: {cmyk: 0/100/100/5, spot: Gold}\n  yellow: {cmyk: 0/5/90/0, spot: Gold}",
            "bad-value",
            "'Gold' is a spot of another colour already",
        ),
        ("  red: {cmyk: 0/100/100/5}", "  red: {cmyk: 0/100/100/5, spot: Đỏ}", "bad-value", "ASCII"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, check: str, message: str) -> None:
    _, findings = changed(old, new)
    assert any(found == check and message in text for found, text in findings), findings


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Trực {authority.duty} 24/24",
            "{unit.duty} - {unit.chief}",
            "{unit.duty}, {tel}",
            "{unit.duty}/{unit.chief}",
        ),
        *("Gọi {emergency} hoặc {unit.duty}", "24/24: {tel}", "Tổ 5: {unit.duty}", "{unit.name}-{tel}", "(2) {tel}"),
    ],
)
def test_numbers_that_stand_alone_are_taken(text: str) -> None:
    _, findings = changed('["Trực ban 24/24"]', f'["{text}"]')
    assert findings == []


def test_every_key_is_documented_and_no_other(repository: Path) -> None:
    text = (repository / "docs/templates.md").read_text("utf-8")
    assert filled(text) == text, "run python -m keytag.tag.template_document docs/templates.md"
    assert set(re.findall(r"<!-- keys ([a-z -]+) -->", text)) == set(GROUPS) - {"contacts box"}
    page = re.sub(r"```.*?```", "", text, flags=re.S)
    assert set(re.findall(r"\{([a-z_]+(?:\.[a-z_]+)?)\}", page.split("## Fields")[1])) - {"field"} == set(FIELDS)


def test_the_editors_schema_has_every_key_and_no_other() -> None:
    def groups(part: object) -> set[frozenset[str]]:
        found = set()
        if isinstance(part, dict):
            keys = part.get("properties")
            found = {frozenset(keys)} if isinstance(keys, dict) else set()
            return found.union(*(groups(value) for value in part.values()))
        return found.union(*(groups(value) for value in part)) if isinstance(part, list) else found

    declared = {frozenset(key.name for key in keys) for keys in GROUPS.values()}
    told = {keys - {"$schema"} for keys in groups(schema.schema())}
    assert declared <= told, declared - told
    known = {key.name for keys in GROUPS.values() for key in keys} | set(ELEMENTS)
    assert set().union(*told) <= known, set().union(*told) - known


def place_emblem(folder: Path, file: str, more: str = "") -> tuple[Template, list[str]]:
    element = f"front:\n  - emblem: {{file: {file}, x: 40mm, y: 8mm, width: 4mm, height: 4mm{more}}}\n"
    template, findings = read_template(Source(str(folder / "t.yaml"), OVAL.replace("front:\n", element, 1)))
    return template, [p.message for p in findings]


def test_an_svg_is_printed_in_the_templates_inks(tmp_path: Path) -> None:
    (tmp_path / "star.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><g transform="translate(1 1)">'
        '<circle cx="4" cy="4" r="4" fill="#da251d"/><path d="M2 2h4v4z" fill="#ff0000"/></g></svg>'
    )
    template, findings = place_emblem(tmp_path, "star.svg", ', inks: {"#da251d": yellow, "#ff0000": paper}')
    assert findings == []
    (emblem,) = [e for e in template.front if isinstance(e, Emblem)]
    circle, triangle = emblem.marks
    assert isinstance(circle, Fill) and isinstance(triangle, Fill)
    assert circle.ink.name == "yellow" and triangle.ink.name == "Paper"
    assert circle.path.bounds() == pytest.approx((40.4, 8.4, 3.2, 3.2), abs=1e-3)
    roster = roster_of("authority: self\nunits: [{name: X}]")
    artwork = Composer(template).compose(roster.job, roster.units[0])
    assert circle in [m for g in artwork.front.form.groups for m in g.marks]


def test_an_svg_colour_without_an_ink_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#123456"/></svg>'
    )
    _, findings = place_emblem(tmp_path, "x.svg")
    assert any("say which ink #123456 is" in p for p in findings)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://example.org/x.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "<svg",
        "no svg at all",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="Z Z 9"/></svg>',
    ],
)
def test_an_svg_that_is_not_only_shapes_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(content)
    template, findings = place_emblem(tmp_path, "x.svg", ', inks: {"black": black}')
    assert findings and not any(isinstance(e, Emblem) for e in template.front)


def test_a_png_becomes_cmyk_over_its_ground(tmp_path: Path) -> None:
    image = Image.new("RGBA", (60, 30), (255, 255, 255, 255))
    image.paste((0, 0, 0, 0), (0, 0, 30, 30))
    image.save(tmp_path / "e.png")
    template, findings = place_emblem(tmp_path, "e.png", ", over: red")
    assert findings == []
    (emblem,) = [e for e in template.front if isinstance(e, Emblem)]
    (picture,) = emblem.marks
    assert isinstance(picture, Picture) and emblem.dpi == pytest.approx(60 / 4 * 25.4)
    assert picture.box == pytest.approx((40, 9, 4, 2))
    assert tuple(picture.data[:4]) == (0, 255, 255, 13)  # transparent: the red it stands on
    assert max(picture.data[-4:]) <= 3  # white: paper


def test_a_png_that_unpacks_to_gigapixels_is_refused_unread(tmp_path: Path) -> None:
    image = Image.new("1", (20_000, 20_000))
    image.save(tmp_path / "bomb.png")
    _, findings = place_emblem(tmp_path, "bomb.png")
    assert any("pixels" in p for p in findings)


@pytest.mark.parametrize("file", ["../secret.png", "/etc/passwd", "missing.png", "a.jpg", "broken.png"])
def test_an_emblem_from_elsewhere_is_refused(file: str, tmp_path: Path) -> None:
    folder = tmp_path / "designs"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    _, findings = place_emblem(folder, file)
    assert findings


@given(st.integers(0, len(OVAL) - 1), st.sampled_from(["", "x", "[", "{", ":", "-9999999", "9e99", "\n", "'", "ơ"]))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_broken_templates_are_findings_or_one_input_error(at: int, junk: str) -> None:
    try:
        template, _ = read_template(Source("t.yaml", OVAL[:at] + junk + OVAL[at + 3 :]))
    except InputError as error:
        assert "\n" not in error.message
        return
    roster = roster_of("authority: self\nunits: [{name: X, duty: 0269.3000.201, chief: 0900.000.101}]")
    Composer(template).compose(roster.job, roster.units[0])


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no tag template 'oval-50x2'") as caught:
        shipped.locate(shipped.TAGS, "oval-50x2", Path())
    assert "did you mean oval-50x20" in caught.value.hint
    with pytest.raises(InputError) as caught:
        shipped.locate(shipped.TAGS, "oval", Path())
    assert "did you mean oval-50x20" in caught.value.hint
    (tmp_path / "ours.yaml").touch()
    with pytest.raises(InputError) as caught:
        shipped.locate(shipped.TAGS, "ours", tmp_path)
    assert "did you mean ours.yaml" in caught.value.hint


def test_a_line_with_a_wrong_field_has_its_other_mistakes_told_as_well() -> None:
    own = "base: oval-50x20\nname: own\nback:\n  - stack:\n      lines:\n        - text: '{unit.nam}'\n"
    own += "          upper: maybe\n          wrap: 18\n          ink: yelow\n"
    _, findings = read_template(Source("own.yaml", own))
    assert sorted(f.span.line for f in findings if f.span) == [6, 7, 8, 9]


MISSPELT = """\
front:
  - fill: {ink: rde}
  - fill: {ink: paper, area: heer}
  - frame: {ink: yelow}
  - rule: {ink: blak, from: {x: 1mm, y: 1mm}, to: {x: 2mm, y: 1mm}}
  - picture: {name: clok, box: {x: 1mm, y: 1mm, width: 5mm, height: 5mm}, ink: paper}
  - picture: {name: clock, box: {x: 1mm, y: 1mm, width: 5mm, height: 5mm}, ink: paper, accent: papr}
  - label: {text: "{slogann}", places: [{x: 5mm, y: 5mm}], ink: paper}
  - label: {text: "{Unit.Name}", places: [{x: 5mm, y: 5mm}], ink: paper}
  - label: {text: "{unit.name", places: [{x: 5mm, y: 5mm}], ink: paper}
  - label: {text: "{tên}", places: [{x: 5mm, y: 5mm}], ink: paper}
  - label: {text: "{text.VI.press}", places: [{x: 5mm, y: 5mm}], ink: paper}
  - label: {text: "{text.vi.pres}", places: [{x: 5mm, y: 5mm}], ink: paper}
  - label: {text: X, area: heer, ink: paper}
  - label: {text: X, places: [{x: 5mm, y: 5mm}], ink: paper, font: boldd}
  - stack: {lines: [{number: "{unit.dutty}", ink: paper}]}
  - stack: {lines: [{parts: [{text: X, ink: papr}], ink: paper}]}
  - contacts: {roles: [dutty], ink: paper, label_ink: paper}
  - contacts: {labels: {dutty: [X], Tổ trưởng: [Y]}, ink: paper, label_ink: paper}
  - contacts: {lead: dutty, ink: paper, label_ink: paper}
  - contacts: {ink: paper, label_ink: papr}
  - contacts: {ink: paper, label_ink: paper, label_font: boldd}
  - qr: {link: "{lnk}", ink: paper, panel: paper, centre: {x: 4mm, y: 4mm}}
  - qr: {link: "{lnk}", ink: paper, panel: papr, centre: {x: 4mm, y: 4mm}}
  - text: {text: X, area: panel-1, ink: paper}
  - emblem: {file: missing.svg, x: 1mm, y: 1mm, width: 3mm, height: 3mm, over: papr}
  - fill: {ink: paper, needs: [linkk]}
  - fill: {ink: paper, unless: [{}]}
  - relief: {kind: rimm}
  - framee: {ink: paper}
limits: {txt: {least: 6pt}}
"""


@pytest.mark.parametrize(
    "above",
    [
        "base: oval-50x20\nareas: {here: {x: 1mm, y: 1mm, width: 5mm, height: 5mm}}\n",
        "trim: {shape: ellipse, width: 50mm, height: 20mm}\nback: none\ninks: {red: {cmyk: 0/9/9/0}}\n",
    ],
    ids=["with a base", "without"],
)
def test_every_misspelt_name_is_said_at_its_line(above: str) -> None:
    text = f"name: own\n{above}{MISSPELT}"
    _, findings = read_template(Source("own.yaml", text))
    said = {f.span.line for f in findings if f.span and f.span.file == "own.yaml" and f.severity is Severity.ERROR}
    lines = text.splitlines()
    wanted = {i for i, line in enumerate(lines, 1) if i > len(lines) - len(MISSPELT.splitlines()) + 1}
    assert wanted <= said, [lines[i - 1] for i in wanted - said]


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("inks: {rde: {cmyk: 9/9/9/0}}", "ink 'rde' replaces none of oval-50x20's.*did you mean 'red'"),
        ("inks: {Red: {cmyk: 9/9/9/0}}", "did you mean 'red'"),
        ("areas: {hier: {x: 1mm, y: 1mm, width: 5mm, height: 5mm}}", "area 'hier' replaces none"),
        ("fonts: {ours: {file: x.ttf, licence: OFL}}", "font 'ours' replaces none"),
        ("base: [disc-40]", "must be the name of one template"),
    ],
)
def test_what_replaces_nothing_of_a_base_is_said(own: str, message: str) -> None:
    base = "" if own.startswith("base") else "base: oval-50x20\n"
    _, findings = read_template(Source("own.yaml", f"name: own\n{base}{own}\n"))
    assert any(re.search(message, f.message) and f.span and f.span.line == 2 + bool(base) for f in findings), findings


def test_a_new_ink_of_a_base_is_no_slip_where_an_element_of_either_file_names_it(tmp_path: Path) -> None:
    blue = "name: ours\nbase: oval-50x20\ninks: {blue: {cmyk: 100/75/0/20}}\n"
    (tmp_path / "ours.yaml").write_text(blue, "utf-8")
    own = "name: own\nbase: ours.yaml\nfront: [{fill: {ink: blue, area: bleed}}]\n"
    assert read_template(Source(str(tmp_path / "own.yaml"), own))[1] == ()
    _, findings = read_template(Source(str(tmp_path / "own.yaml"), own.replace("ink: blue", "ink: red")))
    assert [Path(f.span.file).name for f in findings if f.span] == ["ours.yaml"]
