"""The file holds what no press file may hold.

Fonts (everything is outlined), transparency, annotations, actions, scripts, forms, attached files, encryption, LZW and
PostScript each make a RIP refuse the job, or print something else than the proof.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press
from keytag.diagnostics import Diagnostic, Severity

ID = "pdf-forbidden"
SEVERITY = Severity.ERROR
TITLE = "fonts, transparency, actions or other forbidden things"
_CATALOG = ("/OpenAction", "/AA", "/AcroForm", "/AF", "/Collection")
_STATE = {"/SMask": "/None", "/BM": "/Normal", "/ca": "1", "/CA": "1"}


def check(press: Press) -> Iterator[Diagnostic]:
    """The catalog, every dictionary, and every stream's oddities."""
    import pikepdf

    root = press.pdf.Root
    for key in _CATALOG:
        if key in root:
            yield error(ID, f"the catalog has {key}")
    for key in root.get("/Names", pikepdf.Dictionary()).keys():  # noqa: SIM118
        yield error(ID, f"the catalog has the name tree {key}")
    for number, page in enumerate(press.pdf.pages, 1):
        for key in ("/Annots", "/AA", "/Group"):
            if key in page.obj:
                yield error(ID, f"page {number}: has {key}")
    for item in press.pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from _object(item)
    for where, _, stream in press.streams():
        for odd in stream.odd:
            yield error(ID, f"{where}: has {odd}")


def _object(item: object) -> Iterator[Diagnostic]:
    import pikepdf

    assert isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
    where = f"object {item.objgen[0]}"
    kind = str(item.get("/Type", ""))
    if kind in ("/Font", "/Filespec", "/EmbeddedFile"):
        yield error(ID, f"{where}: is a {kind[1:]}")
    if "/JS" in item or item.get("/S") == "/JavaScript":
        yield error(ID, f"{where}: has a script")
    for key, harmless in _STATE.items():
        if kind == "/ExtGState" and key in item and str(item[key]) not in (harmless, f"{harmless}.0"):
            yield error(ID, f"{where}: has transparency ({key} {item[key]})")
    for holder in (item, item.get("/Resources")):
        if isinstance(holder, pikepdf.Dictionary) and len(holder.get("/Font", pikepdf.Dictionary()).keys()):
            yield error(ID, f"{where}: has a font")
    if isinstance(item, pikepdf.Stream):
        filters = item.get("/Filter", pikepdf.Array())
        names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
        for name in ("/LZWDecode", "/Crypt", "/JBIG2Decode", "/JPXDecode"):
            if name in names:
                yield error(ID, f"{where}: is compressed by {name[1:]}")
        if "/SMask" in item or item.get("/Subtype") == "/PS" or "/F" in item or "/Ref" in item or "/OPI" in item:
            yield error(ID, f"{where}: has a soft mask, PostScript, OPI or an external part")
        if item.get("/Subtype") == "/Form" and "/Group" in item:
            yield error(ID, f"{where}: is a transparency group")
