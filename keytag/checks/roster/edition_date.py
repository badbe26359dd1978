"""The edition mark and the date of issue are of different months.

05/2020 on the tag and 2020-06-18 on its papers: one of them was copied from the last job. The edition tells old tags
from new ones in people's hands.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, iso

ID = "edition-date"
SEVERITY = Severity.WARNING
TITLE = "an edition of another month than the date"
BAD = """\
job:
  date: 2020-05-18
  edition: 05/2019  # ✗
"""
GOOD = """\
job:
  date: 2020-05-18
  edition: 05/2020
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding where both can be read and disagree."""
    job = context.roster.job
    date = iso(job.date)
    if job.edition is None or not date:
        return
    edition = month_of(job.edition.value)
    if edition and edition != date[:7]:
        said = f"{date[5:7]}/{date[:4]}"
        message = say(
            "the edition is {edition}, the date of issue {date} ({said}): which is right?",
            edition=job.edition.value,
            date=date,
            said=said,
        )
        yield Diagnostic(ID, SEVERITY, job.edition.span, message)


def month_of(edition: str) -> str:
    """An edition mark MM/YYYY as YYYY-MM; empty where it is none."""
    month, mark, year = edition.partition("/")
    right = mark and len(month) == 2 and len(year) == 4 and (month + year).isascii() and (month + year).isdigit()
    return f"{year}-{month}" if right and 1 <= int(month) <= 12 else ""
