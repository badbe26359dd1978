"""A finding is a value: which check, how bad, where, in words, and the text edits that mend it.

The same record serves contacts, artwork, sheets and PDFs. How findings are shown is `report`'s business, which checks
exist is `checks`'.
"""

from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How bad a finding is; `ERROR` keeps a job from going to press."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(NamedTuple):
    """A stretch of a text file: 1-based lines and columns, columns counted in characters, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Edit(NamedTuple):
    """Replace what stands in `span` by `text`, to the letter."""

    span: Span
    text: str


class Diagnostic(NamedTuple):
    """One finding. `id` is kebab-case and never renamed; `fix` is empty where a fix would be a guess.

    `unit` is the key of the unit that it is about, empty where it is about none alone. `also` are those of others that
    it is about too: the other holder of a number (empty for the authority), all units that a shared fault shows on.
    `meant`, of a misspelt key, is the key that it should be and the section that lacks it for that.
    """

    id: str
    severity: Severity
    span: Span | None
    message: str
    fix: tuple[Edit, ...] = ()
    unit: str = ""
    also: tuple[str, ...] = ()
    meant: tuple[str, Span] | None = None


def has_errors(findings: tuple[Diagnostic, ...] | list[Diagnostic]) -> bool:
    """Whether any of `findings` is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
