"""A QR code points at the site's host, and not at the site.

The address of the site and what the tag's code says are one fact: a code that leads to another page of the same host
leads to nothing once the pages lie under the address. It may say the address itself, or the page of its own unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.roster.context import Context
from keytag.roster.site import page_of
from keytag.vietnam.links import host_of

ID = "site-address"
SEVERITY = Severity.ERROR
TITLE = "a code that misses the site"
BAD = """\
authority:
  name: Đak Đoa
  zalo: https://congan.example.gov.vn/dakdoa/  # ✗
site:
  address: https://congan.example.gov.vn/dd/
"""
GOOD = """\
authority:
  name: Đak Đoa
  zalo: https://congan.example.gov.vn/dd/
site:
  address: https://congan.example.gov.vn/dd/
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such link."""
    site = context.roster.site
    if site is None or site.address is None:
        return
    address = site.address.value
    pages = {unit.key: page_of(address, unit.key) for unit in context.roster.units}
    for link in context.links:
        if host_of(link.text.value) != host_of(address) or link.text.value == address:
            continue
        if link.text.value != pages.get(link.key):
            page = say(" or {pages}", pages=pages[link.key]) if link.key else ""
            message = say("the QR link misses the site: write {address}{page}", address=address, page=page)
            yield Diagnostic(ID, SEVERITY, link.text.span, message, (), link.key)
