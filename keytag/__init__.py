"""keytag: small die-cut tags from data, checked, proofed and imposed for the press."""

__version__ = "0.1.0"
