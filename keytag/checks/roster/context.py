"""What the contact checks look at: the roster, the day to judge by, and every number, text and link gathered once.

No judgement here: the checks only walk these lists, so that a roster of thousands of units is gone through once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.base.records import NamedTuple
from keytag.base.words import Message, say
from keytag.checks.roster.places import Places
from keytag.files.fields import day
from keytag.files.source import Text
from keytag.roster.model import Authority, Contact, Roster, Unit, Validity, Village
from keytag.roster.site import allowed_hosts
from keytag.vietnam.links import Verdict, judge
from keytag.vietnam.phones import Kind, Phone, classify

MENTIONED = "text"  # the role of a number that running text mentions
OFFICER, HEAD = "officer", "head"  # roles of a village's people, whose numbers no tag has
OFF_TAG = (MENTIONED, OFFICER, HEAD)  # whose numbers are compared by other rules than those of one tag
_ROLES = {
    "duty": say("duty"),
    "chief": say("chief"),
    "deputy": say("deputy"),
    OFFICER: say("officer"),
    HEAD: say("head"),
}


class Number(NamedTuple):
    """A number, what it is, and whose. `unit` is None where it is the authority's."""

    contact: Contact
    phone: Phone
    unit: Unit | None
    authority: Authority | None
    village: Village | None = None

    @property
    def text(self) -> Text:
        return self.contact.number

    @property
    def who(self) -> str:
        """Whose number it is, in words: "xã Glar, chief"."""
        contact = self.contact
        role = contact.label.value if contact.label else _ROLES.get(contact.role, contact.role)
        return say("{owner}, {role}", owner=self.owner, role=role)

    @property
    def owner(self) -> str:
        """The unit or authority that it belongs to."""
        if self.unit is not None:
            return (
                say("{unit}, {village}", unit=self.unit.title, village=self.village.title)
                if self.village
                else self.unit.title
            )
        return title_of(self.authority) if self.authority else say("the roster")

    @property
    def key(self) -> str:
        return self.unit.key if self.unit else ""


class Printed(NamedTuple):
    """A text of the roster and what it is; `printed` where it goes onto the tag."""

    text: Text
    what: str
    key: str
    printed: bool


class Link(NamedTuple):
    """A QR link and what is wrong with it."""

    text: Text
    key: str
    verdict: Verdict | None


class Dated(NamedTuple):
    """A text that should be a date."""

    text: Text
    what: str
    key: str


def title_of(authority: Authority) -> str:
    """What people call an authority."""
    return authority.name.value if authority.name else say("the authority")


class Context:
    """One roster being checked.

    `on` is the day to judge by (YYYY-MM-DD), empty where nobody says it; `prints` the fields that the design prints,
    `literals` the telephone numbers in the design's own words.
    """

    def __init__(
        self,
        roster: Roster,
        on: str | None = None,
        prints: frozenset[str] = frozenset(),
        literals: Sequence[Text] = (),
    ) -> None:
        self.roster = roster
        self.prints = prints
        self.asked = on or ""
        self.on = on or iso(roster.job.date) or ""
        self.authorities = tuple(a for a in roster.authorities if not a.own)
        self.codes = Counter(unit.code.value for unit in roster.units if unit.code is not None)
        self.places = Places(roster.units, self.on)
        self._memo: dict[tuple[str, bool], Phone] = {}
        self.numbers: list[Number] = []
        self.by_kind: dict[Kind, list[Number]] = defaultdict(list)
        for authority in self.authorities:
            for contact in (authority.duty, authority.chief):
                if contact is not None:
                    self._add(contact, None, authority)
        for unit in roster.units:
            for contact in unit.contacts:
                self._add(contact, unit, unit.authority)
            for village in unit.villages:
                for contact in village.contacts:
                    self._add(contact, unit, unit.authority, village)
        self._add_mentions(literals)

    def _add_mentions(self, literals: Sequence[Text]) -> None:
        """Numbers in running text that is printed: slogans, roles, the design's own words; judged like the others."""
        job, only = self.roster.job, self.authorities[0] if len(self.authorities) == 1 else None
        texts: list[tuple[Text | None, str, Unit | None, Authority | None]] = [(job.slogan, "slogan", None, only)]
        texts += [(authority.slogan, "slogan", None, authority) for authority in self.authorities]
        for unit in self.roster.units:
            texts.append((unit.slogan, "slogan", unit, unit.authority))
            if "unit.address" in self.prints:
                texts.append((unit.address, "address", unit, unit.authority))
            texts += [(contact.label, "role", unit, unit.authority) for contact in unit.others]
        digits = frozenset("0123456789")
        for text, what, owner, authority in texts:
            if text is not None and not digits.isdisjoint(text.value):
                from keytag.vietnam.texts import numbers_in  # most rosters have no such text: start-up is a feature

                for mention in numbers_in(text.value):
                    part = Text(mention.text, self._within(text, mention.start, mention.end))
                    self._add(Contact(MENTIONED, part, Text(what, text.span)), owner, authority)
        for literal in literals:
            self._add(Contact(MENTIONED, literal, Text(say("the template"), literal.span)), None, only)

    def _within(self, text: Text, start: int, end: int) -> Span:
        """Where a part of `text` stands; all of it where the file shows it in another way."""
        span = text.span
        lines = self._sources.get(span.file, [])
        if span.line != span.end_line or span.line > len(lines):
            return span
        raw = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        first = raw.find(text.value)
        if first not in (0, 1):
            return span
        column = span.column + first
        return Span(span.file, span.line, column + start, span.line, column + end)

    def _add(
        self, contact: Contact, unit: Unit | None, authority: Authority | None, village: Village | None = None
    ) -> None:
        key = (contact.number.value, contact.role == "duty")
        phone = self._memo.get(key)
        if phone is None:
            phone = self._memo[key] = classify(*key)
        number = Number(contact, phone, unit, authority, village)
        self.numbers.append(number)
        self.by_kind[phone.kind].append(number)

    @cached_property
    def texts(self) -> list[Printed]:
        """Every text of the roster but numbers, links and dates."""
        return list(self._texts())

    def _texts(self) -> Iterator[Printed]:
        job = self.roster.job
        for text, what, drawn in (
            (job.name, say("the job's name"), False),
            (job.customer, say("the job's customer"), False),
            (job.edition, say("the job's edition"), True),
            (job.slogan, say("the job's slogan"), True),
        ):
            if text is not None:
                yield Printed(text, what, "", drawn)
        for authority in self.authorities:
            for text, what in (
                (authority.name, say("the authority's name")),
                (authority.kind, say("the authority's kind")),
                (authority.slogan, say("the authority's slogan")),
            ):
                if text is not None:
                    yield Printed(text, what, "", True)
            if authority.province is not None:
                yield Printed(authority.province, say("the province"), "", False)
        for number in self.numbers:
            contact = number.contact
            if contact.label is not None:
                yield Printed(contact.label, say("the role"), number.key, True)
            if contact.name is not None:
                yield Printed(contact.name, say("the person's name"), number.key, False)
        for unit in self.roster.units:
            key = unit.key
            if unit.name is not None:
                yield Printed(unit.name, say("the name"), key, True)
            if unit.kind is not None:
                yield Printed(unit.kind, say("the kind"), key, True)
            if unit.slogan is not None:
                yield Printed(unit.slogan, say("the slogan"), key, True)
            if unit.address is not None:
                yield Printed(unit.address, say("the address"), key, False)
            for village in unit.villages:
                for text, what in (
                    (village.kind, say("the village's kind")),
                    (village.name, say("the village's name")),
                ):
                    if text is not None:
                        yield Printed(text, what, key, False)
        yield from self._site_texts()

    def _site_texts(self) -> Iterator[Printed]:
        site = self.roster.site
        if site is None:
            return
        for text, what in (
            *((link.text, say("the link's text")) for link in site.links),
            *((notice.text, say("the notice")) for notice in site.notices),
            *((language.call, say("the words")) for language in site.languages),
        ):
            if text is not None:
                yield Printed(text, what, "", False)

    @cached_property
    def alphabet(self) -> frozenset[str]:
        """Every character of `texts`: what is not here need not be looked for."""
        return frozenset("".join([printed.text.value for printed in self.texts]))

    @cached_property
    def links(self) -> list[Link]:
        """Every QR link with its verdict."""
        hosts = allowed_hosts(self.roster)
        found = [(a.link, "") for a in self.authorities] + [(u.link, u.key) for u in self.roster.units]
        return [Link(link, key, judge(link.value, hosts)) for link, key in found if link is not None]

    @cached_property
    def dates(self) -> list[Dated]:
        """Every text that should be a date."""
        job = self.roster.job
        written = ((job.date, "date"), (job.delivery, "delivery"))
        found = [Dated(date, what, "") for date, what in written if date]
        owners = [(a.valid, "") for a in self.authorities] + [(u.valid, u.key) for u in self.roster.units]
        for valid, key in owners:
            if valid.since is not None:
                found.append(Dated(valid.since, "valid_from", key))
            if valid.until is not None:
                found.append(Dated(valid.until, "valid_until", key))
        site = self.roster.site
        if site is not None:
            typed: list[tuple[Text | None, str]] = [(site.date, say("the site's date"))]
            for link in site.links:
                typed += [(link.checked, "checked"), (link.until, "valid_until")]
            for notice in site.notices:
                typed += [(notice.date, say("the notice's date")), (notice.until, "until")]
            found += [Dated(text, what, "") for text, what in typed if text is not None]
        return found

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        return {source.name: source.lines for source in self.roster.files}

    def rewrite(self, text: Text, new: str) -> tuple[Edit, ...]:
        """The edit that makes `text` into `new` within its quotes; none where the file shows it in another way."""
        span = text.span
        lines = self._sources.get(span.file, [])
        if span.line != span.end_line or span.line > len(lines):
            return ()
        raw = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        if raw == text.value:
            return (Edit(span, new),)
        if raw[1:-1] == text.value and raw[:1] == raw[-1:] and raw[:1] in ("'", '"'):
            inner = Span(span.file, span.line, span.column + 1, span.line, span.end_column - 1)
            return (Edit(inner, new),)
        return ()


def iso(text: Text | None) -> str:
    """A text as an ISO date; empty where it is none."""
    return day(text) or ""


def point(text: Text | None, span: Span) -> Span:
    """Where to point for something that is missing: at the name, or at the whole where there is none."""
    return text.span if text is not None else span


def line_of(span: Span) -> str:
    """A line of a file, as messages speak of another place: `a.yaml:12`, which editors make a link of."""
    return f"{span.file}:{span.line}"


def stands_also(number: Number, other: Number) -> Message:
    """What is said of a number that stands in another place, too."""
    return say(
        "{who}: {number} is the number of {who2} ({place}) too",
        who=number.who,
        number=number.text.value,
        who2=other.who,
        place=line_of(other.text.span),
    )


def refused(context: Context, check: str, severity: Severity) -> Iterator[Diagnostic]:
    """A finding for each link that is refused on the grounds of `check`."""
    for link in context.links:
        if link.verdict is not None and link.verdict.check == check:
            yield Diagnostic(
                check, severity, link.text.span, say("the QR link: {why}", why=link.verdict.why), (), link.key
            )


def outside(valid: Validity, on: str) -> tuple[Text, str] | None:
    """The end of `valid` that `on` is beyond, and words for it; None where it holds or the day is unknown."""
    if not on:
        return None
    since, until = iso(valid.since), iso(valid.until)
    if until and until < since:  # validity-reversed's business
        return None
    if valid.until is not None and until and until < on:
        return valid.until, say("ended on {until}, before", until=until)
    if valid.since is not None and since > on:
        return valid.since, say("begins on {since}, after", since=since)
    return None
