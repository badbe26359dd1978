"""Layout, error correction and reading, against the symbols and tables of a foreign encoder."""

from __future__ import annotations

import random

import pytest
from grade_samples import flipped, symbol
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from segno import consts

from keytag.grade import reedsolomon
from keytag.grade.layout import blocks, format_bits, layout, version_bits, version_of
from keytag.grade.reading import read
from keytag.qr.tables import GRADED

SEGNO_LEVEL = {
    "L": consts.ERROR_LEVEL_L,
    "M": consts.ERROR_LEVEL_M,
    "Q": consts.ERROR_LEVEL_Q,
    "H": consts.ERROR_LEVEL_H,
}


@pytest.mark.parametrize("version", GRADED)
@pytest.mark.parametrize("level", "LMQH")
def test_blocks_are_those_of_the_standards_table(version: int, level: str) -> None:
    wanted = [
        (info.num_total, info.num_total - info.num_data)
        for info in consts.ECC[version][SEGNO_LEVEL[level]]
        for _ in range(info.num_blocks)
    ]
    found = blocks(version, level)
    assert [(len(block.codewords), block.check) for block in found] == wanted
    everything = sorted(at for block in found for at in block.codewords)
    assert everything == list(range(len(layout(version).path) // 8))


@pytest.mark.parametrize("version", GRADED)
@pytest.mark.parametrize("level", "LMQH")
def test_a_foreign_symbol_reads_without_errors_and_with_as_many_as_it_can_bear(version: int, level: str) -> None:
    chance = random.Random(version)
    for mask in (version % 8, (version + 5) % 8):
        matrix = symbol("ABC" * version, version, level.lower(), mask)
        reading = read(matrix)
        assert reading is not None
        assert (reading.version, reading.level, reading.mask) == (version, level, mask)
        assert set(reading.errors) == {0}
        assert reading.intended == matrix
        path = layout(version).path
        most = [block.capacity // 2 for block in blocks(version, level)]
        hit = [
            path[8 * word + chance.randrange(8)]
            for block, count in zip(blocks(version, level), most, strict=True)
            for word in chance.sample(block.codewords, count)
        ]
        damaged = read(flipped(matrix, *hit))
        assert damaged is not None
        assert damaged.errors == tuple(most)
        assert damaged.intended == matrix


def test_one_error_too_many_is_not_read() -> None:
    (block,) = blocks(2, "M")
    words = block.codewords[: block.capacity // 2 + 1]
    assert read(flipped(symbol(), *(layout(2).path[8 * word] for word in words))) is None


def test_the_remaining_copy_of_the_format_information_is_enough() -> None:
    matrix = symbol()
    for copy in layout(2).format:
        reading = read(flipped(matrix, *copy))
        assert reading is not None
        assert reading.intended == matrix
    assert read(flipped(matrix, *layout(2).format[0], *layout(2).format[1])) is None


def test_three_wrong_format_bits_in_both_copies_are_borne_but_not_four() -> None:
    first, second = layout(2).format
    assert read(flipped(symbol(), *first[:3], *second[:3])) is not None
    assert read(flipped(symbol(), *first[:4], *second[:4])) is None


def test_known_format_and_version_bits() -> None:
    assert format_bits("M", 5) == 0b100000011001110  # ISO/IEC 18004, 7.9.1, the worked example
    assert version_bits(7) == 0b000111110010010100  # Annex D, the worked example


@pytest.mark.parametrize("size", [0, 1, 20, 22, 17, 61, 177])
def test_other_sizes_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="no QR symbol"):
        version_of(size)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.data())
def test_errors_of_any_place_and_size_are_found(data: st.DataObject) -> None:
    check = data.draw(st.sampled_from([7, 10, 13, 16, 22, 28, 30]))
    length = data.draw(st.integers(1, 60))
    message = data.draw(st.binary(min_size=length, max_size=length))
    word = list(message) + [0] * check
    # The check codewords come from the decoder's own syndromes only in that a multiple of the generator has none.
    generator = [1]
    for power in range(check):
        root = reedsolomon._EXP[power]
        generator = [a ^ reedsolomon._multiply(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
    rest = list(word)
    for at in range(length):
        factor = rest[at]
        for offset, coefficient in enumerate(generator):
            rest[at + offset] ^= reedsolomon._multiply(factor, coefficient)
    good = [*message, *rest[length:]]
    assert reedsolomon.correct(good, check, check // 2) == {}
    places = data.draw(st.lists(st.integers(0, len(good) - 1), max_size=check // 2, unique=True))
    bad = list(good)
    for place in places:
        bad[place] ^= data.draw(st.integers(1, 255))
    assert reedsolomon.correct(bad, check, check // 2) == {place: good[place] for place in places}


@settings(deadline=None, derandomize=True, max_examples=40, suppress_health_check=[HealthCheck.data_too_large])
@given(st.integers(1, 10), st.randoms(use_true_random=False))
def test_any_matrix_is_read_or_not_but_never_raises(version: int, chance: random.Random) -> None:
    size = 17 + 4 * version
    noise = tuple(tuple(chance.random() < 0.5 for _ in range(size)) for _ in range(size))
    reading = read(noise)
    assert reading is None or reading.version == version
