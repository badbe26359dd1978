"""What makers of dies and moulds, and cutters, get besides the drawing: the die-lines as DXF and SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.base.words import say
from keytag.job.work import Work
from keytag.sheet.die import Die, die_of
from keytag.sheet.title_block import About, rows

if TYPE_CHECKING:
    from keytag.job.ready import Order
    from keytag.sheet.layout import Layout

DXF, SVG = "cutting-forme.dxf", "cutting-forme.svg"
WHATS = {DXF: "die-lines, DXF", SVG: "die-lines, SVG"}


def about(order: Order) -> About:
    """What the cutting forme says of its job."""
    setup = order.setup
    edition = setup.roster.job.edition
    moulded = setup.template.substrate.process == "moulded"
    return About(setup.name, edition.value if edition else "", setup.date, moulded)


def die(order: Order, layout: Layout) -> Die:
    """The die-lines of the sheet, and what their files say of themselves: the cutting forme's title block."""
    scheme = layout.scheme
    told = tuple(f"{label}: {value}" for label, value in rows(about(order), scheme.tolerance, *scheme.dies))
    facts = (say("{setup}: cutting forme {scheme}", setup=order.setup.name, scheme=scheme.name), *told)
    return die_of(layout, order.artworks[0], facts)


def forme_works(order: Order, layout: Layout) -> tuple[Work, ...]:
    """Both files, in their order."""
    from keytag.render.die_svg import die_svg
    from keytag.render.dxf import dxf

    lines = die(order, layout)
    return Work(DXF, WHATS[DXF], dxf, (lines,)), Work(SVG, WHATS[SVG], die_svg, (lines,))
