"""Whose file is it: what keytag wrote into a folder and is still so, and what a person put or changed there.

A folder's manifest lists what keytag wrote, each with its SHA-256, and is sealed itself. Everything else is a person's
and is kept; a name of keytag's with other bytes is for the person to decide about.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from keytag.base.errors import OutputError, UsageError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files import seal

_NAMED = 5  # files that a message names
_HINT = say("move it away, or choose another folder with -o; nothing was changed")


def written(folder: Path, manifest: str) -> dict[str, str] | None:
    """The names that keytag wrote into `folder` with their SHA-256, the manifest's own among them.

    None where there is no manifest. A `UsageError` where there is one that keytag did not write as it stands.
    """
    path = folder / manifest
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UsageError(say("{path}: is not the file that keytag wrote", path=path), hint=_HINT)
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        listed = {str(e["name"]): str(e["sha256"]) for e in json.loads(data, object_hook=_of_files)["files"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        listed = None
    if listed is None or not seal.holds(data):
        raise UsageError(
            say("{path}: is not the file that keytag wrote: somebody changed or replaced it", path=path), hint=_HINT
        )
    return {**listed, manifest: seal.digest(data)}


def _of_files(found: dict[str, object]) -> dict[str, object] | None:
    """An object of a manifest where it is, or holds, what was written; the rest of a nation's is never kept whole."""
    return found if "sha256" in found or "files" in found else None


def changed(folder: Path, names: Mapping[str, str]) -> list[str]:
    """Those of `names` that are there with other bytes than their SHA-256 says, or are no files any more."""
    return [name for name, digest in sorted(names.items()) if not _as_written(folder / name, digest)]


def _as_written(path: Path, digest: str) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode) and seal.digest(path.read_bytes()) == digest
    except (FileNotFoundError, NotADirectoryError):
        return True  # a person took it away


def refuse(folder: Path, names: Collection[str], why: str) -> None:
    """Raise a `UsageError` that lists `names`, unless there are none."""
    if names:
        more = say(" and {names} more", names=len(names) - _NAMED) if len(names) > _NAMED else ""
        shown = ", ".join(sorted(names)[:_NAMED])
        them = _HINT if len(names) == 1 else _HINT.replace("it", "them", 1)
        raise UsageError(
            say("{folder}: {shown}{more}: {why}", folder=folder, shown=shown, more=more, why=why), hint=them
        )


def in_the_way(folder: Path, name: str, ours: Collection[str]) -> bool:
    """Whether something that keytag did not write stands in `folder` where `name` is to go, or above it."""
    parts = name.split("/")
    above = ["/".join(parts[:i]) for i in range(1, len(parts))]
    blocked = any(os.path.lexists(folder / up) and not _is_folder(folder / up) for up in above)
    return blocked or (name not in ours and os.path.lexists(folder / name))


def carry_over(source: Path, place: Path, ours: Collection[str]) -> None:
    """Have everything in `source` but `ours` in `place`, too: files as the same files, folders also where empty.

    What is there already stays. An `OutputError` where something of a person's cannot be read or kept.
    """
    above = {"/".join(name.split("/")[:i]) for name in ours for i in range(1, name.count("/") + 1)}
    for path, name in _walk(source):
        into = place / name
        if _is_folder(path):
            if name not in above or _has_folder_of_its_own(path, name, above):
                into.mkdir(parents=True, exist_ok=True)
        elif name not in ours and not os.path.lexists(into):
            into.parent.mkdir(parents=True, exist_ok=True)
            _same_file(path, into)
    for path, name in reversed(list(_walk(source))):
        if name not in above and _is_folder(path) and _is_folder(place / name):
            shutil.copystat(path, place / name)


def _has_folder_of_its_own(path: Path, name: str, above: Collection[str]) -> bool:
    """Whether a folder of keytag's holds an empty one of a person's."""
    return any(_is_folder(inner) and f"{name}/{inner.name}" not in above for inner in path.iterdir())


def _walk(folder: Path, prefix: str = "") -> Iterator[tuple[Path, str]]:
    """Everything in `folder`, each folder before what is in it, links not followed; with its name from the top."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise OutputError(
            say(
                "{folder}: cannot be read, so that it cannot be kept: {reason}; nothing was changed",
                folder=folder,
                reason=reason(error),
            ),
            hint=say("give yourself the right to read it, or choose another folder with -o"),
        ) from error
    for entry in found:
        name = f"{prefix}{entry.name}"
        yield Path(entry.path), name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{name}/")


def folders_in(folder: Path) -> Iterable[Path]:
    """`folder` and all folders in it."""
    return [folder, *(path for path, _ in _walk(folder) if _is_folder(path))]


def _same_file(path: Path, into: Path) -> None:
    """The same file under a second name; a copy where the system has no such thing."""
    try:
        os.link(path, into, follow_symlinks=False)
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EACCES):
            raise
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
        raise OutputError(
            say("{path}: is no file that can be kept; nothing was changed", path=path), hint=say("move it away")
        )
    try:
        shutil.copy2(path, into, follow_symlinks=False)
    except OSError as error:
        raise OutputError(
            say("{path}: cannot be kept: {reason}; nothing was changed", path=path, reason=reason(error)),
            hint=say("move it away"),
        ) from error


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
