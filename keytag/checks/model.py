"""What a check is to people: its id, its severity, a title, why it exists, and a bad and a good sample.

A check is a module with `ID`, `SEVERITY`, `TITLE`, samples `BAD` and `GOOD` where it judges rosters, and a function
`check`; its docstring is its documentation. This record is made of the module when somebody asks.
"""

import inspect
from types import ModuleType

from keytag.base.diagnostics import Severity
from keytag.base.records import NamedTuple

# Checks that no ignore silences and no project makes less than an error: what they find is a wrong digit, or one that
# nobody can read, on every tag.
FIRM = frozenset(
    (
        "duplicate-key",
        "number-characters",
        "not-vietnamese",
        "old-mobile",
        "letter-not-in-font",
        "text-overflow",
        "outside-safe-area",
        "in-ring-hole",
        "live-overlap",
        "covered",
    )
)


class Check(NamedTuple):
    """One check as `keytag explain` and docs/checks.md show it; samples are empty where there are none in words."""

    id: str
    severity: Severity
    title: str
    rationale: str
    bad: str = ""
    good: str = ""


def describe(module: ModuleType) -> Check:
    """The record of a check's module."""
    rationale = inspect.cleandoc(module.__doc__ or "")
    title = getattr(module, "TITLE", "") or rationale.split("\n\n")[0].replace("\n", " ").split(":")[0].rstrip(".")
    bad, good = (getattr(module, name, "") for name in ("BAD", "GOOD"))
    return Check(
        module.ID,
        module.SEVERITY,
        title,
        rationale,
        bad if isinstance(bad, str) else "",
        good if isinstance(good, str) else "",
    )
