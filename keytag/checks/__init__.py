"""Every check there is, in literal tuples, and running those on contacts and composed tags.

What they look at is the business of each group. Groups that need the drawing machinery are imported when they are asked
for: start-up is a feature.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic
from keytag.base.records import NamedTuple
from keytag.checks.roster import CONTACT_CHECKS
from keytag.checks.roster.context import Context
from keytag.files.source import Text
from keytag.roster.model import Job, Roster, Unit

if TYPE_CHECKING:
    from keytag.checks.model import Check
    from keytag.files.source import Source
    from keytag.sheet.scheme import Scheme
    from keytag.tag.artwork import Artwork
    from keytag.tag.elsewhere import Elsewhere
    from keytag.tag.template import Template

__all__ = [
    "CONTACT_CHECKS",
    "Group",
    "find",
    "groups",
    "ids_of",
    "in_order",
    "known_ids",
    "run_artwork_checks",
    "run_contact_checks",
    "run_order_checks",
    "unsilenced",
]


_WAYS_OUT = 5


class Group(NamedTuple):
    """Checks that look at the same thing."""

    name: str
    title: str
    checks: tuple[Check, ...]


def run_contact_checks(
    roster: Roster,
    on: str | None = None,
    prints: frozenset[str] = frozenset(),
    literals: Sequence[Text] = (),
) -> list[Diagnostic]:
    """What the contact checks find, by file, line, column and id.

    `on` is the day to judge by, else the job's own; `prints` the fields that the design prints (`wording.mentioned`),
    `literals` the telephone numbers in its own words.
    """
    context = Context(roster, on, prints, literals)
    return in_order([finding for check in CONTACT_CHECKS for finding in check.check(context)])


def run_artwork_checks(
    roster: Roster,
    template: Template,
    artworks: Sequence[Artwork],
    others: Callable[[Job, Unit], Elsewhere] | None = None,
) -> list[Diagnostic]:
    """What the artwork checks find on composed tags, in the same order.

    `others` sets a unit in other templates, for findings about room to say which one holds it.
    """
    if not artworks:
        return []
    from keytag.checks.artwork import Sound, asked_of, check_artwork, links_of, lists_people

    links, sound = links_of(roster), Sound()
    # A way out costs some fifty compositions: the first few units that need one show it for all.
    crowded = [a.key for a in artworks if not all(fit.fits for face in a.faces for fit in face.fits)]
    without = frozenset(crowded[_WAYS_OUT:])
    units = [unit for unit in roster.units if unit.key not in without]
    elsewhere = {unit.key: others(roster.job, unit) for unit in units} if others else {}
    spans = {unit.key: unit.name.span if unit.name else unit.span for unit in roster.units}
    people = lists_people(template)
    asked = {unit.key: asked_of(roster.job, unit, people=people) for unit in roster.units}
    found = (
        check_artwork(artwork, template, spans.get(key), links, elsewhere.get(key), asked.get(key, ()), sound)
        for key, artwork in ((artwork.key, artwork) for artwork in artworks)
    )
    return in_order([finding for each in found for finding in each])


def run_order_checks(roster: Roster, template: Template, scheme: Scheme) -> list[Diagnostic]:
    """What keeps the order from being planned or imposed, as far as counting shows."""
    from keytag.checks.order import check_order

    return check_order(roster, template, scheme)


def unsilenced(findings: Sequence[Diagnostic], files: Sequence[Source], *, artwork: bool = True) -> list[Diagnostic]:
    """The findings that no inline ignore in `files` silences, in order, and what is odd about the ignores.

    `artwork` says whether the tags were composed and checked: else nothing is said of ignores of those checks.
    """
    from keytag.checks import suppress

    ignores = [ignore for source in files for ignore in suppress.ignores_of(source)]
    if not ignores:
        return in_order(findings)
    return in_order(suppress.apply(findings, ignores, known_ids(), () if artwork else ids_of("artwork")))


def in_order(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings by file, line, column and id, each once; those without a place last."""
    return sorted(dict.fromkeys(findings), key=_place)


def _place(finding: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    span = finding.span
    if span is None:
        return (True, "", 0, 0, finding.id, finding.message)
    return (False, span.file, span.line, span.column, finding.id, finding.message)


def groups() -> tuple[Group, ...]:
    """All checks, by what they look at."""
    from keytag.checks.artwork import ARTWORK_CHECKS
    from keytag.checks.loading import LOADER_CHECKS
    from keytag.checks.model import describe
    from keytag.checks.order import ORDER_CHECKS
    from keytag.checks.pdf import PDF_CHECKS
    from keytag.checks.returned import RETURN_CHECKS
    from keytag.checks.sheet import JOB_CHECKS, SHEET_CHECKS
    from keytag.checks.suppress import IGNORE_CHECKS

    def described(*modules: ModuleType) -> tuple[Check, ...]:
        return tuple(describe(module) for module in modules)

    return (
        Group("loading", "Reading files", LOADER_CHECKS),
        Group("contacts", "Contacts", described(*CONTACT_CHECKS)),
        Group("ignores", "Inline ignores", IGNORE_CHECKS),
        Group("order", "The order and its plan", described(*ORDER_CHECKS)),
        Group("artwork", "Composed tags", described(*ARTWORK_CHECKS)),
        Group("sheet", "Press sheets", described(*SHEET_CHECKS, *JOB_CHECKS)),
        Group("pdf", "Finished PDFs", described(*PDF_CHECKS)),
        Group("returns", "Returns of a hand-out", RETURN_CHECKS),
    )


def find(check_id: str) -> Check | None:
    """The check of that id; None where there is none."""
    return next((check for group in groups() for check in group.checks if check.id == check_id), None)


def known_ids() -> tuple[str, ...]:
    """The ids of all checks."""
    return tuple(check.id for group in groups() for check in group.checks)


def ids_of(name: str) -> tuple[str, ...]:
    """The ids of one group."""
    return tuple(check.id for group in groups() if group.name == name for check in group.checks)
