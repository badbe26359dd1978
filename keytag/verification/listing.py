"""job.json read with care: every value that is used has its type and its size, or an `InputError` names it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.system import reason
from keytag.base.words import joined, say
from keytag.files import seal
from keytag.report.visible import visible
from keytag.verification import opening

MANIFEST = "job.json"
FILMS = "films.json"
IMPOSED, SPOILED = VERIFIED = ("impose", "reprint")  # kinds of jobs
_BYTES = 64 * 1024 * 1024
_MOST = 1_000_000_000  # of anything that is counted
_DEEPEST = 20


class Entry(NamedTuple):
    """One file as it is listed."""

    name: str
    what: str
    size: int
    sha256: str


class Plate(NamedTuple):
    """One plate set as it is listed; slots are (unit key, tags on each sheet)."""

    number: int
    file: str
    run: int
    stations: int
    slots: tuple[tuple[str, int], ...]


class Listing(NamedTuple):
    """What job.json says. `raw` is all of it; `keys` are its units in order, `since` those of a reprint or None."""

    path: Path
    raw: dict[str, Any]
    standard: Standard
    files: tuple[Entry, ...]
    plates: tuple[Plate, ...]
    keys: tuple[str, ...]
    since: tuple[str, ...] | None
    sealed: bool  # whether it is as it was written

    def entry(self, name: str) -> Entry | None:
        return next((entry for entry in self.files if entry.name == name), None)


def read_listing(folder: Path, kinds: Sequence[str] = (IMPOSED,)) -> Listing:
    """The folder's job.json; an `InputError` where it is none, or holds something of another type than it should."""
    reader, top, sealed = _read(folder, MANIFEST, ("kind", "standard", "files", "plates", "units"))
    if reader.text(top["kind"], "kind") not in kinds:
        reader.fail(say("is of another kind of job; keytag verify reads what keytag impose made"))
    standard = next((s for s in Standard if s.title == reader.text(top["standard"], "standard")), None)
    if standard is None:
        titles = joined(say(" or "), (s.title for s in Standard))
        reader.fail(
            say("standard is {top!r}, not {titles}", top=excerpt(visible(str(top["standard"])), 60), titles=titles)
        )
    return Listing(
        reader.path,
        top,
        standard,
        tuple(reader.files(top["files"])),
        tuple(reader.plates(top["plates"])),
        tuple(reader.units(top["units"])),
        tuple(reader.changes(top["since"])) if "since" in top else None,
        sealed,
    )


def read_films(folder: Path) -> Listing:
    """The folder's films.json, which tells of no units; an `InputError` as of `read_listing`."""
    reader, top, sealed = _read(folder, FILMS, ("kind", "files", "plates", "films"))
    if reader.text(top["kind"], "kind") != "films":
        reader.fail(say("is of another kind of job; keytag verify reads what keytag films made"))
    for row, place in reader.rows(top["films"], "films"):
        reader.text(reader.of(row, "plate", place), f"{place}.plate")
    files, plates = tuple(reader.files(top["files"])), tuple(reader.plates(top["plates"]))
    return Listing(reader.path, top, Standard.X4, files, plates, (), None, sealed)


def _read(folder: Path, name: str, needed: Sequence[str]) -> tuple[_Reader, dict[str, Any], bool]:
    """A listing's values, whether its seal holds, and what takes them apart."""
    path = folder / name
    try:
        data = opening.read(folder, name, _BYTES)
    except opening.MissingFileError as error:
        raise InputError(
            say("{folder}: is no job folder: there is no {manifest} in it", folder=visible(str(folder)), manifest=name),
            hint=say("name the folder that keytag impose made"),
        ) from error
    try:
        raw = json.loads(data.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        what = say("is nested too deep") if isinstance(error, RecursionError) else reason(error)
        raise InputError(say("{path}: is not JSON: {what}", path=visible(str(path)), what=what)) from error
    reader = _Reader(path)
    reader.plain(raw, name)
    top = reader.table(raw, "")
    if missing := [key for key in needed if key not in top]:
        reader.fail(say("has no {missing!r}; it was not made by keytag impose", missing=missing[0]))
    return reader, top, seal.holds(data)


def kind_of(value: object) -> str:
    """The JSON type of a value; whole numbers and others are one type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return say("true or false")
    kinds = {
        int: say("a number"),
        float: say("a number"),
        str: say("text"),
        list: say("a list"),
        dict: say("an object"),
    }
    return next((word for kind, word in kinds.items() if isinstance(value, kind)), type(value).__name__)


def _no_number(word: str) -> NoReturn:
    raise ValueError(say("{word} is no number", word=word))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no key stands twice: of two values programs take now this, now that."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
        raise ValueError(say("an object in it says {key!r} twice", key=excerpt(visible(twice), 60)))
    return found


class _Reader:
    """Takes values out of decoded JSON, each with its place for messages."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, message: str) -> NoReturn:
        raise InputError(say("{path}: {message}", path=visible(str(self.path)), message=message))

    def plain(self, value: Any, place: str, depth: int = 0) -> None:
        """No value anywhere that no file of keytag has: absurdly deep or large, or a text that is no Unicode."""
        if depth > _DEEPEST:
            self.fail(say("is nested too deep"))
        if isinstance(value, dict):
            for key, inner in value.items():
                self.plain(key, place, depth + 1)
                self.plain(inner, f"{place}: {excerpt(visible(key))}", depth + 1)
        elif isinstance(value, list):
            for inner in value:
                self.plain(inner, place, depth + 1)
        elif isinstance(value, str):
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:
                self.fail(say("{place}: holds half a character", place=place))
        elif isinstance(value, int | float) and not (math.isfinite(value) and abs(value) < 1e15):
            self.fail(say("{place}: holds a number that cannot be", place=place))

    def table(self, value: Any, place: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fail(say("{place} is {kind_of}, not an object", place=place or say("it"), kind_of=kind_of(value)))
        return value

    def rows(self, value: Any, place: str) -> Iterator[tuple[dict[str, Any], str]]:
        if not isinstance(value, list):
            self.fail(say("{place} is {kind_of}, not a list", place=place, kind_of=kind_of(value)))
        for i, row in enumerate(value):
            yield self.table(row, f"{place}[{i}]"), f"{place}[{i}]"

    def text(self, value: Any, place: str) -> str:
        if not isinstance(value, str):
            self.fail(say("{place} is {kind_of}, not text", place=place, kind_of=kind_of(value)))
        return value

    def count(self, value: Any, place: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
            self.fail(say("{place} is {value!r}, not a count", place=place, value=excerpt(visible(str(value)))))
        return value

    def of(self, row: dict[str, Any], key: str, place: str) -> Any:
        if key not in row:
            self.fail(say("{place} has no {key!r}", place=place, key=key))
        return row[key]

    def files(self, value: Any) -> Iterator[Entry]:
        seen: set[str] = set()
        for row, place in self.rows(value, "files"):
            name = opening.plain(self.text(self.of(row, "name", place), f"{place}.name"))
            if name in seen:
                self.fail(say("{place}: {name} is listed twice", place=place, name=visible(name)))
            seen.add(name)
            yield Entry(
                name,
                self.text(self.of(row, "what", place), f"{place}.what"),
                self.count(self.of(row, "bytes", place), f"{place}.bytes"),
                self.text(self.of(row, "sha256", place), f"{place}.sha256"),
            )

    def plates(self, value: Any) -> Iterator[Plate]:
        for row, place in self.rows(value, "plates"):
            slots = tuple(
                (
                    self.text(self.of(slot, "key", at), f"{at}.key"),
                    self.count(self.of(slot, "tags", at), f"{at}.tags"),
                )
                for slot, at in self.rows(self.of(row, "slots", place), f"{place}.slots")
            )
            yield Plate(
                self.count(self.of(row, "number", place), f"{place}.number"),
                opening.plain(self.text(self.of(row, "file", place), f"{place}.file")),
                self.count(self.of(row, "run", place), f"{place}.run"),
                self.count(self.of(row, "stations", place), f"{place}.stations"),
                slots,
            )

    def units(self, value: Any) -> Iterator[str]:
        for row, place in self.rows(value, "units"):
            yield self.text(self.of(row, "key", place), f"{place}.key")

    def changes(self, value: Any) -> Iterator[str]:
        for row, place in self.rows(value, "since"):
            yield self.text(self.of(row, "key", place), f"{place}.key")
