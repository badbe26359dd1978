"""The roster: all contacts of one job, as the person typed them, each with its place in the file.

Only values. Reading them is `contacts`' business, judging them the checks'. Anything may be missing (None, empty): a
roster that loads composes, and complaints are findings.
"""

from typing import NamedTuple

from keytag.base.diagnostics import Diagnostic, Span
from keytag.files.source import Source, Text


class Contact(NamedTuple):
    """One number and whose it is.

    `role` is `duty`, `chief`, `deputy` or `other`; `label` is the role's own words where the roster gives them
    ("Chủ tịch xã"); `name` is the person, for hand-out lists and checks, never printed on a tag unless a template asks.
    """

    role: str
    number: Text
    label: Text | None = None
    name: Text | None = None


class Validity(NamedTuple):
    """First and last day, as typed (ISO dates); None where open."""

    since: Text | None = None
    until: Text | None = None


class Authority(NamedTuple):
    """Who issues the tag: a district, a province or the commune itself (`level`, as typed; `commune` where own)."""

    name: Text | None
    level: Text | None
    kind: Text | None  # huyện, thị xã, thành phố, tỉnh … where the level does not say it
    province: Text | None
    duty: Contact | None
    chief: Contact | None
    link: Text | None  # its Zalo Official Account
    slogan: Text | None
    valid: Validity
    span: Span
    own: bool = False  # made from a unit that is its own authority


class Unit(NamedTuple):
    """One commune, town or ward police post. `key` is unique in the roster and safe as a file name."""

    key: str
    kind: Text | None  # xã, thị trấn, phường
    name: Text | None
    code: Text | None
    duty: Contact | None
    chief: Contact | None
    deputies: tuple[Contact, ...]
    others: tuple[Contact, ...]
    quantity: Text | None
    link: Text | None
    slogan: Text | None
    address: Text | None
    valid: Validity
    authority: Authority | None
    span: Span
    mark: str = ""  # its code or key, where another unit of the roster has the same name

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Everyone who can be called, in the order of the roster's fields: chief, deputies, duty, others."""
        head = (self.chief,) if self.chief else ()
        duty = (self.duty,) if self.duty else ()
        return (*head, *self.deputies, *duty, *self.others)

    @property
    def tags(self) -> int:
        """How many tags are ordered; 0 where the quantity is missing or is not a whole number."""
        text = self.quantity.value.replace(".", "").replace(" ", "") if self.quantity else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0

    @property
    def title(self) -> str:
        """Kind and name as a person says them ("xã A Dơk"); the key where both are missing."""
        return " ".join(t.value for t in (self.kind, self.name) if t) or self.key

    @property
    def full_title(self) -> str:
        """The title as papers show it: with the unit's mark, where its name is not alone."""
        return f"{self.title} ({self.mark})" if self.mark else self.title


class PlannedPlate(NamedTuple):
    """One plate set of a plan made by hand: its run, and for each unit its tags on a sheet."""

    run: Text | None
    slots: tuple[tuple[Text, Text], ...]
    span: Span


class Job(NamedTuple):
    """What is to be made of the roster. Texts as typed; None where the roster does not say."""

    name: Text | None
    template: Text | None
    scheme: Text | None
    spoilage: Text | None  # "3%"
    date: Text | None  # ISO date of issue: every date in every output
    edition: Text | None  # "05/2020"
    qr_hosts: tuple[Text, ...]
    slogan: Text | None
    show_113: Text | None  # yes, no
    plate_cost: Text | None  # what a plate set costs, in printed sheets
    max_plates: Text | None
    max_overs: Text | None  # "10%"
    customer: Text | None
    per_box: Text | None  # tags in a box, for the packing list
    shortest_run: Text | None = None
    run_multiple: Text | None = None
    apart: tuple[tuple[Text, ...], ...] = ()  # units by name, key or code
    together: tuple[tuple[Text, ...], ...] = ()
    plan: tuple[PlannedPlate, ...] = ()
    span: Span | None = None
    lead: Text | None = None  # duty, chief: whose number comes first, in place of what the template says


class Roster(NamedTuple):
    """Everything of one job. `problems` is what reading found (unknown keys, wrong kinds), `files` what was read."""

    job: Job
    authorities: tuple[Authority, ...]
    units: tuple[Unit, ...]
    files: tuple[Source, ...]
    problems: tuple[Diagnostic, ...]
