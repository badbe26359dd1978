"""Two villages have the same head's number, or one number is a head's and the officer's.

A village has a head of its own, and the officer who brings the tags is not the head: mostly a line was copied and not
changed. One officer may serve many villages.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import HEAD, OFFICER, Context, Number, line_of

ID = "village-head"
SEVERITY = Severity.WARNING
TITLE = "one number for the heads of two villages"
BAD = """\
units:
  - name: Glar
    villages:
      - {kind: làng, name: Dơk Rơng, households: 132, officer: 0900.000.161, head: 0900.000.162}
      - {kind: thôn, name: "2", households: 90, officer: 0900.000.161, head: 0900.000.162}  # ✗
"""
GOOD = """\
units:
  - name: Glar
    villages:
      - {kind: làng, name: Dơk Rơng, households: 132, officer: 0900.000.161, head: 0900.000.162}
      - {kind: thôn, name: "2", households: 90, officer: 0900.000.161, head: 0900.000.163}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each head's number that somebody else of the villages has."""
    heads: dict[str, Number] = {}
    officers = {number.phone.digits: number for number in context.numbers if number.contact.role == OFFICER}
    for number in context.numbers:
        if number.contact.role != HEAD or len(number.phone.digits) < 3:
            continue
        first = heads.setdefault(number.phone.digits, number)
        other = first if first is not number else officers.get(number.phone.digits)
        if other is not None:
            said = say(
                "{number} is the number of {who} ({place}) too",
                number=number.text.value,
                who=other.who,
                place=line_of(other.text.span),
            )
            yield Diagnostic(
                ID, SEVERITY, number.text.span, say("{who}: {said}", who=number.who, said=said), (), number.key
            )
