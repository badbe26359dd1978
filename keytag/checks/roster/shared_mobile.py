"""Two people have the same mobile number.

A mobile is one person's. Where two units show the same one, a line was copied and not changed. A person who serves in
two units may stand in both, under the same name.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import OFF_TAG, Context, Number, stands_also
from keytag.vietnam.names import fold
from keytag.vietnam.phones import Kind

ID = "shared-mobile"
SEVERITY = Severity.ERROR
TITLE = "the same mobile for two people"
BAD = """\
units:
  - name: Glar
    chief: 0900.000.101
  - name: Trang
    chief: 0900.000.101  # ✗
"""
GOOD = """\
units:
  - name: Glar
    chief: {number: 0900.000.101, name: Rơ Châm H'Mẫu}
  - name: Trang
    chief: {number: 0900.000.101, name: Rơ Châm H'Mẫu}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each mobile that is somebody else's already, unless under the same name."""
    yield from shared(context, Kind.MOBILE, ID, SEVERITY)


def shared(context: Context, kind: Kind, check_id: str, severity: Severity) -> Iterator[Diagnostic]:
    """A finding for each number of `kind` that stands in another unit, or under another authority, already."""
    first: dict[str, Number] = {}
    for number in context.by_kind[kind]:
        if number.contact.role in OFF_TAG:
            continue
        other = first.setdefault(number.phone.digits, number)
        if other is number or _on_one_tag(number, other) or _same_person(number, other):
            continue
        yield Diagnostic(check_id, severity, number.text.span, stands_also(number, other), (), number.key, (other.key,))


def _on_one_tag(one: Number, other: Number) -> bool:
    """Whether both stand on the tags of one unit, or of one authority: then repeated-number has said it."""
    if one.unit is not None and other.unit is not None:
        return one.unit is other.unit
    return one.authority is other.authority


def _same_person(one: Number, other: Number) -> bool:
    name, known = one.contact.name, other.contact.name
    return name is not None and known is not None and fold(name.value) == fold(known.value)
