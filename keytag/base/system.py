"""What the system or a library says went wrong with a file or a program: texts of theirs, by what they say."""

from __future__ import annotations

from keytag.base.words import Message, say, term


def reason(error: Exception) -> Message:
    """What an error says: keytag's own text, the system's (strerror), or a library's as `in_words` gives it."""
    text = getattr(error, "strerror", None)
    if text:
        return term(text)
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Message) else in_words(str(error) or type(error).__name__)


def in_words(text: str) -> Message:
    """A library's text: known by its pattern, or between quotes, since it is English whatever the language."""
    from keytag.base.others import KNOWN
    from keytag.base.recognise import recognised

    found = recognised(text, KNOWN, {"what": KNOWN})
    return found if isinstance(found, Message) else say("“{text}”", text=text)
