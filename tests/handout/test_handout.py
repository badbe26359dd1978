"""The hand-out's papers: every number is the roster's, no villager's name in any file, lists of names on lists only."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest

from keytag.base.errors import FindingsError, InputError, UsageError
from keytag.documents.handout_papers import bags, receipts
from keytag.handout.privacy import holdings, lines
from keytag.job import handout
from keytag.job import setup as jobs
from keytag.job.handout import facts_of, publish_handout, returns_of, works
from keytag.job.papers import bags_of, packing_facts, packing_table
from keytag.job.ready import Ready, order_of, ready
from keytag.roster.villages import households, store
from tests.conftest import REPOSITORY
from tests.office import binary_books
from tests.site.test_site import HOSTILE

ROSTER = """\
job: {date: 2020-05-18, edition: 05/2020, name: Thử, customer: Công an huyện Đak Đoa}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
  zalo: "https://zalo.me/1234567890123456789"}
units:
  - kind: xã
    name: Glar
    duty: 0269.3000.212
    chief: {number: 0900.000.132, name: Trần Văn Mẫu}
    quantity: 72
    reserve: 5%
    villages:
      - {kind: làng, name: Dơk Rơng, code: g01, households: 30, officer: 0900.000.161, head: 0900.000.162}
      - {kind: thôn, name: "2", code: g02, households: 38, officer: 0900.000.161, head: 0900.000.163}
"""


def ready_of(path: Path, text: str = ROSTER) -> Ready:
    (path / "contacts.yaml").write_text(text, "utf-8")
    found = ready(jobs.open(path / "contacts.yaml"))
    assert isinstance(found, Ready), found
    return found


def text_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def test_the_folder_holds_lists_labels_receipts_and_tables(tmp_path: Path) -> None:
    done = publish_handout(ready_of(tmp_path), tmp_path / "handout")
    assert set(done.files) == {
        "xa-glar/g01.pdf", "xa-glar/g02.pdf", "bag-labels.pdf", "receipts.pdf", "handout.csv", "so-phat.csv",
        "handout.json",
    }  # fmt: skip
    first, second = text_of((tmp_path / "handout/xa-glar/g01.pdf").read_bytes())
    assert "Làng Dơk Rơng" in first and "0900.000.161" in first and "0900.000.162" in first
    numbered = [re.findall(r"^(\d+)\s*$", page, re.M) for page in (first, second)]
    assert numbered[0][-26:] == [str(n) for n in range(1, 27)] and numbered[1][-4:] == ["27", "28", "29", "30"]
    assert "giữ danh sách này" in first and "18/05/2021" in first
    rows = list(csv.reader(io.StringIO((tmp_path / "handout/handout.csv").read_text("utf-8-sig"))))
    assert [row[2:6] for row in rows[1:]] == [
        ["g01", "làng Dơk Rơng", "30", "30"], ["g02", "thôn 2", "38", "38"], ["", "kho", "0", "4"],
    ]  # fmt: skip


def test_every_number_of_the_papers_is_the_rosters(tmp_path: Path) -> None:
    setup = jobs.open(REPOSITORY / "contacts.yaml")
    facts = facts_of(setup)
    roster = setup.roster
    assert sum(bag.tags for bag in bags(facts)) == 15_000 == facts.tags
    assert [(u.tags, u.store) for u in facts.units] == [(unit.tags, store(unit)) for unit in roster.units]
    every = list(receipts(facts))
    assert every[0].tags == sum(r.tags for r in every[1:18]) == 15_000
    assert sum(r.tags for r in every[18:]) == sum(households(unit) for unit in roster.units)
    known = {re.sub(r"\D", "", c.number.value) for unit in roster.units for v in unit.villages for c in v.contacts}
    work = next(work for work in works(setup, facts) if work.name == "xa-glar/g02.pdf")
    for page in text_of(work.make(*work.given)):
        found = {re.sub(r"\D", "", run) for run in re.findall(r"0\d{3}\.\d{3}\.\d{3}", page)}
        assert len(found) == 2 and found <= known


def test_a_list_looks_like_what_it_says(tmp_path: Path, tool: Callable[[str], str]) -> None:
    """Read by OCR from the picture of the page: village, numbers, tags."""
    publish_handout(ready_of(tmp_path), tmp_path / "handout")
    page = tmp_path / "page"
    pdf = tmp_path / "handout/xa-glar/g01.pdf"
    subprocess.run(
        [tool("pdftoppm"), "-r", "250", "-l", "1", "-H", "500", "-singlefile", "-png", pdf, page], check=True
    )
    said = subprocess.run(
        [tool("tesseract"), f"{page}.png", "-", "--psm", "6"], capture_output=True, text=True, check=True
    )
    digits = re.sub(r"[ .]", "", said.stdout)
    assert "0900000161" in digits and "0900000162" in digits


def test_names_stand_on_their_list_and_nowhere_else(tmp_path: Path) -> None:
    names = tmp_path / "ho.csv"
    names.write_text("đơn vị;làng;chủ hộ\nGlar;g01;Rơ Châm Mẫu\n;Dơk Rơng;Siu Mẫu\n;2;Trần Thị Mẫu\n", "utf-8")
    publish_handout(ready_of(tmp_path), tmp_path / "handout", names)
    found = {p.name for p in (tmp_path / "handout").rglob("*.pdf") if "Mẫu" in "".join(text_of(p.read_bytes()))}
    assert found == {"g01.pdf", "g02.pdf"}
    assert "Trần Thị" not in "".join(text_of((tmp_path / "handout/xa-glar/g01.pdf").read_bytes()))
    for path in (tmp_path / "handout").rglob("*.[cj]s*"):
        assert "Mẫu" not in path.read_text("utf-8")
    plain = tmp_path / "plain"
    publish_handout(ready_of(tmp_path), plain)
    assert not any("Mẫu" in "".join(text_of(p.read_bytes())) for p in plain.rglob("*.pdf"))


@pytest.mark.parametrize(
    ("line", "told"),
    [("Glor;g01;A", "no unit of the roster"), ("Glar;g07;A", "no village 'g07'"),
     ("Glar;g01;A\n" * 31, "has 30 households")],
)  # fmt: skip
def test_a_list_of_names_that_does_not_fit_is_refused_without_naming_anyone(
    tmp_path: Path, line: str, told: str
) -> None:
    names = tmp_path / "ho.csv"
    names.write_text(f"unit;village;name\n{line}\n".replace(";A", ";Rơ Châm Mẫu"), "utf-8")
    with pytest.raises(FindingsError) as caught:
        publish_handout(ready_of(tmp_path), tmp_path / "handout", names)
    (finding,) = caught.value.findings
    assert told in finding.message and "Mẫu" not in finding.message and not (tmp_path / "handout").exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER.replace("Dơk Rơng", json.dumps(name)), "utf-8")
    setup = jobs.open(tmp_path / "contacts.yaml")
    made = {work.name: work.make(*work.given) for work in works(setup, facts_of(setup))}
    for table in ("handout.csv", "so-phat.csv"):
        rows = list(csv.reader(io.StringIO(made[table].decode("utf-8-sig"), newline="")))
        assert not any(cell.lstrip()[:1] in tuple("=+-@") and cell.strip() for row in rows for cell in row)
        assert len({len(row) for row in rows}) == 1
    papers = {paper: data for paper, data in made.items() if paper.endswith(".pdf")}
    assert len(text_of(papers["xa-glar/g01.pdf"])) == 2 and {"bag-labels.pdf", "receipts.pdf"} < set(papers)
    for paper, data in papers.items():
        assert not re.search(rb"/(JavaScript|JS|URI|Launch|OpenAction|AA)\b", data), paper


def test_without_villages_there_is_nothing_to_hand_out(tmp_path: Path) -> None:
    text = ROSTER.split("    villages:")[0]
    with pytest.raises(UsageError, match="no unit has villages"):
        publish_handout(ready_of(tmp_path, text), tmp_path / "handout")


def test_the_form_comes_back_filled_in(tmp_path: Path) -> None:
    found = ready_of(tmp_path)
    publish_handout(found, tmp_path / "handout")
    form = (tmp_path / "handout/so-phat.csv").read_text("utf-8-sig")
    filled = form.replace(",xã Glar,làng Dơk Rơng,,,,,,,", "20/05/2020,xã Glar,làng Dơk Rơng,30,29,25,,,,")
    filled = filled.replace(",xã Glar,thôn 2,,,,,,,", ",xã Glar,thôn 2,38,38,20,,,,").replace(
        "kho,,,,,,,", "kho,,,,,,4,"
    )
    (tmp_path / "so-phat.csv").write_text(filled, "utf-8")
    read, findings = returns_of(found, tmp_path / "so-phat.csv")
    assert findings == () and len(read.rows) == 3
    # the same as a spreadsheet, where a unit's name is merged over its rows; what does not count clearly is refused
    cell = binary_books.Cell
    rows = [[cell(word) if word else None for word in row] for row in csv.reader(io.StringIO(filled, newline=""))]
    for at in range(2, len(rows)):
        rows[at][1] = None
    sheet = binary_books.Sheet(rows, [(1, len(rows) - 1, 1)])
    path = tmp_path / "so-phat.ods"
    path.write_bytes(binary_books.ods(sheet))
    again, findings = returns_of(found, path)
    assert findings == () and [row[1:] for row in again.rows] == [row[1:] for row in read.rows]
    path.write_bytes(binary_books.ods(sheet._replace(hidden_rows=[2])))
    with pytest.raises(InputError, match="3 is struck through, hidden or in error"):
        returns_of(found, path)


def test_what_personal_data_a_job_holds(tmp_path: Path) -> None:
    roster = ready_of(tmp_path).setup.roster
    found = {holding.what: len(holding.places) for holding in holdings(roster)}
    assert found == {
        "mobiles of officers": 2,
        "mobiles of those who hand out and of heads of villages": 4,
        "names of officers": 1,
    }
    told = "\n".join(lines(roster))
    assert "Trần" not in told and "0900" not in told and "households: no name" in told


def test_the_factory_packs_by_village(tmp_path: Path) -> None:
    (unit,) = ready_of(tmp_path).setup.roster.units
    assert bags_of(unit) == (("g01", 30), ("g02", 38), ("kho", 4))
    assert bags_of(unit._replace(villages=())) == ()
    order = order_of(ready_of(tmp_path))
    rows = list(csv.reader(io.StringIO(packing_table(packing_facts(order)).decode("utf-8-sig"))))
    assert rows[0][-1] == "Túi theo làng (bags by village)" and rows[1][-1] == "g01: 30; g02: 38; kho: 4"


def test_lists_tell_their_serials_where_the_job_is_numbered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ranges = [{"key": "xa-glar", "villages": [{"key": "g02", "first": "G000031X", "last": "G000068Y"}]}]
    listing = SimpleNamespace(raw={"serials": {"ranges": ranges}})
    monkeypatch.setattr(handout, "read_listing", lambda _: listing)
    publish_handout(ready_of(tmp_path), tmp_path / "handout", numbered=tmp_path)
    first, second = (text_of((tmp_path / f"handout/xa-glar/g0{n}.pdf").read_bytes())[0] for n in (1, 2))
    assert "G000031X – G000068Y" in second and "thứ tự" not in first
    monkeypatch.setattr(handout, "read_listing", lambda _: SimpleNamespace(raw={}))
    with pytest.raises(UsageError, match="no numbered job"):
        publish_handout(ready_of(tmp_path), tmp_path / "handout", numbered=tmp_path)
