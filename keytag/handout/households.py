"""A list of heads of households, for the villages' lists to print and for nothing else.

Columns: unit, village, name (đơn vị, làng, chủ hộ). Names are handed on and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.handout import cells
from keytag.handout.returns import HEADER_ROWS, lines_of, plain, village_words
from keytag.roster.model import Roster
from keytag.roster.names import Names
from keytag.roster.villages import shares
from keytag.vietnam.names import fold

_UNIT = frozenset(["unit", "donvi", "xa", "phuong", "thitran", "commune"])
_VILLAGE = frozenset(["village", "lang", "thon", "buon", "thonlang", "khupho", "todanpho"])
_NAME = frozenset(["name", "household", "chuho", "hoten", "hovaten", "tenchuho", "hotenchuho"])
Lists = dict[tuple[str, str], list[str]]  # unit and village keys → names in their order


def read_households(
    table: Sequence[Sequence[object]], name: str, roster: Roster
) -> tuple[Lists, tuple[Diagnostic, ...]]:
    """The names of each village; findings tell lines, never names. An `InputError` where there is no header."""
    header, columns = _header(table, name)
    names, lines = Names(roster.units), lines_of(table)
    villages = {unit.key: village_words(unit) for unit in roster.units}
    due = {(unit.key, share.key): share for unit in roster.units for share in shares(unit)}
    found: Lists = {}
    findings = []

    def complain(row: int, message: str) -> None:
        span = Span(name, lines[row], 1, lines[row], 2)
        findings.append(Diagnostic("handout-households", Severity.ERROR, span, message))

    above = ""
    for row in range(header + 1, len(table)):
        unit_said, village_said, person = (_cell(table[row], columns.get(what)) for what in ("unit", "village", "name"))
        above = unit_said or above
        if not person:
            continue
        units = names.find(above) if above else roster.units
        if len(units) != 1:
            complain(row, say("'{above}' is no unit of the roster", above=above) if above else say("no unit is named"))
            continue
        key = villages[units[0].key].get(fold(village_said))
        if not key:
            complain(
                row, say("{units} has no village '{village_said}'", units=units[0].title, village_said=village_said)
            )
            continue
        found.setdefault((units[0].key, key), []).append(person)
        share = due[units[0].key, key]
        if len(found[units[0].key, key]) == share.tags + 1:
            complain(
                row,
                say(
                    "{units}, {village} has {tags} households, and more are listed",
                    units=units[0].title,
                    village=share.village.title,
                    tags=share.tags,
                ),
            )
    return found, tuple(findings)


def _header(table: Sequence[Sequence[object]], name: str) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(table[:HEADER_ROWS]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            for what, words in (("unit", _UNIT), ("village", _VILLAGE), ("name", _NAME)):
                if plain(cell) in words:
                    columns.setdefault(what, at)
        if {"village", "name"} <= columns.keys():
            return index, columns
    raise InputError.of(name, say("has no line with the columns unit, village, name (đơn vị, làng, chủ hộ)"))


def _cell(row: Sequence[object], at: int | None) -> str:
    if at is None or at >= len(row) or cells.is_blank(row[at]):
        return ""
    return excerpt(" ".join(str(row[at]).split()), 80)
