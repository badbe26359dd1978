"""A district roster of before July 2025 rewritten for the communes of today, by the official mapping of old to new.

Pure: text out of a roster. What the mapping knows is filled in (names, codes, sums of quantities); what only a person
can say (who answers now, and whose account the QR code shows) is left blank, with the old values beside it as a remark,
so that `keytag check` finds every gap. Nothing is guessed. The remarks are Vietnamese, as those of `keytag init` are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keytag.base.errors import UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.catalogues import words_of
from keytag.files.scalars import scalar
from keytag.files.source import Text
from keytag.roster.editing import GAP, SCHEMA_LINE
from keytag.roster.model import Authority, Contact, Roster, Unit
from keytag.vietnam import gazetteer, provinces
from keytag.vietnam.days import REFORM
from keytag.vietnam.gazetteer import Official, Units
from keytag.vietnam.names import bare

_DAY_BEFORE = "2025-06-30"
_KEPT = (
    *("name", "customer", "template", "scheme", "spoilage", "slogan", "show_113", "lead", "plate_cost", "max_plates"),
    *("max_overs", "shortest_run", "run_multiple", "per_box", "papers"),
)
_DROPPED = ("apart", "together", "plan")
DECIDE = "cần quyết định"  # a remark that begins so is for a person to decide, whose answer is no value here


class Merged(NamedTuple):
    """A commune of today, the units of the roster that are in it now, and those in it that the roster does not have."""

    now: Official
    units: tuple[Unit, ...]
    others: tuple[Official, ...]


class Migrated(NamedTuple):
    """The new file's text, its communes, the units that could not be placed with the reason, and what is to decide."""

    text: str
    communes: tuple[Merged, ...]
    lost: tuple[tuple[Unit, str], ...]
    open: int


def migrate(roster: Roster, day: str = REFORM) -> Migrated:
    """The roster as one of the communes on the day `day`; a `UsageError` where it is of today already."""
    dated = roster.job.date.value.strip() if roster.job.date else ""
    if dated >= REFORM:
        raise UsageError(say("the roster is dated {dated}: its units are those of today already", dated=dated))
    if day < REFORM:
        raise UsageError(
            say("--date {day} is before the reform", day=day),
            hint=say("the communes of today begin on {reform}", reform=REFORM),
        )
    placed: dict[Official, list[Unit]] = {}
    before: dict[Official, Official] = {}
    lost = []
    for unit in roster.units:
        old, why = _old(unit, dated or _DAY_BEFORE)
        new = _heir(old) if old else None
        if old is None or new is None:
            lost.append((unit, gazetteer.without_heir(old, _table(old)) if old else why))
            continue
        placed.setdefault(new, []).append(unit)
        before[old] = new
    communes = tuple(
        Merged(new, tuple(units), tuple(_others(new, before))) for new, units in sorted(placed.items(), key=_by_code)
    )
    lines = list(_lines(roster, communes, lost, day))
    opened = sum(line.count(f"# {GAP}") + line.count(f"# {DECIDE}") for line in lines)
    return Migrated("\n".join(lines) + "\n", communes, tuple(lost), opened)


def _by_code(item: tuple[Official, list[Unit]]) -> tuple[str, str]:
    return item[0].code, item[0].name


def _old(unit: Unit, on: str) -> tuple[Official | None, str]:
    """The unit on the list of before, by its code, else by its name within its district; or why there is none."""
    authority = unit.authority
    code, name = (unit.code.value if unit.code else ""), (unit.name.value if unit.name else "")
    province = authority.province.value if authority and authority.province else ""
    known = provinces.find(province, on) if province else None
    owner = provinces.of_unit_code(code) or (known.into if known else "")
    if not owner:
        return None, say("neither its code nor its province is known")
    table = gazetteer.units(owner)
    found = table.by_code(code, on) if code else None
    if found is not None and (not name or bare(found.name) == bare(name)):
        return found, ""
    if found is not None:
        return None, say("its code {code} is {found} on the list of before", code=code, found=found.title)
    district = bare(authority.name.value) if authority and authority.name else ""
    named = table.named(name, on)
    if district:
        here = [one for one in named if one.district and bare(one.district.name) == district]
        if named and not here:
            there = ", ".join(dict.fromkeys(one.district.title for one in named if one.district))
            return None, say("the list has a unit of that name in {there} only: write its code", there=there)
        named = here
    if len(named) == 1:
        return named[0], ""
    return None, say("{named} units of that name are on the list: write its code", named=len(named)) if named else say(
        "it is on no list"
    )


def _table(old: Official) -> Units:
    """The units of the province of today in which one without heir lies; the sources know its code."""
    return gazetteer.units(provinces.of_unit_code(old.code))


def _heir(old: Official) -> Official | None:
    owner = provinces.of_unit_code(old.heir)
    return gazetteer.units(owner).by_code(old.heir, REFORM) if owner else None


def _others(new: Official, before: dict[Official, Official]) -> Iterator[Official]:
    """The units of before that are in a commune of today, too, and that the roster does not have."""
    table = gazetteer.units(provinces.of_unit_code(new.code))
    yield from (old for old in table.before if old.heir == new.code and old not in before)


def _lines(roster: Roster, communes: Sequence[Merged], lost: Sequence[tuple[Unit, str]], day: str) -> Iterator[str]:
    files = ", ".join(source.name for source in roster.files)
    yield SCHEMA_LINE
    yield "#"
    yield f"# Các đơn vị từ {day}, đọc từ {_remark(files)}, theo bảng chuyển đổi chính thức từ đơn vị cũ sang mới."
    yield f"# Chỗ có ghi '{GAP}' còn trống, giá trị cũ ghi bên cạnh; keytag check chỉ ra từng chỗ."
    yield ""
    yield from _job(roster, day)
    yield ""
    yield "# Công an cấp huyện không còn từ 1/3/2025: mỗi đơn vị tự phát hành thẻ của mình."
    yield "authority: self"
    yield ""
    yield "units:"
    for commune in communes:
        yield from _unit(commune)
    spoken = words_of("vi")
    for unit, why in lost:
        place = f"{unit.title} ({unit.span.file}:{unit.span.line})"
        yield f"  # {DECIDE}: {_remark(f'{place} chưa xếp được chỗ: {spoken.of(why)}')}"


def _job(roster: Roster, day: str) -> Iterator[str]:
    job = roster.job
    yield "job:"
    for key in _KEPT:
        text = getattr(job, key, None)
        if isinstance(text, Text):
            yield f"  {key}: {scalar(text.value)}" + (f"  # {DECIDE}: còn dùng tên này không?" if key == "name" else "")
    slogans = dict.fromkeys(a.slogan.value for a in roster.authorities if a.slogan and not a.own)
    if job.slogan is None and slogans:
        yield f"  slogan: {scalar(next(iter(slogans)))}"
    hosts = [host for host in job.qr_hosts if any(host.span.file == source.name for source in roster.files)]
    if hosts:
        yield f"  qr_hosts: [{', '.join(scalar(host.value) for host in hosts)}]"
    yield f"  date: {day}"
    yield f"  edition: {day[5:7]}/{day[:4]}"
    gone = [key for key in _DROPPED if getattr(job, key)]
    if gone:
        yield f"  # {DECIDE}: đã bỏ {', '.join(gone)}, vì nói về các đơn vị cũ"


def _unit(commune: Merged) -> Iterator[str]:
    now, units = commune.now, commune.units
    yield ""
    yield f"  # {now.title}: {_remark(', '.join(unit.title for unit in units))}"
    if commune.others:
        named = ", ".join(other.title for other in commune.others)
        yield f"  # {DECIDE}: gồm cả {named}, mà số điện thoại và số hộ không có ở dòng nào đây"
    yield f"  - kind: {now.kind}"
    yield f"    name: {scalar(now.name)}"
    yield f'    code: "{now.code}"'
    for key in ("duty", "chief"):
        yield f"    {key}:{_decide((unit, getattr(unit, key)) for unit in units)}"
    deputies = [(unit, contact) for unit in units for contact in unit.deputies]
    yield f"    deputies:{_decide(deputies)}"
    others = [(unit, contact) for unit in units for contact in unit.others]
    if others:
        yield f"    others:{_decide(others)}"
    counted = [unit.tags for unit in units]
    sums = f"  # {' + '.join(map(str, counted))}" if len(counted) > 1 else ""
    yield f"    quantity: {sum(counted)}{sums}"
    yield f"    link:{_links(units)}"
    slogans = [unit.slogan.value for unit in units if unit.slogan]
    if slogans:
        yield f"    slogan:  # {GAP}: {_remark('; '.join(dict.fromkeys(slogans)))}"
    addresses = [unit.address.value for unit in units if unit.address]
    if addresses:
        yield f"    address:  # {GAP}: {_remark('; '.join(addresses))}"


def _decide(contacts: Iterator[tuple[Unit, Contact | None]] | list[tuple[Unit, Contact]]) -> str:
    """A blank with the old numbers beside it, each with whose it was."""
    old = [f"{_said(contact)} ({unit.title})" for unit, contact in contacts if contact is not None]
    return f"  # {GAP}: {_remark(', '.join(old))}" if old else f"  # {GAP}"


def _said(contact: Contact) -> str:
    words = [
        contact.label.value if contact.label else "",
        contact.number.value,
        contact.name.value if contact.name else "",
    ]
    return " ".join(word for word in words if word)


def _links(units: Sequence[Unit]) -> str:
    own = [unit.link.value for unit in units if unit.link]
    issuers: list[Authority] = [unit.authority for unit in units if unit.authority]
    old = dict.fromkeys([*own, *(authority.link.value for authority in issuers if authority.link)])
    return f"  # {GAP}: trang riêng của đơn vị; trước đây: {_remark(', '.join(old))}" if old else f"  # {GAP}"


def _remark(text: str) -> str:
    """A text of the roster within a remark: on one line."""
    return " ".join(text.split())
