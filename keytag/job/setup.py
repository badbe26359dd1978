"""What every verb begins with: the roster, its template and its scheme, read and named.

Nothing is judged here beyond what cannot be read; the findings of reading travel along.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import InputError, UsageError
from keytag.files import shipped
from keytag.files.fields import nearest, parse_fraction
from keytag.files.source import Source, Text, read
from keytag.roster import load as contacts
from keytag.roster.model import Roster, Unit
from keytag.tag.template import Template

if TYPE_CHECKING:
    from keytag.sheet.scheme import Scheme

DEFAULT_TEMPLATE = "oval-50x20"
DEFAULT_SCHEME = "sra3-sheetwise"
DEFAULT_ROSTER = Path("contacts.yaml")
_UNDATED = "2000-01-01"
_ZONE = "T00:00:00+07:00"  # Vietnam keeps one zone all year


class Setup(NamedTuple):
    """A job ready to be worked on; `findings` is what reading its files brought up."""

    roster: Roster
    template: Template
    template_source: Source
    findings: tuple[Diagnostic, ...]

    @property
    def date(self) -> str:
        """The job's own date (YYYY-MM-DD); a fixed one where the roster has none that can be read."""
        return iso_date(self.roster.job.date) or _UNDATED

    @property
    def moment(self) -> str:
        """The date as files carry it, with time and zone."""
        return self.date + _ZONE

    @property
    def name(self) -> str:
        """The job's name, or the first authority's."""
        job = self.roster.job.name
        if job is not None and job.value.strip():
            return job.value.strip()
        return next((a.name.value for a in self.roster.authorities if a.name), "keytag")


def open_job(paths: Sequence[Path]) -> Setup:
    """Read the roster (contacts.yaml here, where no path is given) and the template that it names."""
    roster = contacts.load(list(paths) or [default_roster()])
    name = roster.job.template
    path = _locate(shipped.TAGS, name, DEFAULT_TEMPLATE, roster)
    source = read(path)
    from keytag.tag.template_file import read_template

    template, odd = read_template(source)
    return Setup(roster, template, source, (*roster.problems, *odd))


def default_roster() -> Path:
    """`contacts.yaml` in this folder; an `InputError` that says what to do where there is none."""
    if DEFAULT_ROSTER.exists():
        return DEFAULT_ROSTER
    raise InputError(
        f"there is no {DEFAULT_ROSTER} in this folder", hint="name the roster's file or folder: keytag check PATH"
    )


def open_scheme(roster: Roster) -> tuple[Scheme, Source, tuple[Diagnostic, ...]]:
    """The imposition scheme that the roster names."""
    from keytag.sheet.scheme_file import scheme_of

    source = read(_locate(shipped.SCHEMES, roster.job.scheme, DEFAULT_SCHEME, roster))
    scheme, odd = scheme_of(source)
    return scheme, source, odd


def _locate(kind: str, name: Text | None, default: str, roster: Roster) -> Path:
    try:
        beside = Path(name.span.file if name else roster.files[0].name).parent
        return shipped.locate(kind, name.value if name else default, beside)
    except InputError as error:
        if name is None:
            raise
        raise InputError(f"{name.span}: {error.message}", hint=error.hint) from error


def chosen(roster: Roster, wanted: Sequence[str]) -> tuple[Unit, ...]:
    """The units that `--unit` names (by key, code or name); all where it names none; `UsageError` for one unknown."""
    if not wanted:
        return roster.units
    found = []
    for word in wanted:
        key = contacts.slug(word)
        match = [u for u in roster.units if word in _names(u) or key in (u.key, contacts.slug(_name(u)))]
        if not match:
            known = [name for u in roster.units for name in (u.key, _name(u))]
            guess = nearest(word, known) or nearest(key, known)
            raise UsageError(f"there is no unit {word!r}", hint=f"did you mean {guess}?" if guess else "")
        found += match
    return tuple(u for u in roster.units if u in found)


def _name(unit: Unit) -> str:
    return unit.name.value if unit.name else unit.key


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.key, unit.title, _name(unit), unit.code.value if unit.code else unit.key)


def iso_date(text: Text | None) -> str | None:
    """A YYYY-MM-DD that exists; None otherwise."""
    if text is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(text.value.strip()).isoformat()
    except ValueError:
        return None


def demand(unit: Unit, spoilage: float) -> int:
    """Tags to print: the order and what press and die spoil, rounded up (exactly: no binary fractions)."""
    extra = round(spoilage * 1_000_000)
    return unit.tags + -(-unit.tags * extra // 1_000_000)


def spoilage(roster: Roster) -> float:
    """The roster's spoilage allowance; none where it says nothing or nonsense (which the checks report)."""
    text = roster.job.spoilage
    return (parse_fraction(text.value) or 0.0) if text else 0.0


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
