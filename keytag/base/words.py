"""What a person reads: an English text that remembers its pattern and fields, to be said in another language.

A `Message` is the English text. Nothing here looks anything up: `Words` is given the catalogue of a language as two
functions, and is an argument of whatever writes for people. Numbers are formatted where the text is made, in the
language of it: English 1,640 and 0.06, Vietnamese 1.640 and 0,06.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

_GONE = "\0"  # a first field that is left out with its colon
_SWAPPED = {",": ".", ".": ","}
_COMMA = frozenset(("vi",))  # languages whose decimal sign is a comma, and whose thousands are parted by points


class Message(str):
    """An English text with the `pattern` (as of `str.format`) and the `fields` that it is made of.

    `plural` is the pattern for many and the number that decides, where there are two forms.
    """

    __slots__ = ("fields", "pattern", "plural")
    pattern: str
    fields: Mapping[str, Any]
    plural: tuple[str, int] | None

    def after(self, beginning: str) -> str:
        """This text without `beginning`, what its first field says, and the colon behind it."""
        if not self.startswith(f"{beginning}: "):
            raise ValueError(f"{self!r} does not begin with {beginning!r}")
        name = self.pattern.partition("}")[0].removeprefix("{")
        first, rest = self.fields.get(name), self.pattern[len(name) + 4 :]
        left = self[len(beginning) + 2 :]
        if isinstance(first, Message) and first != beginning and first.startswith(f"{beginning}: "):
            return _made(left, self.pattern, {**self.fields, name: first.after(beginning)}, self.plural)
        if first != beginning:
            return left
        only = self.fields.get(rest[1:-1])
        if isinstance(only, Message) and rest == f"{{{rest[1:-1]}}}":
            return only
        # The pattern stays whole: that one the catalogues have, and what stands for the beginning is cut off there.
        return _made(left, self.pattern, {**self.fields, name: _GONE}, self.plural)

    def mapped(self, change: Callable[[str], str]) -> Message:
        """This text with every piece of data in it changed, such as written out where a terminal would obey it."""
        fields = {name: _changed(value, change) for name, value in self.fields.items()}
        return _made(change(str(self)), self.pattern, fields, self.plural)

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[Any, ...]]:
        return _made, (str(self), self.pattern, self.fields, self.plural)

    def __add__(self, other: str) -> Message:
        return joined("", (self, other))

    def __radd__(self, other: str) -> Message:
        return joined("", (other, self))


class Figure(str):
    """A number that is a text already, as English writes it."""

    __slots__ = ()


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Message):
        return value.mapped(change)
    return change(value) if isinstance(value, str) else value


def _made(text: str, pattern: str, fields: Mapping[str, Any], plural: tuple[str, int] | None = None) -> Message:
    message = str.__new__(Message, text)
    message.pattern, message.fields, message.plural = pattern, fields, plural
    return message


def say(pattern: str, /, **fields: Any) -> Message:
    """A text for a person. `pattern` is a literal: the catalogues are made of the literals in the source.

    A field is a `Message`, which is translated with it, a number, which is written as the language does, or data,
    which stays what it is. Without fields the pattern is the text itself.
    """
    return _made(pattern.format_map(fields) if fields else pattern, pattern, fields)


def say_n(one: str, many: str, count: int, /, **fields: Any) -> Message:
    """A text in two forms, for one and for many; the number itself is the field `count`."""
    fields["count"] = count
    return _made((one if count == 1 else many).format_map(fields), one, fields, (many, count))


def term(text: str) -> Message:
    """A text that a catalogue has and that is marked elsewhere: a title, a docstring, the help of an option."""
    return _made(text, text, {})


def figure(text: str) -> Figure:
    """A number that had to be made a text, for a field."""
    return Figure(text)


def joined(separator: str, parts: Iterable[str]) -> Message:
    """`separator.join(parts)`, with what each part is made of."""
    fields = {f"part{at}": part for at, part in enumerate(parts)}
    between = separator
    if isinstance(separator, Message):
        fields["separator"], between = separator, "{separator}"
        text = str(separator).join(part for name, part in fields.items() if name != "separator")
    else:
        text = separator.join(fields.values())
        between = separator.replace("{", "{{").replace("}", "}}")
    return _made(text, between.join(f"{{{name}}}" for name in fields if name != "separator"), fields)


class Words:
    """The words of one language: `of` says a text in it.

    `one` looks a pattern up, `many` a pair of patterns by a number; both give back what they are asked for where the
    catalogue lacks it.
    """

    def __init__(self, language: str, one: Callable[[str], str], many: Callable[[str, str, int], str]) -> None:
        self.language = language
        self._one, self._many = one, many

    def of(self, text: str) -> str:
        """A `Message` in this language; any other text is data, and stays what it is."""
        if not isinstance(text, Message):
            return text
        if text.plural is not None:
            pattern = self._many(text.pattern, *text.plural)
        else:
            pattern = self._one(text.pattern) if text.pattern else ""
        return _filled(pattern, text.fields, self).removeprefix(f"{_GONE}: ") if text.fields else pattern

    def number(self, text: str) -> str:
        """A number as this language writes it, of one as English does."""
        return text.translate(_SIGNS) if self.language in _COMMA else text


_SIGNS = str.maketrans(_SWAPPED)


class _English(Words):
    def of(self, text: str) -> str:
        return text

    def number(self, text: str) -> str:
        return text


ENGLISH: Words = _English("en", str, lambda one, many, count: one if count == 1 else many)


def _filled(pattern: str, fields: Mapping[str, Any], words: Words) -> str:
    """`pattern.format_map(fields)` with every field in the language."""
    filled: str = _filling()(words).vformat(pattern, (), fields)
    return filled


@lru_cache(maxsize=1)  # a class is a ring of objects, and takes longer to make than words to fill
def _filling() -> Any:
    """The class of what fills patterns: the library's own, with fields in a language."""
    from string import Formatter

    class Filling(Formatter):
        def __init__(self, words: Words) -> None:
            self._words = words

        def format_field(self, value: Any, spec: str) -> str:
            words = self._words
            if isinstance(value, Message):
                return format(words.of(value), spec)
            if isinstance(value, BaseException) and value.args:
                return format(
                    words.of(str(value)) if not isinstance(value.args[0], str) else words.of(value.args[0]), spec
                )
            if isinstance(value, Figure):
                return format(words.number(value), spec)
            shown = format(value, spec)
            return words.number(shown) if isinstance(value, int | float) else shown

    return Filling
