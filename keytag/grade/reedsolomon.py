"""Reed-Solomon over GF(256) as QR symbols use it: which codewords of a block are wrong, and what they should be.

It corrects errors only, no erasures, and knows nothing of symbols.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import xor


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    power, value = [], 1
    for _ in range(255):
        power.append(value)
        value <<= 1
        if value > 255:
            value ^= 0x11D  # x^8 + x^4 + x^3 + x^2 + 1: ISO/IEC 18004, 7.5.2
    log = [0] * 256
    for exponent, element in enumerate(power):
        log[element] = exponent
    return (*power, *power), tuple(log)


_EXP, _LOG = _tables()


def correct(codewords: Sequence[int], check: int, most: int) -> dict[int, int] | None:
    """The wrong codewords of a block, by place, with their right values; None where more than `most` are wrong.

    `codewords` are data, then `check` check codewords; the generator's roots are 1, a … a^(check - 1) (ISO/IEC 18004,
    Annex A). A block with more errors than can be corrected is reported as None unless it looks like another one.
    """
    syndromes = [_evaluate(codewords, _EXP[power]) for power in range(check)]
    if not any(syndromes):
        return {}
    locator = _locator(syndromes)
    count = len(locator) - 1
    if count > most:
        return None
    # Lowest power first, `locator` has a root at the inverse of each error's place (counted from the end).
    places = [place for place in range(len(codewords)) if _horner(locator, _EXP[(255 - place) % 255]) == 0]
    if len(places) != count:
        return None
    evaluator = [_xor(_multiply(locator[j], syndromes[i - j]) for j in range(min(i, count) + 1)) for i in range(count)]
    found = {}
    for place in places:
        inverse = _EXP[(255 - place) % 255]
        # Forney: X * evaluator(1/X) / locator'(1/X), the generator's first root being 1; odd powers survive.
        slope = [locator[i] if i % 2 else 0 for i in range(1, count + 1)]
        divisor = _horner(slope, inverse)
        if divisor == 0:
            return None
        size = _multiply(_EXP[place], _divide(_horner(evaluator, inverse), divisor))
        at = len(codewords) - 1 - place
        found[at] = codewords[at] ^ size
    mended = [found.get(at, word) for at, word in enumerate(codewords)]
    if any(_evaluate(mended, _EXP[power]) for power in range(check)):
        return None
    return found


def _multiply(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def _divide(a: int, b: int) -> int:
    return _EXP[_LOG[a] - _LOG[b] + 255] if a else 0


def _xor(values: Iterable[int]) -> int:
    return reduce(xor, values, 0)


def _evaluate(highest_first: Sequence[int], x: int) -> int:
    total, log = 0, _LOG[x]
    for coefficient in highest_first:
        total = (_EXP[_LOG[total] + log] if total else 0) ^ coefficient
    return total


def _horner(lowest_first: Sequence[int], x: int) -> int:
    return _evaluate(lowest_first[::-1], x)


def _locator(syndromes: Sequence[int]) -> list[int]:
    """The error locator polynomial, lowest power first, by Berlekamp and Massey."""
    current, previous = [1], [1]
    length, gap, last = 0, 1, 1
    for step, syndrome in enumerate(syndromes):
        terms = min(length, len(current) - 1)
        discrepancy = syndrome ^ _xor([_multiply(current[i], syndromes[step - i]) for i in range(1, terms + 1)])
        if discrepancy == 0:
            gap += 1
            continue
        factor = _divide(discrepancy, last)
        shifted = [0] * gap + [_multiply(factor, value) for value in previous]
        width = max(len(current), len(shifted))
        updated = [
            (current[i] if i < len(current) else 0) ^ (shifted[i] if i < len(shifted) else 0) for i in range(width)
        ]
        if 2 * length <= step:
            previous, last, length, gap = current, discrepancy, step + 1 - length, 1
        else:
            gap += 1
        current = updated
    while current[-1] == 0:
        current.pop()
    return current
