"""Finding templates and schemes: a shipped one by its name, or a person's own by its path beside the roster."""

from __future__ import annotations

import re
from pathlib import Path

from keytag.base.errors import InputError, UsageError
from keytag.base.system import reason
from keytag.base.words import joined, say
from keytag.files.fields import nearest
from keytag.files.folders import is_yaml

TAGS, SCHEMES, PRODUCTS, TEXTS = "tags", "schemes", "products", "texts"
_NOUN = {TAGS: say("tag template"), SCHEMES: say("imposition scheme")}
_WORD = {TAGS: say("template"), SCHEMES: say("scheme")}


def folder(kind: str) -> Path:
    """The folder of what comes with keytag: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "templates" / kind
    return inside if inside.is_dir() else package.parent / "templates" / kind


def names(kind: str) -> tuple[str, ...]:
    """The shipped ones."""
    return tuple(sorted(path.stem for path in folder(kind).glob("*.yaml")))


def locate(kind: str, name: str, beside: Path) -> Path:
    """The file of a template or scheme: a path (from the folder `beside`) if it ends in .yaml or .yml, else shipped.

    Raises `InputError`, naming the nearest, where there is no such shipped one.
    """
    if is_yaml(name):
        return beside / name
    known = names(kind)
    if name in known:
        return folder(kind) / f"{name}.yaml"
    if kind == TAGS:
        others = names(PRODUCTS)
        if name in others:
            return folder(PRODUCTS) / f"{name}.yaml"
        known = (*known, *others)
    own = f"{name}.yaml" if re.fullmatch(r"[\w.-]{1,60}", name) and (beside / f"{name}.yaml").is_file() else ""
    guess = own or nearest(name, known) or next((k for k in known if len(name) > 2 and k.startswith(name)), "")
    hint = (
        say("did you mean {guess}?", guess=guess)
        if guess
        else say("shipped: {known}; or give a path ending in .yaml", known=joined(", ", known))
    )
    raise InputError(say("there is no {noun} {name!r}", noun=_NOUN[kind], name=name), hint=hint)


def own_name(kind: str, name: str) -> str:
    """The name, without an ending, for a person's own; a `UsageError` where it is none, or a shipped one's."""
    name = name.removesuffix(".yaml")
    if not re.fullmatch("[A-Za-z0-9][A-Za-z0-9._-]{0,60}", name, re.ASCII) or name in names(kind):
        what = say("{name!r} cannot be a {word}'s name", name=name, word=_WORD[kind])
        raise UsageError(what, hint=say("use letters, digits, - and _, and a name of its own"))
    return name


def begin(folder: Path, name: str, text: str) -> Path:
    """Write `name`.yaml with this text under its new name; a `UsageError` where the file is there."""
    path = folder / f"{name}.yaml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(re.sub("^name:.*$", f"name: {name}", text, count=1, flags=re.MULTILINE))
    except FileExistsError as error:
        raise UsageError(
            say("{path} is already there", path=path), hint=say("choose another name, or move that file away")
        ) from error
    except OSError as error:
        raise UsageError(say("{path} cannot be written: {reason}", path=path, reason=reason(error))) from error
    return path
