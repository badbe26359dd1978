"""A unit orders fewer tags than its villages' households and its reserve come to.

Each household gets one tag, and some are kept for those who move in or lose theirs: 1,138 households and a reserve of
5 % are 1,195 tags. What is ordered beyond that stays in the unit's store.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.roster.villages import households, reserve

ID = "village-quantity"
SEVERITY = Severity.ERROR
TITLE = "fewer tags than households and reserve"
BAD = """\
units:
  - name: Glar
    quantity: 230  # ✗
    reserve: 5%
    villages:
      - {kind: làng, name: Dơk Rơng, households: 132}
      - {kind: thôn, name: "2", households: 90}
"""
GOOD = """\
units:
  - name: Glar
    quantity: 234
    reserve: 5%
    villages:
      - {kind: làng, name: Dơk Rơng, households: 132}
      - {kind: thôn, name: "2", households: 90}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each unit that orders too few."""
    for unit in context.roster.units:
        if not unit.villages or unit.quantity is None or not unit.tags:  # missing-quantity, quantity-form
            continue
        homes, kept = households(unit), reserve(unit) or 0
        if unit.tags < homes + kept:
            needed = say(
                "{homes:,} households and a reserve of {kept:,} need {homes2:,}",
                homes=homes,
                kept=kept,
                homes2=homes + kept,
            )
            message = say("{unit} orders {tags:,} tags, and {needed}", unit=unit.title, tags=unit.tags, needed=needed)
            yield Diagnostic(ID, SEVERITY, unit.quantity.span, message, (), unit.key)
