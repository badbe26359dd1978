"""How a unit's tags go to its villages: one a household, and the rest stays in the unit's store."""

from collections.abc import Sequence

from keytag.base.records import NamedTuple
from keytag.roster.model import Unit, Village
from keytag.roster.reserve import reserve_of
from keytag.vietnam.spelling import slug


class Share(NamedTuple):
    """One village's part of its unit's tags: its key among them (safe as a file name) and the first of its tags.

    `first` counts the unit's tags from 1: villages in the roster's order, then the store.
    """

    key: str
    village: Village
    first: int

    @property
    def tags(self) -> int:
        return self.village.tags

    @property
    def last(self) -> int:
        return self.first + self.tags - 1


def households(unit: Unit) -> int:
    """The households of all its villages."""
    return sum(village.tags for village in unit.villages)


def reserve(unit: Unit) -> int | None:
    """The tags to be kept, rounded up; 0 where nothing is said, None where it is neither a share nor a number."""
    return reserve_of(unit.reserve, households(unit))


def store(unit: Unit) -> int:
    """The tags that stay with the unit: its reserve, and what is ordered beyond; negative where too few are ordered."""
    return unit.tags - households(unit)


def shares(unit: Unit) -> tuple[Share, ...]:
    """The villages with their keys and places among the unit's tags."""
    found, first = [], 1
    for key, village in zip(village_keys(unit.villages), unit.villages, strict=True):
        found.append(Share(key, village, first))
        first += village.tags
    return tuple(found)


def village_keys(villages: Sequence[Village]) -> tuple[str, ...]:
    """A key for each: its code where it has one, else its title in plain letters, numbered where it is not alone."""
    taken: set[str] = set()
    keys = []
    for village in villages:
        base = slug(village.code.value if village.code else village.title) or "lang"
        key, number = base, 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        keys.append(key)
    return tuple(keys)
