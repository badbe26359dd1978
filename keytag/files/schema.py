"""JSON Schemas for editors (draft 2020-12), made of the same declarations of keys that the readers go by.

A schema underlines while typing what it can know alone: a mistyped key or word, a number that is none. What values are
worth together is for `keytag check`. YAML decides before a schema sees a value, so that `0269…` may arrive as a number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias, TypeVar

from keytag._version import HOME, __version__
from keytag.base.units import UNITS
from keytag.base.words import ENGLISH, Words, term
from keytag.files.fields import NO, YES

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema: TypeAlias = dict[str, Any]


class Key(Protocol):
    """What a declaration tells of one key."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def choices(self) -> tuple[str, ...]: ...


K = TypeVar("K", bound=Key)


def text(pattern: str = "", *examples: str, kinds: tuple[str, ...] = ("string", "number", "null")) -> Schema:
    """A text, or what YAML takes for a number; `pattern` judges texts alone."""
    found: Schema = {"type": list(kinds)}
    if pattern:
        found["pattern"] = pattern
    if examples:
        found["examples"] = list(examples)
    return found


_UNIT = "|".join(UNITS)
LENGTH = text(rf"^\s*-?\d+(\.\d+)?\s*({_UNIT})\s*$", "3mm", "0.5in", kinds=("string", "null"))
SHARE = {**text(r"^\s*\d+(\.\d+)?\s*%?\s*$", "3%"), "minimum": 0}
DATE = text(r"^\s*\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\s*$", "2020-05-18", kinds=("string", "null"))
COUNT = {**text(r"^\s*[1-9]\d*\s*$", kinds=("string", "integer", "null")), "minimum": 1}
WHOLE = text(r"^\s*-?\d+\s*$", kinds=("string", "integer", "null"))
DECIMAL = text(r"^\s*-?\d+(\.\d+)?\s*$")
FLAG: Schema = {"enum": [True, False, None, *YES, *NO]}
TEXTS: Schema = {"type": ["array", "string", "number", "null"], "items": text()}


def choice(words: Iterable[str]) -> Schema:
    """One of some words."""
    return {"enum": [*words, None]}


def mapping(keys: Iterable[K], value: Callable[[K], Schema], required: Iterable[str] = ()) -> Schema:
    """A group of keys, of which no others are known."""
    found: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {**value(key), "description": key.about} for key in keys},
    }
    return {**found, "required": list(required)} if required else found


def sequence(items: Schema) -> Schema:
    """A list of values."""
    return {"type": ["array", "null"], "items": items}


def either(*schemas: Schema) -> Schema:
    """One of several forms."""
    return {"anyOf": list(schemas)}


def document(name: str, title: str, about: str, body: Mapping[str, Any]) -> Schema:
    """A whole schema; its `$id` is where this version's file can be fetched."""
    return {
        "$schema": DRAFT,
        "$id": f"{HOME}/raw/v{__version__}/keytag/data/{name}.schema.json",
        "title": title,
        "description": about,
        **body,
    }


def render(schema: Schema, words: Words = ENGLISH) -> str:
    """The schema as its shipped file has it; what an editor tells of it in a language."""
    if words is not ENGLISH:
        schema = {**_told(schema, words), "title": words.of(term(schema["title"]))}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def hints(schema: Schema) -> Iterator[str]:
    """Every text of a schema that an editor shows; some come twice."""
    yield schema["title"]
    yield from _hints(schema)


def _hints(part: Any) -> Iterator[str]:
    for name, value in part.items() if isinstance(part, dict) else ((None, value) for value in part):
        if name == "description" and isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from _hints(value)


def _told(part: Any, words: Words) -> Any:
    """A part of a schema with its descriptions in a language."""
    if isinstance(part, list):
        return [_told(each, words) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: words.of(term(value)) if name == "description" and isinstance(value, str) else _told(value, words)
        for name, value in part.items()
    }
