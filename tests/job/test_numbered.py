"""Numbered jobs: every tag's own serial on every scheme, the rows that say where it stands, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from keytag.base.errors import InputError, OutputError, UsageError
from keytag.base.standard import Standard
from keytag.cli.app import app, register
from keytag.job.booking import Numbers, wanted_of
from keytag.job.impose import impose_job
from keytag.job.numbering import with_place
from keytag.job.ready import Ready, order_of, ready
from keytag.job.setup import Setup, open
from keytag.serial.form import Form
from keytag.serial.ledger import held, read

G = Form("G")
ROSTER = """\
job:
  name: Mẫu
  template: {template}
  scheme: {scheme}
  date: 2020-05-18
  edition: 05/2020
  qr_hosts: [zalo.me, x.gov.vn]
  serials: {serials}
authority:
  {{name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, zalo: "https://zalo.me/1234567890123456789"}}
units:
  - {{kind: xã, name: Glar, duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.103], quantity: 95{first}}}
  - {{kind: xã, name: Trang, duty: 0269.3000.202, chief: 0900.000.102, deputies: [0900.000.104], quantity: 60{second}}}
"""


def setup(
    serials: str = "{prefix: G, start: 1}",
    scheme: str = "sra3-sheetwise",
    template: str = "oval-50x20-numbered",
    first: str = "",
    second: str = "",
) -> Setup:
    text = ROSTER.format(serials=serials, scheme=scheme, template=template, first=first, second=second)
    return open(text)


def made(job: Setup, folder: Path, standard: Standard = Standard.X4, numbers: Numbers | None = None) -> Path:
    gate = ready(job)
    assert isinstance(gate, Ready), gate
    impose_job(order_of(gate), folder, standard, numbers=numbers or Numbers(wanted_of(job)))
    return folder


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "so-seri.csv").read_text("utf-8").splitlines()))


def shown(page: pikepdf.Page) -> Counter[str]:
    """The serials whose characters a page places, by the names of their forms."""
    content = page.obj["/Contents"].read_bytes().decode("latin-1")
    spans = re.findall(r"/Span <</ActualText \(([^)]*)\)>> BDC\n(.*?)EMC\n", content, re.DOTALL)
    found: Counter[str] = Counter()
    for said, body in spans:
        letters = "".join(name[1:] for name in re.findall(r"/(\S+) Do", body))
        assert letters == said.replace(" ", "")
        found[letters.replace("-", "")] += 1
    return found


@pytest.mark.parametrize("standard", list(Standard))
@pytest.mark.parametrize("scheme", ["sra3-sheetwise", "sra3-work-and-turn", "430x650-work-and-tumble"])
def test_every_printed_tag_has_its_own_serial(tmp_path: Path, scheme: str, standard: Standard) -> None:
    folder = made(setup(scheme=scheme), tmp_path / "out", standard)
    job, table = json.loads((folder / "job.json").read_bytes()), rows(folder)
    printed = {unit["key"]: unit["printed"] for unit in job["units"]}
    assert Counter(row["unit"] for row in table) == printed
    assert [G.parse(row["serial"]) for row in table] == list(range(1, sum(printed.values()) + 1))
    states = Counter((row["unit"], row["state"]) for row in table)
    assert states["xa-glar", "printed"] == 95 and states["xa-trang", "printed"] == 60
    on_paper: Counter[str] = Counter()
    for plate in job["plates"]:
        with pikepdf.open(folder / plate["file"]) as pdf:
            assert len(pdf.pages) == 2 * plate["run"]
            under = {page.obj["/Resources"]["/XObject"]["/Under"].objgen for page in pdf.pages}
            assert len(under) <= 2
            for i in range(plate["run"]):
                here = shown(pdf.pages[2 * i]) + shown(pdf.pages[2 * i + 1])
                assert here == Counter(
                    r["serial"] for r in table if (r["plate"], r["sheet"]) == (str(plate["number"]), str(i + 1))
                )
                on_paper += here
    assert on_paper == Counter(row["serial"] for row in table)


def test_a_code_of_its_own_is_read_off_every_tag(tmp_path: Path) -> None:
    import numpy as np
    import zxingcpp

    job = setup('{prefix: G, start: 90, link: "https://x.gov.vn/{serial}"}')
    folder = made(job, tmp_path / "out")
    with pikepdf.open(folder / "plate-01.pdf") as pdf:
        content = pdf.pages[0].obj["/Contents"].read_bytes().decode("latin-1")
        under = pdf.pages[0].obj["/Resources"]["/XObject"]["/Under"]
        assert b"Do" in under.read_bytes()
    said = re.findall(r"/ActualText \((https://[^)]*)\)", content)
    assert len(said) == len(set(said)) > 40
    import pypdfium2 as pdfium

    image = pdfium.PdfDocument(str(folder / "plate-01.pdf"))[0].render(scale=5, grayscale=True).to_numpy()
    read_back = {r.text for r in zxingcpp.read_barcodes(np.squeeze(image))}
    assert len(read_back & set(said)) > 0.7 * len(said)  # a whole sheet at once is hard; each code alone is verify's
    assert all(text in said for text in read_back)


def test_the_same_bytes_again_and_the_shell_never_shows_a_specimen(tmp_path: Path) -> None:
    one, other = made(setup(), tmp_path / "a"), made(setup(), tmp_path / "b")
    names = sorted(p.name for p in one.iterdir())
    assert all((one / n).read_bytes() == (other / n).read_bytes() for n in names)
    gate = ready(setup())
    assert isinstance(gate, Ready)
    impose_job(order_of(gate), tmp_path / "plain")
    for name in ("plate-01.pdf", "masters.pdf"):
        with pikepdf.open(tmp_path / "plain" / name) as pdf:
            assert all(
                b"G-0000" not in o.read_bytes()
                for o in pdf.objects
                if isinstance(o, pikepdf.Stream) and "/Type" in o and o.Type == "/XObject"
            )


def test_imprint_is_numbers_and_register_marks_only(tmp_path: Path) -> None:
    job = setup()
    folder = made(job, tmp_path / "out", numbers=Numbers(wanted_of(job, imprint=True)))
    with pikepdf.open(folder / "plate-01.pdf") as pdf:
        resources = pdf.pages[1].obj["/Resources"]["/XObject"]
        assert resources["/Over"].read_bytes() == b"" and b"Do" not in resources["/Under"].read_bytes()
        assert shown(pdf.pages[1])


def test_a_template_without_a_place_is_taken_with_one(tmp_path: Path) -> None:
    job = with_place(setup(template="oval-50x20"))
    assert job.template.name == "oval-50x20-numbered"
    made(job, tmp_path / "out")
    stadium = with_place(setup(template="stadium-50x20"))
    with pytest.raises(UsageError, match="stadium-50x20 has no place for a serial"):
        made(stadium, tmp_path / "other")


@pytest.mark.parametrize(
    ("serials", "second", "why"),
    [
        ("{prefix: G, start: 1, digits: 2}", "", "used up: 2 digits end at 99"),
        ("{prefix: G, start: 100}", ", serials: {start: 150}", "share serials, from G-0000 150"),
        ("{prefix: g}", "", "not one to four capital letters"),
        ("{prefix: G, start: x}", "", "not a whole number"),
        ("{prefix: G, start: 1, size: 100}", "", "used up: the units take"),
        ("{prefix: G, start: 1, link: 'https://x.gov.vn/'}", "", "where the serial stands"),
        ("{prefix: G, start: 1, link: 'https://bit.ly/{serial}'}", "", "serials.link"),
        ("{prefix: G, start: 1}", ", serials: {size: 20}", "holds 20 serials, and 60 tags are on order"),
    ],
)
def test_what_cannot_be_is_an_error_at_its_place(serials: str, second: str, why: str) -> None:
    found = ready(setup(serials, second=second))
    assert not isinstance(found, Ready)
    errors = [f for f in found if f.severity.value == "error"]
    assert any(why in f.message and f.span is not None and f.span.line >= 8 for f in errors), errors


def test_a_short_range_ends_early_with_blanks(tmp_path: Path) -> None:
    sizes = Counter(r["unit"] for r in rows(made(setup(), tmp_path / "all")))
    unit = next(key for key, size in sizes.items() if size > (95 if key == "xa-glar" else 60))
    short = f", serials: {{size: {sizes[unit] - 1}}}"
    side = {"first": short} if unit == "xa-glar" else {"second": short}
    folder = made(setup(**side), tmp_path / "out")
    assert Counter(r["unit"] for r in rows(folder)) == sizes - Counter([unit])
    total = sum(sum(shown(page).values()) for page in pikepdf.open(folder / "plate-01.pdf").pages)
    assert total == len(rows(folder))


def test_ranges_of_villages_reserve_and_round_numbers(tmp_path: Path) -> None:
    villages = ', villages: [{kind: thôn, name: Một, households: "40"}, {kind: thôn, name: Hai, households: "50"}]'
    job = setup("{prefix: G, start: 1, reserve: 10%, round: 1000}", first=villages)
    folder = made(job, tmp_path / "out")
    first, second = json.loads((folder / "job.json").read_bytes())["serials"]["ranges"]
    assert (first["first"], second["first"]) == (G.text(1000), G.text(2000))
    assert [(v["first"], v["last"]) for v in first["villages"]] == [
        (G.text(1000), G.text(1039)),
        (G.text(1040), G.text(1089)),
    ]
    assert first["reserve"] == -(-(G.parse(first["last"]) - 999) // 10)


def test_the_ledger_goes_on_and_refuses_what_was_issued(tmp_path: Path) -> None:
    path, job, on = tmp_path / "so.csv", setup("{prefix: G, start: 1}"), setup("{prefix: G}")
    with held(path) as book:
        made(job, tmp_path / "a", numbers=Numbers(wanted_of(job, book=book), book))
    issued = len(rows(tmp_path / "a"))
    with held(path) as book, pytest.raises(InputError, match="G-0000 001-9 is issued already") as caught:
        made(job, tmp_path / "b", numbers=Numbers(wanted_of(job, book=book), book))
    assert caught.value.span is not None and caught.value.span.line == 8 and not (tmp_path / "b").exists()
    with held(path) as book:
        made(on, tmp_path / "c", numbers=Numbers(wanted_of(on, book=book), book))
    assert rows(tmp_path / "c")[0]["serial"] == G.text(issued + 1)
    assert read(path).ranges == {("G", 7): [[1, 2 * issued]]}


def test_a_folder_that_fails_books_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, job = tmp_path / "so.csv", setup()

    def refuse(folder: Path) -> bytes:
        raise OutputError("no")

    gate = ready(job)
    assert isinstance(gate, Ready)
    with held(path) as book, pytest.raises(OutputError):
        impose_job(order_of(gate), tmp_path / "o", confirm=refuse, numbers=Numbers(wanted_of(job, book=book), book))
    assert not path.exists()
    monkeypatch.setattr("keytag.files.workshop.swap", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with held(path) as book, pytest.raises(OutputError):
        impose_job(order_of(gate), tmp_path / "o", numbers=Numbers(wanted_of(job, book=book), book))
    assert not path.exists() and not (tmp_path / "o").exists()


def test_the_command_line(tmp_path: Path) -> None:
    register(["impose"])
    roster = tmp_path / "contacts.yaml"
    text = ROSTER.format(
        serials="{prefix: G, start: 1}", scheme="sra3-sheetwise", template="oval-50x20", first="", second=""
    )
    roster.write_text(text, "utf-8")
    out = CliRunner().invoke(app, ["impose", str(roster), "--ledger", "x.csv"])
    assert out.exit_code != 0
    out = CliRunner().invoke(app, ["impose", str(roster), "--numbered", "-o", str(tmp_path / "out")])
    assert out.exit_code == 0, out.output
    assert (tmp_path / "out" / "so-seri.csv").exists()
