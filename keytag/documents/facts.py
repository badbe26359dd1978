"""What the documents are told: plain values that a job fills in, with no layout library in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.records import NamedTuple

if TYPE_CHECKING:
    from keytag.base.diagnostics import Diagnostic
    from keytag.sheet.layout import Sheet
    from keytag.tag.payload import Payload
    from keytag.tag.template import Template


class Code(NamedTuple):
    """A unit's QR symbol: what it must say, and what was read back from its picture (None where nothing was)."""

    due: Payload | None
    read: str | None


class Head(NamedTuple):
    """Whose job it is. Empty where the roster does not say; `moment` is ISO 8601 with its zone (printed as a date).

    `languages` is what papers about it are written in: "both", "vi" or "en".
    """

    job: str
    customer: str
    edition: str
    moment: str
    languages: str = "both"

    @property
    def day(self) -> str:
        """The date as it is written in Vietnam: 18/05/2020."""
        year, month, day = self.moment[:10].split("-")
        return f"{day}/{month}/{year}"

    @property
    def foot(self) -> str:
        """Job, edition and date, as far as they are said: what stands at the foot of lists and labels."""
        return " · ".join(part for part in (self.job, self.edition, self.day) if part)


class Delivery(NamedTuple):
    """One unit's tags: ordered by the roster, wanted with what press and die spoil, printed by the plan.

    `key` is its artwork's, `code` its fingerprint.
    """

    key: str
    title: str
    ordered: int
    printed: int
    code: str = ""
    wanted: int = 0  # nought: as ordered

    @property
    def due(self) -> int:
        """What the plan has to print: the base of all overs."""
        return self.wanted or self.ordered

    @property
    def overs(self) -> int:
        return self.printed - self.due

    @property
    def share(self) -> float:
        """Overs as a fraction of what is due."""
        return self.overs / self.due if self.due else 0.0


class PlateFile(NamedTuple):
    """One plate set and the file that holds it."""

    sheet: Sheet
    file: str


class FileFact(NamedTuple):
    """One file of the job folder, by its whole SHA-256 in hexadecimal digits."""

    name: str
    what: str
    sha256: str


class TicketFacts(NamedTuple):
    """Everything on a production ticket. `order` is the customer's order number, `standard` as in "PDF/X-4"."""

    head: Head
    template: Template
    plates: tuple[PlateFile, ...]
    deliveries: tuple[Delivery, ...]
    files: tuple[FileFact, ...]
    standard: str
    order: str = ""
    contact: str = ""
    delivery: str = ""
    limit: float | None = None  # of overs, as a fraction of what is wanted; None: nobody minds
    findings: tuple[Diagnostic, ...] = ()


class Parcel(NamedTuple):
    """Where one unit's tags go: `tags` for `title` at `address`. `key` is its artwork's."""

    key: str
    title: str
    address: str
    tags: int
    mark: str = ""  # tells it from another unit of the same name
    bags: tuple[tuple[str, int], ...] = ()  # how it is packed by village: the code or name of each bag, and its tags


class PackingFacts(NamedTuple):
    """Everything on the box labels: at most `per_box` tags in one box."""

    head: Head
    parcels: tuple[Parcel, ...]
    per_box: int = 500
