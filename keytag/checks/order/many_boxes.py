"""More boxes than labels are made for: `per_box` is far too small for the order.

Every box gets a label of its own, ten to a sheet of A4; beyond ten thousand nobody means it, and making them would take
minutes and gigabytes. Put more tags in a box.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.order.ordered import Ordered
from keytag.roster.settings import per_box

ID = "many-boxes"
SEVERITY = Severity.ERROR
TITLE = "more boxes than labels are made for"
MOST = 10_000


def check(order: Ordered) -> Iterator[Diagnostic]:
    """One finding where the order fills too many boxes."""
    size = per_box(order.job)
    boxes = sum(-(-tags // size) for tags in order.tags.values())
    if boxes > MOST:
        text = order.job.per_box
        message = say(
            "{size:,} tags in a box make {boxes:,} boxes; labels are made for {most:,} at the most",
            size=size,
            boxes=boxes,
            most=MOST,
        )
        yield Diagnostic(ID, SEVERITY, text.span if text else order.span, message)
