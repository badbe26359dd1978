"""The fields that a template can print, by name: `{unit.name}` in a pattern stands for the unit's name."""

from __future__ import annotations

import re

from keytag.vietnam.languages import NAMES, VIETNAMESE

FIELDS = (
    "authority.kind",
    "authority.kind_short",
    "authority.name",
    "authority.duty",
    "authority.chief",
    "unit.kind",
    "unit.kind_short",
    "unit.name",
    "unit.code",
    "unit.duty",
    "unit.chief",
    "unit.address",
    "slogan",
    "emergency",
    "edition",
    "date",
    "link",
    "link.cue",
    "serial",
    "tag.link",
    "tag.cue",
    "site",
    "tel",
    "valid_until",
    "village.kind",
    "village.name",
    "village.households",
    "village.officer",
    "village.head",
    *(f"language.{code}" for code in NAMES if code != VIETNAMESE),
)
NUMBERS = {  # fields that are telephone numbers, each with one that it may be
    **dict.fromkeys(("authority.duty", "authority.chief", "unit.duty", "unit.chief"), "0269.3000.113"),
    **dict.fromkeys(("tel", "village.officer", "village.head"), "0900.000.113"),
    "emergency": "113",
}
SERIALS = ("serial", "tag.link")  # differ from tag to tag: labels and QR symbols only
FIELD = re.compile(r"\{([a-z0-9_.]+)\}")
"""A field in a pattern; its name is the first group."""
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def names_in(pattern: str) -> tuple[str, ...]:
    """The fields that `pattern` mentions, in order."""
    return tuple(FIELD.findall(pattern))


def not_alone(pattern: str) -> str:
    """The first telephone number of `pattern` that other digits stand beside, so that another is read; empty for none.

    `0{authority.duty}` and `{unit.duty}{unit.chief}` say numbers that nobody has.
    """
    parts = FIELD.split(pattern)  # literals and names in turn
    named = [name for name in parts[1::2] if name in NUMBERS]
    if not named or (len(named) == 1 and not any(c.isdigit() for part in parts[0::2] for c in part)):
        return ""
    from keytag.vietnam.texts import numbers_in  # most designs have no such words: start-up is a feature

    text, wanted = "", {}
    for at, part in enumerate(parts):
        said = NUMBERS.get(part, "x") if at % 2 else part
        if at % 2 and part in NUMBERS:
            wanted[len(text), len(text) + len(said)] = part
        text += said
    found = {(mention.start, mention.end) for mention in numbers_in(text)}
    return next((name for span, name in wanted.items() if span not in found), "")


def stray_braces(pattern: str) -> tuple[str, ...]:
    """What looks like a field and is none that could be known: `{Unit.Name}`, `{tên}`, a brace that stands alone.

    It would be printed as it stands there.
    """
    return tuple(_BRACES.findall(FIELD.sub("", pattern)))
