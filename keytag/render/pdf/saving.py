"""How every PDF is saved: the standard's version, the same bytes each time, streams as they were made."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from keytag.base.standard import Standard

if TYPE_CHECKING:
    import pikepdf


def saved(pdf: pikepdf.Pdf, standard: Standard) -> bytes:
    """The bytes of `pdf`; classic cross-reference table, trailer ID by content, no stream touched."""
    from pikepdf import ObjectStreamMode, StreamDecodeLevel

    out = BytesIO()
    pdf.save(
        out,
        force_version=standard.pdf_version,
        fix_metadata_version=False,
        deterministic_id=True,
        compress_streams=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.disable,
    )
    return out.getvalue()
