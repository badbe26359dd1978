"""The file around the content streams: pages, shared forms, inks, layers, output intent and trailer.

pikepdf is the object library; everything that is compressed is compressed here, so that saving only copies. Each spot
has one Separation object, overprint one pair of graphics states, and every stream a resource dictionary of exactly what
it uses.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from keytag.base.drawing import PROCESSING_STEPS, Document, Layer, Page, Picture
from keytag.base.geometry import Rect
from keytag.base.ink import Ink
from keytag.base.late import patterns_late
from keytag.base.standard import Standard
from keytag.base.units import number, to_pt
from keytag.render.pdf.content import (
    OVERPRINT,
    Content,
    form_content,
    form_name,
    layer_name,
    page_content,
    picture_name,
    spot_name,
)
from keytag.render.pdf.metadata import facts, fill_info, xmp
from keytag.render.pdf.saving import saved

if TYPE_CHECKING:
    from pikepdf import Array, Dictionary, Object, Pdf

_LEVEL = 2  # of zlib: a seventh larger than the default, a quarter of the time
_CONDITION = "FOGRA39"
_CONDITION_TEXT = "Offset printing on coated paper, ISO 12647-2:2004/Amd 1"


def write(document: Document, standard: Standard = Standard.X4) -> bytes:
    """The whole PDF/X file; the same document gives the same bytes.

    Raises `ValueError` where the document contradicts itself: a placed form that it lacks, a spot of two colours, no
    title, a date without a zone, a coordinate that is no number.
    """
    with patterns_late():
        import pikepdf

    said = facts(document)
    pages = [page_content(page, layers=standard.layers) for page in document.pages]
    defined = {form.key: form for form in document.forms}
    if len(defined) != len(document.forms):
        raise ValueError("two forms of the document have the same key")
    used = dict.fromkeys(key for content in pages for key in content.forms)
    if lacking := [key for key in used if key not in defined]:
        raise ValueError(f"the document places the form {lacking[0]!r} and does not define it")
    forms = {key: form_content(defined[key], layers=standard.layers) for key in used}
    contents = [*forms.values(), *pages]

    pdf = pikepdf.new()
    try:
        shared = _Shared(pdf, contents)
        for key, content in forms.items():
            shared.add_form(pdf, key, content, defined[key].bounds)
        for page, content in zip(document.pages, pages, strict=True):
            pdf.pages.append(pikepdf.Page(_page(pdf, shared, content, page)))
        _catalog(pdf, shared)
        digest = _digest(document, standard, contents)
        pdf.Root["/Metadata"] = pdf.make_indirect(
            pikepdf.Stream(pdf, xmp(said, standard, digest), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        )
        fill_info(pdf.docinfo, said, standard)
        return saved(pdf, standard)
    finally:
        pdf.close()


class _Shared:
    """The objects that several streams of one file refer to."""

    def __init__(self, pdf: Pdf, contents: list[Content]) -> None:
        self.spots = _spots(pdf, contents)
        self.states = _states(pdf)
        self.layers = _layers(pdf, contents)
        self.pictures = {picture_name(p): _picture(pdf, p) for content in contents for p in content.pictures}
        self.forms: dict[str, Object] = {}
        self._alike: dict[tuple[Content, Rect], Object] = {}

    def add_form(self, pdf: Pdf, key: str, content: Content, bounds: Rect) -> None:
        """A form by its key; those that look the same (a district's fronts) are one object."""
        if (content, bounds) not in self._alike:
            self._alike[content, bounds] = _form(pdf, self, content, bounds)
        self.forms[key] = self._alike[content, bounds]

    def resources(self, content: Content) -> Dictionary:
        """Exactly what `content` names."""
        from pikepdf import Dictionary

        tables: tuple[tuple[str, dict[str, Object]], ...] = (
            ("/ColorSpace", {spot_name(ink): self.spots[ink.name] for ink in content.spots}),
            ("/ExtGState", {state: self.states[state] for state in content.states}),
            ("/Properties", {layer_name(layer): self.layers[layer] for layer in content.layers}),
            (
                "/XObject",
                {
                    **{form_name(key): self.forms[key] for key in content.forms},
                    **{picture_name(p): self.pictures[picture_name(p)] for p in content.pictures},
                },
            ),
        )
        found = Dictionary()
        for table, entries in tables:
            if entries:
                found[table] = Dictionary({f"/{name}": value for name, value in entries.items()})
        return found


def _spots(pdf: Pdf, contents: list[Content]) -> dict[str, Object]:
    """One Separation for each spot: a linear tint from paper to the preview alternate (ISO 32000-1, 8.6.6.4)."""
    from pikepdf import Array, Dictionary, Name

    inks: dict[str, Ink] = {}
    for content in contents:
        for ink in content.spots:
            if not ink.name.isascii() or not ink.name.isprintable() or not ink.name:
                raise ValueError(f"{ink.name!r} cannot name a plate: use ASCII letters")
            if inks.setdefault(ink.name, ink) != ink:
                raise ValueError(f"spot {ink.name} is defined twice: {inks[ink.name].cmyk} and {ink.cmyk}")
    found: dict[str, Object] = {}
    for name in sorted(inks):
        tone = Dictionary(
            FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=_numbers(inks[name].cmyk), N=1
        )
        space = Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, pdf.make_indirect(tone)])
        found[name] = pdf.make_indirect(space)
    return found


def _states(pdf: Pdf) -> dict[str, Object]:
    """Overprint on and off. Always all three entries: `/OP` alone would switch filling on as well."""
    from pikepdf import Dictionary, Name

    return {
        state: pdf.make_indirect(Dictionary({"/Type": Name.ExtGState, "/OP": on, "/op": on, "/OPM": int(on)}))
        for state, on in ((OVERPRINT, True), ("Knockout", False))
    }


def _layers(pdf: Pdf, contents: list[Content]) -> dict[Layer, Object]:
    """The optional content groups that occur, in `Layer`'s order; ISO 19593-1, 5: metadata stands inside the group."""
    from pikepdf import Dictionary, Name, String

    occurring = {layer for content in contents for layer in content.layers}
    found: dict[Layer, Object] = {}
    for layer in Layer:
        if layer not in occurring:
            continue
        group = Dictionary(Type=Name.OCG, Name=String(layer.value))
        if layer in PROCESSING_STEPS:
            step, kind = PROCESSING_STEPS[layer]
            group["/GTS_Metadata"] = Dictionary(GTS_ProcStepsGroup=Name(f"/{step}"))
            if kind is not None:
                group["/GTS_Metadata"]["/GTS_ProcStepsType"] = Name(f"/{kind}")
        found[layer] = pdf.make_indirect(group)
    return found


def _catalog(pdf: Pdf, shared: _Shared) -> None:
    from pikepdf import Array, Dictionary, Name, Stream, String

    profile = Stream(pdf, _profile(), N=4, Filter=Name.FlateDecode)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(_CONDITION),
        OutputCondition=String(_CONDITION_TEXT),
        RegistryName=String("http://www.color.org"),
        Info=String(f"{_CONDITION}: {_CONDITION_TEXT}"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root["/OutputIntents"] = Array([pdf.make_indirect(intent)])
    if shared.layers:
        groups = list(shared.layers.values())
        pdf.Root["/OCProperties"] = Dictionary(
            OCGs=Array(groups),
            D=Dictionary(Name=String("Press"), BaseState=Name.ON, ON=Array(groups), Order=Array(groups)),
        )


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """The output condition's ICC profile, deflated at the level of most speed: more saves one byte in a hundred."""
    return zlib.compress((files("keytag") / "data" / "icc" / "FOGRA39L_coated.icc").read_bytes(), 1)


def _form(pdf: Pdf, shared: _Shared, content: Content, bounds: Rect) -> Object:
    from pikepdf import Name

    form = _flate(pdf, _deflated(content.data))
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = _numbers((bounds.x, bounds.y, bounds.right, bounds.bottom))
    form["/Resources"] = shared.resources(content)
    return form


def _page(pdf: Pdf, shared: _Shared, content: Content, page: Page) -> Dictionary:
    from pikepdf import Dictionary, Name

    return Dictionary(
        Type=Name.Page,
        MediaBox=_box(page, page.media),
        BleedBox=_box(page, page.bleed),
        TrimBox=_box(page, page.trim),
        Resources=shared.resources(content),
        Contents=_stream(pdf, content.data),
    )


def _box(page: Page, box: Rect) -> Array:
    """`box` in points, y up, from the media's lower left."""
    left, bottom = box.x - page.media.x, page.media.bottom - box.bottom
    return _numbers([to_pt(v) for v in (left, bottom, left + box.width, bottom + box.height)])


def _picture(pdf: Pdf, picture: Picture) -> Object:
    """A CMYK image, deflated, its pixels shown as they are."""
    from pikepdf import Name

    if len(picture.data) != 4 * picture.columns * picture.rows:
        raise ValueError(f"a picture of {picture.columns} × {picture.rows} pixels has {len(picture.data)} bytes")
    image = _stream(pdf, picture.data)
    image["/Type"], image["/Subtype"] = Name.XObject, Name.Image
    image["/Width"], image["/Height"] = picture.columns, picture.rows
    image["/ColorSpace"], image["/BitsPerComponent"], image["/Interpolate"] = Name.DeviceCMYK, 8, False
    return image


def _stream(pdf: Pdf, data: bytes) -> Object:
    return _flate(pdf, zlib.compress(data, _LEVEL))


@lru_cache(maxsize=64)
def _deflated(data: bytes) -> bytes:
    """A form's content: the same one goes into several files."""
    return zlib.compress(data, _LEVEL)


def _flate(pdf: Pdf, deflated: bytes) -> Object:
    from pikepdf import Name, Stream

    return pdf.make_indirect(Stream(pdf, deflated, Filter=Name.FlateDecode))


def _numbers(values: tuple[float, ...] | list[float]) -> Array:
    from decimal import Decimal

    from pikepdf import Array

    return Array([Decimal(number(value)) for value in values])


def _digest(document: Document, standard: Standard, contents: list[Content]) -> bytes:
    """What tells this document from every other."""
    digest = hashlib.sha256(f"{standard.title}\n{document.title}\n{document.date}\n".encode("utf-8", "replace"))
    for content in contents:
        digest.update(hashlib.sha256(content.data).digest())
    return digest.digest()
