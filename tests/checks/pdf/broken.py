"""Good files made bad, one rule at a time: for each PDF check what must be found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from keytag.base.standard import Standard

X4, X1A = (Standard.X4,), (Standard.X1A,)
BOTH = (Standard.X4, Standard.X1A)


class Case(NamedTuple):
    """`spoil` breaks an open good file; `also` are checks that cannot but find the same fault."""

    check: str
    name: str
    spoil: Callable[[Pdf], None]
    standards: tuple[Standard, ...] = BOTH
    also: tuple[str, ...] = ()


def spoiled(data: bytes, spoil: Callable[[Pdf], None], standard: Standard, **options: object) -> bytes:
    """The file saved anew after `spoil`, otherwise as the writer saves it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        spoil(pdf)
        out = BytesIO()
        wanted = {
            "force_version": standard.pdf_version,
            "fix_metadata_version": False,
            "deterministic_id": True,
            "object_stream_mode": pikepdf.ObjectStreamMode.disable,
            "stream_decode_level": pikepdf.StreamDecodeLevel.none,
            "compress_streams": False,
        }
        pdf.save(out, **{**wanted, **options})  # type: ignore[arg-type]
    return out.getvalue()


def page(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


def form(pdf: Pdf) -> pikepdf.Object:
    (only,) = page(pdf).Resources.XObject.values()
    return only


def edited(pick: Callable[[Pdf], pikepdf.Object], old: bytes, new: bytes) -> Callable[[Pdf], None]:
    """Replace text of a content stream; it must be there."""

    def spoil(pdf: Pdf) -> None:
        stream = pick(pdf)
        before = stream.read_bytes()
        assert old in before, f"{old!r} is not in the stream"
        stream.write(before.replace(old, new, 1))

    return spoil


def content(pdf: Pdf) -> pikepdf.Object:
    return page(pdf).Contents


def in_form(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    return edited(form, old, new)


def in_page(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    return edited(content, old, new)


def with_key(pick: Callable[[Pdf], pikepdf.Object], key: str, value: object) -> Callable[[Pdf], None]:
    def spoil(pdf: Pdf) -> None:
        pick(pdf)[key] = value

    return spoil


def without_key(pick: Callable[[Pdf], pikepdf.Object], key: str) -> Callable[[Pdf], None]:
    def spoil(pdf: Pdf) -> None:
        del pick(pdf)[key]

    return spoil


def root(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root


def info(pdf: Pdf) -> pikepdf.Object:
    return pdf.trailer.Info


def intent(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root.OutputIntents[0]


def layer(name: str) -> Callable[[Pdf], pikepdf.Object]:
    return lambda pdf: next(group for group in pdf.Root.OCProperties.OCGs if str(group.Name) == name)


def defaults(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root.OCProperties.D


def state(name: str) -> Callable[[Pdf], pikepdf.Object]:
    return lambda pdf: form(pdf).Resources.ExtGState[name]


def picture(pdf: Pdf) -> pikepdf.Object:
    return next(x for x in form(pdf).Resources.XObject.values() if x.Subtype == Name.Image)


def _profile_of_another(pdf: Pdf) -> None:
    """A profile that is as long and has nothing in its tables."""
    data = intent(pdf).DestOutputProfile.read_bytes()
    intent(pdf).DestOutputProfile.write(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def metadata(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root.Metadata


def redefined(pdf: Pdf) -> None:
    """The page has a Gold of its own, with another tone."""
    tone = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0, 0, 0], N=1)
    page(pdf).Resources.ColorSpace["/Other"] = Array([Name.Separation, Name("/Gold 871"), Name.DeviceCMYK, tone])


def renamed(pdf: Pdf) -> None:
    form(pdf).Resources.ColorSpace["/Gold_20871"][1] = Name("/Vàng")


def in_rgb(pdf: Pdf) -> None:
    form(pdf).Resources.ColorSpace["/Gold_20871"][2] = Name.DeviceRGB


def indexed(pdf: Pdf) -> None:
    picture(pdf).ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 1, String("abcdef")])


def with_font(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page(pdf).Resources.Font = Dictionary(F1=pdf.make_indirect(font))


def with_text(pdf: Pdf) -> None:
    with_font(pdf)
    in_page(b"q\n", b"BT /F1 9 Tf 0 0 Td (x) Tj ET\nq\n")(pdf)


def nested(pdf: Pdf) -> None:
    """The form's line is thick enough by itself, and too thin where it is placed inside another form."""
    inner = form(pdf)
    outer = Stream(pdf, b"q 0.5 0 0 0.5 0 0 cm /In Do Q\n")
    outer.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([-9, -9, 99, 99])})
    outer["/Resources"] = Dictionary(XObject=Dictionary(In=inner))
    (key,) = page(pdf).Resources.XObject.keys()
    page(pdf).Resources.XObject[key] = pdf.make_indirect(outer)


def into_itself(pdf: Pdf) -> None:
    form(pdf).Resources.XObject["/Me"] = form(pdf)
    in_form(b"/OC /Artwork BDC\nq\n", b"/OC /Artwork BDC\nq\n/Me Do\n")(pdf)


def with_attachment(pdf: Pdf) -> None:
    pdf.attachments["roster.txt"] = b"secret"


def with_annotation(pdf: Pdf) -> None:
    page(pdf).Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[0, 0, 9, 9])])


def heavy(pdf: Pdf) -> None:
    image = picture(pdf)
    image.write(b"\xff\xff\xff\xff" + image.read_bytes()[4:])


def lzw(pdf: Pdf) -> None:
    stream = Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode)
    pdf.Root.KeytagTest = pdf.make_indirect(stream)


def registration_in_a_form(pdf: Pdf) -> None:
    form(pdf).Resources.ColorSpace["/All"] = page(pdf).Resources.ColorSpace["/All"]
    in_form(b"/Gold_20871 CS 1 SCN\n", b"/All CS 1 SCN\n")(pdf)


def repeated_name(pdf: Pdf) -> None:
    layer("Legend")(pdf).Name = String("Dimensions")


STEP, TYPE = "/GTS_ProcStepsGroup", "/GTS_ProcStepsType"
ZERO = b"1 2 3 m\n"
GROUP = Dictionary(S=Name.Transparency)
FAR = b"q\n1 0 0 1 0 0 cm\n"

CASES = (
    Case("pdf-version", "newer in the catalog", with_key(root, "/Version", Name("/1.7"))),
    Case("pdf-metadata", "no title", without_key(info, "/Title")),
    Case("pdf-metadata", "another title in XMP", edited(metadata, b"tags", b"tag")),
    Case("pdf-metadata", "another date in XMP", edited(metadata, b"2020-05-18", b"2020-05-19")),
    Case("pdf-metadata", "trapped as a string", with_key(info, "/Trapped", String("False"))),
    Case("pdf-metadata", "a subject in one place", without_key(info, "/Subject")),
    Case("pdf-metadata", "an author in one place", with_key(info, "/Author", String("x"))),
    Case("pdf-metadata", "no version", edited(metadata, b"<xmpMM:VersionID>1</xmpMM:VersionID>", b""), X4),
    Case("pdf-metadata", "two identifications", with_key(info, "/GTS_PDFXVersion", String("PDF/X-1a:2003")), X4),
    Case("pdf-metadata", "a claim", edited(metadata, b"<rdf:RDF", b"<!-- http://www.aiim.org/pdfa/ns/id/ --><rdf:RDF")),
    Case("pdf-metadata", "no XMP", without_key(root, "/Metadata")),
    Case("pdf-metadata", "broken XMP", edited(metadata, b"</rdf:RDF>", b"")),
    Case("pdf-metadata", "another standard", edited(metadata, b">PDF/X-4<", b">PDF/X-3<"), X4),
    Case("pdf-metadata", "another standard", with_key(info, "/GTS_PDFXVersion", String("PDF/X-3:2002")), X1A),
    Case("pdf-output-intent", "none", without_key(root, "/OutputIntents")),
    Case("pdf-output-intent", "two", lambda pdf: pdf.Root.OutputIntents.append(intent(pdf))),
    Case(
        "pdf-output-intent",
        "another condition",
        with_key(intent, "/OutputConditionIdentifier", String("FOGRA51")),
    ),
    Case("pdf-output-intent", "no registry", without_key(intent, "/RegistryName")),
    Case("pdf-output-intent", "no profile", without_key(intent, "/DestOutputProfile")),
    Case("pdf-output-intent", "another profile", _profile_of_another),
    Case("pdf-output-intent", "a cut profile", lambda pdf: intent(pdf).DestOutputProfile.write(b"x" * 200)),
    Case("pdf-output-intent", "a profile of three channels", lambda pdf: _n(pdf, 3)),
    Case("pdf-boxes", "no TrimBox", without_key(page, "/TrimBox")),
    Case("pdf-boxes", "trim out of the bleed", with_key(page, "/TrimBox", Array([30, 30, 300, 170]))),
    Case("pdf-boxes", "bleed out of the media", with_key(page, "/BleedBox", Array([-1, 30, 195, 185]))),
    Case("pdf-boxes", "too little bleed", with_key(page, "/TrimBox", Array([36, 36, 190, 175]))),
    Case("pdf-boxes", "a CropBox", with_key(page, "/CropBox", Array([0, 0, 200, 200]))),
    Case("pdf-boxes", "turned", with_key(page, "/Rotate", 90)),
    Case("pdf-boxes", "another unit", with_key(page, "/UserUnit", 2)),
    Case("pdf-colour", "RGB", in_form(b"0 1 1 0 k\n", b"1 0 0 rg\n")),
    Case("pdf-colour", "RGB for lines", in_form(b"/Gold_20871 CS 1 SCN\n", b"1 0 0 RG\n")),
    Case("pdf-colour", "left to the page", in_form(b"0 1 1 0 k\n", b"")),
    Case("pdf-colour", "an indexed picture", indexed),
    Case("pdf-colour", "a default space", lambda pdf: _default_cmyk(pdf)),
    Case("pdf-spots", "defined twice", redefined),
    Case("pdf-spots", "not ASCII", renamed),
    Case("pdf-spots", "RGB alternate", in_rgb),
    Case("pdf-layers", "off", lambda pdf: defaults(pdf).__setitem__("/OFF", Array([layer("Legend")(pdf)])), X4),
    Case("pdf-layers", "off by default", with_key(defaults, "/BaseState", Name.OFF), X4),
    Case(
        "pdf-layers", "one at a time", lambda pdf: defaults(pdf).__setitem__("/RBGroups", [[layer("Legend")(pdf)]]), X4
    ),
    Case("pdf-layers", "by itself", with_key(defaults, "/AS", Array([])), X4),
    Case("pdf-layers", "not in the order", lambda pdf: defaults(pdf).Order.__delitem__(0), X4),
    Case("pdf-layers", "no configuration", lambda pdf: pdf.Root.OCProperties.__delitem__("/D"), X4),
    Case("pdf-layers", "no step", without_key(layer("Cut line"), "/GTS_Metadata"), X4),
    Case("pdf-layers", "step of another kind", lambda pdf: _step(pdf, "Cut line", TYPE, Name("/Creasing")), X4),
    Case("pdf-layers", "a type too many", lambda pdf: _step(pdf, "Legend", TYPE, Name("/Cutting")), X4),
    Case("pdf-layers", "step as a string", lambda pdf: _step(pdf, "Legend", STEP, String("Legend")), X4),
    Case("pdf-layers", "step beside", with_key(layer("Cut line"), TYPE, Name("/Cutting")), X4),
    Case(
        "pdf-layers", "step of the art", with_key(layer("Artwork"), "/GTS_Metadata", Dictionary({STEP: Name.White})), X4
    ),
    Case("pdf-layers", "one name twice", repeated_name, X4, ("pdf-technical-ink",)),
    Case("pdf-layers", "on no layer", in_page(b"/OC /Marks BDC\n", b"/Span BMC\n"), X4),
    Case("pdf-layers", "in PDF/X-1a", lambda pdf: _layers(pdf), X1A),
    Case(
        "pdf-technical-ink",
        "art on the White layer",
        in_form(b"/OC /White BDC\nq\n", b"/OC /White BDC\nq\n/Knockout gs\n1 0 0 0 k\n0 0 1 1 re f\n"),
        X4,
    ),
    Case("pdf-technical-ink", "legend among the marks", in_page(b"/OC /Legend BDC\n", b"/OC /Marks BDC\n"), X4),
    Case(
        "pdf-technical-ink",
        "White in the art, too",
        in_form(b"/OC /Artwork BDC\nq\n", b"/OC /Artwork BDC\nq\n/Overprint gs\n/White cs 1 scn\n0 0 1 1 re f\n"),
        X4,
    ),
    Case("pdf-overprint", "a state that knocks out", lambda pdf: _knocks_out(pdf)),
    Case("pdf-overprint", "paper overprints", in_form(b"/Knockout gs\n0 1 1 0 k\n", b"/Overprint gs\n0 1 1 0 k\n")),
    Case("pdf-overprint", "left to the page", in_form(b"/Overprint gs\n/CutContour", b"/CutContour")),
    Case(
        "pdf-die-line",
        "an area",
        in_form(b"/CutContour CS 1 SCN\n", b"/CutContour cs 1 scn 0 0 1 1 re f\n/CutContour CS 1 SCN\n"),
    ),
    Case("pdf-die-line", "half a tone", in_form(b"/CutContour CS 1 SCN\n", b"/CutContour CS 0.5 SCN\n")),
    Case("pdf-die-line", "open", in_form(b"c\nh\nS\nQ\nEMC\n", b"c\nS\nQ\nEMC\n")),
    Case("pdf-die-line", "on another layer", in_form(b"/OC /Cut BDC\n", b"/OC /Artwork BDC\n"), X4),
    Case("pdf-die-line", "art on its layer", in_form(b"/CutContour CS 1 SCN\n", b"0 1 0 0 K\n"), X4),
    Case("pdf-fonts", "in the resources", with_font),
    Case("pdf-fonts", "text", with_text, BOTH, ("pdf-layers",)),
    Case("pdf-transparency", "half opaque", with_key(state("/Knockout"), "/ca", 0.5)),
    Case("pdf-transparency", "multiplied", with_key(state("/Knockout"), "/BM", Name.Multiply)),
    Case("pdf-transparency", "a page group", with_key(page, "/Group", GROUP)),
    Case("pdf-transparency", "a form group", with_key(form, "/Group", GROUP)),
    Case("pdf-transparency", "a soft mask", lambda pdf: picture(pdf).__setitem__("/SMask", picture(pdf))),
    Case("pdf-forbidden", "an action", with_key(root, "/OpenAction", Dictionary(S=Name.JavaScript, JS=String("x")))),
    Case("pdf-forbidden", "a wish of the dialogue", with_key(root, "/ViewerPreferences", Dictionary(NumCopies=2))),
    Case("pdf-forbidden", "a page of a show", with_key(page, "/Dur", 1)),
    Case("pdf-forbidden", "a form to fill in", with_key(root, "/AcroForm", Dictionary(Fields=[]))),
    Case("pdf-forbidden", "an attachment", with_attachment),
    Case("pdf-forbidden", "an annotation", with_annotation),
    Case("pdf-forbidden", "LZW", lzw),
    Case("pdf-forbidden", "a transfer curve", with_key(state("/Knockout"), "/TR", Name.Identity)),
    Case("pdf-forbidden", "its own black", with_key(state("/Knockout"), "/BG2", Name.Identity)),
    Case("pdf-forbidden", "coarse curves", in_page(b"q\n", b"100 i\nq\n")),
    Case("pdf-forbidden", "PostScript", with_key(picture, "/Subtype2", Name.PS)),
    Case("pdf-forbidden", "another file's data", with_key(picture, "/OPI", Dictionary())),
    Case("pdf-forbidden", "an operator of nobody", in_form(b"/Knockout gs\n", b"/Knockout gs\n1 2 xyz\n")),
    Case("pdf-forbidden", "a resource that is not there", in_form(b"/Knockout gs\n", b"/Nothing gs\n/Knockout gs\n")),
    Case(
        "pdf-forbidden",
        "operands too many",
        in_form(b"/Knockout gs\n", b"/Knockout gs\n1 2 w\n"),
        BOTH,
        ("pdf-layers",),
    ),
    Case("pdf-forbidden", "a point of one number", in_form(b"c\nh\nS", b"c\n5 l\nh\nS")),
    Case("pdf-forbidden", "an inline image", in_page(b"q\n", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\nq\n")),
    Case("pdf-forbidden", "q without Q", in_form(b"Q\nEMC\n", b"EMC\n")),
    Case("pdf-forbidden", "Q without q", in_page(b"q\n", b"Q\nq\n")),
    Case("pdf-forbidden", "EMC without BDC", in_page(b"q\n", b"EMC\nq\n")),
    Case("pdf-ink-total", "a colour", in_form(b"0 1 1 0 k\n", b"0.9 1 1 0.2 k\n")),
    Case("pdf-ink-total", "a pixel", heavy),
    Case("pdf-hairline", "thin", in_form(b"0.0882 w", b"0.05 w")),
    Case("pdf-hairline", "thin where placed", in_page(b"q 1 0 0 1 15 15 cm", b"q 0.9 0 0 0.9 15 15 cm")),
    Case("pdf-hairline", "thin in a form in a form", nested),
    Case("pdf-hairline", "left to the page", in_form(b"0.0882 w\n", b"")),
    Case("pdf-picture", "coarse", in_form(b"q 4 0 0 -4", b"q 9 0 0 -9")),
    Case("pdf-registration-colour", "a mark in the bleed", in_page(b"40 7 l\n", b"40 20 l\n")),
    Case("pdf-registration-colour", "in a tag", registration_in_a_form),
)


def _n(pdf: Pdf, n: int) -> None:
    intent(pdf).DestOutputProfile.N = n


def _default_cmyk(pdf: Pdf) -> None:
    form(pdf).Resources.ColorSpace["/DefaultCMYK"] = Name.DeviceCMYK


def _step(pdf: Pdf, name: str, key: str, value: object) -> None:
    layer(name)(pdf).GTS_Metadata[key] = value


def _layers(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def _knocks_out(pdf: Pdf) -> None:
    over = state("/Overprint")(pdf)
    over.OP, over.op = False, False
