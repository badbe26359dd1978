"""A drawing as text, one line an operation, rounded to a micrometre: what a person reviews when a golden file changes.

Letters are told by their words and box, long paths by their length, box and a hash; nothing else is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from keytag.base.drawing import Document, Fill, Form, Group, Mark, Page, Picture, Stroke, Symbol, Words
from keytag.base.geometry import Path, Rect
from keytag.base.ink import Ink

_OPERANDS = {"m": 2, "l": 2, "c": 6, "z": 0}
_LONG = 16  # operators of a path that is told by its count, box and hash


def dump(drawing: Document | Page | Form) -> str:
    """`drawing` line by line, marks in painting order; lengths in millimetres, type sizes in points."""
    match drawing:
        case Document():
            lines = _document(drawing)
        case Page():
            lines = _page(drawing)
        case Form():
            lines = _form(drawing)
    return "\n".join(lines) + "\n"


def _document(document: Document) -> Iterator[str]:
    yield f"document {_quoted(document.title)} {document.date} {_quoted(document.subject)}"
    for form in document.forms:
        yield from _form(form)
    for page in document.pages:
        yield from _page(page)


def _form(form: Form) -> Iterator[str]:
    yield f"form {_quoted(form.key)} {_box(form.bounds)}"
    yield from _groups(form.groups)


def _page(page: Page) -> Iterator[str]:
    yield f"page {_quoted(page.label)} media {_box(page.media)} bleed {_box(page.bleed)} trim {_box(page.trim)}"
    for form, at, station in page.placements:
        yield f"  place {_quoted(form)} station {station} at {_numbers(at)}"
    yield from _groups(page.groups)


def _groups(groups: Sequence[Group]) -> Iterator[str]:
    for layer, marks in groups:
        yield f"  layer {layer.value}"
        for mark in marks:
            yield f"    {_mark(mark)}"


def _mark(mark: Mark) -> str:
    match mark:
        case Fill(path, ink):
            return f"fill {_ink(ink)} {_path(path)}"
        case Stroke(path, ink, width):
            return f"stroke {_ink(ink)} width {_number(width)} {_path(path)}"
        case Words():
            field = f" field {_quoted(mark.field)}" if mark.field else ""
            said = f"{_quoted(mark.text)}{field} {_number(mark.size)} pt"
            return f"words {_ink(mark.ink)} {said} {len(mark.glyphs)} glyphs {_box(mark.box)}"
        case Symbol():
            said = f"{_quoted(mark.payload)} {mark.version} module {_number(mark.module)}"
            return f"symbol {_ink(mark.ink)} {said} {_box(mark.box)} {_path(mark.path)}"
        case Picture():
            return (
                f"picture {mark.columns} × {mark.rows} {_box(mark.box)} #{hashlib.sha256(mark.data).hexdigest()[:12]}"
            )


def _ink(ink: Ink) -> str:
    tones = "/".join(f"{round(100 * tone, 1):g}" for tone in ink.cmyk)
    kind = f" spot {round(100 * ink.tint, 1):g} %" if ink.spot else ""
    return f"{_quoted(ink.name)} {tones}{kind}{' overprint' if ink.overprint else ''}"


def _path(path: Path) -> str:
    text = _traced(path)
    if len(path.ops) <= _LONG:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"{len(path.ops)} operators {_box(path.bounds())} #{digest}"


def _traced(path: Path) -> str:
    parts: list[str] = []
    i = 0
    for op in path.ops:
        count = _OPERANDS[op]
        parts.append(" ".join([op, *(_number(v) for v in path.coords[i : i + count])]))
        i += count
    return " ".join(parts)


def _box(box: Rect) -> str:
    return f"[{_numbers(box)}]"


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(_number(v) for v in values)


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _quoted(text: str) -> str:
    """On one line whatever it holds: a control character cannot make a line of its own."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
