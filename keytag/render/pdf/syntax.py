"""PDF's spelling of numbers, names, strings and paths, fast: whole paths are formatted by one template.

Four decimals of a millimetre are 0.1 µm. Nothing here knows what is drawn.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from keytag.base.geometry import Affine, Path
from keytag.base.units import number

_OPERATORS = {"m": "%.4f %.4f m\n", "l": "%.4f %.4f l\n", "c": "%.4f %.4f %.4f %.4f %.4f %.4f c\n", "z": "h\n"}
_IRREGULAR = re.compile(r"[^A-Za-z0-9.\-]")
_PLAIN = re.compile(r"[ -~]*")
_NAME_LIMIT = 100  # ISO 32000-1, annex C: 127 bytes


@lru_cache(maxsize=4096)
def template(ops: str) -> str:
    """The format string that a path of these operators goes through."""
    return "".join([_OPERATORS[op] for op in ops])


def tidy(text: str) -> str:
    """What `template` made, as `units.number` would have: no trailing zeros, no `-0`; `ValueError` for a NaN.

    Every number in it has four decimals and a blank behind it, so plain replacing will do, at ten times the speed of
    regular expressions; `@` keeps whole numbers out of the way meanwhile.
    """
    if "n" in text:  # of nan and inf: no operator of a path has one
        raise ValueError("a path has a coordinate that is no finite number")
    text = text.replace(".0000 ", "@").replace("-0@", "0@")
    return text.replace("000 ", " ").replace("00 ", " ").replace("0 ", " ").replace("@", " ")


def path_text(path: Path) -> str:
    """The path's construction operators, one a line."""
    return tidy(template(path.ops) % path.coords)


_GLYPHS: dict[int, tuple[Path, str]] = {}  # by object, which is kept: a path's own hash costs as much as its use
_KEPT = 4096


def glyph_text(outline: Path) -> str:
    """The operators of a letter's outline, remembered: a job uses each letter thousands of times."""
    known = _GLYPHS.get(id(outline))
    if known is None or known[0] is not outline:
        if len(_GLYPHS) >= _KEPT:
            _GLYPHS.clear()
        known = _GLYPHS[id(outline)] = outline, path_text(outline)
    return known[1]


def ratio(value: float) -> str:
    """A factor of a matrix: eight decimals, so that half a metre scaled by it is still exact to 0.1 µm."""
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def matrix(at: Affine) -> str:
    """The six operands of `cm`."""
    a, b, c, d, e, f = at
    return f"{ratio(a)} {ratio(b)} {ratio(c)} {ratio(d)} {number(e)} {number(f)}"


@lru_cache(maxsize=4096)
def resource(prefix: str, key: str) -> str:
    """A resource name of plain characters for any key; different keys have different names."""
    name = prefix + _IRREGULAR.sub(_escaped, key)
    return name if len(name) <= _NAME_LIMIT else prefix + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"_{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def string(text: str) -> str:
    """A text string: literal where it is ASCII, UTF-16 otherwise (ISO 32000-1, 7.9.2.2)."""
    if _PLAIN.fullmatch(text):
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return unicode_string(text)


def unicode_string(text: str) -> str:
    """A text string as hexadecimal UTF-16 with its byte order mark."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
