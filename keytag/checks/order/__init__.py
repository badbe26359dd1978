"""Checks on the order: whether a sheet holds the tag, and whether any plan can hold what the job asks for.

No plan is made: names are looked up and tags counted. What only a search can rule out is the planner's to say.
"""

from __future__ import annotations

from keytag.base.diagnostics import Diagnostic
from keytag.checks.order import (
    bleed_gap,
    die_name,
    letters,
    many_boxes,
    plan_by_hand,
    plan_limits,
    plan_units,
    sheet_size,
)
from keytag.checks.order.ordered import Ordered, ordered
from keytag.roster.model import Roster
from keytag.sheet.scheme import Scheme
from keytag.tag.template import Template

__all__ = ["ORDER_CHECKS", "Ordered", "check_order", "ordered"]

ORDER_CHECKS = (sheet_size, bleed_gap, die_name, plan_units, plan_limits, plan_by_hand, many_boxes)


def check_order(roster: Roster, template: Template, scheme: Scheme) -> list[Diagnostic]:
    """What all order checks find."""
    order = ordered(roster, template, scheme)
    found = [finding for check in ORDER_CHECKS for finding in check.check(order)]
    return [*found, *letters.check(order)]
