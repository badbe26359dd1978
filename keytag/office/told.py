"""The report of an import: every cell as it was taken, refused ones first, as text and as a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import TypeAlias

from keytag.base.records import NamedTuple
from keytag.base.words import ENGLISH, Message, Words, joined, say
from keytag.files.tongue import BOTH, Tongue, tongue
from keytag.office.model import Imported, State

_ORDER = (State.REFUSED, State.RESTORED, State.LEFT_OUT, State.READ)
_STATES = {
    State.REFUSED: say("refused"),
    State.RESTORED: say("restored"),
    State.LEFT_OUT: say("left out"),
    State.READ: say("read"),
}
_TITLES = {
    State.REFUSED: say("refused: to be answered"),
    State.RESTORED: say("restored: one reading"),
    State.LEFT_OUT: say("left out"),
    State.READ: say("read as it stands"),
}


_Told: TypeAlias = tuple[str, str, str, str]  # a cell's place in words, what stood there, what was read, and why


class Report(NamedTuple):
    """What was read, and its cells by how they were taken: refused, restored, left out, read; each as they stand."""

    found: Imported
    cells: tuple[tuple[State, list[_Told]], ...]


def report(found: Imported) -> Report:
    """The cells of a workbook in the order in which they are told."""
    cells: dict[State, list[_Told]] = {state: [] for state in _ORDER}
    last, add = _ORDER[0], cells[_ORDER[0]].append
    for place, state, raw, value, why in sorted(found.cells, key=itemgetter(0)):
        if state is not last:
            last, add = state, cells[state].append
        add((str(place), raw, value, why))
    return Report(found, tuple(cells.items()))


def lines(told: Report, words: Words = ENGLISH) -> Iterator[str]:
    """The report as lines of text, in a language."""
    found = told.found
    for note in found.general:
        yield words.of(say("{name}: {note}", name=found.name, note=note))
    known: dict[str, str] = {"": ""}  # most reasons are those of many cells
    for state, cells in told.cells:
        taken, restored = words.of(_STATES[state]), state is State.RESTORED
        for place, raw, value, why in cells:
            read = f" -> {value}" if value and (restored or value != raw) else ""
            because = known.get(why)
            if because is None:
                because = known[why] = ": " + words.of(why)
            yield f"{place} {taken} {raw!r}{read}{because}"
    yield words.of(summary(told))


def summary(told: Report) -> Message:
    """Units, numbers and cells in one line."""
    found = told.found
    tally = {state: len(cells) for state, cells in told.cells}
    return say(
        "{name}: {units:,} units, {people:,} numbers; {cells:,} cells: {states}",
        name=found.name,
        units=len(found.units),
        people=sum(len(unit.people) for unit in found.units),
        cells=len(found.cells),
        states=joined(", ", [say("{count:,} {state}", count=tally[state], state=_STATES[state]) for state in _ORDER]),
    )


_SPECIAL = re.compile("[&<>\"']").search
_MANY = 32  # cells that are looked at together: nearly all can stand on a page as they are
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


def page(told: Report, languages: str = BOTH) -> str:
    """The report as a page of HTML that asks for nothing from anywhere, in the languages of `files.tongue`."""
    found, words = told.found, tongue(languages)
    refused = len(told.cells[0][1])
    verdict = (
        f'<p class="bad">{_said(words, say("{count:,} cells are refused: no roster was written.", count=refused))}</p>'
        if refused
        else f"<p>{_said(words, say('Every cell could be read.'))}</p>"
    )
    title = say("Reading a roster: {name}", name=found.name)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{words.first.language}"><head><meta charset="utf-8"><title>{_safe(words.said(title))}</title>',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{_safe(words.said(title))}</h1>",
        verdict,
        f"<p><small>{_safe(words.said(summary(told)))}</small></p>",
        *(f"<p>{_said(words, note)}</p>" for note in found.general),
    ]
    for state, cells in told.cells:
        if cells:
            parts += _section(words, state, cells)
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _section(words: Tongue, state: State, cells: list[_Told]) -> Iterator[str]:
    said, gloss = words.both(_TITLES[state])
    heading = f"{_safe(_capital(said))} ({len(cells)})" + (f" <span>{_safe(gloss)}</span>" if gloss else "")
    yield f'<section class="{state.name.lower()}"><h2>{heading}</h2>'
    columns = (say("cell"), say("in the sheet"), say("read as"), say("why"))
    heads = "".join(f"<th>{_safe(_capital(words.said(each)))}{_aside(words, each)}" for each in columns)
    yield f"<table><tr>{heads}</tr>"
    n = '<td class="n">'
    known: dict[str, str] = {"": ""}
    for start in range(0, len(cells), _MANY):
        some = cells[start : start + _MANY]
        odd = _odd("".join([f"{place}{raw}{value}" for place, raw, value, _ in some]))
        for place, raw, value, why in some:
            because = known.get(why)
            if because is None:
                because = known[why] = _said(words, why)
            if odd:
                yield f"<tr><td>{_safe(place)}{n}{_safe(raw)}{n}{_safe(value)}{n}{because}</tr>"
            else:
                yield f"<tr><td>{place}{n}{raw}{n}{value}{n}{because}</tr>"
    yield "</table></section>"


def _said(words: Tongue, text: str) -> str:
    """A text in the page's language, small behind it in the second one."""
    said, gloss = words.both(text)
    return _safe(said) + (f" <small>{_safe(gloss)}</small>" if gloss else "")


def _aside(words: Tongue, text: str) -> str:
    gloss = words.gloss(text)
    return f" <span>{_safe(gloss)}</span>" if gloss else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _odd(text: str) -> bool:
    """Whether a page cannot have a text as it is."""
    return _SPECIAL(text) is not None or not text.isprintable()


def _safe(text: str) -> str:
    """Words of the workbook on a page: escaped, and what cannot be seen written out."""
    if text.isprintable():
        return html.escape(text)
    shown = "".join(c if c.isprintable() else "↵" if c == "\n" else f"\\u{ord(c):04x}" for c in text)
    return html.escape(shown.encode("utf-8", "replace").decode("utf-8"))
