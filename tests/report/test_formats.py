"""Findings as text, JSON, GitHub commands, SARIF and JUnit: how they look, and that nothing in them is obeyed.

`python -m tests.report.test_formats` writes the snapshots in `formats/` anew when they are meant to change.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag import __version__
from keytag.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.report import FORMATS, renderer
from keytag.report.text import render, underlined
from keytag.report.visible import visible, width
from keytag.source import Source

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "formats"
# The schema as the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT) ships it.
SCHEMA = json.loads((HERE / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))

FILE = Source(
    "a folder/đak-đoa.yaml",
    "units:\n  - name: Glar\n    chief: 0900000101  # gọi\n\tslogan: Ｇｏ\u0323i  ngay\n    duty: 12\n",
)


def _span(line: int, start: int, end: int, end_line: int = 0) -> Span:
    return Span(FILE.name, line, start, end_line or line, end)


FINDINGS = (
    Diagnostic(
        "no-units",
        Severity.WARNING,
        _span(3, 12, 22),
        "xã Glar, chief: 0900000101 is usually written 0900.000.101",
        (Edit(_span(3, 12, 22), "0900.000.101"),),
        "xa-glar",
    ),
    Diagnostic("sample-error", Severity.ERROR, _span(4, 10, 14), "wide and loose: 100 % [sure](https://example.vn)"),
    Diagnostic("sample-note", Severity.NOTE, _span(2, 5, 1, 5), "over several lines"),
    Diagnostic("not-a-check", Severity.ERROR, None, "without a place"),
)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_looks_as_it_was_agreed(name: str) -> None:
    assert _rendered(name) == (SNAPSHOTS / f"{name}.txt").read_text("utf-8")


def _rendered(name: str) -> str:
    return renderer(name)(FINDINGS, [FILE]).replace(__version__, "VERSION")


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings_are_said_too(name: str) -> None:
    shown = renderer(name)([], [FILE])
    if name in ("text", "github"):
        assert shown == ""
    elif name == "junit":
        (case,) = ElementTree.fromstring(shown).iter("testcase")
        assert len(case) == 0
    elif name == "json":
        assert (json.loads(shown)["findings"], json.loads(shown)["errors"]) == ([], 0)
    else:
        assert json.loads(shown)["runs"][0]["results"] == []


def _valid_sarif(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    return log


def test_sarif_is_valid_and_the_schema_can_refuse() -> None:
    log = _valid_sarif(renderer("sarif")(FINDINGS, [FILE]))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        _valid_sarif(json.dumps(log))


def test_sarif_results_point_at_their_rules_files_and_edits() -> None:
    (run,) = _valid_sarif(renderer("sarif")(FINDINGS, [FILE]))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [f.id for f in FINDINGS]
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20folder/%C4%91ak-%C4%91oa.yaml"},
        "region": {"startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 22},
    }
    (replacement,) = first["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "0900.000.101"}
    assert "](" not in run["results"][1]["message"]["text"]
    assert "locations" not in run["results"][3]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("contacts.yaml", "contacts.yaml"),
        ("../xã/a#b?c.yaml", "../x%C3%A3/a%23b%3Fc.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/tmp/x y.yaml", "file:///tmp/x%20y.yaml"),
    ],
)
def test_file_names_are_uris(name: str, uri: str) -> None:
    finding = Diagnostic("wrong-type", Severity.ERROR, Span(name, 1, 1, 1, 2), "x")
    (run,) = _valid_sarif(renderer("sarif")([finding], [Source(name, "a")]))["runs"]
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_the_caret_stands_under_its_words_by_columns_of_a_terminal() -> None:
    line = "\tＧo\u0323 ngay"
    shown, caret = underlined(line, Span("f", 1, 6, 1, 10))  # "ngay"
    assert shown == "    Ｇo\u0323 ngay"
    assert caret == " " * 8 + "^~~~"
    assert width(shown[: shown.index("ngay")]) == 8


def test_a_very_long_line_is_shown_around_the_place() -> None:
    line = "x" * 5000 + "HERE" + "y" * 5000
    shown, caret = underlined(line, Span("f", 1, 5001, 1, 5005))
    assert width(shown) <= 112
    assert shown[caret.index("^") :].startswith("HERE")
    assert caret.count("~") == 3


@pytest.mark.parametrize(
    ("column", "end"), [(1, 1), (4, 4), (400, 500), (3, 400)], ids=["start", "end", "beyond", "past"]
)
def test_a_place_beyond_its_line_is_shown_all_the_same(column: int, end: int) -> None:
    shown, caret = underlined("abc", Span("f", 1, column, 1, end))
    assert shown == "abc"
    assert caret.count("^") == 1


def test_colour_wraps_and_changes_nothing_else() -> None:
    coloured = render(FINDINGS, [FILE], colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(FINDINGS, [FILE])
    assert coloured.count("\x1b[0m") >= len(FINDINGS)


# What a terminal, a log of GitHub, an XML parser or a viewer would obey.
HOSTILE = [
    "\x1b]0;owned\x07\x1b[2J",
    "\x9b31m",
    "x\n::error file=other.yaml::owned",
    "x\r\n::set-output name=a::b",
    "::stop-commands::abc",
    '"><failure/>&<![CDATA[]]>',
    "\u202edlog\u2066",
    "\ufffe\uffff\x00\x0b",
    "\udcff",  # a byte of a file name that is not UTF-8
    "%0A::error::x,line=1:y",
    "[a](javascript:alert(1))",
]


def _hostile(text: str) -> tuple[list[Diagnostic], list[Source]]:
    span = Span(f"{text}.yaml", 1, 1, 1, max(2, len(text)))
    return [Diagnostic("wrong-type", Severity.ERROR, span, text, (Edit(span, text),), text)], [Source(span.file, text)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_gets_out(name: str, text: str) -> None:
    _holds(name, text)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.sampled_from(FORMATS), st.text(max_size=30))
def test_no_text_gets_out(name: str, text: str) -> None:
    _holds(name, text)


def _holds(name: str, text: str) -> None:
    findings, files = _hostile(text)
    shown = renderer(name)(findings, files)
    shown.encode("utf-8")
    assert all(c.isprintable() or c == "\n" for c in shown)
    if name == "text":
        assert len(shown.splitlines()) <= 3
    elif name == "github":
        (command,) = shown.splitlines()
        assert command.startswith("::error ")
        properties, _, data = command.removeprefix("::error ").partition("::")
        assert properties.startswith("file=")
        assert len(properties.split(",")) == 6
        assert all(":" not in p for p in properties.split(","))
        assert data == visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
    elif name == "sarif":
        (run,) = _valid_sarif(shown)["runs"]
        assert run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == text
    elif name == "json":
        (finding,) = json.loads(shown)["findings"]
        assert (finding["message"], finding["unit"], finding["fix"][0]["text"]) == (text, text, text)
    else:
        (case,) = ElementTree.fromstring(shown).iter("testcase")
        (failure,) = case
        # A reader of XML makes one space of a line break in an attribute; visible() leaves none.
        assert (failure.tag, failure.get("message")) == ("failure", visible(text))


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for each in FORMATS:
        (SNAPSHOTS / f"{each}.txt").write_text(_rendered(each), "utf-8")
