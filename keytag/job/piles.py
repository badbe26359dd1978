"""The tickets of a numbered job's piles, as works: which serials lie in each, whose they are, where they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.standard import Standard
from keytag.documents.pile_tickets import PileTicket, pile_tickets
from keytag.job.head import head_of
from keytag.job.volumes import BOXES, Volume, volumes
from keytag.job.work import Work
from keytag.roster.serials import Claim
from keytag.roster.villages import shares
from keytag.sheet.numbering import Pile

if TYPE_CHECKING:
    from keytag.job.numbering import Numbering
    from keytag.job.ready import Order
    from keytag.roster.model import Unit

PILES = "pile-tickets.pdf"


def pile_works(job: Numbering, order: Order) -> tuple[Work, ...]:
    """The files of pile tickets: units in order, each with its piles in theirs."""
    tickets, head = tickets_of(job, order), head_of(order.setup)
    return tuple(
        Work(part.name, "pile tickets", pile_tickets, (head, tickets[part.first : part.last]), Standard.X4, fonts=True)
        for part in pile_volumes(job)
    )


def pile_volumes(job: Numbering) -> tuple[Volume, ...]:
    """The files of pile tickets, each with the piles in it."""
    return volumes(PILES, len(job.piles), BOXES)


def tickets_of(job: Numbering, order: Order) -> tuple[PileTicket, ...]:
    """What each ticket says."""
    runs = {plate.number: plate.run for plate in job.plates}
    mine: dict[str, list[Pile]] = {}
    for pile in job.piles:
        mine.setdefault(pile.unit, []).append(pile)
    found = []
    for unit in order.units:
        claim = job.claims[unit.key]
        for pile in sorted(mine.get(unit.key, ()), key=lambda pile: pile.pile):
            villages = _villages(unit, pile.first - claim.first + 1, pile.last - claim.first + 1)
            found.append(_ticket(unit, claim, pile, villages, len(mine[unit.key]), runs[pile.plate]))
    return tuple(found)


def _ticket(unit: Unit, claim: Claim, pile: Pile, villages: tuple[str, ...], of: int, run: int) -> PileTicket:
    first, last = claim.form.printed(pile.first), claim.form.printed(pile.last)
    station, sheets = pile.station + 1, pile.tags
    named = (unit.key, unit.full_title, villages, pile.plate, station, pile.pile, of)
    return PileTicket(*named, first, last, pile.tags, sheets, run)


def _villages(unit: Unit, first: int, last: int) -> tuple[str, ...]:
    """The villages that have any of the unit's tags from number `first` to `last`, counted from 1."""
    return tuple(
        share.village.title for share in shares(unit) if share.first <= last and share.first + share.tags - 1 >= first
    )
