"""Mending files: only what a finding edits changes, whole files or nothing, and never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.base.errors import KeytagError, OutputError
from keytag.files import fixes
from keytag.files.source import read


def _edit(file: str, line: int, start: int, end: int, text: str, end_line: int = 0) -> Edit:
    return Edit(Span(file, line, start, end_line or line, end), text)


def _finding(*edits: Edit) -> Diagnostic:
    return Diagnostic("sample", Severity.WARNING, edits[0].span, "sample", edits)


def test_comments_layout_line_ends_and_mode_stay(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_bytes("\ufeff# đầu\r\nchief:   '0900000101'   # gọi\r\nduty: 113".encode())
    path.chmod(0o640)
    finding = _finding(_edit(str(path), 2, 11, 21, "0900.000.101"))
    (mended,) = fixes.mend([finding], [read(path)])
    assert mended.done == (finding,)
    assert mended.left == ()
    assert path.read_bytes() == "\ufeff# đầu\r\nchief:   '0900.000.101'   # gọi\r\nduty: 113".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    backup = tmp_path / "contacts.yaml.bak"
    assert backup.read_bytes() == "\ufeff# đầu\r\nchief:   '0900000101'   # gọi\r\nduty: 113".encode()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["contacts.yaml", "contacts.yaml.bak"]


def test_the_same_edit_of_two_findings_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: &x one\nb: *x\n")
    finding = _finding(_edit(str(path), 1, 7, 10, "two"))
    (mended,) = fixes.mend([finding, finding], [read(path)])
    assert len(mended.done) == 2
    assert path.read_text() == "a: &x two\nb: *x\n"


def test_overlapping_edits_are_all_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: abcdef\nb: x\n")
    name = str(path)
    clash = [_finding(_edit(name, 1, 4, 8, "X")), _finding(_edit(name, 1, 6, 9, "Y"))]
    other = [_finding(_edit(name, 1, 5, 6, "Z"), _edit(name, 2, 4, 5, "y"))]
    (mended,) = fixes.mend([*clash, *other], [read(path)])
    assert mended.done == ()
    assert path.read_text() == "a: abcdef\nb: x\n"


def test_two_edits_of_one_place_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: b\n")
    clash = [_finding(_edit(str(path), 1, 4, 5, new)) for new in "xy"]
    (mended,) = fixes.mend(clash, [read(path)])
    assert (mended.done, len(mended.left)) == ((), 2)


@pytest.mark.parametrize("new", ["x\nc: d", "x # y", "[", "'", "x: y: z"])
def test_an_edit_that_would_change_more_than_its_place_writes_nothing(tmp_path: Path, new: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: b\ne: f\n")
    finding = _finding(_edit(str(path), 1, 2, 3, new))  # not on a value: the colon's blank
    with pytest.raises(KeytagError, match=r"a\.yaml"):
        fixes.mend([finding], [read(path)])
    assert path.read_text() == "a: b\ne: f\n"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_changed_meanwhile_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: b\n")
    source = read(path)
    path.write_text("a: c\n")
    with pytest.raises(OutputError, match="has changed"):
        fixes.mend([_finding(_edit(str(path), 1, 4, 5, "x"))], [source])
    assert path.read_text() == "a: c\n"


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    path, link = tmp_path / "far" / "a.yaml", tmp_path / "link.yaml"
    path.write_text("a: b\n")
    link.symlink_to(path)
    fixes.mend([_finding(_edit(str(link), 1, 4, 5, "x"))], [read(link)])
    assert link.is_symlink()
    assert path.read_text() == "a: x\n"


def test_a_folder_without_write_permission_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: b\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        fixes.mend([_finding(_edit(str(path), 1, 4, 5, "x"))], [read(path)])
    assert path.read_text() == "a: b\n"


_LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12))


@settings(deadline=None, derandomize=True, max_examples=200)
@given(_LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_an_edit_changes_its_own_stretch_and_nothing_else(lines: list[str], end: str, data: st.DataObject) -> None:
    text = end.join(lines)
    line = data.draw(st.integers(0, max(0, len(lines) - 1)))
    old = lines[line] if lines else ""
    start = data.draw(st.integers(0, len(old)))
    stop = data.draw(st.integers(start, len(old)))
    changed = old[:start] + "new" + old[stop:]
    wanted = end.join([*lines[:line], changed, *lines[line + 1 :]])
    assert fixes.applied(text, [_edit("f", line + 1, start + 1, stop + 1, "new")]) == wanted
