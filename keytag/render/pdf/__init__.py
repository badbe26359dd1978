"""PDF/X from a finished document: paths, process and spot inks, layers; no fonts, no transparency, no RGB.

`write` makes the whole file; `page_content` and `placements` give a page's bytes alone, for whoever varies them at
speed. How a file is kept safe on the way to its final name is `publish`'s business.
"""

from __future__ import annotations

from keytag.base.standard import Standard
from keytag.render.pdf.content import form_content, page_content, placements
from keytag.render.pdf.document import write

__all__ = ["Standard", "form_content", "page_content", "placements", "write"]
