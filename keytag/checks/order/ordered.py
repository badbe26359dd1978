"""What the order checks look at: the job's limits, the units on order with their demands, and the sheet's places."""

from collections.abc import Iterator, Sequence

from keytag.base.diagnostics import Span
from keytag.base.errors import InputError, UsageError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.source import Text
from keytag.roster.model import Job, Roster, Unit
from keytag.roster.names import Names
from keytag.roster.settings import demand, spoilage
from keytag.sheet.asked import asked
from keytag.sheet.imposition import lay_out
from keytag.sheet.layout import Layout
from keytag.sheet.scheme import RunLimits, Scheme
from keytag.tag.template import Template


class Named(NamedTuple):
    """A word of the job that names a unit, and the unit; `why` it is none, where it is none."""

    word: Text
    unit: Unit | None
    why: str = ""


class Ordered(NamedTuple):
    """One job's order. `layout` is None where the sheet cannot hold the tag, for the reason in `refused`.

    `tags` are those ordered by unit key, `demands` with spoilage; units without an order are not in them.
    """

    job: Job
    template: Template
    scheme: Scheme
    span: Span
    layout: Layout | None
    refused: InputError | None
    limits: RunLimits
    tags: dict[str, int]
    demands: dict[str, int]
    titles: dict[str, str]
    apart: tuple[tuple[Named, ...], ...]
    together: tuple[tuple[Named, ...], ...]
    by_hand: tuple[tuple[tuple[Named, Text], ...], ...]  # each plate's units and their tags

    @property
    def places(self) -> int:
        """Places of a sheet that a plan hands out; 0 where there is no layout."""
        return len(self.layout.places) if self.layout else 0

    @property
    def per_place(self) -> int:
        """Tags that one place gives at each printed sheet."""
        return self.layout.tags_per_place if self.layout else 1

    def copies(self, key: str) -> int:
        """A unit's demand in places."""
        return -(-self.demands[key] // self.per_place)

    def most(self, copies: int) -> int | None:
        """The most places that the limit on overs allows of such a demand; None where there is no limit."""
        if self.limits.overs is None:
            return None
        return copies + int(copies * self.limits.overs + 1e-9)  # as the solver takes it

    def words(self) -> Iterator[tuple[str, Named]]:
        """Every word that should name a unit, and the key it stands under."""
        for what, groups in (("apart", self.apart), ("together", self.together)):
            yield from ((what, named) for group in groups for named in group)
        yield from (("plan", named) for plate in self.by_hand for named, _ in plate)


def ordered(roster: Roster, template: Template, scheme: Scheme) -> Ordered:
    """The order of a roster on sheets of `scheme`."""
    job = roster.job
    layout, refused = _laid_out(template, scheme)
    extra = spoilage(roster)
    on_order = [unit for unit in roster.units if unit.tags > 0]
    names = Names(roster.units) if job.apart or job.together or job.plan else None
    return Ordered(
        job=job,
        template=template,
        scheme=scheme,
        span=job.scheme.span if job.scheme else (job.span or Span(scheme.file, 1, 1, 1, 1)),
        layout=layout,
        refused=refused,
        limits=asked(job, scheme),
        tags={unit.key: unit.tags for unit in on_order},
        demands={unit.key: demand(unit, extra) for unit in on_order},
        titles={unit.key: unit.title for unit in on_order},
        apart=tuple(_group(names, group) for group in job.apart),
        together=tuple(_group(names, group) for group in job.together),
        by_hand=tuple(
            tuple((_named(names, word), tags) for word, tags in plate.slots) if names else () for plate in job.plan
        ),
    )


def _laid_out(template: Template, scheme: Scheme) -> tuple[Layout | None, InputError | None]:
    try:
        return lay_out(scheme, template.outline.width, template.outline.height, template.bleed, template.outline), None
    except InputError as error:
        return None, error


def _group(names: Names | None, words: Sequence[Text]) -> tuple[Named, ...]:
    return tuple(_named(names, word) for word in words) if names else ()


def _named(names: Names, word: Text) -> Named:
    try:
        unit = names.one(word.value)
    except UsageError as error:
        return Named(
            word, None, say("{what}; {hint}", what=error.message, hint=error.hint) if error.hint else error.message
        )
    if unit.tags < 1:
        return Named(word, None, say("{unit} has no tags on order", unit=unit.title))
    return Named(word, unit)
