"""Which unit a person means by a word: `--unit`, `apart`, `together` and hand-made plans find their units here.

What is written exactly wins: a key, a code, a name, or kind and name. Then the same in other capitals, then the bare
form without marks, and only where it fits one unit. Several are never one of them: they are named with their codes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from keytag.base.errors import UsageError
from keytag.files.fields import nearest
from keytag.roster.load import slug
from keytag.roster.model import Unit


class Names:
    """The names of all units, indexed once; `find` and `one` are quick for thousands of words."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._exact: dict[str, list[Unit]] = {}
        self._folded: dict[str, list[Unit]] = {}
        self._bare: dict[str, list[Unit]] = {}
        for unit in units:
            name = unit.name.value if unit.name else unit.key
            words = dict.fromkeys((unit.key, unit.code.value if unit.code else unit.key, name, unit.title))
            for index, form in ((self._exact, str), (self._folded, _folded), (self._bare, slug)):
                for word in dict.fromkeys(form(word) for word in words):
                    index.setdefault(word, []).append(unit)

    def find(self, word: str) -> tuple[Unit, ...]:
        """Every unit that `word` may mean; none, or one, where it is clear."""
        for index, form in ((self._exact, str), (self._folded, _folded), (self._bare, slug)):
            if found := index.get(form(word)):
                return tuple(found)
        return ()

    def one(self, word: str) -> Unit:
        """The unit that `word` means; a `UsageError` that proposes the nearest, or lists all that it may mean."""
        found = self.find(word)
        if len(found) == 1:
            return found[0]
        if not found:
            guess = self._nearest(word)
            raise UsageError(f"there is no unit {word!r}", hint=f"did you mean {guess}?" if guess else "")
        listed = ", ".join(f"{unit.title} ({unit.code.value if unit.code else unit.key})" for unit in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise UsageError(f"{word!r} may mean {len(found)} units: {listed}{more}", hint="write the code or the key")

    def _nearest(self, word: str) -> str:
        """The name of the unit that `word` most likely stands for; empty where none is near."""
        near = self._folded.get(nearest(_folded(word), self._folded)) or self._bare.get(nearest(slug(word), self._bare))
        if not near:
            return ""
        return near[0].name.value if near[0].name else near[0].key


def _folded(word: str) -> str:
    """Capitals, and letters composed or not, are alike."""
    return unicodedata.normalize("NFC", " ".join(word.split())).casefold()
