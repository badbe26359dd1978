"""Every shipped design on every scheme that it fits, with every count of people that it holds, in both standards.

    python -m tests.long.designs_on_schemes [--preflight PROGRAM] [--spread] [NAME …]

One job for each structure: that of 2020 with a link and chairmen, that of 2025 with a slogan and the longest names of
the country, of which half have a link. Each has a unit for each count of people from two up (a roster without a chief
is refused). Jobs are checked and imposed, and each file is read by PROGRAM FILE --standard x4|x1a, which leaves with 0
where it is sound. With `--spread` each design and scheme is made twice, not four times. Leaves with 1 where anything
that fits is refused, or a file is not sound.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import keytag
from keytag.base.diagnostics import Severity
from keytag.base.errors import InputError
from keytag.base.standard import Standard
from keytag.files import shipped
from keytag.job import templates
from keytag.job.impose import impose_job
from keytag.job.planning import layout_of
from keytag.job.ready import Ready, order_of
from keytag.tag.wording import mentioned
from tests.conftest import template_named
from tests.long.gallery_matrix import MOST, NAMES

PAPERS = ("production-ticket", "packing-list", "pile-tickets", "box-labels")  # for people: always PDF/X-4
TODAY = {"2020": "2020-05-18", "2025": "2025-08-01"}
DISTRICT = (
    "authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,\n"
    "  zalo: https://zalo.me/1234567890123456789}\n"
)
COMMUNES = [
    ("thị trấn", "Đak Đoa", "23677"),
    ("xã", "Glar", "23707"),
    ("xã", "K'Dang", "23698"),
    ("xã", "Trang", "23713"),
]
COMMUNES += [("xã", "Hà Bầu", "23692"), ("xã", "A Dơk", "23710"), ("xã", "Ia Băng", "23716")]


def unit(year: str, i: int, people: int, call: bool) -> str:
    """The tag number `i` of a job, with so many people."""
    names = COMMUNES if year == "2020" else NAMES["2025"]
    kind, name, code = names[i % len(names)]
    chairman = people > 2 and year == "2020" and i % 2 == 0
    deputies = ", ".join(f"0900.000.{200 + 10 * i + j}" for j in range(max(0, people - 2 - chairman)))
    link = f"link: https://zalo.me/{8876543210987654321 + i}, " * (year == "2025" and (i % 2 == 0 or call))
    return (
        f'  - {{kind: {kind}, name: "{name}", code: "{code}", duty: 0900.000.{400 + i}, {link}'
        f"chief: 0900.000.{101 + i}, deputies: [{deputies}], "
        + f"others: [{{role: Chủ tịch xã, number: 0900.000.{300 + i}}}], " * chairman
        + "quantity: 240}\n"
    )


def text(design: str, scheme: str, year: str, most: int) -> str:
    serials = "serials: {prefix: G, start: 1}, " * ("serial" in mentioned(template_named(design)))
    slogan = "slogan: Gọi ngay khi cần, " * (year == "2025")
    people = range(2, most + 1)
    return (
        f"job: {{template: {design}, scheme: {scheme}, date: {TODAY[year]}, edition: {TODAY[year][5:7]}/{year},\n"
        f"  {slogan}{serials}show_113: yes, spoilage: 3%, qr_hosts: [zalo.me]}}\n"
        + (DISTRICT if year == "2020" else "authority: self\n")
        + "units:\n"
        + "".join(unit(year, i, count, "call" in design) for i, count in enumerate(people))
    )


_HELD: dict[tuple[str, str], int] = {}  # the most people that a design was found to hold


def made_ready(folder: Path, design: str, scheme: str, year: str) -> tuple[int, Ready | str]:
    """The job with as many people as it holds; or what stands in the way."""
    said = ""
    for most in range(_HELD.get((design, year), MOST), 1, -1):
        roster = folder / "contacts.yaml"
        roster.write_text(text(design, scheme, year, most), "utf-8")
        found = keytag.ready(keytag.open(roster))
        if isinstance(found, Ready):
            _HELD[design, year] = most
            return most, found
        errors = [f for f in found if f.severity is Severity.ERROR]
        said = "; ".join(f"{f.id}: {f.message}" for f in errors[:3])
        if not all(f.id in ("text-overflow", "too-many-deputies") for f in errors):
            break
    return 0, said


def unsound(folder: Path, files: tuple[str, ...], standard: Standard, preflight: str) -> list[str]:
    found = []
    for name in files:
        if name.endswith(".pdf"):
            kind = Standard.X4.value if name.startswith(PAPERS) else standard.value
            kind = Standard.X1A.value if name.startswith("view/") else kind  # spots in process colours
            words = [sys.executable, preflight, str(folder / name), "--standard", kind]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode:
                found.append(f"{name}: {done.stdout.strip().splitlines()[:4]}")
    return found


def one(design: str, scheme: str, year: str, standard: Standard, preflight: str) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as place:
        most, found = made_ready(Path(place), design, scheme, year)
        if not isinstance(found, Ready):
            return found.startswith("sheet-size"), found
        try:
            layout_of(found.setup)
        except InputError as error:
            return True, f"does not fit: {error.message}"
        result = impose_job(order_of(found), Path(place) / "out", standard)
        wrong = unsound(result.folder, result.files, standard, preflight) if preflight else []
        told = f"2–{most} people, {result.plates} plate sets, {len(result.files)} files"
        return not wrong, "; ".join([told, *wrong])


def main(words: list[str]) -> int:
    preflight = words.pop(at + 1) if "--preflight" in words and (at := words.index("--preflight")) + 1 else ""
    names = [word for word in words if not word.startswith("--")] or templates.names()
    failed = 0
    for d, design in enumerate(names):
        for s, scheme in enumerate(shipped.names(shipped.SCHEMES)):
            for y, year in enumerate(TODAY):
                for t, standard in enumerate(Standard):
                    if "--spread" not in words or (d + s + y + t) % 2 == 0:
                        good, told = one(design, scheme, year, standard, preflight)
                        failed += not good
                        mark = "" if good else "WRONG "
                        print(f"{mark}{design} on {scheme}, {year}, {standard.value}: {told}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
