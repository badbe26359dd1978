"""A product of the job cannot be made.

One is made for each household (as many as tags), unit or village; copies are a whole number; each product has a folder
of its own, so that no two may have one name; and where it is for villages, units must have some.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context, line_of
from keytag.files.fields import whole
from keytag.files.source import clipped
from keytag.roster.keys import PER
from keytag.roster.model import Product
from keytag.roster.products import HOUSEHOLD, VILLAGE, folder_of, per_of

ID = "product-value"
SEVERITY = Severity.ERROR
TITLE = "a product that cannot be made"
BAD = """\
job:
  date: 2020-05-18
  products:
    - template: oval-50x20
      per: house  # ✗
    - template: leaflet-a5
      per: unit
      copies: some  # ✗
    - template: leaflet-a5  # ✗ the same folder
    - template: poster-a3
      per: village  # ✗ no villages
"""
GOOD = """\
job:
  date: 2020-05-18
  products:
    - template: oval-50x20
      per: household
    - template: leaflet-a5
      per: unit
      copies: 20
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such value."""
    folders: dict[str, Product] = {}
    some = any(unit.villages for unit in context.roster.units)
    for product in context.roster.job.products:
        per = per_of(product)
        if product.per is not None and per not in PER:
            message = say(
                "per: '{per}' is not known: use {per2}", per=clipped(product.per.value), per2=joined(", ", PER)
            )
            yield Diagnostic(ID, SEVERITY, product.per.span, message)
        elif product.per is not None and per == VILLAGE and not some:
            yield Diagnostic(ID, SEVERITY, product.per.span, say("per: no unit has villages"))
        if product.copies is not None:
            what = say("is not a whole number above zero") if whole(product.copies) is None else ""
            what = what or (say("is for units and villages: households get one each") if per == HOUSEHOLD else "")
            if what:
                message = say("copies: '{copies}' {what}", copies=clipped(product.copies.value), what=what)
                yield Diagnostic(ID, SEVERITY, product.copies.span, message)
        first = folders.setdefault(folder_of(product), product)
        if first is not product:
            said = product.name or product.template
            where = say(
                "the folder {folder} is another product's ({place}): give it a name",
                folder=folder_of(product),
                place=line_of(first.span),
            )
            yield Diagnostic(ID, SEVERITY, said.span if said else product.span, where)
