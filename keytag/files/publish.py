"""A folder of results appears whole or not at all: it is filled beside its final place and swapped in by one rename.

After a kill, a full disk or a second run at the same time there is the old folder or the new one, never a mix, and the
next run needs no hand. A person's own files in the folder are kept; a name that keytag would write, with bytes that it
did not write, stops it before anything changes. What is in the files is the caller's business.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from keytag.base.callbacks import NothingLost
from keytag.base.errors import OutputError, UsageError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files import keeping, leftovers, seal, workshop

_NOT_OURS = say("keytag would write over it and did not write it as it stands")


class Staging:
    """A folder being filled: `path` is where, `target` what it will be; `names` are what was written so far.

    `taken` are those that a killed run had made, `journal` knows of them.
    """

    def __init__(
        self, path: Path, target: Path, ours: Callable[[], dict[str, str]], journal: leftovers.Journal
    ) -> None:
        self.journal, self.taken = journal, list[str]()
        self.path = path
        self.target = target
        self.names: list[str] = []
        self._look = ours
        self.ours = ours()

    def write(self, name: str, data: bytes | Iterable[bytes]) -> Path:
        """Write `data`, whole or in pieces, as `name` (a relative path with forward slashes); where it now stands.

        A `UsageError` where the folder that is to be replaced has something there that keytag did not write.
        """
        place = self._place(name)
        with place.open("wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
        self.names.append(name)
        return place

    def _place(self, name: str) -> Path:
        """Where `name` goes, its folder made."""
        if keeping.in_the_way(self.target, name, self.ours):
            self.look_again()
            if keeping.in_the_way(self.target, name, self.ours):
                keeping.refuse(self.target, [name], _NOT_OURS)
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def take(self, key: str, name: str) -> leftovers.Left | None:
        """Put the file of that key, which a killed run had made, in its place as `name`; None where there is none.

        A `UsageError` as in `write`.
        """
        found = self.journal.find(key)
        if found is None:
            return None
        place = self._place(name)
        found.path.replace(place)
        self.names.append(name)
        self.taken.append(name)
        return found

    def look_again(self) -> None:
        """Another run may have been faster: what is keytag's in the target is what it is now."""
        self.ours = self._look()


@contextlib.contextmanager
def staging(target: Path, manifest: str, *, keep: bool = False, beside: tuple[str, ...] = ()) -> Iterator[Staging]:
    """Fill a folder, and have it under its final name when the block ends well; nothing changes when it does not.

    `keep` carries over the files that the last run made, too (a partial run); `beside` are names of keytag's own that
    the manifest may not list (sealed pages about the whole folder), which are never carried over. Raises `UsageError`
    where `target` is a folder that keytag did not make or holds a file of its name with other bytes, `OutputError`
    where the file system refuses; and whatever a callback of a C library dropped while the block ran.
    """
    target = _absolute(target)
    with NothingLost() as lost:
        try:
            ours = partial(_ours, target, manifest, keep, beside)
            ours()
            target.parent.mkdir(parents=True, exist_ok=True)
            with workshop.beside(target) as place:
                workshop.sweep(target, place)
                new = workshop.result(place)
                new.mkdir()
                stage = Staging(new, target, ours, leftovers.Journal(place))
                yield stage
                before = _commit(stage, place, keep, lost)
                if before is not None:  # what a person put there in the last moment
                    keeping.carry_over(before, target, {*_listed(before, manifest), *stage.ours, *stage.names, *beside})
                workshop.sync((), [target.parent])
        except OSError as error:
            raise _refused(target, error) from error


def _absolute(path: Path) -> Path:
    """`path` from the root, with a name of its own (`..` and `.` have none)."""
    path = Path.cwd() / path
    return path.resolve() if path.name in ("..", "") else path


def _commit(stage: Staging, place: Path, keep: bool, lost: NothingLost) -> Path | None:
    """Carry over, look once more at all that could have changed meanwhile, and swap; where the old folder is now."""
    target, new = stage.target, stage.path
    if target.is_dir():
        stage.look_again()
        ours = stage.ours
        mine = [name for name in stage.names if keeping.in_the_way(target, name, ours)]
        keeping.refuse(target, mine, _NOT_OURS)
        keeping.refuse(target, keeping.changed(target, {n: ours[n] for n in stage.names if n in ours}), _NOT_OURS)
        keeping.carry_over(target, new, stage.names if keep else [*ours, *stage.names])
    workshop.sync([new / name for name in dict.fromkeys(stage.names)], keeping.folders_in(new))
    lost.check()
    return workshop.swap(place, target)


def _listed(folder: Path, manifest: str) -> set[str]:
    """What keytag wrote into a folder that was just replaced."""
    try:
        return set(keeping.written(folder, manifest) or ())
    except UsageError:  # changed in that moment: all of it counts as a person's
        return set()


def _ours(target: Path, manifest: str, keep: bool, beside: tuple[str, ...]) -> dict[str, str]:
    """The names in `target` that keytag wrote and may replace, with their SHA-256; raises where it may not."""
    _check_target(target)
    if not target.is_dir():
        return {}
    ours = keeping.written(target, manifest)
    if ours is None:
        if any(target.iterdir()):
            raise UsageError(
                say(
                    "{target}: holds files that keytag did not make ({manifest} is missing)",
                    target=target,
                    manifest=manifest,
                ),
                hint=say("choose an empty or a new folder with -o; nothing was changed"),
            )
        return {}
    for name in beside:
        path = target / name
        if name not in ours and path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if seal.holds(data):
                ours[name] = seal.digest(data)
    if not keep:
        theirs = [name for name in beside if name not in ours and os.path.lexists(target / name)]
        keeping.refuse(target, [*keeping.changed(target, ours), *theirs], _NOT_OURS)
    return ours


def _check_target(target: Path) -> None:
    if target == target.parent:
        raise UsageError(
            say("{target}: the root of a disk cannot be an output folder; choose another with -o", target=target)
        )
    if target.is_symlink():
        what, there = (say("a link to a folder"), f" -o {target.resolve()}") if target.is_dir() else (say("a link"), "")
        raise UsageError(
            say("{target}: is {what}; nothing was changed", target=target, what=what),
            hint=say("name the folder itself:{there}", there=there),
        )
    if target.exists() and not target.is_dir():
        raise UsageError(say("{target}: is not a folder; choose another with -o", target=target))


def _refused(target: Path, error: OSError) -> OutputError:
    hint = {
        errno.ENOSPC: say("free some space, or choose a folder on another disk with -o"),
        errno.EACCES: say("choose a folder that you may write to with -o"),
        errno.EROFS: say("choose a folder that you may write to with -o"),
        errno.EBUSY: say("a disk is mounted there: choose a folder inside it with -o"),
    }.get(error.errno or 0, "")
    return OutputError(
        say("{target}: cannot be written: {reason}; nothing was changed", target=target, reason=reason(error)),
        hint=hint,
    )


def check_file(path: Path, data: bytes | None = None) -> None:
    """Raise a `UsageError` where a file that keytag did not write, or no file at all, stands at `path`.

    A file is keytag's where its seal holds, or where it is `data` already.
    """
    hint = say("choose another name; nothing was changed")
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError) as error:
        raise OutputError(say("{path}: cannot be written: {reason}", path=path, reason=reason(error))) from error
    if not stat.S_ISREG(mode):
        what = say("a link") if stat.S_ISLNK(mode) else say("a folder") if stat.S_ISDIR(mode) else say("no file")
        raise UsageError(say("{path}: is {what}", path=path, what=what), hint=hint)
    try:
        there = path.read_bytes()
    except OSError as error:
        raise OutputError(
            say("{path}: cannot be read: {reason}; nothing was changed", path=path, reason=reason(error))
        ) from error
    if there != data and not seal.holds(there):
        raise UsageError(
            say("{path}: is there already, and keytag did not write it as it stands", path=path), hint=hint
        )


def write_file(path: Path, data: bytes) -> None:
    """One sealed file, whole or not at all: written beside its place and renamed; see `check_file`."""
    path = _absolute(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        workshop.sweep(path)
        with NothingLost() as lost, workshop.beside(path) as place:
            new = workshop.result(place)
            new.write_bytes(data)
            workshop.sync([new], [])
            check_file(path, data)
            lost.check()
            new.replace(path)
            workshop.sync((), [path.parent])
    except OSError as error:
        raise _refused(path, error) from error
