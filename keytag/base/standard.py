"""The two PDF/X conformance levels that keytag writes and checks, and what follows from the choice alone.

PDF/X-4 (ISO 15930-7) is the default; PDF/X-1a:2003 (ISO 15930-4) is for old RIPs. How each is met is `render.pdf`'s
business, whether a file meets it `checks.pdf`'s.
"""

from __future__ import annotations

from enum import Enum


class Standard(Enum):
    """A conformance level by its name on the command line."""

    X4 = "x4"
    X1A = "x1a"

    @property
    def title(self) -> str:
        """The identification that the file carries (GTS_PDFXVersion)."""
        return "PDF/X-4" if self is Standard.X4 else "PDF/X-1a:2003"

    @property
    def pdf_version(self) -> str:
        """The version in the file's header, exactly."""
        return "1.6" if self is Standard.X4 else "1.4"

    @property
    def layers(self) -> bool:
        """Whether marks are sorted into optional content groups; PDF/X-1a knows none (PDF 1.5)."""
        return self is Standard.X4
