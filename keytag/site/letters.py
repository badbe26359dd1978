"""Letters that telephones may lack: a woff2 subset of just those used, for the page to carry in itself.

Jrai and Ba Na write ƀ and a breve over any vowel (U+0306); Vietnamese has neither, and older telephones show boxes.
"""

from __future__ import annotations

import base64
import io
import unicodedata
from functools import lru_cache
from pathlib import Path

FACE = Path(__file__).parents[1] / "data" / "fonts" / "FiraSansCondensed-SemiBold.ttf"


def special(text: str) -> bool:
    """Whether `text` has letters beyond those that every Vietnamese telephone shows."""
    return any(c in "ƀɃ" or unicodedata.combining(c) for c in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=64)
def subset(letters: str) -> str:
    """The font of these letters as a data: address."""
    import brotli  # noqa: F401 - what fontTools packs a woff2 with
    from fontTools import subset as tools

    options = tools.Options(flavor="woff2", layout_features=["mark", "mkmk", "ccmp"], name_IDs=[], notdef_outline=True)
    font = tools.load_font(str(FACE), options)
    maker = tools.Subsetter(options)
    maker.populate(text=letters)
    maker.subset(font)
    font["head"].modified = font["head"].created  # no clock
    data = io.BytesIO()
    tools.save_font(font, data, options)
    return "data:font/woff2;base64," + base64.b64encode(data.getvalue()).decode()
