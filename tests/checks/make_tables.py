"""The small JSON tables that keytag reads at start-up, made from the vendored YAML and fonts.

`python -m tests.checks.make_tables` writes them; a test holds them equal to their sources. Reading YAML or fonts at
every start would cost more than all checks together.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from fontTools.ttLib import TTFont

DATA = Path(__file__).parents[2] / "keytag" / "vietnam" / "data"
TABLES = DATA / "tables.json"
FONTS = Path(__file__).parents[2] / "keytag" / "data" / "fonts"
COVERAGE = FONTS / "coverage.json"


def read(name: str) -> Any:
    """A vendored YAML file with every scalar as text: `0269` must not become a number."""
    return yaml.load((DATA / name).read_text("utf-8"), yaml.BaseLoader)


def numbers() -> dict[str, Any]:
    """Area codes (new, old, province until 2025-06 and since, national length when old), mobiles, short codes."""
    return {
        "areas": [
            [r["new"], r["old"], r["province_pre2025"], r["province_from_2025_07"], int(r["old_length"])]
            for r in read("area_codes_2017.yaml")["area_codes"]
        ],
        "old_mobiles": {r["old"]: r["new"] for r in read("mobile_2018.yaml")["mobile_11_to_10"]},
        "mobiles": {
            r["prefix"]: "" if r["digits_4th"] == "all" else r["digits_4th"]
            for r in read("mobile_prefixes_current.yaml")["mobile_prefixes"]
            if r.get("in_use") != "no"
        },
        "short_codes": [r["code"] for r in read("short_codes.yaml")["short_codes"]],
    }


def coverage() -> list[list[int]]:
    """The characters that every shipped font has, as ranges [first, last]."""
    fonts = sorted(FONTS.glob("*.ttf"))
    shared = set.intersection(*(set(TTFont(font, lazy=True).getBestCmap()) for font in fonts))
    ranges: list[list[int]] = []
    for code in sorted(shared):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


MADE = ((TABLES, numbers), (COVERAGE, coverage))


def written(value: Any) -> str:
    """The JSON text of a table."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    for path, make in MADE:
        path.write_text(written(make()), "utf-8")
