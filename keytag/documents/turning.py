"""The press sheet on paper: its size and stations, how it is held and turned, in words and as a picture."""

from __future__ import annotations

from typing import Any

from keytag.base.drawing import Stroke
from keytag.base.geometry import Rect
from keytag.base.words import Message, say
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import SIDES
from keytag.documents.style import MEASURE
from keytag.documents.words import capital
from keytag.sheet.layout import Layout
from keytag.sheet.marks.lay import pictogram
from keytag.sheet.marks.slug import turning, turning_vi
from keytag.sheet.scheme import IN_PLACE, SHEETWISE, SINGLE_SIDED, WORK_AND_TUMBLE, WORK_AND_TURN, Scheme

_WORK = {
    SHEETWISE: say("sheetwise: a plate set for each side"),
    WORK_AND_TURN: say("work-and-turn: one plate set for both sides"),
    WORK_AND_TUMBLE: say("work-and-tumble: one plate set for both sides"),
    IN_PLACE: say("jig: a plate set for each side, each tag turned where it lies"),
    SINGLE_SIDED: say("single-sided: one plate set"),
}
_EDGES = {
    "top": say("top edge, {depth:g} mm"),
    "bottom": say("bottom edge, {depth:g} mm"),
    "left": say("left edge, {depth:g} mm"),
    "right": say("right edge, {depth:g} mm"),
}
_TURNED = 52.0  # mm, both pictures of the sheet


def sheet_table(book: Book, layout: Layout) -> Any:
    """The sheet, its work style and gripper in words, and as a picture how it lies for each side."""
    scheme = layout.scheme
    tongue = book.tongue
    size = say(
        "{width:g} × {height:g} mm, {stations} stations a sheet ({columns} × {rows})",
        width=scheme.sheet.width,
        height=scheme.sheet.height,
        stations=len(layout.stations),
        columns=layout.columns,
        rows=layout.rows,
    )
    title, english = tongue.chosen(*scheme.title)
    rows: list[tuple[Message, tuple[str, str]]] = [
        (say("sheet size"), (tongue.said(size), f"{english}, {len(layout.stations)}-up" if english else title)),
        (say("work style"), tongue.both(_WORK[scheme.work])),
        (say("turning"), tongue.chosen(turning(scheme), turning_vi(scheme))),
        (say("gripper"), tongue.both(_gripper(scheme))),
        (say("make-ready"), tongue.both(_make_ready(scheme))),
        (say("notes"), tongue.chosen(*scheme.notes)),
    ]
    cells = [
        [book.both(what), book.runs([(value, "strong"), *([("   ", "small"), (gloss, "small")] if gloss else [])])]
        for what, (value, gloss) in rows
        if value
    ]
    wide = MEASURE - _TURNED - 4
    table = book.table(cells, [30, wide - 30], pad=0.9, align="TOP")
    return book.table([[table, _turned(book, scheme)]], [wide + 4, _TURNED], lines=False, pad=0, align="TOP")


def _turned(book: Book, scheme: Scheme) -> Any:
    """How each side lies in the press, as on the sheet's own mark: gripper edge, turning line and the way across it."""
    sides = list(SIDES.items())[: 1 if scheme.work == SINGLE_SIDED else 2]
    each = _TURNED / 2 - 2
    scale = min(each / scheme.sheet.width, 34 / scheme.sheet.height)
    width, height = scheme.sheet.width * scale, scheme.sheet.height * scale

    def paint(pen: Pen) -> None:
        for number, (side, called) in enumerate(sides):
            left = number * (each + 4)
            for mark in pictogram(scheme, side, Rect(left, 0, width, height)):
                pen.shape(mark.path, mark.width if isinstance(mark, Stroke) else None)
            pen.text(left, height + 3.4, capital(pen.tongue.said(called)), "caption")
            pen.text(left, height + 6.2, pen.tongue.gloss(called), "small")
        if scheme.in_place:
            return
        pen.both(0, height + 9.8, say("bar: gripper"), "caption", 1.5)

    return book.box(_TURNED, height + 10.6, paint)


def _gripper(scheme: Scheme) -> Message:
    if scheme.gripper.depth <= 0:
        return say("none")
    return say(_EDGES[scheme.gripper.edge].pattern, depth=scheme.gripper.depth)


def _make_ready(scheme: Scheme) -> str:
    """Sheets to lay out beyond the runs; nothing where the shop does not say."""
    if not scheme.make_ready:
        return ""
    return say("{count:,} sheets a plate set, beyond its run", count=scheme.make_ready)
