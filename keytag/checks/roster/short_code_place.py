"""A short code such as 113 stands where a person's own number should.

112 to 115 belong to services: on a duty desk or under a further role they are right. Nobody reaches a chief or a deputy
by dialling one.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context
from keytag.vietnam.phones import Kind

ID = "short-code-place"
SEVERITY = Severity.ERROR
TITLE = "a short code as a person's number"
BAD = """\
units:
  - name: Glar
    chief: "113"  # ✗
"""
GOOD = """\
units:
  - name: Glar
    duty: "113"
    others:
      - role: Cấp cứu
        number: "115"
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each short code of a chief or a deputy."""
    for number in context.by_kind[Kind.SHORT]:
        if number.contact.role in ("chief", "deputy"):
            message = f"{number.who}: {number.phone.digits} is a service, not a person's number"
            yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)
