"""Checks on press sheets: one module a check, each on values, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keytag.base.diagnostics import Diagnostic
from keytag.checks.sheet import (
    bleed_overlap,
    empty_station,
    in_gripper,
    ink_on_neighbour,
    mark_collision,
    mark_missing,
    off_sheet,
    pairing,
    quantity_short,
    registration,
    run_length,
    unprintable,
)
from keytag.checks.sheet.placed import View, view
from keytag.sheet.layout import PressSheet

__all__ = ["JOB_CHECKS", "SHEET_CHECKS", "View", "check_job", "check_sheet", "view"]

SHEET_CHECKS = (
    pairing,
    registration,
    off_sheet,
    in_gripper,
    unprintable,
    ink_on_neighbour,
    bleed_overlap,
    mark_collision,
    mark_missing,
    run_length,
    empty_station,
)

# These look at all sheets of a job together.
JOB_CHECKS = (quantity_short,)


def check_sheet(press: PressSheet) -> tuple[Diagnostic, ...]:
    """What the sheet checks find on one press sheet."""
    return _check(view(press))


def check_job(presses: Sequence[PressSheet], ordered: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    """What all checks find on the press sheets of one job; `ordered` is how many tags each unit key is to get."""
    views = [view(press) for press in presses]
    each = [finding for seen in views for finding in _check(seen)]
    return (*each, *(finding for check in JOB_CHECKS for finding in check.check(views, ordered)))


def _check(seen: View) -> tuple[Diagnostic, ...]:
    return tuple(finding for check in SHEET_CHECKS for finding in check.check(seen))
