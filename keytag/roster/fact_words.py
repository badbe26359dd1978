"""A key as a person says it (`chief`, `deputy 2`, `other 1.name`) and the facts that a new value gives."""

from __future__ import annotations

import re
from collections.abc import Mapping

from keytag.base.errors import UsageError
from keytag.base.words import joined, say
from keytag.files.fields import nearest
from keytag.roster.facts import MANY, ONE, TEXTS, Fact, Words
from keytag.vietnam.names import bare

DAYS = ("valid_from", "valid_until")
AUTHORITY = ("name", "level", "kind", "province", "zalo", "slogan", *DAYS)
_SAID = {
    "deputy": "deputies", "phó": "deputies", "phó trưởng": "deputies", "trưởng": "chief", "trưởng công an": "chief",
    "trực ban": "duty", "số thẻ": "quantity", "other": "others", "địa chỉ": "address", "tên": "name", "mã": "code",
}  # fmt: skip
_KEY = re.compile(r"(?P<word>[^\d.]+?)[ .]*(?P<number>\d+)?(?P<person>\.name)?")


def changed(facts: Mapping[str, Fact], said: str, value: str, *, authority: bool = False) -> tuple[str, Fact]:
    """The roster's key that `said` means, and what it holds with the new `value`; a `UsageError` for what is none."""
    match = _KEY.fullmatch(said.strip())
    word = match["word"].strip().casefold() if match else ""
    key = _SAID.get(word) or {bare(said): key for said, key in _SAID.items()}.get(bare(word), word)  # no accents
    texts = AUTHORITY if authority else (*TEXTS, *DAYS)
    known = (*texts, *ONE) if authority else (*texts, *ONE, *MANY)
    if match is None or key not in known:
        guess = nearest(word, [*known, *_SAID])
        raise UsageError(
            say("there is no key {said!r}", said=said),
            hint=say("did you mean {guess}?", guess=guess)
            if guess
            else say("one of {known}", known=joined(", ", known)),
        )
    if not value.strip():
        raise UsageError(
            say("{said}: the new value is blank", said=said), hint=say("take a key out of the file by hand")
        )
    if key in texts:
        if match["number"] or match["person"]:
            raise UsageError(say("{key} has neither a number nor a person", key=key))
        return key, value
    if re.search("[,;/]", value) and not match["person"]:
        raise UsageError(
            say("{value}: is more than one number", value=value),
            hint=say("set them one by one: {word} 1, {word} 2, …", word=word) if key in MANY else say("leave one"),
        )
    place = int(match["number"] or 1) - 1
    people: tuple[Words, ...] = ()
    before = facts.get(key, ())
    if not isinstance(before, str):
        people = before
    if key in ONE and place:
        raise UsageError(say("there is one {key}", key=key))
    if key in MANY and not match["number"] and len(people) > 1:
        raise UsageError(
            say("there are {people} {key}", people=len(people), key=key),
            hint=say("say which: {word} 1 … {word} {people}", word=word, people=len(people)),
        )
    return key, _with(people, place, value, bool(match["person"]), key)


def _with(people: tuple[Words, ...], place: int, value: str, person: bool, key: str) -> tuple[Words, ...]:
    if place > len(people) or (place == len(people) and (person or key == "others")):
        raise UsageError(
            say("there are {people} {key} only", people=len(people), key=key), hint=say("add further ones in the file")
        )
    number, name, label = people[place] if place < len(people) else ("", "", "")
    new = (number, value, label) if person else (value, name, label)
    return (*people[:place], new, *people[place + 1 :])
