"""The report of an import: every cell as it was taken, refused ones first, as text and as a page."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from keytag.base.words import say
from keytag.office.model import Imported, State, Taken

_ORDER = (State.REFUSED, State.RESTORED, State.LEFT_OUT, State.READ)
_TITLES = {
    State.REFUSED: ("Không nhận, phải sửa", "refused: to be answered"),
    State.RESTORED: ("Đã khôi phục, xin xem lại", "restored: one reading"),
    State.LEFT_OUT: ("Không đọc", "left out"),
    State.READ: ("Đọc nguyên văn", "read as it stands"),
}


def in_order(found: Imported) -> list[Taken]:
    """The cells: refused, restored, left out, read; within each as they stand."""
    rank = {state: i for i, state in enumerate(_ORDER)}
    return sorted(found.cells, key=lambda cell: (rank[cell.state], *cell.place))


def lines(found: Imported) -> Iterator[str]:
    """The report as lines of text."""
    for note in found.general:
        yield f"{found.name}: {note}"
    for cell in in_order(found):
        words = [str(cell.place), cell.state.value, repr(cell.raw)]
        if cell.value and (cell.value != cell.raw or cell.state is State.RESTORED):
            words += ["->", cell.value]
        yield " ".join(words) + (f": {cell.why}" if cell.why else "")
    yield summary(found)


def summary(found: Imported) -> str:
    """Units, numbers and cells in one line."""
    counted = Counter(cell.state for cell in found.cells)
    people = sum(len(unit.people) for unit in found.units)
    states = ", ".join(f"{counted[state]:,} {state.value}" for state in _ORDER)
    return say(
        "{found}: {units:,} units, {people:,} numbers; {cells:,} cells: {states}",
        found=found.name,
        units=len(found.units),
        people=people,
        cells=len(found.cells),
        states=states,
    )


_STYLE = """
:root{color-scheme:light;font:16px/1.45 "Segoe UI",system-ui,sans-serif}
body{margin:2rem auto;max-width:64rem;padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
small,h2 span,th span{color:#555;font-weight:400}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;
border-bottom:1px solid #ccc}td:first-child{white-space:nowrap;font-weight:600}
td.n{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.refused h2{color:#a40000}.refused td:first-child{color:#a40000}p.bad{color:#a40000;font-weight:600}
"""


def page(found: Imported) -> str:
    """The report as a page of HTML that asks for nothing from anywhere."""
    refused = len(found.refused)
    verdict = (
        f'<p class="bad">{refused} ô chưa nhận được: chưa ghi danh bạ nào. <small>Nothing was written.</small></p>'
        if refused
        else "<p>Mọi ô đều đọc được. <small>Nothing was refused.</small></p>"
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="vi"><head><meta charset="utf-8"><title>Đọc danh bạ</title>',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>Đọc danh bạ: {_safe(found.name)}</h1>",
        verdict,
        f"<p><small>{_safe(summary(found))}</small></p>",
        *(f"<p>{_safe(note)}</p>" for note in found.general),
    ]
    cells = in_order(found)
    for state in _ORDER:
        own = [cell for cell in cells if cell.state is state]
        if own:
            parts += _section(state, own)
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _section(state: State, cells: list[Taken]) -> Iterator[str]:
    vietnamese, english = _TITLES[state]
    yield f'<section class="{state.name.lower()}"><h2>{vietnamese} ({len(cells)}) <span>{english}</span></h2>'
    yield "<table><tr><th>Ô <span>cell</span><th>Trong bảng <span>in the sheet</span>"
    yield "<th>Đọc là <span>read as</span><th>Vì sao <span>why</span></tr>"
    for cell in cells:
        words = (str(cell.place), cell.raw, cell.value, cell.why)
        yield "<tr><td>" + '<td class="n">'.join(_safe(word) for word in words) + "</tr>"
    yield "</table></section>"


def _safe(text: str) -> str:
    """Words of the workbook on a page: escaped, and what cannot be seen written out."""
    if text.isprintable():
        return html.escape(text)
    shown = "".join(c if c.isprintable() else "↵" if c == "\n" else f"\\u{ord(c):04x}" for c in text)
    return html.escape(shown.encode("utf-8", "replace").decode("utf-8"))
