"""Which unit a person means by a word: `--unit`, `apart`, `together` and hand-made plans find their units here.

What is written exactly wins: a key, a code, a name, or kind and name; the place of a tone mark (Hòa, Hoà) does not
count. Then the same in other capitals, then without marks, and only where that fits one unit. Several are never one of
them: they are named with their codes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from keytag.base.errors import UsageError
from keytag.base.excerpt import some
from keytag.base.words import joined, say
from keytag.files.fields import nearest
from keytag.roster.model import Unit
from keytag.vietnam.names import fold
from keytag.vietnam.spelling import one_placement, slug


class Names:
    """The names of all units, indexed once; `find` and `one` are quick for thousands of words."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._exact: dict[str, list[Unit]] = {}
        self._folded: dict[str, list[Unit]] = {}
        self._plain: dict[str, list[Unit]] = {}
        for unit in units:
            words = _words(unit)
            for index, form in ((self._exact, _spaced), (self._folded, fold), (self._plain, _plain)):
                for word in dict.fromkeys(form(word) for word in words):
                    index.setdefault(word, []).append(unit)

    def find(self, word: str) -> tuple[Unit, ...]:
        """Every unit that `word` may mean; none, or one, where it is clear."""
        for index, form in ((self._exact, _spaced), (self._folded, fold)):
            if found := index.get(form(word)):
                return tuple(found)
        alike = self._plain.get(_plain(word), ())
        return tuple(unit for unit in alike if any(_bare(word, name) for name in _words(unit)))

    def one(self, word: str) -> Unit:
        """The unit that `word` means; a `UsageError` that proposes the nearest, or lists all that it may mean."""
        found = self.find(word)
        if len(found) == 1:
            return found[0]
        if not found:
            guess = self._nearest(word)
            raise UsageError(
                say("there is no unit {word!r}", word=word),
                hint=say("did you mean {guess}?", guess=guess) if guess else "",
            )
        listed = ", ".join(f"{unit.title} ({unit.code.value if unit.code else unit.key})" for unit in found[:5])
        more = say(" and {found} more", found=len(found) - 5) if len(found) > 5 else ""
        raise UsageError(
            say(
                "{word!r} may mean {found} units: {listed}{more}", word=word, found=len(found), listed=listed, more=more
            ),
            hint=say("write the code or the key"),
        )

    def _nearest(self, word: str) -> str:
        """The units that `word` most likely stands for: those of other marks, else the nearest name."""
        alike = self._plain.get(_plain(word)) or self._folded.get(nearest(fold(word), self._folded))
        alike = alike or self._plain.get(nearest(_plain(word), self._plain)) or []
        shown = [unit.full_title if unit.mark else unit.name.value if unit.name else unit.key for unit in alike]
        return joined(say(" or "), some(shown, 5))


def _words(unit: Unit) -> tuple[str, ...]:
    """All that a unit may be called."""
    texts = (text.value for text in (unit.name, unit.code) if text is not None)
    return tuple(dict.fromkeys(word for word in (unit.key, unit.title, *texts) if word.strip()))


def _spaced(text: str) -> str:
    return " ".join(one_placement(text).split())


def _plain(text: str) -> str:
    return slug(text).replace("-", "")


def _bare(word: str, name: str) -> bool:
    """Whether `word` is `name` with some or all of its marks left out; a mark that differs is another name."""
    written, known = _letters(word), _letters(name)
    if len(written) != len(known) or not written:
        return False
    return all(a == b and marks <= theirs for (a, marks), (b, theirs) in zip(written, known, strict=True))


def _letters(text: str) -> list[tuple[str, frozenset[str]]]:
    """The letters of a folded text, each with its marks; the bar of đ and ƀ is one."""
    found: list[tuple[str, frozenset[str]]] = []
    for character in unicodedata.normalize("NFD", fold(text)):
        if found and unicodedata.combining(character):
            found[-1] = (found[-1][0], found[-1][1] | {character})
        elif character in "đƀ":
            found.append(("d" if character == "đ" else "b", frozenset("-")))
        else:
            found.append((character, frozenset()))
    return found
