"""The kit for the Official Account: within its limits, and with the numbers of the tag."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from keytag.base.errors import OutputError
from keytag.files.catalogues import words_of
from keytag.job import setup as jobs
from keytag.job.zalo import kit_on, publish_kit, works
from keytag.site.oa import ACTIONS, Answer, Item, Kit, faults
from tests.conftest import REPOSITORY
from tests.test_language import left

from .conftest import ready_of
from .test_site import HOSTILE, ROSTER, of_roster

LONG = re.compile(r"\d(?:[\d.]*\d)?")


@pytest.fixture(scope="module")
def kit() -> Kit:
    setup = jobs.open(REPOSITORY / "contacts.yaml")
    return kit_on(setup, setup.date)


def test_the_shipped_kit_is_within_the_limits(kit: Kit) -> None:
    assert list(faults(kit)) == []
    assert len(kit.answers) == 12 + 17
    assert all(item.action in ACTIONS and item.value for item in kit.menu)
    assert not any("{" in text for entry in (*kit.menu, *kit.answers) for text in entry) and "{" not in kit.welcome


def test_its_numbers_are_the_tags(kit: Kit) -> None:
    roster = jobs.open(REPOSITORY / "contacts.yaml").roster
    known = of_roster(roster)
    texts = [kit.welcome, *(answer.text for answer in kit.answers), *(i.value for i in kit.menu if "phone" in i.action)]
    numbers = {re.sub(r"\D", "", run) for text in texts for run in LONG.findall(text)}
    assert numbers - {"24"} <= known and "02693000113" in numbers
    glar = next(answer for answer in kit.answers if answer.keyword == "#glar")
    assert glar.text.splitlines()[:3] == [
        "Công an xã Glar",
        "Trực ban 24/24: 0269.3000.212",
        "Trưởng Công an: 0900.000.132",
    ]


@pytest.mark.parametrize(
    ("kit", "told"),
    [
        (Kit((Item("x" * 101, "oa.open.url", "https://a.vn"),), (), ""), "101 characters"),
        (Kit((Item("x", "oa.open.door", "https://a.vn"),), (), ""), "which there is not"),
        (Kit((Item("x", "oa.query.show", "#nothing"),), (), ""), "no answer"),
        (Kit((), (Answer("truc ban", "?", "x"),), ""), "is no keyword"),
        (Kit((), (Answer("#trựcban", "?", "x"),), ""), "is no keyword"),
        (Kit((), (Answer("#" + "x" * 40, "?", "x"),), ""), "is no keyword"),
        (Kit((), (Answer("#a", "?", "x" * 501),), ""), "501 characters"),
        (Kit((), (Answer("#a", "?", "x"), Answer("#A", "?", "y")), ""), "stands twice"),
        (Kit((), (), "x" * 501), "the welcome"),
    ],
)
def test_beyond_a_limit_is_said(kit: Kit, told: str) -> None:
    (fault,) = faults(kit)
    assert told in fault
    assert left(words_of("vi").of(fault).replace("#nothing", "")) == []


def test_what_the_account_would_not_take_is_not_written(tmp_path: Path) -> None:
    done = publish_kit(ready_of(REPOSITORY / "contacts.yaml"), tmp_path / "zalo")
    assert set(done.files) == {"menu.csv", "answers.csv", "welcome.txt", "zalo.json"}
    text = (REPOSITORY / "contacts.yaml").read_text("utf-8").replace("Nộp và tra cứu hồ sơ", "x" * 101)
    with pytest.raises(OutputError, match="101 characters"):
        publish_kit(ready_of(text), tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_its_tables_is_a_formula(tmp_path: Path, name: str) -> None:
    path = tmp_path / "contacts.yaml"
    link = f"  links: [{{text: {json.dumps(name)}, url: 'https://a.gov.vn', checked: 2026-11-25}}]"
    path.write_text(ROSTER.format(name=json.dumps(name), more=link), "utf-8")
    made = {work.name: work.make(*work.given) for work in works(kit_on(jobs.open(path), "2026-11-28"))}
    for table in ("menu.csv", "answers.csv"):
        rows = list(csv.reader(io.StringIO(made[table].decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.lstrip()[:1] in tuple("=+-@") and cell.lstrip() for row in rows for cell in row)
