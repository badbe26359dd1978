"""The key of a work: a hash of all that its file is made of, the program and its libraries included.

Two works of one key make the same bytes, whichever run asks for them; so a file that a killed run had made can be told
from one that only has the same name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import FunctionType, NotImplementedType

from keytag._version import __version__
from keytag.base.packed import PackedGroups


def key_of(work: tuple[object, ...]) -> str:
    """SHA-256 of the work's values and of the program, in hexadecimal digits."""
    out = BytesIO()
    pickler = _Pickler(out, protocol=5)
    pickler.fast = True  # every value by what it is, not by which object it is: works are trees
    pickler.dump(tuple(work))
    return hashlib.sha256(_program() + out.getbuffer()).hexdigest()


class _Pickler(pickle.Pickler):
    """Pickles marks by their hash, and functions of modules by their names."""

    def reducer_override(self, value: object) -> tuple[type[str], tuple[str]] | NotImplementedType:
        if isinstance(value, PackedGroups):
            return str, (value.digest,)
        if isinstance(value, FunctionType) and "<" not in value.__qualname__:  # a local one has values of its own
            return str, (f"{value.__module__}.{value.__qualname__}",)
        return NotImplemented  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _program() -> bytes:
    """This very keytag, its files as they stand, the libraries installed, Python and zlib."""
    root = Path(__file__).parent.parent
    told = "\n".join((__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, *_libraries(), *sorted(_stamps(root))))
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).digest()


def _libraries() -> list[str]:
    """Name and version of each, as their installer writes them: `pikepdf-10.0.dist-info`."""
    found = set[str]()
    for place in sys.path:
        with contextlib.suppress(OSError), os.scandir(place or ".") as entries:  # it may be a zip, or not be there
            found.update(entry.name for entry in entries if entry.name.endswith(".dist-info"))
    return sorted(found)


def _stamps(folder: Path) -> Iterator[str]:
    """Name, size and time of each file of the program."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _stamps(Path(entry.path))
            else:
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
