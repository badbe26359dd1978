"""A finished PDF that carries its own hash, so that a later run knows whether it may write over it."""

from __future__ import annotations

from io import BytesIO

from keytag.base.standard import Standard
from keytag.files import seal
from keytag.render.pdf.saving import saved


def sealed(data: bytes, standard: Standard) -> bytes:
    """The same file with the seal in its information dictionary; its streams stay as they are."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.docinfo[seal.PDF_KEY] = pikepdf.String(seal.BLANK)
        return seal.sealed(saved(pdf, standard))
