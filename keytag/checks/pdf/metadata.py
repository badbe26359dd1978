"""What the file says of itself is missing or contradicts itself.

PDF/X wants a title, dates, Trapped and an identification, and the XMP metadata must say the same as the Info
dictionary: a workflow that reads one and a person who reads the other must not be told different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

if TYPE_CHECKING:
    from pikepdf import Object

ID = "pdf-metadata"
SEVERITY = Severity.ERROR
TITLE = "identification or metadata missing or contradictory"

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
_OTHERS = {
    "http://www.aiim.org/pdfa/ns/id/": "PDF/A",
    "http://www.aiim.org/pdfe/ns/id/": "PDF/E",
    "http://www.npes.org/pdfvt/ns/id/": "PDF/VT",
}
_TWINS = {
    "/Title": "dc:title",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
    "/Trapped": "pdf:Trapped",
}
_NEEDED = ("xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")
_OPTIONAL = {"/Subject": "dc:description", "/Author": "dc:creator", "/Keywords": "pdf:Keywords"}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'\d\d'?)?")


def check(press: Press) -> Iterator[Diagnostic]:
    """Info, XMP, their agreement, the identification, and the trailer's ID."""
    info = press.pdf.trailer.get("/Info")
    ids = press.pdf.trailer.get("/ID")
    if ids is None or len(ids) != 2 or not all(bytes(part) for part in ids):
        yield error(ID, say("the trailer has no ID of two strings"))
    if info is None:
        yield error(ID, say("there is no Info dictionary"))
        return
    xmp = _xmp(press)
    if xmp is None:
        yield error(ID, say("there is no XMP metadata that can be read"))
        xmp = {}
    for key, twin in _TWINS.items():
        value = str(info.get(key, "")).removeprefix("/") if key == "/Trapped" else str(info.get(key, ""))
        if not value:
            yield error(ID, say("Info {key} is missing", key=key))
        elif not _same(key, value, xmp.get(twin, "")):
            yield error(
                ID,
                say(
                    "Info {key} is {value!r} and XMP {twin} is {get!r}",
                    key=key,
                    value=value,
                    twin=twin,
                    get=xmp.get(twin, ""),
                ),
            )
    for key, twin in _OPTIONAL.items():
        if str(info.get(key, "")) != xmp.get(twin, ""):
            yield error(
                ID,
                say(
                    "Info {key} is {get!r} and XMP {twin} is {get2!r}",
                    key=key,
                    get=str(info.get(key, "")),
                    twin=twin,
                    get2=xmp.get(twin, ""),
                ),
            )
    for name in _NEEDED:  # ISO 15930-7, 6.7.2
        if press.standard is Standard.X4 and xmp and not xmp.get(name):
            yield error(ID, say("XMP {name} is missing", name=name))
    yield from _identified(press, info, xmp)


def _identified(press: Press, info: Object, xmp: dict[str, str]) -> Iterator[Diagnostic]:
    """What the file says that it is."""
    if press.standard is Standard.X4 and "/GTS_PDFXVersion" in info:
        yield error(
            ID, say("Info identifies the file as {info}, which PDF/X-4 leaves to XMP", info=info["/GTS_PDFXVersion"])
        )
    if str(info.get("/Trapped", "")) not in ("/False", "/True"):
        yield error(ID, say("Trapped is not the name True or False"))
    for claim in _claims(press):
        yield error(ID, say("the file identifies itself as {claim}, too", claim=claim))
    said = xmp.get("pdfxid:GTS_PDFXVersion") if press.standard is Standard.X4 else str(info.get("/GTS_PDFXVersion", ""))
    if said != press.standard.title:
        yield error(
            ID,
            say(
                "the file identifies itself as {said}, not as {standard}",
                said=said or say("nothing"),
                standard=press.standard.title,
            ),
        )


def _claims(press: Press) -> Iterator[str]:
    """Other standards that XMP says the file keeps to."""
    stream = press.pdf.Root.get("/Metadata")
    data = b"" if stream is None else stream.read_bytes()
    return (claim for space, claim in _OTHERS.items() if space.encode() in data)


def _xmp(press: Press) -> dict[str, str] | None:
    stream = press.pdf.Root.get("/Metadata")
    if stream is None:
        return None
    try:
        root = ElementTree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", stream.read_bytes(), flags=re.S).strip())
    except ElementTree.ParseError:
        return None
    found: dict[str, str] = {}
    for prefix, space in _SPACES.items():
        for description in root.iter(_RDF + "Description"):
            for name, value in description.attrib.items():
                if name.startswith("{" + space + "}"):
                    found[f"{prefix}:{name.rpartition('}')[2]}"] = value
            for child in description:
                if child.tag.startswith("{" + space + "}"):
                    item = next((li.text for li in child.iter(_RDF + "li")), child.text)
                    found[f"{prefix}:{child.tag.rpartition('}')[2]}"] = (item or "").strip()
    return found


def _same(key: str, info: str, xmp: str) -> bool:
    if not key.endswith("Date"):
        return info == xmp
    match = _PDF_DATE.fullmatch(info)
    if match is None:
        return False
    zone = (match[7] or "Z").replace("'", ":").rstrip(":").replace("Z", "+00:00")
    try:
        ours = datetime.fromisoformat(f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{match[6]}{zone}")
        return ours == datetime.fromisoformat(xmp.replace("Z", "+00:00"))
    except (ValueError, TypeError):
        return False
