"""Lists that an earlier run wrote, job.json or proofs.json: which file is meant, read once, and the units in it.

Of several products each has a list of its own: a folder then means the one of its folder in there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from keytag.base.errors import InputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files import seal
from keytag.files.source import clipped
from keytag.job.manifest import FORMAT, Content, Word
from keytag.job.setup import Setup
from keytag.roster.products import folder_of

NAMES = {"impose": "job.json", "render": "proofs.json"}  # by the verb that wrote them
Units = dict[str, "Was"]


class Was(NamedTuple):
    """One unit of an earlier job: a hash of what its tag painted, and the words of both faces."""

    artwork: str
    words: Mapping[str, Sequence[Word]]


def read_units(path: Path, wanted: str = "impose") -> Units:
    """The units of an earlier list, by key; an `InputError` where it is none, or of a later keytag.

    `wanted` is the verb that wrote it. Proofs are signed, so theirs must be as keytag wrote it, to the byte.
    """
    return _read(path, wanted)[1]


def _read(path: Path, wanted: str) -> tuple[Content, Units]:
    name = NAMES[wanted]
    try:
        data = path.read_bytes()
        content = json.loads(data)
        number, kind = content.get("format", FORMAT), content.get("kind", "impose")
        if isinstance(number, int) and number > FORMAT:
            what = say(
                "was written by a later keytag ({get}, format {number})",
                get=clipped(str(content.get("keytag", ""))),
                number=number,
            )
            raise InputError.of(
                str(path),
                what,
                hint=say("install that version, or take a {name} of format {format}", name=name, format=FORMAT),
            )
        if kind != wanted:
            what = say("is the list of keytag {kind}, not of keytag {wanted}", kind=clipped(str(kind)), wanted=wanted)
            where = say("the factory's folder") if wanted == "impose" else say("the folder of the proofs")
            raise InputError.of(str(path), what, hint=say("name the {name} in {where}", name=name, where=where))
        units = units_of(content)
    except OSError as error:
        raise InputError(say("{path}: cannot be read: {reason}", path=path, reason=reason(error))) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(say("{path}: is no {name} of keytag {wanted}", path=path, name=name, wanted=wanted)) from error
    if wanted == "render" and not seal.holds(data):
        raise InputError(
            say("{path}: is not as keytag wrote it", path=path), hint=say("make the proofs anew, and have them signed")
        )
    return content, units


def units_of(listing: Mapping[str, Sequence[Mapping[str, Sequence[Mapping[str, str]]]]]) -> Units:
    """The same of a listing that was read already."""
    found = {}
    for unit in listing["units"]:
        words = {side: [Word(w.get("field", ""), w["text"]) for w in unit.get(side, ())] for side in ("front", "back")}
        found[str(unit["key"])] = Was(str(unit.get("artwork", "")), words)
    return found


def units_before(path: Path, setups: Sequence[Setup], wanted: str) -> tuple[Units, ...]:
    """For each setup the units of its earlier list; none of a product that was not made then.

    `path` is a list, or the folder that it is in: of several products the folder of them all. `InputError` where there
    is none, `UsageError` where a list is another product's.
    """
    if path.is_dir():
        found = [_in_folder(path, setup, wanted) for setup in setups]
        if all(units is None for units in found):
            name = NAMES[wanted]
            raise InputError(
                say("{path}: has no {name} of this job", path=path, name=name),
                hint=say("name the {name}, or the folder that it is in", name=name),
            )
        return tuple(units or {} for units in found)
    content, units = _read(path, wanted)
    for setup in setups:
        if _foreign(content, setup):
            said = say(
                "{path}: is not of {folder}",
                path=path,
                folder=folder_of(setup.product) if setup.product else setup.template.name,
            )
            raise UsageError(
                said, hint=say("name the folder of all products, or choose the one product with --product")
            )
    return (units,) * len(setups)


def _in_folder(folder: Path, setup: Setup, wanted: str) -> Units | None:
    """The units of this setup's list in a folder, its product's own before that of a job of one piece."""
    name = NAMES[wanted]
    places = [folder / name] if setup.product is None else [folder / folder_of(setup.product) / name, folder / name]
    for place in places:
        if place.exists():
            content, units = _read(place, wanted)
            if not _foreign(content, setup):
                return units
    return None


def _foreign(content: Content, setup: Setup) -> bool:
    """Whether the list is of another product; one of a job of one piece is its template's."""
    if setup.product is None:
        return False
    if "product" in content:
        return bool(content["product"] != folder_of(setup.product))
    return bool(content.get("template", setup.template.name) != setup.template.name)
