"""More single faults: what files carry besides paint, a station of its own, die-lines for cutters, the manifest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.verification.damage import Job, rewrite
from tests.verification.mutants import (
    BACK,
    FRONT,
    MASTERS,
    MUTANTS,
    OTHER_FRONT,
    PLATE,
    PRESS,
    TABLE,
    Inapplicable,
    each_glyph,
    face,
    into_art,
    moved,
    mutant,
    on_page,
    paths_after,
    placed,
    rect,
    span,
    spots,
    stations,
    symbol,
    told,
)

DXF, SVG = "cutting-forme.dxf", "cutting-forme.svg"

# --- what a file carries besides paint -------------------------------------------------------------------------------


@mutant("grave", "conformance", "plates")
def a_page_in_larger_units(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", 2))


@mutant("grave", "conformance", "plates")
def an_annotation_over_a_station(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 0 0 0 k 0 0 60 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 40])
        pdf.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[150, 200, 210, 240], F=4, AP=Dictionary(N=look))]
        )

    job.spoil(PLATE, change)


def _state(pdf: pikepdf.Pdf, **values: Any) -> None:
    """Values put into every graphics state of the file that a page or a form uses."""
    states = [
        item
        for item in pdf.objects
        if isinstance(item, Dictionary) and ("/OP" in item or "/op" in item) and "/OPM" in item
    ]
    held = [
        state
        for item in pdf.objects
        if isinstance(item, Dictionary | pikepdf.Stream) and "/ExtGState" in item.get("/Resources", {})
        for state in item.Resources.ExtGState.values()
    ]
    if not (states or held):
        raise Inapplicable("no graphics state")
    for state in (*states, *held):
        for key, value in values.items():
            state[f"/{key}"] = value


@mutant("grave", "conformance", "plates")
def a_transfer_function(job: Job) -> None:
    """The RIP turns every tone about."""

    def change(pdf: pikepdf.Pdf) -> None:
        turned = pdf.make_indirect(Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1], C1=[0]))
        _state(pdf, TR=turned)

    job.spoil(PLATE, change)


@mutant("grave", "conformance", "plates")
def half_transparent(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: _state(pdf, ca=0.5, CA=0.5))


@mutant("grave", "conformance", "plates")
def a_blend_mode(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: _state(pdf, BM=Name.Multiply))


@mutant("grave", "plates")
def a_picture_pasted_over(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            bytes(4), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceCMYK,
            BitsPerComponent=8,
        )  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources.XObject["/Pasted"] = image
        page.Contents.write(page.Contents.read_bytes() + b"\nq 12 0 0 6 160 200 cm /Pasted Do Q\n")

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def no_output_intent(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.Root.__delitem__("/OutputIntents"))


@mutant("medium", "conformance")
def a_script_at_opening(job: Job) -> None:
    action = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    job.spoil(PLATE, lambda pdf: pdf.Root.__setitem__("/OpenAction", action))


@mutant("medium", "conformance")
def trapped_already(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.Unknown))


# --- geometry --------------------------------------------------------------------------------------------------------


@mutant("grave", "plates", "registration")
def one_station_turned_by_half_a_degree(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        line = stations(data)[1]
        w = line.split()
        new = b"q 0.99996 0.00873 -0.00873 0.99996 %s %s cm " % (w[5], w[6]) + b" ".join(w[8:])
        return data.replace(line, new)

    on_page(job, 0, edit)


@mutant("grave", "plates", "registration")
def a_station_too_many(job: Job) -> None:
    """On the gripper, where there is room."""
    on_page(job, 0, lambda d: d.replace(stations(d)[0], stations(d)[0] + b"\n" + moved(stations(d)[0], 0, 60)))


@mutant("grave", "plates", "words")
def a_form_of_its_own_for_one_station(job: Job) -> None:
    """Where all others are right: the digits of one station only."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1].obj
        own = pdf.make_stream(page.Resources.XObject[BACK].read_bytes())
        for key, value in page.Resources.XObject[BACK].items():
            if key not in ("/Length", "/Filter"):
                own[key] = value
        rewrite(own, each_glyph("unit.chief", lambda glyph: placed(glyph, dx=0.0, dy=0.4)))
        page.Resources.XObject["/Fown"] = own
        data = page.Contents.read_bytes()
        line = next(one for one in stations(data) if BACK.encode() in one)
        page.Contents.write(data.replace(line, line.replace(BACK.encode(), b"/Fown"), 1))

    job.spoil(PLATE, change)


@mutant("grave", "plates", "facts", "conformance")
def a_page_turned(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages[1].obj.__setitem__("/Rotate", 180))


@mutant("grave", "plates", "facts", "conformance")
def front_and_back_exchanged(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages.reverse()

    job.spoil(PLATE, change)


@mutant("grave", "facts", "plates")
def a_page_twice(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages.append(pdf.pages[0]))


@mutant("medium", "facts", "conformance")
def a_crop_box(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages[0].obj.__setitem__("/CropBox", Array([100, 100, 400, 300])))


@mutant("low", "facts")
def bleed_box_two_points_smaller(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        box = [float(v) for v in pdf.pages[0].obj.BleedBox]
        pdf.pages[0].obj.BleedBox = Array([box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2])

    job.spoil(PLATE, change)


@mutant("grave", "plates", "registration")
def hole_off_by_0_05_on_both_sides(job: Job) -> None:
    """Both ways, so that it registers when the sheet is turned."""
    for name, dx in ((FRONT, 0.05), (BACK, -0.05)):

        def shift(lines: list[bytes], dx: float = dx) -> list[bytes]:
            found = []
            for line in lines:
                *numbers, operator = line.split()
                values = [b"%.4f" % (float(n) + (dx if i % 2 == 0 else 0)) for i, n in enumerate(numbers)]
                found.append(b" ".join([*values, operator]))
            return found

        face(job, name, paths_after(b"/Drill CS", shift))


# --- inks ------------------------------------------------------------------------------------------------------------


@mutant("medium", "plates")
def die_line_in_half_tone(job: Job) -> None:
    face(job, FRONT, lambda data: data.replace(b"/CutContour CS 1 SCN", b"/CutContour CS 0.5 SCN", 1))


@mutant("grave", "plates", "conformance")
def art_in_the_registration_colour(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.pages[0].obj.Resources.XObject[FRONT]
        space = Array([Name.Separation, Name.All, Name.DeviceCMYK, spots(pdf, "CutContour")[3]])
        if "/ColorSpace" not in form.Resources:
            form.Resources.ColorSpace = Dictionary()
        form.Resources.ColorSpace["/Everything"] = space
        rewrite(
            form, lambda d: into_art(d, rect(20, 3, 3, 1, b"0 0 0 0").replace(b"0 0 0 0 k", b"/Everything cs 1 scn"))
        )

    job.spoil(PLATE, change)


@mutant("medium", "plates")
def a_hairline_of_another_ink(job: Job) -> None:
    face(job, OTHER_FRONT, lambda d: into_art(d, rect(10, 4, 20, 0.09, b"1 0 0 0")))


@mutant("grave", "plates", "grade", "codes", "codes-again")
def code_dark_on_dark(job: Job) -> None:
    """The modules as they should be, and the ground all around them nearly as dark."""

    def edit(data: bytes) -> bytes:
        start, _ = symbol(data)
        start = data.rindex(b"/Figure", 0, start)
        return data[:start] + b"0 0 0 0.85 k\n0 0 m 50 0 l 50 20 l 0 20 l h\nf\n" + data[start:]

    face(job, FRONT, edit)


# --- words -----------------------------------------------------------------------------------------------------------


def _two(field: str, i: int, j: int) -> Callable[[bytes], bytes]:
    """Two glyphs of a run exchanged where they stand."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, field)
        parts = [part + b"Q\n" for part in data[a:b].split(b"Q\n") if part.strip()]
        heads = [part.partition(b" cm\n") for part in parts]
        if heads[i][2] == heads[j][2]:
            raise Inapplicable("the same glyph")
        parts[i], parts[j] = heads[i][0] + b" cm\n" + heads[j][2], heads[j][0] + b" cm\n" + heads[i][2]
        return data[:a] + b"".join(parts) + data[b:]

    return edit


@mutant("grave", "plates")
def two_digits_exchanged(job: Job) -> None:
    face(job, BACK, _two("unit.duty", 0, 1))


@mutant("grave", "plates", "words")
def a_number_smaller_by_a_tenth(job: Job) -> None:
    face(job, BACK, each_glyph("unit.duty", lambda glyph: placed(glyph, scale=0.9)))


# --- die-lines for cutters, table, job.json --------------------------------------------------------------------------


@mutant("grave", "dielines")
def a_hole_of_the_dxf_off_by_0_05(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        match = re.search(rb"CIRCLE\r?\n\s*8\r?\n[^\r\n]+\r?\n\s*10\r?\n([\d.]+)", data)
        assert match is not None
        return data[: match.start(1)] + b"%.4f" % (float(match[1]) + 0.05) + data[match.end(1) :]

    job.rewrite(DXF, edit)


@mutant("grave", "dielines")
def a_layer_of_the_dxf_renamed(job: Job) -> None:
    job.rewrite(DXF, lambda data: data.replace(b"CutContour", b"Crease"))


@mutant("grave", "dielines")
def the_svg_one_per_cent_smaller(job: Job) -> None:
    job.rewrite(SVG, lambda data: re.sub(rb'(<g [^>]*id="CutContour")', rb'\1 transform="scale(0.99)"', data, count=1))


@mutant("grave", "dielines")
def a_contour_of_the_svg_gone(job: Job) -> None:
    job.rewrite(SVG, lambda data: re.sub(rb'<path d="[^"]*"/>', b"", data, count=1))


@mutant("medium", "papers")
def columns_of_the_table_exchanged(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        rows = [line.split(b",") for line in data.split(b"\r\n")]
        return b"\r\n".join(
            b",".join([*row[:-2], row[-1], row[-2]]) if len(row) > 2 else b",".join(row) for row in rows
        )

    job.rewrite(TABLE, edit)


@mutant("low", "papers")
def the_table_without_its_mark(job: Job) -> None:
    """The byte order mark by which a spreadsheet knows the letters."""
    job.rewrite(TABLE, lambda data: data.removeprefix(b"\xef\xbb\xbf"))


@mutant("grave", "files")
def the_die_lines_gone(job: Job) -> None:
    (job.out / DXF).unlink()


@mutant("grave", "files")
def masters_changed_and_not_listed_anew(job: Job) -> None:
    path = job.out / MASTERS
    path.write_bytes(path.read_bytes() + b"\n")


def _exchanged(listing: dict[str, Any]) -> None:
    units = listing["units"]
    units[0], units[1] = units[1], units[0]


told("medium", "units_in_another_order", _exchanged)
told("medium", "a_key_more", lambda listing: listing.__setitem__("note", "print twice"))
told("low", "format_of_another_time", lambda listing: listing.__setitem__("format", 99))
told("medium", "an_input_left_out", lambda listing: listing["inputs"].pop())
told("medium", "another_reprint", lambda listing: listing.__setitem__("since", []))
told("medium", "orders_exchanged", lambda listing: [
    unit.__setitem__("ordered", other) for unit, other in zip(
        listing["units"], [u["ordered"] for u in listing["units"]][::-1], strict=True)])  # fmt: skip

__all__ = ["MUTANTS", "PRESS"]
