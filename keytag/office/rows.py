"""Rows become units: which unit a row is about, whose numbers it has, and what two rows of one unit must agree on."""

from __future__ import annotations

from keytag.base.records import maker
from keytag.base.words import say
from keytag.office.carried import FIELD, UNIT_KEYS, read
from keytag.office.header import Column, Header, nearly, plain, role_of
from keytag.office.model import Entry, Person, Place, State, Taken, Value
from keytag.office.taking import Taker
from keytag.vietnam import kinds
from keytag.vietnam.names import bare, fold

OTHER = "Khác:"  # before a further role whose words are those of a usual one
_OWN = ("quantity", "address", "link", "slogan", "valid_from", "valid_until", "authority", FIELD)
_person = maker(Person)
_WORDS = {"duty": say("the duty desk"), "chief": say("the chief")}


class _Unit:
    """A unit that is being put together."""

    def __init__(self, row: int, place: Place) -> None:
        self.row, self.place = row, place
        self.facts: dict[str, Value] = {}
        self.one: dict[str, Person] = {}
        self.deputies: list[Person] = []
        self.others: list[Person] = []
        self.touched = False  # a row said something of it that was refused or left out, and is told


class Units:
    """All units of a workbook in the order in which they first stand there."""

    def __init__(self) -> None:
        self._all: list[_Unit] = []
        self._named: dict[tuple[str, str], list[_Unit]] = {}

    def add(self, taker: Taker, header: Header, row: int) -> None:
        """Take one row."""
        unit = self._unit(taker, header, row)
        if unit is None:
            _unknown(taker, header, row)
            return
        before = len(taker.cells)
        for field, column in header.pairs(_OWN):
            if not taker.silent(row, column):
                self._fact(taker, unit, field, row, column)
        if header.people:
            _person_row(taker, header, row, unit)
        else:
            _unit_row(taker, header, row, unit)
        if not unit.touched:
            unit.touched = any(cell.state is not State.READ for cell in taker.cells[before:])

    def finished(self) -> tuple[tuple[Entry, ...], list[Taken]]:
        """The units, and complaints about those that nothing is said of."""
        complaints = []
        for unit in self._all:
            if not (unit.one or unit.deputies or unit.others or unit.touched or set(unit.facts) - {"kind", "name"}):
                why = say("has neither number, code nor quantity: is it a unit? Take the row away where it is none")
                said = unit.facts.get("name")
                complaints.append(Taken(unit.place, State.REFUSED, said.text if said else "", why=why))
        entries = tuple(
            Entry(unit.facts, unit.one.get("duty"), unit.one.get("chief"), tuple(unit.deputies), tuple(unit.others))
            for unit in self._all
        )
        return entries, complaints

    def _unit(self, taker: Taker, header: Header, row: int) -> _Unit | None:
        """The unit that a row is about; None where it is not said or refused."""
        found = _named(taker, header, row)
        if found is None:
            return None
        facts, filled = found
        key = (fold(facts["kind"].text) if "kind" in facts else "", fold(facts["name"].text))
        code = facts.get("code")
        alike = self._named.setdefault(key, [])
        same = [u for u in alike if code is None or "code" not in u.facts or u.facts["code"].text == code.text]
        if filled and same != alike[-1:]:
            taker.refuse(
                row, code.place.column if code else facts["name"].place.column, say("its code is another unit's")
            )
            return None
        if len(same) > 1:
            taker.refuse(
                row, facts["name"].place.column, say("several units have this name: write the code in each row")
            )
            return None
        if not same:
            unit = _Unit(row, facts["name"].place)
            unit.facts = facts
            alike.append(unit)
            self._all.append(unit)
            return unit
        unit = same[0]
        if not header.people and unit.row != row:
            where = unit.facts["name"].place
            taker.refuse(row, facts["name"].place.column, say("this unit stands at {where} already", where=where))
            return None
        if code is not None:
            unit.facts.setdefault("code", code)
        return unit

    @staticmethod
    def _fact(taker: Taker, unit: _Unit, field: str, row: int, column: int) -> None:
        first = taker.covered(row, column)
        if first is not None:
            if unit.row <= first[0] or taker.blank(*first):
                return  # the same unit's, and read in its first row
            taker.refuse(row, column, say("merged with the cell of another unit: write it in each row"))
            return
        take = {"quantity": taker.count, "valid_from": taker.day, "valid_until": taker.day}.get(field, taker.text)
        value = take(row, column)
        if value is None:
            return
        if field == "authority" and value.text != "self":
            taker.refuse(row, column, say("only the word self may stand here"))
        elif field == FIELD and not _is_carried(value.text):
            taker.refuse(row, column, say("is not what keytag export wrote: put that back, or clear the cell"))
        elif field not in unit.facts:
            unit.facts[field] = value
        elif unit.facts[field].text != value.text:
            taker.refuse(
                row,
                column,
                say(
                    "{place} says {facts} for the same unit",
                    place=unit.facts[field].place,
                    facts=unit.facts[field].text,
                ),
            )


def _is_carried(text: str) -> bool:
    try:
        found = read(text)
    except ValueError:
        return False
    return isinstance(found, dict) and set(found) <= UNIT_KEYS


def _named(taker: Taker, header: Header, row: int) -> tuple[dict[str, Value], bool] | None:
    """Kind, name and code of a row, and whether the name is filled down from a merged range."""
    column = (header.of("unit") or header.of("name"))[0]
    first = taker.covered(row, column)
    at = row
    if first is not None:
        if first[1] != column:
            taker.refuse(row, column, say("merged with another column: the unit's name must stand alone"))
            return None
        at = first[0]
        if at <= header.row:
            return None
    if taker.blank(at, column):
        return None
    before = len(taker.cells)
    name = taker.text(at, column)
    if name is None:
        return None
    if at != row:  # the cell itself was told in its own row
        del taker.cells[before:]
    facts: dict[str, Value] = {"name": name}
    if header.of("kind"):
        kind = _filled(taker, header.of("kind")[0], row)
        if kind is not None:
            facts["kind"] = kind
    else:
        _parted(taker, header.columns[column], name, facts, at == row)
    for code_at in header.of("code"):
        own = taker.covered(row, code_at)
        code = taker.code(row, code_at) if own is None else _filled(taker, code_at, row, code=True)
        if code is not None:
            facts["code"] = code
    return facts, at != row


def _filled(taker: Taker, column: int, row: int, *, code: bool = False) -> Value | None:
    """A cell's text, from the first of its merged range where it is in one."""
    first = taker.covered(row, column)
    if first is not None and first[1] != column:
        return None
    before = len(taker.cells)
    at = first[0] if first else row
    value = taker.code(at, column) if code else taker.text(at, column)
    if first is not None:
        del taker.cells[before:]
    return value


def _parted(taker: Taker, column: Column, name: Value, facts: dict[str, Value], own: bool) -> None:
    """Kind and name out of one cell ("Công an xã Glar", "TT. Đak Đoa"), or the kind that the header says."""
    _, kind, rest = kinds.leading(name.text)
    if kind and kinds.is_kind(kind):
        facts["kind"], facts["name"] = Value(kind, name.place), Value(rest.strip(), name.place)
    elif column.kind:
        facts["kind"] = Value(column.kind, name.place)
    if own and "kind" in facts:
        words = f"{facts['kind'].text} {facts['name'].text}"
        if words.casefold() != name.text.casefold() and taker.cells[-1].state is State.READ:
            taker.cells[-1] = taker.cells[-1]._replace(
                state=State.RESTORED, value=words, why=say("kind and name parted")
            )


def _unknown(taker: Taker, header: Header, row: int) -> None:
    """A row without unit: refused at what it has to say, unless that was told already."""
    column = (header.of("unit") or header.of("name"))[0]
    if any(cell.place.row == row and cell.place.column == column for cell in taker.cells[-3:]):
        for other in header.said:
            if other != column and not taker.blank(row, other):
                taker.say(row, other, State.LEFT_OUT, why=say("its row's unit is not read"))
        return
    if not any(cell.place.row == row and cell.state is State.REFUSED for cell in taker.cells[-3:]):
        why = say("this row names no unit: only merged cells carry a unit down; write it in each row")
        taker.refuse(row, column, why)


def _hidden_by(taker: Taker, row: int, column: int) -> bool:
    """Whether a cell of a person is hidden by a merged range: then it is not clear whose the value is."""
    first = taker.covered(row, column)
    if first is None or taker.blank(*first):
        return False
    taker.refuse(row, column, say("merged with {place}: it is not clear whose that is", place=taker.place(*first)))
    return True


def _person_row(taker: Taker, header: Header, row: int, unit: _Unit) -> None:
    role_at, number_at = header.of("role")[0], header.of("number")[0]
    name_at = next(iter(header.of("person")), None)
    label = _filled(taker, role_at, row)
    role, _ = role_of(plain(label.text), bare(unit.facts["name"].text)) if label else ("", 0)
    other = label is not None and label.text.startswith(OTHER)
    if label is not None and other:
        role, label = "", label._replace(text=label.text.removeprefix(OTHER).strip())
    if _hidden_by(taker, row, number_at) or (name_at is not None and _hidden_by(taker, row, name_at)):
        return
    name = taker.text(row, name_at) if name_at is not None else None
    several = 9 if role == "deputies" and name is None else 1
    said = taker.blank(row, number_at)
    numbers = taker.numbers(row, number_at, several, _WORDS.get(role, label.text if label else say("one person")))
    if numbers and _marked_wrong(taker, header, row):
        taker.refuse(row, number_at, say("was marked as wrong by whoever checked it"))
        return
    if said and name is not None:
        taker.refuse(row, number_at, say("there is no number for this person"))
    elif said and label is not None:  # a form that was not filled in: keytag check finds what must not be lacking
        taker.say(row, number_at, State.LEFT_OUT, why=say("{label}: there is no number", label=label.text))
    elif numbers and label is not None and not role and not other and nearly(label.text):
        how = say(
            "write it as Trưởng Công an, Phó Trưởng Công an or Trực ban, or '{other} {label}' to print it so",
            other=OTHER,
            label=label.text,
        )
        taker.refuse(row, role_at, say("is it one of the three usual roles? {how}", how=how))
    elif numbers and label is None:
        taker.refuse(row, role_at, say("whose number is this? The role is missing"))
    elif numbers and label is not None:
        _put(taker, unit, role, [Person(number, name) for number in numbers], label, (row, number_at))


def _marked_wrong(taker: Taker, header: Header, row: int) -> bool:
    return any(plain(taker.raw(row, column)) == "sai" for column in header.of("verdict"))


def _put(
    taker: Taker, unit: _Unit, role: str, people: list[Person], label: Value | None, spot: tuple[int, int]
) -> None:
    if role == "deputies":
        unit.deputies += people
    elif not role:
        unit.others += [person._replace(label=label) for person in people]
    elif role in unit.one:
        other = unit.one[role].number
        taker.refuse(
            *spot,
            say(
                "{place} has a number for {words} already: {other}",
                place=other.place,
                words=_WORDS[role],
                other=other.text,
            ),
        )
    else:
        unit.one[role] = people[0]


def _unit_row(taker: Taker, header: Header, row: int, unit: _Unit) -> None:
    """The numbers of one row a unit, each in its role's column."""
    merged = taker.grid.merged
    for index, column in header.roles:
        if merged and _hidden_by(taker, row, index):
            continue
        name = _name_beside(taker, header, row, index, column) if header.names[column.field] else None
        most = 9 if column.field == "deputies" and name is None else 1
        numbers = taker.numbers(row, index, most, _WORDS.get(column.field, "one person"))
        label = Value(column.label, taker.place(row, index)) if column.label else None
        if numbers:
            role = column.field if column.field != "others" else ""
            _put(taker, unit, role, [_person((number, name, None)) for number in numbers], label, (row, index))
        elif name is not None and taker.blank(row, index):
            taker.refuse(row, index, say("{name} has no number", name=name.text))


def _name_beside(taker: Taker, header: Header, row: int, index: int, column: Column) -> Value | None:
    """The person's name from the column of names that belongs to a column of numbers."""
    found = [i for i in header.names[column.field] if header.columns[i].number == column.number]
    if len(found) > 1:  # several columns without numbers: the one just left of it
        found = [i for i in found if i == index - 1]
    if not found or _hidden_by(taker, row, found[0]):
        return None
    return taker.text(row, found[0])
