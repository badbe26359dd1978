"""The layout library, imported before all else of it, without the expressions that nothing here asks for.

When it is imported, reportlab compiles one for web addresses, case-blind with most of Unicode in it: 60 ms.
"""

from __future__ import annotations

from keytag.base.late import patterns_late

with patterns_late():
    import reportlab.platypus.paragraph  # noqa: F401
