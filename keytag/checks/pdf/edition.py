"""Numbered sheets, page by page: what all pages share is looked at once, each page only against a closed grammar.

A page may paint nothing but its two static forms and, between them, numbers: characters that are forms of the file, and
rectangles of whole modules. Then every page paints what its first one does, and that is preflighted in full.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic
from keytag.base.ink import USUAL_DIES, DieNames
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.checks.pdf.finding import Expectation, error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pikepdf import Object, Pdf

ID = "pdf-numbers"
_MOST = 5  # findings of one file: a thousand pages would say the same
_OWN = re.compile(rb"/(?:Contents|Parent) \d+ 0 R ?")  # what each page has for itself
_N = rb"-?\d++(?:\.\d++)?+"
_MAP = rb"%b(?: %b){5} cm\n" % (_N, _N)
_TEXT = rb"/ActualText (?:\([^()\\\n]*+\)|<[0-9A-F]*+>)>> BDC\nq "
# Rectangles of whole modules. Characters of no other kind stand among them, so that they are cut out as they come; how
# they stand is looked at all at once.
_ROWS = re.compile(rb" cm\n([ 0-9re\n]++)f\n")
_ROW = re.compile(rb"(?:[ \d]\d [ \d]\d [ \d]?\d 1 re\n)++")
_CUT = b" cm\n&f\n"
# Where pages of one kind may differ: numbers, what a span says, and which character is placed.
_SAID = re.compile(rb"/ActualText (?:\(([^()\\\n]*+)\)|<([0-9A-F]*+)>)")
_PLACED = re.compile(rb"/(\w)([0-9A-Z]) Do\n")
_OTHER = re.compile(rb"/\w_([0-9a-f]{4}) Do\n")
_DIGITS, _SPELLS = b"0123456789", b"0123456789ABCDEF"
_SAYS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def preflight_edition(data: bytes, standard: Standard, dies: DieNames = USUAL_DIES) -> list[Diagnostic]:
    """What is wrong with a file of numbered sheets; never raises for what is in it. `dies` as in an `Expectation`."""
    import pikepdf

    from keytag.checks.pdf import preflight

    try:
        with pikepdf.open(BytesIO(data), inherit_page_attributes=False) as pdf:
            firsts: list[int] = []
            found = list(_pages(pdf, firsts))
            sample = _sample(pdf, firsts, standard)
        rest = [error(ID, say("and {rest} more differences", rest=len(found) - _MOST))] if len(found) > _MOST else []
        return [*preflight(sample, standard, Expectation(dies=dies)), *found[:_MOST], *rest]
    except (pikepdf.PdfError, LookupError, TypeError, ValueError, AttributeError, zlib.error) as broken:
        return [error(ID, say("the file cannot be read back: {broken}", broken=broken))]


def _pages(pdf: Pdf, firsts: list[int]) -> Iterator[Diagnostic]:
    """Each page against the grammar, and against its kind; `firsts` gets the index of each kind's first."""
    kinds: dict[bytes, _Kind] = {}
    for number, page in enumerate([page.obj for page in pdf.pages], 1):
        entries = _OWN.sub(b"", page.unparse(resolved=True), 2)
        if entries not in kinds:
            kinds[entries] = _Kind(page["/Resources"])
            if len(kinds) > 2:
                yield error(
                    ID, say("page {number} has other boxes or resources than the pages before it", number=number)
                )
                return
            firsts.append(number - 1)
        kind, content = kinds[entries], zlib.decompress(page["/Contents"].read_raw_bytes())
        if kind.holds(content):
            continue
        if lacking := kind.lacking(content):
            yield error(
                ID,
                say(
                    "page {number} places a form that the file does not have: {lacking}",
                    number=number,
                    lacking=lacking,
                ),
            )
        else:
            yield error(
                ID,
                say("page {number} paints something else than its static forms and numbers of the file", number=number),
            )


class _Kind:
    """Pages that share boxes and resources. Most differ from the one before only in digits and letters where any may
    stand: those are compared byte by byte, all others read by the grammar."""

    def __init__(self, resources: Object) -> None:
        self._names = _names(resources, "/XObject")
        self._pattern = grammar(
            self._names, *(_names(resources, k) for k in ("/ColorSpace", "/ExtGState", "/Properties"))
        )
        self._known: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]] | None = None
        self._cut = False  # whether the last page had rectangles

    def holds(self, content: bytes) -> bool:
        """Whether a page is of the grammar."""
        if b"&" in content and _CUT in content:  # a byte is looked for ten times as fast as several
            return False
        if not self._cut and self._like_the_last(content):
            return True  # and has no rectangle, since the last one had none
        self._cut = b" re\n" in content
        if self._cut:
            parts = _ROWS.split(content)
            if not _whole_modules(b"".join(parts[1::2])):
                return False
            content = _CUT.join(parts[0::2])
            if self._like_the_last(content):
                return True
        if self._pattern.fullmatch(content) is None:
            return False
        self._known = (_bytes(content), *self._open(content))
        return True

    def _like_the_last(self, content: bytes) -> bool:
        """Whether a page differs from the last one that was read only where pages of the grammar may differ."""
        if self._known is None or self._known[0].size != len(content):
            return False
        known, kinds, may = self._known
        here = _bytes(content)
        differ = (known != here).nonzero()[0]
        return bool(may[kinds[differ], here[differ]].all())

    def lacking(self, content: bytes) -> str:
        """A character that a page places, and for which there is no form; empty where there are all."""
        placed = set(re.findall(rb"/(\w(?:_[0-9a-f]{4}|[0-9A-Z-])) Do\n", content))
        return min(placed - self._names, default=b"").decode("latin-1")

    def _open(self, content: bytes) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """What kind of place each byte of a good page is, and which bytes may stand on each kind; none on the first."""
        import numpy as np

        letters = sorted({name[:1] for name in self._names})
        may = np.zeros((len(letters) + 4, 256), np.bool_)
        may[1, list(_SAYS)] = may[2, list(_SPELLS)] = may[3, list(_DIGITS)] = True
        for kind, letter in enumerate(letters, 4):
            may[kind, list(_single(self._names, letter))] = True
        places = np.where(may[3][np.frombuffer(content, np.uint8)], np.uint8(3), np.uint8(0))
        for match in _OTHER.finditer(content):
            places[match.start(1) : match.end(1)] = 0
        for match in _SAID.finditer(content):
            said = match.lastindex or 0
            places[match.start(said) : match.end(said)] = said
        for match in _PLACED.finditer(content):
            places[match.start(2)] = 4 + letters.index(match[1])
        return places, may


def _bytes(content: bytes) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer(content, np.uint8)


def _names(resources: Object, kind: str) -> frozenset[bytes]:
    """The names of one group of resources."""
    return frozenset(key.encode()[1:] for key in resources[kind].keys()) if kind in resources else frozenset()  # noqa: SIM118


def _whole_modules(rows: bytes) -> bool:
    """Whether rectangles are of whole modules, a row high: `12  5 3 1 re`, all columns as wide.

    Of the characters that `_ROWS` cuts out digits alone have 3 in their upper four bits, and only a digit and a blank
    are alike without the lowest of these; so most files are looked at by two operations on all bytes.
    """
    import numpy as np

    here = np.frombuffer(rows, np.uint8)
    for digits in (1, 2):
        width = len(_row(digits)[0])
        if here.size % width == 0:
            looked, right = _rows(digits, 1 << (here.size // width).bit_length())
            if np.array_equal(here & looked[: here.size], right[: here.size]):
                return True
    return _ROW.fullmatch(rows) is not None


@lru_cache(maxsize=4)
def _rows(digits: int, times: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Which bits of so many rows are looked at, and what they are."""
    import numpy as np

    looked, right = _row(digits)
    return np.tile(np.array(looked, np.uint8), times), np.tile(np.array(right, np.uint8), times)


def _row(digits: int) -> tuple[list[int], list[int]]:
    """The same of one row, whose length has one digit, or two places."""
    digit, either, exact = (0xF0, 0x30), (0xE0, 0x20), [(0xFF, byte) for byte in b" 1 re\n"]
    number = [either, digit, exact[0]]
    bits = [*number, *number, *([either] * (digits - 1)), digit, *exact]
    return [looked for looked, _ in bits], [right for _, right in bits]


def _single(names: frozenset[bytes], letter: bytes) -> bytes:
    """The characters that are forms of one font and ink."""
    return b"".join(sorted(name[1:] for name in names if name[:1] == letter and len(name) == 2))


def _one_of(words: Iterable[bytes]) -> bytes:
    return rb"(?:%b)" % (b"|".join(map(re.escape, sorted(words))) or rb"(?!)")


def grammar(
    names: frozenset[bytes], inks: Iterable[bytes], states: Iterable[bytes], layers: Iterable[bytes]
) -> re.Pattern[bytes]:
    """What a page may be that has these forms, inks, states and layers, `&` in the place of a code's rectangles."""
    if not {b"Under", b"Over"} <= names:
        raise ValueError(say("a page lacks its static forms"))
    forms = []
    for letter in sorted({name[:1] for name in names if len(name) == 2 or name[1:2] == b"_"}):
        other = [name[1:] for name in names if name[:2] == letter + b"_"]
        forms.append(rb"%b(?:[%b]|%b)" % (letter, re.escape(_single(names, letter)) or rb"&", _one_of(other)))
    character = rb"/(?:%b) Do\n" % (b"|".join(forms) or rb"(?!)")
    characters = rb"/Span <<%b%b(?:(?:%b)?+%b)*+Q\nEMC\n" % (_TEXT, _MAP, _MAP, character)
    symbol = rb"/Figure <</Alt \(QR\) %b%b(?:&f\n)?+Q\nEMC\n" % (_TEXT, _MAP)
    ink = rb"/%b gs\n(?:/%b cs %b scn\n|%b(?: %b){3} k\n)" % (_one_of(states), _one_of(inks), _N, _N, _N)
    begin = rb"(?:/OC /%b BDC|/KTLayer <</Name /[A-Za-z_0-9]+>> BDC)\nq\n" % _one_of(layers)
    layer = rb"%b(?:%b|%b|%b)*+Q\nEMC\n" % (begin, characters, symbol, ink)
    return re.compile(rb"q\n%b/Under Do\n(?:%b)*+/Over Do\nQ\n" % (_MAP, layer))


def _sample(pdf: Pdf, firsts: Sequence[int], standard: Standard) -> bytes:
    """The file with the first page of each kind alone."""
    from pikepdf import Array

    from keytag.render.pdf.saving import saved

    tree, kept = pdf.Root["/Pages"], [pdf.pages[i].obj for i in firsts]
    if not kept:
        raise ValueError("it has no pages")
    for page in kept:
        page["/Parent"] = tree
    tree["/Kids"], tree["/Count"] = Array(kept), len(kept)
    return saved(pdf, standard)
