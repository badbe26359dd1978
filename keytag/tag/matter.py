"""What a stack says for one unit: for each line the ways to say it, as typed in the roster, before any is chosen.

Texts that are equal are fitted alike, so what the fitter works on holds no place in a file and no digit but the first:
telephone numbers of one form are set alike, whatever their digits.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from keytag.base.records import NamedTuple
from keytag.base.units import MM_PER_PT
from keytag.roster.model import Contact
from keytag.tag import rows as fitted
from keytag.tag import typeset
from keytag.tag.template import ContactList, Range, Space, Stack, TextLine
from keytag.tag.wording import Said, Value, applies, number, say

_DIGIT = re.compile(r"(?<!^)\d")
_ABOVE = 1.2  # by how much the first of two lines counts as wider: an outline is narrower there
_BROKEN = Space(0.5, 0.7)  # mm above the second line of words that wrap, up to a size of so many points; more above it
_BROKEN_AT = 7.5


class Ways(NamedTuple):
    """One line of words: the ways to say it that the roster has words for, each with its rung; or its parts."""

    line: TextLine
    at_line: int  # in its stack
    said: tuple[tuple[int, Said], ...]
    parts: tuple[Said, ...] = ()

    def at(self, rung: int) -> Said:
        """The way at a rung, or the next shorter one that there is."""
        return next((said for at, said in self.said if at >= rung), self.said[-1][1])

    @property
    def depth(self) -> int:
        return self.said[-1][0] + 1 if self.said else 1


class Person(NamedTuple):
    """One row of a list: how the role may be called, the number, and its form: every digit but the first the same."""

    labels: tuple[Said, ...]
    number: Said
    form: str
    like: tuple[str, str]  # neighbours that are alike may share a row

    def label(self, rung: int) -> Said:
        return self.labels[min(rung, len(self.labels) - 1)]


class People(NamedTuple):
    """A list of roles and numbers."""

    list: ContactList
    at_line: int
    persons: tuple[Person, ...]

    @property
    def depth(self) -> int:
        return max(len(person.labels) for person in self.persons)

    @property
    def pairs(self) -> bool:
        """Whether rows may be shared."""
        return len(self.persons) >= self.list.pair_from and len(rows_of(self, True)) < len(self.persons)


Matter = tuple[Ways | People, ...]


def matter_of(stack: Stack, contacts: Sequence[Contact], values: dict[str, Value], lead: str | None) -> Matter:
    """The lines of `stack` that have anything to say for a unit of these contacts and facts."""
    found: list[Ways | People] = []
    for index, line in enumerate(stack.lines):
        if not applies(line.when, values):
            continue
        if isinstance(line, ContactList):
            persons = _persons(line, contacts, lead)
            if persons:
                found.append(People(line, index, persons))
            continue
        if line.parts:
            parts = [say(part.text, values, line.upper) for part in line.parts]
            if all(part is not None for part in parts):
                found.append(Ways(line, index, (), tuple(part for part in parts if part is not None)))
            continue
        said = tuple((i, s) for i, text in enumerate(line.texts) if (s := say(text, values, line.upper)) is not None)
        if said:
            found.append(Ways(line, index, said))
    return tuple(found)


def _persons(line: ContactList, everyone: Sequence[Contact], lead: str | None) -> tuple[Person, ...]:
    """The lead first, then role by role."""
    first = (lead or line.lead) if line.lead else ""
    contacts = [c for role in line.roles for c in everyone if c.role == role]
    leading = next((c for c in contacts if c.role == first), None)
    if leading is not None:
        contacts = [leading, *(c for c in contacts if c is not leading)]
    return tuple(_person(line, everyone, contact) for contact in contacts)


def _person(line: ContactList, everyone: Sequence[Contact], contact: Contact) -> Person:
    own = contact.label.value if contact.label else ""
    place = (contact.label or contact.number).span
    labels = tuple(Said(words, f"label.{contact.role}", place) for words in line.ladder(contact.role, own))
    value, field = number(contact), _field_of(everyone, contact)
    # A chief is one of a kind: nobody shares that row.
    like = (contact.role, own) if contact.role != "chief" else ("chief", field)
    return Person(labels, Said(value.text, field, value.source), blank(value.text), like)


def _field_of(everyone: Sequence[Contact], contact: Contact) -> str:
    """The roster's name for a contact's number: `unit.chief`, `unit.deputies.2`."""
    if contact.role in ("chief", "duty"):
        return f"unit.{contact.role}"
    name = "deputies" if contact.role == "deputy" else "others"
    same = (c for c in everyone if c.role == contact.role)
    return f"unit.{name}.{next(i for i, c in enumerate(same, 1) if c is contact)}"


def rows_of(people: People, paired: bool) -> list[list[Person]]:
    """The rows of a list: one a person; in pairs, neighbours of one role two and two under the first row."""
    rows: list[list[Person]] = []
    for i, person in enumerate(people.persons):
        last = rows[-1] if rows else []
        if paired and i > 1 and len(last) == 1 and last[0].like == person.like and last[0].like[0] != "chief":
            last.append(person)
        else:
            rows.append([person])
    return rows


def shown_label(rows: list[list[Person]], index: int, rung: int, paired: bool) -> Said | None:
    """The label of a row; in pairs it is not said again under a row of the same role."""
    label = rows[index][0].label(rung)
    if paired and index > 0 and len(rows[index - 1]) > 1 and rows[index - 1][0].like == rows[index][0].like:
        return None
    return label


class Choice(NamedTuple):
    """How a stack's lines are said: the rung of each line by its index, which are left out, whether rows are shared."""

    rungs: tuple[int, ...]
    left: frozenset[int]
    paired: bool


def blank(text: str) -> str:
    """A number with every digit but the first the same."""
    return _DIGIT.sub("8", text)


def items_of(line: Ways | People, rung: int, paired: bool) -> tuple[fitted.Line | fitted.Table, ...]:
    """What the fitter works on: a line said at a rung, one or two; `paired`: rows of a list are shared."""
    if isinstance(line, People):
        rows = rows_of(line, paired and line.pairs)
        paired = any(len(row) > 1 for row in rows)
        labels = [shown_label(rows, i, rung, paired) for i in range(len(rows))]
        said = tuple(
            (label.text if label else None, tuple([p.form for p in row]))
            for label, row in zip(labels, rows, strict=True)
        )
        return (_table(line.list, said, len(line.persons)),)
    if line.parts:
        return (_parts(line.line, tuple(part.text for part in line.parts)),)
    text = line.at(rung).text
    if line.line.number:
        return (_line(line.line, blank(text)),)
    first, *more = pieces(line.line, text)
    grown = max(1.0, line.line.size.usual / _BROKEN_AT)
    space = Space(_BROKEN.least * grown, _BROKEN.most * grown)
    return _line(line.line, first), *(_line(line.line, words)._replace(space=space) for words in more)


@lru_cache(maxsize=1024)
def pieces(line: TextLine, text: str) -> tuple[str, ...]:
    """The words of a line; where it wraps and they are too wide, in two lines of which the wider one is narrowest."""
    font, words, em = typeset.load(line.font), text.split(), line.size.usual * MM_PER_PT
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)) if words[at] != "-"]
    if not line.wrap or not ways or font.shape(text, line.tracking).ink_width * em <= line.wrap:
        return (text,)

    def wide(way: tuple[str, str], above: float = _ABOVE) -> float:
        upper, lower = (font.shape(piece, line.tracking).ink_width * em for piece in way)
        return max(upper * above, lower)

    joined = [way for way in ways if way[0].endswith(" -") and wide(way, 1.0) <= line.wrap]
    return min(joined or ways, key=wide)  # a double name falls apart where it is joined, if that is not too wide


@lru_cache(maxsize=1024)
def _line(line: TextLine, text: str) -> fitted.Line:
    font = typeset.load(line.font)
    height = font.digit_height if line.number else font.cap_height
    run = font.shape(text, line.tracking)
    return fitted.Line((run,), (1.0,), 0.0, line.size, line.space, height, line.number, not line.shrinks)


@lru_cache(maxsize=1024)
def _parts(line: TextLine, texts: tuple[str, ...]) -> fitted.Line:
    runs = tuple(typeset.load(part.font).shape(text) for part, text in zip(line.parts, texts, strict=True))
    shares = tuple(part.size / line.parts[0].size for part in line.parts)
    font = typeset.load(line.parts[0].font)
    return fitted.Line(runs, shares, line.part_gap, line.size, line.space, font.cap_height, False, True)


@lru_cache(maxsize=1024)
def _table(line: ContactList, rows: tuple[tuple[str | None, tuple[str, ...]], ...], people: int) -> fitted.Table:
    font, label_font = typeset.load(line.font), typeset.load(line.label_font)
    made = tuple(
        fitted.Row(label_font.shape(label) if label else None, tuple(font.shape(n) for n in numbers))
        for label, numbers in rows
    )
    at = min(3, max(0, people - 3))
    ratio, most = line.ratios[at], line.mosts[at] if line.mosts else line.size.most
    size = Range(line.size.least, line.size.least, max(line.size.least, most))
    return fitted.Table(
        made, ratio, size, line.label_size, line.gap, line.pair_gap, line.space, line.pitch, font.digit_height
    )


def class_of(matter: Matter, choice: Choice) -> tuple[object, ...]:
    """What tags must have in common to be set alike: which lines they have, and how many numbers (≤ 3, 4, 5 +)."""
    people = [len(line.persons) for line in matter if isinstance(line, People)]
    rows = tuple(3 if n <= 3 else 4 if n == 4 else 5 for n in people)
    lines = tuple(line.at_line for line in matter if line.at_line not in choice.left)
    return lines, rows


def count_of(matter: Matter) -> int:
    """How many numbers a stack lists."""
    return sum(len(line.persons) for line in matter if isinstance(line, People))


def lists_people(stack: Stack) -> bool:
    """Whether a stack holds a list of roles and numbers."""
    return any(isinstance(line, ContactList) for line in stack.lines)
