"""What verify says and writes: missing tools, exit codes, JSON, JUnit, and the page to sign."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

import keytag
from keytag.base import errors
from keytag.base.standard import Standard
from keytag.checks.pdf import Expectation, preflight
from keytag.documents.facts import Head
from keytag.documents.verification import verification_page
from keytag.job.verification import page_of, verify_folder
from keytag.verification import shown
from keytag.verification.model import TITLES, Failure, Report, item
from tests.long import verify_table
from tests.verification.damage import Job, item_of

HEAD = Head("Móc khóa", "Công an huyện Đak Đoa", "05/2020", "2020-05-18T00:00:00+07:00")
PROGRAMS = {"ocr": ("tesseract", "digits"), "plates": ("gs", "plates"), "zbar": ("zbarimg", "codes-again")}


def without(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, *more, **other: None if name == program else which(name))


@pytest.mark.parametrize("word", PROGRAMS)
def test_a_missing_program_is_said_and_where_required_an_error(
    job: Job, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    program, key = PROGRAMS[word]
    without(monkeypatch, program)
    report = job.verify()
    assert report.failures == 0
    assert "is not installed" in item_of(report, key).skipped
    skipped = [one.key for one in report.items if one.skipped]
    assert skipped == ([key] if word != "plates" else ["plates", "digits", "codes", "codes-again", "grade"])
    assert "skipped" in shown.table(report)
    with pytest.raises(errors.MissingToolError) as caught:
        verify_folder(job.out, keytag.open(job.roster), [word])
    assert caught.value.exit_code == 5


def test_a_job_without_masters_says_so(job: Job) -> None:
    (job.out / "masters.pdf").unlink()
    assert [f.place for f in item_of(job.verify(), "files").failures] == ["masters.pdf"]


def test_json_and_junit_are_well_formed_and_say_the_same(job: Job) -> None:
    (job.out / "packing-list.csv").write_text("<&>\x1b[31m", encoding="utf-8")
    report = job.verify()
    told = json.loads(shown.as_json(report))
    suite = ElementTree.fromstring(shown.junit(report))
    assert told["ok"] is False and len(told["items"]) == len(report.items) == int(suite.get("tests", "0"))
    assert [i["key"] for i in told["items"]] == [case.get("name") for case in suite]
    assert [i["key"] for i in told["items"] if i["failures"]] == ["files", "papers"]
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["files", "papers"]
    assert suite.get("failures") == "2" and suite.get("skipped") == "0"


def hostile() -> Report:
    evil = Failure("<a>&\x1b[31m\0", "\x00\x07 ]]> \ud800 \uffff")
    return Report("<job>", "2020-05-18", (("a<b>.yaml", "00" * 32),), (item("words", 1, [evil]),))


def test_no_text_breaks_the_outputs() -> None:
    assert ElementTree.fromstring(shown.junit(hostile())).find("testcase/failure") is not None
    assert json.loads(shown.as_json(hostile()))["items"][0]["failures"]
    assert "\x1b" not in shown.table(hostile()) and "\0" not in shown.table(hostile())
    assert one_page(verification_page(HEAD, hostile(), None))


def one_page(data: bytes) -> bool:
    found = [f.message for f in preflight(data, Standard.X4, Expectation(pages=1, fonts=True))]
    assert found == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages) == 1


def words_of(data: bytes) -> str:
    import pypdfium2

    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_the_page_shows_what_was_compared(job: Job) -> None:
    done = verify_folder(job.out, keytag.open(job.roster))
    data = page_of(done)
    assert one_page(data) and data == page_of(done)
    words = words_of(data)
    for one in done.report.items:
        assert one.title[0] in words
    for name, sha in done.report.roster:
        assert name in words and sha[:16] in words
    assert done.code is not None and "Khớp" in words and "LỖI" not in words and "KHÔNG KIỂM" not in words
    assert all(word in words for word in ("Chữ ký", "nhòe", "không có lỗi"))


@pytest.mark.parametrize("failures", [1, 3, 400])
def test_the_page_stays_one_page_and_says_how_many_more(failures: int) -> None:
    wrong = [Failure(f"plate-{i:02}.pdf, station {i}, " * 9, "is off by 0.05 mm " * 20) for i in range(failures)]
    items = tuple(item(key, 9999, wrong) for key in TITLES)
    roster = tuple((f"roster/{i}-{'a-long-name' * 9}.yaml", f"{i:064x}") for i in range(40))
    data = verification_page(HEAD, Report("x", "", roster, items), None)
    words = words_of(data)
    assert one_page(data)
    assert "plate-00.pdf" in words and "Và 35 tệp khác" in words
    if failures > 1:
        assert "lỗi khác" in words
    assert f"{failures} LỖI" in words


def test_the_page_shows_what_was_skipped_and_why() -> None:
    items = tuple(item(key, skipped=f"{key} has no program") for key in TITLES)
    words = words_of(verification_page(HEAD, Report("x", "", (), items), None))
    assert all(f"{key} has no program" in words for key in TITLES)
    assert f"{len(TITLES)} mục KHÔNG KIỂM" in words


def test_a_row_of_the_table_has_no_false_alarm(tmp_path: Path) -> None:
    """The moulded tag has no red plate: its light words are read on the plastic's own colour. Here as PDF/X-1a, turned.

    `impose --verify` keeps it. All rows: `tests/long/verify_table.py`.
    """
    assert verify_table.kept(tmp_path, "oval-50x20-moulded", "jig-moulded-4x5", "x1a", 180) == ("ok", "")
