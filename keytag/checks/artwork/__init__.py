"""Checks on composed tags: one module a check, on what is really drawn and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.checks.artwork import (
    covered,
    emblem_resolution,
    in_ring_hole,
    ink_limit,
    left_out,
    letters,
    live_overlap,
    numbers_many,
    outside_safe_area,
    payloads,
    process_limit,
    qr_call,
    qr_contrast,
    qr_missing,
    qr_module,
    set_apart,
    text_contrast,
    text_overflow,
    text_small,
    thin_line,
)
from keytag.checks.artwork.subject import NO_LINKS, NUMBER, Asked, Links, subject
from keytag.roster.model import Job, Roster, Unit
from keytag.roster.site import allowed_hosts
from keytag.tag.artwork import Artwork, Face
from keytag.tag.template import ContactList, Stack, Template
from keytag.tag.wording import fields, number

if TYPE_CHECKING:
    from keytag.tag.elsewhere import Elsewhere

ARTWORK_CHECKS = (
    text_overflow,
    text_small,
    set_apart,
    left_out,
    numbers_many,
    outside_safe_area,
    in_ring_hole,
    live_overlap,
    covered,
    qr_missing,
    qr_module,
    qr_call,
    qr_contrast,
    text_contrast,
    ink_limit,
    emblem_resolution,
    thin_line,
    process_limit,
)
# What these find hangs on both faces together; the others look at one face, at its side of the template and at what the
# roster allows, which is the same for all of its units.
_OF_THE_TAG = (text_overflow, left_out, qr_call)
_OF_A_FACE = (*(check for check in ARTWORK_CHECKS if check not in _OF_THE_TAG), payloads, letters)


class Sound:
    """The faces of a job in which nothing was found: most fronts of a job are one face, and are looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Face] = {}  # by the object, which is kept

    def has(self, side: str, face: Face) -> bool:
        """Whether it is a face that was found sound, but for its name."""
        known = self._known.get((side, id(face.form.groups)))
        return known is not None and all(a is b for a, b in zip(known[1:], face[1:], strict=True))

    def add(self, side: str, face: Face) -> None:
        self._known[side, id(face.form.groups)] = face


def links_of(roster: Roster) -> Links:
    """The roster's links, which the contact checks judge where they stand, and the hosts that it allows."""
    written = [a.link for a in roster.authorities] + [u.link for u in roster.units]
    return Links(allowed_hosts(roster), frozenset((link.value, link.span) for link in written if link is not None))


def lists_people(template: Template) -> bool:
    """Whether a design has a list of roles and numbers: one that has is a tag, which tells of all people of a unit."""
    return any(
        isinstance(line, ContactList)
        for face in (template.front, template.back)
        for element in face
        if isinstance(element, Stack)
        for line in element.lines
    )


def asked_of(job: Job, unit: Unit, *, people: bool = False) -> tuple[Asked, ...]:
    """What the roster wants to have on a unit's tag; its name and `people` only where the design tells of them."""
    values = fields(job, unit)
    named = {"slogan": say("the slogan"), "emergency": say("the emergency number"), "edition": say("the edition")}
    if people:
        named = {"unit.name": say("the name"), "link": say("the link"), **named}
    found = [
        Asked(name, field, values[field].text, values[field].source)
        for field, name in named.items()
        if values[field].text.strip()
    ]
    for contact in unit.contacts if people and unit.village is None else ():
        said = number(contact)
        if said.text:
            found.append(Asked(say("the number of {role}", role=contact.role), NUMBER, said.text, said.source))
    return tuple(found)


def check_artwork(
    artwork: Artwork,
    template: Template,
    span: Span | None,
    allowed: Links = NO_LINKS,
    elsewhere: Elsewhere | None = None,
    asked: tuple[Asked, ...] = (),
    sound: Sound | None = None,
) -> list[Diagnostic]:
    """What all artwork checks find on one tag; `span` is its unit's place in the roster, `allowed` its links.

    With `elsewhere` a finding about room says which other template holds the unit; `asked` is what the roster wants to
    have printed; faces that are known to be `sound` are not looked at again. The link checks judge once more what the
    symbols say: a template may put words around the link.
    """
    faces = dict(zip(SIDES, artwork.faces, strict=True))
    new = [side for side, face in faces.items() if sound is None or not sound.has(side, face)]
    tag = subject(artwork, template, span, allowed, elsewhere, asked, new)
    found = [finding for check in _OF_THE_TAG for finding in check.check(tag)]
    for side in new:
        one = tag.of(side)
        here = [finding for check in _OF_A_FACE for finding in check.check(one)]
        if sound is not None and not here:
            sound.add(side, faces[side])
        found += here
    return found
