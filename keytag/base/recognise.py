"""English texts of others, which know nothing of languages: recognised by the pattern that they were made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from keytag.base.words import Message, figure, say

_FIELD = re.compile(r"\\\{(\w+)\\\}")
_NUMBER = re.compile(r"-?\d+\.\d+", re.ASCII)


def matched(text: str, patterns: Sequence[Message]) -> tuple[Message, dict[str, str]] | None:
    """The first of `patterns` that `text` may be made of, and its fields; None where there is none."""
    for pattern in patterns:
        match = re.fullmatch(_FIELD.sub(r"(?P<\1>.+?)", re.escape(pattern)), text)
        if match is not None:
            return pattern, match.groupdict()
    return None


def recognised(text: str, patterns: Sequence[Message], inside: Mapping[str, Sequence[Message]] | None = None) -> str:
    """`text` as a `Message` of one of `patterns`; `inside` are the patterns of fields that are such texts themselves.

    A text that no pattern makes stays as it is.
    """
    found = matched(text, patterns)
    if found is None:
        return text
    pattern, fields = found
    said: dict[str, str] = {}
    for name, value in fields.items():
        if inside is not None and name in inside:
            said[name] = recognised(value, inside[name], inside)
        else:
            said[name] = figure(value) if _NUMBER.fullmatch(value) else value
    return say(pattern.pattern, **said) if said else pattern
