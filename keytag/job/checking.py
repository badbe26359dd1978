"""One run of the linter over one job: read, judged, chosen, and counted; what cannot be read is an outcome, too.

How it is shown is `report`'s business, which jobs there are is the command line's.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.errors import InputError
from keytag.base.records import NamedTuple
from keytag.checks import choosing, in_order, presenting
from keytag.checks.choosing import Choice
from keytag.checks.loading import unreadable
from keytag.files.project import NONE, Project
from keytag.files.source import Source
from keytag.job import setup as jobs
from keytag.job import severities
from keytag.job.setup import Setup
from keytag.roster import load as contacts
from keytag.roster.model import Roster


class Wanted(NamedTuple):
    """What to look at and what to show: the day, whether tags are composed, checks, and words that name units."""

    on: str | None = None
    artwork: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class Checked(NamedTuple):
    """The outcome of one job. `findings` are shown; `hidden` were found and are about other units or checks.

    `setup` and `roster` are None where they could not be read, which `unreadable` tells.
    """

    findings: tuple[Diagnostic, ...]
    hidden: tuple[Diagnostic, ...]
    roster: Roster | None
    setup: Setup | None
    project: Project
    unreadable: InputError | None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that were read."""
        if self.setup is not None:
            return self.setup.sources
        return self.roster.files if self.roster is not None else ()

    @property
    def titles(self) -> dict[str, str]:
        """Each unit's title, by its key."""
        return {unit.key: unit.title for unit in self.roster.units} if self.roster else {}

    @property
    def numbers(self) -> int:
        """How many telephone numbers the roster holds."""
        if self.roster is None:
            return 0
        people = [c for a in self.roster.authorities if not a.own for c in (a.duty, a.chief) if c]
        people += [c for unit in self.roster.units for village in unit.villages for c in village.contacts]
        return len(people) + sum(len(unit.contacts) for unit in self.roster.units)


def check(what: Sequence[Path] | Source, wanted: Wanted) -> Checked:
    """The job of these roster files, or of one file's text that was read already."""
    try:
        roster = contacts.assemble([what]) if isinstance(what, Source) else contacts.load(list(what))
        roster, project = jobs.under_project(roster)
    except InputError as error:
        return Checked(unreadable(error), (), None, None, NONE, error)
    setup, failed = None, None
    try:
        setup = jobs.setup_of(roster, project)
        found = findings_of(setup, wanted)
    except InputError as error:
        failed = error
        found = _contacts_alone(roster, project, wanted)
    choice = _choice(roster, project, wanted)
    shown = choosing.chosen(found, choice, roster)
    kept = set(shown)
    hidden = () if choice.everything else tuple(finding for finding in found if finding not in kept)
    titles = {unit.key: unit.title for unit in roster.units}
    told = (*(unreadable(failed) if failed else ()), *presenting.merged(shown, titles))
    return Checked(told, hidden, roster, setup, project, failed)


def findings_of(setup: Setup, wanted: Wanted) -> tuple[Diagnostic, ...]:
    """All findings of a job, with its tags composed or without."""
    from keytag.job import ready

    found: dict[Diagnostic, None] = {}
    for each in jobs.products(setup):
        artworks = ready.compose(each, draft=True) if wanted.artwork else None
        found |= dict.fromkeys(ready.findings_of(each, artworks, wanted.on))
        if wanted.artwork and each.roster.job.serials is not None:
            found = dict.fromkeys(in_order([*found, *_numbered(each, wanted, found)]))
    return tuple(found)


def _numbered(setup: Setup, wanted: Wanted, known: Collection[Diagnostic]) -> Iterator[Diagnostic]:
    """What would stop `impose --numbered` alone, where that takes the template's twin with a place for serials."""
    from keytag.job import ready
    from keytag.job.numbering import with_place

    twin = with_place(setup)
    if twin.template.name == setup.template.name:
        return
    titles = {unit.key: unit.title for unit in twin.roster.units}
    for finding in ready.findings_of(twin, ready.compose(twin, draft=True), wanted.on):
        if finding.severity is Severity.ERROR and finding not in known:
            yield presenting.with_numbers(finding._replace(severity=Severity.WARNING), titles)


def mendable(setup: Setup, wanted: Wanted) -> list[Diagnostic]:
    """The findings with an edit that are shown: what `--fix` mends."""
    found = findings_of(setup, wanted._replace(artwork=False))
    return [f for f in choosing.chosen(found, _choice(setup.roster, setup.project, wanted), setup.roster) if f.fix]


def _contacts_alone(roster: Roster, project: Project, wanted: Wanted) -> tuple[Diagnostic, ...]:
    """What can be said of a roster whose template or scheme cannot be read."""
    from keytag import checks

    found = [
        *roster.findings,
        *project.findings,
        *severities.odd(project),
        *checks.run_contact_checks(roster, wanted.on),
    ]
    kept = presenting.regraded(checks.unsilenced(found, roster.files, artwork=False), project.severities)
    return tuple(presenting.told_by_key(kept))


def _choice(roster: Roster, project: Project, wanted: Wanted) -> Choice:
    """The command line's word before the project's; `UsageError` for a check or unit that there is not."""
    return Choice(
        select=choosing.ids(wanted.select or project.select, "--select"),
        ignore=choosing.ids((*wanted.ignore, *project.ignore), "--ignore"),
        units=frozenset(unit.key for unit in jobs.chosen(roster, wanted.units)) if wanted.units else frozenset(),
    )
