"""A listing value by value, its files against the folder, and the folder against its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from keytag.base.errors import InputError
from keytag.base.words import say
from keytag.report.visible import visible
from keytag.verification import opening
from keytag.verification.listing import FILMS, MANIFEST, Listing, kind_of
from keytag.verification.model import Failure

_FREE = {"keytag", "seal", "files"}  # said by themselves or checked elsewhere
_OWN = (MANIFEST, FILMS, "verification.pdf")
_CLOSE = 1e-6


def check_manifest(listing: Listing, content: Mapping[str, Any]) -> tuple[int, list[Failure]]:
    """Every value of job.json; an `InputError` where one is of another type than it must be."""
    failures: list[Failure] = []
    compared = 0
    for place, want, have in _differences("", dict(content), listing.raw, top=True):
        if want is ... or have is ...:
            what = say("is missing") if have is ... else say("does not belong there")
            failures.append(Failure(say("{manifest}, {place}", manifest=listing.path.name, place=place), what))
            continue
        if kind_of(want) != kind_of(have):
            raise InputError(
                say(
                    "{path}: {place} is {kind_of}, not {kind_of2}",
                    path=visible(str(listing.path)),
                    place=place,
                    kind_of=kind_of(have),
                    kind_of2=kind_of(want),
                )
            )
        failures.append(
            Failure(
                say("{manifest}, {place}", manifest=listing.path.name, place=place),
                say("says {said}, {said2} is expected", said=_said(have), said2=_said(want)),
            )
        )
    compared += _values(content)
    return compared, failures


def _differences(place: str, want: Any, have: Any, *, top: bool = False) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(want, dict) and isinstance(have, dict):
        for key in [*want, *(k for k in have if k not in want)]:
            if top and key in _FREE:
                continue
            inner = f"{place}.{key}" if place else str(key)
            if key in want and key in have:
                yield from _differences(inner, want[key], have[key])
            else:
                yield visible(inner), want.get(key, ...), have.get(key, ...)
    elif isinstance(want, list) and isinstance(have, list):
        for i in range(max(len(want), len(have))):
            if i < len(want) and i < len(have):
                yield from _differences(f"{place}[{i}]", want[i], have[i])
            else:
                yield f"{place}[{i}]", want[i] if i < len(want) else ..., have[i] if i < len(have) else ...
    elif not _equal(want, have):
        yield visible(place), want, have


def _equal(want: Any, have: Any) -> bool:
    if kind_of(want) != kind_of(have):
        return False
    if isinstance(want, float | int) and not isinstance(want, bool):
        return bool(abs(want - have) <= _CLOSE * max(1.0, abs(want)))
    return bool(want == have)


def _values(content: Any) -> int:
    if isinstance(content, Mapping):
        return sum(_values(v) for v in content.values())
    return sum(_values(v) for v in content) if isinstance(content, list) else 1


def _said(value: Any) -> str:
    text = visible(str(value))
    return repr(text if len(text) < 60 else text[:57] + "…")


def read_files(folder: Path, listing: Listing) -> tuple[dict[str, bytes], list[Failure]]:
    """The bytes of every listed file, and what is wrong with them; nothing is read that is larger than it should be."""
    found: dict[str, bytes] = {}
    failures: list[Failure] = []
    for entry in listing.files:
        try:
            data = opening.read(folder, entry.name)
        except opening.MissingFileError:
            failures.append(Failure(entry.name, say("is missing")))
            continue
        found[entry.name] = data
        if len(data) != entry.size:
            failures.append(
                Failure(
                    entry.name,
                    say(
                        "has {data:,} bytes, {manifest} says {size:,}",
                        data=len(data),
                        manifest=listing.path.name,
                        size=entry.size,
                    ),
                )
            )
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            failures.append(
                Failure(
                    entry.name,
                    say("is not the file that {manifest} lists: its SHA-256 differs", manifest=listing.path.name),
                )
            )
    return found, failures


def check_names(
    folder: Path, listing: Listing, wanted: Mapping[str, str], reserved: Callable[[str], bool]
) -> tuple[list[Failure], tuple[str, ...]]:
    """What is listed and does not belong, what belongs and is not listed, what lies there and is neither.

    `wanted` is what each file of the job must be called in the listing, by name. A stranger's file is a note, one with
    a name that keytag gives is a fault: a stale plate is printed like any other.
    """
    failures = []
    listed, where = {entry.name: entry for entry in listing.files}, listing.path.name
    for name, what in wanted.items():
        if name not in listed:
            failures.append(Failure(where, say("does not list {name}, which belongs to the job", name=name)))
        elif listed[name].what != what:
            said = _said(listed[name].what)
            failures.append(
                Failure(where, say("calls {name} {said}, it is the {what}", name=name, said=said, what=what))
            )
    for name in listed:
        if name not in wanted and name not in _OWN:
            failures.append(Failure(where, say("lists {name}, which does not belong to the job", name=visible(name))))
    notes = []
    for name in opening.names_in(folder):
        if name in listed or name in _OWN:
            continue
        if reserved(name):
            failures.append(Failure(visible(name), say("lies in the folder and is no file of this job")))
        else:
            notes.append(say("{name} is not keytag's and was not looked at", name=visible(name)))
    return failures, tuple(notes)
