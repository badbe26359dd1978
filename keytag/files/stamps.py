"""Whether files have changed since they were read: their sizes and times, looked at without reading them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def stamps(places: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Size and time of each file, and of those in each folder, as they stand; what is not there is left out."""
    found = {}
    for place in places:
        for path in (place, *_inside(place)):
            try:
                about = path.stat()
            except OSError:
                continue
            found[path] = (about.st_size, about.st_mtime_ns)
    return found


def _inside(place: Path) -> tuple[Path, ...]:
    try:
        return tuple(place.iterdir()) if place.is_dir() else ()
    except OSError:
        return ()


def is_there(place: Path) -> bool:
    """Whether there is a file."""
    return place.is_file()
