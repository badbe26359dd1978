"""QR symbols: written by ISO/IEC 18004, read back by libraries."""
