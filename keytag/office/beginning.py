"""The first roster of a job: six answers become a commented file of today's structure, every gap marked.

Pure: answers in, text out. What only the officer knows (numbers, quantities) is left blank for `keytag import` to fill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from keytag.base.errors import UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.files.scalars import scalar
from keytag.roster.editing import GAP, SCHEMA_LINE
from keytag.vietnam import gazetteer, provinces
from keytag.vietnam.days import REFORM, as_typed
from keytag.vietnam.gazetteer import Official
from keytag.vietnam.kinds import leading

SELF, NONE, PAGE = "self", "none", "page"
ZALO = "zalo.me"


class Question(NamedTuple):
    """One thing to ask: its key in an answers file, in Vietnamese and English, and the answer of who says nothing."""

    key: str
    vietnamese: str
    english: str
    usual: str


QUESTIONS = (
    Question("province", "Tỉnh hoặc thành phố nào?", "which province?", ""),
    Question("authority", "Cơ quan nào phát hành thẻ? (self: mỗi xã tự phát hành)", "who issues the tags?", SELF),
    Question(
        "units", "Những xã, phường nào? (all: cả tỉnh; hoặc tên, mã, cách nhau bằng dấu phẩy)", "which units?", "all"
    ),
    Question(
        "link",
        "Mã QR dẫn đến đâu? (https://… của Zalo OA; page: trang riêng, điền sau; none: không có mã)",
        "where do the QR codes lead?",
        NONE,
    ),
    Question("template", "Mẫu thẻ nào?", "which template?", "oval-50x20"),
    Question("date", "Ngày phát hành (31/01/2026)?", "date of issue?", ""),
)


class Answers(NamedTuple):
    """The six answers, each judged."""

    province: provinces.Province
    authority: str  # SELF, or its name
    units: tuple[Official, ...]
    link: str  # NONE, PAGE or https://…
    template: str
    date: str


def judged(said: Mapping[str, str], templates: tuple[str, ...]) -> Answers:
    """The answers by their keys, usual ones where they are blank; a `UsageError` that names all that are wrong."""
    known = {question.key for question in QUESTIONS}
    six = joined(", ", (question.key for question in QUESTIONS))
    wrong = [
        UsageError(say("there is no question {odd!r}", odd=odd), hint=say("the six are: {questions}", questions=six))
        for odd in sorted(set(said) - known)
    ]
    given = {question.key: said.get(question.key, "").strip() or question.usual for question in QUESTIONS}
    date = _date(given["date"], wrong)
    province = _province(given["province"], wrong)
    link = _address(given["link"], wrong)
    if given["template"] not in templates:
        what = say("template: there is no {given!r}", given=given["template"])
        wrong.append(UsageError(what, hint=say("one of {templates}", templates=joined(", ", templates))))
    units = _units(given["units"], province, date, wrong) if province is not None else ()
    if given["authority"] == SELF and link not in (NONE, PAGE) and len(units) > 1:
        what = say("link: {units} units that issue their own tags cannot share one account", units=len(units))
        wrong.append(UsageError(what, hint=say("write page, and fill in each unit's own later; or none")))
    if wrong or province is None:
        raise UsageError.joined(wrong)
    return Answers(province, given["authority"], units, link, given["template"], date)


def _date(given: str, wrong: list[UsageError]) -> str:
    """The day that was given; the first of today's structure where it is none, so that the rest can be judged."""
    date = as_typed(given)
    if date is None:
        wrong.append(UsageError(say("date: {given!r} is no day", given=given), hint=say("write it as 2026-01-31")))
    elif date < REFORM:
        what = say("date: {date} is before {reform}, and the units are those of today", date=date, reform=REFORM)
        wrong.append(UsageError(what, hint=say("write a later day")))
    else:
        return date
    return REFORM


def _province(given: str, wrong: list[UsageError]) -> provinces.Province | None:
    today = provinces.all_today()
    found = provinces.find(given, REFORM) if given else None
    if found is not None and any(p.code == found.code and p.name == found.name for p in today):
        return found
    became = provinces.merged_into(given)
    hint = say("it is a part of {became} now", became=became) if became else ", ".join(p.name for p in today)
    wrong.append(UsageError(say("province: {given!r} is no province of today", given=given), hint=hint))
    return None


def _address(given: str, wrong: list[UsageError]) -> str:
    """Where the codes lead, as the roster says it; `NONE` where it cannot be, so that the rest can be judged."""
    link = f"https://{given}" if given.startswith(f"{ZALO}/") else given  # as people copy it
    if link in (NONE, PAGE) or (link.startswith("https://") and len(link) > 10 and " " not in link):
        return link
    wrong.append(UsageError(say("link: {link!r} is none", link=link), hint=say("write https://…, or page, or none")))
    return NONE


def _units(said: str, province: provinces.Province, date: str, wrong: list[UsageError]) -> tuple[Official, ...]:
    """The units that were named, in the order of their codes; each the only one of its name, or named by its code."""
    table = gazetteer.units(province.code)
    if said.strip().casefold() == "all":
        return table.of(date)
    found: dict[str, Official] = {}
    words = [word for part in said.replace("\n", ",").split(",") if (word := part.strip())]
    for word in words:
        _, kind, name = leading(word)
        by_code = table.by_code(word, date)
        named = [by_code] if by_code is not None else table.named(name, date)
        if by_code is None and kind:
            named = [unit for unit in named if kind in unit.kinds(date)]
        if len(named) == 1:
            found[named[0].code] = named[0]
            continue
        many = ", ".join(f"{unit.title} ({unit.code})" for unit in named)
        what = say("units: {word!r} ", word=word) + (
            say("may be several: ") + many if named else say("is no unit of {province} today", province=province.title)
        )
        hint = say("write the code") if named else say("keytag knows the units since July 2025")
        wrong.append(UsageError(what, hint=hint))
    if not words:
        wrong.append(UsageError(say("units: names none"), hint=say("write all, or names parted by commas")))
    return tuple(found[code] for code in sorted(found))


def roster_text(answers: Answers) -> str:
    """The file."""
    return "\n".join(_lines(answers)) + "\n"


def _lines(answers: Answers) -> Iterator[str]:
    place, date = answers.province.title, answers.date
    yield SCHEMA_LINE
    yield "#"
    yield f"# Danh bạ in trên thẻ của {place}, theo đơn vị hành chính từ {REFORM}."
    yield f"# Chỗ có ghi '{GAP}' còn thiếu; keytag check chỉ ra từng chỗ. Các bước:"
    yield "#   1. điền tệp .xlsx đi kèm (hoặc gửi các xã điền)"
    yield "#   2. keytag import danh-ba.xlsx -o contacts.yaml, rồi thêm --apply"
    yield "#   3. keytag check, keytag render: bản duyệt để ký"
    yield ""
    yield "job:"
    yield f"  name: {scalar(f'Thẻ số điện thoại Công an, {place}')}"
    yield f"  template: {answers.template}"
    yield f"  date: {date}  # mọi ngày in ra đều là ngày này"
    yield f"  edition: {date[5:7]}/{date[:4]}"
    if hosts := _hosts(answers.link):
        yield f"  qr_hosts: [{hosts}]"
    yield ""
    yield from _authority(answers)
    yield ""
    yield "units:"
    for unit in answers.units:
        yield f"  - kind: {unit.kinds(date)[-1]}"
        yield f"    name: {scalar(unit.name)}"
        yield f'    code: "{unit.code}"'
        yield f"    duty:  # {GAP}: số trực ban"
        yield f"    chief:  # {GAP}: số trưởng công an"
        yield f"    deputies:  # {GAP}: một đến bốn số; xóa dòng này nếu không in"
        yield f"    quantity:  # {GAP}: số thẻ"
        if answers.authority == SELF and answers.link != NONE:
            yield f"    link:{_link(answers.link)}"
        yield ""


def _authority(answers: Answers) -> Iterator[str]:
    if answers.authority == SELF:
        yield "# Mỗi đơn vị tự phát hành thẻ của mình."
        yield "authority: self"
        return
    yield "authority:"
    yield f"  name: {scalar(answers.authority)}"
    same = provinces.province(answers.authority) == provinces.province(answers.province.name)
    yield "  level: province" if same else f"  level:  # {GAP}: district, province hay commune"
    yield f"  province: {scalar(answers.province.name)}"
    yield f"  duty:  # {GAP}: số trực ban của cơ quan"
    if answers.link != NONE:
        yield f"  zalo:{_link(answers.link)}"


def _link(link: str) -> str:
    return f"  # {GAP}: liên kết của trang" if link == PAGE else f" {scalar(link)}"


def _hosts(link: str) -> str:
    """The host that a link of no Zalo account names, which the check must be told of."""
    host = link.removeprefix("https://").partition("/")[0].casefold() if link not in (NONE, PAGE) else ""
    return scalar(host, flow=True) if host and host != ZALO else ""
