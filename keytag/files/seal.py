"""A file that carries its own SHA-256, so that it can be told whether keytag wrote it as it stands.

The 64 digits stand in the file itself; they are the hash of the file with zeros in their place. Manifests carry the
seal as a JSON value, verification pages in the PDF's information dictionary.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from keytag.base.words import say

KEY = "seal"  # in JSON
PDF_KEY = "/KTSeal"
BLANK = "0" * 64
_SEAL = re.compile(rb'(?:"seal": "|/KTSeal \()([0-9a-f]{64})')


def sealed(data: bytes) -> bytes:
    """`data` with its hash in the place of the `BLANK` seal it holds; a `ValueError` where it holds not just one."""
    return b"".join(sealed_pieces([data]))


def sealed_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same for a file in pieces, the seal whole in one of them; only what follows it is kept until the end."""
    told, places, held = hashlib.sha256(), list[slice](), list[bytes]()
    for piece in pieces:
        places += [slice(*found.span(1)) for found in _SEAL.finditer(piece)]
        told.update(piece)
        if places:
            held.append(piece)
        else:
            yield piece
    if len(places) != 1 or held[0][places[0]] != BLANK.encode():
        raise ValueError(say("there is no one blank seal to fill in"))
    yield _with(held[0], places[0], told.hexdigest().encode())
    yield from held[1:]


def holds(data: bytes) -> bool:
    """Whether `data` carries a seal, and is what was sealed."""
    place = _place(data)
    if place is None:
        return False
    return digest(_with(data, place, BLANK.encode())).encode() == data[place]


def _place(data: bytes) -> slice | None:
    found = list(_SEAL.finditer(data))
    return slice(*found[0].span(1)) if len(found) == 1 else None


def _with(data: bytes, place: slice, digits: bytes) -> bytes:
    return data[: place.start] + digits + data[place.stop :]


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
