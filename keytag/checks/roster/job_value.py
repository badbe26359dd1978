"""A value of the job section cannot be used.

Shares are written 3% or 0.03, counts as whole numbers, switches as yes or no. What cannot be read counts as not
written, which changes what is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.excerpt import excerpt
from keytag.base.units import parse_fraction
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.files.fields import decimal, flag, whole
from keytag.files.source import Text
from keytag.roster.keys import PAPERS
from keytag.vietnam.links import is_host

ID = "job-value"
SEVERITY = Severity.ERROR
TITLE = "a job setting that cannot be used"
BAD = """\
job:
  date: 2020-05-18
  spoilage: three  # ✗
  per_box: 0  # ✗
  qr_hosts: [congan.example.vn/zalo]  # ✗
  show_113: maybe  # ✗
  papers: french  # ✗
"""
GOOD = """\
job:
  date: 2020-05-18
  spoilage: 3%
  per_box: 500
  qr_hosts: [congan.example.vn]
  show_113: yes
  papers: vi
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such value."""
    job = context.roster.job
    shares = ((job.spoilage, "spoilage", 0.5), (job.max_overs, "max_overs", 100.0))
    for text, what, most in shares:
        if text is not None:
            share = parse_fraction(text.value)
            if share is None or not 0 <= share <= most:
                yield _bad(text, what, say("is not a share such as 3% (at most {most:.0%})", most=most))
    for text, what in (
        (job.max_plates, "max_plates"),
        (job.per_box, "per_box"),
        (job.shortest_run, "shortest_run"),
        (job.run_multiple, "run_multiple"),
    ):
        if text is not None and whole(text) is None:
            yield _bad(text, what, say("is not a whole number above zero"))
    if job.plate_cost is not None and decimal(job.plate_cost) is None:
        yield _bad(job.plate_cost, "plate_cost", say("is not a number"))
    for host in job.qr_hosts:
        if not is_host(host.value):
            yield _bad(host, "qr_hosts", say("is not the name of a host, such as congan.example.vn"))
    if job.show_113 is not None and flag(job.show_113) is None:
        yield _bad(job.show_113, "show_113", say("is neither yes nor no"))
    if job.papers is not None and job.papers.value.casefold() not in PAPERS:
        yield _bad(job.papers, "papers", say("is none of {known}", known=", ".join(PAPERS)))


def _bad(text: Text, what: str, why: str) -> Diagnostic:
    return Diagnostic(
        ID, SEVERITY, text.span, say("{what}: '{text}' {why}", what=what, text=excerpt(text.value, 30), why=why)
    )
