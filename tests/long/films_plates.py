"""Films of the shipped moulded job against Ghostscript's plates at their own resolution, and how much memory they take.

    python -m tests.long.films_plates [FOLDER]

Some 5 GB of plates at a time, and half an hour. Each film of every plate, re-read by Pillow, equals the plate of that
ink from `tiffsep`, thresholded at 50 %, but for a pixel at an edge; marks of front and back are on each other to a
pixel, since a jig stays as it lies. The figures stand in docs/factory.md.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from tests.conftest import REPOSITORY

Image.MAX_IMAGE_PIXELS = None
_BAND = 1500
_FULL = """\
import re
from keytag.base.drawing import *; from keytag.base.geometry import *; from keytag.base.ink import *
from keytag.render.film.write import *; from keytag.sheet.scheme import Films
marks = tuple(Fill(circle(20 + 13 * c, 20 + 13 * r, 6), BLACK) for r in range(48) for c in range(30))
box = Rect(10, 10, 400, 600)
page = Page(Rect(0, 0, 430, 650), box, box, (), (Group(Layer.MARKS, marks),))
data = film(page, (), 'Black', Films(2400), Told('job', '1 of 1', 'front', 'Black', '2020-05-18', 'keytag'))
print(len(data), re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])
"""


def grown(rows: np.ndarray) -> np.ndarray:
    """Ink and the pixels that touch it."""
    wide = rows.copy()
    wide[1:] |= rows[:-1]
    wide[:-1] |= rows[1:]
    found = wide.copy()
    found[:, 1:] |= wide[:, :-1]
    found[:, :-1] |= wide[:, 1:]
    return found


def beyond(one: np.ndarray, other: np.ndarray) -> tuple[int, int]:
    """Pixels of one that are not within a pixel of the other, and the other way round."""
    more = less = 0
    for top in range(0, len(one), _BAND):
        first, last = max(top - 1, 0), min(top + _BAND + 1, len(one))
        a, b = one[first:last], other[first:last]
        inner = slice(top - first, min(top + _BAND, len(one)) - first)
        more += int((a & ~grown(b))[inner].sum())
        less += int((b & ~grown(a))[inner].sum())
    return more, less


def film_of(path: Path) -> np.ndarray:
    return ~np.asarray(Image.open(path))


def job(folder: Path) -> None:
    roster = (REPOSITORY / "contacts.yaml").read_text("utf-8")
    for key, value in (("template", "oval-50x20-moulded"), ("scheme", "jig-moulded-4x5")):
        roster = re.sub(rf"^  {key}: .*$", f"  {key}: {value}", roster, count=1, flags=re.M)
    (folder / "contacts.yaml").write_text(roster, "utf-8")
    for words in (("impose", "-o", "out"), ("films", "-o", "films")):
        subprocess.run([sys.executable, "-m", "keytag", *words], cwd=folder, check=True)


def compare(folder: Path, plate: str, page: int, films: list[Path]) -> int:
    """How many pixels of the films of one page are more than a pixel from the plates of it, or the other way round."""
    for old in folder.glob("p(*.tif"):
        old.unlink()
    command = ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r2400", "-sCompression=lzw"]
    pages = [f"-dFirstPage={page}", f"-dLastPage={page}"]
    subprocess.run([*command, *pages, "-sOutputFile=p.tif", f"out/{plate}.pdf"], cwd=folder, check=True)
    apart = 0
    for path in films:
        made = np.asarray(Image.open(folder / f"p({path.stem.rpartition('-')[2]}).tif")) < 128
        found = film_of(path)
        assert found.shape == made.shape, (path.name, found.shape, made.shape)
        more, less = beyond(found, made)
        apart += more + less
        print(f"{path.name}: {found.mean():.2%} ink, {more} pixels too much, {less} too little", flush=True)
    return apart


def main(folder: Path) -> None:
    if not (folder / "films").exists():
        job(folder)
    films = json.loads((folder / "films" / "films.json").read_bytes())["films"]
    assert all(film["choke"] == 0 and film["dpi"] == 2400 for film in films)
    plates = sorted(
        {name.removesuffix(".pdf") for name in (path.name for path in (folder / "out").glob("plate-*.pdf"))}
    )
    compared = apart = 0
    for plate in plates:
        for number, side in ((1, "front"), (2, "back")):
            here = [folder / "films" / film["file"] for film in films if film["file"].startswith(f"{plate}-{side}-")]
            apart += compare(folder, plate, number, here)
            compared += len(here)
        front, back = (film_of(folder / "films" / f"{plate}-{side}-White.tif") for side in ("front", "back"))
        dots = 2400 / 25.4
        strip = slice(round(19.5 * dots), round(25.5 * dots))  # between names and tags: the upper registration mark
        middle = slice(front.shape[1] // 2 - 300, front.shape[1] // 2 + 300)
        assert front[strip, middle].any()
        marks = beyond(front[strip, middle], back[strip, middle])
        print(f"{plate}: registration marks of front and back {marks[0]} and {marks[1]} pixels apart", flush=True)
        apart += sum(marks)
    done = subprocess.run([sys.executable, "-c", _FULL], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    size, most = map(int, done.stdout.split())
    print(f"430 x 650 mm at 2,400 dpi: {size:,} bytes in {most / 1024:.0f} MiB")
    assert compared == len(films) and apart == 0 and most * 1024 < 200e6


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))
