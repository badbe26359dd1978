"""JSON as people can read it: letters as they are, and everything that a terminal would obey or hide as an escape."""

from __future__ import annotations

import json
import re

# Nothing that is shown is escaped: `dumps` itself escapes control characters below U+0020, and \n is its own layout.
_SHOWN = re.compile("[^\n -~]")


def dumps(value: object) -> str:
    """`value` as JSON text (RFC 8259) on several lines, ending in a line break; UTF-8 can carry every character."""
    return _SHOWN.sub(_letter, json.dumps(value, indent=2, ensure_ascii=False)) + "\n"


def _letter(match: re.Match[str]) -> str:
    letter = match[0]
    return letter if letter.isprintable() else json.dumps(letter)[1:-1]
