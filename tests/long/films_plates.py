"""Films of the shipped moulded job against Ghostscript's plates at their own resolution, and how much memory they take.

    python -m tests.long.films_plates [FOLDER]

Some 5 GB of plates and ten minutes. Each film, re-read by Pillow, equals the plate of that ink from `tiffsep`,
thresholded at 50 %, but for a pixel at an edge and a few at the sharpest tips of letters; marks of front and back are
on each other to a pixel, since a jig stays as it lies.
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
_TIPS = 8  # pixels of a plate at tips sharper than a pixel, which Ghostscript paints two pixels farther out
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


def main(folder: Path) -> None:
    if not (folder / "films").exists():
        job(folder)
    worst = 0
    for number, side in ((1, "front"), (2, "back")):
        for old in folder.glob("p(*.tif"):
            old.unlink()
        command = ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r2400", "-sCompression=lzw"]
        pages = [f"-dFirstPage={number}", f"-dLastPage={number}"]
        subprocess.run([*command, *pages, "-sOutputFile=p.tif", "out/plate-01.pdf"], cwd=folder, check=True)
        for path in sorted((folder / "films").glob(f"plate-01-{side}-*.tif")):
            ink = path.stem.rpartition("-")[2]
            plate = np.asarray(Image.open(folder / f"p({ink}).tif")) < 128
            found = film_of(path)
            assert found.shape == plate.shape, (path.name, found.shape, plate.shape)
            more, less = beyond(found, plate)
            worst = max(worst, more, less)
            print(f"{path.name}: {found.mean():.2%} ink, {more} pixels too much, {less} too little", flush=True)
    films = json.loads((folder / "films" / "films.json").read_bytes())["films"]
    assert all(film["choke"] == 0 and film["dpi"] == 2400 for film in films)
    front, back = (film_of(folder / "films" / f"plate-01-{side}-White.tif") for side in ("front", "back"))
    dots = 2400 / 25.4
    strip = slice(round(19.5 * dots), round(25.5 * dots))  # between names and tags: the upper registration mark
    middle = slice(front.shape[1] // 2 - 300, front.shape[1] // 2 + 300)
    assert front[strip, middle].any()
    more, less = beyond(front[strip, middle], back[strip, middle])
    print(f"registration marks: {more} and {less} pixels apart")
    done = subprocess.run([sys.executable, "-c", _FULL], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    size, most = map(int, done.stdout.split())
    print(f"430 x 650 mm at 2,400 dpi: {size:,} bytes in {most / 1024:.0f} MiB")
    assert worst <= _TIPS and more == less == 0 and most * 1024 < 200e6


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))
