"""Two people have the same mobile number.

A mobile is one person's. Where two units show the same one, a line was copied and not changed. A person who serves in
two units may stand in both, under the same name.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.contacts.context import Context, Number
from keytag.diagnostics import Diagnostic, Severity
from keytag.phones import Kind

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
    """One finding for each mobile that stands in another unit already, unless for the same name."""
    yield from shared(context, Kind.MOBILE, ID, SEVERITY)


def shared(context: Context, kind: Kind, check_id: str, severity: Severity) -> Iterator[Diagnostic]:
    """A finding for each number of `kind` that stands in another unit already."""
    first: dict[str, Number] = {}
    for number in context.by_kind[kind]:
        other = first.setdefault(number.phone.digits, number)
        if number.unit is None or other.unit is None or other.unit is number.unit or _same_person(number, other):
            continue
        message = f"{number.who}: {number.text.value} is the number of {other.who} (line {other.text.span.line}) too"
        yield Diagnostic(check_id, severity, number.text.span, message, (), number.key)


def _same_person(one: Number, other: Number) -> bool:
    name, known = one.contact.name, other.contact.name
    return name is not None and known is not None and name.value == known.value
