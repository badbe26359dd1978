"""How far the hand-out has come, for people: coverage, calls and scans, villages under 90 % first."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.handout.balance import COVERED, Reached, called_back, reached, total
from keytag.handout.returns import Row
from keytag.roster.model import Roster


def told(roster: Roster, rows: Sequence[Row]) -> str:
    """The table, one line a village."""
    villages = reached(roster, rows)
    wide = max((len(one.title) for one in villages), default=5)
    head = f"{'village':{wide}}  households  given  coverage  called  scanned\n"
    lines = [_line(one, wide) for one in villages]
    behind = sum(one.coverage < COVERED for one in villages)
    whole = total(villages)._replace(title="all")
    closing = f"{behind} of {len(villages)} villages are under {COVERED:.0%}\n"
    old = called_back(roster, rows)
    back = f"{old} tags of older editions came back\n" if old else ""
    return "".join([head, *lines, _line(whole, wide), closing, back])


def _line(one: Reached, wide: int) -> str:
    mark = " <" if one.coverage < COVERED else ""
    called, scanned = one.of_given(one.called), one.of_given(one.scanned)
    shares = f"{one.coverage:8.1%}  {called:6.1%}  {scanned:7.1%}"
    return f"{one.title:{wide}}  {one.households:10,}  {one.given:5,}  {shares}{mark}\n"
