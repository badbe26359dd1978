"""Single faults in finished films and in the zip beside a folder, hashes and seal recomputed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from keytag.render.film.tiff import tiff
from tests.verification.damage import Job, made
from tests.verification.mutants import Mutant

Rows = np.ndarray[Any, Any]
WHITE, BACK_WHITE, YELLOW = "plate-01-front-White.tif", "plate-01-back-White.tif", "plate-01-front-Yellow.tif"
DPI = 1200
DOTS = DPI / 25.4
FILMS: list[Mutant] = []
PARCELS: list[Mutant] = []


def with_films(folder: Path) -> Path:
    """A small moulded job and its films, at the least resolution."""
    made(folder, template="oval-50x20-moulded")
    scheme = folder / "small.yaml"
    text = scheme.read_text(encoding="utf-8").replace("width: 200mm, height: 130mm", "width: 150mm, height: 90mm")
    scheme.write_text(text + f"films: {{resolution: {DPI}dpi}}\n", encoding="utf-8")
    for verb in ("impose", "films"):
        subprocess.run([sys.executable, "-m", "keytag", verb], cwd=folder, check=True, capture_output=True)
    return folder


def with_parcel(folder: Path) -> Path:
    """A small job and its zip."""
    return made(folder, "1234567890123456789", "oval-50x20", "--zip")


def fault(level: str, *items: str, among: list[Mutant] = FILMS) -> Callable[[Callable[[Job], None]], None]:
    def note(make: Callable[[Job], None]) -> None:
        among.append(Mutant(make.__name__, level, make, frozenset(items)))

    return note


def shown(job: Job, name: str) -> tuple[Rows, dict[int, str]]:
    """The ink of a film, and what it says of itself."""
    with Image.open(job.out / name) as image:
        said = {tag: str(image.tag_v2[tag]) for tag in (270, 305, 306)}
        return ~np.asarray(image), said


def put(job: Job, name: str, ink: Rows, said: dict[int, str], dpi: float = DPI) -> None:
    rows = max(1, 6_000_000 // ink.shape[1])
    strips = (np.packbits(ink[i : i + rows], axis=1) for i in range(0, len(ink), rows))
    data = tiff(strips, ink.shape[1], len(ink), dpi, said, rows)
    job.rewrite(name, lambda _: data)


def redrawn(job: Job, name: str, change: Callable[[Rows], Rows]) -> None:
    ink, said = shown(job, name)
    put(job, name, np.ascontiguousarray(change(ink.copy())), said)


@fault("low", "films")
def saved_anew(job: Job) -> None:
    """One strip more, the same picture: said by its directory alone where that differs, and found by nothing else."""
    ink, said = shown(job, WHITE)
    put(job, WHITE, ink, {**said, 305: said[305] + " (saved anew)"})


@fault("grave", "films")
def a_film_mirrored(job: Job) -> None:
    redrawn(job, WHITE, lambda ink: ink[:, ::-1])


@fault("grave", "films")
def a_film_upside_down(job: Job) -> None:
    redrawn(job, WHITE, lambda ink: ink[::-1, ::-1])


@fault("grave", "films")
def a_film_negative(job: Job) -> None:
    redrawn(job, WHITE, lambda ink: ~ink)


@fault("grave", "films")
def a_film_all_bare(job: Job) -> None:
    redrawn(job, WHITE, np.zeros_like)


@fault("grave", "films")
def two_films_exchanged(job: Job) -> None:
    front, back = ((job.out / name).read_bytes() for name in (WHITE, BACK_WHITE))
    job.rewrite(WHITE, lambda _: back)
    job.rewrite(BACK_WHITE, lambda _: front)


@fault("grave", "films")
def the_picture_of_another_ink(job: Job) -> None:
    _, said = shown(job, WHITE)
    put(job, WHITE, shown(job, YELLOW)[0], said)


def _block(ink: Rows, value: bool, size: float) -> Rows:
    """A square of the other tone in a row across the middle, where all of it changes something."""
    n, top = round(size * DOTS), len(ink) // 2
    strip = (ink[top : top + n] != value).all(axis=0).astype(int)
    whole = np.convolve(strip, np.ones(n, int), "valid") == n
    x = int(whole.argmax())
    assert whole[x]
    ink[top : top + n, x : x + n] = value
    return ink


@fault("grave", "films")
def a_block_of_ink(job: Job) -> None:
    redrawn(job, WHITE, lambda ink: _block(ink, True, 0.12))


@fault("grave", "films")
def a_pinhole_of_a_fifth_of_a_millimetre(job: Job) -> None:
    redrawn(job, WHITE, lambda ink: _block(ink, False, 0.2))


@fault("medium", "films")
def a_film_off_by_0_06(job: Job) -> None:
    redrawn(job, WHITE, lambda ink: np.roll(ink, round(0.06 * DOTS), axis=1))


@fault("medium", "films")
def a_film_half_a_per_cent_smaller(job: Job) -> None:
    def smaller(ink: Rows) -> Rows:
        rows, columns = (np.minimum(np.arange(n) * 1.005, n - 1).astype(int) for n in ink.shape)
        return ink[rows][:, columns]

    redrawn(job, WHITE, smaller)


@fault("medium", "films")
def ink_grown_by_0_06(job: Job) -> None:
    def grown(ink: Rows) -> Rows:
        for _ in range(round(0.06 * DOTS)):
            ink[:, 1:] |= ink[:, :-1].copy()
            ink[:, :-1] |= ink[:, 1:].copy()
        return ink

    redrawn(job, WHITE, grown)


@fault("grave", "films")
def the_registration_marks_gone(job: Job) -> None:
    def bare(ink: Rows) -> Rows:
        ink[:, : round(10 * DOTS)] = False
        return ink

    redrawn(job, WHITE, bare)


@fault("grave", "films")
def the_lower_part_of_a_film_gone(job: Job) -> None:
    def bare(ink: Rows) -> Rows:
        ink[len(ink) * 2 // 3 :] = False
        return ink

    redrawn(job, WHITE, bare)


@fault("grave", "films")
def another_resolution(job: Job) -> None:
    ink, said = shown(job, WHITE)
    put(job, WHITE, ink, said, 1270)


@fault("grave", "films")
def half_the_pixels(job: Job) -> None:
    ink, said = shown(job, WHITE)
    put(job, WHITE, np.ascontiguousarray(ink[::2, ::2]), said)


def _tag(job: Job, tag: int, value: int, name: str = WHITE) -> None:
    """One value of a film's directory."""

    def edit(data: bytes) -> bytes:
        at = int.from_bytes(data[4:8], "little")
        for i in range(int.from_bytes(data[at : at + 2], "little")):
            place = at + 2 + 12 * i
            if int.from_bytes(data[place : place + 2], "little") == tag:
                return data[: place + 8] + value.to_bytes(4, "little") + data[place + 12 :]
        raise AssertionError(tag)

    job.rewrite(name, edit)


@fault("grave", "films")
def ink_said_to_be_bare(job: Job) -> None:
    _tag(job, 262, 1)


@fault("grave", "films")
def rows_said_to_begin_below(job: Job) -> None:
    _tag(job, 274, 4)


@fault("grave", "films")
def bits_said_to_begin_at_the_right(job: Job) -> None:
    _tag(job, 266, 2)


@fault("medium", "films")
def resolution_said_to_be_in_centimetres(job: Job) -> None:
    _tag(job, 296, 3)


@fault("medium", "films")
def a_second_picture_in_the_file(job: Job) -> None:
    def edit(data: bytes) -> bytes:
        at = int.from_bytes(data[4:8], "little")
        after = at + 2 + 12 * int.from_bytes(data[at : at + 2], "little")
        return data[:after] + at.to_bytes(4, "little") + data[after + 4 :]

    job.rewrite(WHITE, edit)


@fault("medium", "films")
def described_as_another_ink(job: Job) -> None:
    job.rewrite(WHITE, lambda data: data.replace(b"ink White", b"ink Black"))


@fault("medium", "films")
def described_as_emulsion_down(job: Job) -> None:
    job.rewrite(WHITE, lambda data: data.replace(b"emulsion up", b"emulsion dn"))


@fault("grave", "films")
def a_film_cut_off(job: Job) -> None:
    job.rewrite(WHITE, lambda data: data[: len(data) // 2])


@fault("grave", "films")
def a_film_of_an_old_roster(job: Job) -> None:
    other = job.folder / "another"
    other.mkdir()
    for part in job.folder.glob("*.yaml"):
        text = part.read_text(encoding="utf-8").replace("0269.3000.202", "0269.3000.292")
        (other / part.name).write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "keytag", "films"], cwd=other, check=True, capture_output=True)
    name = "plate-01-back-White.tif"
    job.rewrite(name, lambda _: (other / "films" / name).read_bytes())


@fault("grave", "manifest", "films")
def roster_changed_after_the_films(job: Job) -> None:
    path = job.folder / "contacts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("0900.000.103", "0900.000.193"), encoding="utf-8")


@fault("grave", "manifest", "films")
def scheme_turned_to_emulsion_down(job: Job) -> None:
    path = job.folder / "small.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("dpi}", "dpi, emulsion: down}"), encoding="utf-8")


@fault("grave", "manifest", "films")
def scheme_turned_to_a_choke(job: Job) -> None:
    path = job.folder / "small.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("dpi}", "dpi, choke: 0.06mm}"), encoding="utf-8")


@fault("grave", "files")
def a_film_gone(job: Job) -> None:
    (job.out / WHITE).unlink()


@fault("grave", "files")
def a_film_changed_and_not_listed_anew(job: Job) -> None:
    (job.out / WHITE).write_bytes((job.out / YELLOW).read_bytes())


@fault("grave", "files")
def a_film_of_an_old_plate(job: Job) -> None:
    shutil.copy(job.out / WHITE, job.out / "plate-02-front-White.tif")


@fault("grave", "files", "manifest")
def a_film_not_listed(job: Job) -> None:
    job.relist(lambda told: told.__setitem__("files", [f for f in told["files"] if f["name"] != WHITE]))


def _told(level: str, name: str, change: Callable[[dict[str, Any]], object]) -> None:
    FILMS.append(Mutant(name, level, lambda job: job.relist(change), frozenset({"manifest"})))


_told("medium", "resolution_of_a_film", lambda told: told["films"][0].__setitem__("dpi", 2400))
_told("medium", "emulsion_of_a_film", lambda told: told["films"][0].__setitem__("emulsion", "down"))
_told("medium", "a_film_said_to_be_mirrored", lambda told: told["films"][0].__setitem__("mirrored", True))
_told("medium", "polarity_of_a_film", lambda told: told["films"][0].__setitem__("polarity", "negative"))
_told("medium", "ink_of_a_film", lambda told: told["films"][0].__setitem__("ink", "Gold"))
_told("medium", "a_film_left_out", lambda told: told["films"].pop())
_told("medium", "films_in_another_order", lambda told: told["films"].reverse())
_told("medium", "run_of_the_films", lambda told: told["plates"][0].__setitem__("run", 9000))


@fault("medium", "manifest")
def films_json_edited_by_hand(job: Job) -> None:
    job.told.write_bytes(job.told.read_bytes().replace(b'"keytag": "', b'"keytag": "9', 1))


# --- the zip beside a folder ----------------------------------------------------------------------------------------


def packed(job: Job, change: Callable[[list[tuple[str, bytes]]], None], mark: bytes | None = None) -> None:
    """The zip with another list of names and bytes in it."""
    path = job.folder / "out.zip"
    with zipfile.ZipFile(path) as zipped:
        entries, comment = [(name, zipped.read(name)) for name in zipped.namelist()], zipped.comment
    before = list(entries)
    change(entries)
    assert entries != before
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in entries:
            zipped.writestr(name, data)
        zipped.comment = mark or comment
    path.write_bytes(out.getvalue())


def _index(entries: list[tuple[str, bytes]], name: str) -> int:
    return next(i for i, (known, _) in enumerate(entries) if known == f"out/{name}")


@fault("grave", "parcel", among=PARCELS)
def a_plate_of_the_zip_of_an_old_job(job: Job) -> None:
    def change(entries: list[tuple[str, bytes]]) -> None:
        i = _index(entries, "plate-01.pdf")
        entries[i] = entries[i][0], entries[i][1].replace(b"%%EOF", b"%%EOF ", 1)

    packed(job, change)


@fault("grave", "parcel", among=PARCELS)
def the_forme_not_in_the_zip(job: Job) -> None:
    packed(job, lambda entries: entries.__delitem__(_index(entries, "cutting-forme.pdf")))


@fault("grave", "parcel", among=PARCELS)
def a_plate_too_many_in_the_zip(job: Job) -> None:
    packed(job, lambda entries: entries.append(("out/plate-02.pdf", entries[_index(entries, "plate-01.pdf")][1])))


@fault("grave", "parcel", among=PARCELS)
def two_files_of_the_zip_exchanged(job: Job) -> None:
    def change(entries: list[tuple[str, bytes]]) -> None:
        i, j = _index(entries, "plate-01.pdf"), _index(entries, "masters.pdf")
        entries[i], entries[j] = (entries[i][0], entries[j][1]), (entries[j][0], entries[i][1])

    packed(job, change)


@fault("medium", "parcel", among=PARCELS)
def a_file_of_the_zip_beside_the_folder(job: Job) -> None:
    packed(job, lambda entries: entries.append(("other/plate-01.pdf", b"")))


@fault("medium", "parcel", among=PARCELS)
def what_was_checked_edited(job: Job) -> None:
    def change(entries: list[tuple[str, bytes]]) -> None:
        i = _index(entries, "preflight.txt")
        entries[i] = entries[i][0], entries[i][1].replace(b"passed", b"failed", 1)

    packed(job, change)


@fault("grave", "parcel", among=PARCELS)
def a_zip_from_before_the_last_impose(job: Job) -> None:
    path = job.folder / "contacts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("0900.000.103", "0900.000.193"), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "keytag", "impose"], cwd=job.folder, check=True, capture_output=True)
