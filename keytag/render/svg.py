"""A drawing as SVG: millimetres, one group a layer, words as paths that say what they are. For screens and cutters.

Colours are sRGB through the output profile, with the ink's name beside them; an SVG is a proof and never goes to press.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache

from keytag.base.drawing import Fill, Form, Group, Layer, Mark, Picture, Stroke, Symbol, Words
from keytag.base.geometry import Path
from keytag.base.ink import Ink
from keytag.base.units import number
from keytag.render.colour import shown, to_rgb
from keytag.render.markup import escape, quoteattr

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'width="{w}mm" height="{h}mm" viewBox="{x} {y} {w} {h}">'
)
_GAP = 4.0  # mm between faces
_HIDDEN = (Layer.WHITE,)  # a screen shows no overprint: a White on top would hide the art


def svg(forms: Sequence[Form], title: str) -> str:
    """Forms side by side (a tag's two faces) as a whole SVG document in millimetres."""
    width = width_of(forms)
    height = max(form.bounds.height for form in forms)
    parts = [_HEAD.format(x="0", y="0", w=number(width), h=number(height))]
    parts.append(f"<title>{escape(plain(title))}</title>")
    x = 0.0
    for form in forms:
        side = form.key.rpartition("/")[2]
        at = f"translate({number(x - form.bounds.x)} {number(-form.bounds.y)})"
        groups = "\n".join(_group(group, side) for group in form.groups)
        parts.append(f"<g id={quoteattr(side)} transform={quoteattr(at)}>\n{groups}\n</g>")
        x += form.bounds.width + _GAP
    return "\n".join([*parts, "</svg>", ""])


def width_of(forms: Sequence[Form]) -> float:
    """How wide the document of these forms is, in mm."""
    return sum(form.bounds.width for form in forms) + _GAP * (len(forms) - 1)


def _group(group: Group, side: str) -> str:
    hidden = ' style="display:none"' if group.layer in _HIDDEN else ""
    name = quoteattr(group.layer.value)
    marks = "\n".join(_mark(mark) for mark in group.marks)
    return f'<g inkscape:groupmode="layer" inkscape:label={name} id={_id(side, group.layer)}{hidden}>\n{marks}\n</g>'


def _id(side: str, layer: Layer) -> str:
    return quoteattr(f"{side}-{layer.name.lower()}")


def _mark(mark: Mark) -> str:
    match mark:
        case Fill(path, ink):
            return f'<path d="{data(path)}" {_fill(ink)}/>'
        case Stroke(path, ink, width):
            return (
                f'<path d="{data(path)}" fill="none" stroke="{_hex(ink)}" stroke-width="{number(width)}" '
                f"data-ink={quoteattr(ink.name)}/>"
            )
        case Symbol():
            said = quoteattr(plain(mark.payload))
            return f'<path d="{data(mark.path)}" {_fill(mark.ink)} aria-label={said} role="img"/>'
        case Words():
            return _words(mark)
        case Picture():
            return _picture(mark)


def _words(words: Words) -> str:
    scale = f"{words.scale:.8f}"
    glyphs = "".join(
        f'<path transform="matrix({scale} 0 0 -{scale} {number(g.x)} {number(g.y)})" d="{data(g.outline)}"/>'
        for g in words.glyphs
    )
    return f'<g {_fill(words.ink)} role="img" aria-label={quoteattr(plain(words.text))}>{glyphs}</g>'


def _picture(picture: Picture) -> str:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    to_rgb(Image.frombytes("CMYK", (picture.columns, picture.rows), picture.data)).save(out, "PNG")
    x, y, width, height = (number(v) for v in picture.box)
    data = b64encode(out.getvalue()).decode("ascii")
    return (
        f'<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none" '
        f'href="data:image/png;base64,{data}"/>'
    )


def _fill(ink: Ink) -> str:
    return f'fill="{_hex(ink)}" data-ink={quoteattr(ink.name)}'


def _hex(ink: Ink) -> str:
    return "#{:02x}{:02x}{:02x}".format(*shown(ink))


def data(path: Path) -> str:
    """The path as the `d` of an SVG path."""
    return _template(path.ops) % tuple(map(number, path.coords))


@lru_cache(maxsize=1024)
def _template(ops: str) -> str:
    """The format string that a path of these operators goes through."""
    return "".join([op.upper() + " ".join(["%s"] * {"m": 2, "l": 2, "c": 6, "z": 0}[op]) for op in ops])


def plain(text: str) -> str:
    """The text without characters that XML 1.0 does not allow."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
