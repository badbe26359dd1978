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
SERIALS = ("serial", "tag.link")  # differ from tag to tag: labels and QR symbols only
FIELD = re.compile(r"\{([a-z0-9_.]+)\}")
"""A field in a pattern; its name is the first group."""
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def names_in(pattern: str) -> tuple[str, ...]:
    """The fields that `pattern` mentions, in order."""
    return tuple(FIELD.findall(pattern))


def stray_braces(pattern: str) -> tuple[str, ...]:
    """What looks like a field and is none that could be known: `{Unit.Name}`, `{tên}`, a brace that stands alone.

    It would be printed as it stands there.
    """
    return tuple(_BRACES.findall(FIELD.sub("", pattern)))
