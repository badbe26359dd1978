"""Every shipped design in every palette with one to seven people: `python -m tests.long.gallery_matrix [NAME …]`.

For each design and each number of people: the structures of 2020 and 2025, with and without link, slogan and chairman,
the longest names that the country has. Told are the sizes that the numbers reach and from how many people on words do
not fit. Leaves with 1 where a design that has room has any other error.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections import Counter
from pathlib import Path

from keytag.base.diagnostics import Severity
from keytag.checks import run_artwork_checks
from keytag.files.source import read
from keytag.job import templates
from keytag.roster.model import Roster
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from keytag.tag.template_file import read_template
from keytag.tag.wording import mentioned
from keytag.vietnam import gazetteer, provinces
from tests.conftest import roster_of, template_named

PALETTES = {"red": "0/100/100/5", "blue": "100/80/0/10", "green": "100/30/100/20"}
MOST = 7
_NOT_ROOM = {"text-overflow", "outside-safe-area", "in-ring-hole", "live-overlap", "covered"}


def longest(kind: str, count: int = 2) -> list[tuple[str, str]]:
    """Names and codes of the units of a kind whose names have the most letters."""
    units = [u for p in provinces.all_today() for u in gazetteer.units(p.code).since if u.kind == kind]
    return [(u.name, u.code) for u in sorted(units, key=lambda u: (-len(u.name), u.code))[:count]]


NAMES = {
    "2020": [("xã", "Glar", "23707"), ("thị trấn", "Đak Đoa", "23677"), ("thị trấn", "Nông Trường Mộc Châu", "03982")],
    "2025": [(kind, *one) for kind in ("xã", "phường", "đặc khu") for one in longest(kind)],
}


# Since 2025 a commune is the authority of its tags: of 3,321 names only one is longer, and the disc does not hold that.
AUTHORITIES = {
    "2020": "name: Đak Đoa, level: district",
    "2025": "name: Trương Quang Trọng, kind: phường, level: commune",
}


def roster(year: str, people: int, link: bool, slogan: bool, chairman: bool, more: str = "") -> Roster:
    lines = []
    for i, (kind, name, code) in enumerate(NAMES[year]):
        deputies = ", ".join(f"0900.{i:03}.{200 + j}" for j in range(max(0, people - 2 - chairman)))
        chief = f"chief: 0900.{i:03}.101," if people > 1 else ""
        other = f"others: [{{role: Chủ tịch xã, number: 0900.{i:03}.300}}]," if chairman and people > 2 else ""
        lines.append(
            f'  - {{kind: {kind}, name: "{name}", code: "{code}", duty: 0269.3000.{200 + i}, {chief}'
            f" deputies: [{deputies}], {other} quantity: 10}}\n"
        )
    said = "slogan: Gọi ngay khi cần," if slogan else ""
    zalo = 'zalo: "https://zalo.me/1234567890123456789",' if link else ""
    return roster_of(
        f"job: {{edition: 05/{year}, {said} {more} show_113: yes, date: {year}-08-01}}\n"
        f"authority: {{{AUTHORITIES[year]}, {zalo} duty: 0269.3000.113}}\nunits:\n" + "".join(lines)
    )


def coloured(name: str, palette: str) -> Template:
    """The design with its red in another colour, as five lines of a person's own file."""
    template = template_named(name)
    if "red" not in dict(template.inks) or palette == "red":
        return template
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "own.yaml"
        file.write_text(
            f"base: {name}\nname: {name}-{palette}\ninks: {{red: {{cmyk: {PALETTES[palette]}}}}}\n", "utf-8"
        )
        own, findings = read_template(read(file))
    assert not findings, findings
    return own


def sizes(artworks: tuple[Artwork, ...]) -> str:
    numbers = [fit.size for a in artworks for _, face in a.sides for fit in face.fits if fit.alone]
    return f"{min(numbers):5.2f}–{max(numbers):5.2f} pt" if numbers else "no number"


def main(names: list[str]) -> int:
    failed = 0
    for name, palette in itertools.product(names or templates.names(), PALETTES):
        template = coloured(name, palette)
        odd: Counter[str] = Counter()
        rows, tags = [], 0
        for people in range(1, MOST + 1):
            fit = {}
            seen = []
            ways = list(itertools.product(("2020", "2025"), (True, False), (True, False), (True, False)))
            for way in ways if palette == "red" else ways[:1]:
                job = roster(
                    way[0], people, *way[1:], "serials: {prefix: G, start: 1}," * ("serial" in mentioned(template))
                )
                artworks = Composer(template, draft=True).compose_job(job.job, job.units)
                tags += len(artworks)
                found = run_artwork_checks(job, template, artworks)
                errors = {f.id for f in found if f.severity is Severity.ERROR}
                fit[way] = not errors & _NOT_ROOM
                if fit[way]:
                    odd.update(
                        errors - {"qr-missing", "qr-call"} if not way[1] else errors
                    )  # a link is what these lack
                    seen.append(sizes(artworks))
            rows.append(f"{people}: {sum(fit.values())}/{len(fit)} {min(seen, default='')}")
        failed += bool(odd)
        print(f"{name}, {palette}, {tags} tags: " + "; ".join(rows), f"  ERRORS {dict(odd)}" if odd else "", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
