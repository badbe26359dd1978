"""Single faults thought of last: what a tired operator, a helpful program or a bad disk makes of a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from keytag.files import seal
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
    each_glyph,
    face,
    glyphs,
    into_art,
    layers,
    mutant,
    on_page,
    placed,
    rect,
    span,
    stations,
    sub,
    symbol,
    text_of,
)
from tests.verification.mutants_more import DXF, SVG
from tests.verification.mutants_unnamed import MUTANTS

# --- rules of PDF -----------------------------------------------------------------------------------------------------


@mutant("medium", "conformance")
def names_of_two_layers_exchanged(job: Job) -> None:
    """Who hides the cut line hides the ring hole."""

    def change(pdf: pikepdf.Pdf) -> None:
        named = {str(group.Name): group for group in layers(pdf).OCGs}
        cut, hole = named["Cut line"], named["Ring hole"]
        cut.Name, hole.Name = hole.Name, cut.Name

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def processing_steps_of_two_layers_exchanged(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        named = {str(group.Name): group for group in layers(pdf).OCGs}
        cut, hole = named["Cut line"].GTS_Metadata, named["Ring hole"].GTS_Metadata
        cut.GTS_ProcStepsType, hole.GTS_ProcStepsType = hole.GTS_ProcStepsType, cut.GTS_ProcStepsType

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def the_die_line_on_the_layer_of_the_art(job: Job) -> None:
    face(job, FRONT, sub(b"/OC /Cut BDC", b"/OC /Artwork BDC"))


@mutant("medium", "conformance")
def all_layers_off_but_those_that_are_named(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: layers(pdf).D.__setitem__("/BaseState", Name.OFF))


@mutant("medium", "conformance")
def layers_of_which_one_alone_is_shown(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layers(pdf).D.RBGroups = Array([Array(list(layers(pdf).OCGs))])

    job.spoil(PLATE, change)


@mutant("grave", "conformance")
def layers_switched_by_what_they_are_used_for(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        used = Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array(list(layers(pdf).OCGs)))
        layers(pdf).D.AS = Array([used])

    job.spoil(PLATE, change)


def _on_form(job: Job, key: str, value: Any) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages[0].obj.Resources.XObject[FRONT].__setitem__(key, value))


@mutant("grave", "conformance")
def a_form_that_refers_to_another_file(job: Job) -> None:
    _on_form(job, "/Ref", Dictionary(F=pikepdf.String("other.pdf"), Page=0))


@mutant("grave", "conformance")
def a_form_that_opi_replaces(job: Job) -> None:
    _on_form(job, "/OPI", pikepdf.Dictionary({"/1.3": Dictionary(F=pikepdf.String("large.tif"))}))


@mutant("grave", "conformance", "plates")
def a_form_in_a_transparency_group(job: Job) -> None:
    _on_form(job, "/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True, K=True))


@mutant("medium", "conformance")
def a_print_dialogue_preset(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.Root.__setitem__("/ViewerPreferences", Dictionary(Duplex=Name.DuplexFlipLongEdge)))


@mutant("medium", "conformance")
def a_page_shown_for_a_second(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages[0].obj.__setitem__("/Dur", 1))


@mutant("medium", "conformance")
def a_colour_profile_that_is_none(job: Job) -> None:
    """The bytes of the output intent's profile, half of them nought."""

    def change(pdf: pikepdf.Pdf) -> None:
        intent = pdf.Root.OutputIntents[0]
        if "/DestOutputProfile" not in intent:
            raise Inapplicable("a registered condition, no profile")
        data = intent.DestOutputProfile.read_bytes()
        intent.DestOutputProfile.write(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def a_colour_profile_for_a_screen(job: Job) -> None:
    """An output intent whose profile has three channels."""

    def change(pdf: pikepdf.Pdf) -> None:
        from PIL import ImageCms

        profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3)
        pdf.Root.OutputIntents[0].DestOutputProfile = profile

    job.spoil(PLATE, change)


@mutant("grave", "conformance")
def a_second_output_intent(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        other = Dictionary(pdf.Root.OutputIntents[0])
        other.OutputConditionIdentifier = pikepdf.String("FOGRA27")
        pdf.Root.OutputIntents.append(pdf.make_indirect(other))

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def a_standard_that_the_file_does_not_keep(job: Job) -> None:
    """XMP says PDF/A besides."""

    def change(pdf: pikepdf.Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        at = data.index(b"</rdf:RDF>")
        more = (
            b'<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
            b"<pdfaid:part>2</pdfaid:part></rdf:Description>"
        )
        pdf.Root.Metadata.write(data[:at] + more + data[at:])

    job.spoil(PLATE, change)


@mutant("low", "conformance", "facts")
def an_art_box_besides_the_trim_box(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.pages[0].obj.__setitem__("/ArtBox", Array([100, 100, 200, 200])))


@mutant("medium", "conformance")
def bytes_behind_the_end(job: Job) -> None:
    job.rewrite(PLATE, lambda data: data + b"\n" + b"0 0 0 1 k\n" * 400)


@mutant("medium", "conformance")
def bytes_before_the_beginning(job: Job) -> None:
    """As a mail program leaves them."""
    job.rewrite(PLATE, lambda data: b"Content-Type: application/pdf\r\n\r\n" + data)


@mutant("grave", "conformance")
def a_revision_appended(job: Job) -> None:
    """An incremental update that changes nothing yet: an editor saved the file."""

    def edit(data: bytes) -> bytes:
        start = int(data[data.rindex(b"startxref") :].split()[1])
        size = int(re.findall(rb"/Size (\d+)", data)[-1])
        root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1]
        info = re.findall(rb"/Info (\d+ \d+ R)", data)[-1]
        ident = re.findall(rb"/ID\s*\[.*?\]", data, re.DOTALL)[-1]
        at = len(data)
        trailer = b"trailer <</Size %d /Root %b /Info %b %b /Prev %d>>" % (size, root, info, ident, start)
        return data + b"xref\n0 1\n0000000000 65535 f \n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % at

    job.rewrite(PLATE, edit)


@mutant("medium", "conformance", "plates")
def an_operator_that_nobody_knows(job: Job) -> None:
    on_page(job, 0, lambda data: data + b"\nBX 1 2 shade3 EX\n")


@mutant("grave", "conformance")
def words_that_are_not_painted_but_found(job: Job) -> None:
    """Another number in invisible letters: a search of the plate finds it."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1].obj
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources["/Font"] = Dictionary(F0=pdf.make_indirect(font))
        page.Contents.write(page.Contents.read_bytes() + b"\nBT 3 Tr /F0 8 Tf 150 200 Td (0900.000.999) Tj ET\n")

    job.spoil(PLATE, change)


# --- geometry, tone, ink ----------------------------------------------------------------------------------------------


@mutant("grave", "plates", "registration")
def one_station_2_in_a_thousand_larger(job: Job) -> None:
    """0.05 mm at both ends of the tag."""

    def edit(data: bytes) -> bytes:
        line = stations(data)[1]
        words = line.split()
        x, y = float(words[5]) - 0.05, float(words[6]) - 0.02
        return data.replace(line, b"q 1.002 0 0 1.002 %.4f %.4f " % (x, y) + b" ".join(words[7:]))

    on_page(job, 0, edit)


@mutant("grave", "plates", "registration")
def one_station_slanted(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        line = stations(data)[1]
        words = line.split()
        return data.replace(line, b"q 1 0 0.006 1 " + b" ".join(words[5:]))

    on_page(job, 0, edit)


@mutant("medium", "registration", "plates")
def a_die_line_that_is_not_closed(job: Job) -> None:
    """A cutter's program leaves the last piece standing."""

    def edit(data: bytes) -> bytes:
        at = data.index(b"\nh\n", data.index(b"/CutContour CS"))
        return data[: at + 1] + data[at + 3 :]

    face(job, FRONT, edit)


@mutant("grave", "plates", "registration")
def a_nick_in_the_die_line(job: Job) -> None:
    """The last curve of the contour is gone: the line is open by a millimetre or more."""

    def edit(data: bytes) -> bytes:
        at = data.index(b"\nh\n", data.index(b"/CutContour CS"))
        before = data.rindex(b"\n", 0, at)
        return data[:before] + data[at + 2 :]

    face(job, FRONT, edit)


@mutant("grave", "plates", "registration", "conformance")
def a_stray_cut_across_the_tag(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        at = data.index(b"S\n", data.index(b" m\n", data.index(b"/CutContour CS"))) + 2
        return data[:at] + b"20 5 m\n21.5 5 l\nS\n" + data[at:]

    face(job, FRONT, edit)


@mutant("medium", "plates")
def the_die_line_half_as_wide_again(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        at = data.index(b" w\n", data.index(b"/CutContour CS"))
        start = data.rindex(b"\n", 0, at) + 1
        return data[:start] + b"0.2" + data[at:]

    face(job, FRONT, edit)


@mutant("medium", "plates")
def black_of_the_words_2_per_cent_lighter(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        if b"0 0 0 1 k" not in data:
            raise Inapplicable("no black")
        return data.replace(b"0 0 0 1 k", b"0 0 0 0.98 k")

    face(job, FRONT, edit)


@mutant("medium", "plates")
def a_rich_black(job: Job) -> None:
    """The words print in two inks, which never lie on one another wholly."""
    face(job, FRONT, sub(b"0 0 0 1 k", b"0.3 0 0 1 k"))


@mutant("grave", "plates", "codes", "grade")
def the_code_a_hundredth_larger(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, b = symbol(data)
        return data[:a] + b"q 1.012 0 0 1.012 -0.09 -0.09 cm\n" + data[a:b] + b"Q\n" + data[b:]

    face(job, FRONT, edit)


@mutant("grave", "plates")
def the_code_off_by_0_12(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, b = symbol(data)
        return data[:a] + b"q 1 0 0 1 0.12 0 cm\n" + data[a:b] + b"Q\n" + data[b:]

    face(job, FRONT, edit)


@mutant("medium", "plates")
def a_registration_mark_off_by_0_1_on_the_back(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        found = re.search(rb"([\d.]+) ([\d.]+) m\n([\d.]+) \2 l\n([\d.]+) ([\d.]+) m\n\4 ([\d.]+) l\nS\n", data)
        if found is None:
            raise Inapplicable("another mark")
        a, y, b, x, top, low = (float(value) for value in found.groups())
        other = b"%g %g m\n%g %g l\n%g %g m\n%g %g l\nS\n" % (a + 0.1, y, b + 0.1, y, x + 0.1, top, x + 0.1, low)
        return data[: found.start()] + other + data[found.end() :]

    on_page(job, 1, edit)


@mutant("medium", "plates")
def a_crop_mark_off_by_0_1(job: Job) -> None:
    on_page(job, 0, sub(b"45 26 m\n45 22 l\n", b"45.1 26 m\n45.1 22 l\n"))


def _white(data: bytes) -> tuple[int, int]:
    at = data.find(b"/White BDC")
    if at < 0:
        raise Inapplicable("no White of its own")
    return at, data.index(b"EMC", at)


@mutant("grave", "plates")
def white_in_97_per_cent(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, b = _white(data)
        return data[:a] + data[a:b].replace(b"/White cs 1 scn", b"/White cs 0.97 scn") + data[b:]

    face(job, FRONT, edit)


@mutant("grave", "plates")
def white_off_by_0_12(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, b = _white(data)
        at = data.index(b"scn\n", a) + 4
        end = data.rindex(b"Q\n", a, b)
        return data[:at] + b"1 0 0 1 0.12 0 cm\n" + data[at:end] + data[end:]

    face(job, FRONT, edit)


@mutant("grave", "plates", "conformance")
def white_that_knocks_out(job: Job) -> None:
    """The art under the White is not printed."""

    def edit(data: bytes) -> bytes:
        a, b = _white(data)
        return data[:a] + data[a:b].replace(b"/Overprint gs", b"/Knockout gs") + data[b:]

    face(job, FRONT, edit)


# --- words ------------------------------------------------------------------------------------------------------------


@mutant("grave", "words")
def digits_of_another_script_in_the_text(job: Job) -> None:
    """What is copied from the file cannot be dialled."""
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in "0900.000.101")
    face(job, BACK, sub(text_of("0900.000.101"), text_of(wide)))


@mutant("grave", "words")
def a_sign_of_no_width_in_the_text_of_a_number(job: Job) -> None:
    face(job, BACK, sub(text_of("0900.000.101"), text_of("0900.000.\u200b101")))


@mutant("medium", "words")
def the_text_of_a_number_twice(job: Job) -> None:
    face(job, BACK, sub(text_of("0900.000.101"), text_of("0900.000.101 0900.000.101")))


@mutant("grave", "words")
def fields_of_two_numbers_exchanged(job: Job) -> None:
    """A program that reads the tags gives the chief's number to the duty desk; nothing that is seen changes."""

    def edit(data: bytes) -> bytes:
        span(data, "unit.duty")
        data = data.replace(b"/KTField (unit.chief)", b"/KTField (-)")
        data = data.replace(b"/KTField (unit.duty)", b"/KTField (unit.chief)")
        return data.replace(b"/KTField (-)", b"/KTField (unit.duty)")

    face(job, BACK, edit)


@mutant("grave", "plates", "words")
def numbers_set_wider_by_a_hair(job: Job) -> None:
    """Each digit 0.03 mm further than the one before: 0.33 mm at the end."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        return data[:a] + b"".join(placed(g, 0.03 * i) for i, g in enumerate(glyphs(data[a:b]))) + data[b:]

    face(job, BACK, edit)


@mutant("grave", "plates")
def a_digit_upside_down(job: Job) -> None:
    """A 6 for a 9."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        found = glyphs(data[a:b])
        head, _, rest = found[1].partition(b" cm\n")
        words = head.split()
        scale, x, y = float(words[1]), float(words[5]), float(words[6])
        high, wide = 716 * scale, 560 * scale
        found[1] = b"q %.8f 0 0 %.8f %.4f %.4f cm\n" % (-scale, scale, x + wide, y - high) + rest
        return data[:a] + b"".join(found) + data[b:]

    face(job, BACK, edit)


@mutant("grave", "plates", "words")
def a_digit_painted_last_over_another(job: Job) -> None:
    """Two digits lie on one another, and the first one's place is empty."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        found = glyphs(data[a:b])
        step = float(found[1].split()[5]) - float(found[0].split()[5])
        found[0] = placed(found[0], step, 0)
        return data[:a] + b"".join(found) + data[b:]

    face(job, BACK, edit)


@mutant("grave", "plates", "registration")
def backs_of_two_units_exchanged(job: Job) -> None:
    """Every front has another unit's numbers behind it."""

    def edit(data: bytes) -> bytes:
        one, other = BACK.encode() + b" Do", OTHER_BACK.encode() + b" Do"
        return data.replace(one, b"/- Do").replace(other, one).replace(b"/- Do", other)

    on_page(job, 1, edit)


# --- forme, die-lines, papers, listing ------------------------------------------------------------------------------


@mutant("grave", "plates", "registration")
def a_hole_of_the_forme_gone(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for form in pdf.pages[0].obj.Resources.XObject.values():
            data = form.read_bytes()
            if b"/Drill CS" in data:
                at = data.index(b"S\n", data.index(b" c\n", data.index(b"/Drill CS")))
                form.write(data[:at] + b"n\n" + data[at + 2 :])
                return
        raise AssertionError(FORME)

    job.spoil(FORME, change)


@mutant("medium", "plates")
def the_title_block_of_the_forme_covered(job: Job) -> None:
    on_page(job, 0, lambda data: data + b"\n0 0 0 0 k 0 0 567 40 re f\n", FORME)


@mutant("grave", "dielines")
def a_stray_line_in_the_dxf(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        eol = b"\r\n" if b"\r\n" in data else b"\n"
        parts = [b"  0", b"LINE", b"  8", b"CutContour", b" 10", b"60", b" 20", b"90", b" 11", b"80", b" 21", b"90"]
        at = data.rindex(b"ENDSEC")
        at = data.rindex(b"0", 0, at)
        at = data.rindex(b"\n", 0, at) + 1
        return data[:at] + eol.join(parts) + eol + data[at:]

    job.rewrite(DXF, edit)


@mutant("grave", "dielines")
def a_layer_of_the_dxf_switched_off(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        found = re.search(rb"LAYER\r?\n\s*2\r?\nCutContour\r?\n\s*70\r?\n\s*(\d+)\r?\n\s*62\r?\n\s*(\d+)", data)
        assert found is not None
        return data[: found.start(2)] + b"-" + found[2] + data[found.end(2) :]

    job.rewrite(DXF, edit)


@mutant("grave", "dielines")
def a_stray_line_in_the_svg(job: Job) -> None:
    job.rewrite(SVG, lambda data: data.replace(b"</g>", b'<line x1="60" y1="40" x2="80" y2="40"/></g>', 1))


@mutant("medium", "dielines")
def the_svg_dashed(job: Job) -> None:
    job.rewrite(SVG, lambda data: data.replace(b'stroke-width="0.1"', b'stroke-width="0.1" stroke-dasharray="2"', 1))


@mutant("medium", "papers", "conformance")
def the_ticket_on_another_paper(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for box in ("/MediaBox", "/TrimBox"):
            pdf.pages[0].obj[box] = Array([0, 0, 612, 792])

    job.spoil(TICKET, change)


@mutant("grave", "papers", "conformance")
def a_note_stuck_onto_the_ticket(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"1 g 0 0 90 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 20])
        note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[200, 600, 290, 620], F=4, AP=Dictionary(N=look))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    job.spoil(TICKET, change)


@mutant("medium", "papers")
def box_labels_2_per_cent_smaller(job: Job) -> None:
    """As an office printer does it: they no longer fit the stickers."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.contents_add(b"0.98 0 0 0.98 6 8 cm", prepend=True)

    job.spoil(LABELS, change)


@mutant("medium", "papers")
def a_row_of_the_table_twice(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        row = next(line for line in data.splitlines(keepends=True) if b"xa-glar" in line)
        return data.replace(row, row + row)

    job.rewrite(TABLE, edit)


@mutant("low", "papers")
def the_table_in_an_old_encoding(job: Job) -> None:
    job.rewrite(TABLE, lambda data: data.decode("utf-8-sig").encode("utf-16"))


@mutant("medium", "manifest")
def a_key_of_job_json_twice(job: Job) -> None:
    """The first of both is another number: some programs take that one."""
    path = job.out / "job.json"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'"seal": "[0-9a-f]{64}"', f'"seal": "{seal.BLANK}"', text)
    found = re.search(r'"run": (\d+)', text)
    assert found is not None
    text = text[: found.start()] + f'"run": 1{found[1]}, ' + text[found.start() :]
    path.write_bytes(seal.sealed(text.encode()))
    assert json.loads(text)["plates"]


@mutant("low", "manifest", "files")
def a_hash_in_capitals(job: Job) -> None:
    def change(listing: dict[str, Any]) -> None:
        entry = next(entry for entry in listing["files"] if entry["name"] == PLATE)
        entry["sha256"] = entry["sha256"].upper()

    job.relist(change)


@mutant("medium", "facts", "conformance")
def the_trim_box_of_a_master_0_1_wider(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        box = [float(v) for v in pdf.pages[0].obj.TrimBox]
        pdf.pages[0].obj.TrimBox = Array([box[0], box[1], box[2] + 0.28, box[3]])

    job.spoil(MASTERS, change)


@mutant("grave", "plates")
def masters_of_front_and_back_exchanged(job: Job) -> None:
    """The pages keep their boxes and change their pictures."""

    def change(pdf: pikepdf.Pdf) -> None:
        one, other = pdf.pages[0].obj, pdf.pages[1].obj
        for key in ("/Contents", "/Resources"):
            one[key], other[key] = other[key], one[key]

    job.spoil(MASTERS, change)


@mutant("grave", "plates", "words")
def a_number_on_one_back_in_the_next_units_place(job: Job) -> None:
    """The last of the deputies lies where nothing is: off its line, inside the tag."""
    face(job, BACK, each_glyph("unit.deputies.1", lambda glyph: placed(glyph, 0, 2.2)))


@mutant("medium", "plates", "words")
def a_speck_beside_a_digit(job: Job) -> None:
    """0.13 mm² of white beside the last digit of a number, as a dot would be."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        last = glyphs(data[a:b])[-1].split()
        return into_art(data, rect(float(last[5]) + 2.0, float(last[6]) - 0.36, 0.36, 0.36, b"0 0 0 0"))

    face(job, BACK, edit)


@mutant("medium", "registration", "plates")
def the_hole_twice(job: Job) -> None:
    """The drill comes down twice at the same place."""

    def edit(data: bytes) -> bytes:
        at = data.index(b" m\n", data.index(b"/Drill CS"))
        start = data.rindex(b"\n", 0, at) + 1
        end = data.index(b"S\n", at) + 2
        return data[:end] + data[start:end] + data[end:]

    face(job, FRONT, edit)


# --- what no rule names: keys that a program leaves in a file -----------------------------------------------------


def _left(name: str, place: Callable[[pikepdf.Pdf], Any], key: str, value: Any, file: str = PLATE) -> None:
    """A fault that is one key more somewhere in a file."""

    def make(job: Job) -> None:
        def change(pdf: pikepdf.Pdf) -> None:
            try:
                held = place(pdf)
            except AttributeError as error:  # no such state in the form
                raise Inapplicable(key) from error
            assert key not in held
            held[key] = value

        job.spoil(file, change)

    MUTANTS.append(Mutant(name, "medium", make, frozenset({"facts", "conformance"})))


def _page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


def _form(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.XObject[FRONT]


_left("outlines_of_another_file", lambda pdf: pdf.Root, "/Outlines", Dictionary(Type=Name.Outlines))
_left("a_private_part_of_an_editor", _page, "/PieceInfo", Dictionary(Illustrator=Dictionary(Private=Dictionary())))
_left("a_small_picture_of_an_old_page", _page, "/Thumb", Dictionary())
_left("a_page_that_says_its_size_in_steps", _page, "/VP", Array([]))
_left("a_page_with_metadata_of_its_own", _page, "/LastModified", pikepdf.String("D:20200101000000Z"))
_left("a_catalog_that_wants_fonts", lambda pdf: pdf.Root, "/NeedAppearances", True)
_left("extensions_of_another_maker", lambda pdf: pdf.Root, "/Extensions", Dictionary())
_left("requirements_of_a_viewer", lambda pdf: pdf.Root, "/Requirements", Array([]))
_left("a_form_with_metadata_of_its_own", _form, "/LastModified", pikepdf.String("D:20200101000000Z"))
_left("a_form_with_a_name_of_its_own", _form, "/Name", Name.Fm0)
_left("a_state_that_smooths", lambda pdf: _form(pdf).Resources.ExtGState.Knockout, "/SM", 0.5)
_left("a_state_with_an_intent", lambda pdf: _form(pdf).Resources.ExtGState.Knockout, "/RI", Name.Saturation)
_left("a_state_that_adjusts_strokes", lambda pdf: _form(pdf).Resources.ExtGState.Overprint, "/SA", True)
_left("keywords_of_another_job", lambda pdf: pdf.trailer.Info, "/Company", pikepdf.String("Another printer"))
_left("a_layer_of_a_person", lambda pdf: layers(pdf).OCGs[0], "/OC", Name.X)
_left("layers_that_are_locked", lambda pdf: layers(pdf).D, "/Locked", Array([]))
_left("a_key_in_the_cutting_forme", _page, "/PieceInfo", Dictionary(), FORME)
_left("a_key_in_the_masters", _page, "/PieceInfo", Dictionary(), MASTERS)


@mutant("medium", "facts")
def a_title_of_another_job_everywhere(job: Job) -> None:
    """Information and XMP say the same, and another job's."""

    def change(pdf: pikepdf.Pdf) -> None:
        old = str(pdf.trailer.Info.Title)
        pdf.trailer.Info.Title = pikepdf.String(old.replace("Small", "Other"))
        data = pdf.Root.Metadata.read_bytes()
        assert b"Small" in data
        pdf.Root.Metadata.write(data.replace(b"Small", b"Other"))

    job.spoil(PLATE, change)


@mutant("medium", "facts", "conformance")
def steps_of_the_forme_exchanged(job: Job) -> None:
    """Layers of the cutting forme: the drill is called a cut."""

    def change(pdf: pikepdf.Pdf) -> None:
        named = {str(group.Name): group for group in layers(pdf).OCGs}
        cut, hole = named["Cut line"], named["Ring hole"]
        cut.Name, hole.Name = hole.Name, cut.Name

    job.spoil(FORME, change)


__all__ = ["MUTANTS"]
