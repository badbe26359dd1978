"""How many wrong contacts the check finds, and how often it complains about right rosters.

    python -m tests.long.contacts [SEED]

Right rosters of provinces and districts of both ages are made from the official lists, with every way of writing that
is right; then one thing in each is made wrong, in a way that can be known to be wrong. Found means: a finding at the
line that was changed, or at the unit where something was taken away. The bounds that the project sets itself: 98 %
found, 95 % of wrong printed numbers as errors, at most one false alarm in 167 right rosters. All numbers are made.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks import run_contact_checks
from keytag.files.source import Source
from keytag.roster.load import assemble
from keytag.vietnam import gazetteer, provinces
from keytag.vietnam.gazetteer import Official
from keytag.vietnam.names import bare, fold
from keytag.vietnam.phones import tables

RIGHT, EACH = 340, 12
_PREFIXES = (
    "0900",
    "0986",
    "0912",
    "0347",
    "0383",
    "0563",
    "0593",
    "0707",
    "0778",
    "0822",
    "0855",
    "0867",
    "0889",
    "0936",
)


class Made(NamedTuple):
    """A roster as nested values, and what its numbers are made of."""

    roster: dict[str, Any]
    areas: list[str]
    on: str


class Maker:
    """Right rosters, one after another; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0

    def mobile(self) -> str:
        self.count += 1
        prefix = self.dice.choice(_PREFIXES)
        if prefix == "0900":
            return f"0900.{self.count // 1000 % 1000:03}.{self.count % 1000:03}"
        return f"{prefix}.00{self.count // 1000 % 10}.{self.count % 1000:03}"

    def landline(self, area: str) -> str:
        self.count += 1
        if len(area) == 3:
            return f"{area}.3000.{self.count % 10_000:04}"
        return f"{area}.3{self.count // 1000 % 1000:03}.{self.count % 1000:03}"

    def desk(self, area: str) -> str:
        self.count += 1
        if self.dice.random() < 0.15:
            return f"069{self.dice.choice('234')}.{self.count // 1000 % 1000:03}.{self.count % 1000:03}"
        return self.landline(area)

    def account(self) -> str:
        return f"https://zalo.me/{self.dice.randint(10**17, 2**63 - 1)}"

    def roster(self) -> Made:
        return self.dice.choice((self.district, self.district, self.province, self.province, self.own, self.spring))()

    def _job(self, on: str, name: str) -> dict[str, Any]:
        job: dict[str, Any] = {
            "name": f"Móc khóa {name}",
            "date": on,
            "edition": f"{on[5:7]}/{on[:4]}",
            "spoilage": "3%",
        }
        if self.dice.random() < 0.3:
            job["slogan"] = self.dice.choice(("Gọi 113", "Gọi 113 - 114 - 115", "Trực ban 24/24", "Vì 15.000 hộ dân"))
        if self.dice.random() < 0.2:
            job["qr_hosts"] = self.dice.choice(("[congan.example.vn]", "[congan.gialai.gov.vn]", "[dakdoa.example.vn]"))
        return job

    def _unit(self, unit: Official, area: str, coded: bool) -> dict[str, Any]:
        dice = self.dice
        made: dict[str, Any] = {"kind": unit.kind, "name": self._name(unit.name)}
        if coded and unit.code:
            made["code"] = f'"{unit.code}"'
        made["duty"] = self.desk(area)
        made["chief"] = self.mobile()
        made["deputies"] = [self.mobile() for _ in range(dice.randint(1, 4))]
        made["quantity"] = dice.randint(300, 9000)
        if dice.random() < 0.15:
            made["role"], made["number"] = dice.choice(
                (("Tổng đài", "1022"), ("Cấp cứu", "115"), ("Chủ tịch", self.mobile()))
            )
        if dice.random() < 0.1:
            made["slogan"] = f"Gọi ngay {made['duty']}"
        return made

    def _name(self, name: str) -> str:
        """The name in one of the spellings that are right."""
        if self.dice.random() < 0.3:
            for one, other in (("òa", "oà"), ("ủy", "uỷ"), ("óa", "oá"), ("Đăk", "Đắk"), ("'", "’"), ("ỹ", "ĩ")):
                name = re.sub(f"{one}(?![a-zà-ỹ])", other, name) if one != "ỹ" or name.endswith("Mỹ") else name
        return name

    def district(self) -> Made:
        """A district with its units, between 2020 and February 2025."""
        dice = self.dice
        while True:
            units = gazetteer.units(dice.choice(provinces.all_today()).code)
            place, inside = dice.choice(list(units.districts().items()))
            known = [u for u in inside if u.code]
            if known:
                break
        old = provinces.former(place.province)
        on = f"{dice.randint(2021, 2024)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        areas = sorted(provinces.area_codes(old.name, on))
        chosen = _different(dice.sample(known, min(len(known), dice.randint(2, 8))))
        coded = dice.random() < 0.6
        kind = place.kinds[-1]
        authority: dict[str, Any] = {"name": place.name, "level": "district", "province": old.name}
        if kind != "huyện":
            if dice.random() < 0.5:
                authority["kind"] = kind
            else:
                authority["name"] = f"{kind} {place.name}"
        return self._finished(authority, chosen, areas, on, coded)

    def province(self) -> Made:
        """A province of today with some of its units."""
        dice = self.dice
        today = dice.choice(provinces.all_today())
        on = f"2025-{dice.randint(7, 12):02}-{dice.randint(1, 28):02}"
        authority: dict[str, Any] = {"name": today.name, "level": "province"}
        if today.kind != "tỉnh":
            authority["kind"] = today.kind
        if dice.random() < 0.5:
            short = {"Hồ Chí Minh": "TP HCM", "Hà Nội": "TP. Hà Nội", "Đắk Lắk": "Đăk Lăk"}
            authority["province"] = short.get(today.name, today.name)
        chosen = _different(dice.sample(gazetteer.units(today.code).since, dice.randint(2, 12)))
        areas = sorted(provinces.area_codes(today.name, on))
        return self._finished(authority, chosen, areas, on, dice.random() < 0.6)

    def spring(self) -> Made:
        """A province between March and June 2025: no district police, the communes of before."""
        dice = self.dice
        today = dice.choice(provinces.all_today())
        units = [u for u in gazetteer.units(today.code).before if u.code and u.district is not None]
        first = dice.choice(units)
        old = provinces.former(first.district.province if first.district else "")
        on = f"2025-0{dice.randint(3, 6)}-{dice.randint(1, 28):02}"
        authority: dict[str, Any] = {"name": old.name, "level": "province"}
        if old.kind != "tỉnh":
            authority["kind"] = old.kind
        there = [u for u in units if u.district == first.district]
        chosen = _different(dice.sample(there, min(len(there), 5)))
        return self._finished(authority, chosen, sorted(provinces.area_codes(old.name, on)), on, True)

    def own(self) -> Made:
        """Communes of today that issue their own tags."""
        dice = self.dice
        today = dice.choice(provinces.all_today())
        on = f"2025-{dice.randint(7, 12):02}-{dice.randint(1, 28):02}"
        areas = sorted(provinces.area_codes(today.name, on))
        chosen = _different(dice.sample(gazetteer.units(today.code).since, dice.randint(2, 4)))
        made = self._finished(None, chosen, areas, on, dice.random() < 0.7)
        for unit in made.roster["units"]:
            unit["link"] = self.account()
        return made

    def _finished(
        self, authority: dict[str, Any] | None, units: list[Official], areas: list[str], on: str, coded: bool
    ) -> Made:
        roster: dict[str, Any] = {"job": self._job(on, "Công an")}
        if authority is not None:
            authority["duty"] = self.desk(self.dice.choice(areas))
            if self.dice.random() < 0.7:
                authority["chief"] = self.mobile()
            authority["zalo"] = self.account()
        roster["authority"] = authority if authority is not None else "self"
        roster["units"] = [self._unit(unit, self.dice.choice(areas), coded) for unit in units]
        return Made(roster, areas, on)


def _different(units: list[Official]) -> list[Official]:
    """Those of different kinds and names: two of one name in a roster need codes, which not all rosters have."""
    return list({(fold(u.name)): u for u in units}.values())


def text_of(roster: dict[str, Any]) -> tuple[str, dict[tuple[Any, ...], int]]:
    """The roster as YAML, and the line of each value by its path."""
    lines: list[str] = []
    places: dict[tuple[Any, ...], int] = {}

    def put(text: str, *path: Any) -> None:
        lines.append(text)
        places[path] = len(lines)

    def shown(value: Any) -> str:
        text = str(value)
        return (
            text
            if re.fullmatch(r'"\d+"|\[.*\]', text) or isinstance(value, int)
            else "'" + text.replace("'", "''") + "'"
        )

    for section in ("job", "authority"):
        values = roster[section]
        if isinstance(values, str):
            put(f"{section}: {values}", section)
            continue
        put(f"{section}:", section)
        for key, value in values.items():
            put(f"  {key}: {shown(value)}", section, key)
    put("units:", "units")
    for number, unit in enumerate(roster["units"]):
        head = "  - "
        for key, value in unit.items():
            if key == "deputies":
                put(f"{head}deputies:", "units", number, key)
                for at, deputy in enumerate(value):
                    put(f"      - {shown(deputy)}", "units", number, key, at)
            elif key == "role":
                put(f"{head}others:", "units", number, "others")
                put(f"      - role: {shown(value)}", "units", number, "role")
                put(f"        number: {shown(unit['number'])}", "units", number, "number")
            elif key != "number":
                put(f"{head}{key}: {shown(value)}", "units", number, key)
            head = "    "
    return "\n".join(lines) + "\n", places


def findings(roster: dict[str, Any]) -> tuple[list[Diagnostic], str, dict[tuple[Any, ...], int]]:
    """What the check says about a roster, notes left out."""
    text, places = text_of(roster)
    read = assemble([Source("contacts.yaml", text)])
    found = [*read.findings, *run_contact_checks(read)]
    return [f for f in found if f.severity is not Severity.NOTE], text, places


Path = tuple[Any, ...]
Wrong = Callable[[Made, random.Random, Maker], Path | None]
WRONG: dict[str, tuple[Wrong, bool]] = {}  # and whether a wrong number would be printed


def wrong(number: bool) -> Callable[[Wrong], Wrong]:
    """Register a way to make a roster wrong; `number`: a wrong number would be printed."""

    def add(function: Wrong) -> Wrong:
        WRONG[function.__name__] = (function, number)
        return function

    return add


def _unit(made: Made, dice: random.Random) -> tuple[int, dict[str, Any]]:
    at = dice.randrange(len(made.roster["units"]))
    return at, made.roster["units"][at]


def _person(made: Made, dice: random.Random) -> tuple[Path, dict[str, Any]]:
    at, unit = _unit(made, dice)
    return ("units", at, "chief"), unit


def _set(made: Made, dice: random.Random, key: str, value: Callable[[str], str]) -> Path:
    at, unit = _unit(made, dice)
    unit[key] = value(str(unit.get(key, "")))
    unit.pop("slogan", None) if key != "slogan" else None
    return ("units", at, key)


def _edit(key: str, number: bool, change: Callable[[str, random.Random, Made], str], name: str) -> None:
    def apply(made: Made, dice: random.Random, maker: Maker) -> Path | None:
        return _set(made, dice, key, lambda text: change(text, dice, made))

    apply.__name__ = name
    wrong(number)(apply)


def _area(made: Made) -> str:
    return made.areas[0]


def _old(made: Made, dice: random.Random, form: str) -> str:
    """An old landline of the roster's province; where its code never changed, of another."""
    olds = [a for a in tables().areas.values() if a.code in made.areas and a.old != a.code]
    area = olds[0] if olds else tables().areas["0269"]
    size = area.old_length - len(area.old)
    rest = (
        f"3{dice.randint(800, 899)}{dice.randint(100, 999)}"
        if size == 7
        else f"3{dice.randint(800, 899)}{dice.randint(1000, 9999)}"
    )
    groups = f"{rest[:4]}.{rest[4:]}"
    return {
        "grouped": f"{area.old}.{groups}",
        "brackets": f"({area.old}) {rest}",
        "spaces": f"{area.old} {rest[:3]} {rest[3:]}",
        "run": area.old + rest,
        "+84": f"+84 {area.old[1:]} {rest}",
        "(+84)": f"(+84) {area.old[1:]} {groups}",
        "0084": f"0084{area.old[1:]} {rest}",
    }[form]


def _drop(text: str, dice: random.Random, made: Made) -> str:
    at = dice.choice([i for i, c in enumerate(text) if c.isdigit() and i > 0])
    return text[:at] + text[at + 1 :]


def _double(text: str, dice: random.Random, made: Made) -> str:
    at = dice.choice([i for i, c in enumerate(text) if c.isdigit() and i > 0])
    return text[:at] + text[at] + text[at:]


def _foreign(text: str, dice: random.Random, made: Made) -> str:
    if made.roster["authority"] == "self" and any("code" not in u for u in made.roster["units"]):
        for unit in made.roster["units"]:
            unit.setdefault("code", '"' + _code_of(unit, made) + '"')
    other = [code for code in tables().areas if code not in made.areas]
    return Maker(dice.randrange(10**6)).landline(dice.choice(other))


def _code_of(unit: dict[str, Any], made: Made) -> str:
    today = provinces.of_area_code(made.areas[0], made.on)
    assert today is not None
    return gazetteer.units(today.into).named(unit["name"], made.on)[0].code


_M = (
    ("mobile_lacks_a_digit", _drop),
    ("mobile_has_a_digit_more", _double),
    ("letter_O", lambda t, d, m: t[::-1].replace("0", "O", 1)[::-1]),
    ("small_l", lambda t, d, m: t[:5] + "l" + t[6:]),
    ("wide_digit", lambda t, d, m: t[:-1] + chr(ord(t[-1]) + 0xFEE0)),
    ("hidden_character", lambda t, d, m: t[:5] + "\u200b" + t[5:]),
    ("no_zero", lambda t, d, m: t[1:]),
    ("no_zero_no_groups", lambda t, d, m: t[1:].replace(".", "")),
    ("84_without_plus", lambda t, d, m: "84" + t[1:].replace(".", "")),
    ("two_numbers", lambda t, d, m: f"{t} {t[:-1]}{(int(t[-1]) + 1) % 10}"),
    ("two_numbers_slash", lambda t, d, m: f"{t}/{t[:-1]}{(int(t[-1]) + 1) % 10}"),
    ("a_name", lambda t, d, m: "Nguyễn Văn Mẫu"),
    (
        "unused_prefix",
        lambda t, d, m: (
            d.choice(("0300", "0311", "0512", "0951", "0401", "0601", "0711", "0801", "0891", "0553")) + t[4:]
        ),
    ),
    ("old_mobile", lambda t, d, m: d.choice(("0168", "0123", "0188", "0199", "0126")) + ".000.0" + t[-3:]),
    ("old_mobile_84", lambda t, d, m: d.choice(("+84 168", "+84 123", "0084 188")) + " 000 0" + t[-3:]),
    ("short_code", lambda t, d, m: d.choice(("113", "114", "115", "1022", "112"))),
    ("no_short_code", lambda t, d, m: d.choice(("116", "117", "131", "911", "1134", "0113"))),
    ("another_country", lambda t, d, m: d.choice(("+1 202 555 0100", "+855 12 000 100", "+86 130 0000 0100"))),
    ("question_mark", lambda t, d, m: t[:-1] + "?"),
    ("x_for_digits", lambda t, d, m: t[:-3] + "xxx"),
    ("slash_for_dot", lambda t, d, m: t.replace(".", "/", 1)),
    ("premium", lambda t, d, m: "1900.0" + t[-3:]),
    ("old_landline_spaces", lambda t, d, m: _old(m, d, "spaces")),
    ("old_landline_84_on_a_person", lambda t, d, m: _old(m, d, "+84")),
)
for _name, _change in _M:
    _edit("chief", True, _change, _name)
_D = (
    ("landline_lacks_a_digit", lambda t, d, m: _drop(Maker(d.randrange(9999)).landline(_area(m)), d, m)),
    ("landline_has_a_digit_more", lambda t, d, m: _double(Maker(d.randrange(9999)).landline(_area(m)), d, m)),
    ("old_grouped", lambda t, d, m: _old(m, d, "grouped")),
    ("old_brackets", lambda t, d, m: _old(m, d, "brackets")),
    ("old_run", lambda t, d, m: _old(m, d, "run")),
    ("old_plus_84", lambda t, d, m: _old(m, d, "+84")),
    ("old_brackets_84", lambda t, d, m: _old(m, d, "(+84)")),
    ("old_0084", lambda t, d, m: _old(m, d, "0084")),
    ("begins_with_0", lambda t, d, m: _area(m) + (".0000.0113" if len(_area(m)) == 3 else ".0000.113")),
    ("begins_with_1", lambda t, d, m: _area(m) + (".1000.0113" if len(_area(m)) == 3 else ".1000.113")),
    (
        "no_area_code",
        lambda t, d, m: d.choice(("0217", "0223", "0230", "0240", "0253", "0264", "0278", "0295")) + ".3000.113",
    ),
    ("no_area_code_at_all", lambda t, d, m: "3000.113"),
    ("foreign_area_code", _foreign),
    ("police_lacks_a_digit", lambda t, d, m: f"069{d.choice('234')}.000.11"),
    ("police_has_a_digit_more", lambda t, d, m: f"069{d.choice('234')}.000.1133"),
    ("police_of_no_region", lambda t, d, m: f"069{d.choice('0159')}.000.113"),
    ("army", lambda t, d, m: f"069.{d.choice('5678')}00.113"),
    ("ambulance", lambda t, d, m: d.choice(("115", "1022", "111"))),
    ("nothing", lambda t, d, m: ""),
)
for _name, _change in _D:
    _edit("duty", True, _change, "desk_" + _name)
_S = (
    ("old", lambda t, d, m: f"Gọi {_old(m, d, 'grouped')}"),
    ("old_84", lambda t, d, m: f"Gọi {_old(m, d, '+84')}"),
    (
        "lacks_a_digit",
        lambda t, d, m: f"Trực ban {_area(m)}.3000.1" if len(_area(m)) == 3 else f"Trực ban {_area(m)}.3000.11",
    ),
    ("premium", lambda t, d, m: "Đường dây nóng 1900.0113"),
    ("no_short_code", lambda t, d, m: f"Gọi {d.choice(('116', '131', '1133'))} khi cần"),
    ("old_mobile", lambda t, d, m: "Zalo 0168.000.0101"),
    ("letter", lambda t, d, m: "Gọi 0900.000.1O1"),
    ("two_right_one_wrong", lambda t, d, m: "Gọi 113, 0900.000.101 hoặc 0900.000.10"),
)
for _name, _change in _S:
    _edit("slogan", True, _change, "slogan_" + _name)
_L = (
    "https://zalo.me/0123456789012345678", "https://zalo.me/9923372036854775808", "https://zalo.me\\1234567890123456789",
    "https://@zalo.me/1234567890123456789", "http://zalo.me/1234567890123456789", "zalo.me/1234567890123456789",
    "https://zalo.me/0900000101", "https://zalo.me/g/abcdef123", "https://zalo.me/s/abcdef", "https://zaio.me/1234567890123456789",
    "https://zal0.me/1234567890123456789", "https://za1o.me/1234567890123456789", "https://qr.zalo.me/p/1234567890", "https://bit.ly/3abc",
    "https://zalo.me/1234567890123456789?x=1", "https://zalo.me/1234567890123456789#a", "https://zalo.me/12345678901234567",
    "https://zalo.me/12345678901234567890", "https://zalo.me:443/1234567890123456789", "https://oa.zalo.me/1234567890123456789",
    "https://zalo.me.vn/1234567890123456789", "https://example.com/a", "https://zalo.me/ 1234567890123456789", "https://zalo.me/",
    "HTTPS://ZALO.ME/1234567890123456789", "https://zalo.me/1234567890123456789/", "https://zalo.me/pc", "https://zаlo.me/1234567890123456789",
)  # fmt: skip
_A = (
    "https://{h}\\a", "https://@{h}/a", "https://{h}/100%", "https://{h}/%zz", "https://{h}/<b>a</b>",
    "https://{h}/a b", 'https://{h}/"a"', "https://{h}:8080/a", "http://{h}/a", "https://x@{h}/a",
    "https://{h}/?a=1&amp;b=2", "https://{h}/`a`",
)  # fmt: skip


@wrong(False)
def link(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    return _set(made, dice, "link", lambda text: dice.choice(_L))


@wrong(False)
def link_again(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    return _set(made, dice, "link", lambda text: dice.choice(_L))


@wrong(False)
def link_behind_an_allowed_host(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    made.roster["job"]["qr_hosts"] = "[congan.example.vn]"
    return _set(made, dice, "link", lambda text: dice.choice(_A).format(h="congan.example.vn"))


@wrong(False)
def allowed_look_alike(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    hosts = (
        "zaio.me",
        "zal0.me",
        "zalo.vn",
        "zallo.me",
        "zalo-me.vn",
        "zalo.com",
        "congan.g0v.vn",
        "bit.ly",
        "zalome.vn",
    )
    made.roster["job"]["qr_hosts"] = f"[{dice.choice(hosts)}]"
    return ("job", "qr_hosts")


@wrong(False)
def one_link_twice(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    if made.roster["authority"] != "self":
        return None
    units = made.roster["units"]
    units[-1]["link"] = units[0]["link"]
    return ("units", len(units) - 1, "link")


@wrong(True)
def a_deputys_number_twice(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    at, unit = _unit(made, dice)
    unit["deputies"] = [*unit["deputies"][:3], unit["chief"]]
    return ("units", at, "deputies", len(unit["deputies"]) - 1)


@wrong(True)
def another_units_chief(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    units = made.roster["units"]
    if len(units) < 2:
        return None
    units[-1]["chief"] = units[0]["chief"]
    return ("units", len(units) - 1, "chief")


@wrong(True)
def another_units_desk(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    units = made.roster["units"]
    if len(units) < 2:
        return None
    units[-1]["duty"] = units[0]["duty"]
    return ("units", len(units) - 1, "duty")


@wrong(True)
def the_authoritys_number(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    if made.roster["authority"] == "self":
        return None
    return _set(made, dice, "duty", lambda text: made.roster["authority"]["duty"])


@wrong(True)
def no_chief(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    at, unit = _unit(made, dice)
    del unit["chief"]
    return ("units", at, "name")


@wrong(False)
def five_deputies(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    at, unit = _unit(made, dice)
    unit["deputies"] = [maker.mobile() for _ in range(5)]
    return ("units", at, "deputies", 4)


def _name(change: Callable[[str, str, random.Random], str], label: str, key: str = "name") -> None:
    def apply(made: Made, dice: random.Random, maker: Maker) -> Path | None:
        at, unit = _unit(made, dice)
        new = change(unit["name"], unit["kind"], dice)
        if not new or new == unit[key]:
            return None
        unit[key] = new
        return ("units", at, key)

    apply.__name__ = label
    wrong(False)(apply)


def _slip(name: str, kind: str, dice: random.Random) -> str:
    if len(name) < 3:
        return ""
    at = dice.randrange(1, len(name))
    return name[:at] + dice.choice("qwx") + name[at:]


_name(lambda n, k, d: f"{k} {n}", "kind_in_name")
_name(lambda n, k, d: f"Công an {k} {n}", "office_in_name")
_name(
    lambda n, k, d: f"{ {'xã': 'X', 'phường': 'P', 'thị trấn': 'TT', 'đặc khu': 'ĐK'}[k] }. {n}", "short_kind_in_name"
)
_name(lambda n, k, d: n.upper() if len(n) > 3 and not n.isdigit() else "", "capitals")
_name(lambda n, k, d: n.lower() if not n.isdigit() else "", "small_letters")
_name(lambda n, k, d: bare(n).title() if bare(n) != fold(n) else "", "no_marks")
_name(_slip, "a_slip_in_a_name")
_name(lambda n, k, d: "", "nothing")
_name(
    lambda n, k, d: d.choice(("đặc khu", "thôn", "huyện", "xa", "quận", "xả")) if k != "đặc khu" else "thị trấn",
    "kind_wrong",
    "kind",
)
_name(lambda n, k, d: "0900.000.101", "a_number_for_a_name")
_name(lambda n, k, d: str(d.randint(30, 99)), "digits_for_a_name")
_name(lambda n, k, d: n[:2] + "\u200b" + n[2:], "hidden_in_a_name")
_name(
    lambda n, k, d: n.replace("Đ", "Ð") if "Đ" in n else n.replace("a", "а", 1) if "a" in n else "", "another_alphabet"
)
_name(lambda n, k, d: n + " ", "a_space_too_many")


@wrong(False)
def an_abolished_kind(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    return _set(made, dice, "kind", lambda text: "thị trấn") if made.on >= "2025-07-01" else None


@wrong(False)
def an_ended_unit(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    if made.on < "2025-07-01":
        return None
    today = provinces.of_area_code(made.areas[0], made.on)
    assert today is not None
    units = gazetteer.units(today.into)
    gone = [u for u in units.before if u.heir and u.kind == "xã" and not units.named(u.name, made.on)]
    at, unit = _unit(made, dice)
    old = dice.choice(gone)
    unit["kind"], unit["name"] = old.kind, old.name
    unit.pop("code", None)
    return ("units", at, "name")


@wrong(False)
def another_units_code(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    at, unit = _unit(made, dice)
    today = provinces.of_area_code(made.areas[0], made.on)
    assert today is not None
    others = [u for u in gazetteer.units(today.into).of(made.on) if u.code and bare(u.name) != bare(unit["name"])]
    taken = {str(u.get("code", "")).strip('"') for u in made.roster["units"]}
    unit["code"] = f'"{dice.choice([u for u in others if u.code not in taken]).code}"'
    return ("units", at, "name")


@wrong(False)
def a_code_of_four_digits(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    return _set(made, dice, "code", lambda text: '"2370"')


@wrong(False)
def a_unit_twice(made: Made, dice: random.Random, maker: Maker) -> Path | None:
    units = made.roster["units"]
    twin = {**units[0], "duty": maker.landline(_area(made)), "chief": maker.mobile(), "deputies": [maker.mobile()]}
    twin.pop("slogan", None)
    twin.pop("link", None)
    units.append(twin)
    return ("units", len(units) - 1, "name")


def _authority(change: Callable[[dict[str, Any], random.Random, Made], str], label: str) -> None:
    def apply(made: Made, dice: random.Random, maker: Maker) -> Path | None:
        authority = made.roster["authority"]
        key = change(authority, dice, made) if isinstance(authority, dict) else ""
        return ("authority", key) if key else None

    apply.__name__ = label
    wrong(False)(apply)


def _abolished(authority: dict[str, Any], dice: random.Random, made: Made) -> str:
    if made.on < "2025-07-01":
        return ""
    authority["name"] = dice.choice(
        ("Bình Định", "Kon Tum", "Hà Giang", "Bình Dương", "Long An", "Bạc Liêu", "Hòa Bình")
    )
    authority.pop("kind", None)
    authority.pop("province", None)
    return "name"


def _no_province(authority: dict[str, Any], dice: random.Random, made: Made) -> str:
    authority["province"] = dice.choice(("Gia Lay", "Bình Địng", "Hà Nọi 2", "Xứ Mẫu", "Cần Tho 3"))
    return "province"


def _kind_of_province(authority: dict[str, Any], dice: random.Random, made: Made) -> str:
    if authority["level"] != "province":
        return ""
    now = authority.get("kind", "tỉnh")
    authority["kind"] = "tỉnh" if now == "thành phố" else "thành phố"
    return "name"


def _put(key: str, value: str) -> Callable[[dict[str, Any], random.Random, Made], str]:
    def change(authority: dict[str, Any], dice: random.Random, made: Made) -> str:
        authority[key] = value.format(name=authority["name"])
        return key

    return change


def _misspelt(authority: dict[str, Any], dice: random.Random, made: Made) -> str:
    if authority["level"] != "district":
        return ""
    authority["name"] = authority["name"] + "x"
    return "name"


_authority(_abolished, "an_abolished_province")
_authority(_no_province, "no_such_province")
_authority(_kind_of_province, "kind_of_province")
_authority(_misspelt, "no_such_district")
_authority(_put("name", "Công an tỉnh {name}"), "office_in_the_authoritys_name")
_authority(_put("name", "huyện huyện {name}"), "kind_twice_in_the_authoritys_name")
_authority(_put("duty", ""), "authority_without_desk")
_authority(_put("level", "huyện"), "no_such_level")
_authority(_put("valid_until", "2019-12-31"), "authority_ended")
_authority(_put("valid_from", "31/12/2019"), "authoritys_date")


def _job(key: str, value: Callable[[str, random.Random], str], label: str) -> None:
    def apply(made: Made, dice: random.Random, maker: Maker) -> Path | None:
        made.roster["job"][key] = value(made.on, dice)
        return ("job", "edition" if label == "date_far_off" and key == "edition" else key)

    apply.__name__ = label
    wrong(False)(apply)


_job("edition", lambda on, d: f"{on[5:7]}/{int(on[:4]) + d.choice((-1, 1, 10, -10))}", "edition_of_another_year")
_job("edition", lambda on, d: f"{int(on[5:7]) % 12 + 1:02}/{on[:4]}", "edition_of_another_month")
_job("edition", lambda on, d: d.choice(("13/2024", "5/2024", "2024", "05/24")), "edition_form")
_job("date", lambda on, d: d.choice(("2202-05-18", "1020-05-18")), "date_far_off")
_job("date", lambda on, d: d.choice(("18/05/2020", "2020-02-30", "2020-13-01", "18-5-2020")), "no_date")
_job("spoilage", lambda on, d: d.choice(("three", "300%", "-3%")), "spoilage")
_job("qr_hosts", lambda on, d: "[https://congan.example.vn]", "no_host")
_edit("quantity", False, lambda t, d, m: d.choice(("0", "abc", "1e3", "-5", "12,5", "1,195")), "quantity")


def main(seed: int = 7, right: int = RIGHT, each: int = EACH) -> int:
    """Make, check and count; 0 where the bounds hold."""
    maker = Maker(seed)
    dice = random.Random(seed + 1)
    alarms = 0
    for _ in range(right):
        made = maker.roster()
        found, text, _ = findings(made.roster)
        if found:
            alarms += 1
            _show("false alarm", found, text)
    rows: Counter[str] = Counter()
    tried = errors = numbers = number_errors = 0
    for name, (change, number) in WRONG.items():
        for _ in range(each):
            made = maker.roster()
            path = change(made, dice, maker)
            if path is None:
                continue
            found, text, places = findings(made.roster)
            tried += 1
            numbers += number
            here = [f for f in found if f.span is not None and f.span.line == places.get(path)]
            if not here:
                rows[name] += 1
                _show(f"missed: {name} {path}", found, text)
            elif any(f.severity is Severity.ERROR for f in here):
                errors += 1
                number_errors += number
            elif number:
                _show(f"only a warning: {name}", here, text)
    out = sys.stdout.write
    out(f"{right} right rosters: {alarms} with a false alarm\n")
    missed = sum(rows.values())
    out(
        f"{tried} wrong contacts of {len(WRONG)} kinds: {100 * (tried - missed) / tried:.1f} % found, "
        f"{errors} as errors\n"
    )
    out(f"{numbers} wrong numbers that would be printed: {100 * number_errors / numbers:.1f} % as errors\n")
    out("".join(f"  {count} × {name}\n" for name, count in rows.most_common()))
    return int(missed > 0.02 * tried or number_errors < 0.95 * numbers or alarms * 167 > right)


def _show(what: str, found: list[Diagnostic], text: str) -> None:
    lines = text.splitlines()
    sys.stdout.write(f"-- {what}\n")
    for finding in found[:4]:
        line = lines[finding.span.line - 1].strip() if finding.span is not None else ""
        sys.stdout.write(f"   {finding.severity.value} {finding.id}: {finding.message} | {line}\n")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
