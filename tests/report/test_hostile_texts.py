"""Nothing in a roster is obeyed by what reads its findings: terminals, logs of GitHub, XML parsers, SARIF viewers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.files.source import Source
from keytag.report import FORMATS, renderer
from keytag.report.text import underlined
from keytag.report.visible import visible

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text("utf-8"))


def _valid_sarif(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    return log


def test_no_words_in_a_sarif_message_are_a_link() -> None:
    finding = Diagnostic("unit-name", Severity.ERROR, None, "xã [Glar](https://example.vn)")
    (run,) = _valid_sarif(renderer("sarif")([finding], []))["runs"]
    assert run["results"][0]["message"]["text"] == "xã [Glar] (https://example.vn)"


@pytest.mark.parametrize(
    ("column", "end"), [(1, 1), (4, 4), (400, 500), (3, 400)], ids=["start", "end", "beyond", "past"]
)
def test_a_place_beyond_its_line_is_shown_all_the_same(column: int, end: int) -> None:
    shown, caret = underlined("abc", Span("f", 1, column, 1, end))
    assert shown == "abc"
    assert caret.count("^") == 1


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
