"""What is to be printed of a job: the units that have tags on order, each with its tag and its demand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from keytag.base.errors import UsageError
from keytag.job.ready import Ready, admitted
from keytag.job.setup import Setup
from keytag.roster.model import Unit
from keytag.roster.settings import demand, spoilage
from keytag.sheet.imposition import lay_out
from keytag.sheet.layout import Layout
from keytag.tag.artwork import Artwork


@dataclass(frozen=True, slots=True)
class Order:
    """The units of a `Ready` that are to be imposed, their finished tags and the tags wanted of each, with spoilage.

    `keys` chooses among them (a reprint); None takes all that have a quantity.
    """

    ready: Ready
    keys: frozenset[str] | None = None
    units: tuple[Unit, ...] = field(init=False)
    artworks: tuple[Artwork, ...] = field(init=False)
    demands: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        setup = admitted(self.ready).setup
        share = spoilage(setup.roster)
        chosen = [
            (unit, artwork)
            for unit, artwork in zip(setup.roster.units, self.ready.artworks, strict=True)
            if unit.tags > 0 and (self.keys is None or unit.key in self.keys)
        ]
        for name, values in (
            ("units", (unit for unit, _ in chosen)),
            ("artworks", (artwork for _, artwork in chosen)),
            ("demands", (demand(unit, share) for unit, _ in chosen)),
        ):
            object.__setattr__(self, name, tuple(values))

    @property
    def setup(self) -> Setup:
        return self.ready.setup

    def only(self, keys: Collection[str]) -> Order:
        """The order cut down to these units."""
        return Order(self.ready, frozenset(keys) & {unit.key for unit in self.units})


def order_of(ready: Ready) -> Order:
    """All that is on order; a `UsageError` where nothing is."""
    order = Order(ready)
    if not order.units:
        raise UsageError("no unit has tags on order", hint="give the units a quantity")
    return order


def layout_of(setup: Setup) -> Layout:
    """The stations of the setup's scheme for its tag; an `InputError` where the sheet cannot hold it."""
    template = setup.template
    return lay_out(setup.scheme, template.outline.width, template.outline.height, template.bleed)
