"""What the fields of a template say for one unit: the roster's facts as they are printed, each with its source.

No fonts and no sizes: those are `fitting`'s. Numbers are printed in their usual grouping with every digit as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from keytag.base.diagnostics import Span
from keytag.base.records import NamedTuple
from keytag.files.fields import day, flag
from keytag.files.source import Text
from keytag.roster.model import Authority, Contact, Job, Unit
from keytag.roster.serials import SERIAL, form_of
from keytag.serial.form import specimen
from keytag.tag.template import Element, Label, Paragraph, QrPanel, Stack, Template, TextLine, When
from keytag.tag.template_fields import FIELD, FIELDS, SERIALS, names_in
from keytag.vietnam import kinds
from keytag.vietnam.authorities import kind_of
from keytag.vietnam.phones import display

_LANGUAGES = tuple(name.removeprefix("language.") for name in FIELDS if name.startswith("language."))
_ZALO = re.compile(r"https?://zalo\.me/", re.IGNORECASE)


class Value(NamedTuple):
    """A field's printed words and where they come from; empty where the roster has nothing."""

    text: str
    source: Span | None = None


NOTHING = Value("")
PEOPLE = ("unit.duty", "unit.chief", "unit.deputies", "unit.others")  # fields of those who can be called


def fields(job: Job, unit: Unit) -> dict[str, Value]:
    """All of `FIELDS` for one unit; missing facts are empty."""
    authority = unit.authority
    kind = _text(unit.kind)
    head = _authority(authority, job)
    slogans = (unit.slogan, authority.slogan if authority else None, job.slogan)
    return {
        **head,
        "unit.kind": kind,
        "unit.kind_short": _short(kind),
        "unit.name": _text(unit.name),
        "unit.code": _text(unit.code),
        "unit.duty": _number(unit.duty),
        "unit.chief": _number(unit.chief),
        "unit.address": _text(unit.address),
        "slogan": next((_text(s) for s in slogans if s is not None), NOTHING),
        "emergency": emergency(job),
        "edition": _text(job.edition),
        "date": _text(job.date),
        "link": link(unit),
        "link.cue": _cue(link(unit)),
        **_serials(job, unit),
        "site": _text(job.site),
        "tel": head["authority.duty"] if unit.duty is None else _number(unit.duty),
        "valid_until": _until(unit),
        **_village(unit),
    }


def _until(unit: Unit) -> Value:
    """The last day on which the unit's and its authority's facts hold, as people write it: 28/02/2025."""
    texts = [unit.valid.until, unit.authority.valid.until if unit.authority else None]
    days = [(found, text.span) for text in texts if text is not None and (found := day(text))]
    if not days:
        return NOTHING
    date, span = min(days)
    year, month, number_of_day = date.split("-")
    return Value(f"{number_of_day}/{month}/{year}", span)


def _village(unit: Unit) -> dict[str, Value]:
    """The facts of the village that a piece tells of, and which languages are spoken where it goes."""
    village = unit.village
    spoken = {v.language.value: v.language.span for v in ((village,) if village else unit.villages) if v.language}
    facts = (village.kind, village.name, village.households) if village else (None, None, None)
    return {
        **dict(zip(("village.kind", "village.name", "village.households"), map(_text, facts), strict=True)),
        "village.officer": _number(village.officer) if village else NOTHING,
        "village.head": _number(village.head) if village else NOTHING,
        **{f"language.{code}": Value(code, spoken[code]) if code in spoken else NOTHING for code in _LANGUAGES},
    }


def _serials(job: Job, unit: Unit) -> dict[str, Value]:
    """A specimen, as wide as any serial, and a link that says it: every tag has its own in their places.

    `tag.link` is the unit's link where the job has none for single tags.
    """
    form, said = form_of(job, unit.serials), link(unit)
    if form is None or job.serials is None:
        return {"serial": NOTHING, "tag.link": said, "tag.cue": _cue(said)}
    number, own = specimen(form), job.serials.link
    if own is not None:
        said = Value(own.value.replace(SERIAL, form.text(number)), own.span)
    return {"serial": Value(form.printed(number), job.serials.span), "tag.link": said, "tag.cue": _cue(said)}


def _short(kind: Value) -> Value:
    return Value(kinds.SHORT.get(kind.text.casefold(), kind.text), kind.source)


def _cue(said: Value) -> Value:
    """What a person is told to do with the code: it is called Zalo's only where it is."""
    if not said.text:
        return NOTHING
    return Value("Quét Zalo" if _ZALO.match(said.text) else "Quét mã", said.source)


def _authority(authority: Authority | None, job: Job) -> dict[str, Value]:
    if authority is None:
        return dict.fromkeys((name for name in FIELDS if name.startswith("authority.")), NOTHING)
    name = _text(authority.name)
    level = _text(authority.level)
    if authority.kind is not None:
        kind = _text(authority.kind)
    else:
        province, date = _text(authority.province).text, _text(job.date).text
        kind = Value(kind_of(level.text.casefold(), name.text, province, date), level.source)
    office, said, rest = kinds.leading(name.text)
    if said and not office:  # "thành phố Pleiku", "TP. Pleiku" says its own kind
        kind = Value(name.text[: -len(rest)].rstrip(), name.source)
        name = Value(rest, name.source)
    return {
        "authority.kind": kind,
        "authority.kind_short": _short(kind),
        "authority.name": name,
        "authority.duty": _number(authority.duty),
        "authority.chief": _number(authority.chief),
    }


def link(unit: Unit) -> Value:
    """The unit's own QR link, or its authority's."""
    if unit.link is not None:
        return _text(unit.link)
    return _text(unit.authority.link) if unit.authority else NOTHING


def emergency(job: Job) -> Value:
    """113 where the job wants it printed."""
    wanted = job.show_113
    return Value("113", wanted.span) if wanted and flag(wanted) else NOTHING


def _text(text: Text | None) -> Value:
    return NOTHING if text is None else Value(text.value, text.span)


def _number(contact: Contact | None) -> Value:
    return NOTHING if contact is None else number(contact)


def number(contact: Contact) -> Value:
    """A contact's number as it is printed."""
    return Value(display(contact.number.value, contact.role == "duty"), contact.number.span)


def applies(when: When, values: Mapping[str, Value]) -> bool:
    """Whether what hangs on these facts is set."""
    return all(values[name].text for name in when.needs) and not any(values[name].text for name in when.unless)


def mentioned(template: Template) -> frozenset[str]:
    """All fields that a design prints or puts into a QR symbol."""
    return frozenset(name for text in printed_texts(template) for name in names_in(text))


def printed_texts(template: Template) -> tuple[str, ...]:
    """The words of a design with their fields, as its file has them, and its QR links; contacts' roles not."""
    return tuple(text for element in (*template.front, *template.back) for text in _texts(element))


def told_by(face: Sequence[Element]) -> tuple[str, ...]:
    """All facts that a face depends on, what it says and what its elements hang on, in a fixed order; people not."""
    found: set[str] = set()
    for element in face:
        lines = element.lines if isinstance(element, Stack) else ()
        for when in (element.when, *(line.when for line in lines)):
            found |= {*when.needs, *when.unless}
        found |= {name for text in _texts(element) for name in names_in(text)}
        if isinstance(element, QrPanel):
            found |= {*SERIALS, "link"}  # whether each tag has a code of its own
    return tuple(sorted(found))


def _texts(element: Element) -> Iterator[str]:
    """The words of an element with their fields, and a QR link."""
    if isinstance(element, Stack):
        for line in element.lines:
            if isinstance(line, TextLine):
                yield from (*line.texts, *(part.text for part in line.parts))
    elif isinstance(element, Paragraph):
        yield from element.texts
    elif isinstance(element, Label):
        yield element.text
    elif isinstance(element, QrPanel):
        yield element.link


class Said(NamedTuple):
    """A pattern with its fields put in: the words, the first field's name and source; None of it where one is empty."""

    text: str
    field: str
    source: Span | None


def say(pattern: str, values: dict[str, Value], upper: bool = False) -> Said | None:
    """`pattern` with its `{field}`s filled in; None where one of them is empty (the line is then left out)."""
    names = names_in(pattern)
    if any(not values.get(name, NOTHING).text for name in names):
        return None
    text = FIELD.sub(lambda match: values[match[1]].text, pattern)
    # The last field is the most telling one: "CÔNG AN {unit.kind} {unit.name}" is about the name.
    source = values[names[-1]].source if names else None
    return Said(text.upper() if upper else text, names[-1] if names else "", source)
