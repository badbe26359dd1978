"""The editors' JSON Schema of an imposition scheme, made from the declaration of its keys."""

from __future__ import annotations

from keytag.base.words import ENGLISH, Words
from keytag.files import schema as form
from keytag.files.schema import Schema
from keytag.sheet.scheme import DIE_NAME
from keytag.sheet.scheme_keys import GROUPS, REQUIRED, Key

_PLAIN = {
    "text": form.text(),
    "spot": form.text(rf"^\s*{DIE_NAME}\s*$", "Thru-cut"),
    "length": form.LENGTH,
    "count": form.COUNT,
    "number": {**form.DECIMAL, "minimum": 0},
    "share": form.SHARE,
}


def schema() -> Schema:
    """The whole schema."""
    about = "The facts of one press sheet: size, gripper, gaps, stations, work style and marks"
    return form.document("scheme", "keytag imposition scheme", about, form.mapping(GROUPS[""], _value, REQUIRED))


def _value(key: Key) -> Schema:
    group = form.mapping(GROUPS.get(key.name, ()), _value)
    match key.kind:
        case "choice":
            return form.choice(key.choices)
        case "turn":
            return {"enum": [*key.choices, *map(int, key.choices), None]}
        case "marks":
            return {"type": ["array", "string", "null"], "items": {"enum": list(key.choices)}}
        case "both":
            return form.either(form.text(), group)
        case "sheet" | "gripper":
            return {**group, "required": [inner.name for inner in GROUPS[key.name]]}
        case "margins" | "gap":
            return form.either(form.LENGTH, group)
        case "stations":
            return form.either({"enum": ["auto", None]}, {**group, "required": ["columns", "rows"]})
        case "pins":
            return form.sequence({**group, "required": [inner.name for inner in GROUPS["pins"]]})
        case "blocked":
            return form.sequence({**group, "required": ["column", "row"]})
        case "costs" | "limits" | "films":
            return group
    return _PLAIN[key.kind]


def render(words: Words = ENGLISH) -> str:
    """The schema as the shipped file has it; its descriptions in a language."""
    return form.render(schema(), words)
