"""Official names: the units of a district and their codes before and since July 2025, provinces and their area codes.

Spelling variants that people use for one name are folded. The list of units covers the former district of Đak Đoa and
where its units went; of other units nothing is said.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from keytag.vietnam.phones import tables
from keytag.vietnam.spelling import one_placement

_UNITS = Path(__file__).parent / "data" / "units.json"
REFORM = "2025-07-01"  # two levels of local government: no districts, merged provinces and communes, codes reused
LAST_DAY_BEFORE = "2025-06-30"
POLICE_REFORM = "2025-03-01"  # no district police from this day on

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´ -.", ""))
_TITLES = ("tinh ", "thanh pho ", "tp. ", "tp.", "tp ")


class Official(NamedTuple):
    """A unit as the official list has it; `later` is what it became in July 2025 (code, kind and name)."""

    code: str
    kind: str
    name: str
    later: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"


class Units(NamedTuple):
    """The official list, by code, in both of its ages."""

    district: str
    province: str
    before: dict[str, Official]
    since: dict[str, Official]


@cache
def units() -> Units:
    """The official list, read once."""
    import json

    data = json.loads(_UNITS.read_text("utf-8"))
    before = [Official(code, kind, name, (now, to)) for code, kind, name, _, now, to in data["until_2025_06"]]
    since = [Official(*row) for row in data["since_2025_07"]]
    return Units(data["district"], data["province"], {u.code: u for u in before}, {u.code: u for u in since})


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """`name` without what may differ in one name: case, spaces, apostrophes, hidden characters, the place of a tone
    mark, Đăk and Đắk for Đak."""
    folded = one_placement(name).casefold().translate(_APOSTROPHES).replace("ð", "đ")
    if not folded.isprintable():
        folded = "".join(c for c in folded if c.isprintable())
    return folded.replace("đăk", "đak").replace("đắk", "đak")


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """`name` folded and without any marks: what is left of it on a keyboard without Vietnamese letters."""
    plain = unicodedata.normalize("NFD", fold(name)).replace("đ", "d").replace("ƀ", "b")
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=1000)
def province(name: str) -> str:
    """The key of a province's name, its title left out."""
    plain = unicodedata.normalize("NFD", name).casefold().replace("đ", "d")
    plain = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    for title in _TITLES:
        plain = plain.removeprefix(title)
    return bare(plain)


@cache
def _codes_by_province() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    before: dict[str, frozenset[str]] = {}
    since: dict[str, frozenset[str]] = {}
    for area in tables().areas.values():
        for found, name in ((before, area.province), (since, area.province_since_2025_07)):
            found[province(name)] = found.get(province(name), frozenset()) | {area.code}
    before[province("Huế")] = before[province("Thừa Thiên Huế")]
    return before, since


def area_codes(name: str, on: str) -> frozenset[str]:
    """The area codes of the province called `name` on the day `on` (those of both ages where empty).

    Empty where there is no such province; a province that was merged away keeps its own.
    """
    before, since = _codes_by_province()
    key = province(name)
    if not on:
        return before.get(key, frozenset()) | since.get(key, frozenset())
    first, second = (before, since) if on < REFORM else (since, before)
    return first.get(key) or second.get(key, frozenset())


def provinces(on: str) -> dict[str, str]:
    """The provinces of the day `on` (of both ages where empty): key and name."""
    found: dict[str, str] = {}
    for area in tables().areas.values():
        if not on or on < REFORM:
            found[province(area.province)] = area.province
        if not on or on >= REFORM:
            found[province(area.province_since_2025_07)] = area.province_since_2025_07
    return found


def merged_into(name: str) -> str:
    """The province that `name` has been part of since July 2025; empty where there was no such province."""
    key = province(name)
    return next((a.province_since_2025_07 for a in tables().areas.values() if province(a.province) == key), "")
