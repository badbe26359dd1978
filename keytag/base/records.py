"""Named tuples as `typing.NamedTuple` makes them, made in a third of the time.

Every module describes its values as named tuples, and `keytag check` makes some 160 such classes when it starts: a
tenth of its processor time went into `typing`, which compiles every annotation, and into methods made anew for each
class. Here annotations stay the words they are (`typing.get_type_hints` reads them where they are asked for), and all
classes have their methods from one. `solver` and `grade`, which know nothing of keytag, have `typing`'s; `diagnostics`,
too, at the foot of the longest chain of imports.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Self, TypeVar

T = TypeVar("T", bound=tuple[Any, ...])

# What reads a field: in CPython a descriptor of C, as the standard library's own named tuples have it.
_Getter: Any = type(vars(namedtuple("_Getter", "a"))["a"])
_PROHIBITED = frozenset(
    ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_make", "_replace", "_asdict")
)


class Record(tuple[Any, ...]):
    """The methods of all named tuples; what they do stands in the documentation of `collections.namedtuple`."""

    __slots__ = ()
    if TYPE_CHECKING:  # each class has its own
        _fields: tuple[str, ...] = ()

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Self:
        made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        words = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({words})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


@lru_cache
def _maker(count: int) -> CodeType:
    """What makes a named tuple of so many fields; their names are put in, which costs a tenth of compiling it anew."""
    words = "".join(f"_{at}, " for at in range(count))
    made: CodeType = eval(f"lambda _cls, {words}: _new(_cls, ({words}))").__code__
    return made


def _described(name: str, namespace: dict[str, Any]) -> type:
    """The class that the body of `class NAME(NamedTuple)` describes."""
    annotations: dict[str, Any] = namespace.get("__annotations__", {})
    fields = tuple(annotations)
    wrong = [field for field in fields if field.startswith("_")] + sorted(_PROHIBITED & namespace.keys())
    if wrong:
        raise TypeError(f"{name}: {', '.join(wrong)} cannot be a field or a method of a named tuple")
    defaults = {field: namespace[field] for field in fields if field in namespace}
    if tuple(defaults) != fields[len(fields) - len(defaults) :]:
        raise TypeError(f"{name}: a field without a default follows one that has it")
    code = _maker(len(fields)).replace(co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__")
    new = FunctionType(code, {"_new": tuple.__new__, "__builtins__": {}}, "__new__", tuple(defaults.values()))
    new.__annotations__ = annotations
    for at, field in enumerate(fields):
        namespace[field] = _Getter(at, None)
    namespace.update(__new__=new, __slots__=(), __match_args__=fields, _fields=fields, _field_defaults=defaults)
    return type.__new__(type, name, (Record,), namespace)


def maker(kind: type[T]) -> Callable[[tuple[Any, ...]], T]:
    """What makes a named tuple of a tuple of all its fields, in their order: for those made by the ten thousand.

    It is a third of the time of calling the class, which calls Python, and nothing is asked of the fields.
    """
    return partial(tuple.__new__, kind)


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Meta(type):
        def __new__(cls, name, bases, namespace):
            if not bases:
                return type.__new__(cls, name, bases, namespace)
            if bases != (NamedTuple,):
                raise TypeError(f"{name}: a named tuple has no other base")
            return _described(name, namespace)

    class NamedTuple(metaclass=_Meta):
        """What a class derives from to be a named tuple: its annotated fields in their order, with defaults."""
