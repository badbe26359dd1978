"""The setup of a job: its roster, template and scheme as they were read, and what reading them found.

Anyone may hold or change a setup; nothing is judged here beyond what cannot be read. Whether it may go to press is for
`ready` to say.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import InputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.system import reason
from keytag.base.words import joined, say
from keytag.files import project, shipped
from keytag.files.fields import day
from keytag.files.project import NONE, Project
from keytag.files.source import Source, Text, read
from keytag.roster import load as contacts
from keytag.roster.model import Product, Roster, Unit
from keytag.roster.products import folder_of, of_product, pieces
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
    project: Project = NONE
    product: Product | None = None
    whole: Roster | None = None  # the roster as it was read, where this is one product of it

    @property
    def printed(self) -> Roster:
        """The roster with a unit for each piece to be made: the units themselves, or one for each village."""
        return self.roster if self.product is None else pieces(self.roster, self.product)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file that was read, for findings to show their lines."""
        settings = (self.project.source,) if self.project.source else ()
        return (*self.roster.files, self.template_source, *self.template.bases, self.scheme_source, *settings)

    @property
    def date(self) -> str:
        """The job's own date (YYYY-MM-DD); a fixed one where the roster has none that can be read."""
        return day(self.roster.job.date) or _UNDATED

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


def open(what: Place | Values | Sequence[Place] = ()) -> Setup:
    """Read a roster and the template and scheme that it names.

    `what` is the roster's file or folder, several of them, its text (any `str` with a line break in it), or its values
    as a mapping of keys. With nothing, the project's roster, or contacts.yaml here or above. Files are read under their
    project's settings. `InputError` where something cannot be read.
    """
    if isinstance(what, Mapping):
        return setup_of(contacts.assemble([_written(what)]))
    if isinstance(what, str) and "\n" in what:
        return setup_of(contacts.assemble([Source(str(DEFAULT_ROSTER), what)]))
    places = [what] if isinstance(what, str | os.PathLike) else list(what)
    roster = contacts.load([Path(place) for place in places] or [default_roster()])
    return setup_of(*under_project(roster))


def under_project(roster: Roster) -> tuple[Roster, Project]:
    """A roster of files under its project's settings, whose hosts its QR links may name, too."""
    settings = project.find(Path(roster.files[0].name).parent) if roster.files else NONE
    if settings.hosts:
        hosts = (*roster.job.qr_hosts, *settings.hosts)
        roster = roster._replace(job=roster.job._replace(qr_hosts=hosts))
    return roster, settings


def setup_of(roster: Roster, settings: Project = NONE) -> Setup:
    """The roster with the template and the scheme that it names; of several products, the first."""
    if roster.job.products:
        return product_setup(roster, roster.job.products[0], settings)
    return _setup_of(roster, settings)


def products(setup: Setup, wanted: Sequence[str] = ()) -> tuple[Setup, ...]:
    """A setup for each product of the job, or for each that is `wanted` by its folder's name.

    The setup alone where the roster names none; `UsageError` for a product that there is not.
    """
    named = [folder_of(product) for product in setup.roster.job.products]
    for word in wanted:
        if word not in named:
            hint = say("it has {named}", named=joined(", ", named)) if named else say("leave --product out")
            raise UsageError(say("the roster has no product {word!r}", word=word), hint=hint)
    if not named:
        return (setup,)
    chosen = [p for p, name in zip(setup.roster.job.products, named, strict=True) if not wanted or name in wanted]
    return tuple(product_setup(setup.whole or setup.roster, product, setup.project) for product in chosen)


def folder_in(output: Path, setup: Setup) -> Path:
    """Where a job's files go: each product of several has a folder of its own."""
    return output if setup.product is None else output / folder_of(setup.product)


def product_setup(roster: Roster, product: Product, settings: Project) -> Setup:
    """One product of a job: its own template, scheme and stock."""
    made = _setup_of(of_product(roster, product), settings)
    template = made.template
    if product.stock is not None:
        stock = product.stock.value
        template = template._replace(substrate=template.substrate._replace(material=(stock, stock)))
    return made._replace(
        roster=made.roster._replace(job=made.roster.job._replace(products=roster.job.products)),
        template=template,
        product=product,
        whole=roster,
    )


def _setup_of(roster: Roster, settings: Project) -> Setup:
    from keytag.sheet.scheme_file import scheme_of
    from keytag.tag.template_file import read_template

    template_source = _named(shipped.TAGS, roster.job.template, DEFAULT_TEMPLATE, roster)
    template, odd = read_template(template_source)
    scheme_source = _named(shipped.SCHEMES, roster.job.scheme, DEFAULT_SCHEME, roster)
    scheme, odder = scheme_of(scheme_source)
    scheme = _one_sided(scheme, template, roster)
    findings = (*roster.findings, *settings.findings, *odd, *odder)
    return Setup(roster, template, template_source, scheme, scheme_source, findings, settings)


def _one_sided(scheme: Scheme, template: Template, roster: Roster) -> Scheme:
    """The scheme as this template is printed: a tag without a back has one forme, whatever the work style."""
    from keytag.sheet.scheme import SINGLE_SIDED

    if template.single:
        return scheme._replace(work=SINGLE_SIDED)
    if scheme.work == SINGLE_SIDED:
        named = roster.job.scheme
        message = say(
            "the scheme {scheme} prints one side, and {template} has a back", scheme=scheme.name, template=template.name
        )
        hint = say("choose a scheme that prints both sides, or a template with back: none")
        raise InputError.at(named.span, message, hint=hint) if named else InputError(message, hint=hint)
    return scheme


def _written(values: Values) -> Source:
    """The values as a file, for findings to have lines: JSON, which YAML reads as it stands."""
    import json

    try:
        return Source("values", json.dumps(values, indent=1, ensure_ascii=False, default=_iso) + "\n")
    except (TypeError, ValueError) as error:
        raise InputError(say("these values are no roster: {error}", error=reason(error))) from error


def _iso(value: object) -> str:
    from datetime import date

    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is neither text, number, date, list nor mapping")


def default_rosters() -> list[Path]:
    """The rosters, each a job of its own, where none is named: the project's, or contacts.yaml here or above.

    An `InputError` that says what to do where there is none.
    """
    settings = project.find(Path())
    if settings.rosters:
        return list(settings.rosters)
    for folder in project.upwards(Path()):
        found = folder / DEFAULT_ROSTER
        if found.exists():
            return [Path(os.path.relpath(found))]
    raise InputError(
        say("there is no {default_roster} in this folder, nor above it", default_roster=DEFAULT_ROSTER),
        hint=say("name the roster's file or folder, or begin a roster: keytag init"),
    )


def default_roster() -> Path:
    """The one roster where none is named; a `UsageError` where the project has several."""
    found = default_rosters()
    if len(found) > 1:
        raise UsageError(
            say("the project has {found} rosters", found=len(found)),
            hint=say("name one: {map}", map=joined(", ", map(str, found))),
        )
    return found[0]


def _named(kind: str, name: Text | None, default: str, roster: Roster) -> Source:
    """The text of a template or scheme, shipped or a person's own beside the roster."""
    try:
        beside = Path(name.span.file if name else roster.files[0].name).parent
        path = shipped.locate(kind, name.value if name else default, beside)
        return read(path)
    except InputError as error:
        if name is None or (error.span is not None and Path(error.span.file).exists()):
            raise
        raise InputError.at(name.span, error.message, hint=error.hint) from error


def chosen(roster: Roster, wanted: Sequence[str]) -> tuple[Unit, ...]:
    """The units that `--unit` names (by key, code or name); all where it names none; `UsageError` as in `names`."""
    if not wanted:
        return roster.units
    from keytag.roster.names import Names

    names = Names(roster.units)
    keys = {names.one(word).key for word in wanted}
    return tuple(unit for unit in roster.units if unit.key in keys)
