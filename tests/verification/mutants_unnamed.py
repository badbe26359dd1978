"""Single faults that no list names: beside the tags, rules nobody asks for, papers, view copies, the folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.verification.damage import Job
from tests.verification.mutants import (
    BACK,
    FORME,
    FRONT,
    LABELS,
    MASTERS,
    OTHER_BACK,
    PLATE,
    TABLE,
    TICKET,
    Inapplicable,
    Mutant,
    bleeding,
    face,
    glyphs,
    into_art,
    mutant,
    on_page,
    paths_after,
    placed,
    rect,
    scaled,
    span,
    stations,
    sub,
    text_of,
    told,
)
from tests.verification.mutants_hidden import MUTANTS
from tests.verification.mutants_more import DXF, SVG


def states(pdf: pikepdf.Pdf) -> list[Any]:
    """All graphics states of a file."""
    found = {
        state.objgen: state
        for item in pdf.objects
        if isinstance(item, (Dictionary, pikepdf.Stream)) and isinstance(item.get("/ExtGState"), Dictionary)
        for state in item.ExtGState.values()
    }
    resources = [item.Resources for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Resources" in item]
    for each in resources:
        for state in each.get("/ExtGState", Dictionary()).values():
            found[state.objgen] = state
    return list(found.values())


# --- geometry --------------------------------------------------------------------------------------------------------


def squeezed(lines: list[bytes]) -> list[bytes]:
    """Path lines narrower by 4 per cent and as high as they were."""
    found = []
    for line, other in zip(scaled(lines, 0.96), lines, strict=True):
        narrow, whole = line.split(), other.split()
        found.append(b" ".join(narrow[i] if i % 2 == 0 else whole[i] for i in range(len(whole) - 1)) + b" " + whole[-1])
    return found


@mutant("grave", "plates", "registration")
def the_hole_an_oval(job: Job) -> None:
    face(job, FRONT, paths_after(b"/Drill CS", squeezed))


@mutant("grave", "plates", "registration")
def a_second_cut_inside_the_first(job: Job) -> None:
    """As a designer's forgotten copy: the tag is cut twice."""

    def edit(data: bytes) -> bytes:
        at = data.index(b"/CutContour CS")
        end = data.index(b"S\n", data.index(b" m\n", at)) + 2
        start = data.rindex(b"\n", at, data.index(b" m\n", at)) + 1
        lines = data[start : end - 2].rstrip(b"\n").split(b"\n")
        inner = scaled([line for line in lines if line not in (b"h", b"")], 0.8)
        return data[:end] + b"\n".join(inner) + b"\nh\nS\n" + data[end:]

    face(job, FRONT, edit)


@mutant("grave", "plates", "conformance")
def curves_as_coarse_polygons(job: Job) -> None:
    """A flatness of 100: the RIP may draw every curve as a few chords."""
    on_page(job, 0, lambda data: b"100 i\n" + data)


@mutant("grave", "plates")
def the_bleed_of_one_station_clipped(job: Job) -> None:
    """One station's clip is the trim: its bleed is white where the knife may go."""
    bleeding(job)

    def edit(data: bytes) -> bytes:
        line = stations(data)[1]
        head, _, rest = line.partition(b" cm ")
        return data.replace(line, head + b" cm 0 0 m 50 0 l 50 20 l 0 20 l h W n " + rest)

    on_page(job, 0, edit)


@mutant("medium", "plates")
def the_marks_of_the_sheet_thicker(job: Job) -> None:
    """Every stroke of the sheet's own marks by 0.25 mm."""

    def edit(data: bytes) -> bytes:
        found = re.search(rb"([\d.]+) w\n", data)
        if found is None:
            raise Inapplicable("strokes")
        return data.replace(found[0], b"%.4f w\n" % (float(found[1]) + 0.25), 1)

    on_page(job, 0, edit)


# --- inks ------------------------------------------------------------------------------------------------------------


@mutant("grave", "plates")
def words_in_four_inks(job: Job) -> None:
    """Rich black: small letters out of register by the press."""

    def edit(data: bytes) -> bytes:
        if b"0 0 0 1 k\n" not in data:
            raise Inapplicable("black")
        return data.replace(b"0 0 0 1 k\n", b"0.6 0.4 0.4 1 k\n")

    for name in (FRONT, BACK):
        try:
            face(job, name, edit)
        except Inapplicable:
            continue
        return
    raise Inapplicable("black")


@mutant("medium", "plates")
def a_hole_in_the_ground(job: Job) -> None:
    """0.33 mm of no ink, as dust on a plate leaves it."""
    face(job, OTHER_BACK, lambda data: into_art(data, rect(47, 14, 0.33, 0.33, b"0 0 0 0")))


@mutant("medium", "conformance")
def a_halftone_of_the_files_own(job: Job) -> None:
    """A screen of 20 lines an inch, which some RIPs obey."""

    def change(pdf: pikepdf.Pdf) -> None:
        screen = Dictionary(Type=Name.Halftone, HalftoneType=1, Frequency=20, Angle=45, SpotFunction=Name.Round)
        found = states(pdf)
        if not found:
            raise Inapplicable("states")
        for state in found:
            state.HT = screen

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def a_black_generation_of_the_files_own(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        found = states(pdf)
        if not found:
            raise Inapplicable("states")
        for state in found:
            state.BG2 = Name.Default
            state.UCR = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0], C1=[0])

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def another_printing_condition(job: Job) -> None:
    """The file says that it was made for newsprint."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents[0].OutputConditionIdentifier = pikepdf.String("IFRA26")

    job.spoil(PLATE, change)


# --- rules -----------------------------------------------------------------------------------------------------------


@mutant("medium", "conformance")
def a_file_inside_the_file(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["numbers.csv"] = b"0900.000.999"

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def a_form_to_fill_in(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array([]))

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def an_action_of_a_page(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)")))

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def a_title_of_another_job(job: Job) -> None:
    """Document information and XMP no longer say the same."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info.Title = pikepdf.String("Another job")

    job.spoil(PLATE, change)


@mutant("grave", "conformance", "plates", "facts")
def a_sheet_in_a_viewport_twice_as_large(job: Job) -> None:
    """The page is to be printed at half its size, says what belongs to viewers."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.ViewerPreferences = Dictionary(PrintScaling=Name.AppDefault, NumCopies=2, PrintClip=Name.TrimBox)

    job.spoil(PLATE, change)


# --- words -----------------------------------------------------------------------------------------------------------


@mutant("medium", "plates")
def the_dot_a_digit_further(job: Job) -> None:
    """0900.000.101 grouped 0900.0001.01: the digits are the same."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        found = glyphs(data[a:b])
        dot, digit = found[8], found[9]
        shift = [float(g.split()[5]) for g in (dot, digit)]
        found[8], found[9] = placed(digit, shift[0] - shift[1], 0), placed(dot, shift[1] - shift[0], 0)
        return data[:a] + b"".join(found) + data[b:]

    face(job, BACK, edit)


@mutant("grave", "words")
def a_number_that_only_readers_hear(job: Job) -> None:
    """The text behind the outlines says another number: what is copied from the proof is wrong."""
    face(job, BACK, sub(text_of("0900.000.101"), text_of("0900.000.110")))


# --- die-lines and papers --------------------------------------------------------------------------------------------


@mutant("grave", "dielines")
def a_hole_of_the_dxf_cut_as_a_contour(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        return re.sub(rb"(CIRCLE\r?\n\s*8\r?\n)Drill", rb"\1CutContour", data, count=1)

    job.rewrite(DXF, edit)


@mutant("grave", "dielines")
def the_svg_in_inches(job: Job) -> None:
    job.rewrite(SVG, lambda data: re.sub(rb'width="(\d+)mm"', rb'width="\1in"', data, count=1))


@mutant("grave", "dielines")
def the_svg_seen_from_behind(job: Job) -> None:
    job.rewrite(SVG, lambda data: data.replace(b'viewBox="0 0 ', b'viewBox="200 0 ', 1))


@mutant("grave", "dielines")
def a_contour_of_the_svg_not_shown(job: Job) -> None:
    job.rewrite(SVG, lambda data: data.replace(b"<path d=", b'<path display="none" d=', 1))


@mutant("grave", "papers", "facts")
def a_box_label_twice(job: Job) -> None:
    job.spoil(LABELS, lambda pdf: pdf.pages.append(pdf.pages[0]))


@mutant("medium", "papers")
def the_ticket_upside_down(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = 180

    job.spoil(TICKET, change)


@mutant("grave", "papers")
def a_name_of_the_table(job: Job) -> None:
    job.rewrite(TABLE, lambda data: data.replace(b"Trang", "Tràng".encode(), 1))


# --- the folder ------------------------------------------------------------------------------------------------------


def in_view(pattern: str) -> Callable[[Job], list[Any]]:
    def found(job: Job) -> list[Any]:
        names = sorted((job.out / "view").glob(pattern)) if (job.out / "view").is_dir() else []
        if len(names) < 2:
            raise Inapplicable("view copies")
        return names

    return found


@mutant("grave", "plates")
def pictures_of_the_view_exchanged(job: Job) -> None:
    """The front's picture is the back's: who looks at it signs another tag."""
    one, other = in_view("*.png")(job)[:2]
    data = other.read_bytes()
    job.rewrite(f"view/{one.name}", lambda _: data)


@mutant("grave", "plates")
def a_bar_in_the_view_only(job: Job) -> None:
    name = f"view/{in_view('*.pdf')(job)[-1].name}"

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q 0 0 0 1 k 60 60 20 8 re f Q")

    job.spoil(name, change)


@mutant("medium", "files")
def an_old_picture_in_the_view(job: Job) -> None:
    one = in_view("*.png")(job)[0]
    shutil.copy(one, job.out / "view" / "plate-07-front.png")


@mutant("medium", "files")
def masters_of_an_old_volume(job: Job) -> None:
    shutil.copy(job.out / MASTERS, job.out / "masters-02.pdf")


@mutant("grave", "files")
def a_plate_in_capitals(job: Job) -> None:
    """On the factory's file server it is the same name."""
    shutil.copy(job.out / PLATE, job.out / "PLATE-02.PDF")


@mutant("grave", "plates", "registration")
def the_forme_turned_about(job: Job) -> None:
    """The knives lie as the back sees them."""

    def edit(data: bytes) -> bytes:
        for line in stations(data):
            words = line.split()
            words[5] = b"%.4f" % (200 - 50 - float(words[5]) + 1.5)
            data = data.replace(line, b" ".join(words))
        return data

    on_page(job, 0, edit, FORME)


told("medium", "a_measure_of_a_unit", lambda listing: listing["units"][0]["measures"]["front"].__setitem__("hole", 0.1))
told("medium", "fingerprint_of_a_unit", lambda listing: listing["units"][0].__setitem__("fingerprint", "2222-2222"))

__all__ = ["MUTANTS", "Mutant"]
