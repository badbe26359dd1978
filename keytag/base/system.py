"""What the system says went wrong with a file or a program, by its own texts (strerror)."""

from __future__ import annotations

from keytag.base.words import Message, say, term


def reason(error: Exception) -> Message:
    """What the system says of an error."""
    text = getattr(error, "strerror", None)
    return term(text) if text else say("{error}", error=error)


# The texts of the system that a person may see; they are looked up by what they say.
SYSTEM = (
    term("Operation not permitted"),
    term("No such file or directory"),
    term("Input/output error"),
    term("Permission denied"),
    term("Device or resource busy"),
    term("File exists"),
    term("Not a directory"),
    term("Is a directory"),
    term("Invalid argument"),
    term("Too many open files"),
    term("File too large"),
    term("No space left on device"),
    term("Read-only file system"),
    term("Broken pipe"),
    term("File name too long"),
    term("Directory not empty"),
    term("Too many levels of symbolic links"),
    term("Bad file descriptor"),
    term("Resource temporarily unavailable"),
    term("Cannot allocate memory"),
    term("Disk quota exceeded"),
    term("Invalid cross-device link"),
    term("Connection refused"),
    term("Address already in use"),
)
