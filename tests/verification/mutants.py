"""Single faults in finished job folders, one function each: rules, geometry, inks, words, papers and manifest.

A fault is made in the files as they lie there, hashes and sizes in job.json are recomputed afterwards, so that the
listing alone never tells. `level` is what it would do in the factory: grave (wrong or unreadable tags, spoiled runs),
medium (waste of time or paper) or low. `tests/long/verify_mutants.py` runs all of them in folders of three kinds.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.verification.damage import Edit, Job, path_lines, rewrite, shifted

PLATE, MASTERS, FORME = "plate-01.pdf", "masters.pdf", "cutting-forme.pdf"
TICKET, LABELS, TABLE = "production-ticket.pdf", "packing-list.pdf", "packing-list.csv"
PRESS = (PLATE, MASTERS)
FRONT, BACK = "/Fxa-glar_2Ffront", "/Fxa-glar_2Fback"
OTHER_FRONT, OTHER_BACK = "/Fxa-trang_2Ffront", "/Fxa-trang_2Fback"


class Mutant(NamedTuple):
    """One fault: its name, how bad it is, what makes it, and the items of the report of which one must name it."""

    name: str
    level: str
    make: Callable[[Job], None]
    items: frozenset[str]


MUTANTS: list[Mutant] = []


class Inapplicable(Exception):
    """The folder has nothing that could be spoiled so."""


def mutant(level: str, *items: str) -> Callable[[Callable[[Job], None]], Callable[[Job], None]]:
    def note(make: Callable[[Job], None]) -> Callable[[Job], None]:
        MUTANTS.append(Mutant(make.__name__, level, make, frozenset(items)))
        return make

    return note


# --- means ---------------------------------------------------------------------------------------------------------


def face(job: Job, name: str, edit: Edit, files: tuple[str, ...] = PRESS) -> None:
    """The same fault in a form wherever it is: nothing is left to compare one file with the other."""
    for file in files:

        def change(pdf: pikepdf.Pdf) -> None:
            held = [page.obj.Resources.XObject for page in pdf.pages if "/XObject" in page.obj.Resources]
            forms = {xobjects[name].objgen: xobjects[name] for xobjects in held if name in xobjects}
            assert forms
            for form in forms.values():
                rewrite(form, edit)

        job.spoil(file, change)


def on_page(job: Job, number: int, edit: Edit, file: str = PLATE) -> None:
    job.spoil(file, lambda pdf: rewrite(pdf.pages[number].obj.Contents, edit))


def stations(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line.endswith(b" Do Q")]


def moved(line: bytes, dx: float, dy: float) -> bytes:
    words = line.split()
    words[5], words[6] = (b"%.4f" % (float(words[i]) + d) for i, d in ((5, dx), (6, dy)))
    return b" ".join(words)


def spans(data: bytes) -> list[tuple[int, int, str]]:
    """Where each run of words begins and ends (behind BDC, before EMC), and its field."""
    found = []
    for match in re.finditer(rb"/Span <<(.*?)>> BDC\n", data):
        field = re.search(rb"/KTField \((.*?)\)", match[1])
        found.append((match.end(), data.index(b"EMC", match.end()), field[1].decode() if field else ""))
    return found


def span(data: bytes, field: str) -> tuple[int, int]:
    for start, end, name in spans(data):
        if name == field:
            return start, end
    raise Inapplicable(field)


def glyphs(data: bytes) -> list[bytes]:
    """The glyphs of a run of words, each from q to Q."""
    return [part + b"Q\n" for part in data.split(b"Q\n") if part.strip()]


def placed(glyph: bytes, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> bytes:
    """A glyph's map changed."""
    head, _, rest = glyph.partition(b" cm\n")
    words = head.split()
    a, d, x, y = (float(words[i]) for i in (1, 4, 5, 6))
    return b"q %.8f 0 0 %.8f %.4f %.4f cm\n" % (a * scale, d * scale, x + dx, y + dy) + rest


def each_glyph(field: str, change: Callable[[bytes], bytes]) -> Edit:
    def edit(data: bytes) -> bytes:
        a, b = span(data, field)
        return data[:a] + b"".join(change(g) for g in glyphs(data[a:b])) + data[b:]

    return edit


def rect(x: float, y: float, w: float, h: float, colour: bytes) -> bytes:
    return colour + b" k\n%.4f %.4f m %.4f %.4f l %.4f %.4f l %.4f %.4f l h\nf\n" % (
        x, y, x + w, y, x + w, y + h, x, y + h)  # fmt: skip


def box_of(data: bytes) -> tuple[float, float, float, float]:
    """The box of a run's glyph origins in millimetres, roughly its ink."""
    found = [
        [float(v) for v in m.groups()] for m in re.finditer(rb"q ([\d.]+) 0 0 -[\d.]+ ([\d.-]+) ([\d.-]+) cm", data)
    ]
    high = 700 * found[0][0]
    xs, ys = [f[1] for f in found], [f[2] for f in found]
    return min(xs), min(ys) - high, max(xs) + high * 0.7, max(ys)


def over(field: str, colour: bytes, share: float = 1.0) -> Edit:
    """Something painted over a run of words, after all art of the form."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, field)
        x0, y0, x1, y1 = box_of(data[a:b])
        return into_art(data, rect(x0, y0, (x1 - x0) * share, y1 - y0, colour))

    return edit


def into_art(data: bytes, paint: bytes) -> bytes:
    """Painted last on the layer of the art."""
    start = data.index(b"Artwork")
    end = data.index(b"Q\nEMC\n", start)
    while data[start:end].count(b" BDC") - data[start:end].count(b"EMC") > 1:
        end = data.index(b"Q\nEMC\n", end + 1)
    return data[:end] + b"/Knockout gs\n" + paint + data[end:]


def symbol(data: bytes) -> tuple[int, int]:
    start = data.index(b"BDC\n", data.index(b"/Figure")) + 4
    return start, data.index(b"EMC", start)


def symbol_box(data: bytes) -> tuple[float, float, float, float]:
    a, b = symbol(data)
    points = [tuple(float(v) for v in m.groups()) for m in re.finditer(rb"(?m)^([\d.-]+) ([\d.-]+) [ml]$", data[a:b])]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def paths_after(marker: bytes, change: Callable[[list[bytes]], list[bytes]]) -> Edit:
    """The path lines behind a marker, changed together, up to the end of its group."""

    def edit(data: bytes) -> bytes:
        if marker not in data:
            raise Inapplicable(marker.decode())
        at = data.index(marker)
        end = data.index(b"EMC", at)
        lines = data[at:end].split(b"\n")
        which = path_lines(data[at:end])
        for i, line in zip(which, change([lines[i] for i in which]), strict=True):
            lines[i] = line
        return data[:at] + b"\n".join(lines) + data[end:]

    return edit


def scaled(lines: list[bytes], by: float) -> list[bytes]:
    """Path lines made larger or smaller about the middle of their points."""
    points = [[float(v) for v in line.split()[:-1]] for line in lines]
    xs, ys = [v for p in points for v in p[0::2]], [v for p in points for v in p[1::2]]
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    found = []
    for line, p in zip(lines, points, strict=True):
        new = [c + (v - c) * by for v, c in zip(p, [cx, cy] * (len(p) // 2), strict=True)]
        found.append(b" ".join([*(b"%.4f" % v for v in new), line.split()[-1]]))
    return found


def sub(old: bytes, new: bytes, count: int = 1) -> Edit:
    def edit(data: bytes) -> bytes:
        if old not in data:
            raise Inapplicable(old.decode("latin-1"))
        return data.replace(old, new, count)

    return edit


def text_of(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


SAID = re.compile(rb"/ActualText <FEFF([0-9A-F]*)>")


def spots(pdf: pikepdf.Pdf, name: str) -> Any:
    for item in pdf.objects:
        if isinstance(item, Array) and len(item) == 4 and str(item[0]) == "/Separation" and str(item[1]) == "/" + name:
            return item
    raise Inapplicable(name)


def layers(pdf: pikepdf.Pdf) -> Any:
    if "/OCProperties" not in pdf.Root:
        raise Inapplicable("layers")
    return pdf.Root.OCProperties


# --- geometry ------------------------------------------------------------------------------------------------------


@mutant("grave", "plates", "registration")
def all_backs_off_by_0_05(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        for line in stations(data):
            data = data.replace(line, moved(line, 0.05, 0))
        return data

    on_page(job, 1, edit)


@mutant("grave", "plates", "registration")
def both_sides_off_by_0_06(job: Job) -> None:
    """Front and back together: they register with each other, and not with the die."""
    for number, dx in ((0, 0.06), (1, -0.06)):

        def edit(data: bytes, dx: float = dx) -> bytes:
            for line in stations(data):
                data = data.replace(line, moved(line, dx, 0))
            return data

        on_page(job, number, edit)


@mutant("grave", "plates")
def one_station_off_by_0_2(job: Job) -> None:
    on_page(job, 0, lambda d: d.replace(stations(d)[1], moved(stations(d)[1], 0, 0.2)))


@mutant("low", "registration")
def one_station_off_by_0_02(job: Job) -> None:
    on_page(job, 0, lambda d: d.replace(stations(d)[1], moved(stations(d)[1], 0.02, 0)))


@mutant("medium", "registration")
def both_sides_off_by_0_04(job: Job) -> None:
    """Front and back together and less than a pixel; the numbers tell."""
    for number, dx in ((0, 0.04), (1, -0.04)):

        def edit(data: bytes, dx: float = dx) -> bytes:
            for line in stations(data):
                data = data.replace(line, moved(line, dx, 0))
            return data

        on_page(job, number, edit)


@mutant("medium", "registration")
def stations_of_the_masters_off_by_0_05(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        return data.replace(stations(data)[0], moved(stations(data)[0], 0, 0.05))

    on_page(job, 2, edit, MASTERS)


@mutant("medium", "registration")
def die_line_bulges_by_0_04(job: Job) -> None:
    """One point of the contour."""
    face(job, FRONT, paths_after(b"/CutContour CS", lambda lines: [lines[0], shifted(lines[1], 0.04, 0), *lines[2:]]))


@mutant("grave", "plates")
def one_station_mirrored(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        line = stations(data)[0]
        w = line.split()
        new = b"q -1 0 0 1 %.4f %s cm " % (float(w[5]) + 50, w[6]) + b" ".join(w[8:])
        return data.replace(line, new)

    on_page(job, 0, edit)


@mutant("grave", "plates")
def one_station_upside_down(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        line = stations(data)[0]
        w = line.split()
        new = b"q -1 0 0 -1 %.4f %.4f cm " % (float(w[5]) + 50, float(w[6]) + 20) + b" ".join(w[8:])
        return data.replace(line, new)

    on_page(job, 0, edit)


@mutant("grave", "plates")
def one_station_smaller(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        line = stations(data)[2]
        w = line.split()
        new = b"q 0.98 0 0 0.98 %.4f %.4f cm " % (float(w[5]) + 0.5, float(w[6]) + 0.2) + b" ".join(w[8:])
        return data.replace(line, new)

    on_page(job, 0, edit)


@mutant("grave", "plates")
def two_stations_exchanged(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        lines = stations(data)
        one = next(line for line in lines if b"glar" in line)
        other = next(line for line in lines if b"trang" in line)
        data = data.replace(one, b"@").replace(other, other.replace(b"xa-trang", b"xa-glar"))
        return data.replace(b"@", one.replace(b"xa-glar", b"xa-trang"))

    on_page(job, 1, edit)


@mutant("grave", "plates")
def one_station_left_out(job: Job) -> None:
    on_page(job, 0, lambda d: d.replace(stations(d)[-1] + b"\n", b""))


@mutant("medium", "plates")
def one_station_twice_a_little_off(job: Job) -> None:
    on_page(job, 0, lambda d: d.replace(stations(d)[0], stations(d)[0] + b"\n" + moved(stations(d)[0], 0.3, 0)))


@mutant("grave", "plates")
def whole_side_off_by_0_12(job: Job) -> None:
    on_page(job, 1, lambda d: re.sub(rb"cm\n", b"cm\n1 0 0 1 0.12 0 cm\n", d, count=1))


@mutant("grave", "plates")
def whole_side_shrunk(job: Job) -> None:
    on_page(job, 0, lambda d: re.sub(rb"cm\n", b"cm\n0.997 0 0 0.997 0.3 0.2 cm\n", d, count=1))


@mutant("grave", "plates")
def hole_off_by_0_05(job: Job) -> None:
    face(job, BACK, paths_after(b"/Drill CS", lambda lines: [shifted(x, 0.05, 0) for x in lines]))


@mutant("grave", "plates")
def hole_half_its_size(job: Job) -> None:
    face(job, FRONT, paths_after(b"/Drill CS", lambda lines: scaled(lines, 0.5)))


@mutant("medium", "plates")
def hole_4_per_cent_larger(job: Job) -> None:
    face(job, FRONT, paths_after(b"/Drill CS", lambda lines: scaled(lines, 1.06)))


@mutant("grave", "plates")
def die_line_98_per_cent(job: Job) -> None:
    face(job, FRONT, paths_after(b"/CutContour CS", lambda lines: scaled(lines, 0.98)))


@mutant("grave", "plates")
def die_line_off_by_0_05(job: Job) -> None:
    face(job, BACK, paths_after(b"/CutContour CS", lambda lines: [shifted(x, 0, 0.05) for x in lines]))


@mutant("grave", "plates")
def die_line_gone(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        at = data.index(b"/CutContour CS")
        end = data.index(b"S\n", at)
        return data[:end] + b"n\n" + data[end + 2 :]

    face(job, BACK, edit)


@mutant("medium", "plates", "conformance")
def die_line_dashed(job: Job) -> None:
    face(job, FRONT, sub(b"/CutContour CS", b"[2 2] 0 d /CutContour CS"))


@mutant("low", "plates")
def die_line_four_times_as_wide(job: Job) -> None:
    face(job, FRONT, sub(b"/CutContour CS 1 SCN\n0.0882 w", b"/CutContour CS 1 SCN\n0.3528 w"))


def bleeding(job: Job) -> None:
    """Inapplicable where no ground is printed, which alone goes beyond the trim."""
    with pikepdf.open(job.out / PLATE) as pdf:
        ground(pdf.pages[0].obj.Resources.XObject[FRONT].read_bytes())


@mutant("grave", "plates")
def bleed_clipped(job: Job) -> None:
    bleeding(job)
    for file in PRESS:

        def change(pdf: pikepdf.Pdf) -> None:
            for page in pdf.pages:
                form = page.obj.Resources.XObject.get(FRONT)
                if form is not None:
                    form.BBox = Array([0, 0, 50, 20])

        job.spoil(file, change)


@mutant("grave", "plates")
def a_clip_on_the_page(job: Job) -> None:
    on_page(job, 0, lambda d: re.sub(rb"cm\n", b"cm\n0 0 m 120 0 l 120 130 l 0 130 l h W n\n", d, count=1))


@mutant("grave", "plates")
def form_has_a_matrix(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.XObject[FRONT].Matrix = Array([1, 0, 0, 1, 0.15, 0])

    for file in PRESS:
        job.spoil(file, change)


# --- inks ----------------------------------------------------------------------------------------------------------


def ground(data: bytes) -> bytes:
    """The first process colour of a form, which is its largest area."""
    match = re.search(rb"[\d.]+ [\d.]+ [\d.]+ [\d.]+ k\n", data)
    if match is None:
        raise Inapplicable("no process ink")
    return match[0]


def toned(change: Callable[[list[float]], list[float]]) -> Edit:
    def edit(data: bytes) -> bytes:
        old = ground(data)
        new = change([float(v) for v in old.split()[:4]])
        return data.replace(old, b" ".join(b"%g" % v for v in new) + b" k\n", 1)

    return edit


@mutant("medium", "plates")
def tone_2_5_per_cent_less(job: Job) -> None:
    face(job, FRONT, toned(lambda v: [max(0, x - 0.025) if x == max(v) else x for x in v]))


@mutant("medium", "plates")
def five_per_cent_of_another_ink(job: Job) -> None:
    face(job, BACK, toned(lambda v: [x + 0.05 if i == v.index(min(v)) else x for i, x in enumerate(v)]))


@mutant("grave", "plates")
def another_ink(job: Job) -> None:
    face(job, FRONT, toned(lambda v: [v[1], v[0], v[2], v[3]] if v[0] != v[1] else [0.5, *v[1:]]))


@mutant("grave", "plates")
def rgb_ink(job: Job) -> None:
    face(job, FRONT, lambda d: d.replace(ground(d), b"0.8 0 0 rg\n", 1))


@mutant("grave", "plates", "facts")
def die_line_renamed(job: Job) -> None:
    for file in (*PRESS, FORME):
        job.spoil(file, lambda pdf: spots(pdf, "CutContour").__setitem__(1, Name("/Cutcontour")))


@mutant("grave", "facts", "plates", "conformance")
def hole_is_no_ink(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: spots(pdf, "Drill").__setitem__(1, Name("/None")))


@mutant("grave", "facts", "plates")
def hole_on_all_plates(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: spots(pdf, "Drill").__setitem__(1, Name("/All")))


@mutant("low", "facts")
def die_line_shown_in_another_colour(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: spots(pdf, "CutContour")[3].__setitem__("/C1", Array([0, 1, 0, 0])))


@mutant("grave", "plates")
def hole_in_the_die_lines_ink(job: Job) -> None:
    face(job, FRONT, sub(b"/Drill CS", b"/CutContour CS"))


@mutant("grave", "plates", "conformance")
def die_lines_knock_out(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for form in page.obj.Resources.XObject.values():
                state = form.Resources.get("/ExtGState", Dictionary()).get("/Overprint")
                if state is not None:
                    state.OP, state.op, state.OPM = False, False, 0

    for file in PRESS:
        job.spoil(file, change)


@mutant("low", "conformance")
def overprint_mode_nought(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for form in page.obj.Resources.XObject.values():
                state = form.Resources.get("/ExtGState", Dictionary()).get("/Overprint")
                if state is not None:
                    state.OPM = 0

    job.spoil(PLATE, change)


@mutant("grave", "plates", "conformance")
def reversed_words_overprint(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, _ = span(data, "unit.chief")
        return data[:a] + b"/Overprint gs\n" + data[a:]

    face(job, BACK, edit)


@mutant("grave", "plates", "grade")
def code_in_60_per_cent(job: Job) -> None:
    face(job, FRONT, code_colour(b"0 0 0 0.6 k", 0.6))


@mutant("grave", "plates", "grade")
def code_in_red(job: Job) -> None:
    face(job, FRONT, code_colour(b"0 1 1 0 k", None))


def code_colour(process: bytes, tint: float | None) -> Edit:
    def edit(data: bytes) -> bytes:
        a, b = symbol(data)
        if b" scn\n" in data[data.rindex(b"\n", 0, data.index(b"/Figure") - 1) : a] or b" scn" in data[a - 120 : a]:
            new = b"%g scn\n" % (0.6 if tint is None else tint)
        else:
            new = process + b"\n"
        return data[:a] + new + data[a:b] + data[b:]

    return edit


@mutant("grave", "plates", "grade")
def code_without_its_panel(job: Job) -> None:
    """The last area painted before the symbol is its panel."""

    def edit(data: bytes) -> bytes:
        at = data.index(b"/Figure")
        end = data.rindex(b"f\n", 0, at)
        if b"EMC" in data[end:at]:
            raise Inapplicable("panel")
        return data[:end] + b"n\n" + data[end + 2 :]

    face(job, FRONT, edit)


@mutant("grave", "plates")
def too_much_ink(job: Job) -> None:
    face(job, BACK, lambda d: into_art(d, rect(20, 1.6, 6, 0.6, b"1 1 1 1")))


@mutant("grave", "plates")
def white_without_choke(job: Job) -> None:
    """Where White lies under the inks; on a moulded tag it is a colour of the relief, and has none."""
    face(job, FRONT, paths_after(b"White BDC", lambda lines: scaled(lines, 1.008)))


@mutant("grave", "plates", "conformance")
def white_gone(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        if b"White BDC" not in data:
            raise Inapplicable("White")
        at = data.index(b"White BDC")
        end = data.index(b"f\n", at)
        return data[:end] + b"n\n" + data[end + 2 :]

    face(job, BACK, edit)


# --- words and pictures --------------------------------------------------------------------------------------------


@mutant("grave", "words", "plates")
def chief_and_deputy_exchanged(job: Job) -> None:
    """Outlines and text: each number is on the tag, beside the wrong label."""

    def edit(data: bytes) -> bytes:
        (a, b), (c, d) = span(data, "unit.chief"), span(data, "unit.deputies.1")
        one, other = glyphs(data[a:b]), glyphs(data[c:d])
        heads = [[g.partition(b" cm\n")[0] for g in each] for each in (one, other)]
        new_one = b"".join(h + b" cm\n" + g.partition(b" cm\n")[2] for h, g in zip(heads[0], other, strict=True))
        new_other = b"".join(h + b" cm\n" + g.partition(b" cm\n")[2] for h, g in zip(heads[1], one, strict=True))
        data = data[:a] + new_one + data[b:c] + new_other + data[d:]
        x, y = text_of("0900.000.101"), text_of("0900.000.102")
        return data.replace(x, b"@").replace(y, x).replace(b"@", y)

    face(job, BACK, edit)


@mutant("grave", "plates", "digits")
def one_digit_of_another(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.chief")
        found = glyphs(data[a:b])
        found[0] = found[0].partition(b" cm\n")[0] + b" cm\n" + found[1].partition(b" cm\n")[2]
        return data[:a] + b"".join(found) + data[b:]

    face(job, BACK, edit)


@mutant("medium", "words")
def one_digit_of_the_text(job: Job) -> None:
    face(job, BACK, sub(text_of("0900.000.101"), text_of("0900.000.107")))


@mutant("grave", "plates", "digits")
def number_covered(job: Job) -> None:
    face(job, BACK, over("unit.chief", b"0 0 0 1"))


@mutant("grave", "plates")
def half_a_name_covered(job: Job) -> None:
    face(job, BACK, over("unit.name", b"0 0 0 0", 0.5))


@mutant("grave", "plates")
def number_pasted_over(job: Job) -> None:
    """A patch in the ground's own colour, and the deputy's number on it once more."""

    def edit(data: bytes) -> bytes:
        (a, b), (c, d) = span(data, "unit.chief"), span(data, "unit.deputies.1")
        x0, y0, x1, y1 = box_of(data[a:b])
        down = box_of(data[c:d])[3] - y1
        pasted = b"".join(placed(g, 0, -down) for g in glyphs(data[c:d]))
        return into_art(data, rect(x0, y0, x1 - x0, y1 - y0, b"0 1 1 0.05") + b"0 0 0 0 k\n" + pasted)

    face(job, BACK, edit)


@mutant("grave", "plates")
def a_blank_over_one_station(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        w = stations(data)[3].split()
        paint = rect(float(w[5]), float(w[6]), 50, 20, b"0 0 0 0")
        at = data.index(stations(data)[-1]) + len(stations(data)[-1]) + 1
        return data[:at] + b"q\n" + paint + b"Q\n" + data[at:]

    on_page(job, 0, edit)


@mutant("grave", "plates")
def a_label_gone(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        a, b = span(data, "label.chief")
        return data[:a] + data[b:]

    face(job, BACK, edit)


@mutant("grave", "plates")
def labels_exchanged(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        (a, b), (c, d) = span(data, "label.chief"), span(data, "label.duty")
        down = box_of(data[c:d])[3] - box_of(data[a:b])[3]
        new_one = b"".join(placed(g, 0, -down) for g in glyphs(data[c:d]))
        new_other = b"".join(placed(g, 0, down) for g in glyphs(data[a:b]))
        return data[:a] + new_one + data[b:c] + new_other + data[d:]

    face(job, BACK, edit)


@mutant("medium", "plates")
def a_dot_of_0_12_mm2(job: Job) -> None:
    face(job, FRONT, lambda d: into_art(d, rect(25, 1.8, 0.36, 0.36, b"1 0 0 0")))


@mutant("medium", "plates")
def an_accent_gone(job: Job) -> None:
    """The last contour of a letter with several."""

    def edit(data: bytes) -> bytes:
        a, b = span(data, "unit.name")
        found = glyphs(data[a:b])
        many = [i for i, g in enumerate(found) if g.count(b" m\n") > 1]
        if not many:
            raise Inapplicable("accents")
        glyph = found[many[-1]]
        cut = glyph.rindex(b"\n", 0, glyph.rindex(b" m\n")) + 1
        found[many[-1]] = glyph[:cut] + b"f\nQ\n"
        return data[:a] + b"".join(found) + data[b:]

    face(job, BACK, edit)


@mutant("medium", "plates")
def a_word_0_15_lower(job: Job) -> None:
    face(job, BACK, each_glyph("unit.name", lambda g: placed(g, 0, 0.15)))


@mutant("medium", "plates")
def a_number_0_12_to_the_right(job: Job) -> None:
    face(job, BACK, each_glyph("unit.duty", lambda g: placed(g, 0.12, 0)))


@mutant("medium", "plates")
def a_word_smaller(job: Job) -> None:
    face(job, BACK, each_glyph("unit.chief", lambda g: placed(g, scale=0.93)))


@mutant("medium", "plates")
def words_bolder(job: Job) -> None:
    face(job, BACK, each_glyph("unit.name", lambda g: g.replace(b"f\nQ", b"90 w 0 0 0 0 K B\nQ")))


@mutant("grave", "plates")
def another_units_words(job: Job) -> None:
    """All of the back is another unit's; only the form's name is its own."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            held = page.obj.Resources.XObject
            if BACK in held and OTHER_BACK in held:
                held[BACK] = held[OTHER_BACK]

    job.spoil(PLATE, change)


@mutant("grave", "plates", "words")
def a_frame_gone(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        match = re.search(rb"(?s)( w\n)((?:[-\d. ]+ [mlc]\n|h\n)+)S\n", data)
        if match is None:
            raise Inapplicable("frame")
        return data[: match.start(2)] + data[match.end() :]

    face(job, BACK, edit)


# --- codes ---------------------------------------------------------------------------------------------------------


def blot(side: float, colour: bytes, where: tuple[float, float] = (0.5, 0.5)) -> Edit:
    def edit(data: bytes) -> bytes:
        x0, y0, x1, y1 = symbol_box(data)
        x, y = x0 + (x1 - x0) * where[0], y0 + (y1 - y0) * where[1]
        return into_art(data, rect(x - side / 2, y - side / 2, side, side, colour))

    return edit


@mutant("medium", "plates", "grade")
def modules_flipped(job: Job) -> None:
    face(job, OTHER_FRONT, blot(0.9, b"0 0 0 1"))


@mutant("grave", "plates", "codes")
def code_blotted_out(job: Job) -> None:
    face(job, FRONT, blot(5.0, b"0 0 0 0"))


@mutant("medium", "plates")
def ink_in_the_quiet_zone(job: Job) -> None:
    face(job, FRONT, blot(0.8, b"0 0 0 1", (0.5, -0.05)))


@mutant("grave", "plates", "codes")
def one_code_hidden_on_one_station(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        w = stations(data)[1].split()
        at = data.index(stations(data)[-1]) + len(stations(data)[-1]) + 1
        paint = rect(float(w[5]) + 30, float(w[6]) + 4, 14, 12, b"0 0 0 1")
        return data[:at] + b"q\n" + paint + b"Q\n" + data[at:]

    on_page(job, 0, edit)


@mutant("grave", "words")
def the_text_of_the_code(job: Job) -> None:
    link = "https://zalo.me/1234567890123456789"
    face(job, FRONT, sub(text_of(link), text_of(link[:-1] + "8")))


@mutant("grave", "plates")
def code_mirrored(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        x0, _, x1, _ = symbol_box(data)
        a, b = symbol(data)
        return data[:a] + b"q -1 0 0 1 %.4f 0 cm\n" % (x0 + x1) + data[a:b] + b"Q\n" + data[b:]

    face(job, FRONT, edit)


# --- marks, slug, forme, masters -----------------------------------------------------------------------------------


@mutant("medium", "plates")
def registration_marks_only_in_black(job: Job) -> None:
    on_page(job, 0, sub(b"/All CS 1 SCN", b"0 0 0 1 K"))


@mutant("medium", "plates")
def a_mark_gone(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        at = data.index(b"/All CS")
        end = data.index(b"S\n", data.index(b" l\n", at))
        return data[:end] + b"n\n" + data[end + 2 :]

    on_page(job, 0, edit)


@mutant("medium", "plates")
def slug_gone(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        if b"Legend" not in data:
            raise Inapplicable("slug")
        at = data.index(b"BDC", data.index(b"Legend BDC") if b"Legend BDC" in data else data.index(b"/Legend"))
        parts = data[at:].split(b"f\nQ\n")
        return data[:at] + b"n\nQ\n".join(parts)

    on_page(job, 0, edit)


@mutant("grave", "plates")
def a_figure_of_the_slug(job: Job) -> None:
    """One letter of the slug is drawn as its neighbour."""

    def edit(data: bytes) -> bytes:
        found = [(a, b) for a, b, _ in spans(data)]
        a, b = max(found, key=lambda s: s[1] - s[0])
        letters = glyphs(data[a:b])
        which = next(
            i
            for i in range(1, len(letters))
            if letters[i].partition(b" cm\n")[2] != letters[i - 1].partition(b" cm\n")[2]
        )
        letters[which] = letters[which].partition(b" cm\n")[0] + b" cm\n" + letters[which - 1].partition(b" cm\n")[2]
        return data[:a] + b"".join(letters) + data[b:]

    on_page(job, 0, edit)


@mutant("low", "plates")
def a_patch_of_the_colour_bar(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        match = re.search(rb"0 0\.5 0 0 k|0 0 0\.5 0 k|0 0 0 0\.5 k|\n0\.5 scn", data)
        if match is None:
            raise Inapplicable("colour bar")
        return data[: match.start()] + match[0].replace(b"0.5", b"0.6") + data[match.end() :]

    on_page(job, 0, edit)


@mutant("grave", "plates")
def forme_without_a_station(job: Job) -> None:
    on_page(job, 0, lambda d: d.replace(stations(d)[0] + b"\n", b""), FORME)


@mutant("grave", "plates")
def forme_station_off_by_0_05(job: Job) -> None:
    on_page(job, 0, lambda d: d.replace(stations(d)[1], moved(stations(d)[1], 0.05, 0)), FORME)


@mutant("grave", "plates")
def forme_smaller(job: Job) -> None:
    on_page(job, 0, lambda d: re.sub(rb"cm\n", b"cm\n0.99 0 0 0.99 1 1 cm\n", d, count=1), FORME)


@mutant("medium", "plates", "facts")
def masters_in_another_order(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        pdf.pages.append(page)
        del pdf.pages[0]

    job.spoil(MASTERS, change)


@mutant("medium", "facts")
def a_master_left_out(job: Job) -> None:
    job.spoil(MASTERS, lambda pdf: pdf.pages.__delitem__(-1))


@mutant("low", "plates")
def a_measure_of_a_master(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        forms = pdf.pages[0].obj.Resources.XObject.values()
        measures = next(form for form in forms if form.read_bytes().startswith(b"/OC /Dimensions"))
        rewrite(measures, lambda d: d.replace(b"f\nQ\n", b"n\nQ\n"))

    job.spoil(MASTERS, change)


# --- rules of PDF ----------------------------------------------------------------------------------------------------


@mutant("grave", "facts")
def sheet_of_another_size(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        box = [float(v) for v in pdf.pages[0].obj.MediaBox]
        pdf.pages[0].obj.MediaBox = Array([box[0], box[1], box[2] + 20, box[3]])

    job.spoil(PLATE, change)


@mutant("medium", "facts")
def trim_box_off(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.TrimBox = Array([float(v) + 1 for v in pdf.pages[0].obj.TrimBox])

    job.spoil(PLATE, change)


@mutant("medium", "facts", "conformance")
def crop_box_inherited(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.Root.Pages.__setitem__("/CropBox", Array([50, 50, 300, 300])))


@mutant("grave", "facts", "conformance")
def rotate_inherited(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.Root.Pages.__setitem__("/Rotate", 180))


@mutant("medium", "conformance")
def print_area(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: pdf.Root.__setitem__("/ViewerPreferences", Dictionary(PrintArea=Name.TrimBox)))


@mutant("grave", "conformance", "plates")
def a_layer_not_printed(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layers(pdf).OCGs[0].Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))

    job.spoil(PLATE, change)


@mutant("medium", "conformance")
def a_layer_for_design(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: layers(pdf).OCGs[0].__setitem__("/Intent", Name.Design))


@mutant("medium", "conformance")
def another_configuration(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        group = layers(pdf).OCGs[0]
        layers(pdf).Configs = Array([Dictionary(BaseState=Name.ON, OFF=Array([group]))])

    job.spoil(PLATE, change)


@mutant("grave", "conformance", "plates")
def a_layer_off(job: Job) -> None:
    job.spoil(PLATE, lambda pdf: layers(pdf).D.__setitem__("/OFF", Array([layers(pdf).OCGs[0]])))


# --- papers ----------------------------------------------------------------------------------------------------------


def remade(job: Job, name: str, change: Callable[[str], str]) -> None:
    """A paper as another roster would have it."""
    job.take_from_another(name, change)


@mutant("grave", "papers")
def ticket_of_another_order(job: Job) -> None:
    remade(job, TICKET, lambda text: text.replace("quantity: 24", "quantity: 25"))


@mutant("grave", "papers")
def labels_of_another_order(job: Job) -> None:
    remade(job, LABELS, lambda text: text.replace("quantity: 24", "quantity: 25"))


@mutant("grave", "papers")
def labels_of_another_job(job: Job) -> None:
    remade(job, LABELS, lambda text: text.replace("name: Small", "name: Smaller"))


@mutant("medium", "papers")
def ticket_of_another_date(job: Job) -> None:
    remade(job, TICKET, lambda text: text.replace("date: 2020-05-18", "date: 2020-06-18"))


@mutant("medium", "papers")
def a_page_of_the_ticket_gone(job: Job) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        if len(pdf.pages) < 2:
            raise Inapplicable("one page")
        del pdf.pages[-1]

    job.spoil(TICKET, change)


@mutant("medium", "papers")
def a_page_of_the_ticket_covered(job: Job) -> None:
    """The text layer is as it was."""
    job.spoil(TICKET, lambda pdf: pdf.pages[0].contents_add(b"q 0 0 0 0 k 40 300 500 300 re f Q"))


@mutant("medium", "words")
def the_slug_says_another_run(job: Job) -> None:
    """Only to those who search the text."""

    def edit(data: bytes) -> bytes:
        texts = [bytes.fromhex(m[1].decode()).decode("utf-16-be") for m in SAID.finditer(data)]
        old = next(text for text in texts if re.search(r"run \d+ sheets", text))
        return data.replace(text_of(old), text_of(re.sub(r"run \d+ sheets", "run 9 sheets", old)))

    on_page(job, 0, edit)


@mutant("grave", "papers")
def a_quantity_of_the_table(job: Job) -> None:
    job.rewrite(TABLE, lambda data: data.replace(b",24,", b",42,"))


@mutant("grave", "papers")
def a_row_of_the_table_gone(job: Job) -> None:
    job.rewrite(TABLE, lambda data: b"\n".join(data.split(b"\n")[:-2]) + b"\n")


# --- job.json --------------------------------------------------------------------------------------------------------


def told(level: str, name: str, change: Callable[[dict[str, Any]], None], *items: str) -> None:
    def make(job: Job) -> None:
        job.relist(change)

    MUTANTS.append(Mutant(name, level, make, frozenset(items or ("manifest",))))


def _first(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda listing: listing.__setitem__(key, value)


def _run(listing: dict[str, Any]) -> None:
    listing["plates"][0]["run"] += 1


def _run_consistent(listing: dict[str, Any]) -> None:
    plate = listing["plates"][0]
    plate["run"] -= 1
    tags = {slot["key"]: slot["tags"] for slot in plate["slots"]}
    for unit in listing["units"]:
        unit["printed"] -= tags[unit["key"]]
    listing["plan"]["cost"] -= 1


def _slots(listing: dict[str, Any]) -> None:
    slots = listing["plates"][0]["slots"]
    slots[0]["tags"], slots[1]["tags"] = slots[1]["tags"], slots[0]["tags"]


told("grave", "run_one_more", _run)
told("grave", "run_one_less_and_all_that_follows", _run_consistent)
told("grave", "slots_exchanged", _slots, "manifest", "plates")
told("medium", "stations_of_a_plate", lambda x: x["plates"][0].__setitem__("stations", 7))
told("medium", "printed_of_a_unit", lambda x: x["units"][0].__setitem__("printed", 1000))
told("medium", "ordered_of_a_unit", lambda x: x["units"][0].__setitem__("ordered", 23))
told("medium", "demand_of_a_unit", lambda x: x["units"][0].__setitem__("demand", 23))
told("medium", "spoilage", _first("spoilage", 0.5))
told("medium", "hash_of_the_roster", lambda x: x["inputs"][0].__setitem__("sha256", "0" * 64))
told("medium", "hash_of_the_template", lambda x: x["inputs"][1].__setitem__("sha256", "0" * 64))
told("low", "name_of_the_job", _first("job", "Another"))
told("low", "date_of_the_job", _first("date", "2020-05-19"))
told("low", "template_of_the_job", _first("template", "stadium-60x25"))
told("low", "scheme_of_the_job", _first("scheme", "another"))
told("medium", "words_of_a_unit", lambda x: x["units"][0]["back"][-1].__setitem__("text", "0269.3000.999"))
told("medium", "artwork_of_a_unit", lambda x: x["units"][0].__setitem__("artwork", "0" * 64))
told("medium", "title_of_a_unit", lambda x: x["units"][1].__setitem__("title", "xã Trong"))
told("medium", "a_unit_left_out", lambda x: x["units"].pop())
told("medium", "cost_of_the_plan", lambda x: x["plan"].__setitem__("cost", 1.0))
told("low", "what_a_file_is", lambda x: x["files"][0].__setitem__("what", "ticket"), "files")
told("grave", "masters_not_listed", lambda x: x.__setitem__("files", [f for f in x["files"] if f["name"] != MASTERS]),
     "files")  # fmt: skip


@mutant("medium", "manifest")
def job_json_edited_by_hand(job: Job) -> None:
    path = job.out / "job.json"
    path.write_bytes(path.read_bytes().replace(b'"keytag": "', b'"keytag": "9', 1))


@mutant("grave", "files")
def a_stale_plate(job: Job) -> None:
    shutil.copy(job.out / PLATE, job.out / "plate-02.pdf")


@mutant("grave", "files")
def a_stale_plate_listed(job: Job) -> None:
    shutil.copy(job.out / PLATE, job.out / "plate-02.pdf")

    def note(listing: dict[str, Any]) -> None:
        entry = next(f for f in listing["files"] if f["name"] == PLATE)
        listing["files"].append({**entry, "name": "plate-02.pdf"})

    job.relist(note)


@mutant("grave", "files")
def the_ticket_gone(job: Job) -> None:
    (job.out / TICKET).unlink()


@mutant("grave", "roster", "manifest", "plates")
def roster_changed_afterwards(job: Job) -> None:
    path = job.folder / "contacts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("0900.000.103", "0900.000.193"), encoding="utf-8")
