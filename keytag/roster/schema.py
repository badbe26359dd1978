"""The editors' JSON Schema of a roster, made from the same declaration of keys that the loader reads.

`python -m keytag.schema` prints it; a test holds the shipped file to it. Values are as the person types them, so an
editor is told `0269…` may look like a number; what the values are worth is for `keytag check`.
"""

from __future__ import annotations

import json
from typing import Any

from keytag.files.fields import NO, YES
from keytag.roster import keys

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": ["string", "number", "null"]}
_DATE: dict[str, Any] = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def schema() -> dict[str, Any]:
    """The whole schema."""
    authority = {"oneOf": [_group(keys.AUTHORITY), {"const": "self"}]}
    return {
        "$schema": _DRAFT,
        "title": "keytag roster",
        "description": "Contacts of one job: the issuing authority, its units and what is to be made of them",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "job": {**_group(keys.JOB), "description": keys.ROOT[0].about},
            "authority": {**authority, "description": keys.ROOT[1].about},
            "units": {"type": "array", "items": _group(keys.UNIT), "description": keys.ROOT[2].about},
        },
    }


def _group(group: tuple[keys.Key, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {**_value(key), "description": key.about} for key in group},
    }


def _contact() -> dict[str, Any]:
    return {"oneOf": [_TEXT, {**_group(keys.CONTACT), "required": ["number"]}]}


def _value(key: keys.Key) -> dict[str, Any]:
    match key.kind:
        case "text" | "number" | "share":
            return _TEXT
        case "date":
            return _DATE
        case "texts":
            return {"type": ["array", "string", "null"], "items": {"type": "string"}}
        case "flag":
            return {"enum": [True, False, None, *YES, *NO]}
        case "choice":
            return {"enum": [*key.choices, None]}
        case "contact":
            return _contact()
        case "contacts":
            return {"type": ["array", "null"], "items": _contact()}
        case "others":
            return {"type": ["array", "null"], "items": {**_group(keys.OTHER), "required": ["role", "number"]}}
        case "groups":
            return {"type": ["array", "null"], "items": {"type": ["array", "string"], "items": _TEXT}}
        case "slots":
            return {"type": "object", "additionalProperties": _TEXT}
        case "plan":
            return {"type": ["array", "null"], "items": {**_group(keys.PLATE), "required": ["run", "slots"]}}
        case "self":
            return {"enum": ["self", None]}
    raise ValueError(f"no schema for {key.kind}")


def render() -> str:
    """The schema as the shipped file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(render())
