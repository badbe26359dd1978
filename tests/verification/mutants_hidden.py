"""Single faults that somebody would make who knows what is looked at: in one place only, behind a value, very small."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.verification.damage import Job, rewrite
from tests.verification.mutants import (
    BACK,
    FORME,
    LABELS,
    MASTERS,
    OTHER_BACK,
    PLATE,
    Inapplicable,
    Mutant,
    box_of,
    face,
    glyphs,
    into_art,
    moved,
    mutant,
    on_page,
    rect,
    remade,
    span,
    stations,
    symbol_box,
    told,
)
from tests.verification.mutants_more import DXF, MUTANTS, SVG

# --- very small ------------------------------------------------------------------------------------------------------


def digit(data: bytes, field: str, number: int) -> tuple[float, float, float, float]:
    """The box of one glyph of a run."""
    a, b = span(data, field)
    return box_of(glyphs(data[a:b])[number])


@mutant("grave", "plates")
def a_hairline_over_a_digit(job: Job) -> None:
    """A 3 is an 8, or a 0 a 6, for who sees badly."""

    def edit(data: bytes) -> bytes:
        x0, y0, x1, y1 = digit(data, "unit.chief", 1)
        return into_art(data, rect(x0, (y0 + y1) / 2, x1 - x0, 0.06, b"0 1 1 0.05"))

    face(job, BACK, edit)


@mutant("grave", "plates")
def a_3_closed_to_an_8(job: Job) -> None:
    """Two patches of 0.2 × 0.4 mm at the left of the last 3 of 0900.000.103."""

    def edit(data: bytes) -> bytes:
        x0, y0, x1, y1 = digit(data, "unit.chief", -1)
        wide, high = x1 - x0, y1 - y0
        colour = b"0 0 0 0" if b"\n0 0 0 0 k" in data[: span(data, "unit.chief")[0]] else b"0 0 0 1"
        patches = [rect(x0 + 0.1 * wide, y0 + at * high, 0.2, 0.25 * high, colour) for at in (0.2, 0.6)]
        return into_art(data, b"".join(patches))

    face(job, OTHER_BACK, edit)


@mutant("medium", "plates")
def a_stroke_of_no_width_through_a_number(job: Job) -> None:
    """As thin as the setter can: at 2,400 dpi nobody sees it on a proof."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        x0, top, x1, bottom = box_of(data[a:b])
        y = (top + bottom) / 2
        return into_art(data, b"0 1 1 0.05 K\n0 w\n%.4f %.4f m\n%.4f %.4f l\nS\n" % (x0, y, x1, y))

    face(job, BACK, edit)


@mutant("medium", "plates", "grade")
def one_module_of_the_code_half_light(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        x0, y0, x1, _ = symbol_box(data)
        module = (x1 - x0) / 29
        return into_art(data, rect(x0, y0, 2 * module, module / 2, b"0 0 0 0"))

    for name in ("/Fxa-glar_2Ffront", BACK):
        try:
            face(job, name, edit)
        except ValueError:
            continue
        return
    raise Inapplicable("no code")


# --- in one place only -----------------------------------------------------------------------------------------------


@mutant("grave", "plates", "words")
def a_digit_of_the_masters_only(job: Job) -> None:
    """The sheets are right: the masters are what another factory prints from."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        found = glyphs(data[a:b])
        found[-1] = found[-1].partition(b" cm\n")[0] + b" cm\n" + found[0].partition(b" cm\n")[2]
        return data[:a] + b"".join(found) + data[b:]

    face(job, BACK, edit, (MASTERS,))


@mutant("grave", "plates")
def one_station_moved_in_sheets_and_forme(job: Job) -> None:
    """Ink and die together: they register, and the tag beside it is cut."""
    for number, dx, file in ((0, 1.0, PLATE), (1, -1.0, PLATE), (0, 1.0, FORME)):

        def edit(data: bytes, dx: float = dx) -> bytes:
            return data.replace(stations(data)[0], moved(stations(data)[0], dx, 0))

        on_page(job, number, edit, file)


@mutant("grave", "papers")
def a_figure_of_a_box_label_covered(job: Job) -> None:
    """The text layer is as it was."""
    job.spoil(LABELS, lambda pdf: pdf.pages[0].contents_add(b"q 0 0 0 0 k 40 600 300 200 re f Q"))


@mutant("grave", "plates", "codes")
def codes_of_another_link(job: Job) -> None:
    """One figure of the link: modules, claim and all, as the sheet of another roster has them."""
    remade(job, PLATE, lambda text: text.replace("zalo.me/12", "zalo.me/13"))


# --- how paint can be hidden -----------------------------------------------------------------------------------------


def painted_last(job: Job, paint: bytes, *, resources: dict[str, object] | None = None) -> None:
    """Something painted on the first page after all else, in a content stream of its own."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        for place, value in (resources or {}).items():
            kind, key = place.split()
            if kind not in page.obj.Resources:
                page.obj.Resources[kind] = Dictionary()
            page.obj.Resources[kind][key] = pdf.make_indirect(value)  # type: ignore[arg-type]
        page.obj.Contents = Array([page.obj.Contents, pdf.make_stream(paint)])

    job.spoil(PLATE, change)


@mutant("grave", "plates", "conformance")
def a_second_content_stream(job: Job) -> None:
    painted_last(job, b"q 0 0 0 0 k 150 200 60 30 re f Q")


@mutant("grave", "plates", "conformance")
def an_inline_picture_over_a_station(job: Job) -> None:
    painted_last(job, b"q 60 0 0 30 150 200 cm BI /W 1 /H 1 /CS /CMYK /BPC 8 /F /AHx ID 00000000> EI Q")


@mutant("grave", "plates", "conformance")
def letters_of_a_font_over_a_station(job: Job) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
    painted_last(job, b"BT 0 0 0 0 k /Fx 20 Tf 150 205 Td (0900.000.999) Tj ET", resources={"/Font /Fx": font})


@mutant("grave", "plates", "conformance")
def a_shading_over_a_station(job: Job) -> None:
    white = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 0, 0, 0])
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[150, 0, 210, 0], Function=white)
    painted_last(job, b"q 150 200 60 30 re W n /Sx sh Q", resources={"/Shading /Sx": shade})


@mutant("grave", "plates", "conformance")
def a_layer_that_nobody_sees(job: Job) -> None:
    """The art of one side belongs to a membership that is visible only when its layer is off."""

    def change(pdf: pikepdf.Pdf) -> None:
        if "/OCProperties" not in pdf.Root:
            raise Inapplicable("layers")
        art = next(g for g in pdf.Root.OCProperties.OCGs if str(g.Name) == "Artwork")
        held = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([art]), P=Name.AllOff))
        page = pdf.pages[0].obj
        if "/Properties" not in page.Resources:
            page.Resources.Properties = Dictionary()
        page.Resources.Properties["/Gone"] = held
        rewrite(page.Contents, lambda data: b"/OC /Gone BDC\n" + data + b"\nEMC\n")

    job.spoil(PLATE, change)


@mutant("grave", "facts", "plates")
def a_page_more_than_is_counted(job: Job) -> None:
    """A third page that the page tree's own count does not tell of: some readers print it."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        pdf.Root.Pages.Count = 2

    job.spoil(PLATE, change)


@mutant("grave", "conformance", "facts", "plates")
def a_sheet_put_behind_the_end(job: Job) -> None:
    """An update written behind the file's end: the first page's size is another one for whoever reads updates."""

    def edit(data: bytes) -> bytes:
        start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
        with pikepdf.open(job.out / PLATE) as pdf:
            page = pdf.pages[0].obj
            number, root, size = page.objgen[0], pdf.Root.objgen[0], int(pdf.trailer.Size)
            page.MediaBox = [0, 0, 100, 100]
            body = page.unparse(resolved=True)
        at = len(data)
        new = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
        end = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            size,
            root,
            start,
            at + len(new),
        )
        return data + new + table + end

    job.rewrite(PLATE, edit)


# --- die-lines and job.json -------------------------------------------------------------------------------------------


@mutant("grave", "dielines")
def the_svg_moved_by_a_transform(job: Job) -> None:
    """Every number in it is as it was."""
    job.rewrite(SVG, lambda data: data.replace(b"<g ", b'<g transform="translate(1 0)" ', 1))


@mutant("grave", "dielines")
def the_dxf_in_inches(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        at = data.index(b"$INSUNITS")
        return data[:at] + data[at:].replace(b"4", b"1", 1)

    job.rewrite(DXF, edit)


told("medium", "a_finding_taken_out", lambda listing: listing["findings"].pop())


def _names_exchanged(listing: dict[str, Any]) -> None:
    """Two files change their names and keep their hashes."""
    one, other = listing["files"][0], listing["files"][1]
    one["name"], other["name"] = other["name"], one["name"]


told("grave", "files_exchanged", _names_exchanged, "files")

__all__ = ["MUTANTS", "Mutant"]
