"""An authority's name or kind is not that of a province or district of its day.

"Công an tỉnh Đà Nẵng" has never been: Đà Nẵng is a thành phố. Tỉnh Bình Định ended with June 2025. The word before the
name comes from `kind` or from the name itself where these say it, else from the official lists. A name that is on no
list is a warning: it may be newer than they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.checks.roster.context import Context, title_of
from keytag.checks.roster.places import level_of
from keytag.files.fields import nearest
from keytag.files.source import Text
from keytag.roster.model import Authority
from keytag.vietnam import days, gazetteer, kinds, provinces
from keytag.vietnam.names import bare, fold

ID = "authority-name"
SEVERITY = Severity.ERROR
TITLE = "an authority that there is not"
BAD = """\
job:
  date: 2025-08-01
authority:
  name: Bình Định  # ✗
  level: province
  duty: 0256.3000.113
  province:
units:
  - kind: xã
    name: Kon Gang
    duty: 0692.000.213
"""
GOOD = """\
job:
  date: 2025-08-01
authority:
  name: Gia Lai
  level: province
  province:
units:
  - kind: xã
    name: Kon Gang
    duty: 0692.000.213
"""
_RAISED = "2021-01-01"  # from when on the lists know what kind a district was


class Fault(NamedTuple):
    """What is wrong, and how bad it is: a name that is on no list may be newer than ours."""

    message: str
    severity: Severity = SEVERITY


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each authority whose name or kind the lists of the day do not have."""
    if not context.on:
        return
    for authority in context.authorities:
        name = authority.name
        if name is None or not name.value.strip():
            continue
        level = level_of(authority)
        fault = None
        if level == "province":
            fault = _province(authority, name, context.on)
        elif level == "district" and context.on < days.REFORM:
            fault = _district(context, authority, name)
        if fault is not None:
            yield Diagnostic(
                ID,
                fault.severity,
                name.span,
                say("{title_of}: {message}", title_of=title_of(authority), message=fault.message),
            )


def _said(authority: Authority, name: Text) -> str:
    """The kind that the roster says itself; empty where it leaves it to the lists."""
    said = kinds.leading(name.value)[1]
    return said or (authority.kind.value if authority.kind is not None else "")


def _province(authority: Authority, name: Text, on: str) -> Fault | None:
    plain = kinds.leading(name.value)[2]
    province = provinces.find(plain, on)
    known = provinces.provinces(on)
    if province is None:
        near = nearest(bare(plain), list(known))
        hint = say(": did you mean {known}?", known=known[near]) if near else ""
        return Fault(say("there is no such province") + hint, Severity.WARNING)
    if provinces.province(plain) not in known:
        return Fault(say("it is part of {merged_into} since July 2025", merged_into=provinces.merged_into(plain)))
    if authority.province is not None:
        other = provinces.find(authority.province.value, on)
        if other is not None and other.into != province.into:
            return Fault(say("its province is said to be {other}", other=other.name))
    if bare(plain) == bare(province.name) and fold(plain) != fold(province.name):
        return Fault(say("the official list writes {province}", province=province.name), Severity.WARNING)
    kind = _said(authority, name)
    if kind and not any(kinds.same(kind, k) for k in province.kinds(on)):
        return Fault(
            say("{province} is a {kind}, not a {kind2}", province=province.name, kind=province.kind, kind2=kind)
        )
    return None


def _district(context: Context, authority: Authority, name: Text) -> Fault | None:
    home = context.places.of_authority(authority)
    if home.province is None:
        return None
    plain, kind = kinds.leading(name.value)[2], _said(authority, name)
    if not home.districts:
        if context.on < gazetteer.COMPLETE_SINCE or not home.stated:
            return None
        here = {d.name.casefold(): d for d in gazetteer.units(home.province.into).districts() if home.holds(d)}
        near = here.get(nearest(plain, list(here)))
        hint = say(": did you mean {near}?", near=near.title) if near is not None else ""
        return Fault(
            say("{province} has no such district{hint}", province=home.province.name, hint=hint), Severity.WARNING
        )
    first = home.districts[0]
    if not any(fold(d.name) == fold(plain) for d in home.districts):
        return Fault(say("the official list writes {first}", first=first.name), Severity.WARNING)
    right = {k for d in home.districts for k in d.kinds}
    if kind and not kinds.is_kind(kind, kinds.DISTRICTS):
        return Fault(say("'{kind}' is no kind of district", kind=kind))
    if kind and context.on >= _RAISED and not any(kinds.same(kind, k) for k in right):
        return Fault(say("{first} is a {kinds}, not a {kind}", first=first.name, kinds=first.kinds[-1], kind=kind))
    return None
