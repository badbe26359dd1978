"""A QR link is not written as it must be.

https:// in lower case, no user name, no port, and at zalo.me no query and no fragment. Every character more makes the
code finer and harder to read; capitals keep many Android phones from opening it; a user name before the host hides
where the link leads; without the s anyone on the way can change the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context, refused

ID = "link-form"
SEVERITY = Severity.ERROR
TITLE = "a link of the wrong form"
BAD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/1234567890123456789?src=qr  # ✗
"""
GOOD = """\
authority:
  name: Đak Đoa
  zalo: https://zalo.me/1234567890123456789
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each link that `links` refuses on these grounds."""
    yield from refused(context, ID, SEVERITY)
