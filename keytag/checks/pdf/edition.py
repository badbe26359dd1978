"""Numbered sheets, page by page: what all pages share is looked at once, each page only against a closed grammar.

A page may paint nothing but its two static forms and, between them, numbers: characters that are forms of the file, and
rectangles of whole modules. Then every page paints what its first one does, and that is preflighted in full.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
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
# Pages are matched with every digit as a nought: one expression then reads numbers, and no page is gone through twice.
_NOUGHTS = bytes.maketrans(b"123456789", b"0" * 9)
_N = rb"-?0++(?:\.0++)?+"
_MAP = rb"%b(?: %b){5} cm\n" % (_N, _N)
_TEXT = rb"/ActualText (?:\([^()\\\n]*+\)|<[0A-F]*+>)>> BDC\nq "
_OTHER_NAME = re.compile(rb"/(\w_[0-9a-f]{4}) Do")
# Where pages of one kind may differ in letters: what a span says, and which character is placed.
_SAID = re.compile(rb"/ActualText (?:\(([^()\\\n]*+)\)|<([0A-F]*+)>)")
_PLACED = re.compile(rb"/(\w)([0A-Z]) Do\n")
_SAYS, _SPELLS = b"0ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0ABCDEF"


def preflight_edition(data: bytes, standard: Standard, dies: DieNames = USUAL_DIES) -> list[Diagnostic]:
    """What is wrong with a file of numbered sheets; never raises for what is in it. `dies` as in an `Expectation`."""
    import pikepdf

    from keytag.checks.pdf import preflight

    try:
        with pikepdf.open(BytesIO(data), inherit_page_attributes=False) as pdf:
            firsts: list[int] = []
            found = list(_pages(pdf, firsts))
            sample = _sample(pdf, firsts, standard)
        return [*preflight(sample, standard, Expectation(dies=dies)), *found[:_MOST]]
    except (pikepdf.PdfError, LookupError, TypeError, ValueError, AttributeError, zlib.error) as broken:
        return [error(ID, say("the file cannot be read back: {broken}", broken=broken))]


def _pages(pdf: Pdf, firsts: list[int]) -> Iterator[Diagnostic]:
    """Each page against the grammar, and against its kind; `firsts` gets the index of each kind's first."""
    kinds: dict[bytes, _Kind] = {}
    for number, page in enumerate(pdf.pages, 1):
        entries = _entries(page.obj)
        if entries not in kinds:
            kinds[entries] = _Kind(frozenset(k.encode()[1:] for k in page.obj["/Resources"]["/XObject"].keys()))  # noqa: SIM118
            if len(kinds) > 2:
                yield error(
                    ID, say("page {number} has other boxes or resources than the pages before it", number=number)
                )
                return
            firsts.append(number - 1)
        kind = kinds[entries]
        content = zlib.decompress(page.obj["/Contents"].read_raw_bytes())
        if not kind.holds(content.translate(_NOUGHTS)):
            yield error(
                ID,
                say("page {number} paints something else than its static forms and numbers of the file", number=number),
            )
        elif b"_" in content and (lacking := {*_OTHER_NAME.findall(content)} - kind.names):
            yield error(
                ID,
                say(
                    "page {number} places a form that the file does not have: {lacking}",
                    number=number,
                    lacking=min(lacking).decode(),
                ),
            )


def _entries(page: Object) -> bytes:
    """All of a page's dictionary but its contents and its place in the tree."""
    return b" ".join(page[key].unparse() for key in sorted(page.keys()) if key not in ("/Contents", "/Parent"))


class _Kind:
    """Pages that share boxes and resources. Most differ from the one before only in letters where any may stand: those
    are compared byte by byte, all others read by the grammar."""

    def __init__(self, names: frozenset[bytes]) -> None:
        self.names = names
        self._pattern = grammar(names)
        self._known: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]] | None = None

    def holds(self, content: bytes) -> bool:
        """Whether a page is of the grammar, every digit in it written as a nought."""
        import numpy as np

        here = np.frombuffer(content, np.uint8)
        if self._known is not None:
            known, kinds, may = self._known
            if known.size == here.size:
                differ = np.flatnonzero(known != here)
                if may[kinds[differ], here[differ]].all():
                    return True
        if self._pattern.fullmatch(content) is None:
            return False
        self._known = (here, *self._open(content)) if b" re\n" not in content else None  # codes differ in length
        return True

    def _open(self, content: bytes) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """What kind of place each byte of a good page is, and which bytes may stand on each kind; none on the first."""
        import numpy as np

        letters = sorted({name[:1] for name in self.names})
        may = np.zeros((len(letters) + 3, 256), np.bool_)
        may[1, list(_SAYS)] = may[2, list(_SPELLS)] = True
        for kind, letter in enumerate(letters, 3):
            may[kind, list(_single(self.names, letter))] = True
        places = np.zeros(len(content), np.uint8)
        for match in _SAID.finditer(content):
            said = match.lastindex or 0
            places[match.start(said) : match.end(said)] = said
        for match in _PLACED.finditer(content):
            places[match.start(2)] = 3 + letters.index(match[1])
        return places, may


def _single(names: frozenset[bytes], letter: bytes) -> bytes:
    """The characters that are forms of one font and ink, digits as a nought where all ten are."""
    single = {name[1:] for name in names if name[:1] == letter and len(name) == 2}
    digits = {b"%d" % digit for digit in range(10)}
    return b"".join(sorted((single - digits) | ({b"0"} if digits <= single else set())))


def grammar(names: frozenset[bytes]) -> re.Pattern[bytes]:
    """What a page may be whose resources have these forms, every digit in it written as a nought."""
    if not {b"Under", b"Over"} <= names:
        raise ValueError(say("a page lacks its static forms"))
    forms = []
    for letter in sorted({name[:1] for name in names if len(name) == 2 or name[1:2] == b"_"}):
        forms.append(rb"%b(?:[%b]|_[0a-f]{4})" % (letter, re.escape(_single(names, letter))))
    character = rb"/(?:%b) Do\n" % (b"|".join(forms) or rb"(?!)")
    characters = rb"/Span <<%b%b(?:(?:%b)?+%b)*+Q\nEMC\n" % (_TEXT, _MAP, _MAP, character)
    symbol = rb"/Figure <</Alt \(QR\) %b%b(?:(?:[ 0]0 [ 0]0 [ 0]?0 0 re\n)++f\n)?+Q\nEMC\n" % (_TEXT, _MAP)
    ink = rb"/[A-Za-z]+ gs\n(?:/\S+ cs %b scn\n|%b(?: %b){3} k\n)" % (_N, _N, _N)
    begin = rb"(?:/OC /[A-Za-z_0]+ BDC|/KTLayer <</Name /[A-Za-z_0]+>> BDC)\nq\n"
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
