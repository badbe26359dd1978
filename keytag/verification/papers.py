"""Ticket, box labels and packing table read back: their words, their figures, and how their pages look.

Each is made anew from the values and held against the one in the folder; and without any of that, every unit's name and
order must stand in them, the boxes of a unit must hold its order, and every plate's run must stand in the ticket.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keytag.base.excerpt import excerpt
from keytag.base.system import reason
from keytag.base.words import say
from keytag.verification.expected import Expected
from keytag.verification.model import Failure, bounded
from keytag.verification.vet import readable

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, Any]

TICKET, LABELS, TABLE = "production-ticket.pdf", "packing-list.pdf", "packing-list.csv"
_DPI = 75
_TONE = 40  # of 255
_PIXELS = 6  # that differ together
_MOST = 6  # differences named of one paper


def check_papers(
    expected: Expected, anew: Mapping[str, bytes], found: Mapping[str, bytes]
) -> tuple[int, list[Failure]]:
    """Every paper of the folder; those that are missing are said elsewhere."""
    compared, failures, labels, piles = 0, list[Failure](), list[str](), list[str]()
    for name, data in found.items():
        if name == TABLE:
            count, faults = _table(expected, anew[name], data)
        else:
            with readable(name):
                texts = _texts(data)
                if data == anew[name]:  # the same bytes say and show the same
                    count, faults = sum(len(_lines_of(text)) for text in texts), []
                else:
                    count, faults = _pages(name, anew[name], data)
            if name in expected.labels:  # in volumes, where they are many
                labels += texts
            elif name in expected.piles:
                piles += texts
            else:
                faults = [*faults, *_facts(name, expected, texts)]
        compared += count
        failures += faults
    if labels:
        failures += [*_facts(LABELS, expected, labels), *_boxes(LABELS, expected, labels)]
    if piles:
        failures += _facts(expected.piles[0], expected, piles)
    return compared, failures


def _texts(data: bytes) -> list[str]:
    """The text layer of every page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _pages(name: str, anew: bytes, data: bytes) -> tuple[int, list[Failure]]:
    import pypdfium2

    one, other = pypdfium2.PdfDocument(anew), pypdfium2.PdfDocument(data)
    try:
        if len(one) != len(other):
            return 1, [Failure(name, say("has {other} pages, {one} are expected", other=len(other), one=len(one)))]
        failures: list[Failure] = []
        lines = 0
        for number in range(len(one)):
            place = say("{name}, page {number}", name=name, number=number + 1)
            wanted, said = (_lines(doc[number]) for doc in (one, other))
            lines += len(wanted)
            gone = [line for line in wanted if line not in said]
            new = [line for line in said if line not in wanted]
            for i in range(max(len(gone), len(new))):
                have = repr(excerpt(new[i], 90)) if i < len(new) else "nothing"
                want = repr(excerpt(gone[i], 90)) if i < len(gone) else "nothing"
                failures.append(Failure(place, say("says {have}, {want} is expected", have=have, want=want)))
            if not gone and not new and (where := _unlike(one[number], other[number])):
                failures.append(Failure(place, say("does not look as it should {where}", where=where)))
        return lines, bounded(name, failures, _MOST)
    finally:
        one.close()
        other.close()


def _lines(page: Any) -> list[str]:
    return _lines_of(page.get_textpage().get_text_range())


def _lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]


def _unlike(one: Any, other: Any) -> str:
    """Where two pages look different; empty where they do not."""
    import numpy as np

    a, b = (_drawn(page) for page in (one, other))
    if a.shape != b.shape:
        return say(
            "({shape} × {shape2} pixels, not {shape3} × {shape4})",
            shape=b.shape[1],
            shape2=b.shape[0],
            shape3=a.shape[1],
            shape4=a.shape[0],
        )
    y, x = np.nonzero(np.abs(a.astype(np.int16) - b) > _TONE)
    if len(y) < _PIXELS:
        return ""
    k = 25.4 / _DPI
    return say("at {median:.0f}, {median2:.0f} mm", median=float(np.median(x)) * k, median2=float(np.median(y)) * k)


def _drawn(page: Any) -> Rows:
    found: Rows = page.render(scale=_DPI / 72, grayscale=True).to_numpy().squeeze()
    return found


def _facts(name: str, expected: Expected, texts: list[str]) -> list[Failure]:
    """What must stand in a paper whatever it looks like: names and orders, and in the ticket the runs."""
    words = _plain(" ".join(texts))
    figures = set(re.findall(r"\d+", _figures(" ".join(texts))))
    failures = []
    for key, unit in expected.units.items():
        title = expected.artworks[key].title
        if _plain(title) not in words:
            failures.append(Failure(name, say("does not name {title}", title=title)))
        if name == TICKET and str(unit.tags) not in figures:
            failures.append(
                Failure(name, say("does not say the {tags:,} tags of {title}", tags=unit.tags, title=title))
            )
    if name == TICKET:
        for press in expected.presses:
            if str(press.sheet.run) not in figures:
                failures.append(
                    Failure(
                        name,
                        say(
                            "does not say the run of plate {number}: {run:,}",
                            number=press.sheet.number,
                            run=press.sheet.run,
                        ),
                    )
                )
    return failures


# Tags, which box, of how many: in Vietnamese, in English, or in both.
_BOX = re.compile(r"(\d+)\s*(?:thẻ\s*)?(?:tags?\s*)?(?:Hộp|Box)\s*(?:box\s*)?(\d+)\s*/\s*(\d+)")


def _boxes(name: str, expected: Expected, texts: list[str]) -> list[Failure]:
    """The labels by their own words: whose box it is, how many tags are in it, which of how many it is."""
    titles = {_plain(expected.artworks[key].title): 0 for key in expected.units}
    ordered, packed, units = dict(titles), dict(titles), dict(titles)
    numbers: dict[str, list[tuple[int, int]]] = {title: [] for title in titles}
    for key, unit in expected.units.items():
        ordered[_plain(expected.artworks[key].title)] += unit.tags
        units[_plain(expected.artworks[key].title)] += 1
    failures = []
    for text in texts:
        parts = _BOX.split(_figures(unicodedata.normalize("NFC", text)))
        for before, tags, number, of in zip(*(parts[i:-1:4] for i in range(4)), strict=True):
            words = _plain(before).replace(_plain(str(expected.content["job"])), "")
            named = [title for title in titles if title in words]
            if not named:
                failures.append(Failure(name, say("a label of {tags} tags names no unit of the job", tags=tags)))
                continue
            title = min(named, key=lambda t: (words.index(t), -len(t)))
            packed[title] += int(tags)
            numbers[title].append((int(number), int(of)))
    for key in expected.units:
        title = _plain(expected.artworks[key].title)
        said, due = expected.artworks[key].title, range(1, len(numbers[title]) + 1)
        if packed[title] != ordered[title]:
            failures.append(
                Failure(
                    name,
                    say(
                        "the boxes of {said} hold {packed:,} tags, not {ordered:,}",
                        said=said,
                        packed=packed[title],
                        ordered=ordered[title],
                    ),
                )
            )
        elif units[title] == 1 and sorted(numbers[title]) != [(i, len(due)) for i in due]:
            failures.append(Failure(name, say("the boxes of {said} are not numbered one by one", said=said)))
    return failures


def _figures(text: str) -> str:
    """A text whose figures have nothing between their thousands."""
    return re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}(?!\d))", "", text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).casefold()


def _table(expected: Expected, anew: bytes, data: bytes) -> tuple[int, list[Failure]]:
    try:
        wanted, said = (list(csv.reader(io.StringIO(text.decode("utf-8-sig")))) for text in (anew, data))
    except (UnicodeDecodeError, csv.Error) as error:
        return 1, [Failure(TABLE, say("is no table that can be read: {error}", error=reason(error)))]
    failures = []
    for i in range(max(len(wanted), len(said))):
        want, have = (rows[i] if i < len(rows) else [] for rows in (wanted, said))
        if want != have:
            failures.append(
                Failure(
                    say("{table}, line {i}", table=TABLE, i=i + 1),
                    say("says {have}, {want} is expected", have=have, want=want),
                )
            )
    orders = {row[0]: row for row in said[1:] if row}
    for key, unit in expected.units.items():
        if key not in orders or str(unit.tags) not in orders[key]:
            failures.append(
                Failure(
                    TABLE,
                    say(
                        "has no row of {artworks} with {tags} tags",
                        artworks=expected.artworks[key].title,
                        tags=unit.tags,
                    ),
                )
            )
    if anew != data and not failures:
        failures.append(Failure(TABLE, say("is not written as keytag writes it")))
    return len(wanted), failures
