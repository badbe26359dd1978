"""Which row is the header, and what each column holds: words known after folding, or what `--map` says.

The first of 20 rows with two known words is it, and must be the only one; else nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from keytag.base.errors import UsageError
from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.words import joined, say
from keytag.office.book import Grid
from keytag.office.model import HeaderError, column_of, letters
from keytag.vietnam.names import bare

ROWS = 20
_ROLES = ("duty", "chief", "deputies")
_UNIT_POLICE = r"(?:capo?|congan|ca|cand)?(?:xa|phuong|thitran|tt|dackhu|donvi|p|x)?"
_WHO = {
    "duty": re.compile(rf"(?:canbo|cb|so|may)?truc(?:ban|chihuy)?{_UNIT_POLICE}(?:2424)?|banchihuy"),
    "chief": re.compile(rf"(?:cap)?truong{_UNIT_POLICE}|truongdonvi"),
    "deputies": re.compile(rf"(?:cac|cap)?(?:pho(?:truong)?|ptruong){_UNIT_POLICE}(?:so)?(?P<number>[1-9])?"),
}
_COLUMNS = {
    "unit": re.compile(
        r"(?:ten)?(?:donvi|diaban|xa|phuong|thitran|xaphuong(?:thitran|dackhu)?|xathitran(?:phuong)?|conganxa|caxa)(?:phuong)?"
    ),
    "kind": re.compile(r"loai(?:donvi|hinh)?|capdonvi"),
    "code": re.compile(r"ma(?:so)?(?:donvi|xa|dvhc|phuong|hanhchinh)?"),
    "role": re.compile(r"chuc(?:vu|danh)|vaitro|nhiemvu"),
    "person": re.compile(r"ho(?:va)?ten(?:canbo|dongchi)?|canbo|tencanbo"),
    "number": re.compile(
        r"(?:so)?(?:dt|dtdd|ddong|sdt|dienthoai|didong|dd|lienhe)(?:didong|lienhe|lienlac|dd|congvu|canhan)?|sodtdd|dtlienhe|somay"
    ),
    "quantity": re.compile(r"so(?:luong)?(?:the|ho|mockhoa)?(?:dan)?|soluong|sl(?:the)?"),
    "address": re.compile(r"diachi(?:giao(?:hang)?|nhan(?:hang)?|truso)?|noi(?:nhan|giao)|truso"),
    "link": re.compile(r"(?:duong)?(?:lienket|link)(?:qr|zalo|oa|zalooa)?|zalo(?:oa)?|maqr"),
    "slogan": re.compile(r"khauhieu"),
    "valid_from": re.compile(r"(?:hieuluc|co?hieuluc)?tungay|hieuluctu"),
    "valid_until": re.compile(r"(?:hieuluc)?denngay|hieulucden"),
    "authority": re.compile(r"tuphathanh"),
    "verdict": re.compile(r"dungsai"),
    "checker": re.compile(r"nguoikiem(?:tra)?"),
    "ordinal": re.compile(r"stt|tt|sott|sothutu"),
    "more": re.compile(r"muckhac"),
    "setting": re.compile(r"khoa"),
    "value": re.compile(r"giatri"),
}
_PLAIN_KIND = {"xa": "xã", "phuong": "phường", "thitran": "thị trấn"}
_BEFORE_NUMBER = re.compile(r"(?:so)?(?:sdt|dt|dtdd|dd|dienthoai(?:didong)?|didong|may|so)(?:cua)?")
_BEFORE_NAME = re.compile(r"(?:hovaten|hoten|ten|dongchi|dc)(?:cua)?")
_AFTER_NAME = re.compile(r"(?:hovaten|hoten)$")
_ALLOWED = frozenset((*_COLUMNS, *_ROLES, *(f"{role}.name" for role in _ROLES), "-"))


class Column(NamedTuple):
    """What a column holds: a field, and for the deputies which of them (0 where the header does not say).

    A column of a further role is `others` with its `label`; `kind` is the kind that its header says for all units.
    """

    field: str
    number: int = 0
    label: str = ""
    kind: str = ""


class Header:
    """The row of the header (-1 where `--map` says that there is none), and the columns by their index.

    `roles` are the columns with the numbers of a role, the deputies' in the order of their numbers; `names` are those
    with the names of the people of a role.
    """

    def __init__(self, row: int, columns: dict[int, Column], unknown: dict[int, str]) -> None:
        self.row, self.columns, self.unknown = row, columns, unknown
        self._of: dict[str, list[int]] = {}
        for index, column in columns.items():
            self._of.setdefault(column.field, []).append(index)
        of_roles = [(c.number or 99, i, c) for i, c in columns.items() if c.field in (*_ROLES, "others")]
        self.roles = tuple((index, column) for _, index, column in sorted(of_roles))
        self.names = {column.field: self.of(f"{column.field}.name") for _, column in self.roles}
        self._pairs: dict[tuple[str, ...], list[tuple[str, int]]] = {}
        self.people = bool(self.of("role") and self.of("number"))  # whether a row is a person, not a unit
        self.said = tuple(i for i, c in columns.items() if c.field not in ("ordinal", "checker", "verdict"))

    def of(self, field: str) -> list[int]:
        return self._of.get(field, [])

    def pairs(self, fields: tuple[str, ...]) -> list[tuple[str, int]]:
        """The columns of these fields, each with its field."""
        if fields not in self._pairs:
            self._pairs[fields] = [(field, column) for field in fields for column in self.of(field)]
        return self._pairs[fields]


def plain(text: object) -> str:
    """A header's word without what may differ: marks, case, blanks, brackets."""
    return _plain(text) if isinstance(text, str) else ""


@lru_cache(maxsize=4096)  # the same few roles stand in every row
def _plain(text: str) -> str:
    words = re.sub(r"\([^)]*\)", "", text)
    return re.sub(r"[\W_]+", "", bare(words)) if words.strip() else ""


def role_of(word: str, unit: str = "") -> tuple[str, int]:
    """The role that a folded word names, and its number; empty where it is none of the three."""
    return _role(word.removesuffix(unit) if unit and word != unit else word)


@lru_cache(maxsize=4096)
def _role(word: str) -> tuple[str, int]:
    for role, pattern in _WHO.items():
        if found := pattern.fullmatch(word):
            return role, int(found.groupdict().get("number") or 0)
    return "", 0


def nearly(label: str) -> bool:
    """Whether a role that is none of the three seems to be meant for one: "Quyền Trưởng CA", "Trực CA đêm"."""
    words = [bare(word) for word in re.findall(r"\w+", label)]
    police = bool({"ca", "cax", "cand"} & set(words)) or "congan" in "".join(words)
    return police and any(word.startswith(("truong", "pho", "ptruong", "truc")) for word in words)


def _known(text: object) -> Column | None:
    word = plain(text)
    if not word or len(word) > 40:
        return None
    for field, pattern in _COLUMNS.items():
        if pattern.fullmatch(word):
            return Column(field, kind=_PLAIN_KIND.get(word, "") if field == "unit" else "")
    role, number = role_of(word)
    if role:
        return Column(role, number)
    for before, end in ((_BEFORE_NUMBER, ""), (_BEFORE_NAME, ".name")):
        found = before.match(word)
        role, number = role_of(word[found.end() :]) if found else ("", 0)
        if role:
            return Column(role + end, number)
    after = _AFTER_NAME.search(word)
    role, number = role_of(word[: after.start()]) if after else ("", 0)
    return Column(f"{role}.name", number) if role else None


def header_of(grid: Grid, wanted: Mapping[int, Column] | None = None, row: int | None = None) -> Header:
    """The header of a sheet; a `HeaderError` that shows the rows where none or more than one may be it.

    `wanted` and `row` are what `--map` says: they win over what the words say.
    """
    if row is not None:
        found = _columns(grid, row) if row >= 0 else {}
    else:
        candidates = _candidates(grid)
        if len(candidates) != 1 and not (wanted and not candidates):
            what = say("more than one row may be the header") if candidates else say("no row has two words of a header")
            raise HeaderError(
                say("{grid}: {what}", grid=grid.name, what=what),
                _shown(grid, candidates),
                hint=say("say it: --map '{grid}!header=1,A=unit,B=chief'", grid=grid.name),
            )
        row = candidates[0] if candidates else -1
        found = _columns(grid, row) if row >= 0 else {}
    found = {index: column for index, column in found.items() if index not in grid.hidden_columns}
    found |= dict(wanted or {})
    _paired(found)
    found = {index: column for index, column in sorted(found.items()) if column.field != "-"}
    titles = grid.rows[row] if 0 <= row < len(grid.rows) else []
    unknown = {
        index: str(title).strip()
        for index, title in enumerate(titles)
        if index not in found and index not in (wanted or {}) and index not in grid.hidden_columns
    }
    header = Header(row, found, unknown)
    _sound(header, grid)
    return header


def _columns(grid: Grid, row: int) -> dict[int, Column]:
    cells = enumerate(grid.rows[row] if row < len(grid.rows) else [])
    return {index: known for index, text in cells if (known := _known(text)) is not None}


def _candidates(grid: Grid) -> list[int]:
    """The rows that may be the header; below one, the words in its columns of kinds and roles are values."""
    found: list[int] = []
    values: set[int] = set()
    for row in range(min(ROWS, len(grid.rows))):
        if row not in grid.hidden_rows and _may_be(grid, row, values):
            found.append(row)
            values |= {i for i, column in _columns(grid, row).items() if column.field in ("kind", "role")}
    return found


def _may_be(grid: Grid, row: int, values: set[int]) -> bool:
    """Whether a row has two known words, not counting the columns of `values`, and no telephone number."""
    cells = [cell for cell in grid.rows[row] if str(cell).strip()]
    if any(not isinstance(cell, str) or len(re.findall(r"\d", cell)) > 5 for cell in cells):
        return False
    return len(_columns(grid, row).keys() - values) >= 2


def _paired(columns: dict[int, Column]) -> None:
    """Where no column has the role, a column of numbers right of a role's has its numbers, and the role's the name."""
    if any(column.field == "role" for column in columns.values()):
        return
    for index, column in sorted(columns.items()):
        before = columns.get(index - 1)
        if column.field == "number" and before is not None and before.field in _ROLES:
            columns[index] = before
            columns[index - 1] = before._replace(field=f"{before.field}.name")


def _sound(header: Header, grid: Grid) -> None:
    """Raise where the columns do not say what the rows are."""
    fields = [(column.field, column.number, column.label) for column in header.columns.values()]
    twice = {
        field for field in fields if fields.count(field) > 1 and field[0] not in ("ordinal", "checker", "deputies")
    }
    if twice:
        shown = ", ".join(letters(i) for i, c in header.columns.items() if (c.field, c.number, c.label) in twice)
        what = say(
            "{grid}: columns {shown} seem to hold the same ({twice})",
            grid=grid.name,
            shown=shown,
            twice=next(iter(twice))[0],
        )
        raise HeaderError(
            what,
            _shown(grid, [header.row]),
            hint=say("say which counts: --map '{grid}!{split}=-'", grid=grid.name, split=shown.split(", ")[1]),
        )
    if {"setting", "value"} <= {field for field, _, _ in fields}:
        return
    named = header.of("unit") or header.of("name")
    by_role = any(column.field in (*_ROLES, "others") for column in header.columns.values())
    if not named or header.people == by_role:
        lacks = say("no column with the unit") if not named else say("no column that says whose the numbers are")
        if named and by_role:
            lacks = say("a column with the role and columns for the roles: one row a person, or one row a unit?")
        raise HeaderError(
            say("{grid}: {lacks}", grid=grid.name, lacks=lacks),
            _shown(grid, [header.row]),
            hint=say("say it: --map '{grid}!A=unit,B=chief'", grid=grid.name),
        )


def _shown(grid: Grid, candidates: Sequence[int]) -> tuple[str, ...]:
    """The first rows, or those that may be the header, as a person sees them."""
    rows = candidates or range(min(ROWS, len(grid.rows)))
    seen = [(row, [excerpt(str(cell), 30) for cell in grid.rows[row] if str(cell).strip()]) for row in rows if row >= 0]
    return tuple(
        say("{grid}, row {row}: {cells}", grid=grid.name, row=row + 1, cells=joined(" | ", cells))
        for row, cells in seen
        if cells
    )


def mapped(words: Sequence[str], grids: Sequence[Grid]) -> dict[str, tuple[dict[int, Column], int | None]]:
    """What `--map` says, by sheet: `Sheet!header=3,A=unit,C=deputies 2,D=other:Chủ tịch xã,E=-`; `UsageError`."""
    found: dict[str, tuple[dict[int, Column], int | None]] = {}
    for word in words:
        sheet, _, rest = word.rpartition("!")
        names = [grid.name for grid in grids if not sheet or grid.name == sheet]
        if not names:
            raise UsageError(
                say("--map: there is no sheet {sheet!r}", sheet=sheet),
                hint=say("sheets: {grids}", grids=joined(", ", (g.name for g in grids))),
            )
        columns: dict[int, Column] = {}
        row: int | None = None
        for part in rest.split(","):
            key, _, value = (piece.strip() for piece in part.partition("="))
            if key == "header" and value.isdecimal():
                row = int(value) - 1
                continue
            index = column_of(key) if value else None
            if index is None:
                raise UsageError(
                    say("--map: {part!r} is no column and field", part=part.strip()), hint=say("write it as C=chief")
                )
            if index in columns:
                raise UsageError(
                    say("--map: column {key} stands twice", key=key), hint=say("a column holds one thing: C=chief")
                )
            columns[index] = _asked(value)
        for name in names:
            before, was = found.get(name, ({}, None))
            found[name] = ({**before, **columns}, row if row is not None else was)
    return found


def _asked(value: str) -> Column:
    if value.startswith("other:") and value[6:].strip():
        return Column("others", label=value[6:].strip())
    field, _, number = value.partition(" ")
    field = {"deputy": "deputies", "deputy.name": "deputies.name", "order": "ordinal"}.get(field, field)
    if field not in _ALLOWED or (number and not number.isdecimal()):
        known = ", ".join(sorted(_ALLOWED - {"setting", "value"}))
        raise UsageError(
            say("--map: there is no field {value!r}", value=value), hint=say("fields: {known}, other:ROLE", known=known)
        )
    return Column(field, int(number or 0))
