"""The zip beside a job folder held against the folder: the same files with the same bytes, and no other."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from keytag.base.errors import InputError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.report.visible import visible
from keytag.verification import opening
from keytag.verification.model import Failure

_PIECE = 1 << 20
_MOST = 20_000  # entries
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def check_parcel(path: Path, mark: bytes, wanted: Mapping[str, tuple[int, str]]) -> tuple[int, list[Failure]] | None:
    """How many entries were compared, and what is wrong; None for a zip without keytag's `mark`.

    `wanted` is what must be in it: each file's size and SHA-256 by its name. An `InputError` where it is no regular
    file or no zip.
    """
    if path.is_symlink() or not path.is_file():
        raise InputError(say("{where}: is no regular file", where=visible(str(path))))
    try:
        with zipfile.ZipFile(path) as zipped:
            if zipped.comment != mark:
                return None
            entries = zipped.infolist()
            if len(entries) > _MOST:
                raise InputError(say("{path}: holds more than {files:,} files", path=visible(str(path)), files=_MOST))
            return len(wanted), list(_wrong(path.name, zipped, entries, wanted))
    except _BROKEN as error:
        raise InputError(
            say("{where}: cannot be read: {reason}", where=visible(str(path)), reason=reason(error))
        ) from error


def _wrong(
    parcel: str, zipped: zipfile.ZipFile, entries: list[zipfile.ZipInfo], wanted: Mapping[str, tuple[int, str]]
) -> Iterator[Failure]:
    seen: set[str] = set()
    folders = {entry.filename.partition("/")[0] for entry in entries}
    if len(folders) > 1:
        yield Failure(parcel, say("does not hold one folder alone"))
    for entry in entries:
        name = entry.filename.partition("/")[2]
        if name in seen:
            yield Failure(parcel, say("holds {name} twice", name=visible(name)))
        elif name not in wanted:
            yield Failure(parcel, say("holds {name}, which is no file of the folder", name=visible(entry.filename)))
        else:
            opening.plain(name)
            size, sha256 = wanted[name]
            if entry.file_size != size or _hash(zipped, entry) != sha256:
                yield Failure(parcel, say("holds another {name} than the folder", name=visible(name)))
        seen.add(name)
    for name in wanted:
        if name not in seen:
            yield Failure(parcel, say("does not hold {name}", name=visible(name)))


def _hash(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """The SHA-256 of an entry, of which no more is read than it says it has."""
    told, left = hashlib.sha256(), entry.file_size
    with zipped.open(entry) as file:
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            told.update(piece)
            left -= len(piece)
    return told.hexdigest()
