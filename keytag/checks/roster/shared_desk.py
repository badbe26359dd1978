"""Two units have the same landline.

Each post has its own desk. Two with one number are a copied line, or one desk that answers for both; then say so with
`# keytag: ignore[shared-desk]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.checks.roster.context import Context
from keytag.checks.roster.shared_mobile import shared
from keytag.vietnam.phones import Kind

ID = "shared-desk"
SEVERITY = Severity.WARNING
TITLE = "the same landline for two units"
BAD = """\
units:
  - name: Glar
    duty: 0269.3000.201
  - name: Trang
    duty: 0269.3000.201  # ✗
"""
GOOD = """\
units:
  - name: Glar
    duty: 0269.3000.201
  - name: Trang
    duty: 0269.3000.202
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each landline or police number that stands in another unit already."""
    for kind in (Kind.LANDLINE, Kind.POLICE):
        yield from shared(context, kind, ID, SEVERITY)
