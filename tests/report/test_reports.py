"""Findings shown in every format: by golden text, by schema, and with rosters that try to break out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag import checks, report
from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.files.source import Source
from keytag.report import text
from keytag.report.visible import visible, width
from keytag.roster.load import assemble

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SCHEMA = json.loads((HERE / "sarif-2.1.0.schema.json").read_text("utf-8"))
FILES = (Source("dir/a b.yaml", 'units:\n  - name: "Đak Đoa"  # 中\n    chief: 0900000101\n'),)


def _span(line: int, start: int, end: int, end_line: int = 0) -> Span:
    return Span("dir/a b.yaml", line, start, end_line or line, end)


FINDINGS = (
    Diagnostic("unit-name", Severity.ERROR, _span(2, 11, 20), "xã Đak Đoa: not 100%, is it?", (), "xa-dak-doa"),
    Diagnostic(
        "number-grouping",
        Severity.WARNING,
        _span(3, 12, 22),
        "0900000101 is usually written 0900.000.101",
        (Edit(_span(3, 12, 22), "0900.000.101"),),
        "xa-dak-doa",
    ),
    Diagnostic("missing-chief", Severity.ERROR, _span(1, 1, 11, end_line=3), "over several lines", (), ""),
    Diagnostic("empty-station", Severity.NOTE, None, "plate 1: 2 of 80 stations are empty", (), ""),
)


@pytest.mark.parametrize("name", report.FORMATS)
def test_findings_look_as_agreed(name: str) -> None:
    shown = report.renderer(name)(FINDINGS, FILES)
    golden = GOLDEN / f"{name}.txt"
    assert shown == golden.read_text("utf-8"), f"{golden.name} differs: read the new text, then replace it"


def test_colour_changes_nothing_but_colour() -> None:
    plain = text.render(FINDINGS, FILES)
    coloured = text.render(FINDINGS, FILES, colour=True)
    assert coloured != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize("name", report.FORMATS)
def test_no_findings(name: str) -> None:
    shown = report.renderer(name)((), FILES)
    if name in ("text", "github"):
        assert shown == ""
    elif name == "junit":
        assert [case.get("name") for case in ElementTree.fromstring(shown).iter("testcase")] == [
            "dir/a b.yaml: no findings"
        ]
    else:
        assert json.loads(shown)


def _schema_errors(log: object) -> list[str]:
    validator = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(log)]


def test_sarif_is_valid_against_its_schema() -> None:
    log = json.loads(report.renderer("sarif")(FINDINGS, FILES))
    assert _schema_errors(log) == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [f.id for f in FINDINGS]
    assert run["artifacts"][0]["location"]["uri"] == "dir/a%20b.yaml"
    run["results"][0]["level"] = "fatal"
    assert _schema_errors(log)  # and the schema does refuse


def test_sarif_of_every_check_is_valid() -> None:
    findings = [Diagnostic(check_id, Severity.ERROR, None, "x") for check_id in checks.known_ids()]
    log = json.loads(report.renderer("sarif")(findings, ()))
    assert _schema_errors(log) == []
    assert all("help" in rule for rule in log["runs"][0]["tool"]["driver"]["rules"])


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("/jobs/c.yaml", "file:///jobs/c.yaml"),
        ("../c.yaml", "../c.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("đ\n.yaml", "%C4%91%0A.yaml"),
    ],
)
def test_file_names_become_uris(name: str, uri: str) -> None:
    log = json.loads(report.renderer("sarif")((), (Source(name, "a: b\n"),)))
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == uri
    assert _schema_errors(log) == []


def test_the_caret_stands_under_wide_and_combined_letters() -> None:
    for line, start, end in [("a: 中文 x", 7, 8), ("e\u0302\u0301: x", 6, 7), ("\ta: x", 5, 6), ("x: \u200b y", 6, 7)]:
        shown, caret = text.underlined(line, Span("f", 1, start, 1, end))
        column = len(caret) - 1
        assert caret.strip() == "^"
        assert width(shown[: _index(shown, column)]) == column
        assert shown[_index(shown, column)] in "xy"


def _index(line: str, column: int) -> int:
    """Where in `line` the character stands that a terminal shows in `column`."""
    return next(i for i in range(len(line)) if width(line[:i]) == column and width(line[i]) > 0)


def test_a_long_line_is_cut_and_keeps_its_caret() -> None:
    line = "key: " + "ă" * 300 + "X" + "b" * 300
    shown, caret = text.underlined(line, Span("f", 1, 306, 1, 307))
    assert shown[len(caret) - 1] == "X"
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) <= 111


EVIL = "\x1b]0;owned\x07\x1b[2J\r\n::error::x%0A\u202e]]>&<\"'\x00,:\x9b"


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_in_a_roster_reaches_the_terminal(colour: bool) -> None:
    finding = Diagnostic("unit-name", Severity.ERROR, Span(f"{EVIL}.yaml", 1, 1, 1, 4), f"name {EVIL}")
    shown = text.render([finding], [Source(f"{EVIL}.yaml", EVIL)], colour=colour)
    bare = re.sub("\x1b\\[[0-9;]*m", "", shown) if colour else shown
    assert all(line.isprintable() for line in bare.split("\n"))
    assert bare.count("\n") == 3


def test_nothing_in_a_roster_makes_a_workflow_command() -> None:
    finding = Diagnostic("unit-name", Severity.ERROR, Span(f"{EVIL}.yaml", 1, 1, 1, 4), f"name {EVIL}")
    shown = report.renderer("github")([finding], ())
    assert shown.count("\n") == 1
    properties, _, message = shown.removeprefix("::error ").partition("::")
    assert dict(part.split("=", 1) for part in properties.split(",")).keys() >= {"file", "line", "title"}
    assert "%0D%0A::error::x%250A" in message
    assert all(c.isprintable() for c in message.rstrip("\n"))


def test_nothing_in_a_roster_breaks_xml_or_json() -> None:
    finding = Diagnostic("unit-name", Severity.ERROR, Span(f"{EVIL}.yaml", 1, 1, 1, 4), f"name {EVIL}")
    (failure,) = ElementTree.fromstring(report.renderer("junit")([finding], ())).iter("failure")
    assert failure.get("message") == f"name {visible(EVIL)}"
    for name in ("json", "sarif"):
        shown = report.renderer(name)([finding], ())
        assert all(line.isprintable() for line in shown.split("\n"))
        assert json.loads(shown)
    assert _schema_errors(json.loads(report.renderer("sarif")([finding], ()))) == []


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.integers(1, 50),
    st.integers(1, 50),
    st.sampled_from(report.FORMATS),
)
def test_any_finding_can_be_shown(line: str, message: str, start: int, length: int, name: str) -> None:
    finding = Diagnostic("unit-name", Severity.NOTE, Span("f.yaml", 1, start, 1, start + length), message)
    shown = report.renderer(name)([finding], [Source("f.yaml", line)])
    shown.encode("utf-8", "surrogatepass")
    if name == "junit":
        ElementTree.fromstring(shown)
    elif name in ("json", "sarif"):
        json.loads(shown)
    else:
        assert all(part.isprintable() for part in shown.split("\n"))


def test_a_roster_with_a_line_break_in_a_name_stays_one_annotation() -> None:
    source = Source("c.yaml", 'authority: self\nunits:\n  - {kind: xã, name: "Glar\\n::warning::x", quantity: 0}\n')
    roster = assemble([source])
    findings = [*roster.findings, *checks.run_contact_checks(roster, "2020-05-18")]
    shown = report.renderer("github")(findings, roster.files)
    assert len(findings) > 2
    assert shown.count("\n") == len(findings)
    assert not re.search("^::warning::x", shown, re.MULTILINE)
