"""How the serials of one job are written: prefix, number, check character, in groups (`G-0000 018-S`).

Plain numbers only, one after another: nothing may hang on knowing one. `rows` writes many at once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.serial.characters import ALPHABET, DAMM, damm, mod_37_36

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIGITS = 7  # of the number, where the roster does not say
MOST_DIGITS = 12
_PREFIX = re.compile(r"[A-Z]{1,4}")
_BETWEEN = re.compile(r"[\s.\-‐‑–—]+")  # what people and spreadsheets put between the groups


class SerialError(ValueError):
    """A word that is no serial of the job: its message says why, for a person."""


class Form(NamedTuple):
    """The writing of a job's serials; an empty `prefix` leaves digits only, which Damm's digit then checks."""

    prefix: str
    digits: int = DIGITS

    @property
    def letters(self) -> bool:
        """Whether letters stand in it, so that its check character may be one."""
        return bool(self.prefix)

    @property
    def length(self) -> int:
        """Characters of a serial without its groups."""
        return len(self.prefix) + self.digits + 1

    @property
    def last(self) -> int:
        """The largest number that can be written."""
        return int(10**self.digits - 1)

    def text(self, number: int) -> str:
        """The serial without groups, as a code says it: `G0000018S`; `SerialError` where it has too many digits."""
        if not 0 <= number <= self.last:
            raise SerialError(say("{number} does not fit into {digits} digits", number=number, digits=self.digits))
        body = f"{self.prefix}{number:0{self.digits}}"
        return body + (mod_37_36(body) if self.letters else damm(body))

    def printed(self, number: int) -> str:
        """The serial as it is printed: `G-0000 018-S`."""
        return self.grouped(self.text(number))

    def grouped(self, text: str) -> str:
        """The groups of a serial that `text` made."""
        return "".join(cell if isinstance(cell, str) else text[cell] for cell in cells(self))

    def parse(self, word: str) -> int:
        """The number of a serial as a person or a scanner wrote it, groups or none, in either case.

        `SerialError` where it is none of this form: another prefix, a wrong length, a check character that does not
        belong to it.
        """
        plain = _BETWEEN.sub("", word).upper()
        if not plain:
            raise SerialError(say("a serial is blank"))
        if not plain.startswith(self.prefix):
            raise SerialError(say("{word!r} does not begin with {prefix}", word=excerpt(word), prefix=self.prefix))
        if len(plain) != self.length:
            raise SerialError(
                say(
                    "{word!r} has {plain} characters, a serial {length}: {printed}",
                    word=excerpt(word),
                    plain=len(plain),
                    length=self.length,
                    printed=self.printed(18),
                )
            )
        body = plain[len(self.prefix) : -1]
        if not (body.isascii() and body.isdigit()):
            raise SerialError(say("{word!r} has a letter among its digits", word=excerpt(word)))
        right = self.text(int(body))
        if right != plain:
            raise SerialError(
                say(
                    "{word!r} is misread or mistyped: its check character should be {right}",
                    word=excerpt(word),
                    right=right[-1],
                )
            )
        return int(body)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The serials of many numbers as ASCII, one a row of `length` bytes; check characters by whole columns."""
        import numpy as np

        if numbers.size and not 0 <= int(numbers.min()) <= int(numbers.max()) <= self.last:
            raise SerialError(
                say("{numbers} does not fit into {digits} digits", numbers=int(numbers.max()), digits=self.digits)
            )
        found = np.empty((numbers.size, self.length), np.uint8)
        head = len(self.prefix)
        found[:, :head] = np.frombuffer(self.prefix.encode(), np.uint8)
        rest, end = numbers.astype(np.int64), head + self.digits
        while end > head:
            rest, group = np.divmod(rest, 1000)
            begin = max(head, end - 3)
            found[:, begin:end] = _groups()[group, begin - end :]
            end = begin
        step, last = _steps(self.letters)
        state = np.zeros(numbers.size, np.uint8)
        for column in range(self.length - 1):
            state = step[state, found[:, column]]
        found[:, -1] = last[state]
        return found


@lru_cache(maxsize=1)
def _groups() -> NDArray[np.uint8]:
    """The three digits of each number below a thousand."""
    import numpy as np

    return np.frombuffer(b"".join([b"%03d" % number for number in range(1000)]), np.uint8).reshape(1000, 3)


@lru_cache(maxsize=2)
def _steps(letters: bool) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A check character as a machine: the state after each state and character, and what each state says at the end.

    Of MOD 37,36 the state is the product (nought stands for the first one, 36), of Damm the interim digit.
    """
    import numpy as np

    step = np.zeros((37 if letters else 10, 256), np.uint8)
    if letters:
        for product in range(37):
            for value, character in enumerate(ALPHABET):
                step[product, ord(character)] = ((((product or 36) + value) % 36 or 36) * 2) % 37
        said = [ALPHABET[(37 - (product or 36)) % 36] for product in range(37)]
    else:
        step[:, 48:58] = DAMM
        said = list(ALPHABET[:10])
    return step, np.frombuffer("".join(said).encode(), np.uint8)


def is_prefix(text: str) -> bool:
    """Whether serials may begin so: one to four capitals."""
    return _PREFIX.fullmatch(text) is not None


@lru_cache(maxsize=64)
def cells(form: Form) -> tuple[int | str, ...]:
    """What stands at each place of the printed form: a character's index in the plain one, or a fixed separator."""
    head, end = len(form.prefix), form.length - 1
    found: list[int | str] = [*range(head), *(["-"] if head else [])]
    for place in range(form.digits):
        if place and place % 4 == 0:
            found.append(" ")
        found.append(head + place)
    return (*found, "-", end)


@lru_cache(maxsize=64)
def specimen(form: Form) -> int:
    """The least number whose check character is as wide as any (W; 0 among digits): what drafts and proofs show."""
    wide = "W" if form.letters else "0"
    return next((number for number in range(min(form.last, 5000) + 1) if form.text(number)[-1] == wide), 0)
