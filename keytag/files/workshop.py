"""A folder of keytag's own beside a place that it will fill, and the swap that puts the result there.

The folder is locked while its process lives and carries a marker that names it: only a folder with that marker, and
without a living owner, is ever swept away. The result and what it replaces stay inside it at all times, so that the
proof is never on its own and never missing.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKER = "KEYTAG.txt"
_NEW, _OLD = "new", "old"
_JOURNAL = "made.jsonl"
_LEFT = "left-"  # what killed runs had made, each a folder and its journal
_LONGEST = 180  # bytes of a name that still leaves room around it (255 is what file systems allow)
_RENAME_EXCHANGE = 2  # linux/fs.h
_AT_FDCWD = -100


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A marked and locked folder beside `target`, in which the result is made as `result(folder)`; gone afterwards."""
    place = target.parent / (_stem(target) + os.urandom(6).hex())
    lock: int | None = None
    try:
        place.mkdir(mode=0o700)
        lock = _lock(place)
        (place / MARKER).write_bytes(_marker(target, place))
        yield place
    finally:
        try:
            _remove(place, target)
        finally:
            if lock is not None:
                os.close(lock)


def result(place: Path) -> Path:
    """Where in the workshop `place` the result is made."""
    return place / _NEW


def journal(place: Path) -> Path:
    """Where the workshop `place` notes what it has made."""
    return place / _JOURNAL


def left(place: Path) -> list[tuple[Path, Path]]:
    """What the workshop `place` took over from killed runs: folders, each with its journal."""
    folders = sorted(path for path in place.iterdir() if path.name.startswith(_LEFT) and path.suffix != ".jsonl")
    return [(folder, folder.with_suffix(".jsonl")) for folder in folders]


def sweep(target: Path, heir: Path | None = None) -> None:
    """Remove what killed runs left beside `target`; put back an old folder that one had moved aside.

    The workshop `heir`, if there is one, gets what they had noted as made.
    """
    stem = _stem(target)
    with os.scandir(target.parent) as entries:
        dead = sorted(Path(e.path) for e in entries if e.name.startswith(stem) and e.is_dir(follow_symlinks=False))
    for workshop in dead:
        if workshop == heir or not _proven(workshop, target):
            continue
        try:
            lock = _lock(workshop)
        except OSError:  # a living run holds it
            continue
        if lock is None:  # no telling whether one does
            continue
        try:
            if heir is not None:
                _inherit(workshop, heir)
            _remove(workshop, target)
        finally:
            os.close(lock)


def _inherit(dead: Path, heir: Path) -> None:
    """Move what a killed run had noted as made, and what it had taken over itself, into the workshop `heir`."""
    for folder, notes in [(dead / _NEW, dead / _JOURNAL), *left(dead)]:
        with contextlib.suppress(OSError):  # what is not there, or cannot be moved, is made anew
            if stat.S_ISDIR(folder.lstat().st_mode) and stat.S_ISREG(notes.lstat().st_mode):
                name = f"{_LEFT}{len(left(heir))}"
                notes.rename(heir / f"{name}.jsonl")
                folder.rename(heir / name)


def swap(place: Path, target: Path) -> Path | None:
    """Put the workshop's result where `target` is; gives back where the old folder now stands, None for none.

    Exchanging is one step; where the system cannot, the old folder is moved aside first, and put back on any failure.
    """
    new, old = place / _NEW, place / _OLD
    if not target.exists():
        try:
            new.rename(target)
            return None
        except OSError as error:  # another run was faster
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    if exchange(new, target):
        return new
    try:
        target.rename(old)
        new.rename(target)
    except BaseException:
        _put_back(place, target)
        raise
    return old


def exchange(a: Path, b: Path) -> bool:
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


def sync(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Have the bytes on the disk before anything is renamed: a power cut after it finds them whole."""
    for path in files:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for path in folders:
        # Some systems open or sync no folders; the files in them are safe by themselves then.
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _stem(target: Path) -> str:
    """What the names of workshops for `target` begin with."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return f".{name}.keytag-"


def _marker(target: Path, place: Path) -> bytes:
    said = f"keytag makes {target.name} here, and removes this folder when it is done.\n"
    more = "If no keytag is running, it is what an interrupted run left behind: the next run takes it away.\n"
    return (said + more).encode("utf-8", "surrogateescape") + os.fsencode(place.name) + b"\n"


def _proven(left: Path, target: Path) -> bool:
    """Whether the marker inside says that this very folder is a workshop of keytag's for `target`."""
    try:
        marker = left / MARKER
        return stat.S_ISREG(marker.lstat().st_mode) and marker.read_bytes() == _marker(target, left)
    except OSError:
        return False


def _put_back(place: Path, target: Path) -> None:
    old = place / _OLD
    if old.exists() and not target.exists():
        old.rename(target)


def _remove(place: Path, target: Path) -> None:
    """Take a workshop away as far as the system lets us: its marker last, and never the only copy of a folder."""
    with contextlib.suppress(OSError):
        _put_back(place, target)
        taken = [path for path in place.iterdir() if path.name == _JOURNAL or path.name.startswith(_LEFT)]
        for path in [place / _NEW, place / _OLD, *taken]:
            if path.is_dir() and not path.is_symlink():
                _clear(path)
            else:
                path.unlink(missing_ok=True)
        left = {path.name for path in place.iterdir()}
        if left == {MARKER}:  # one statement: an interrupt in between would leave a folder that nothing proves
            os.unlink(place / MARKER) or os.rmdir(place)  # type: ignore[func-returns-value]  # noqa: PTH106, PTH108
        elif not left:
            place.rmdir()


def _clear(folder: Path) -> None:
    """Remove a tree in which folders may be closed even to their owner (never through links)."""
    folder.chmod(0o700)
    for root, folders, _ in os.walk(folder):
        for name in folders:
            path = Path(root, name)
            if not path.is_symlink():
                with contextlib.suppress(OSError):
                    path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _lock(folder: Path) -> int | None:
    """Hold `folder` as ours until the process ends, however it ends; None where the system has no such lock.

    An `OSError` where another process holds it.
    """
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        return None
    return descriptor
