"""The file holds what no press file may hold.

Annotations, actions, scripts, forms to fill in, attached files, external parts, LZW, PostScript, and content that
cannot be understood each make a RIP refuse the job, or print something else than the proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.checks.pdf.resources import is_form, is_stream

if TYPE_CHECKING:
    from pikepdf import Object

ID = "pdf-forbidden"
SEVERITY = Severity.ERROR
TITLE = "actions, attachments or other forbidden things"
_CATALOG = ("/OpenAction", "/AA", "/AcroForm", "/AF", "/Collection", "/Threads")
_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
_WISHES = ("/PrintScaling", "/DisplayDocTitle")  # copies to look at are printed at their size
_FILTERS = ("/FlateDecode", "/DCTDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/CCITTFaxDecode")


def check(press: Press) -> Iterator[Diagnostic]:
    """The catalog, the pages, every dictionary, and every stream's oddities."""
    root = press.pdf.Root
    for key in _CATALOG:
        if key in root:
            yield error(ID, say("the catalog has {key}", key=key))
    wishes = root.get("/ViewerPreferences")
    for key in _AREAS:
        if wishes is not None and key in wishes:
            yield error(ID, say("the catalog chooses what is shown or printed of a page ({key})", key=key))
    for key in wishes.keys() if wishes is not None else ():
        if key not in (*_AREAS, *_WISHES):
            yield error(ID, say("the catalog tells how the file is to be shown or printed ({key})", key=key))
    names = root.get("/Names")
    for key in ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations"):
        if names is not None and key in names:
            yield error(ID, say("the catalog has the name tree {key}", key=key))
    for number, page in enumerate(press.pdf.pages, 1):
        for key in ("/Annots", "/AA", "/PresSteps", "/Trans", "/Dur", "/SeparationInfo"):
            if key in page.obj and (key != "/Annots" or len(page.obj[key])):
                yield error(ID, say("page {number}: has {key}", number=number, key=key))
    for number, item, keys, kind in press.dictionaries:
        for words in _dictionary(item, keys, kind):
            yield error(ID, say("object {number}: {words}", number=number, words=words))
        if is_stream(item):
            for words in _stream(item):
                yield error(ID, say("object {number}: {words}", number=number, words=words))
    for where, _, stream in press.streams():
        for odd in stream.odd:
            yield error(ID, f"{where}: {odd}")


def _dictionary(item: Object, keys: Set[str], kind: str) -> Iterator[str]:
    if kind in ("/Filespec", "/EmbeddedFile") or "/EF" in keys:
        yield say("is an attached file")
    if "/JS" in keys or ("/S" in keys and item["/S"] == "/JavaScript"):
        yield say("is a script")
    if "/OPI" in keys:
        yield say("is to be replaced by another picture (OPI)")
    if kind == "/ExtGState":
        if "/TR" in keys or item.get("/TR2", "/Default") != "/Default":
            yield say("has a transfer curve")
        if "/HTP" in keys or item.get("/HT", "/Default") != "/Default":
            yield say("chooses its own screening")
        if "/FL" in item:
            yield say("sets a flatness of its own")
        for key in ("/BG", "/UCR"):
            if key in item or item.get(f"{key}2", "/Default") != "/Default":
                yield say("chooses its own black ({key})", key=key)


def _stream(item: Object) -> Iterator[str]:
    import pikepdf

    filters = item.get("/Filter", pikepdf.Array())
    for name in filters if isinstance(filters, pikepdf.Array) else [filters]:
        if str(name) not in _FILTERS:
            yield say("is compressed by {name}", name=str(name)[1:])
    if item.get("/Subtype") == "/PS" or item.get("/Subtype2") == "/PS":
        yield "is PostScript"
    if "/F" in item:
        yield say("has its data in another file")
    if is_form(item) and "/Ref" in item:
        yield say("stands for a page of another file")
    if any("/DefaultForPrinting" in other for other in item.get("/Alternates", ())):
        yield say("is printed as another picture")
