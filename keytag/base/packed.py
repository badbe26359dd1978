"""The marks of a form kept small: a job of three thousand units has them all in memory until its files are made.

Most of a tag is letters, each an outline and the two numbers of its place. Here the numbers of a form stand in one
array, and outlines, which all tags share, in one table of the process. Reading makes the marks anew, equal to the last
digit.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, overload

from keytag.base.drawing import Glyph, Group, Mark, Symbol, Words
from keytag.base.geometry import Path, Rect
from keytag.base.records import NamedTuple

if TYPE_CHECKING:
    from keytag.base.diagnostics import Span
    from keytag.base.ink import Ink

_OF_A_TAG = 200  # marks at most
_PER_WORDS, _PER_GLYPH = 6, 2  # numbers
_NOTHING = Path("", ())
_glyph = partial(tuple.__new__, Glyph)  # of its three values: a third of the time of calling the class


class _Said(NamedTuple):
    """What of `Words` is no number."""

    glyphs: int
    text: str
    ink: Ink
    field: str
    source: Span | None


class _Modules(NamedTuple):
    """A symbol without its path, and that deflated."""

    symbol: Symbol
    ops: str
    coords: bytes


class _Outlines:
    """Every outline that a packed glyph has, by number: found again by the object, which is kept, or by its value."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self._by_object: dict[int, int] = {}
        self._by_value: dict[Path, int] = {}
        self._digests: dict[int, bytes] = {}

    def number(self, path: Path) -> int:
        found = self._by_object.get(id(path))
        if found is None or self.paths[found] is not path:
            found = self._by_value.setdefault(path, len(self.paths))
            if found == len(self.paths):
                self.paths.append(path)
                self._by_object[id(path)] = found
        return found

    def digest(self, number: int) -> bytes:
        """SHA-256 of an outline, asked for by its number: a path's own hash is dearer than what it would save."""
        if number not in self._digests:
            path = self.paths[number]
            told = path.ops.encode() + b"\0" + array("d", path.coords).tobytes()
            self._digests[number] = hashlib.sha256(told).digest()
        return self._digests[number]


_OUTLINES = _Outlines()


def outline_digest(path: Path) -> bytes:
    """SHA-256 of a letter's outline, remembered with it; the same in every process."""
    return _OUTLINES.digest(_OUTLINES.number(path))


class PackedGroups(Sequence[Group]):
    """Groups, to all who read them a tuple: equal to it, with its hash, and pickled as it."""

    __slots__ = ("_digest", "_hash", "_layers", "_marks", "_numbers", "_outlines")

    def __init__(self, groups: Sequence[Group]) -> None:
        marks: list[Mark | _Said | _Modules] = []
        numbers, outlines = array("d"), array("L")
        number = _OUTLINES.number
        for group in groups:
            for mark in group.marks:
                if isinstance(mark, Words):
                    marks.append(_Said(len(mark.glyphs), mark.text, mark.ink, mark.field, mark.source))
                    numbers.extend((mark.scale, mark.size, *mark.box))
                    outlines.extend([number(outline) for outline, _, _ in mark.glyphs])
                    numbers.extend([place for _, x, y in mark.glyphs for place in (x, y)])
                else:
                    marks.append(_modules(mark) if isinstance(mark, Symbol) else mark)
        self._layers = tuple((group.layer, len(group.marks)) for group in groups)
        self._marks = tuple(marks)
        self._numbers, self._outlines = numbers.tobytes(), outlines.tobytes()
        self._hash = hash(tuple(groups))
        self._digest = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the marks, the same in every process."""
        if not self._digest:
            paths = map(_OUTLINES.digest, array("L", self._outlines))
            told = BytesIO()
            pickler = pickle.Pickler(told, protocol=5)
            pickler.fast = True  # every value by what it is: which of them are one object differs from run to run
            pickler.dump((self._layers, self._marks, self._numbers))
            self._digest = hashlib.sha256(b"".join((told.getvalue(), *paths))).hexdigest()
        return self._digest

    def __iter__(self) -> Iterator[Group]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._layers)

    @overload
    def __getitem__(self, at: int) -> Group: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Group, ...]: ...
    def __getitem__(self, at: int | slice) -> Group | tuple[Group, ...]:
        return self._made()[at]

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, PackedGroups):
            return self._hash == other._hash and self._anew() == other._anew()  # which what is kept is found by
        return self._made() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return repr(self._made())

    def __reduce__(self) -> tuple[object, ...]:
        return PackedGroups, (self._made(),)  # outlines have other numbers in another process

    def _made(self) -> tuple[Group, ...]:
        """The groups as they were."""
        return _unpacked(self) if len(self._marks) <= _OF_A_TAG else _unpacked_sheet(self)

    def _anew(self) -> tuple[Group, ...]:
        marks, found = self._each(), []
        for layer, count in self._layers:
            found.append(Group(layer, tuple([next(marks) for _ in range(count)])))
        return tuple(found)

    def _each(self) -> Iterator[Mark]:
        numbers, outlines = array("d", self._numbers), array("L", self._outlines)
        at = glyph = 0
        for mark in self._marks:
            if isinstance(mark, _Said):
                scale, size, *box = numbers[at : at + _PER_WORDS]
                at += _PER_WORDS
                end = at + _PER_GLYPH * mark.glyphs
                paths = [_OUTLINES.paths[n] for n in outlines[glyph : glyph + mark.glyphs]]
                glyphs = tuple(map(_glyph, zip(paths, numbers[at:end:2], numbers[at + 1 : end : 2], strict=True)))
                at, glyph = end, glyph + mark.glyphs
                yield Words(mark.text, glyphs, scale, size, mark.ink, Rect(*box), mark.field, mark.source)
            elif isinstance(mark, _Modules):
                coords = array("d", zlib.decompress(mark.coords))
                yield mark.symbol._replace(path=Path(mark.ops, tuple(coords)))
            else:
                yield mark


@lru_cache(maxsize=64)  # what is looked at is mostly looked at again soon: the checks and writers of one sheet
def _unpacked(groups: PackedGroups) -> tuple[Group, ...]:
    return groups._anew()


@lru_cache(maxsize=2)  # both sides of one sheet: its marks are a hundred times those of a tag
def _unpacked_sheet(groups: PackedGroups) -> tuple[Group, ...]:
    return groups._anew()


@lru_cache(maxsize=16)  # one code on all tags of a job is kept once
def _modules(symbol: Symbol) -> _Modules:
    coords = array("d", symbol.path.coords).tobytes()
    return _Modules(symbol._replace(path=_NOTHING), symbol.path.ops, zlib.compress(coords, 1))
