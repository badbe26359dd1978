"""The key of a work: a hash of all that its file is made of, the program and its libraries included.

Two works of one key make the same bytes, whichever run asks for them; so a file that a killed run had made can be told
from one that only has the same name.
"""

from __future__ import annotations

import contextlib
import copyreg
import hashlib
import os
import pickle
import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import FunctionType

from keytag._version import __version__
from keytag.base.drawing import Glyph
from keytag.base.packed import PackedGroups, outline_digest
from keytag.tag.artwork import Artwork


def key_of(work: tuple[object, ...]) -> str:
    """SHA-256 of the work's values and of the program, in hexadecimal digits."""
    return hashlib.sha256(_program() + _told(work)).hexdigest()


def _told(values: tuple[object, ...]) -> bytes:
    """Every value by what it is, not by which object it is: works are trees. Functions are told by their names."""
    out = BytesIO()
    pickler = pickle.Pickler(out, protocol=5)
    pickler.fast = True
    pickler.dispatch_table = _BY_HASH  # of two types only: a method that is asked of each value costs twice the rest
    pickler.dump(tuple([_name(v) if isinstance(v, FunctionType) else v for v in values]))
    return out.getvalue()


def _name(function: FunctionType) -> str | FunctionType:
    """Where a function stands, by which whoever makes the work finds it; a local one has values of its own."""
    return function if "<" in function.__qualname__ else f"{function.__module__}.{function.__qualname__}"


@lru_cache(maxsize=512)  # masters, ticket and box labels are given the same tags
def _artwork(artwork: Artwork) -> str:
    return hashlib.sha256(_told(artwork)).hexdigest()


_BY_HASH = {
    **copyreg.dispatch_table,
    PackedGroups: lambda groups: (str, (groups.digest,)),
    Artwork: lambda artwork: (str, (_artwork(artwork),)),
    Glyph: lambda glyph: (str, (outline_digest(glyph.outline), glyph.x, glyph.y)),
}


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
