"""A QR link leads to the Zalo account of a telephone number.

That is one person's account. It goes with the person, or with the number, and whoever gets the number next gets the
messages. Use the link of the Official Account.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context, refused

ID = "link-phone"
SEVERITY = Severity.ERROR
TITLE = "a link to a telephone number"
BAD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/0900000100  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/1234567890123456789
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each link that `links` refuses on these grounds."""
    yield from refused(context, ID, SEVERITY)
