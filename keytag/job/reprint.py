"""Reprints: which units' tags differ from those of an earlier job, and why, in words. Pure but for reading job.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from keytag.base.errors import InputError
from keytag.base.records import NamedTuple
from keytag.files.source import clipped
from keytag.job.manifest import FORMAT, Change, Word, printed
from keytag.render.fingerprint import fingerprint
from keytag.tag.artwork import Artwork

_WORDS = {
    "authority.name": "authority",
    "authority.duty": "authority's duty number",
    "unit.name": "name",
    "unit.duty": "duty number",
    "unit.chief": "chief's number",
    "edition": "edition",
    "emergency": "emergency number",
    "slogan": "slogan",
}


class Was(NamedTuple):
    """One unit of an earlier job: a hash of what its tag painted, and the words of both faces."""

    artwork: str
    words: Mapping[str, Sequence[Word]]


def read_units(path: Path, wanted: str = "impose") -> dict[str, Was]:
    """The units of an earlier job.json, by key; an `InputError` where it is none, or of a later keytag.

    `wanted` is the verb that wrote it: the proofs.json of `render` has them, too.
    """
    name = {"impose": "job.json", "render": "proofs.json"}[wanted]
    try:
        content = json.loads(path.read_bytes())
        number, kind = content.get("format", FORMAT), content.get("kind", "impose")
        if isinstance(number, int) and number > FORMAT:
            what = f"was written by a later keytag ({clipped(str(content.get('keytag', '')))}, format {number})"
            raise InputError.of(str(path), what, hint=f"install that version, or take a {name} of format {FORMAT}")
        if kind != wanted:
            what = f"is the list of keytag {clipped(str(kind))}, not of keytag {wanted}"
            where = "the factory's folder" if wanted == "impose" else "the folder of the proofs"
            raise InputError.of(str(path), what, hint=f"name the {name} in {where}")
        return units_of(content)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no {name} of keytag {wanted}") from error


def units_of(listing: Mapping[str, Sequence[Mapping[str, Sequence[Mapping[str, str]]]]]) -> dict[str, Was]:
    """The same of a listing that was read already."""
    found = {}
    for unit in listing["units"]:
        words = {side: [Word(w.get("field", ""), w["text"]) for w in unit.get(side, ())] for side in ("front", "back")}
        found[str(unit["key"])] = Was(str(unit.get("artwork", "")), words)
    return found


def changes(before: Mapping[str, Was], artworks: Sequence[Artwork]) -> tuple[Change, ...]:
    """The artworks that differ from those of the earlier job, in their order."""
    found = []
    printed_before = {was.artwork for was in before.values()}
    for artwork in artworks:
        if fingerprint(artwork) in printed_before:  # the same tag, whatever its unit's key was
            continue
        old = before.get(artwork.key)
        if old is None:
            found.append(Change(artwork.key, artwork.title, ("is new",)))
        else:
            found.append(Change(artwork.key, artwork.title, _reasons(old, artwork)))
    return tuple(found)


def _reasons(old: Was, artwork: Artwork) -> tuple[str, ...]:
    reasons = []
    for side in ("front", "back"):
        was = {_key(i, w): w for i, w in enumerate(old.words[side])}
        now = {_key(i, w): w for i, w in enumerate(printed(artwork, side))}
        for key, word in now.items():
            before = was.get(key)
            if before is None:
                reasons.append(f"{_name(word.field)}: {word.text} is new")
            elif before.text != word.text:
                reasons.append(f"{_name(word.field)}: {before.text} is now {word.text}")
        reasons += [f"{_name(w.field)}: {w.text} is gone" for key, w in was.items() if key not in now]
    return tuple(reasons) or ("its design changed",)


def _key(index: int, word: Word) -> str:
    """What a word is: its field; labels and fixed words, which may stand several times, by their place, too."""
    field = word.field
    return field if field.startswith(("unit.", "authority.")) or field in _WORDS else f"{field}#{index}"


def _name(field: str) -> str:
    if field.startswith("unit.deputies."):
        return f"deputy {field.rpartition('.')[2]}"
    if field.startswith("unit.others."):
        return f"further number {field.rpartition('.')[2]}"
    return _WORDS.get(field, "label" if field.startswith("label.") else field or "fixed words")
