"""A synthetic ISO/IEC 15415 print grade for a QR symbol, before anything is printed: `grade`, `grade_image`, `sweep`.

Needs nothing from the rest of keytag but the number formatter. See docs/print-grade.md for what is modelled.
"""

from keytag.grade.grader import NOMINAL_BLUR, Grade, grade, grade_image, modules_of
from keytag.grade.parameters import Parameter
from keytag.grade.sweep import Cell, Sweep, sweep

__all__ = ["NOMINAL_BLUR", "Cell", "Grade", "Parameter", "Sweep", "grade", "grade_image", "modules_of", "sweep"]
