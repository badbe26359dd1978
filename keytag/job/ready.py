"""The one gate to the press: a `Ready` is a setup in which no check finds an error, with its tags composed.

Planning, imposing and all that comes after take a `Ready`, and only `ready` makes one. Copying gives the same value,
unpickling goes through the gate again, and there is nothing to replace, so that no road leads around the checks.
"""

from __future__ import annotations

from typing import Never, TypeAlias, final

from keytag.base.diagnostics import Diagnostic, has_errors
from keytag.job.lint import compose, findings_of
from keytag.job.setup import Setup
from keytag.tag.artwork import Artwork

Findings: TypeAlias = tuple[Diagnostic, ...]


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
