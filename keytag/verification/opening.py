"""A strangers' folder opened with care: only plain names of regular files, and no more of them than was promised."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt
from keytag.base.system import reason
from keytag.base.words import say
from keytag.report.visible import visible

_NAME = re.compile(r"(?:view/)?[^/\\:\0-\x1f]{1,200}")
_MOST = 512 * 1024 * 1024  # bytes: ten times the largest sheet of the largest press
_FILES = 20_000


class MissingFileError(InputError):
    """A file that should be there is not."""


def read(folder: Path, name: str, most: int = _MOST) -> bytes:
    """A file of the folder; `MissingFileError` where there is none.

    An `InputError` for a name that leads elsewhere, a link, a device, a pipe, or more than `most` bytes.
    """
    place = folder / plain(name)
    where = visible(str(place))
    for part in [folder / "view"] if name.startswith("view/") else []:
        if part.is_symlink():
            raise InputError(say("{part}: is a link; a job folder holds its own files only", part=visible(str(part))))
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if place.is_symlink():
            raise InputError(say("{where}: is a link; a job folder holds its own files only", where=where))
        handle = os.open(place, flags)
    except FileNotFoundError as error:
        raise MissingFileError(say("{where}: is missing", where=where)) from error
    except (OSError, ValueError) as error:
        raise InputError(say("{where}: cannot be opened: {reason}", where=where, reason=reason(error))) from error
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise InputError(say("{where}: is no regular file", where=where))
    with os.fdopen(handle, "rb") as file:
        if about.st_size > most:
            raise InputError(
                say(
                    "{where}: has {st_size:,} bytes, more than the {most:,} that are read",
                    where=where,
                    st_size=about.st_size,
                    most=most,
                )
            )
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise InputError(say("{where}: cannot be read: {reason}", where=where, reason=reason(error))) from error
    if len(data) > most:
        raise InputError(say("{where}: grows while it is read", where=where))
    return data


def plain(name: str) -> str:
    """`name`, if it names a file in the folder itself (or in its `view/`); an `InputError` where it does not."""
    last = name.rpartition("/")[2]
    if _NAME.fullmatch(name) is None or last in (".", "..") or last != last.strip():
        raise InputError(
            say("job.json: {name!r} is no plain name of a file in the folder", name=visible(excerpt(name, 80)))
        )
    return name


def names_in(folder: Path) -> list[str]:
    """What lies in the folder and in its `view/`, by name, sorted; folders with a slash at their end."""
    found: list[str] = []
    for entry in _scanned(folder):
        if entry.name == "view" and entry.is_dir(follow_symlinks=False):
            found += [f"view/{inner.name}" for inner in _scanned(folder / "view")]
        else:
            found.append(entry.name + ("/" if entry.is_dir(follow_symlinks=False) else ""))
        if len(found) > _FILES:
            raise InputError(
                say("{folder}: holds more than {files:,} files", folder=visible(str(folder)), files=_FILES)
            )
    return sorted(found)


def _scanned(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            for i, entry in enumerate(entries):
                if i > _FILES:
                    raise InputError(
                        say("{folder}: holds more than {files:,} files", folder=visible(str(folder)), files=_FILES)
                    )
                yield entry
    except OSError as error:
        raise InputError(
            say("{folder}: cannot be read: {reason}", folder=visible(str(folder)), reason=reason(error))
        ) from error
