"""keytag: small die-cut tags from data, checked, proofed and imposed for the press."""

from keytag._version import __version__

__all__ = ["__version__"]
