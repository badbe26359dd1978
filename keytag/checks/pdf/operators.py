"""A content stream cut into operators, strictly: what does not parse to the letter is refused, not guessed at.

Paths are taken whole, and runs of letters (`q … cm path f Q`) too, by one compiled expression: a sheet has a million
operators, nearly all of them `c` and `l`. What the operators mean is `reading`'s business (ISO 32000-1, 7.8.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.words import say

_W = rb"[\x00\t\n\f\r ]"
_END = rb"(?=[\x00\t\n\f\r ()<>\[\]/%]|\Z)"
_NUMBER = rb"[+-]?(?:\d++\.?+\d*+|\.\d++)"
_N = _NUMBER + _W + rb"++"
_SEGMENT = rb"(?:(?:%b){2}(?:[ml]|(?:%b){2}(?:re|v|y|(?:%b){2}c))|h)%b++" % (_N, _N, _N, _W)
# Symbols are hundreds of rectangles in whole numbers, of which nobody need ask what else each number could be.
_WHOLE = rb"\d++ \d++ \d++ \d++ re%b++" % _W
_PATH = rb"(?:%b|%b)++" % (_WHOLE, _SEGMENT)
# Letters are found by the characters of their paths alone, and each different path is then read strictly, once.
_LETTER = rb"q%b++((?:%b){6})cm%b++([-+.0-9\x00\t\n\f\r mlcvyhre]++)f%b++Q(?:%b++|\Z)" % (_W, _N, _W, _W, _W)
_LETTERS = rb"(?:%b)++" % _LETTER.replace(rb"((?:", rb"(?:(?:").replace(rb"([-", rb"(?:[-")

_SEGMENTS = rb"([-+0-9.\x00\t\n\f\r ]*)(re|[mlcvyh])"

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)"
_SIMPLE = rb"(?:%b|/[^\x00\t\n\f\r ()<>\[\]{}/%%]*+|%b|<[0-9A-Fa-f\x00\t\n\f\r ]*+>|(?:true|false|null)%b)" % (
    _NUMBER + _END,
    _STRING,
    _END,
)
_ARRAY = rb"\[(?:%b|%b)*+\]" % (_W, _SIMPLE)
_FLAT = rb"<<(?:%b|%b|%b)*+>>" % (_W, _SIMPLE, _ARRAY)
_DICTIONARY = rb"<<(?:%b|%b|%b|%b)*+>>" % (_W, _FLAT, _SIMPLE, _ARRAY)
_FLAT_OPERAND = rb"(?:%b|%b|%b)" % (_FLAT, _SIMPLE, _ARRAY)
_OPERAND = rb"(?:%b|%b|%b)" % (_DICTIONARY, _SIMPLE, _ARRAY)
# What sets type and neither paints nor colours, in runs: a page of text has as many of these as of all others.
_PLAIN = rb"(?:(?:%b|/[^\x00\t\n\f\r ()<>\[\]{}/%%]*+%b++)*+(?:BT|ET|T[DLcdfmrswz*]|[JMjn]|ri)%b%b*+)++" % (
    _N,
    _W,
    _END,
    _W,
)

_OPERATOR = rb"(?P<operands>(?:%b%b*+)*+)(?P<operator>[A-Za-z][A-Za-z0-9]*+\*?|['\"])%b%b*+"
_TOKEN = re.compile(
    rb"(?P<letters>%b)" % _LETTERS
    + rb"|(?P<path>%b)(?:(?:W\*?%b++)?(?P<paint>f\*?|F|S|s|B\*?|b\*?|n)%b%b*+)?" % (_PATH, _W, _END, _W)
    + rb"|(?P<plain>%b)" % _PLAIN
    + rb"|%b" % (_OPERATOR % (_FLAT_OPERAND, _W, _END, _W))
    + rb"|(?P<space>(?:%b++|%%[^\r\n]*+)+)" % _W,
    re.DOTALL,
)
_DRAWN = re.compile(rb"cm%b++([^f]++)f" % _W)  # the path of each letter of a run
_BEGINS = re.compile(rb"[-+.0-9\x00\t\n\f\r ]*(?:m|re)")
_ONE_PATH = re.compile(_PATH)

_BUILDING = frozenset(("m", "l", "c", "v", "y", "re", "h"))
LETTERS, PATH, PLAIN, OTHER = "letters", "path", "plain", "other"
_REMEMBERED = 100_000  # bytes: a face with its letters has some 60 000
_MARKED = b"EMC\n"
_new = tuple.__new__  # a third of the time of calling the class


class Operator(NamedTuple):
    """One step of a stream. `kind` is LETTERS (a run of filled letters), PATH (built and painted), PLAIN (a run of
    operators that set type, which neither paint nor colour), or OTHER.

    `name` is the operator (of a path: the one that paints it), `operands` what stands before it, as it stands; of runs
    the whole run.
    """

    kind: str
    name: str
    operands: bytes


class NotUnderstoodError(Exception):
    """The stream is not what the syntax of PDF allows, or what this reader knows of it."""


def operators(data: bytes, again: bool = False) -> Iterator[Operator]:
    """The operators in order; `NotUnderstoodError` at the first byte that belongs to none.

    What is likely to come `again`, as forms do, is remembered.
    """
    known = _remembered(data) if again and len(data) <= _REMEMBERED else None
    return _cut(data) if known is None else iter(known)


def marked_operators(data: bytes) -> Iterator[Operator]:
    """The same, of content whose marked parts come again in other streams: words of a tag, which stand on the plate,
    in the masters and on the papers.

    Parts that end where marked content ends are operators one by one, or the whole is read: an `EMC` in a string or an
    array leaves a part that is open.
    """
    *parts, last = data.split(_MARKED)
    if not parts:
        return _cut(data)
    known = [_part(part) for part in (*[part + _MARKED for part in parts], last)]
    return _cut(data) if None in known else chain.from_iterable(filter(None, known))


@lru_cache(maxsize=64)
def _remembered(data: bytes) -> tuple[Operator, ...] | None:
    """The operators of a form; None where it cannot be understood."""
    try:
        return tuple(_cut(data))
    except NotUnderstoodError:
        return None


@lru_cache(maxsize=512)  # some 5 KB each
def _part(data: bytes) -> tuple[Operator, ...] | None:
    """The operators of a part of a stream; None where it cannot be understood alone."""
    try:
        return tuple(_cut(data))
    except NotUnderstoodError:
        return None


def _cut(data: bytes) -> Iterator[Operator]:
    at, end, match_at = 0, len(data), _TOKEN.match
    while at < end:
        match = match_at(data, at) or _compiled(_OPERATOR % (_OPERAND, _W, _END, _W)).match(data, at)
        if match is None:
            raise NotUnderstoodError(
                say("cannot be understood from {data!r} on (byte {at})", data=data[at : at + 24], at=at)
            )
        at = match.end()
        kind = match.lastgroup
        if kind == "letters":
            for path in set(_DRAWN.findall(match[0])):
                _check(path)
            yield _new(Operator, (LETTERS, "f", match[0]))
        elif kind == "path":
            raise NotUnderstoodError(say("has a path that nothing paints"))
        elif kind == "paint":
            if _BEGINS.match(match["path"]) is None:
                raise NotUnderstoodError(say("has a path that does not begin with m"))
            yield _new(Operator, (PATH, match["paint"].decode("ascii"), match["path"]))
        elif kind == "plain":
            yield _new(Operator, (PLAIN, "", match[0]))
        elif kind == "operator":
            name = match["operator"].decode("ascii")
            if name in _BUILDING:
                raise NotUnderstoodError(
                    say(
                        "gives {name} other operands than it takes: {match!r}",
                        name=name,
                        match=_shown(match["operands"]),
                    )
                )
            if name == "BI":
                raise NotUnderstoodError(say("has an inline image"))
            yield _new(Operator, (OTHER, name, match["operands"]))


def _shown(operands: bytes) -> str:
    return excerpt(operands.decode("latin-1"), 24)


@lru_cache(maxsize=8)
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    """An expression that few streams need: compiling one takes as long as reading a plate."""
    return re.compile(pattern, re.DOTALL)


@lru_cache(maxsize=4096)
def _check(path: bytes) -> None:
    if _BEGINS.match(path) is None or _ONE_PATH.fullmatch(path) is None:
        raise NotUnderstoodError(say("has a path that cannot be understood: {path!r}", path=_shown(path)))


def letters(run: bytes) -> Iterator[tuple[tuple[float, ...], bytes]]:
    """Each letter of a run: its map, and its path."""
    for match in _compiled(_LETTER).finditer(run):
        yield numbers(match[1]), match[2]


def numbers(operands: bytes) -> tuple[float, ...]:
    """Operands that are all numbers."""
    try:
        return tuple(map(float, operands.replace(b"\0", b" ").split()))
    except ValueError:
        raise NotUnderstoodError(say("has {operands!r} where numbers belong", operands=_shown(operands))) from None


def split(operands: bytes) -> list[bytes]:
    """Operands of any kind, each as it stands."""
    return _compiled(_OPERAND).findall(operands)


def segments(path: bytes) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each segment of a path: its operator, and its numbers."""
    for match in _compiled(_SEGMENTS).finditer(path):
        yield match[2].decode("ascii"), numbers(match[1])


def points(path: bytes) -> list[tuple[float, float]]:
    """The end and control points of a path, rectangles by two corners."""
    if b"r" not in path:
        v = numbers(path.translate(None, b"mlcvyh"))
        return list(zip(v[0::2], v[1::2], strict=True))
    found: list[tuple[float, float]] = []
    for name, v in segments(path):
        if name == "re":
            v = (v[0], v[1], v[0] + v[2], v[1] + v[3])
        found += zip(v[0::2], v[1::2], strict=True)
    return found
