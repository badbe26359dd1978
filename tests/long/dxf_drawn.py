"""The cutter's DXF of every shipped scheme, opened and drawn by LibreCAD, against the die-lines of the sheet.

    apt-get install librecad
    python -m tests.long.dxf_drawn [FOLDER]

LibreCAD prints at 1:1 onto A4 from the sheet's lower left corner. At 300 dpi every line of its picture is within three
pixels (0.25 mm) of a die-line, a hole or the jig's corner, and every one of those that lies on the A4 page is drawn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import keytag
from keytag.base.drawing import Stroke
from keytag.base.geometry import Affine, circle, line
from keytag.base.ink import BLACK
from keytag.job import schemes
from keytag.job.formes import die
from keytag.job.planning import layout_of
from keytag.job.ready import order_of
from keytag.render.dxf import dxf
from keytag.render.film.scanline import covered, packed, runs_of
from keytag.render.film.separate import Painted
from keytag.sheet.die import CORNER, Die
from tests.conftest import REPOSITORY
from tests.long.films_plates import grown

_DOTS, _HIGH, _WIDE = 300 / 25.4, 3508, 2480
_EDGE = 6  # pixels at which the page may cut off a line that stands on the sheet's own edge


def picture(name: str, data: bytes, folder: Path) -> np.ndarray:
    """What LibreCAD draws, ink True."""
    path = folder / f"{name}.dxf"
    path.write_bytes(data)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)}
    subprocess.run(["librecad", "dxf2pdf", path.name], cwd=folder, env=environment, check=True, capture_output=True)
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-singlefile", f"{name}.pdf", name], cwd=folder, check=True)
    found = np.asarray(Image.open(folder / f"{name}.pgm")) < 250
    return np.ascontiguousarray(found[len(found) - _HIGH :, :_WIDE])


def ours(lines: Die, width: float) -> np.ndarray:
    """The die-lines on the same page, drawn `width` millimetres wide."""
    paths = [*lines.cuts, *(circle(*hole.centre, hole.diameter / 2) for hole in (*lines.holes, *lines.pins))]
    low = lines.sheet.height
    paths += [line(0, low, CORNER, low), line(0, low, 0, low - CORNER)]
    runs = runs_of([Painted(Stroke(path, BLACK, width), True) for path in paths])
    at = Affine(_DOTS, 0, 0, _DOTS, 0, _HIGH - low * _DOTS)
    rows = packed(covered([(run, at) for run in runs], _WIDE, 0, _HIGH), _WIDE)
    return np.unpackbits(rows, axis=1, count=_WIDE).astype(bool)


def main(folder: Path) -> None:
    folder.chmod(0o700)
    for name in schemes.names():
        template = "oval-50x20-moulded" if "moulded" in name else "oval-50x20"
        text = (REPOSITORY / "contacts.yaml").read_text("utf-8")
        text = text.replace("scheme: sra3-sheetwise", f"scheme: {name}")
        (folder / "contacts.yaml").write_text(text.replace("template: oval-50x20", f"template: {template}"), "utf-8")
        order = order_of(keytag.ready(keytag.open(folder / "contacts.yaml")))
        lines = die(order, layout_of(order.setup))
        drawn = picture(name, dxf(lines), folder)
        wide, thin = ours(lines, 6 / _DOTS), ours(lines, 1 / _DOTS)
        near = grown(grown(drawn))
        astray, missing = int((drawn & ~grown(wide)).sum()), int((thin & ~near)[:-_EDGE, _EDGE:].sum())
        print(f"{name}: {drawn.sum():,} pixels drawn, {astray} away from a die-line, {missing} of ours not drawn")
        assert drawn.any() and not astray and not missing


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))
