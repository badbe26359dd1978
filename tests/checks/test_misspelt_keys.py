"""A misspelt key is one finding, at the key: what is lacking only because of it is not said a second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from keytag.base.diagnostics import Severity
from keytag.job import checking

ROSTER = """\
job:
  date: 2020-05-18
  edition: 05/2020
authority:
  name: Đak Đoa
  level: district
  province: Gia Lai
  duty: 0269.3000.113
  chief: 0900.000.100
  zalo: https://zalo.me/1234567890123456789
units:
  - kind: xã
    name: Glar
    duty: 0269.3000.201
    chief: 0900.000.101
    quantity: 100
  - name: Trang
    kind: xã
    duty: 0269.3000.202
    chief: 0900.000.102
    quantity: 100
"""
NUMBERED = list(enumerate(ROSTER.splitlines()))


def found(tmp_path: Path, text: str, *, artwork: bool = False) -> list[tuple[str, int]]:
    path = tmp_path / "contacts.yaml"
    path.write_text(text, "utf-8")
    done = checking.check([path], checking.Wanted(artwork=artwork))
    return [(f.id, f.span.line) for f in done.findings if f.span and f.severity is not Severity.NOTE]


@pytest.mark.parametrize(("index", "line"), NUMBERED, ids=lambda value: str(value).strip())
def test_each_key_misspelt_is_one_finding_at_its_place(index: int, line: str, tmp_path: Path) -> None:
    key = line.split(":")[0].strip(" -")
    lines = ROSTER.splitlines()
    lines[index] = line.replace(f"{key}:", f"{key[:2]}{key[1:]}:")
    composed = key in ("zalo", "authority")  # the code on the front is what is lacking then
    assert found(tmp_path, "\n".join(lines) + "\n", artwork=composed) == [("unknown-key", index + 1)]


def test_what_is_lacking_for_another_reason_is_still_said(tmp_path: Path) -> None:
    assert found(tmp_path, ROSTER) == []
    lines = ROSTER.replace("    duty: 0269.3000.201\n", "    dutty: 0269.3000.201\n").replace(
        "    duty: 0269.3000.202\n", ""
    )
    assert found(tmp_path, lines) == [("unknown-key", 14), ("missing-duty", 17)]


def test_a_silenced_misspelt_key_silences_nothing_else(tmp_path: Path) -> None:
    text = ROSTER.replace("    duty: 0269.3000.201\n", "    dutty: 0269.3000.201  # keytag: ignore[unknown-key]\n")
    assert ("missing-duty", 13) in found(tmp_path, text)
