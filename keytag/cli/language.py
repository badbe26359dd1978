"""Which language the program speaks: `--lang`, else KEYTAG_LANG, else the locale. The one place that remembers it."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from keytag.base.errors import UsageError
from keytag.base.words import ENGLISH, Words, say

OPTION, VARIABLE = "--lang", "KEYTAG_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that says anything decides (POSIX, 8.2)
_VIETNAMESE = 0x2A  # LANG_VIETNAMESE of Windows: the lower ten bits of a language identifier

_chosen: Words = ENGLISH
_asked = False


def words() -> Words:
    """The words of the language that was chosen."""
    return _chosen


def page_language() -> str:
    """The language of a page that a person looks at: that of `--lang`, else Vietnamese, whatever the locale."""
    return _chosen.language if _asked else "vi"


def asked_words() -> Words:
    """The words of what programs read: English, unless `--lang` asks for another language."""
    return _chosen if _asked else ENGLISH


def choose(line: list[str], environ: Mapping[str, str]) -> list[str]:
    """The command line without its `--lang`, after which `words` are those of the language; `UsageError` for others."""
    global _chosen, _asked
    _chosen, _asked = ENGLISH, False
    _chosen = _words(_of_locale(environ), VARIABLE)
    rest, named = _taken(line)
    _asked = named is not None
    if named is None and VARIABLE in environ and environ[VARIABLE].strip():
        named = environ[VARIABLE]
    if named is not None:
        _chosen = _words(named.strip().lower(), OPTION if _asked else VARIABLE)
    return rest


def _words(language: str, source: str) -> Words:
    if language == "en":
        return ENGLISH
    from keytag.files.catalogues import LANGUAGES, words_of

    if language not in LANGUAGES:
        hint = say("there are {languages}", languages=", ".join(LANGUAGES))
        raise UsageError(
            say("{source}: '{language}' is no language of keytag", source=source, language=language), hint=hint
        )
    return words_of(language)


def _taken(line: list[str]) -> tuple[list[str], str | None]:
    """The words of a command line without `--lang` and its value, wherever it stands before `--`; the last counts."""
    end = line.index("--") if "--" in line else len(line)
    rest: list[str] = []
    named = None
    at = 0
    while at < end:
        word = line[at]
        if word == OPTION:
            if at + 1 >= end:
                raise UsageError(say("Option '{option}' requires an argument.", option=OPTION))
            named, at = line[at + 1], at + 1
        elif word.startswith(f"{OPTION}="):
            named = word[len(OPTION) + 1 :]
        else:
            rest.append(word)
        at += 1
    return [*rest, *line[end:]], named


def _of_locale(environ: Mapping[str, str]) -> str:
    """`vi` where the locale of the environment, or on Windows the language of its windows, is Vietnamese; else `en`."""
    for name in _LOCALE:
        if environ.get(name):
            return "vi" if environ[name].lower().startswith("vi") else "en"
    if sys.platform == "win32":
        import ctypes

        return "vi" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _VIETNAMESE else "en"
    return "en"
