"""Every shipped template on every shipped scheme in both standards: the whole job made, and read by other eyes.

What is on the sheets is read here with pikepdf's parser, yaml's own loader and a foreign decoder; nothing of keytag's
values is compared with itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
import yaml
import zxingcpp
from pikepdf import Matrix

import keytag
from keytag.base.diagnostics import Severity
from keytag.base.standard import Standard
from keytag.checks.pdf import preflight
from keytag.checks.sheet import check_job
from keytag.job.impose import Result, impose_job
from keytag.job.planning import layout_of, plan_of, plate_sets
from keytag.job.ready import order_of
from keytag.render import png
from tests.conftest import REPOSITORY, TEMPLATES

SCHEMES = ("sra3-sheetwise", "sra3-work-and-turn", "430x650-work-and-tumble", "flatbed-600x900")
PAPERS = ("production-ticket.pdf", "packing-list.pdf")  # documents for people: always PDF/X-4
MM = 25.4 / 72

ROSTER = """\
job:
  name: Móc khóa thử
  customer: Công an huyện Đak Đoa
  template: TEMPLATE
  scheme: SCHEME
  spoilage: 3%
  date: 2020-05-18
  edition: 05/2020
  show_113: yes
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
    code: "23707"
    duty: 0269.3000.212
    chief: 0900.000.132
    deputies: [0900.000.133, 0900.000.134, 0900.000.135]
    quantity: 700
  - kind: xã
    name: K'Dang
    code: "23698"
    duty: 0269.3000.209
    chief: 0900.000.123
    deputies: [0900.000.124]
    quantity: 300
  - kind: xã
    name: Trang
    code: "23713"
    duty: 0269.3000.214
    chief: 0900.000.139
    deputies: [0900.000.140, 0900.000.141]
    quantity: 500
    authority: self
    link: https://zalo.me/8876543210987654321
"""


# Each template and each scheme; `python -m tests.long.verify_table` makes every pair, and verifies it.
ROWS = [*((TEMPLATES[0], scheme) for scheme in SCHEMES), *zip(TEMPLATES[1:], SCHEMES[1:], strict=False)]


class Spot(NamedTuple):
    """One tag on a page: its form, and where its trim's corner, its centre and its hole stand (mm, y up)."""

    form: str
    corner: tuple[float, float]
    centre: tuple[float, float]
    hole: tuple[float, float]


@pytest.fixture(scope="module", params=ROWS, ids="/".join)
def jobs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[Standard, Result]:
    template, scheme_name = request.param
    folder = tmp_path_factory.mktemp("matrix")
    roster = folder / "contacts.yaml"
    roster.write_text(ROSTER.replace("TEMPLATE", template).replace("SCHEME", scheme_name), "utf-8")
    ready = keytag.ready(keytag.open(roster))
    assert isinstance(ready, keytag.Ready), ready
    order, layout = order_of(ready), layout_of(ready.setup)
    ordered = {a.key: u.tags for u, a in zip(order.units, order.artworks, strict=True)}
    done = {}
    for standard in Standard:
        presses = plate_sets(order, layout, plan_of(order, layout), standard)
        # A station left empty is a matter of the plan; all else would be a fault of the sheet.
        assert {f.id for f in check_job(presses, ordered)} <= {"empty-station"}
        done[standard] = impose_job(order, folder / standard.value, standard)
    return done


def plates(result: Result) -> list[Path]:
    return sorted(result.folder.glob("plate-*.pdf"))


def is_tumbled(result: Result) -> bool:
    return "work-and-tumble" in (result.folder.parent / "contacts.yaml").read_text("utf-8")


def expected(result: Result) -> dict[str, tuple[Counter[str], Counter[str], str]]:
    """Digits of the front, digits of the back and link of every unit, by its name: straight from the YAML."""
    data = yaml.safe_load((result.folder.parent / "contacts.yaml").read_text("utf-8"))
    facts = {}
    for unit in data["units"]:
        own = unit.get("authority") == "self"
        issuer = unit if own else data["authority"]
        back = [unit["chief"], *unit["deputies"], unit["duty"]]
        link = unit["link"] if own else issuer["zalo"]
        front = Counter([digits(issuer["duty"])])
        facts[unit["name"].upper()] = (front, Counter(map(digits, back)), link)
    return facts


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def spoken(form: pikepdf.Object) -> list[str]:
    """The ActualText of a form, operator by operator."""
    instructions = pikepdf.parse_content_stream(form, "BDC")
    return [str(i.operands[1]["/ActualText"]) for i in instructions if str(i.operands[0]) == "/Span"]


def die_boxes(form: pikepdf.Object) -> dict[str, tuple[float, float, float, float]]:
    """The box of every point of the paths stroked in a Separation, by its colorant's name."""
    ink, points, boxes = "", list[tuple[float, float]](), {}
    for instruction in pikepdf.parse_content_stream(form):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "CS":
            ink = str(operands[0])[1:]
        elif operator in ("m", "l", "c"):
            values = [float(v) for v in operands]
            points += zip(values[0::2], values[1::2], strict=True)
        elif operator in ("S", "s"):
            xs, ys = zip(*points, strict=True)
            boxes[ink] = (min(xs), min(ys), max(xs), max(ys))
        if operator in ("S", "s", "f", "f*", "B", "n"):
            points = []
    return boxes


def placed(page: pikepdf.Page) -> Iterator[tuple[str, Matrix]]:
    """Every form that the page shows, and its whole map to points."""
    here, stack = Matrix(), []
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        match str(instruction.operator):
            case "q":
                stack.append(here)
            case "Q":
                here = stack.pop()
            case "cm":
                here = Matrix(*(float(v) for v in instruction.operands)) @ here
            case "Do":
                yield str(instruction.operands[0]), here


def spots(page: pikepdf.Page) -> list[Spot]:
    forms: Any = page.obj.Resources.XObject

    @lru_cache
    def boxes(name: str) -> dict[str, tuple[float, float, float, float]]:
        return die_boxes(forms[name])

    found = []
    for name, at in placed(page):
        cut, hole = boxes(name)["CutContour"], boxes(name)["Drill"]
        points = (cut[:2], middle(cut), middle(hole))
        corner, centre, drill = ((x * MM, y * MM) for x, y in map(at.transform, points))
        found.append(Spot(name, corner, centre, drill))
    return found


def middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def test_every_file_reopens_and_passes_the_preflight(jobs: dict[Standard, Result]) -> None:
    for standard, result in jobs.items():
        files = sorted(result.folder.glob("*.pdf"))
        assert {f.name for f in files} == {n for n in result.files if n.endswith(".pdf") and "/" not in n} and len(
            files
        ) >= 5
        for path in files:
            with pikepdf.open(path) as pdf:
                assert len(pdf.pages) >= 1 and pdf.check_pdf_syntax() == []
            found = preflight(path.read_bytes(), Standard.X4 if path.name in PAPERS else standard)
            allowed = {"pdf-fonts"} if path.name in PAPERS else set()  # documents have real, embedded letters
            assert {f.id for f in found if f.severity is Severity.ERROR} <= allowed, (path, found)


def test_every_station_says_its_units_numbers(jobs: dict[Standard, Result]) -> None:
    for result in jobs.values():
        wanted, seen = expected(result), Counter[tuple[str, str]]()
        for plate in plates(result):
            with pikepdf.open(plate) as pdf:
                for page in pdf.pages:
                    forms: Any = page.obj.Resources.XObject
                    texts = {name: spoken(forms[name]) for name in forms.keys()}  # noqa: SIM118 - no Python mapping
                    for name, _ in placed(page):
                        unit, side = named(name, wanted)
                        seen[unit, side] += 1
                        numbers = Counter(digits(t) for t in texts[name] if re.fullmatch(r"[0-9.]{9,}", t))
                        assert numbers == wanted[unit][0 if side == "front" else 1], (plate, name)
                        assert side == "front" or any(t.endswith(f" {unit}") for t in texts[name])
        assert set(seen) == {(unit, side) for unit in wanted for side in ("front", "back")}
        assert all(seen[unit, "front"] == seen[unit, "back"] for unit in wanted)


def named(form: str, wanted: dict[str, Any]) -> tuple[str, str]:
    key, _, side = form.removeprefix("/Fxa-").partition("_2F")
    (unit,) = [name for name in wanted if re.sub(r"\W", "", name).lower() == key]
    return unit, side


def test_front_and_back_meet_when_the_sheet_is_turned(jobs: dict[Standard, Result]) -> None:
    for result in jobs.values():
        for plate in plates(result):
            with pikepdf.open(plate) as pdf:
                width, height = (float(v) * MM for v in pdf.pages[0].obj.MediaBox[2:])
                fronts, backs = spots(pdf.pages[0]), spots(pdf.pages[-1])
            assert len(fronts) == len(backs) > 10
            for spot in fronts:
                behind = nearest(turned(spot.centre, width, height, is_tumbled(result)), backs)
                key, _, side = spot.form.partition("_2F")
                assert behind.form == f"{key}_2F{'back' if side == 'front' else 'front'}"
                for mine, theirs in ((spot.centre, behind.centre), (spot.hole, behind.hole)):
                    assert turned(mine, width, height, is_tumbled(result)) == pytest.approx(theirs, abs=0.01)


def turned(point: tuple[float, float], width: float, height: float, tumbles: bool) -> tuple[float, float]:
    x, y = point
    return (x, height - y) if tumbles else (width - x, y)


def nearest(point: tuple[float, float], among: list[Spot]) -> Spot:
    return min(among, key=lambda s: abs(s.centre[0] - point[0]) + abs(s.centre[1] - point[1]))


def test_every_code_reads_from_the_black_plate(jobs: dict[Standard, Result]) -> None:
    result, dpi = jobs[Standard.X1A], 200  # the other standard's layers paint the same forms
    wanted, read = expected(result), Counter[str]()
    for plate in plates(result):
        with pikepdf.open(plate) as pdf:
            stations = spots(pdf.pages[0])
        image = png.rasterise(png.plate_pdf(plate.read_bytes(), "Black"), 0, dpi, gray=True)
        for spot in stations:
            unit, side = named(spot.form, wanted)
            reach = [abs(a - b) * dpi / 25.4 for a, b in zip(spot.corner, spot.centre, strict=True)]
            x, y = spot.centre[0] * dpi / 25.4, image.height - spot.centre[1] * dpi / 25.4
            tag = image.crop((int(x - reach[0]), int(y - reach[1]), int(x + reach[0]), int(y + reach[1])))
            codes = [code.text for code in zxingcpp.read_barcodes(tag)]
            assert codes == ([wanted[unit][2]] if side == "front" else []), (plate, spot)
            read.update(codes)
    assert set(read) == {link for _, _, link in wanted.values()}


def test_every_key_of_job_json_is_documented(jobs: dict[Standard, Result]) -> None:
    page = (REPOSITORY / "docs/outputs.md").read_text("utf-8")
    told = set(re.findall(r"`(\w+)`", page.split("### `job.json`")[1].split("###")[0]))
    listing = json.loads((jobs[Standard.X4].folder / "job.json").read_bytes())
    assert keys(listing) <= told
    assert told - keys(listing) <= {"since", "reasons", "impose", "id", "severity", "message", "place", "unit"}


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()
