"""Keys of units, safe as file names, that do not depend on the order of the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from keytag.roster.model import Unit
from keytag.vietnam.spelling import slug

# Names that Windows keeps for devices, with any extension.
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))


def keyed(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Every unit with a key of its own, `xa-a-dok`, and a mark where its name is not alone.

    Units of one key have their codes in it (`xa-tan-lap-99901`), all of them, so that no key depends on the order of
    the rows; those that no code tells apart are numbered in the order of what they say.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    names = [_name_key(unit) for unit in units]
    namesakes = Counter(names)
    for i, unit in enumerate(units):
        alike[_key(unit)].append(i)
    keys = [""] * len(units)
    taken = {key for key, members in alike.items() if len(members) == 1}
    for key, members in sorted(alike.items()):
        if len(members) == 1:
            keys[members[0]] = key
            continue
        following: dict[str, int] = {}  # the count to try next: thousands of one name must not each begin at 2
        for i in sorted(members, key=lambda i: _content(units[i])):
            keys[i] = _free(_with_code(key, units[i]), taken, following)
    return tuple(
        unit._replace(key=key, mark=_mark(unit, key) if namesakes[name] > 1 else "")
        for unit, key, name in zip(units, keys, names, strict=True)
    )


def _key(unit: Unit) -> str:
    key = slug(unit.title) or "unit"
    return f"unit-{key}" if key in _DEVICES else key


def _name_key(unit: Unit) -> str:
    return slug(unit.name.value if unit.name else unit.title)


def _with_code(key: str, unit: Unit) -> str:
    return f"{key}-{slug(unit.code.value)}".rstrip("-") if unit.code is not None else key


def _mark(unit: Unit, key: str) -> str:
    return unit.code.value.strip() if unit.code is not None and unit.code.value.strip() else key


def _free(base: str, taken: set[str], following: dict[str, int]) -> str:
    key, number = base, following.get(base, 2)
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    following[base] = number
    taken.add(key)
    return key


def _content(unit: Unit) -> tuple[str, ...]:
    """What a unit says, to put units of one name in an order that is not that of the rows."""
    texts = (unit.name, unit.code, unit.quantity, unit.address, unit.link, unit.slogan)
    numbers = (contact.number.value for contact in unit.contacts)
    return (*(text.value if text else "" for text in texts), *numbers)
