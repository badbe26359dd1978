"""069 and six digits: a number of the army's network where one of the police should stand.

The two networks share 069: the army's numbers go on with 5 to 8 and have six digits after 069, the police's go on with
2 to 4 and have seven. Whoever dials an army number does not reach the police. Under a further role (the commune's
military command) it is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import MENTIONED, Context
from keytag.vietnam.phones import Kind

ID = "army-number"
SEVERITY = Severity.ERROR
TITLE = "an army number where police answer"
BAD = """\
units:
  - name: Glar
    duty: 069.800.113  # ✗
"""
GOOD = """\
units:
  - name: Glar
    duty: 0692.000.113
    others:
      - role: Ban chỉ huy quân sự
        number: 069.800.113
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each army number but those under further roles."""
    for number in context.by_kind[Kind.ARMY]:
        if number.contact.role not in ("other", MENTIONED):
            message = say(
                "{who}: {digits} and five digits is the army's network, not the police's",
                who=number.who,
                digits=number.phone.digits[:4],
            )
            yield Diagnostic(ID, SEVERITY, number.text.span, message, (), number.key)
