"""The site: numbers are the roster's, pages are valid and small, others read the cards, hostile names do nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
import vobject

from keytag.base.errors import FindingsError, InputError, OutputError
from keytag.files.seal import digest
from keytag.job import setup as jobs
from keytag.job.ready import Ready, check
from keytag.job.site import publish_site, works
from keytag.roster.load import load
from keytag.roster.model import Roster
from keytag.site.letters import special
from keytag.vietnam.phones import dialled
from tests.conftest import REPOSITORY

from .conftest import ready_of

RUN = re.compile(r"\d(?:[\d .()-]*\d)?")
HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\u202e1234\u202c",
    "\"'><img src=x onerror=alert(1)>",
    "a\nTEL:+84999999999\nEND:VCARD",
    "</style><style>*{display:none}",
    "{{ 7*7 }}",
    "keytag-content-security-policy",
)
ROSTER = """\
job: {{date: 2026-11-28, edition: 11/2026}}
authority: {{name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
  zalo: "https://zalo.me/1234567890123456789"}}
site:
  address: https://congan.example.gov.vn/dd/
{more}
units:
  - {{kind: xã, name: {name}, duty: 0269.3000.212, chief: 0900.000.132, quantity: 20, valid_until: 2027-12-31}}
"""


def made(name: str = "Glar", more: str = "", folder: Path = Path()) -> dict[str, bytes]:
    """The site's files without the gate: what they are made of is judged elsewhere."""
    path = folder / "contacts.yaml"
    path.write_text(ROSTER.format(name=json.dumps(name), more=more), "utf-8")
    setup = jobs.open(path)
    return {work.name: work.make(*work.given) for work in works(setup, setup.date)}


def page_of(files: dict[str, bytes]) -> str:
    return next(data.decode() for name, data in files.items() if name.count("/") and name.endswith(".html"))


def of_roster(roster: Roster) -> set[str]:
    people = [person for a in roster.authorities for person in (a.duty, a.chief) if person]
    people += [person for unit in roster.units for person in unit.contacts]
    return {re.sub(r"\D", "", person.number.value) for person in people} | {"113", "114", "115"}


def test_every_number_is_the_rosters_digit_by_digit(shipped_site: Path) -> None:
    roster = load([REPOSITORY / "contacts.yaml"])
    known = of_roster(roster)
    for path in sorted(shipped_site.rglob("*.html")):
        document = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for row in document.iter("a"):
            if row.get("href", "").startswith("tel:"):
                assert row.get("href").removeprefix("tel:").replace("+84", "0") in known
        shown = {re.sub(r"\D", "", run) for run in RUN.findall("\n".join(document.itertext()))}
        assert {run for run in shown if len(run) > 8} <= known
    glar = (shipped_site / "xa-glar/index.html").read_text("utf-8")
    unit = next(unit for unit in roster.units if unit.key == "xa-glar")
    order = [
        glar.index(f'"{dialled(person.number.value)}"') for person in (unit.duty, unit.chief, *unit.deputies) if person
    ]
    assert order == sorted(order)
    assert (
        order[-1]
        < glar.index('"tel:113"')
        < glar.index("dichvucong")
        < glar.index("Giả Công an")
        < glar.index("đúng từ")
    )


def test_pages_are_valid_small_and_whole_in_themselves(shipped_site: Path) -> None:
    for path in sorted(shipped_site.rglob("*.html")):
        data = path.read_bytes()
        html5lib.HTMLParser(strict=True).parse(data, transport_encoding="utf-8")
        assert len(data) <= (10_000 + 17 * 600 if path.parent == shipped_site else 20_000)
        text = data.decode()
        assert not re.search(r"<(script|img|iframe|link(?! rel=\"icon\" href=\"data:,\"))", text)
        assert "nowrap" not in text
    listed = json.loads((shipped_site / "site.json").read_bytes())
    for file in listed["files"]:
        assert digest((shipped_site / file["name"]).read_bytes()) == file["sha256"]
    assert listed["address"] == "https://congan.example.gov.vn/dd/"
    assert {file["name"] for file in listed["files"]} >= {"index.html", "xa-glar/danh-ba.vcf", "headers.txt"}
    remarks = [line for line in (shipped_site / "headers.txt").read_text("utf-8").split("\n") if ". " in line]
    assert len(remarks) == 2 and "số cũ" in remarks[0] and "old numbers" in remarks[1]  # papers: both


def test_cards_are_read_by_another_reader(shipped_site: Path) -> None:
    for path in sorted(shipped_site.rglob("*.vcf")):
        data = path.read_bytes()
        assert all(len(line) <= 75 for line in data.split(b"\r\n")) and b"\n" not in data.replace(b"\r\n", b"")
        cards = list(vobject.readComponents(data.decode()))
        assert all((card.version.value, card.validate()) == ("3.0", True) for card in cards)
        names = [card.fn.value for card in cards]
        assert len(set(names)) == len(names) and all(card.n.value for card in cards)
        assert all(card.tel.params["TYPE"] in (["WORK", "VOICE"], ["WORK", "CELL"]) for card in cards)
        page = (path.parent / "index.html").read_text("utf-8")
        dials = re.findall(r'href="tel:(\+\d+)"', page)
        assert [card.tel.value for card in cards] == dials
    glar = list(vobject.readComponents((shipped_site / "xa-glar/danh-ba.vcf").read_text("utf-8")))
    assert [card.fn.value for card in glar][:3] == [
        "Trực ban Công an xã Glar",
        "Trưởng Công an xã Glar",
        "Phó trưởng Công an xã Glar",
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_nothing(tmp_path: Path, name: str) -> None:
    more = f"  notices: [{{date: 2026-11-20, text: {json.dumps(name)}}}]"
    files = made(name, more, tmp_path)
    text = page_of(files)
    document = html5lib.HTMLParser(strict=True).parse(text)
    tags = {element.tag.rpartition("}")[2] for element in document.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img"} and text.count("<style>") == 1
    assert "49" not in text.replace("+849", "").split("<h1")[1].split("</h1>")[0]
    card = next(data for file, data in files.items() if file.endswith(".vcf"))
    (duty,) = vobject.readComponents(card.decode())
    assert duty.tel.value == "+842693000212"
    assert duty.fn.value == f"Trực ban Công an xã {name}"
    assert not any(part in (".", "..") or not part.isprintable() for file in files for part in file.split("/"))


def test_only_what_is_asked_for_is_shown_and_names_never(tmp_path: Path) -> None:
    plain = page_of(made(folder=tmp_path))
    assert "0269.3000.212" in plain and "0900.000.132" not in plain
    both = page_of(made(more="  show: [duty, chief]", folder=tmp_path))
    assert "0900.000.132" in both


def test_dated_things_come_and_go(tmp_path: Path) -> None:
    more = """\
  links:
    - {text: Còn hạn, url: "https://a.gov.vn", checked: 2026-11-25, valid_until: 2026-11-28}
    - {text: Hết hạn, url: "https://b.gov.vn", checked: 2026-11-25, valid_until: 2026-11-27}
  notices:
    - {date: 2026-11-29, text: Ngày mai}
    - {date: 2026-11-01, until: 2026-11-27, text: Hôm qua}
    - {date: 2026-11-28, until: 2026-11-28, text: Tin thứ nhất}
    - {date: 2026-11-01, text: Tin thứ hai}
    - {date: 2026-11-01, text: Tin thứ ba}
    - {date: 2026-11-01, text: Tin thứ tư}"""
    text = page_of(made(more=more, folder=tmp_path))
    assert [word in text for word in ("Còn hạn", "Hết hạn", "Ngày mai", "Hôm qua")] == [True, False, False, False]
    assert [f"Tin thứ {n}" in text for n in ("nhất", "hai", "ba", "tư")] == [True, True, True, False]


@pytest.mark.parametrize(("on", "refused"), [("2025-02-28", False), ("2025-03-01", True), ("2000-07-31", True)])
def test_a_page_past_its_validity_is_refused(tmp_path: Path, on: str, refused: bool) -> None:
    ready = ready_of(REPOSITORY / "contacts.yaml")
    if not refused:
        assert publish_site(ready, tmp_path / "site", on).on == on
        return
    with pytest.raises(FindingsError) as caught:
        publish_site(ready, tmp_path / "site", on)
    assert "authority-expired" in {finding.id for finding in caught.value.findings}
    assert not (tmp_path / "site").exists()


def test_only_what_passed_the_gate_becomes_a_site(tmp_path: Path) -> None:
    setup = jobs.open(REPOSITORY / "contacts.yaml")
    with pytest.raises(TypeError, match="is no Ready"):
        publish_site(setup, tmp_path / "site")  # type: ignore[arg-type]
    assert isinstance(ready_of(REPOSITORY / "contacts.yaml"), Ready)


def test_the_same_roster_gives_the_same_bytes(tmp_path: Path, shipped_site: Path) -> None:
    publish_site(ready_of(REPOSITORY / "contacts.yaml"), tmp_path / "again")
    for path in sorted(p for p in shipped_site.rglob("*") if p.is_file()):
        assert (tmp_path / "again" / path.relative_to(shipped_site)).read_bytes() == path.read_bytes()


WORDS = """\
  languages:
    bdq: {{call: "{call}", by: A, read_by: B, audio: loi.m4a}}"""


def test_signed_words_have_their_letters_and_their_sound(tmp_path: Path) -> None:
    letters = "ƀ b\u0306 o\u0306"  # letters, no word of any language
    (tmp_path / "loi.m4a").write_bytes(b"sound")
    files = made(more=WORDS.format(call=letters), folder=tmp_path)
    text = page_of(files)
    assert '<section lang="bdq">' in text and "font-src data:" in text and "data:font/woff2" in text
    assert files["bdq.m4a"] == b"sound" and 'preload="none" src="../bdq.m4a"' in text
    assert len(text.encode()) < 20_000
    plain = page_of(made(more=WORDS.format(call="abc"), folder=tmp_path))
    assert "data:font" not in plain and "font-src" not in plain


@pytest.mark.parametrize("call", ["abc", ""])
@pytest.mark.parametrize("signed", ["by: A, read_by: a", "by: A", "read_by: B", "by: A, read_by: ''"])
def test_words_that_two_people_have_not_signed_are_an_error_and_on_no_page(
    call: str, signed: str, tmp_path: Path
) -> None:
    (tmp_path / "loi.m4a").write_bytes(b"sound")
    words = WORDS.format(call=call).replace("by: A, read_by: B", signed)
    assert '<section lang="bdq">' not in page_of(made(more=words, folder=tmp_path))
    assert "text-unsigned" in {found.id for found in check(jobs.open(tmp_path / "contacts.yaml"))}


def test_which_letters_telephones_may_lack() -> None:
    assert [special(text) for text in ("ƀ", "m\u0306", "Đắk Lắk ễ", "ŏ")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("template", "error", "told"),
    [
        ("<title>{{ page.titel }}</title>", InputError, "titel"),
        ("{% for %}", InputError, "unit.html:1"),
        ("<script>alert(1)</script>", OutputError, "<script>"),
        ('<img src="https://tracker.example/x.png">', OutputError, "fetches"),
        ('<a href="tel:+84900000999">0900.000.999</a>', OutputError, "no number of the roster"),
        ('<a href="tel:+842693000212">Gọi</a>', OutputError, "stands nowhere"),
        ("{{ ''.__class__.__mro__ }}", InputError, "unsafe"),
    ],
)
def test_templates_of_ones_own_are_held_to_the_same_rules(
    tmp_path: Path, template: str, error: type[Exception], told: str
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/unit.html").write_text(template, "utf-8")
    with pytest.raises(error, match=re.escape(told)):
        made(more="  templates: mine", folder=tmp_path)
    (tmp_path / "mine/unit.html").write_text('{% extends "base.html" %}{% block up %}của tôi{% endblock %}', "utf-8")
    assert "của tôi" in page_of(made(more="  templates: mine", folder=tmp_path))


@pytest.mark.parametrize("name", ["../..", "/etc", "none"])
def test_templates_lie_beside_the_roster(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        made(more=f"  templates: {name}", folder=tmp_path)
