"""The slug of each press sheet read back: its words as the drawing has them, and what a press operator goes by.

That a plate is called as it is, whose it is, which side it prints and how often: those are looked for by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from keytag.base.drawing import Page, Words
from keytag.base.excerpt import excerpt
from keytag.base.ink import LEGEND
from keytag.base.sides import SIDES
from keytag.base.words import say
from keytag.sheet.layout import PressSheet
from keytag.sheet.marks.designs import FIELD as DESIGN
from keytag.verification.expected import Drawn
from keytag.verification.model import Failure, bounded
from keytag.verification.opened import Opened, OpenPage

_MOST = 6  # differences named of one page


def check_slugs(
    files: Sequence[Opened], drawn: Sequence[Drawn], presses: Sequence[PressSheet], keys: Sequence[str]
) -> tuple[int, list[Failure]]:
    """Every side of every sheet; a page whose drawing has no words of its own has none in the file either.

    `keys` are the units in the order of the job, by which designs are numbered.
    """
    numbers = {key: str(number) for number, key in enumerate(keys, 1)}
    pages = {one.name: one.document.pages for one in drawn}
    sheets = {press.sheet.file: press.sheet for press in presses}
    compared, failures = 0, list[Failure]()
    for file in files:
        sheet = sheets.get(file.name)
        for side, page, found in zip(SIDES * len(file.pages), pages[file.name], file.pages, strict=False):
            place = say("{file}, {side}", file=file.name, side=side)
            wanted = _words(page)
            compared += len(wanted)
            failures += _differences(place, wanted, [said.text for said in found.said])
            failures += _designs(place, found, numbers)
            slug = any(mark.ink == LEGEND for mark in _marks(page) if len(mark.text.split()) > 3)
            if slug and sheet is not None:  # the plates' own names stand there without one, too
                same = sheet.layout.scheme.same_plates
                due = {f"plate {sheet.number} of {sheet.of}", f"run {sheet.run} sheets", *(() if same else (side,))}
                failures += _facts(place, found, due)
    return compared, failures


def _marks(page: Page) -> list[Words]:
    return [mark for group in page.groups for mark in group.marks if isinstance(mark, Words)]


def _words(page: Page) -> list[str]:
    return [mark.text for mark in _marks(page)]


def _differences(place: str, wanted: Sequence[str], found: Sequence[str]) -> list[Failure]:
    failures = []
    for i in range(max(len(wanted), len(found))):
        want, have = (texts[i] if i < len(texts) else "" for texts in (wanted, found))
        if want != have:
            failures.append(
                Failure(
                    place,
                    say("the slug says {have!r}, {want!r} is expected", have=excerpt(have, 90), want=excerpt(want, 90)),
                )
            )
    return bounded(place, failures, _MOST)


def _designs(place: str, page: OpenPage, numbers: Mapping[str, str]) -> list[Failure]:
    """The numbers beside the stations, where each station has one: what the form that stands there is numbered."""
    said = [said.text for said in page.said if said.field == DESIGN]
    if len(said) != len(page.placed):
        return []  # what had no room is as the drawing has it
    failures = []
    for station, (text, placed) in enumerate(zip(said, page.placed, strict=True), 1):
        due = numbers.get(placed.face.rpartition("/")[0])
        if text != due:
            failures.append(
                Failure(
                    say("{place}, station {station}", place=place, station=station),
                    say("is numbered {text}, its design is {due}", text=text, due=due),
                )
            )
    return bounded(place, failures, _MOST)


def _facts(place: str, page: OpenPage, due: set[str]) -> list[Failure]:
    """What must stand in the slug whatever its words are; figures without what parts their thousands."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", " ".join(said.text for said in page.said))
    text = re.sub(r"\s+", " ", text).casefold()
    return [
        Failure(place, say("the slug does not say {fact!r}", fact=fact)) for fact in sorted(due) if fact not in text
    ]
