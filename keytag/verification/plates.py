"""The plates as a RIP makes them: Ghostscript separates the masters, and each plate is looked at.

Every spot is a plate of its own, no process pixel changes under a die-line or a White, and the ink that really lies on
one another stays under the limit. Every station of a sheet places one of the masters' faces, which is held to be so,
and therefore the masters speak for the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keytag.base.errors import ToolFailedError
from keytag.files import programs
from keytag.tag.template import Template
from keytag.verification.model import Failure, Item, item
from keytag.verification.opened import Opened, read_back

if TYPE_CHECKING:
    import numpy as np

_DPI = 150
_SECONDS = 300
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_TECHNICAL = ("CutContour", "Drill", "White", "Legend", "Dimensions")
_SAME = 3  # of 255: rounding of a RIP


def check_plates(masters: bytes, template: Template, sheets: Sequence[Opened]) -> Item:
    """The masters' plates, and that every face on the `sheets` paints the same as its master.

    Skipped, with the reason, where Ghostscript is not installed."""
    reason = programs.why_not(programs.GHOSTSCRIPT)
    if reason:
        return item("plates", skipped=reason)
    failures, faces = _unlike_masters(masters, sheets)
    with programs.workplace() as folder:
        (folder / "with.pdf").write_bytes(masters)
        (folder / "without.pdf").write_bytes(_without_technical(masters))
        try:
            pages = _separated(folder, "with")
            bare = _separated(folder, "without")
        except ToolFailedError as error:
            return item("plates", skipped=error.message)
        wanted = _expected(template)
        for number, plates in pages.items():
            where = f"masters.pdf, page {number}"
            missing = sorted(wanted - plates.keys())
            failures += [Failure(where, f"has no plate of its own for {name}") for name in missing]
            failures += _knocked_out(where, plates, bare.get(number, {}))
            failures += _too_much_ink(where, plates, template.limits.total_ink)
        if not pages:
            failures.append(Failure("masters.pdf", "Ghostscript made no plates of it"))
    return item("plates", len(pages) * (len(wanted) + 1) + faces, failures)


def _unlike_masters(masters: bytes, sheets: Sequence[Opened]) -> tuple[list[Failure], int]:
    known = read_back("masters.pdf", masters).faces
    failures, compared = [], 0
    for sheet in sheets:
        for name, face in sheet.faces.items():
            compared += 1
            if name not in known or known[name].content != face.content:
                failures.append(Failure(f"{sheet.name} {name}", "is not painted as in masters.pdf"))
    return failures, compared


def _expected(template: Template) -> set[str]:
    """The spots that every master has: those of the art that are no process ink, and the technical ones."""
    found = {ink.name for _, ink in template.inks if ink.spot and ink.name not in _PROCESS}
    found |= {"CutContour"}
    if template.hole is not None:
        found.add("Drill")
    if template.white_choke is not None:
        found.add("White")
    return found


def _without_technical(data: bytes) -> bytes:
    """The same file without its technical paints: what the process plates must look like."""
    from keytag.base.drawing import Layer
    from keytag.render.pdf.recolour import without

    return without(data, (Layer.WHITE, Layer.CUT, Layer.HOLE, Layer.LEGEND, Layer.DIMENSIONS))


def _separated(folder: Path, name: str) -> dict[int, dict[str, Path]]:
    """Page → plate → picture, by Ghostscript's tiffsep."""
    words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{_DPI}", f"-sOutputFile={name}-%d.tif"]
    programs.run(programs.GHOSTSCRIPT, words, seconds=_SECONDS, folder=folder, files=[f"{name}.pdf"])
    found: dict[int, dict[str, Path]] = {}
    for path in sorted(folder.glob(f"{name}-*(*).tif")):
        match = re.fullmatch(rf"{name}-(\d+)\((.+)\)\.tif", path.name)
        if match is not None:
            found.setdefault(int(match[1]), {})[match[2]] = path
    return found


def _pixels(path: Path) -> np.ndarray[Any, Any]:
    """Ink, 0 to 255, of one plate."""
    import numpy as np
    from PIL import Image

    with Image.open(path) as image:
        return 255 - np.asarray(image.convert("L"), dtype=np.int16)


def _knocked_out(where: str, plates: dict[str, Path], bare: dict[str, Path]) -> list[Failure]:
    import numpy as np

    failures = []
    for name in _PROCESS:
        if name in plates and name in bare:
            with_all, without = _pixels(plates[name]), _pixels(bare[name])
            changed = int(np.count_nonzero(np.abs(with_all - without) > _SAME))
            if changed:
                failures.append(Failure(where, f"{changed} pixels of {name} change under the technical inks"))
    return failures


def _too_much_ink(where: str, plates: dict[str, Path], limit: float) -> list[Failure]:
    inks = [path for name, path in plates.items() if name not in _TECHNICAL]
    if not inks:
        return []
    total = sum(_pixels(path) for path in inks)
    most = float(total.max()) / 255  # type: ignore[union-attr]
    if most > limit + 0.02:
        return [Failure(where, f"{most:.0%} of ink lie on one another (limit {limit:.0%})")]
    return []
