"""The file holds a font.

Everything on a press sheet is outlined: a font is substituted somewhere between here and the plate, and then a number
is wrong. A document for people may have fonts, but then each must be embedded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

if TYPE_CHECKING:
    from pikepdf import Object

ID = "pdf-fonts"
SEVERITY = Severity.ERROR
TITLE = "a font in a file of outlines"
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check(press: Press) -> Iterator[Diagnostic]:
    """Every font dictionary, and text that is set in one."""
    for number, item, keys, kind in press.dictionaries:
        if kind == "/Font":
            yield from _font(press, say("object {number}", number=number), item)
        elif "/Font" in keys and len(item["/Font"]) and not press.expect.fonts:
            yield error(ID, say("object {number}: has a font", number=number))
    if press.expect.fonts:
        return
    for where, _, stream in press.streams():
        if any(paint.kind == "text" for paint in stream.paints):
            yield error(ID, say("{where}: sets text, so it has a font", where=where))


def _font(press: Press, where: str, font: Object) -> Iterator[Diagnostic]:
    if not press.expect.fonts:
        yield error(ID, say("{where}: is a Font", where=where))
        return
    name = str(font.get("/BaseFont", "/without a name"))[1:]
    if font.get("/Subtype") == "/Type3":
        yield error(ID, say("{where}: the font {name} is drawn by programs (Type 3)", where=where, name=name))
    elif "/DescendantFonts" not in font:
        described = font.get("/FontDescriptor")
        if described is None or not any(key in described for key in _FILES):
            yield error(ID, say("{where}: the font {name} is not embedded", where=where, name=name))
