"""The printed sheets give fewer tags of a unit than were ordered.

Counted over the whole job from what stands on the sheets, not from the plan: stations of the front times the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.sheet.placed import View

ID = "quantity-short"
SEVERITY = Severity.ERROR


def check(views: Sequence[View], ordered: Mapping[str, int]) -> Iterator[Diagnostic]:
    """One finding for each unit key of `ordered` that gets too few; spoilage is the plan's business."""
    printed: Counter[str] = Counter()
    for view in views:
        for face in view.front:
            printed[face.key] += view.press.sheet.run
    for key, wanted in ordered.items():
        if printed[key] < wanted:
            yield Diagnostic(
                ID,
                SEVERITY,
                None,
                say("{printed:,} tags are printed, {wanted:,} are ordered", printed=printed[key], wanted=wanted),
                unit=key,
            )
