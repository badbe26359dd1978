"""A child process that opens strangers' PDFs first, within limits: encrypted or cut files and flate bombs end here.

Run as `python -m keytag.verification.vet`: files come on standard input (length and bytes, one after the other), and a
line goes out for each: nothing but its number where it can be read, or why it cannot.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from keytag.base.errors import InputError
from keytag.base.system import in_words, reason
from keytag.base.words import say
from keytag.files import programs
from keytag.report.visible import visible

_STREAM = 128 * 1024 * 1024  # bytes of one stream, decoded
_FILE = 256 * 1024 * 1024  # and of all of a file
_MEMORY = 300 * 1024 * 1024
_SECONDS = 4.0  # of a processor for a set of files, and for each of their megabytes:
_SECONDS_A_MEGABYTE = 0.5
_WAITED = 60.0  # seconds by the clock: a busy machine is no fault of the files
_OBJECTS = 200_000
# What the child says, besides what libraries do: a line of plain text comes back from it.
_EMPTY, _NO_PDF, _ENCRYPTED = say("it is empty"), say("it is no PDF"), say("it is encrypted")
_NO_PAGES, _DEEP, _LARGE = say("it has no pages"), say("it is nested too deep"), say("it takes more than 300 MB")
_MANY = say("it has more than {objects:,} objects", objects=_OBJECTS)
_BOMB, _BOMBS = (
    say("what is compressed in it takes more than {stream} MB", stream=most >> 20) for most in (_STREAM, _FILE)
)
_SAID = {str(m): m for m in (_EMPTY, _NO_PDF, _ENCRYPTED, _NO_PAGES, _DEEP, _LARGE, _MANY, _BOMB, _BOMBS)}


def vet(files: Mapping[str, bytes]) -> None:
    """An `InputError` for the first of `files` that is no PDF that can be read within limits."""
    if not files:
        return
    names = list(files)
    given = b"".join(struct.pack(">Q", len(data)) + data for data in files.values())
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * len(given) / 1e6
    done = programs.own("keytag.verification.vet", [str(int(seconds) + 1)], seconds=seconds + _WAITED, given=given)
    lines = done.out.decode("utf-8", "replace").splitlines()
    judge(names, lines)
    if len(lines) < len(names) or done.code:
        name = names[min(len(lines), len(names) - 1)]
        raise InputError(
            say(
                "{name}: cannot be read back within {seconds:.0f} s of a processor and 300 MB",
                name=visible(name),
                seconds=seconds,
            )
        )


@contextmanager
def readable(name: str, *odd: type[Exception]) -> Iterator[None]:
    """An `InputError` for what pdfium cannot read of a file that pikepdf could mend, and for what else is `odd`."""
    import pypdfium2

    try:
        yield
    except (pypdfium2.PdfiumError, *odd) as error:
        raise InputError(
            say("{drawn}: cannot be read back: {error}", drawn=visible(name), error=visible(reason(error)))
        ) from error


def judge(names: Sequence[str], lines: Sequence[str]) -> None:
    """An `InputError` for the first file that the child did not find fine."""
    for name, line in zip(names, lines, strict=False):
        if line != "fine":
            why = visible(_SAID.get(line) or in_words(line))
            raise InputError(say("{name}: cannot be read back: {why}", name=visible(name), why=why))


def _main() -> None:
    _limit(int(sys.argv[1]))
    while head := sys.stdin.buffer.read(8):
        data = sys.stdin.buffer.read(struct.unpack(">Q", head)[0])
        sys.stdout.write((_wrong(data) or "fine").replace("\n", " ")[:300] + "\n")
        sys.stdout.flush()


def _limit(seconds: int) -> None:
    """Memory and processor time of this process, where the system can limit them."""
    try:
        import resource
    except ImportError:  # Windows: the caller's time limit is all there is
        return
    import pikepdf  # noqa: F401 - what it takes is not the file's

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            now = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, now + _MEMORY))


def _wrong(data: bytes) -> str:
    """Why a file cannot be read; empty where it can."""
    import pikepdf

    try:
        if not data:
            return _EMPTY
        if b"%PDF-" not in data[:1024]:
            return _NO_PDF
        with pikepdf.open(BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return _ENCRYPTED
            if not len(pdf.pages):
                return _NO_PAGES
            if len(pdf.objects) > _OBJECTS:
                return _MANY
            return _bombs(pdf)
    except pikepdf.PasswordError:
        return _ENCRYPTED
    except MemoryError:
        return _LARGE
    except RecursionError:
        return _DEEP
    except Exception as error:  # whatever a broken file makes of pikepdf: it is said, and no file is opened again
        return str(error) or type(error).__name__


def _bombs(pdf: Any) -> str:
    import pikepdf

    total = 0
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        size = _decoded(item)
        total += size
        if size > _STREAM or total > _FILE:
            return _BOMB if size > _STREAM else _BOMBS
    return ""


def _decoded(stream: Any) -> int:
    """The size of a stream when it is decoded, found out without decoding more than is allowed."""
    import zlib

    filters = stream.get("/Filter")
    names = [] if filters is None else [str(filters)] if str(filters).startswith("/") else [str(f) for f in filters]
    data = stream.read_raw_bytes()
    if len(names) > 4:
        return _STREAM + 1
    for i, name in enumerate(names):
        if name != "/FlateDecode":  # others swell by 128 at the most, and preflight says that they do not belong
            return len(data) * 128 if len(data) * 128 > _STREAM else len(data)
        parts, left, unpack = [], _STREAM, zlib.decompressobj()
        part = unpack.decompress(data, min(left, 1 << 20))
        while part:
            left -= len(part)
            if left <= 0:
                return _STREAM + 1
            if i < len(names) - 1:
                parts.append(part)
            part = unpack.decompress(unpack.unconsumed_tail, min(left, 1 << 20))
        if i == len(names) - 1:
            return _STREAM - left
        data = b"".join(parts)
    return len(data)


if __name__ == "__main__":
    _main()
