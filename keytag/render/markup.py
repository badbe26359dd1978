"""Text and attributes of XML as `xml.sax.saxutils` writes them, which needs the whole client of the web to load."""

from __future__ import annotations

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = _TEXT | str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Character data between tags (XML 1.0, 2.4)."""
    return text.translate(_TEXT)


def quoteattr(text: str) -> str:
    """The value of an attribute with its quotes: double ones, unless it has such itself (XML 1.0, 3.3.3)."""
    value = text.translate(_ATTRIBUTE)
    if '"' not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else '"' + value.replace('"', "&quot;") + '"'
