"""Letters that a font lacks: an error on the tag, a warning on papers, wherever the text comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

import keytag
from keytag.base.diagnostics import Diagnostic, Severity
from tests.conftest import REPOSITORY

ROSTER = """
job: {NAME, template: ./t.yaml, customer: CUSTOMER, date: 2020-05-18,
      edition: EDITION, SHOW slogan: SLOGAN}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
            zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: {number: 0900.000.101, name: PERSON},
     address: ADDRESS, quantity: 800}
"""
PLAIN = {
    "NAME": "name: Thử",
    "CUSTOMER": "Công an",
    "EDITION": "05/2020",
    "SHOW ": "",
    "SLOGAN": "Vì dân",
    "PERSON": "An",
    "ADDRESS": "Glar",
    "CUE": "Trực ban 24/24",
    "MATERIAL": "nhựa dẻo PVC trắng",
}


def found(folder: Path, **changes: str) -> list[Diagnostic]:
    words = {**PLAIN, **changes}
    roster = ROSTER
    for key in ("NAME", "CUSTOMER", "EDITION", "SHOW ", "SLOGAN", "PERSON", "ADDRESS"):
        roster = roster.replace(key, words[key])
    (folder / "contacts.yaml").write_text(roster, encoding="utf-8")
    template = (REPOSITORY / "templates/tags/oval-50x20.yaml").read_text(encoding="utf-8")
    for key in ("CUE", "MATERIAL"):
        assert PLAIN[key] in template
        template = template.replace(PLAIN[key], words[key])
    (folder / "t.yaml").write_text(template, encoding="utf-8")
    return list(keytag.check(keytag.open(folder / "contacts.yaml")))


@pytest.mark.parametrize(
    ("where", "text", "severity"),
    [
        ("SLOGAN", "Gọi ☎", Severity.ERROR),
        ("EDITION", "☎ 2020", Severity.ERROR),
        ("CUE", "☎ ban 24/24", Severity.ERROR),  # typed in the template
        ("NAME", "name: Thử ☎", Severity.WARNING),
        ("CUSTOMER", "☎ Công an", Severity.WARNING),
        ("PERSON", "An ☎", Severity.WARNING),
        ("ADDRESS", "Glar ☎", Severity.WARNING),
        ("MATERIAL", "nhựa ☎", Severity.WARNING),
    ],
)
def test_a_letter_that_no_font_has(where: str, text: str, severity: Severity, tmp_path: Path) -> None:
    findings = [f for f in found(tmp_path, **{where: text}) if f.id == "letter-not-in-font"]
    assert [f.severity for f in findings] == [severity] and "U+260E" in findings[0].message
    assert ("on papers" in findings[0].message) == (severity is Severity.WARNING)


def test_what_all_fonts_have_is_no_finding(tmp_path: Path) -> None:
    assert [f for f in found(tmp_path) if f.id in ("letter-not-in-font", "left-out")] == []


def test_a_fact_that_the_template_has_no_place_for_is_said(tmp_path: Path) -> None:
    """113 was asked for beside a slogan; and a template without a line for the edition."""
    both = found(tmp_path, **{"SHOW ": "show_113: yes, "})
    assert [(f.id, f.severity) for f in both if "113" in f.message] == [("left-out", Severity.WARNING)]
    text = (tmp_path / "t.yaml").read_text(encoding="utf-8")
    assert "{edition}" in text
    (tmp_path / "t.yaml").write_text(text.replace("{edition}", "2020"), encoding="utf-8")
    gone = [f.message for f in keytag.check(keytag.open(tmp_path / "contacts.yaml")) if f.id == "left-out"]
    assert any("the edition '05/2020' is not printed: the template has no place for it" in message for message in gone)
