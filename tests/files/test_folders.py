"""Of the folders that a person names, which files are read; what is left out is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from keytag.base.errors import InputError
from keytag.files.folders import files_of
from keytag.roster.load import load

UNIT = "units:\n  - name: Glar\n"


def written(folder: Path, *names: str, text: str = UNIT) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_endings_in_capitals_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    written(tmp_path, "B.YAML", "a.yaml", "c.Yml", "d.txt", "contacts.yaml.bak", ".hidden.yaml")
    found = files_of([tmp_path])
    assert [path.name for path in found.files] == ["B.YAML", "a.yaml", "c.Yml"]
    assert found.left_out == ()


@pytest.mark.parametrize("name", ["b.yaml.txt", "b.YML.TXT", "b.yaml (1)", "b.yaml.doc"])
def test_an_ending_that_windows_hides_is_an_error_of_that_file(tmp_path: Path, name: str) -> None:
    written(tmp_path, "a.yaml", name)
    (finding,) = [p for p in load([tmp_path]).findings if p.id == "file-left-out"]
    assert finding.severity.value == "error" and "rename it to b.yaml" in finding.message
    assert finding.span is not None and finding.span.file == str(tmp_path / name)


@pytest.mark.parametrize("text", [UNIT, "{units: []}\n", "# x\nauthority:\n  name: y\n"])
def test_a_roster_in_a_folder_of_the_folder_is_an_error(tmp_path: Path, text: str) -> None:
    written(tmp_path, "a.yaml")
    written(tmp_path, "north/far/b.YAML", text=text)
    (finding,) = files_of([tmp_path]).left_out
    assert finding.span is not None and finding.span.file == str(tmp_path / "north/far/b.YAML")
    assert files_of([tmp_path, tmp_path / "north" / "far"]).left_out == ()


def test_other_yaml_in_a_folder_of_the_folder_is_none_of_ours(tmp_path: Path) -> None:
    written(tmp_path, "a.yaml")
    written(tmp_path, "designs/oval.yaml", "x/.cache/b.yaml", text="name: oval\ntrim: {units: 3}\n  units: 3\n")
    assert files_of([tmp_path]).left_out == ()


def test_a_folder_without_a_roster_says_what_to_do(tmp_path: Path) -> None:
    written(tmp_path, "b.yaml.txt")
    with pytest.raises(InputError, match=r"no \.yaml file") as caught:
        files_of([tmp_path])
    assert "rename it to b.yaml" in caught.value.hint


def test_all_files_that_cannot_be_read_are_known(tmp_path: Path) -> None:
    written(tmp_path, "a.yaml")
    written(tmp_path, "b.yaml", text="a: [\n")
    written(tmp_path, "c.yaml", text="a: @x\n")
    (tmp_path / "d.yaml").write_bytes(b"\xff")
    with pytest.raises(InputError) as caught:
        load([tmp_path])
    errors = (caught.value, *caught.value.others)
    assert {Path(e.span.file).name for e in errors if e.span} == {"b.yaml", "c.yaml", "d.yaml"}
