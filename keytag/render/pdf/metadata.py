"""What the file says of itself: the Info dictionary and its exact XMP twin (ISO 15930-7, 6.7; ISO 15930-4, 6.7).

All of it follows from the document; there is no clock and no random identifier.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from keytag._version import __version__
from keytag.base.drawing import Document
from keytag.base.plates import marks_of, plates_of
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.render.markup import escape

if TYPE_CHECKING:
    from pikepdf import Dictionary

CREATOR = "keytag"
PRODUCER = f"keytag {__version__}"
# XML 1.0, 2.2: no other character can stand in an XMP packet, so none stands in Info either.
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{subject}<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>{uuid}</xmpMM:DocumentID>
<xmpMM:InstanceID>{uuid}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
{plates}{identification}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
_SUBJECT = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n'
# XMP, part 2: the job (Basic Job Ticket namespace) and the plates (Paged-Text namespace).
_PLATES = (
    '<xmpBJ:JobRef xmlns:xmpBJ="http://ns.adobe.com/xap/1.0/bj/" xmlns:stJob="http://ns.adobe.com/xap/1.0/sType/Job#">'
    '<rdf:Bag><rdf:li rdf:parseType="Resource"><stJob:name>{job}</stJob:name></rdf:li></rdf:Bag></xmpBJ:JobRef>\n'
    '<xmpTPg:PlateNames xmlns:xmpTPg="http://ns.adobe.com/xap/1.0/t/pg/"><rdf:Seq>{names}</rdf:Seq></xmpTPg:PlateNames>\n'
)
_IDENTIFICATION = {
    Standard.X4: "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
    Standard.X1A: "<pdfx:GTS_PDFXVersion>PDF/X-1a:2003</pdfx:GTS_PDFXVersion>",
}


class Facts(NamedTuple):
    """The document's own words, safe in both spellings, and its moment."""

    title: str
    subject: str
    moment: datetime
    job: str = ""
    plates: tuple[str, ...] = ()


def facts(document: Document) -> Facts:
    """Title and subject on one line each; `ValueError` for an empty title or a date without a zone."""
    title, subject = _line(document.title), _line(document.subject)
    if not title:
        raise ValueError("a PDF/X file needs a title")
    moment = datetime.fromisoformat(document.date)
    if moment.tzinfo is None:
        raise ValueError(f"the date {document.date!r} has no time zone")
    plates = plates_of(marks_of((*document.forms, *document.pages)), technical=True) if document.job else ()
    return Facts(title, subject, moment.replace(microsecond=0), _line(document.job), plates)


def fill_info(info: Dictionary, said: Facts, standard: Standard) -> None:
    """Write the Info entries into `info`."""
    from pikepdf import Name, String

    date = String(_pdf_date(said.moment))
    info["/Title"] = String(said.title)
    if said.subject:
        info["/Subject"] = String(said.subject)
    info["/Creator"], info["/Producer"] = String(CREATOR), String(PRODUCER)
    info["/CreationDate"], info["/ModDate"] = date, date
    info["/Trapped"] = Name("/False")
    if standard is Standard.X1A:
        info["/GTS_PDFXVersion"] = String(standard.title)


def xmp(said: Facts, standard: Standard, digest: bytes) -> bytes:
    """The XMP packet; `digest` (16 bytes or more) of the contents names the document."""
    h = digest.hex()
    # RFC 9562, 5.8: version 8 is an identifier made by the application's own rule.
    uuid = f"uuid:{h[:8]}-{h[8:12]}-8{h[13:16]}-8{h[17:20]}-{h[20:32]}"
    packet = _XMP.format(
        title=escape(said.title),
        subject=_SUBJECT.format(escape(said.subject)) if said.subject else "",
        creator=escape(CREATOR),
        producer=escape(PRODUCER),
        date=said.moment.isoformat(),
        uuid=uuid,
        plates=_PLATES.format(
            job=escape(said.job), names="".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in said.plates)
        )
        if said.job
        else "",
        identification=_IDENTIFICATION[standard],
    )
    return packet.encode()


def _line(text: str) -> str:
    return " ".join(text.translate(_NOT_XML).split())


def _pdf_date(moment: datetime) -> str:
    """ISO 32000-1, 7.9.4."""
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
