"""The setup of a job: its roster, template and scheme as they were read, and what reading them found.

Anyone may hold or change a setup; nothing is judged here beyond what cannot be read. Whether it may go to press is for
`ready` to say.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import InputError
from keytag.files import shipped
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
    """A job as it was read; `findings` is what reading its files brought up."""

    roster: Roster
    template: Template
    template_source: Source
    scheme: Scheme
    scheme_source: Source
    findings: tuple[Diagnostic, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file that was read, for findings to show their lines."""
        return (*self.roster.files, self.template_source, self.scheme_source)

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


Values: TypeAlias = Mapping[str, object]
Place: TypeAlias = str | os.PathLike[str]


def open_setup(what: Place | Values | Sequence[Place] = ()) -> Setup:
    """Read a roster and the template and scheme that it names.

    `what` is the roster's file or folder, several of them, its text (any `str` with a line break in it), or its values
    as a mapping of keys. With nothing, contacts.yaml in this folder. `InputError` where something cannot be read.
    """
    if isinstance(what, Mapping):
        return setup_of(contacts.assemble([_written(what)]))
    if isinstance(what, str) and "\n" in what:
        return setup_of(contacts.assemble([Source(str(DEFAULT_ROSTER), what)]))
    places = [what] if isinstance(what, str | os.PathLike) else list(what)
    return setup_of(contacts.load([Path(place) for place in places] or [default_roster()]))


def setup_of(roster: Roster) -> Setup:
    """The roster with the template and the scheme that it names."""
    from keytag.sheet.scheme_file import scheme_of
    from keytag.tag.template_file import read_template

    template_source = read(_locate(shipped.TAGS, roster.job.template, DEFAULT_TEMPLATE, roster))
    template, odd = read_template(template_source)
    scheme_source = read(_locate(shipped.SCHEMES, roster.job.scheme, DEFAULT_SCHEME, roster))
    scheme, odder = scheme_of(scheme_source)
    return Setup(roster, template, template_source, scheme, scheme_source, (*roster.problems, *odd, *odder))


def _written(values: Values) -> Source:
    """The values as a file, for findings to have lines: JSON, which YAML reads as it stands."""
    import json

    try:
        return Source("values", json.dumps(values, indent=1, ensure_ascii=False, default=_iso) + "\n")
    except (TypeError, ValueError) as error:
        raise InputError(f"these values are no roster: {error}") from error


def _iso(value: object) -> str:
    from datetime import date

    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is neither text, number, date, list nor mapping")


def default_roster() -> Path:
    """`contacts.yaml` in this folder; an `InputError` that says what to do where there is none."""
    if DEFAULT_ROSTER.exists():
        return DEFAULT_ROSTER
    raise InputError(
        f"there is no {DEFAULT_ROSTER} in this folder", hint="name the roster's file or folder: keytag check PATH"
    )


def _locate(kind: str, name: Text | None, default: str, roster: Roster) -> Path:
    try:
        beside = Path(name.span.file if name else roster.files[0].name).parent
        return shipped.locate(kind, name.value if name else default, beside)
    except InputError as error:
        if name is None:
            raise
        raise InputError(f"{name.span}: {error.message}", hint=error.hint) from error


def chosen(roster: Roster, wanted: Sequence[str]) -> tuple[Unit, ...]:
    """The units that `--unit` names (by key, code or name); all where it names none; `UsageError` as in `names`."""
    if not wanted:
        return roster.units
    from keytag.roster.names import Names

    names = Names(roster.units)
    keys = {names.one(word).key for word in wanted}
    return tuple(unit for unit in roster.units if unit.key in keys)


def iso_date(text: Text | None) -> str | None:
    """A YYYY-MM-DD that exists; None otherwise."""
    if text is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(text.value.strip()).isoformat()
    except ValueError:
        return None


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
