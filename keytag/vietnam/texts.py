"""Telephone numbers in running text: "Gọi 113 hoặc 0269.3000.201 (24/24)" has two, and a time of day that is none.

What stands between separators of numbers is cut where whole numbers result; dates, years, amounts and ordinals are left
alone. A number behind a word without a blank is one, too, and so is one with signs between its digits that belong in
none (059/3831113), or a letter for a digit. What is found is judged as in a field: `phones.classify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from keytag.base.records import NamedTuple
from keytag.vietnam.phones import Kind, classify, tables

_BETWEEN = r"[ .\-\u00a0\u2007\u2009\u202f\u2010-\u2013\u00b7]"
_RUN = re.compile(rf"(?<![\d.])(?:\(?\+|\()?(?:(?<![\w.])[Oo])?\d(?:(?:{_BETWEEN}|[()]){{0,3}}\d)*")
# The same with what belongs in no number: signs between digits (none that times have), and letters for digits.
_ODD = r"[/_\\*~|,;=\u2022\u2219\u25cf]"
_DIGIT = r"(?:\d|(?<![^\W\d_OolI])[OolI](?![^\W\d_OolI]))"
_ODD_RUN = re.compile(rf"(?:\+84|(?<!\w)[Oo]|(?<!\d)0)(?:(?:(?:{_BETWEEN}|[()]){{0,3}}|{_ODD}){_DIGIT})+")
_FOR_DIGITS = str.maketrans("OolI", "0011")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?:[/.\-]\d{1,2}[/.\-](?:19|20)\d\d|/\d{1,2})(?!\d)")  # also 2/9
_CALL = (
    r"(?i)(?:gọi|sđt|đt|điện thoại|tel|phone|call|hotline|dây nóng|tổng đài|alo)"
    r"(?:\s+(?:số|máy|ngay|điện|cho|đến|tới|công an|cảnh sát))*\W{0,3}$"
)
_DATE = r"(?:\d{1,2}[.\- ]\d{1,2}[.\- ](?:19|20)\d\d|(?:19|20)\d\d[.\-]\d{1,2}[.\-]\d{1,2})$"
_YEARS = r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?$"
_AMOUNT = r"[1-9]\d{0,2}(?:[. ]000|[. ]\d{3})*$"
_BEFORE = 40  # characters before a number among which a word such as "gọi" is looked for
_PARTS = 8  # pieces between spaces that are tried together
_GOOD = frozenset(Kind) - {Kind.INVALID}


class Mention(NamedTuple):
    """A number in a text: where it begins and ends, and the number as it stands there."""

    start: int
    end: int
    text: str


def numbers_in(text: str) -> list[Mention]:
    """The telephone numbers that `text` mentions, right ones and wrong ones, in their order."""
    if not any(c.isdigit() for c in text):
        return []
    found: list[Mention] = []
    for run in _RUN.finditer(text):
        called = re.search(_CALL, text[max(0, run.start() - _BEFORE) : run.start()]) is not None
        share = "/" in (text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1])  # 24/24, 19/8
        glued = run.start() > 0 and (text[run.start() - 1].isalnum() or text[run.start() - 1] == "_")
        for start, end in _cut(run[0]):
            piece = run[0][start:end]
            if glued and start == 0 and not called:  # Zalo0905123101, and no number of a decree or a model
                wanted = classify(piece).kind in _GOOD - {Kind.SHORT}
            else:
                wanted = _is_number(piece, called and not share)
            if wanted:
                found.append(Mention(run.start() + start, run.start() + end, piece))
    odd = list(_odd(text, found))
    left = [each for each in found if not any(run.start <= each.start < run.end for run in odd)]
    return sorted([*left, *odd])


def _odd(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """What would be a whole number but for a sign between its digits, or letters for some, that belongs in none.

    Within it may stand what is `found` as a short code: 059/3831/113.
    """
    for run in _ODD_RUN.finditer(text):
        inside = [each for each in found if each.start < run.end() and run.start() < each.end]
        signs = re.findall(_ODD, run[0])
        if len(set(signs)) > 1 or run[0][1:2] in signs or _DAY.search(run[0]):  # several: 08/3,02/9 are days
            continue
        if any(classify(each.text).kind is not Kind.SHORT for each in inside):
            continue
        digits = "".join(c for c in run[0].translate(_FOR_DIGITS) if c.isdigit())
        whole = classify(f"0{digits[2:]}" if run[0].startswith("+") else digits)
        if whole.kind in _GOOD - {Kind.SHORT} and classify(run[0]).kind is Kind.INVALID:
            yield Mention(run.start(), run.end(), run[0])


def _is_number(piece: str, called: bool) -> bool:
    """Whether a piece is meant to be a telephone number: by its length and beginning, or by the word before it."""
    digits = "".join(c for c in piece if c.isdigit())
    if digits in tables().short_codes:
        return True
    if re.match(_DATE, piece) or (re.match(_YEARS, piece) and not called):
        return False
    if digits[0] == "0" or piece.lstrip("(").startswith("+"):
        return len(digits) >= (3 if called else 5)
    if digits[:4] in ("1800", "1900") and len(digits) >= 8:
        return True
    if re.match(_AMOUNT, piece) and "000" in piece and not called:
        return False
    return len(digits) >= 9 or (called and len(digits) >= 3)


def _cut(run: str) -> list[tuple[int, int]]:
    """The pieces of a run: between spaces, joined where whole numbers result; as few bad ones as can be."""
    words = [(m.start(), m.end()) for m in re.finditer(r"[^\s\u2013-]+(?:-[^\s\u2013-]+)*", run)]
    if len(words) <= 1:
        return [(0, len(run))]

    @cache
    def best(start: int) -> tuple[int, int, tuple[int, ...]]:
        """Bad pieces, pieces, and where they end, for the words from `start` on."""
        if start == len(words):
            return (0, 0, ())
        choices = []
        for stop in range(start + 1, min(len(words), start + _PARTS) + 1):
            piece = run[words[start][0] : words[stop - 1][1]]
            bad = classify(piece).kind not in _GOOD
            more, count, ends = best(stop)
            choices.append((more + bad * (stop - start), count + 1, (stop, *ends)))
        return min(choices)

    pieces, start = [], 0
    for stop in best(0)[2] if len(words) <= 60 else range(1, len(words) + 1):
        pieces.append((words[start][0], words[stop - 1][1]))
        start = stop
    return pieces
