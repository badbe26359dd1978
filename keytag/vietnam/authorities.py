"""What kind an authority is that does not say it: huyện or thành phố, tỉnh or thành phố, by the lists of the day."""

from __future__ import annotations

from functools import lru_cache

from keytag.vietnam import gazetteer, kinds, provinces


@lru_cache(maxsize=1000)
def kind_of(level: str, name: str, province: str, on: str) -> str:
    """The word before the name of an authority of that level; the level's usual one where no list knows the name."""
    usual = kinds.LEVELS.get(level, level)
    if level == "province":
        found = provinces.find(name, on)
        return found.kinds(on)[-1] if found is not None and on else usual
    if level == "district" and province:
        home = provinces.find(province, on)
        right = {kind for d in gazetteer.district(name, home) for kind in d.kinds} if home is not None else set()
        return right.pop() if len(right) == 1 else usual
    return usual
