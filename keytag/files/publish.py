"""A folder of results appears whole or not at all: it is filled beside its final place and swapped in by one rename.

After a kill, a full disk or a second run at the same time there is the old folder or the new one, never a mix, and the
next run needs no hand: what a killed run left behind is swept away (its lock is gone with its process). Files that a
person put into the folder are carried over. What is in the files is the caller's business.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from keytag.base.errors import OutputError, UsageError

_PREFIX = ".{}.keytag-"
_RENAME_EXCHANGE = 2  # linux/fs.h
_AT_FDCWD = -100


class Staging:
    """A folder being filled; `manifest` names the JSON file that lists what keytag made."""

    def __init__(self, path: Path, target: Path, manifest: str) -> None:
        self.path = path
        self.target = target
        self.manifest = manifest

    def write(self, name: str, data: bytes) -> Path:
        """Write `data` as `name` (a relative path with forward slashes) and give back where it now stands."""
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return place


@contextlib.contextmanager
def staging(target: Path, manifest: str, *, keep: bool = False, beside: tuple[str, ...] = ()) -> Iterator[Staging]:
    """Fill a folder, and have it under its final name when the block ends well; nothing changes when it does not.

    `keep` carries over the files that the last run made, too (a partial run); `beside` are names of keytag's own that
    no manifest lists (a page about the whole folder), which are never carried over. Raises `UsageError` where `target`
    is a folder that keytag did not make, `OutputError` where the file system refuses.
    """
    target = Path.cwd() / target
    try:
        _check_target(target, manifest)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        place, lock = _own_folder(target)
    except OSError as error:
        raise _refused(target, error) from error
    try:
        place.chmod(0o755)
        yield Staging(place, target, manifest)
        _carry_over(target, place, manifest, keep, beside)
        _swap(place, target)
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _own_folder(target: Path) -> tuple[Path, int | None]:
    """A new folder beside `target`, and the lock that says it is in use."""
    for _ in range(20):
        place = Path(tempfile.mkdtemp(prefix=_PREFIX.format(target.name), dir=target.parent))
        try:
            lock = _lock(place)
        except OSError:  # another run's sweep was faster than our lock, and takes the folder away
            continue
        if place.is_dir():
            return place, lock
    raise OSError(errno.EBUSY, "another run keeps sweeping the folder", str(target))


def _refused(target: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    hint = {
        errno.ENOSPC: "free some space, or choose a folder on another disk with -o",
        errno.EACCES: "choose a folder that you may write to with -o",
        errno.EROFS: "choose a folder that you may write to with -o",
    }.get(error.errno or 0, "")
    return OutputError(f"{target}: cannot be written: {reason}; nothing was changed", hint=hint)


def _made(folder: Path, manifest: str) -> set[str] | None:
    """The names of the files that keytag wrote into `folder`; None where it is not a folder of keytag's."""
    try:
        listing = json.loads((folder / manifest).read_bytes())
        names = {str(entry["name"]) for entry in listing["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return names | {manifest}


def _check_target(target: Path, manifest: str) -> None:
    if target == target.parent:
        raise UsageError(f"{target}: the root of a disk cannot be an output folder; choose another with -o")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target}: is not a folder; choose another with -o")
    if target.is_dir() and any(target.iterdir()) and _made(target, manifest) is None:
        raise UsageError(
            f"{target}: holds files that keytag did not make ({manifest} is missing)",
            hint="choose an empty or a new folder with -o; nothing was changed",
        )


def _carry_over(target: Path, place: Path, manifest: str, keep: bool, beside: tuple[str, ...]) -> None:
    """Link or copy a person's own files (and, for a partial run, the last run's) into the new folder."""
    made = _made(target, manifest) if target.is_dir() else None
    for source in sorted(target.rglob("*")) if made is not None else ():
        name = source.relative_to(target).as_posix()
        if source.is_dir() and not source.is_symlink():
            continue
        into = place / name
        ours = made is not None and name in made and not keep
        if ours or into.exists() or name == manifest or name in beside:
            continue
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, into, follow_symlinks=False)


def _swap(place: Path, target: Path) -> None:
    """Put `place` where `target` is. Exchanging is atomic; where the system cannot, the old folder is moved aside."""
    if not target.exists():
        try:
            place.rename(target)
            return
        except OSError as error:  # another run was faster
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    if _exchange(place, target):
        return
    aside = place.with_name(place.name + ".old")
    target.rename(aside)
    try:
        place.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders in one step (renameat2 of Linux); False where this system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(b))


def _lock(folder: Path) -> int | None:
    """Hold `folder` as ours until the process ends, however it ends; None where the system has no such lock."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _sweep(target: Path) -> None:
    """Remove what killed runs left beside `target`; put back an old folder that one had moved aside."""
    for left in sorted(target.parent.glob(_PREFIX.format(target.name) + "*")):
        if left.name.endswith(".old") and not target.exists():
            left.rename(target)
            continue
        try:
            lock = _lock(left)
        except OSError:  # a living run holds it
            continue
        if lock is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)


def write_file(path: Path, data: bytes) -> None:
    """One file, whole or not at all: written beside its place and renamed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_PREFIX.format(path.name), dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refused(path, error) from error
