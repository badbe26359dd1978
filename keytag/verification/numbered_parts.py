"""Pieces of numbered sheets as they are read back: strings, letters by their outlines, modules by their winding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Path, Rect
from keytag.serial.form import Form
from keytag.verification import glyphs

if TYPE_CHECKING:
    import numpy as np

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"


def refs(table: Any) -> tuple[tuple[str, tuple[int, int]], ...]:
    return tuple(sorted((str(key), table[key].objgen) for key in table.keys()))  # noqa: SIM118 - a pikepdf dictionary


def same_form(one: Any, other: Any, depth: int = 0) -> bool:
    """Whether two forms draw the same: content, box, and the forms they place."""
    if one.read_bytes() != other.read_bytes() or one.get("/BBox") != other.get("/BBox") or "/Matrix" in one:
        return False
    mine, theirs = (x.get("/Resources", {}).get("/XObject", {}) for x in (one, other))
    names = sorted(map(str, mine.keys())), sorted(map(str, theirs.keys()))
    return names[0] == names[1] and depth < 4 and all(same_form(mine[k], theirs[k], depth + 1) for k in names[0])


def string(text: bytes) -> str:
    """A literal or hexadecimal string of PDF."""
    if text.startswith(b"<"):
        return bytes.fromhex(text[1:-1].decode()).decode("utf-16")
    raw = re.sub(rb"\\(.)", rb"\1", text[1:-1])
    return raw.decode("utf-16") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def serial_in(word: str, form: Form) -> str:
    """The serial among the words around it."""
    found = re.search(rf"{form.prefix}-?[0-9 ]{{{form.digits},}}-[0-9A-Z]", word)
    return found[0] if found else word


def plain(word: str) -> str:
    found = re.search(r"[A-Z]{0,4}-?[0-9 ]+-[0-9A-Z]", word)
    return re.sub(r"[^0-9A-Z]", "", found[0] if found else word)


def known_letter(content: bytes) -> str:
    """The character whose outline in any of the fonts this form draws; empty where it is none."""
    path = last_path(content)
    if path is None:
        return ""
    shape = glyphs.measured(path)
    for font in glyphs.fonts():
        for character in CHARACTERS:
            if any(glyphs.same(shape, other, False) for other in glyphs.shapes(font, character)):
                return character
    return ""


def last_path(content: bytes) -> Path | None:
    """The last filled path of a stream, in its own units."""
    ops, coords, operands = "", list[float](), list[float]()
    found: Path | None = None
    for word in content.split():
        if word in (b"m", b"l", b"c", b"h"):
            ops += {b"m": "m", b"l": "l", b"c": "c", b"h": "z"}[word]
            coords += operands
            operands = []
        elif word == b"f":
            found, ops, coords = Path(ops, tuple(coords)), "", []
        else:
            try:
                operands.append(float(word))
            except ValueError:
                operands = []
    return found


def grid_of(content: bytes, box: Rect) -> np.ndarray[Any, Any] | None:
    """The modules of the last path of a form, where it lies in the symbol's box; by the winding at their centres."""
    import numpy as np

    path = last_path(content)
    if path is None or not path.coords or "c" in path.ops:
        return None
    bounds = path.bounds()
    if not box.contains(bounds, 0.01):
        return None
    corners = np.array(path.coords).reshape(-1, 2)
    loops, start = [], 0
    for part in path.ops.split("z")[:-1]:
        loops.append(corners[start : start + len(part)])
        start += len(part)
    steps = np.concatenate([np.abs(np.diff(np.vstack([loop, loop[:1]]), axis=0)).ravel() for loop in loops])
    module = steps[steps > 1e-3].min()
    side = round(box.width / module)
    module = box.width / side
    grid = np.zeros((side, side), bool)
    xs = box.x + (np.arange(side) + 0.5) * module
    ys = box.y + (np.arange(side) + 0.5) * module
    winding = np.zeros((side, side), int)
    for loop in loops:
        for (x0, y0), (x1, y1) in zip(loop, np.vstack([loop[1:], loop[:1]]), strict=True):
            if abs(x1 - x0) < 1e-6 and abs(y1 - y0) > 1e-6:
                rows = (ys > min(y0, y1)) & (ys < max(y0, y1))
                winding[np.ix_(rows, xs > x0)] += 1 if y1 > y0 else -1
    grid[winding != 0] = True
    return grid
