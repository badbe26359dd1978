"""What a roster says of a unit, as plain texts without places: to compare two rosters, or a roster and a table."""

from __future__ import annotations

from typing import TypeAlias

from keytag.roster.model import Authority, Contact, Roster, Unit

Words: TypeAlias = tuple[str, str, str]  # number, person's name, the role's own words
Fact: TypeAlias = str | tuple[Words, ...]
TEXTS = ("kind", "name", "code", "quantity", "link", "slogan", "address")
ONE = ("duty", "chief")
MANY = ("deputies", "others")


def facts(unit: Unit) -> dict[str, Fact]:
    """Every key of a unit with what it holds; keys without value are left out."""
    found: dict[str, Fact] = {key: text.value for key in TEXTS if (text := getattr(unit, key)) is not None}
    for key, day in (("valid_from", unit.valid.since), ("valid_until", unit.valid.until)):
        if day is not None:
            found[key] = day.value
    for key in ONE:
        contact: Contact | None = getattr(unit, key)
        if contact is not None:
            found[key] = (_words(contact),)
    for key in MANY:
        contacts: tuple[Contact, ...] = getattr(unit, key)
        if contacts:
            found[key] = tuple(_words(each) for each in contacts)
    return found


def authority_facts(authority: Authority) -> dict[str, Fact]:
    """The same of an authority."""
    texts = ("name", "level", "kind", "province", "slogan")
    found: dict[str, Fact] = {key: text.value for key in texts if (text := getattr(authority, key)) is not None}
    for key, text in (
        ("zalo", authority.link),
        ("valid_from", authority.valid.since),
        ("valid_until", authority.valid.until),
    ):
        if text is not None:
            found[key] = text.value
    for key in ONE:
        contact: Contact | None = getattr(authority, key)
        if contact is not None:
            found[key] = (_words(contact),)
    return found


def whole(roster: Roster) -> list[dict[str, Fact]]:
    """All authorities and units of a roster in their order: what an edit must leave as it was."""
    heads = [authority_facts(authority) for authority in roster.authorities]
    owned = [
        facts(unit) | {"authority": "self" if unit.authority and unit.authority.own else ""} for unit in roster.units
    ]
    return [*heads, *owned]


def said(fact: Fact | None) -> str:
    """A fact in words, for a person."""
    if fact is None:
        return "–"
    if isinstance(fact, str):
        return fact
    return ", ".join(" ".join(word for word in (label, number, name) if word) for number, name, label in fact)


def _words(contact: Contact) -> Words:
    return (
        contact.number.value,
        contact.name.value if contact.name else "",
        contact.label.value if contact.label else "",
    )
