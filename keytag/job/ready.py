"""Composing and checking a setup, the one gate to the press, and what is on order behind it.

A `Ready` is a setup without errors, tags composed; an `Order` is what of it is to be printed.

Planning, imposing and all that comes after take a `Ready`, and only `ready` makes one. Copying gives the same value,
unpickling goes through the gate again, and there is nothing to replace, so that no road leads around the checks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Never, TypeAlias, final

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.base.errors import UsageError
from keytag.base.words import say
from keytag.job.contacts import literals
from keytag.job.setup import Setup
from keytag.job.severities import odd as odd_severities
from keytag.job.trial import trial_findings
from keytag.roster.model import Unit
from keytag.roster.settings import demand, spoilage
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.wording import mentioned

Findings: TypeAlias = tuple[Diagnostic, ...]
_MANY = 200  # tags, beyond which what was remembered of them is more than the writers of their files will need


def compose(setup: Setup, *, draft: bool = False) -> tuple[Artwork, ...]:
    """Every unit's tag, in the roster's order; drafts can be checked, and not be printed."""
    return composed(setup, Composer(setup.template, draft=draft, dies=setup.scheme.dies))


def composed(setup: Setup, composer: Composer) -> tuple[Artwork, ...]:
    """The same by a composer of this template that was there before."""
    return composer.compose_job(setup.roster.job, setup.printed.units)


def check(setup: Setup, on: str | None = None) -> tuple[Diagnostic, ...]:
    """Everything that there is to say about the setup, by place; `on` is the day to judge validity by (YYYY-MM-DD)."""
    return findings_of(setup, compose(setup, draft=True), on)


def findings_of(setup: Setup, artworks: Sequence[Artwork] | None, on: str | None = None) -> tuple[Diagnostic, ...]:
    """The same for tags composed already, or not at all (None): ignores applied, causes without their consequences."""
    from keytag import checks
    from keytag.checks import presenting
    from keytag.tag.elsewhere import Elsewhere

    roster, printed = setup.roster, setup.printed
    drawn: list[Diagnostic] = []
    titles: dict[str, str] = {}
    if artworks:
        titles = {unit.key: unit.title for unit in printed.units}
        drawn = checks.run_artwork_checks(printed, setup.template, artworks, Elsewhere)
    found = [
        *setup.findings,
        *odd_severities(setup.project),
        *checks.run_contact_checks(roster, on, mentioned(setup.template), literals(setup)),
        *checks.run_order_checks(printed, setup.template, setup.scheme),
        *trial_findings(setup, artworks or ()),
        *drawn,
    ]
    own = setup.project.severities
    # Before anything waits for a cause: what the project makes less than an error keeps nothing back.
    kept = presenting.regraded(checks.unsilenced(found, setup.sources, artwork=artworks is not None), own)
    shown = presenting.waiting(presenting.told_by_key(kept), presenting.regraded(drawn, own), titles)
    return tuple(checks.in_order(presenting.causes(shown, titles)))


@final
class Ready:
    """A setup that may go to press; `artworks` are its units' tags in their order, `findings` warnings and notes."""

    __slots__ = ("__weakref__", "_artworks", "_findings", "_setup")
    _setup: Setup
    _artworks: tuple[Artwork, ...]
    _findings: Findings

    def __new__(cls, *_: object, **__: object) -> Ready:
        raise TypeError("a Ready is made by keytag.ready(setup) only, which checks the setup")

    def __init_subclass__(cls) -> None:
        raise TypeError("a Ready has no other kinds")

    @property
    def setup(self) -> Setup:
        return self._setup

    @property
    def artworks(self) -> tuple[Artwork, ...]:
        return self._artworks

    @property
    def findings(self) -> Findings:
        return self._findings

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a Ready cannot be changed: its {name} is what was checked")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __copy__(self) -> Ready:
        return self

    def __deepcopy__(self, memo: object) -> Ready:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self._setup,)

    def __repr__(self) -> str:
        return f"<Ready: {self._setup.name}, {len(self._artworks)} units>"


def ready(setup: Setup) -> Ready | Findings:
    """The setup as a `Ready`; else all its findings, of which at least one is an error."""
    artworks = compose(setup)
    findings = findings_of(setup, artworks)
    if len(artworks) > _MANY:
        from keytag.tag.memory import forget

        forget()
    if has_errors(findings):
        return findings
    made = object.__new__(Ready)
    for name, value in (("_setup", setup), ("_artworks", artworks), ("_findings", findings)):
        object.__setattr__(made, name, value)
    return made


def _again(setup: Setup) -> Ready:
    """What unpickling does."""
    found = ready(setup)
    if not isinstance(found, Ready):
        raise ValueError("the pickled setup has errors, and is not ready for the press")
    return found


def admitted(value: object) -> Ready:
    """`value` where it is a genuine `Ready`; a `TypeError` for whatever else only looks like one."""
    if type(value) is not Ready or not hasattr(value, "_findings"):
        raise TypeError(f"{type(value).__name__} is no Ready: keytag.ready(setup) makes one of a setup without errors")
    return value


@dataclass(frozen=True, slots=True)
class Order:
    """The units of a `Ready` that are to be imposed, their finished tags and the tags wanted of each, with spoilage.

    What differs from tag to tag is blank in `artworks`: only `numbering` puts it there, and never a specimen.

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
            (unit, artwork.shell)
            for unit, artwork in zip(setup.printed.units, self.ready.artworks, strict=True)
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
        raise UsageError(say("no unit has tags on order"), hint=say("give the units a quantity"))
    return order
