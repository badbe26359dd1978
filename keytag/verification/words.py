"""The words of each design, extracted from the PDF, equal the roster: word by word, and digit by digit.

Twice: against the tag composed anew from the roster, and each number against the roster's own digits with nothing in
between. Each run of words must also be inked where the tag composed anew has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from keytag.base.drawing import Symbol, Words
from keytag.base.geometry import Rect
from keytag.base.sides import SIDES
from keytag.base.words import joined, say, term
from keytag.roster.model import Unit
from keytag.tag.artwork import Artwork
from keytag.tag.payload import Payload
from keytag.verification.model import Failure, Item, item
from keytag.verification.opened import Face, Opened, Said

_PLACE = 0.05  # mm


def digits(text: str) -> str:
    """The digits of a text; a number from abroad as it is dialled at home."""
    found = re.sub(r"\D", "", text)
    return "0" + found[2:] if text.strip().startswith(("+84", "0084")) and found.startswith("84") else found


def expected_of(artwork: Artwork, side: str) -> tuple[Said, ...]:
    """What a face must say, composed anew."""
    face = artwork.front if side == "front" else artwork.back
    found = []
    for group in face.form.groups:
        for mark in group.marks:
            if isinstance(mark, Words):
                found.append(Said(mark.field, mark.text))
            elif isinstance(mark, Symbol):
                found.append(Said("qr", mark.payload))
    return tuple(found)


def places_of(artwork: Artwork, side: str) -> tuple[Rect, ...]:
    """Where each of `expected_of` is inked, in millimetres of the face."""
    face = artwork.front if side == "front" else artwork.back
    marks = (mark for group in face.form.groups for mark in group.marks)
    return tuple(mark.box for mark in marks if isinstance(mark, Words | Symbol))


def numbers_of(unit: Unit) -> dict[str, str]:
    """The roster's own digits of every number that a unit's tag may carry, by field."""
    found = {f"unit.deputies.{i}": digits(c.number.value) for i, c in enumerate(unit.deputies, 1)}
    found |= {f"unit.others.{i}": digits(c.number.value) for i, c in enumerate(unit.others, 1)}
    for role, contact in (("unit.duty", unit.duty), ("unit.chief", unit.chief)):
        if contact is not None:
            found[role] = digits(contact.number.value)
    if unit.authority is not None:
        for role, contact in (("authority.duty", unit.authority.duty), ("authority.chief", unit.authority.chief)):
            if contact is not None:
                found[role] = digits(contact.number.value)
    return found


def face_key(name: str) -> tuple[str, str] | None:
    """The unit's key and the side that a form's key stands for; None where it is no tag's."""
    key, _, side = name.rpartition("/")
    return (key, side) if key and side in SIDES and not name.startswith("/") else None


def check_words(
    files: Sequence[Opened],
    units: Mapping[str, Unit],
    artworks: Mapping[str, Artwork],
    payloads: Mapping[str, Sequence[Payload]],
) -> Item:
    """Every distinct face of every file; `payloads` are what each unit's symbols must say."""
    failures: list[Failure] = []
    compared = 0
    for file in files:
        for name, face in file.faces.items():
            known = face_key(name)
            if known is None or known[0] not in units:
                failures.append(
                    Failure(say("{file} {name}", file=file.name, name=name), say("is the tag of no unit in the roster"))
                )
                continue
            key, side = known
            place = say("{file}: {unit}, {side}", file=file.name, unit=units[key].title, side=term(side))
            expected = expected_of(artworks[key], side)
            compared += len(expected)
            failures += _differences(place, expected, face.said)
            if len(expected) == len(face.said):
                failures += _moved(place, face, places_of(artworks[key], side))
            failures += _numbers(place, numbers_of(units[key]), face.said)
            failures += _codes(place, [p.text for p in payloads[key] if p.side == side], face.said)
    return item("words", compared, failures)


def _differences(place: str, expected: tuple[Said, ...], found: tuple[Said, ...]) -> list[Failure]:
    failures = []
    for i in range(max(len(expected), len(found))):
        want = expected[i] if i < len(expected) else None
        have = found[i] if i < len(found) else None
        if want == have:
            continue
        if want is None and have is not None:
            failures.append(
                Failure(
                    place,
                    say(
                        "says '{have}', which the roster does not ({field})",
                        have=have.text,
                        field=have.field or say("design"),
                    ),
                )
            )
        elif have is None and want is not None:
            failures.append(
                Failure(
                    place, say("does not say '{want}' ({field})", want=want.text, field=want.field or say("design"))
                )
            )
        elif want is not None and have is not None:
            failures.append(
                Failure(
                    place,
                    say(
                        "says '{have}' and not '{want}' ({field})",
                        have=have.text,
                        want=want.text,
                        field=want.field or say("design"),
                    ),
                )
            )
    return failures


def _moved(place: str, face: Face, wanted: tuple[Rect, ...]) -> list[Failure]:
    """Words whose ink does not fill the box in which the composed tag has it, each glyph where it should be."""
    failures = []
    for said, box, at in zip(face.said, face.inked, wanted, strict=True):
        if box is None:
            failures.append(Failure(place, say("nothing is painted where '{said}' should stand", said=said.text)))
            continue
        off = max(abs(box.x - at.x), abs(box.y - at.y), abs(box.right - at.right), abs(box.bottom - at.bottom))
        if off > _PLACE:
            failures.append(Failure(place, say("'{said}' stands {off:.2f} mm from its place", said=said.text, off=off)))
    return failures


def _numbers(place: str, numbers: dict[str, str], found: tuple[Said, ...]) -> list[Failure]:
    failures = []
    for field, text in found:
        if field in numbers and digits(text) != numbers[field]:
            failures.append(
                Failure(
                    place,
                    say("{field} is {text}, the roster has {numbers}", field=field, text=text, numbers=numbers[field]),
                )
            )
    return failures


def _codes(place: str, wanted: Sequence[str], found: tuple[Said, ...]) -> list[Failure]:
    claimed = [text for field, text in found if field == "qr"]
    if claimed == list(wanted):
        return []
    said, due = (joined(", ", texts) or say("nothing") for texts in (claimed, wanted))
    return [Failure(place, say("the QR code claims {said}, not {due}", said=said, due=due))]
