"""The fingerprint of a tag's drawing: what was approved is what is printed, by eight letters and digits.

Of what both faces paint, and of nothing else: two tags with one fingerprint are the same print. People compare it on
paper, so it has no 0 and O, 1 and I, and stands in two groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from keytag.base.drawing import Form, Group, Layer, Stroke
from keytag.base.geometry import Rect
from keytag.base.ink import CUT, DRILL
from keytag.files import seal
from keytag.tag.artwork import Artwork

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32: five bits each
SIZE = 8
BLANK = "XXXX-XXXX"  # as wide as any
_USUAL = {Layer.CUT: CUT, Layer.HOLE: DRILL}


def fingerprint(artwork: Artwork) -> str:
    """SHA-256 of what both faces paint, in hexadecimal digits; without what differs from tag to tag.

    What a shop's cutter calls the die-lines is no part of the print: they have their usual names here.
    """
    front, back = artwork.shell.faces
    return _of(front.form.groups, back.form.groups)


# Slugs, ticket and manifest ask for the same; packed marks know their hash, others are looked at anew.
@lru_cache(maxsize=4096)
def _of(*faces: Sequence[Group]) -> str:
    from keytag.render.pdf.content import form_content

    return seal.digest(b"\0".join(form_content(Form("", Rect(0, 0, 0, 0), _usual(groups))).data for groups in faces))


def _usual(groups: Sequence[Group]) -> Sequence[Group]:
    """`groups` with the usual names of die-lines: themselves where they have those, as they go to press then."""
    named = tuple(map(_named, groups))
    return groups if named == tuple(groups) else named


def _named(group: Group) -> Group:
    ink = _USUAL.get(group.layer)
    if ink is None:
        return group
    return group._replace(marks=tuple(m._replace(ink=ink) if isinstance(m, Stroke) else m for m in group.marks))


def code_of(digest: str) -> str:
    """The first 40 bits of a hash as people read them: `7K3M-PX2A`."""
    number = int(digest[: SIZE * 5 // 4], 16)
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(SIZE)))
    return f"{letters[: SIZE // 2]}-{letters[SIZE // 2 :]}"


def code(artwork: Artwork) -> str:
    """The tag's fingerprint as people read it."""
    return code_of(fingerprint(artwork))


def codes(artworks: Iterable[Artwork]) -> dict[str, str]:
    """The fingerprints of tags by their keys."""
    return {artwork.key: code(artwork) for artwork in artworks}
