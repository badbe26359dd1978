"""An order planned and on its sheets: the works of all files for the press and of the papers that go along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.errors import FindingsError
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.words import say
from keytag.job import papers
from keytag.job.formes import forme_works
from keytag.job.numbering import Numbering, Wanted, checked, numbered, rows_work, sheet_works, specimen_of
from keytag.job.piles import pile_works
from keytag.job.planning import Planner, layout_of, plan_of, plate_sets
from keytag.job.pressfiles import press_files, press_works, view_works

if TYPE_CHECKING:
    from keytag.job.ready import Order
    from keytag.job.work import Made, Work
    from keytag.sheet.layout import Layout, PressSheet
    from keytag.solver import Plan


class Imposed(NamedTuple):
    """An order on its sheets: all that its files are made of, and nothing made yet."""

    order: Order
    layout: Layout
    plan: Plan
    presses: tuple[PressSheet, ...]
    standard: Standard
    findings: tuple[Diagnostic, ...]
    numbering: Numbering | None = None

    @property
    def for_the_press(self) -> tuple[Work, ...]:
        """Sheets, cutting forme and masters, and the die-lines for cutters; of numbered sheets also their table."""
        files, dies = press_files(self.order, self.layout, self.presses), self.layout.scheme.dies
        if self.numbering is None:
            return (*press_works(files, self.standard, dies), *forme_works(self.order, self.layout))
        shells = {press.sheet.file for press in self.presses}
        drawn = press_works([file for file in files if file.name not in shells], self.standard, dies)
        sheets = sheet_works(self.numbering, self.standard, dies)
        return (*sheets, *drawn, *forme_works(self.order, self.layout), rows_work(self.numbering, self.order))

    def papers(self, made: Sequence[Made]) -> tuple[Work, ...]:
        """The papers: the ticket, which lists the files `made` for the press, box labels, tickets of numbered piles."""
        told = papers.paper_works(self.order, self.presses, made, self.standard, self.findings)
        return (*told, *pile_works(self.numbering, self.order)) if self.numbering is not None else told

    def with_them(self, made: Sequence[Made]) -> tuple[Work, ...]:
        """What goes along with the files `made` for the press: papers and view copies."""
        told = self.papers(made)
        if not any(artwork.white for artwork in self.order.artworks):
            return told  # nobody needs a copy to see what such files show
        drawn = press_files(self.order, self.layout, self.presses)
        return (*told, *view_works(drawn, self.order.artworks))


def imposed(
    order: Order, standard: Standard = Standard.X4, planner: Planner = plan_of, wanted: Wanted | None = None
) -> Imposed:
    """The order planned and on its sheets, numbered where that is `wanted`.

    `FindingsError` where the sheets fail their checks; errors of `numbered`.
    """
    if wanted is not None:
        checked(order.setup, wanted)
    layout = layout_of(order.setup)
    plan = planner(order, layout)
    serial = specimen_of(order.setup) if wanted is not None else ""
    presses = tuple(plate_sets(order, layout, plan, standard, serial))
    findings = (*order.ready.findings, *_sheet_findings(presses, order))
    if has_errors(findings):
        raise FindingsError(say("the sheets fail their checks: nothing was made"), findings)
    numbers = numbered(order, presses, wanted) if wanted is not None else None
    return Imposed(order, layout, plan, presses, standard, findings, numbers)


def _sheet_findings(presses: Sequence[PressSheet], order: Order) -> tuple[Diagnostic, ...]:
    from keytag.checks.sheet import check_job

    ordered = {artwork.key: unit.tags for unit, artwork in zip(order.units, order.artworks, strict=True)}
    return tuple(check_job(presses, ordered))
