"""Preflight of what keytag has written itself: a file that breaks a rule of its standard is never published."""

from __future__ import annotations

from keytag.base.diagnostics import Severity
from keytag.base.errors import OutputError
from keytag.base.standard import Standard


def preflight(name: str, data: bytes, standard: Standard, *, fonts: bool = False) -> None:
    """Raise `OutputError` where the file breaks a rule of its standard; only documents for people may have `fonts`."""
    from keytag.checks.pdf import Expectation
    from keytag.checks.pdf import preflight as run

    expected = Expectation(fonts=True) if fonts else None
    errors = [f for f in run(data, standard, expected) if f.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise OutputError(f"{name}: fails its own preflight: {errors[0].message} [{errors[0].id}]{more}")
