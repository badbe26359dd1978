"""Marks kept small are the same marks."""

import pickle
import sys
from array import array

from keytag.base.drawing import Fill, Glyph, Group, Layer, Symbol, Words
from keytag.base.geometry import Path, Rect
from keytag.base.ink import BLACK
from keytag.base.packed import PackedGroups

_LETTER = Path("mlllz", (0.0, 0.0, 512.25, 0.0, 512.25, 700.0, 0.0, 700.1))
_OTHER = Path("mllz", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0))


def _groups(number: int) -> tuple[Group, ...]:
    glyphs = tuple(Glyph((_LETTER, _OTHER)[i % 2], i * 1.1 + number / 7, -i / 3) for i in range(12))
    words = Words("0900.000.113", glyphs, 0.0123, 8.45, BLACK, Rect(0.1, 0.2, 0.3, 1 / 3), "chief")
    path = Path("mlllz" * 60, tuple(k / 3 + number for k in range(480)))
    symbol = Symbol(path, BLACK, f"https://zalo.me/{number}", Rect(1, 2, 3, 3), 0.4, "2-M")
    return (Group(Layer.ARTWORK, (Fill(_OTHER, BLACK), words, symbol, words)), Group(Layer.CUT, ()))


def test_packed_groups_are_equal_to_the_tuple_with_its_hash_in_this_process_and_after_a_journey() -> None:
    plain = _groups(1)
    packed = PackedGroups(plain)
    assert tuple(packed) == plain and packed == plain and plain == packed and hash(packed) == hash(plain)
    assert (len(packed), packed[0], packed[1:]) == (2, plain[0], plain[1:])
    there = pickle.loads(pickle.dumps(packed))
    assert there == packed and tuple(there) == plain
    assert packed != PackedGroups(_groups(2)) and packed != _groups(2)


def test_a_packed_form_takes_a_quarter_of_the_memory() -> None:
    plain, packed = _groups(3), PackedGroups(_groups(3))
    assert _size(packed) < _size(plain) / 4


def _size(value: object, seen: set[int] | None = None) -> int:
    """Bytes of all that only `value` holds: the outlines and the ink are everybody's."""
    seen = {id(_LETTER), id(_OTHER), id(BLACK)} if seen is None else seen
    if id(value) in seen or isinstance(value, type):
        return 0
    seen.add(id(value))
    size = sys.getsizeof(value)
    if isinstance(value, PackedGroups):
        return size + sum(_size(getattr(value, slot), seen) for slot in PackedGroups.__slots__)
    if isinstance(value, tuple):
        return size + sum(_size(each, seen) for each in value)
    return size if not isinstance(value, array) else size + value.itemsize * len(value)
