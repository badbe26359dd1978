"""The roster: all contacts of one job, as the person typed them, each with its place in the file.

Only values. Reading them is `contacts`' business, judging them the checks'. Anything may be missing (None, empty): a
roster that loads composes, and complaints are findings.
"""

from keytag.base.diagnostics import Diagnostic, Span
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.source import Source, Text


def count(text: Text | None) -> int:
    """A number of things as typed, thousands set off or not (1.195); 0 where there is none."""
    digits = text.value.replace(".", "").replace(" ", "") if text else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0


class Contact(NamedTuple):
    """One number and whose it is.

    `role` is `duty`, `chief`, `deputy` or `other`, and of a village `officer` or `head`; `label` is the role's own
    words where the roster gives them ("Chủ tịch xã"); `name` is the person, for hand-out lists and checks, never
    printed on a tag unless a template asks.
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


class Village(NamedTuple):
    """One village of a unit. Its `language` is the village's, never a household's."""

    kind: Text | None  # thôn, làng, buôn …
    name: Text | None
    code: Text | None  # short, for labels and returns
    households: Text | None
    language: Text | None  # ISO 639-3
    officer: Contact | None
    head: Contact | None
    span: Span

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Its officer and its head, as far as they are named."""
        return tuple(contact for contact in (self.officer, self.head) if contact is not None)

    @property
    def tags(self) -> int:
        """Its tags, one a household; 0 where the number is missing or is none."""
        return count(self.households)

    @property
    def title(self) -> str:
        """Kind and name as a person says them; the code where both are missing."""
        found = " ".join(t.value for t in (self.kind, self.name) if t)
        return found or (self.code.value if self.code else say("the village"))


class Serials(NamedTuple):
    """The serials of a job or a unit, as typed; `digits`, `round` and `link` are the job's only."""

    prefix: Text | None
    start: Text | None
    size: Text | None
    reserve: Text | None
    span: Span
    digits: Text | None = None
    round: Text | None = None
    link: Text | None = None


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
    reserve: Text | None = None  # "5%" of the households, or a number of tags
    villages: tuple[Village, ...] = ()
    serials: Serials | None = None  # a range of its own
    village: Village | None = None  # of whom a piece tells that is made for each village

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Everyone who can be called, in the order of the roster's fields: chief, deputies, duty, others."""
        head = (self.chief,) if self.chief else ()
        duty = (self.duty,) if self.duty else ()
        return (*head, *self.deputies, *duty, *self.others)

    @property
    def tags(self) -> int:
        """How many tags are ordered; 0 where the quantity is missing or is not a whole number."""
        return count(self.quantity)

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


class Product(NamedTuple):
    """One printed piece of a job that has several. Texts as typed."""

    name: Text | None
    template: Text | None
    scheme: Text | None
    per: Text | None  # household, unit, village
    copies: Text | None  # for each unit or village
    stock: Text | None  # what it is printed on
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
    order: Text | None = None  # the customer's number
    contact: Text | None = None  # whom the factory asks
    delivery: Text | None = None  # ISO date
    products: tuple[Product, ...] = ()
    site: Text | None = None  # the address of the roster's site
    lead: Text | None = None  # duty, chief: whose number comes first, in place of what the template says
    papers: Text | None = None  # both, vi, en: the language of the papers
    serials: Serials | None = None


class SiteLink(NamedTuple):
    """A service of others: what people read, where it leads, when somebody looked, and how long it is shown."""

    text: Text | None
    url: Text | None
    checked: Text | None
    until: Text | None
    span: Span


class Notice(NamedTuple):
    """A warning or news, from its day to its last."""

    date: Text | None
    until: Text | None
    text: Text | None
    span: Span


class Language(NamedTuple):
    """Words in one language (`code`, ISO 639-3), with the names of who wrote and who read them."""

    code: Text
    call: Text | None
    by: Text | None
    read_by: Text | None
    audio: Text | None

    @property
    def signed(self) -> bool:
        """Whether two different people answer for the words."""
        names = [text.value.strip().casefold() for text in (self.by, self.read_by) if text]
        return len(names) == 2 and all(names) and names[0] != names[1]


class Site(NamedTuple):
    """The pages behind the code. Texts as typed."""

    address: Text | None
    date: Text | None
    show: tuple[Text, ...]
    links: tuple[SiteLink, ...]
    notices: tuple[Notice, ...]
    languages: tuple[Language, ...]
    templates: Text | None
    span: Span


class Roster(NamedTuple):
    """Everything of one job. `findings` is what reading found (unknown keys, wrong kinds), `files` what was read."""

    job: Job
    authorities: tuple[Authority, ...]
    units: tuple[Unit, ...]
    files: tuple[Source, ...]
    findings: tuple[Diagnostic, ...]
    site: Site | None = None
