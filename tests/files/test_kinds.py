"""A file of another kind than was asked for is one sentence and exit code 2, not a complaint for each of its keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.running import keytag

ROSTER = REPOSITORY / "contacts.yaml"
TEMPLATE = REPOSITORY / "templates" / "tags" / "oval-50x20.yaml"
SCHEME = REPOSITORY / "templates" / "schemes" / "sra3-sheetwise.yaml"


@pytest.mark.parametrize(
    ("words", "file", "said"),
    [
        ("template check", ROSTER, "a roster, not a template\n  keytag check "),
        ("template check", SCHEME, "a scheme, not a template\n  keytag scheme check "),
        ("scheme check", ROSTER, "a roster, not a scheme\n  keytag check "),
        ("scheme check", TEMPLATE, "a template, not a scheme\n  keytag template check "),
        ("check", TEMPLATE, "a template, not a roster\n  keytag template check "),
        ("impose", SCHEME, "a scheme, not a roster\n  keytag scheme check "),
    ],
)
def test_another_kind_of_file_is_one_sentence(words: str, file: Path, said: str, tmp_path: Path) -> None:
    code, out, err = keytag(*words.split(), str(file), cwd=tmp_path)
    assert (code, out) == (2, "") and f": this is {said}{file} checks it\n" in err and err.count("\n") == 2


def test_a_roster_for_the_template_of_a_roster_is_said_once(tmp_path: Path) -> None:
    text = ROSTER.read_text("utf-8").replace("template: oval-50x20", "template: contacts.yaml")
    (tmp_path / "contacts.yaml").write_text(text, "utf-8")
    code, out, err = keytag("check", cwd=tmp_path)
    assert code == 2 and "contacts.yaml:7:1: this is a roster, not a template" in err and "unknown key" not in out


def test_what_a_template_lacks_is_not_said_where_its_base_is_none(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(f"name: own\nbase: {ROSTER}\n", "utf-8")
    code, out, _ = keytag("template", "check", "own.yaml", cwd=tmp_path)
    assert code == 1 and out.count("error:") == 1 and ":2:7: error: base: " in out


@pytest.mark.parametrize(("text", "errors"), [("nmae: own\n", 6), ("name: own\nbase: oval-50x20\n", 0)])
def test_what_is_no_other_kind_is_told_key_by_key(text: str, errors: int, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    code, out, _ = keytag("template", "check", "own.yaml", cwd=tmp_path)
    assert (code, out.count("error:")) == (bool(errors), errors)
