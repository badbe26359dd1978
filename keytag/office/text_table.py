"""A text table (CSV, TSV) becomes rows: its encoding by what its bytes can be, its separator by its lines.

UTF-8 and UTF-16 tell themselves; other bytes are read as Windows-1258, Excel's Vietnamese code page, and where that
gives what no Vietnamese text has, nothing is read.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import Any

from keytag.base.errors import InputError
from keytag.base.system import reason
from keytag.base.words import say

_SEPARATORS = ";,\t"
# What Windows-1258 makes of other code pages' bytes: a mark on a consonant, a short vowel that ends a syllable.
_NO_VIETNAMESE = re.compile(r"[^\W\d_aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ][\u0300\u0301\u0303\u0309\u0323]|[ăĂ](?![^\W\d_])|[₫þÞ]")


def table(data: bytes, name: str) -> tuple[list[list[Any]], tuple[str, ...]]:
    """The rows of a text table, and what is to be said of it; an `InputError` where it is no text."""
    text, notes = _decoded(data, name)
    if "\0" in text:
        raise InputError.of(name, say("is not a text file"))
    separator = _separator(text)
    try:
        rows: list[list[Any]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise InputError.of(name, say("cannot be read as a table: {error}", error=reason(error))) from error
    return rows, notes


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16"), (say("read as UTF-16"),)
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError.of(name, say("is broken UTF-16 text"), hint=say("save it again as 'CSV UTF-8'"))
    if data[1::2].count(0) > len(data) // 4 or data[::2].count(0) > len(data) // 4:
        raise InputError.of(name, say("looks like UTF-16 without its mark"), hint=say("save it as 'CSV UTF-8'"))
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise _unknown(name) from error
    if _NO_VIETNAMESE.search(text) or _NO_VIETNAMESE.search(unicodedata.normalize("NFC", text)):
        raise _unknown(name)
    return text, (say("read as Windows-1258"),)


def _unknown(name: str) -> InputError:
    what = say("is neither UTF-8, UTF-16 nor Windows-1258 text")
    return InputError.of(name, what, hint=say("in Excel: Save As, 'CSV UTF-8'; or save it as .xlsx"))


def _separator(text: str) -> str:
    """The separator that gives the same number of columns in most lines, two at least; a comma where none does."""
    lines = [line for line in text.splitlines() if line.strip()][:50]
    best, most = ",", 0
    for separator in _SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(counts), key=counts.count, default=1)
        score = counts.count(usual) * (usual > 1) * 1000 + usual
        if usual > 1 and score > most:
            best, most = separator, score
    return best
