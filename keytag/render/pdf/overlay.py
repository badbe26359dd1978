"""A document that a layout library has set becomes PDF/X-4 and gets its tag pictures: press drawings, never redrawn.

A picture is one face as a person holds it: what the Artwork layer paints, in process colours on its own plastic, cut
out by the trim, the ring hole through it. Where the pictures stand, and all else on the pages, is the caller's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from keytag.base.drawing import Document, Fill, Form, Group, Layer, Mark, Stroke
from keytag.base.geometry import Affine, Path, Rect, circle
from keytag.base.ink import PAPER, Cmyk, Ink
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.units import PT_PER_MM, number, pt
from keytag.render.pdf.content import KNOCKOUT, OVERPRINT, Content, form_content
from keytag.render.pdf.document import _catalog, _form, _Shared, _stream
from keytag.render.pdf.metadata import facts, fill_info, xmp
from keytag.render.pdf.syntax import matrix, path_text, ratio
from keytag.render.seen import seen_art
from keytag.tag.artwork import Artwork, Face

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_EDGE = Ink("Edge", Cmyk(0, 0, 0, 0.45))
_HAIRLINE = pt(0.25)  # the thinnest line that any preflight accepts
_PAGE_TRIM = 3.0  # an office page bleeds nothing, but its TrimBox must lie so far inside its BleedBox
_BFCHAR = re.compile(rb"(<[0-9A-Fa-f]{2}> )<([0-9A-Fa-f]{4})>")


class TagPicture(NamedTuple):
    """One face of a tag; no line of it is thinner than `thinnest` mm, so that it survives being scaled down."""

    artwork: Artwork
    face: Face
    thinnest: float = _HAIRLINE


class Stamp(NamedTuple):
    """One use of a picture: `at` maps its millimetres to those of page `page` (from 0), y down from the top left."""

    page: int
    at: Affine
    picture: str


class Laid(NamedTuple):
    """What the layout library has made, and what belongs on it.

    `readings` says what codes of private use mean: glyphs that shaping chose and that have no character of their own.
    """

    data: bytes
    pictures: Mapping[str, TagPicture]
    stamps: Sequence[Stamp]
    readings: Mapping[int, str]


def finish(laid: Laid, title: str, subject: str, moment: str, language: str) -> bytes:
    """The PDF/X-4 file, its words in `language`; `moment` is ISO 8601 with its zone.

    Raises `ValueError` as `write` does.
    """
    import pikepdf
    from pikepdf import Dictionary, Name, Stream, String

    said = facts(Document(title, moment, (), (), subject))
    used = dict.fromkeys(stamp.picture for stamp in laid.stamps)
    contents = {key: _content(laid.pictures[key]) for key in used}
    pdf = pikepdf.open(BytesIO(laid.data))
    try:
        shared = _Shared(pdf, list(contents.values()))
        forms = _forms(pdf, shared, contents, laid.pictures)
        names = {key: f"Tag{i}" for i, key in enumerate(used)}
        on_page: dict[int, list[Stamp]] = {}
        for stamp in laid.stamps:
            on_page.setdefault(stamp.page, []).append(stamp)
        for index, page in enumerate(pdf.pages):
            stamps = on_page.get(index, [])
            _page(page.obj, shared, {names[s.picture]: forms[s.picture] for s in stamps})
            drawn = (f"q\n/{OVERPRINT} gs\n".encode(), _read(page.obj), b"\n", _stamped(page.obj, stamps, names))
            page.obj["/Contents"] = _stream(pdf, b"".join(drawn))
        _readings(pdf, laid.readings)
        _catalog(pdf, shared)
        pdf.Root["/Lang"] = String(language)
        # Labels fit their stock and tags are shown 1:1 only where nobody shrinks the page (ISO 32000-1, table 150).
        pdf.Root["/ViewerPreferences"] = Dictionary(PrintScaling=Name("/None"))
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        fill_info(pdf.docinfo, said, Standard.X4)
        told = hashlib.sha256(laid.data)
        for content in contents.values():
            told.update(content.data)
        told.update(title.encode())
        packet = Stream(pdf, xmp(said, Standard.X4, told.digest()), Dictionary(Type=Name.Metadata, Subtype=Name.XML))
        pdf.Root["/Metadata"] = pdf.make_indirect(packet)
        out = BytesIO()
        pdf.save(
            out,
            force_version=Standard.X4.pdf_version,
            fix_metadata_version=False,
            deterministic_id=True,
            compress_streams=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return out.getvalue()
    finally:
        pdf.close()


def _content(picture: TagPicture) -> Content:
    """The picture's operators: clipped art on its plastic, then hole and edge over it."""
    face, trim = picture.face, picture.artwork.outline_of(picture.face).path()
    inner = seen_art(picture.artwork, face)
    edges = [trim]
    over: list[Mark] = []
    for hole in face.holes:
        ring = circle(hole.centre.x, hole.centre.y, hole.diameter / 2)
        over.append(Fill(ring, PAPER))
        edges.append(ring)
    over += [Stroke(path, _EDGE, picture.thinnest) for path in edges]
    below = _drawn(face.form.key, [_thickened(mark, picture.thinnest) for mark in inner])
    above = _drawn(face.form.key, over)
    data = b"".join((b"q\n", _clip(trim), below.data, b"Q\n", above.data))
    return below._replace(data=data, states=tuple(dict.fromkeys((*below.states, *above.states))))


def _drawn(key: str, marks: list[Mark]) -> Content:
    bounds = Rect(0, 0, 0, 0)  # of no account: only the operators are wanted
    return form_content(Form(key, bounds, (Group(Layer.ARTWORK, tuple(marks)),)), layers=False)


def _clip(path: Path) -> bytes:
    return f"{path_text(path)}W n\n".encode("ascii")


def _thickened(mark: Mark, thinnest: float) -> Mark:
    return mark._replace(width=max(mark.width, thinnest)) if isinstance(mark, Stroke) else mark


def _forms(
    pdf: Pdf, shared: _Shared, contents: Mapping[str, Content], pictures: Mapping[str, TagPicture]
) -> dict[str, Object]:
    """One form XObject for each picture; faces that look the same (a district's front) share one."""
    made: dict[bytes, Object] = {}
    found: dict[str, Object] = {}
    for key, content in contents.items():
        if content.data not in made:
            bounds = pictures[key].artwork.outline.rect.inset(-pictures[key].thinnest)
            made[content.data] = _form(pdf, shared, content, bounds)
        found[key] = made[content.data]
    return found


def _read(page: Object) -> bytes:
    """What the layout library has drawn on a page: one stream, which nothing refers to from now on."""
    return page["/Contents"].read_bytes()


def _page(page: Object, shared: _Shared, forms: Mapping[str, Object]) -> None:
    """Boxes, and resources for the two states and the pictures of this page."""
    from pikepdf import Array, Dictionary

    left, bottom, right, top = (float(v) for v in page["/MediaBox"])
    by = _PAGE_TRIM * PT_PER_MM
    page["/BleedBox"] = page["/MediaBox"]
    page["/TrimBox"] = Array([_decimal(v) for v in (left + by, bottom + by, right - by, top - by)])
    for key in ("/Trans", "/Rotate", "/CropBox"):
        if key in page:
            del page[key]
    page["/Resources"]["/ExtGState"] = Dictionary({f"/{name}": state for name, state in shared.states.items()})
    if forms:
        page["/Resources"]["/XObject"] = Dictionary({f"/{name}": form for name, form in forms.items()})


def _stamped(page: Object, stamps: Sequence[Stamp], names: Mapping[str, str]) -> bytes:
    """The pictures of one page, in its millimetres, after everything else on it."""
    k, top = ratio(PT_PER_MM), number(float(page["/MediaBox"][3]))
    head = f"Q\nq\n/{KNOCKOUT} gs\n{k} 0 0 -{k} 0 {top} cm\n"
    uses = [f"q {matrix(stamp.at)} cm /{names[stamp.picture]} Do Q\n" for stamp in stamps]
    return "".join((head, *uses, "Q\n")).encode("ascii")


def _readings(pdf: Pdf, readings: Mapping[int, str]) -> None:
    """Let a reader extract the words: codes of private use become the characters that they stand for."""
    from pikepdf import Stream

    if not readings:
        return

    def real(match: re.Match[bytes]) -> bytes:
        text = readings.get(int(match[2], 16))
        return match[0] if text is None else match[1] + b"<" + text.encode("utf-16-be").hex().upper().encode() + b">"

    done = set()
    for font in pdf.objects:
        if not hasattr(font, "get") or isinstance(font, Stream) or font.get("/Type") != "/Font":
            continue
        table = font.get("/ToUnicode")
        if table is not None and table.objgen not in done:
            done.add(table.objgen)
            table.write(_BFCHAR.sub(real, table.read_bytes()))


def _decimal(value: float) -> object:
    from decimal import Decimal

    return Decimal(number(value))
