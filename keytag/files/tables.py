"""Tables for spreadsheets: CSV that opens in Excel as it is meant, and in which nothing is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# OWASP, CSV Injection: a cell that begins so is a formula to some spreadsheet; full-width forms are folded by others.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet would run; leading blanks hide nothing."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def csv_text(rows: Iterable[Sequence[str | int]]) -> str:
    """The rows in UTF-8's byte order mark, CRLF, quoted where needed; texts made harmless, numbers as they are."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()
