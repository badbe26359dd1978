"""What the pages say, as plain values: the roster's facts on one day, in the order of the page.

Numbers are the tag's own (`wording.number`), and each `tel:` is made of the same number.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.diagnostics import Span
from keytag.base.records import NamedTuple
from keytag.files.fields import day
from keytag.roster.model import Authority, Contact, Language, Roster, Site, Unit, Validity
from keytag.roster.site import NOTICES, notices_on
from keytag.tag.wording import fields, link, number
from keytag.vietnam.links import host_of
from keytag.vietnam.phones import dialled

WORDS = {"duty": "Trực ban 24/24", "chief": "Trưởng Công an", "deputy": "Phó Trưởng Công an"}
_VERBS = {"duty": "Gọi trực ban", "chief": "Gọi Trưởng Công an", "deputy": "Gọi Phó Trưởng Công an"}
_CARDS = {"duty": "Trực ban", "chief": "Trưởng", "deputy": "Phó trưởng"}  # before "Công an xã Glar"
_SHOWS = {"duty": "duty", "chief": "chief", "deputy": "deputies", "other": "others"}
EMPTY = Site(None, None, (), (), (), (), None, Span("", 1, 1, 1, 1))


class Call(NamedTuple):
    """One number: whose it is, as it is printed, what a telephone dials, and the words of its button."""

    who: str
    shown: str
    dial: str
    button: str
    role: str

    def title_at(self, office: str) -> str:
        """The name of its card: `Trưởng Công an xã Glar`, `Chủ tịch xã, Công an xã Glar`."""
        return f"{_CARDS[self.role]} {office}" if self.role in _CARDS else f"{self.who}, {office}"


class Service(NamedTuple):
    """A link to somebody else's service."""

    text: str
    url: str


class News(NamedTuple):
    """A notice with its day in words."""

    date: str
    text: str


class Tongue(NamedTuple):
    """Signed words in a language of the villages; `audio` is a file of the site, empty where there is none."""

    code: str
    call: str
    audio: str


class Page(NamedTuple):
    """One page: a unit's or the authority's own. `key` is empty for the authority."""

    key: str
    title: str
    office: str  # who stands above it; empty where nobody does
    calls: tuple[Call, ...]
    tongues: tuple[Tongue, ...]
    services: tuple[Service, ...]
    news: tuple[News, ...]
    oa: str  # the Zalo Official Account; empty where there is none
    valid: str


def site_of(roster: Roster) -> Site:
    """The roster's site; one that says nothing where there is none."""
    return roster.site or EMPTY


def unit_page(roster: Roster, unit: Unit, on: str) -> Page:
    """A unit's page on the day `on`."""
    site = site_of(roster)
    values = {name: value.text for name, value in fields(roster.job, unit).items()}
    title = f"Công an {unit.title}"
    authority = unit.authority
    above = "" if authority is None or authority.own else _office(values, authority)
    valid = (unit.valid, authority.valid) if authority else (unit.valid,)
    people = [unit.duty, unit.chief, *unit.deputies, *unit.others]
    spoken = {village.language.value for village in unit.villages if village.language}
    tongues = [t for t in _tongues(site, "../") if not spoken or t.code in spoken]
    return Page(
        unit.key,
        title,
        above,
        tuple(_call(person) for person in people if person is not None and _is_shown(person, site)),
        tuple(tongues),
        _services(site, on),
        _news(site, on),
        _oa(roster, link(unit).text),
        _validity(valid),
    )


def authority_page(roster: Roster, authority: Authority | None, on: str) -> Page:
    """The page above those of an authority's units: the index."""
    site = site_of(roster)
    title, valid, oa = _name_of_job(roster), "", ""
    calls: tuple[Call, ...] = ()
    if authority is not None:
        unit = next(unit for unit in roster.units if unit.authority is authority)
        values = {name: value.text for name, value in fields(roster.job, unit).items()}
        title = _office(values, authority)
        people = [authority.duty, authority.chief]
        calls = tuple(_call(person) for person in people if person is not None and _is_shown(person, site))
        valid = _validity((authority.valid,))
        oa = _oa(roster, authority.link.value if authority.link else "")
    return Page("", title, "", calls, tuple(_tongues(site, "")), _services(site, on), _news(site, on), oa, valid)


def _name_of_job(roster: Roster) -> str:
    name = roster.job.customer or roster.job.name
    return name.value if name else "Công an"


def _office(values: dict[str, str], authority: Authority) -> str:
    """`Công an huyện Đak Đoa, tỉnh Gia Lai`."""
    name = f"Công an {values['authority.kind']} {values['authority.name']}".replace("  ", " ").strip()
    province = authority.province.value if authority.province else ""
    if not province or authority.level is None or authority.level.value.casefold() == "province":
        return name
    return f"{name}, {province if province.casefold().startswith(('tỉnh', 'thành phố')) else f'tỉnh {province}'}"


def _is_shown(person: Contact, site: Site) -> bool:
    wanted = [word.value.casefold() for word in site.show] or ["duty"]
    return _SHOWS.get(person.role, "") in wanted


def _call(person: Contact) -> Call:
    who = person.label.value if person.label else WORDS[person.role]
    button = f"Gọi {who}" if person.label else _VERBS[person.role]
    return Call(who, number(person).text, dialled(person.number.value, person.role == "duty"), button, person.role)


def _tongues(site: Site, up: str) -> Sequence[Tongue]:
    return [
        Tongue(each.code.value, each.call.value if each.call else "", f"{up}{audio_name(each)}" if each.audio else "")
        for each in site.languages
        if each.signed and (each.audio or (each.call and each.call.value.strip()))
    ]


def audio_name(language: Language) -> str:
    """What the site calls a language's sound: its own name, without the folder it came from."""
    name = language.audio.value if language.audio else ""
    return f"{language.code.value}.{name.rpartition('.')[2].lower()}"


def _services(site: Site, on: str) -> tuple[Service, ...]:
    return tuple(
        Service(each.text.value, each.url.value)
        for each in site.links
        if each.text and each.url and on <= (day(each.until) or on)
    )


def _news(site: Site, on: str) -> tuple[News, ...]:
    found = [News(in_words(day(each.date) or on), each.text.value) for each in notices_on(site, on) if each.text]
    return tuple(found[:NOTICES])


def _oa(roster: Roster, said: str) -> str:
    """The Official Account behind the code, where the code leads there and not to this site."""
    return said if host_of(said) == "zalo.me" else ""


def _validity(valid: Sequence[Validity]) -> str:
    """From the latest first day to the earliest last one."""
    since = max((d for each in valid if (d := day(each.since))), default="")
    until = min((d for each in valid if (d := day(each.until))), default="")
    if until and since:
        return f"Thông tin này đúng từ {in_words(since)} đến hết {in_words(until)}."
    if until:
        return f"Thông tin này đúng đến hết {in_words(until)}."
    return f"Thông tin này đúng từ {in_words(since)}." if since else ""


def in_words(date: str) -> str:
    """`ngày 18 tháng 5 năm 2020`."""
    year, month, number_of_day = date.split("-")
    return f"ngày {int(number_of_day)} tháng {int(month)} năm {year}"
