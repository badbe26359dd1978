"""The editors' JSON Schema of a tag template, made from the declaration of its keys (`template_keys`)."""

from __future__ import annotations

from keytag.base.words import ENGLISH, Words
from keytag.files import schema as form
from keytag.files.schema import Schema
from keytag.tag.template_fields import FIELDS
from keytag.tag.template_keys import ELEMENTS, GROUPS, ROLES, Key

_CMYK = form.text(r"^\s*(paper|\d+(\.\d+)?(\s*/\s*\d+(\.\d+)?){3})\s*$", "0/100/100/5", kinds=("string", "null"))
_RATIO = {**form.DECIMAL, "minimum": 1}
_FIELD = "|".join(field.replace(".", r"\.") for field in FIELDS)
# Words with {field}s of which every one is known.
_PATTERN = form.text(rf"^([^{{}}]|\{{({_FIELD})\}})*$", "CÔNG AN {unit.kind} {unit.name}", "{link}")
_PLAIN: dict[str, Schema] = {
    "text": form.text(),
    "ink": form.text("", "paper", kinds=("string", "null")),
    "length": form.LENGTH,
    "size": form.LENGTH,
    "share": form.SHARE,
    "ratio": _RATIO,
    "decimal": form.DECIMAL,
    "integer": form.WHOLE,
    "flag": form.FLAG,
    "cmyk": _CMYK,
    "pattern": _PATTERN,
    "patterns": form.either(_PATTERN, {"type": "array", "items": _PATTERN}),
    "fields": form.either({"enum": [*FIELDS, None]}, {"type": "array", "items": {"enum": list(FIELDS)}}),
    "roles": form.either({"enum": [*ROLES, None]}, {"type": "array", "items": {"enum": list(ROLES)}}),
    "ratios": form.either(_RATIO, {"type": "array", "items": _RATIO}),
    "sizes of three": form.either(form.LENGTH, {"type": "array", "items": form.LENGTH}),
    "labels": {"type": ["object", "null"], "additionalProperties": form.TEXTS},
    "colours": {"type": ["object", "null"], "additionalProperties": form.text()},
}
# Lists, and groups by names of a person's own, with what each of them is.
_LISTS = {"holes": "hole", "folds": "fold", "places": "place", "parts": "part"}
_NAMED = {"areas": "box", "fonts": "font", "inks": "ink"}


def schema() -> Schema:
    """The whole schema; groups stand under `$defs`, once each."""
    groups = {_name(group): form.mapping(keys, _value) for group, keys in GROUPS.items() if group != "template"}
    line = form.either({"required": ["contacts"], **form.mapping([_CONTACTS], _value)}, *map(_ref, _LINES))
    body = {**form.mapping(GROUPS["template"], _value), "$defs": {**groups, "element": _element(), "line": line}}
    about = "The design of one printed piece: trim, bleed, safe area, hole, inks and the elements of its faces"
    return form.document("template", "keytag tag template", about, body)


_CONTACTS = Key("contacts", "contacts", "Roles and numbers in two columns")
_LINES = ("text", "number", "parts")


def _name(group: str) -> str:
    return group.replace(" ", "-")


def _ref(group: str) -> Schema:
    return {"$ref": f"#/$defs/{_name(group)}"}


def _element() -> Schema:
    """One of the kinds of elements, with its keys under it."""
    kinds = {kind: form.either({"type": "null"}, _ref(group)) for kind, group in ELEMENTS.items()}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": kinds,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _value(key: Key) -> Schema:
    kind = key.kind
    if kind == "choice":
        words = [*key.choices, *(word.upper() for word in key.choices if len(word) == 1)]
        return form.choice(words)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _LISTS:
        return form.sequence(_ref(_LISTS[kind]))
    if kind in _NAMED:
        return {"type": ["object", "null"], "additionalProperties": _ref(_NAMED[kind])}
    match kind:
        case "both":
            return form.either(form.text(), _ref("title"))
        case "sizes":
            return form.either(form.LENGTH, _ref("size"))
        case "space":
            return form.either(form.LENGTH, _ref("space"))
        case "hole" | "white":
            return form.either({"enum": ["none", None]}, _ref(kind))
        case "elements":
            return form.sequence(_ref("element"))
        case "back":
            return form.either({"enum": ["none", None]}, form.sequence(_ref("element")))
        case "lines":
            return form.sequence(_ref("line"))
    return _ref(kind)


def render(words: Words = ENGLISH) -> str:
    """The schema as the shipped file has it; its descriptions in a language."""
    return form.render(schema(), words)
