"""Two units that issue their own tags have one QR link.

Each has an Official Account of its own, or a page. One link on two of them was copied and not changed, and people who
scan the tag write to another commune's police.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, line_of
from keytag.roster.model import Unit

ID = "shared-link"
SEVERITY = Severity.ERROR
TITLE = "one link for two units"
BAD = """\
authority: self
units:
  - name: Glar
    link: https://zalo.me/1234567890123456789
  - name: Trang
    link: https://zalo.me/1234567890123456789  # ✗
"""
GOOD = """\
authority: self
units:
  - name: Glar
    link: https://zalo.me/1234567890123456789
  - name: Trang
    link: https://zalo.me/1234567890123456788
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each link that an earlier unit of its own has."""
    known: dict[str, Unit] = {}
    for unit in context.roster.units:
        if unit.link is None or unit.authority is None or not unit.authority.own:
            continue
        other = known.setdefault(unit.link.value, unit)
        if other is not unit and other.link is not None:
            message = say(
                "{unit}: the QR link is that of {other} ({place}) too",
                unit=unit.title,
                other=other.title,
                place=line_of(other.link.span),
            )
            yield Diagnostic(ID, SEVERITY, unit.link.span, message, (), unit.key)
