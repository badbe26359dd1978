"""The edition mark is not a month and a year.

It tells old tags from new ones in people's hands: 05/2020. A month that there is not, or a year of two digits, will be
asked about for years.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.checks.roster.edition_date import month_of

ID = "edition-form"
SEVERITY = Severity.WARNING
TITLE = "an edition mark that is no month"
BAD = """\
job:
  date: 2020-05-18
  edition: 13/2020  # ✗
"""
GOOD = """\
job:
  date: 2020-05-18
  edition: 05/2020
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding where the edition is not MM/YYYY."""
    edition = context.roster.job.edition
    if edition is None:
        return
    if not month_of(edition.value):
        yield Diagnostic(
            ID,
            SEVERITY,
            edition.span,
            say("'{edition}' is not a month such as 05/2020", edition=excerpt(edition.value, 30)),
        )
