"""A QR link leads to a host that is not allowed.

Only zalo.me, and what the job lists under qr_hosts. Refused in any case: qr.zalo.me and oa.zalo.me (log-in pages:
whoever scans may sign in as the office), zaloapp.com, link shorteners (they can be led elsewhere after printing), and
hosts that only look like Zalo or the state's .gov.vn, by digits for letters, a letter more or less, or letters of other
alphabets. Such a host is refused on the list too.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context, refused
from keytag.vietnam.links import is_host, judge_allowed

ID = "link-host"
SEVERITY = Severity.ERROR
TITLE = "a link that leads elsewhere"
BAD = """\
authority:
  name: Đak Đoa
  zalo: https://qr.zalo.me/p/1234567890123456789  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/1234567890123456789
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each link that `links` refuses on these grounds."""
    yield from refused(context, ID, SEVERITY)
    for host in context.roster.job.qr_hosts:
        why = judge_allowed(host.value) if is_host(host.value) else ""
        if why:
            yield Diagnostic(ID, SEVERITY, host.span, say("qr_hosts: {why}", why=why))
