"""Standard output and error that never stand in a verb's way: closed, broken off, full or of another code page.

A verb does its work and keeps its exit code whatever becomes of its words. Output that cannot be written is remembered
and said at the end; letters that a code page lacks are written as the nearest ones that it has.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any, TextIO

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# What does not come apart into a letter and its marks.
_PLAIN = {
    "đ": "d",
    "Đ": "D",
    "ƀ": "b",
    "→": "->",
    "×": "x",
    "…": "...",
    "–": "-",
    "—": "-",
    "·": ".",
    "“": '"',
    "”": '"',
}


class Patient(io.RawIOBase):
    """A raw stream that takes everything; where it cannot be passed on, `failed` says why, and the rest is dropped."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.failed: OSError | None = None

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._inner.isatty())

    def fileno(self) -> int:
        return int(self._inner.fileno())

    def write(self, data: Any) -> int:
        rest = bytes(data)
        while rest and self.failed is None:
            try:
                done = self._inner.write(rest)
                if done is None:  # a stream that does not wait, and is full
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                self._inner.flush()
                rest = rest[done:]
            except OSError as error:
                self.failed = error
            except ValueError:  # closed by somebody
                self.failed = OSError(errno.EBADF, os.strerror(errno.EBADF))
        return len(data)


@contextlib.contextmanager
def patient() -> Iterator[Patient]:
    """`sys.stdout` and `sys.stderr` as patient ones inside the block; gives what is behind standard output."""
    before = sys.stdout, sys.stderr
    _all_open()
    out, sys.stdout = _wrapped(sys.stdout)
    _, sys.stderr = _wrapped(sys.stderr)
    try:
        yield out
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = before


def _all_open() -> None:
    """Give the three standard descriptors something, or the next file that is opened would take what is printed."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _wrapped(stream: TextIO | None) -> tuple[Patient, TextIO]:
    buffer = getattr(stream, "buffer", None)
    if stream is None:  # closed: nobody wants to hear anything
        raw = Patient(io.FileIO(os.devnull, "w"))
        return raw, io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", _nearest("utf-8"))
    if buffer is None:  # no stream of the system's: somebody reads it in this process
        return Patient(io.BytesIO()), stream
    stream.flush()
    raw = Patient(getattr(buffer, "raw", buffer))
    line = bool(getattr(stream, "line_buffering", False)) or raw.isatty()
    wrapper = io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, _nearest(stream.encoding), line_buffering=line)
    return raw, wrapper


def _nearest(encoding: str) -> str:
    """The name of an error handler that writes the nearest letters that `encoding` has for those that it lacks."""
    name = f"keytag.nearest.{encoding}"

    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end]
        return "".join(_instead(letter, encoding) for letter in lacking), error.end

    codecs.register_error(name, handler)
    return name


def _instead(letter: str, encoding: str) -> str:
    if "\ud800" <= letter <= "\udfff":  # a byte of a file's name that is no text
        return f"\\u{ord(letter):04x}"
    if _has(encoding, letter):
        return letter
    if letter in _PLAIN:
        return _PLAIN[letter]
    apart = unicodedata.normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    if not marks:
        return "" if unicodedata.combining(letter) else "?"
    # A letter and its marks: what there is of them. A mark that makes another letter of it (ê, ơ, ă) comes before the
    # tone: where only one can be had, nobody reads "tẹp" for "tệp".
    shown = _instead(base, encoding)
    for mark in sorted(marks, key=_TONES.__contains__):
        whole = unicodedata.normalize("NFC", shown + mark)
        if len(whole) == len(shown) and _has(encoding, whole):
            shown = whole
        elif _has(encoding, mark):
            shown += mark
    return shown


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True
