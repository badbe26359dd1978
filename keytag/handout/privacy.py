"""What personal data a roster holds, where it stands and where it goes (Law 91/2025/QH15): counts, no values.

A duty desk's number is an office's; a chief's mobile is a person's. A village's language is no household's.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Span
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.roster.model import Contact, Roster
from keytag.vietnam.phones import Kind, classify


class Holding(NamedTuple):
    """One kind of personal data: how much of it, where the first stands, and which outputs show it."""

    what: str
    places: tuple[Span, ...]
    goes: str


def holdings(roster: Roster) -> tuple[Holding, ...]:
    """Every kind that the roster holds."""
    people = [person for a in roster.authorities if not a.own for person in (a.duty, a.chief) if person]
    people += [person for unit in roster.units for person in unit.contacts]
    villages = [person for unit in roster.units for village in unit.villages for person in village.contacts]
    site = roster.site
    shown = {word.value.casefold() for word in site.show} if site else set()
    more = say(", the pages and the Zalo kit") if shown & {"chief", "deputies", "others"} else ""
    words = [text for each in (site.languages if site else ()) for text in (each.by, each.read_by) if text]
    kinds = (
        (
            say("mobiles of officers"),
            [p.number.span for p in people if _is_mobile(p)],
            say("tags, proofs, sheets{more}", more=more),
        ),
        (
            say("mobiles of those who hand out and of heads of villages"),
            [p.number.span for p in villages if _is_mobile(p)],
            say("lists and table of keytag handout"),
        ),
        (say("names of officers"), [p.name.span for p in (*people, *villages) if p.name], say("proof book, exports")),
        (
            say("names of who wrote and read words"),
            [text.span for text in words if text.value.strip()],
            say("no output of keytag"),
        ),
    )
    return tuple(Holding(what, tuple(spans), goes) for what, spans, goes in kinds if spans)


def _is_mobile(person: Contact) -> bool:
    return classify(person.number.value, person.role == "duty").kind in (Kind.MOBILE, Kind.OLD_MOBILE)


def lines(roster: Roster) -> Iterator[str]:
    """The list, a line a kind."""
    found = holdings(roster)
    for holding in found:
        first = holding.places[0]
        count = len(holding.places)
        yield say(
            "{file}:{line}: {what}: {count} (first here); goes to: {goes}",
            file=first.file,
            line=first.line,
            what=holding.what,
            count=count,
            goes=holding.goes,
        )
    if not found:
        yield say("no personal data of officers")
    yield say("households: no name, no language, nothing else; keytag handout --households prints names on lists only")
