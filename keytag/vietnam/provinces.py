"""The provinces of Vietnam in both of their ages: 63 until June 2025, 34 since, with area codes and unit codes.

Names are found in the forms that people write: with or without title and marks, TP HCM, BR-VT. The table comes from
`tests/vietnam/make_gazetteer.py`; area codes are those of the numbering plan.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from keytag.base.records import NamedTuple
from keytag.vietnam.days import REFORM
from keytag.vietnam.names import bare
from keytag.vietnam.phones import tables

_TABLE = Path(__file__).parent / "data" / "provinces.json"
_TITLE = re.compile(
    r"^(?:tỉnh|tinh|thành phố|thanh pho|tp|t)[.\s]+(?=\S)|^(?:tp|tỉnh|tinh)(?=[^\W\d_]{3})", re.IGNORECASE
)
# Usual short forms, as `bare` leaves them, and names of before that went on in use.
_SHORT = {
    "hcm": "hochiminh",
    "hcmc": "hochiminh",
    "hochiminhcity": "hochiminh",
    "saigon": "hochiminh",
    "saigonhcm": "hochiminh",
    "hn": "hanoi",
    "brvt": "bariavungtau",
    "baria": "bariavungtau",
    "vungtau": "bariavungtau",
    "tthue": "thuathienhue",
    "tth": "thuathienhue",
    "thuathien": "thuathienhue",
    "baccan": "backan",
    "daclac": "daklak",
    "darlac": "daklak",
    "dacnong": "daknong",
    "congtum": "kontum",
    "kontom": "kontum",
}


class Province(NamedTuple):
    """A province of one age: `kind` is tỉnh or thành phố, `later` what it became since (and the day), where it did.

    `into` is the code of the province of today: its own where it is one.
    """

    code: str
    name: str
    kind: str
    into: str
    later: str = ""
    since: str = ""

    def kinds(self, on: str) -> tuple[str, ...]:
        """The kinds that are right on the day `on`."""
        return (self.kind, self.later) if self.later and (not on or on >= self.since) else (self.kind,)

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"


class _Index(NamedTuple):
    before: dict[str, Province]  # by key
    since: dict[str, Province]
    today: dict[str, Province]  # those of today by code
    firsts: list[str]  # the first unit code of each run, and the province of today that the run is in
    owners: list[str]


@cache
def _index() -> _Index:
    import json

    data = json.loads(_TABLE.read_text("utf-8"))
    since = [Province(code, name, kind, code, later, day) for code, name, kind, later, day in data["since"]]
    before = {bare(name): Province(code, name, kind, into) for code, name, kind, into in data["before"]}
    before[bare("Huế")] = before[bare("Thừa Thiên Huế")]._replace(name="Huế", kind="thành phố")  # for half a year
    runs = data["codes"]
    return _Index(
        before, {bare(p.name): p for p in since}, {p.code: p for p in since}, [r[0] for r in runs], [r[1] for r in runs]
    )


@lru_cache(maxsize=1000)
def province(name: str) -> str:
    """The key of a province's name: no title, no marks, short forms written out."""
    known = _index()
    for form in (name, _TITLE.sub("", unicodedata.normalize("NFC", name).strip(), count=1)):
        plain = bare(form)
        plain = _SHORT.get(plain, plain)
        if plain in known.before or plain in known.since:
            break
    return plain


def find(name: str, on: str = "") -> Province | None:
    """The province called `name` on the day `on`; of either age where that one has none, or no day is known."""
    known, key = _index(), province(name)
    first, second = (known.before, known.since) if on and on < REFORM else (known.since, known.before)
    return first.get(key) or second.get(key)


def by_code(code: str) -> Province:
    """The province of today with that code."""
    return _index().today[code]


def former(code: str) -> Province:
    """The province of before July 2025 with that code."""
    return next(p for p in _index().before.values() if p.code == code)


def all_today() -> tuple[Province, ...]:
    """The 34 provinces since July 2025, by code."""
    return tuple(_index().today.values())


@lru_cache(maxsize=20_000)
def of_unit_code(code: str) -> str:
    """The code of today's province in whose run of unit codes `code` lies; empty where it is no such code."""
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        return ""
    from bisect import bisect_right

    known = _index()
    at = bisect_right(known.firsts, code) - 1
    return known.owners[at] if at >= 0 else ""


def of_area_code(code: str, on: str) -> Province | None:
    """The province of the day `on` that has the area code."""
    area = tables().areas.get(code)
    return find(area.province if on and on < REFORM else area.province_since_2025_07, on) if area else None


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
    known = _index()
    found = {} if on and on >= REFORM else {key: p.name for key, p in known.before.items()}
    return found if on and on < REFORM else found | {key: p.name for key, p in known.since.items()}


def merged_into(name: str) -> str:
    """The province that `name` has been part of since July 2025; empty where there was no such province."""
    known = _index()
    old = known.before.get(province(name))
    return known.today[old.into].name if old else ""
