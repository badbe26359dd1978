"""How far the hand-out has come, for people: coverage, calls and scans, villages under 90 % first."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.words import joined, say
from keytag.handout.balance import COVERED, Reached, called_back, reached, total
from keytag.handout.returns import Row
from keytag.roster.model import Roster


def told(roster: Roster, rows: Sequence[Row]) -> str:
    """The table, one line a village."""
    villages = reached(roster, rows)
    wide = max((len(one.title) for one in villages), default=5)
    head = say("{village:{wide}}  households  given  coverage  called  scanned\n", village=say("village"), wide=wide)
    lines = [_line(one, wide) for one in villages]
    behind = sum(one.coverage < COVERED for one in villages)
    whole = total(villages)._replace(title=say("all"))
    closing = say(
        "{behind} of {villages} villages are under {covered:.0%}\n",
        behind=behind,
        villages=len(villages),
        covered=COVERED,
    )
    old = called_back(roster, rows)
    back = say("{old} tags of older editions came back\n", old=old) if old else ""
    return joined("", (head, *lines, _line(whole, wide), closing, back))


def _line(one: Reached, wide: int) -> str:
    mark = " <" if one.coverage < COVERED else ""
    called, scanned = one.of_given(one.called), one.of_given(one.scanned)
    return say(
        "{title:{wide}}  {households:10,}  {given:5,}  {coverage:8.1%}  {called:6.1%}  {scanned:7.1%}{mark}\n",
        title=one.title,
        wide=wide,
        households=one.households,
        given=one.given,
        coverage=one.coverage,
        called=called,
        scanned=scanned,
        mark=mark,
    )
