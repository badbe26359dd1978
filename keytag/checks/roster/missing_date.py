"""The job has no date.

Every date in every output is the job's own, so that two runs are alike, and validity is judged by it. Without one, what
has ended is not noticed.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import say
from keytag.checks.roster.context import Context

ID = "missing-date"
SEVERITY = Severity.WARNING
TITLE = "no date of issue"
BAD = """\
job:
  name: Móc khóa  # ✗
  date:
"""
GOOD = """\
job:
  name: Móc khóa
  date: 2020-05-18
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding where the job's date is missing; one that cannot be read is bad-date's business."""
    job = context.roster.job
    if job.date is not None:
        return
    span = job.name.span if job.name else job.span
    if span is None and context.roster.files:
        span = Span(context.roster.files[0].name, 1, 1, 1, 1)
    message = say("the job has no date (date: YYYY-MM-DD): outputs carry a made-up one")
    yield Diagnostic(ID, SEVERITY, span, message + ("" if context.on else say(", and validity is not judged")))
