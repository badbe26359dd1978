"""Several printed pieces of one roster: what each is called, and for whom how many are made."""

from __future__ import annotations

from keytag.files.source import Text
from keytag.roster.model import Product, Roster, Unit
from keytag.roster.villages import shares
from keytag.vietnam.spelling import slug

HOUSEHOLD, UNIT, VILLAGE = "household", "unit", "village"


def folder_of(product: Product) -> str:
    """The name of its folder: its own, else its template's."""
    name = product.name or product.template
    said = name.value if name else ""
    stem = said.replace("\\", "/").rpartition("/")[2]
    return slug(stem.removesuffix(".yaml").removesuffix(".yml")) or "product"


def per_of(product: Product) -> str:
    """For whom one is made."""
    return product.per.value.casefold() if product.per else HOUSEHOLD


def of_product(roster: Roster, product: Product) -> Roster:
    """The roster of a job that makes this product alone: what belongs to plans of the others is gone."""
    job = roster.job._replace(
        template=product.template,
        scheme=product.scheme or roster.job.scheme,
        products=(),
        apart=(),
        together=(),
        plan=(),
        max_plates=None,
    )
    return roster._replace(job=job)


def pieces(roster: Roster, product: Product) -> Roster:
    """The roster with a unit for each piece: as many as tags for households, else `copies` for a unit or a village."""
    if per_of(product) == HOUSEHOLD:
        return roster
    return roster._replace(units=tuple(piece for unit in roster.units for piece in pieces_of(unit, product)))


def pieces_of(unit: Unit, product: Product) -> tuple[Unit, ...]:
    """The pieces of one unit, each as a unit: the unit itself, or one for each of its villages."""
    per = per_of(product)
    if per == HOUSEHOLD:
        return (unit,)
    copies = product.copies or Text("1", product.span)
    if per == UNIT:
        return (unit._replace(quantity=copies),)
    return tuple(_of_village(unit, i, copies) for i in range(len(unit.villages)))


def _of_village(unit: Unit, index: int, copies: Text) -> Unit:
    """The unit as the piece of one of its villages tells it."""
    share = shares(unit)[index]
    return unit._replace(
        key=f"{unit.key}-{share.key}", mark=share.village.title, quantity=copies, village=share.village, villages=()
    )
