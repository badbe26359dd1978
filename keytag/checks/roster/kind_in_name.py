"""A name begins with the word for its kind, or with the office's: it would be printed twice.

Kind and name are printed side by side, so that kind xã and name "xã Bản Liền" give "xã xã Bản Liền". An authority may
say its kind in its name (thành phố Pleiku, TP. Pleiku), once; "Công an" stands on the tag already.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Edit, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, title_of
from keytag.roster.model import Unit
from keytag.vietnam import kinds

ID = "kind-in-name"
SEVERITY = Severity.ERROR
TITLE = "a kind inside a name"
BAD = """\
authority:
  name: Công an huyện Đak Đoa  # ✗
units:
  - kind: xã
    name: xã Glar  # ✗
"""
GOOD = """\
authority:
  name: huyện Đak Đoa
units:
  - kind: xã
    name: Glar
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such name, mended where the kind is the unit's own."""
    for authority in context.authorities:
        name = authority.name
        if name is None:
            continue
        office, kind, rest = kinds.leading(name.value)
        if office or (kind and any(kinds.leading(rest)[:2])):
            said = f"'{office or kind}'"
            message = say(
                "{title_of}: {said} is printed before the name already: write the name alone",
                title_of=title_of(authority),
                said=said,
            )
            yield Diagnostic(ID, SEVERITY, name.span, message)
    for unit in context.roster.units:
        if unit.name is None:
            continue
        office, kind, rest = kinds.leading(unit.name.value)
        if office or kind:
            own = unit.kind.value if unit.kind is not None else say("its kind")
            message = say("{unit}: {own} is printed before the name: write {rest}", unit=unit.title, own=own, rest=rest)
            yield Diagnostic(ID, SEVERITY, unit.name.span, message, _fix(context, unit, kind, rest), unit.key)


def _fix(context: Context, unit: Unit, kind: str, rest: str) -> tuple[Edit, ...]:
    """The name alone, where what stood before it is the unit's own kind or its office."""
    if unit.name is None or unit.kind is None or any(kinds.leading(rest)[:2]):
        return ()
    return context.rewrite(unit.name, rest) if not kind or kinds.same(kind, unit.kind.value) else ()
