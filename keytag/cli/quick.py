"""Plain values of the command line, coerced without pydantic: a fast start for typer from 0.29 on.

From 0.29 on typer coerces every value, defaults too, through pydantic, whose import alone takes as long as `keytag
check`. What needs no coercion (text, a path, a word of a choice, a plain number in its range) is passed on here; all
else, and every error, is typer's. Older typers, and later ones that do it otherwise, are left as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from typer.core import TyperCommand, TyperGroup

from keytag.base.words import term
from keytag.cli import language

_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_UNKNOWN = object()


class _Plain:
    """Over a command of typer: plain values cost nothing, and help is in the chosen language."""

    def get_help(self, ctx: Any) -> str:
        _speak(self, ctx)
        return str(super().get_help(ctx))  # type: ignore[misc]

    def get_usage(self, ctx: Any) -> str:
        _speak(self, ctx)
        return str(super().get_usage(ctx))  # type: ignore[misc]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _quicken(self.get_params(ctx))  # type: ignore[attr-defined]
        return list(super().parse_args(ctx, args))  # type: ignore[misc]


class QuickCommand(_Plain, TyperCommand):
    """A verb."""


class QuickGroup(_Plain, TyperGroup):
    """The program itself; typer adds some options (for completion) after it is made."""


def _speak(command: Any, ctx: Any) -> None:
    """Have the help of `command` laid out in the chosen language; English is how it was written."""
    words = language.words()
    if words.language == "en" or "formatter_class" in vars(ctx):
        return
    from keytag.cli.helping import formatter, translate

    shown = command.get_help_option(ctx)
    if shown is not None and shown.help:
        shown.help = words.of(term(shown.help))
    translate(command, words)
    ctx.formatter_class = formatter(ctx.formatter_class, words)


def _quicken(params: list[Any]) -> None:
    for param in params:
        slow, described = getattr(param, "get_runtime_param", None), getattr(param, "type_descriptor", None)
        if slow is not None and described is not None:
            param.get_runtime_param = _Quick(slow, described).itself
            kind = getattr(described, "annotation", None)
            if get_origin(kind) is list and hasattr(param, "display_type"):
                param.display_type = _Kind(get_args(kind)[0]).shown


class _Kind:
    """What help shows of the type of one value among several: `<path>`, where typer says `<list[Path]>`."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    def shown(self, *_: Any, **__: Any) -> str:
        kind = self._kind
        words = [word.value for word in kind] if issubclass(kind, Enum) else [kind.__name__.lower()]
        return f"<{'|'.join(words)}>"


class _Quick:
    """Stands in for typer's coercion of one parameter, which is asked for whatever is not plain."""

    def __init__(self, slow: Callable[[], Any], described: Any) -> None:
        self._slow = slow
        self._annotation = getattr(described, "annotation", None)
        info = getattr(described, "parameter_info", None)
        self._plain = info is not None and getattr(info, "parser", None) is None
        self._least, self._most = getattr(info, "min", None), getattr(info, "max", None)

    def itself(self) -> _Quick:
        return self

    def coerce(self, value: Any, *more: Any, **other: Any) -> Any:
        """What typer would make of `value`."""
        done = self._coerced(value, other.get("param")) if self._plain else _UNKNOWN
        return self._slow().coerce(value, *more, **other) if done is _UNKNOWN else done

    def _coerced(self, value: Any, param: Any) -> Any:
        many = getattr(param, "multiple", False) or getattr(param, "nargs", 1) == -1
        if value is None:
            return () if many else None
        if get_origin(self._annotation) is not list:
            return self._one(value, self._annotation)
        if not isinstance(value, list | tuple):
            return _UNKNOWN
        done = [self._one(each, get_args(self._annotation)[0]) for each in value]
        return _UNKNOWN if any(each is _UNKNOWN for each in done) else done

    def _one(self, value: Any, kind: Any) -> Any:
        if not isinstance(kind, type):
            return _UNKNOWN
        if kind is str:
            return value if isinstance(value, str) else _UNKNOWN
        if kind is bool:
            return value if isinstance(value, bool) else _UNKNOWN
        if kind is Path:
            return Path(value) if isinstance(value, str | Path) else _UNKNOWN
        if issubclass(kind, Enum):
            return next((word for word in kind if value is word or value == word.value), _UNKNOWN)
        if kind in (int, float):
            return self._number(value, kind)
        return _UNKNOWN

    def _number(self, value: Any, kind: type) -> Any:
        if isinstance(value, str) and _NUMBER.fullmatch(value) and (kind is float or value.isdecimal()):
            value = kind(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return _UNKNOWN
        inside = (self._least is None or value >= self._least) and (self._most is None or value <= self._most)
        return kind(value) if inside and (kind is float or isinstance(value, int)) else _UNKNOWN
