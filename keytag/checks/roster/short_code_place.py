"""A short code such as 113 stands where a person's own number should.

They belong to services: under a further role they are right, and on a police duty desk 112, 113 and 114 are. Nobody
reaches a chief or a deputy by dialling one, nor the police by the ambulance's 115 or a province's hotline 1022.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
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
_DESKS = frozenset(("112", "113", "114"))


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each short code of a chief or a deputy."""
    for number in context.by_kind[Kind.SHORT]:
        role, digits = number.contact.role, number.phone.digits
        if role in ("chief", "deputy") or (role == "duty" and digits not in _DESKS):
            what = say("a person's number") if role != "duty" else say("the desk of the police")
            message = say("{who}: {digits} is a service, not {what}", who=number.who, digits=digits, what=what)
            yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)
