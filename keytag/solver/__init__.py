"""Gang-run planning (the cover printing problem): designs on plate sets, stations for each, and run lengths.

`plan` takes up to about a second and is deterministic, `optimise` takes its time; both give a proven lower bound. Where
a design stands on the sheet is not decided here. The package imports nothing of keytag.
"""

from keytag.solver.default import iterations_of, ladder, optimise, plan
from keytag.solver.model import Design, FixedPlate, Limits, Plan, PlanError, PlateSet, violations
from keytag.solver.practices import Practice, one_per_plate, proportional

__all__ = [
    "Design",
    "FixedPlate",
    "Limits",
    "Plan",
    "PlanError",
    "PlateSet",
    "Practice",
    "iterations_of",
    "ladder",
    "one_per_plate",
    "optimise",
    "plan",
    "proportional",
    "violations",
]
