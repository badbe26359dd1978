"""What a finished tag says, fact by fact, beside what the roster says: the rows that a person checks.

Read from the artwork's own words; a fact that the roster has and the tag has not is `lacking`. No judging beyond that.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from keytag.base.diagnostics import Span
from keytag.base.drawing import Layer, Words
from keytag.base.records import NamedTuple
from keytag.base.words import Message, joined, say, term
from keytag.roster.model import Contact, Job, Unit
from keytag.tag.artwork import Artwork, Face
from keytag.tag.wording import fields

_PEOPLE = re.compile(r"(authority|unit)\.(duty|chief|deputies|others)(?:\.\d+)?")
_WORDS = {
    "authority.kind": say("authority"),
    "authority.name": say("issuing authority"),
    "unit.kind": say("kind of unit"),
    "unit.name": say("name of the unit"),
    "unit.code": say("code"),
    "unit.address": say("address"),
    "slogan": say("slogan"),
    "emergency": say("emergency"),
    "edition": say("edition"),
    "date": say("date"),
    "link": say("link"),
    "link.cue": say("cue to scan"),
}
_ROLES = {"duty": say("duty desk"), "chief": say("chief"), "deputies": say("deputy"), "others": say("other")}
_OF_CONTACTS = {"deputy": "deputies", "other": "others"}


class Fact(NamedTuple):
    """One fact on a tag. `typed` is the roster's own spelling where it has one, `place` where that stands.

    `role` is whose or what it is, in the words of the paper or of the tag; `kind` the same in short, for a gloss.
    `number` is whether it is somebody's number; `differs` whether its digits are not those that were typed.
    """

    back: bool
    field: str
    role: str
    kind: Message
    text: str
    number: bool
    person: str = ""
    typed: str = ""
    place: str = ""
    source: Span | None = None

    @property
    def differs(self) -> bool:
        return self.number and _digits(self.text) != _digits(self.typed)

    @property
    def regrouped(self) -> bool:
        """Whether the same digits were typed in other groups."""
        return self.number and not self.differs and self.text != self.typed.strip()


def facts_of(job: Job, unit: Unit, artwork: Artwork) -> tuple[Fact, ...]:
    """Everything that both faces say, in reading order of the design; words of the design itself come last, as one."""
    people = _people(unit)
    values = fields(job, unit)
    authority = " ".join(t for t in (values["authority.kind"].text, values["authority.name"].text) if t)
    facts: list[Fact] = []
    fixed: list[str] = []
    for back, face in enumerate(artwork.faces):
        label = ""
        for words in _words(face):
            if words.field.startswith("label."):
                label = words.text
            elif _PEOPLE.fullmatch(words.field):
                facts.append(_person(words, bool(back), people.get(words.source), label, authority))
            elif words.field in _WORDS or words.source is not None:
                role = _WORDS.get(words.field, term(words.field))
                facts.append(
                    Fact(
                        bool(back),
                        words.field,
                        role,
                        role,
                        words.text,
                        False,
                        place=place(words.source),
                        source=words.source,
                    )
                )
            else:
                fixed.append(words.text)
    if fixed:
        text = " · ".join(dict.fromkeys(fixed))
        of_the_design = say("words of the design")
        facts.append(Fact(False, "", of_the_design, of_the_design, text, False))
    return tuple(facts)


def lacking(unit: Unit, printed: tuple[Fact, ...]) -> Message:
    """The unit's numbers that its tag does not print, in words; empty where there are none."""
    seen = {fact.source for fact in printed}
    return joined(
        ", ",
        [
            say("{number} ({role})", number=contact.number.value, role=_called(contact))
            for contact in unit.contacts
            if contact.number.span not in seen
        ],
    )


def _called(contact: Contact) -> str:
    return contact.label.value if contact.label else _ROLES[_OF_CONTACTS.get(contact.role, contact.role)]


def place(span: Span | None) -> str:
    """File, line and column of a span; only the file's name, so that a page is the same wherever it was made."""
    return f"{PurePath(span.file).name}:{span.line}:{span.column}" if span else ""


def _words(face: Face) -> list[Words]:
    art = [group for group in face.form.groups if group.layer is Layer.ARTWORK]
    return [mark for group in art for mark in group.marks if isinstance(mark, Words)]


def _people(unit: Unit) -> dict[Span | None, Contact]:
    head = (unit.authority.duty, unit.authority.chief) if unit.authority else ()
    return {contact.number.span: contact for contact in (*unit.contacts, *head) if contact}


def _person(words: Words, back: bool, contact: Contact | None, label: str, authority: str) -> Fact:
    kind = words.field.split(".")[1]
    role: str = label if kind == "others" else _ROLES[kind]
    if words.field.startswith("authority."):
        role = say("{role} of {authority}", role=role, authority=authority)
    if contact is not None and contact.label is not None:
        role = contact.label.value
    return Fact(
        back,
        words.field,
        role,
        _ROLES[kind],
        words.text,
        True,
        contact.name.value if contact and contact.name else "",
        contact.number.value if contact else "",
        place(words.source),
        words.source,
    )


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())
