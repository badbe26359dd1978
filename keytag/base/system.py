"""What the system says went wrong with a file or a program, by its own texts (strerror)."""

from __future__ import annotations

from keytag.base.words import Message, say, term


def reason(error: Exception) -> Message:
    """What the system says of an error."""
    text = getattr(error, "strerror", None)
    return term(text) if text else say("{error}", error=error)
