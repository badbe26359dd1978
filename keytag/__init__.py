"""keytag: small die-cut tags from data, checked, proofed and imposed for the press.

The library's face (docs/library.md). Each name is imported when it is first asked for: `import keytag` itself loads no
library.

    import keytag

    setup = keytag.open("contacts.yaml")
    ready = keytag.ready(setup)
    if isinstance(ready, keytag.Ready):
        keytag.impose(ready, "out")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag._version import __version__

if TYPE_CHECKING:
    from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
    from keytag.base.errors import FindingsError, InputError, KeytagError, MissingToolError, OutputError, UsageError
    from keytag.base.standard import Standard
    from keytag.job.films import Filmed, films
    from keytag.job.impose import Result, impose, plan
    from keytag.job.ready import Findings, Ready, check, compose, ready
    from keytag.job.setup import Setup, open
    from keytag.job.verification import verify
    from keytag.solver import Plan
    from keytag.tag.artwork import Artwork
    from keytag.verification.model import Report

__all__ = [
    "Artwork",
    "Diagnostic",
    "Edit",
    "Filmed",
    "Findings",
    "FindingsError",
    "InputError",
    "KeytagError",
    "MissingToolError",
    "OutputError",
    "Plan",
    "Ready",
    "Report",
    "Result",
    "Setup",
    "Severity",
    "Span",
    "Standard",
    "UsageError",
    "__version__",
    "check",
    "compose",
    "films",
    "impose",
    "open",
    "plan",
    "ready",
    "verify",
]

_HOMES = {
    "keytag.base.diagnostics": ("Diagnostic", "Edit", "Severity", "Span"),
    "keytag.base.errors": (
        "FindingsError",
        "InputError",
        "KeytagError",
        "MissingToolError",
        "OutputError",
        "UsageError",
    ),
    "keytag.base.standard": ("Standard",),
    "keytag.job.films": ("Filmed", "films"),
    "keytag.job.impose": ("Result", "impose", "plan"),
    "keytag.job.ready": ("Findings", "Ready", "check", "compose", "ready"),
    "keytag.job.setup": ("Setup", "open"),
    "keytag.job.verification": ("verify",),
    "keytag.solver": ("Plan",),
    "keytag.tag.artwork": ("Artwork",),
    "keytag.verification.model": ("Report",),
}


def __getattr__(name: str) -> object:
    """One name of the face, from where it lives (PEP 562)."""
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'keytag' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
