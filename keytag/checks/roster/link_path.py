"""A Zalo link does not lead to an Official Account.

It must be zalo.me/ and the account's number of 18 or 19 digits. A group (zalo.me/g/) can be joined and closed by
anyone, a short link (zalo.me/s/) can be led elsewhere, and a digit more or less is another account.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context, refused

ID = "link-path"
SEVERITY = Severity.ERROR
TITLE = "not a link to an Official Account"
BAD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/g/abcdef123  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/1234567890123456789
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each link that `links` refuses on these grounds."""
    yield from refused(context, ID, SEVERITY)
