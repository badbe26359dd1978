"""Reports for programs hold every outcome, with names that are unique and places that a checkout's server finds."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.base.errors import InputError
from keytag.checks.loading import unreadable
from keytag.files.source import Source
from keytag.report import renderer
from keytag.report.located import located
from keytag.report.plain import dumps
from tests.running import keytag

SPAN = Span("c.yaml", 2, 1, 2, 4)


def test_cases_of_one_check_at_one_place_have_names_of_their_own() -> None:
    findings = [Diagnostic("unit-name", Severity.ERROR, SPAN, word) for word in ("a", "b", "c")]
    names = [case.get("name") for case in ElementTree.fromstring(renderer("junit")(findings, ())).iter("testcase")]
    assert len(set(names)) == 3


def test_a_file_that_cannot_be_read_is_a_case_in_error_and_a_failed_invocation() -> None:
    error = InputError.joined([InputError.at(SPAN, "a tab", hint="a blank"), InputError.of("d.yaml", "gone")])
    findings = unreadable(error)
    assert [(f.id, f.message) for f in findings] == [("unreadable-file", "a tab; a blank"), ("unreadable-file", "gone")]
    suite = ElementTree.fromstring(renderer("junit")(findings, ()))
    assert (suite.get("errors"), suite.get("failures"), len(list(suite.iter("error")))) == ("2", "0", 2)
    (run,) = json.loads(renderer("sarif")(findings, ()))["runs"]
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert [a["location"]["uri"] for a in run["artifacts"]] == ["c.yaml", "d.yaml"]


@pytest.mark.parametrize("name", ["json", "github", "sarif", "junit"])
@pytest.mark.parametrize("text", ["units:\n\t- x\n", b"units: \xff\n"])
def test_every_format_reports_a_broken_file_at_its_place(tmp_path: Path, name: str, text: str | bytes) -> None:
    (tmp_path / "contacts.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / ".git").mkdir()
    code, out, err = keytag("check", "contacts.yaml", "--format", name, cwd=tmp_path)
    assert code == 3
    assert "contacts.yaml" in out and "unreadable-file" in out
    assert err.startswith("keytag: contacts.yaml:")
    if name in ("json", "sarif"):
        assert json.loads(out)


def test_in_a_subfolder_files_are_named_from_the_root_of_the_checkout(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "jobs" / "Đak Đoa"
    folder.mkdir(parents=True)
    (folder / "c.yaml").write_text("authority: self\nunits:\n  - {kind: xã, name: Glar, duty: 02693000201}\n")
    shown = keytag("check", "c.yaml", "--no-artwork", "--format", "github", cwd=folder)[1]
    assert "file=jobs/Đak Đoa/c.yaml,line=3" in shown
    (run,) = json.loads(keytag("check", "c.yaml", "--no-artwork", "--format", "sarif", cwd=folder)[1])["runs"]
    assert run["artifacts"] == [{"location": {"uri": "jobs/%C4%90ak%20%C4%90oa/c.yaml", "uriBaseId": "%SRCROOT%"}}]
    (fix,) = [result["fixes"][0] for result in run["results"] if "fixes" in result]
    assert fix["artifactChanges"][0]["artifactLocation"]["uri"].startswith("jobs/")


def test_what_lies_outside_the_checkout_keeps_its_whole_name() -> None:
    inside, outside = Span("../a.yaml", 1, 1, 1, 2), Span("/shop/b.yaml", 1, 1, 1, 2)
    findings = [
        Diagnostic("x", Severity.ERROR, inside, "m", (Edit(inside, "y"),)),
        Diagnostic("x", Severity.ERROR, outside, ""),
    ]
    moved, files = located(
        findings, [Source("../../c.yaml", ""), Source("/shop/b.yaml", "")], Path("/w/r/sub"), Path("/w/r")
    )
    assert [f.span.file for f in moved if f.span] == ["a.yaml", "/shop/b.yaml"]
    assert moved[0].fix[0].span.file == "a.yaml"
    assert [file.name for file in files] == ["/shop/b.yaml"]


def test_json_shows_letters_and_escapes_what_a_terminal_obeys() -> None:
    text = dumps({"Đak Đoa 🛵": "a\nb\x9b\u202e\udcff\x7f\U000e0001"})
    assert "Đak Đoa 🛵" in text
    assert all(c.isprintable() for c in text.replace("\n", ""))
    assert json.loads(text) == {"Đak Đoa 🛵": "a\nb\x9b\u202e\udcff\x7f\U000e0001"}
