"""Gang-run planning: which designs stand on which plate set, how often, and how many sheets are printed of each.

`plan` is quick and deterministic, `optimise` takes its time; both give a proven lower bound. Where a design stands on
the sheet is not decided here: blocked stations are taken off `Limits.stations` by the caller.
"""

from keytag.solver.baselines import one_per_plate, proportional
from keytag.solver.model import Design, FixedPlate, Limits, Plan, PlanError, PlateSet, violations
from keytag.solver.optimise import iterations_of, optimise
from keytag.solver.quick import ladder, plan

__all__ = [
    "Design",
    "FixedPlate",
    "Limits",
    "Plan",
    "PlanError",
    "PlateSet",
    "iterations_of",
    "ladder",
    "one_per_plate",
    "optimise",
    "plan",
    "proportional",
    "violations",
]
