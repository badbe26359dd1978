"""Finding templates and schemes: a shipped one by its name, or a person's own by its path beside the roster."""

from __future__ import annotations

from pathlib import Path

from keytag.base.errors import InputError
from keytag.files.fields import nearest
from keytag.files.folders import is_yaml

TAGS, SCHEMES, PRODUCTS, TEXTS = "tags", "schemes", "products", "texts"
_NOUN = {TAGS: "tag template", SCHEMES: "imposition scheme"}


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
        others = sorted(path.stem for path in folder(PRODUCTS).glob("*.yaml"))
        if name in others:
            return folder(PRODUCTS) / f"{name}.yaml"
        known = (*known, *others)
    guess = nearest(name, known)
    hint = f"did you mean {guess}?" if guess else f"shipped: {', '.join(known)}; or give a path ending in .yaml"
    raise InputError(f"there is no {_NOUN[kind]} {name!r}", hint=hint)
