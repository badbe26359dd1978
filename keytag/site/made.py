"""Pages made and read back: functions of what a page says alone, so that any process may make them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from keytag.base.errors import OutputError
from keytag.base.excerpt import some
from keytag.base.words import joined, say
from keytag.site.facts import Page
from keytag.site.pages import Pages, Place
from keytag.site.reading import EACH_BYTES, INDEX_BYTES, UNIT_BYTES, faults

Parts = tuple[tuple[str, str], ...]  # a person's own templates, by name


def unit_html(name: str, on: str, own: Parts, page: Page, numbers: Sequence[str]) -> bytes:
    """A unit's page of one day; `OutputError` where it breaks a rule or dials what is none of `numbers`."""
    return _read(name, _pages(on, own).unit(page), UNIT_BYTES, numbers)


def index_html(name: str, on: str, own: Parts, page: Page, places: Sequence[Place], numbers: Sequence[str]) -> bytes:
    """The authority's page with its units; `OutputError` as for a unit's."""
    return _read(name, _pages(on, own).index(page, places), INDEX_BYTES + EACH_BYTES * len(places), numbers)


@lru_cache(maxsize=4)
def _pages(on: str, own: Parts) -> Pages:
    return Pages(on, dict(own))


def _read(name: str, data: bytes, most: int, numbers: Sequence[str]) -> bytes:
    found = list(faults(data, most, frozenset(numbers)))
    if found:
        raise OutputError(say("{name}: {found}; nothing was changed", name=name, found=joined("; ", some(found, 5))))
    return data
