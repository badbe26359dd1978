"""The file says the wrong PDF version, or is built as the standard forbids.

PDF/X-4 is PDF 1.6 exactly here; PDF/X-1a:2003 is PDF 1.4 with a plain cross-reference table. A RIP that trusts the
header may refuse anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-version"
SEVERITY = Severity.ERROR
TITLE = "wrong PDF version or structure"
_TAIL = 16  # bytes at the end: the mark and the ends of lines


def check(press: Press) -> Iterator[Diagnostic]:
    """The header, the end, the catalog's version, and the kind of cross-reference."""
    wanted = press.standard.pdf_version
    header = re.match(rb"%PDF-(\d\.\d)[\r\n]", press.data)
    said = header[1].decode() if header else "none"
    if said != wanted:
        yield error(
            ID,
            say(
                "the header says PDF {said}, {standard} needs {wanted}",
                said=said,
                standard=press.standard.title,
                wanted=wanted,
            ),
        )
    if not press.data[-_TAIL:].rstrip().endswith(b"%%EOF"):
        yield error(ID, say("there is something behind the end of the file"))
    if press.data.count(b"startxref") != 1:
        yield error(ID, say("the file was changed after it was written: a revision is appended"))
    newer = str(press.pdf.Root.get("/Version", ""))[1:]
    if newer and newer != wanted:
        yield error(
            ID,
            say(
                "the catalog says PDF {newer}, {standard} needs {wanted}",
                newer=newer,
                standard=press.standard.title,
                wanted=wanted,
            ),
        )
    trailer = press.pdf.trailer
    if press.standard is Standard.X1A and (trailer.get("/Type") == "/XRef" or "/XRefStm" in trailer):
        yield error(ID, say("has cross-reference or object streams (PDF 1.5), which old RIPs cannot read"))
    if press.pdf.is_encrypted:
        yield error(ID, say("the file is encrypted"))
