"""The catalogues of gettext (`data/locale`): what is looked up in them is what `base.words` marks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from keytag.base.words import ENGLISH, Words

LOCALE = Path(__file__).parent.parent / "data" / "locale"
DOMAINS = ("messages", "help", "explain", "papers")
LANGUAGES = ("en", "vi")


@cache
def words_of(language: str) -> Words:
    """The words of one of `LANGUAGES`; English is the texts themselves, and loads nothing."""
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(LANGUAGES)}")
    if language == "en":
        return ENGLISH
    from gettext import GNUTranslations, NullTranslations

    found: NullTranslations | None = None
    for domain in DOMAINS:
        with (LOCALE / language / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
            loaded = GNUTranslations(file)
        if found is None:
            found = loaded
        else:
            found.add_fallback(loaded)
    assert found is not None
    return Words(language, found.gettext, found.ngettext)
