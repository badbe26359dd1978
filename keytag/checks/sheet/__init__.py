"""Checks on press sheets: one module a check, each on values, before anything is written."""

from __future__ import annotations

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
from keytag.diagnostics import Diagnostic
from keytag.page import PressSheet

__all__ = ["JOB_CHECKS", "SHEET_CHECKS", "View", "check_sheet", "view"]

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
    """What all sheet checks find on one press sheet."""
    seen = view(press)
    return tuple(finding for check in SHEET_CHECKS for finding in check.check(seen))
