"""One of a person's own files replaced whole or not at all, with the bytes of before left beside it.

Every verb that edits a file ends here: the new bytes are written beside it, read back, judged, and renamed into place.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from keytag.base.errors import OutputError, UsageError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files.source import Source, decode

BACKUP = ".bak"
_MARK = b"\xef\xbb\xbf"  # UTF-8's byte order mark, as some editors write it


def replace_file(
    path: Path, data: bytes, *, before: bytes | None = None, judge: Callable[[bytes], None] = lambda _: None
) -> None:
    """Write `data` to `path`, which keeps its permissions, and stays a link where it is one.

    `before`, where given, are the bytes that go into `contacts.yaml.bak` first. `judge` sees the new bytes as they were
    read back, and raises where they must not stay. `OutputError` where a file cannot be written, `UsageError` where a
    device, a pipe or a folder has that name, which a renamed file would put an end to.
    """
    path = path.resolve()
    _only_a_file(path)
    try:
        if before is not None:
            _swap(path.with_name(path.name + BACKUP), lambda file: file.write(before), path, lambda _: None)
        _swap(path, lambda file: file.write(data), path, lambda new: judge(new.read_bytes()))
    except OSError as error:
        raise OutputError(say("{path}: cannot be written: {reason}", path=path, reason=reason(error))) from error


def replace_streamed(path: Path, write: Callable[[BinaryIO], object], judge: Callable[[Path], None]) -> None:
    """As `replace_file`, for what no memory should hold: `write` fills it, `judge` reads it under another name."""
    path = path.resolve()
    _only_a_file(path)
    try:
        _swap(path, write, path, judge)
    except OSError as error:
        raise OutputError(say("{path}: cannot be written: {reason}", path=path, reason=reason(error))) from error


def changed(source: Source, change: Callable[[str], str]) -> tuple[bytes, bytes]:
    """The bytes of a file that was read, and those with its text changed; a byte order mark stays.

    `OutputError` where the file cannot be read any more, or has another text by now.
    """
    try:
        data = Path(source.name).read_bytes()
    except OSError as error:
        raise OutputError(say("{path}: cannot be read: {reason}", path=source.name, reason=reason(error))) from error
    if decode(data, source.name).text != source.text:
        what = say("{path}: has changed since it was read; nothing was written", path=source.name)
        raise OutputError(what, hint=say("try again"))
    mark = _MARK if data.startswith(_MARK) else b""
    return data, mark + change(data[len(mark) :].decode("utf-8")).encode("utf-8")


def _only_a_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OutputError(say("{path}: cannot be written: {reason}", path=path, reason=reason(error))) from error
    if not stat.S_ISREG(mode):
        what = say("a folder") if stat.S_ISDIR(mode) else say("a device or a pipe, no file")
        raise UsageError(
            say("{path}: is {what}", path=path, what=what), hint=say("choose another name; nothing was changed")
        )


def _swap(path: Path, write: Callable[[BinaryIO], object], like: Path, judge: Callable[[Path], None]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        judge(Path(name))
        if like.exists():
            Path(name).chmod(like.stat().st_mode & 0o7777)
        else:
            Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's own mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
