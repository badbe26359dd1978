"""What else a person sees in Vietnamese: what verbs say when they are done, pages, reports, and keytag's own errors."""

from __future__ import annotations

import html
import io
import json
import re
import shlex
from pathlib import Path

import pytest

from keytag.cli import plainly
from keytag.files.catalogues import words_of
from keytag.preview import page
from keytag.preview.board import Board
from tests.office import make_books
from tests.test_language import left, run

VI = words_of("vi")
ROSTER = """job: {date: 2020-05-18, name: Thử, edition: 05/2020, serials: {prefix: G, start: 1}, papers: vi}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}
site: {address: "https://congan.example.gov.vn/dd/"}
units:
  - kind: xã
    name: Glar
    code: "23707"
    duty: 0269.3000.212
    chief: 0900.000.132
    deputies: [0900.000.133]
    quantity: 40
    villages:
      - {kind: làng, name: A, code: g01, households: 20, officer: 0900.000.161, head: 0900.000.201}
      - {kind: làng, name: B, code: g02, households: 10, officer: 0900.000.161, head: 0900.000.202}
  - {kind: xã, name: Trang, duty: 0269.3000.213, chief: 0900.000.136, quantity: 30}
"""
# One day of an officer and a factory, each line with its exit code; a later one works on what an earlier one made.
DAY = """
    0 render -f png -f book; 0 render -f phone -o phone; 0 render --measure --unit Glar; 0 impose --zip; 0 impose -o
    again --since out; 0 impose -o signed --approved proofs; 0 impose --numbered --ledger book.csv -o numbered; 1
    films; 0 plan --optimise 1; 0 site; 0 zalo; 0 handout -o lists; 1 handout --returns lists/so-phat.csv; 0 export;
    0 import danh-ba.xlsx; 0 ledger status book.csv; 0 ledger next book.csv; 0 ledger status book.csv G0000018S; 1
    set Glar quantity 50 --diff; 0 set Glar chief 0900.000.132; 0 set Glar quantity 50; 0 set Glar chief
    0900.000.139; 0 diff contacts.yaml.bak; 1 impose -o no --approved proofs; 2 reprint --spoiled G0000018S --job
    numbered; 0 import danh-ba.xlsx --apply; 0 ledger void book.csv G0000018S; 2 ledger void book.csv G0000018S; 0
    check --fix --diff; 0 check --privacy; 2 reprint --spoiled G0000019Q --job numbered --ledger book.csv; 0 ledger
    destroyed book.csv G0000019Q; 0 reprint --spoiled G0000019Q --job numbered --ledger book.csv; 0 migrate; 0
    template new mine; 0 template check mine.yaml; 0 scheme new mine-sheet; 0 scheme check mine-sheet.yaml; 0
    explain; 0 check -v --statistics
"""
KEPT = re.compile(r"^      .*$|^.*: \^.*$|^[-+@ ].*$|'[^']*'|\bkeytag [a-z]+|\bproofs\b|\bnumbered\b", re.M)


def words_on(text: str) -> str:
    """What a page of HTML shows."""
    bare = re.sub(r"<style.*?</style>|<script.*?</script>", "", text, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", "\n", bare))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "contacts.yaml").write_text(ROSTER, "utf-8")
    for name in ("LC_ALL", "LC_MESSAGES", "KEYTAG_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_english_is_left_of_a_days_work(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in DAY.split(";"):
        expected, *words = shlex.split(line)
        code, out, err = run(capsys, monkeypatch, *words)
        assert code == int(expected), (line, out, err)
        assert left(KEPT.sub("", f"{out}\n{err}")) == [], (line, out, err)
    remarks = re.findall("#.*", (folder / "contacts-2025.yaml").read_text("utf-8"))
    assert len(remarks) > 10 and [left(text) for text in remarks[1:] if left(text)] == []


def test_no_english_is_left_of_the_report_of_an_import(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, monkeypatch, "import", str(make_books.FOLDER / "danh-ba-hong.xlsx"), "-o", "y.yaml")
    assert code == 1 and left(KEPT.sub("", f"{out}\n{err}")) == []
    shown = words_on((folder / "y.report.html").read_text("utf-8"))
    assert "bảy chữ số" in shown and left(shown) == []


def test_no_english_is_left_of_the_preview(tmp_path: Path) -> None:
    assert left(words_on(page.page(VI))) == []
    file = tmp_path / "contacts.yaml"
    file.write_text(ROSTER.replace("0269.3000.212", "0269.3000.21").replace("0900.000.132", "059.3831.113"), "utf-8")
    board = Board((file,))
    board.pictures()
    board.findings()
    told = json.dumps(board.state(VI), ensure_ascii=False)
    messages = re.findall(r'"(?:message|why)": "((?:[^"\\]|\\.)*)"', told)
    assert len(messages) > 3 and [left(text) for text in messages if left(re.sub("`[^`]*`", "", text))] == []
    file.write_text("units: [\n", "utf-8")
    board.pictures()
    assert "YAML hỏng" in board.state(VI)["broken"] and left(board.state(VI)["broken"]) == []


def test_an_error_of_keytag_itself_is_told_in_vietnamese(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("0")

    monkeypatch.setattr(plainly, "done", broken)
    code, out, err = run(capsys, monkeypatch, "check")
    assert code == 70 and out == "" and "ZeroDivisionError" in err
    assert left(err) == []


def test_what_changed_on_a_tag_is_called_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = ROSTER.replace("05/2020", "06/2020").replace("{name: Đak Đoa", "{slogan: Gọi khi cần, name: Đak Pơ")
    (folder / "new.yaml").write_text(new.replace("name: Trang", "name: Ia Pết"), "utf-8")
    out = run(capsys, monkeypatch, "diff", "contacts.yaml", "new.yaml")[1]
    assert "đợt phát hành: 05/2020 nay là 06/2020" in out and "tên cơ quan phát hành: " in out
    assert not re.search(r"\b(edition|slogan|name|authority): ", out), out


def test_init_asks_in_vietnamese(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "contacts.yaml").unlink()
    answers = "Kon Tum\nGia Lai\nself\nGlar Cũ\nIa Băng\nftp://x\nnone\novel\noval-50x20\nmai\n2026-12-01\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    code, out, err = run(capsys, monkeypatch, "init")
    assert code == 0 and out.strip() == "" and err.count("hãy") >= 2
    assert left(re.sub(r"\[[^\]]*\]|\([a-z]+:[^)]*\)", "", err)) == [], err


def test_one_of_a_thing_is_said_as_one(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ROSTER.partition("  - {kind: xã, name: Trang")[0].replace(", serials: {prefix: G, start: 1}", "")
    (folder / "contacts.yaml").write_text(text, "utf-8")
    lines = ("impose", "render -f book", "plan", "site", "handout -o lists", "diff contacts.yaml new.yaml")
    (folder / "new.yaml").write_text(text.replace("0900.000.132", "0900.000.139"), "utf-8")
    for line in lines:
        code, out, err = run(capsys, monkeypatch, *line.split(), "--lang", "en")
        assert code == 0, (line, err)
        assert not re.search(r"\b1 (?:files|plate sets|sheets|units|tags|villages|designs)\b", out + err), (out, err)
