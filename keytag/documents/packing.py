"""The packing list: a label for every box, and a table for a spreadsheet.

Ten labels to a sheet, 99.1 × 57 mm each, as ready-cut A4 label stock has them; small corners show where plain paper is
cut. How many tags a unit gets is the plan's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Affine, Rect
from keytag.base.records import NamedTuple
from keytag.base.words import say, say_n
from keytag.documents.facts import PackingFacts, Parcel
from keytag.documents.label_stock import (
    CODE,
    LABEL_HEIGHT,
    LABEL_WIDTH,
    PAD,
    PER_PAGE,
    corners,
    label_place,
    scannable,
)
from keytag.documents.style import HEIGHT, WIDTH
from keytag.documents.words import capital
from keytag.files.tables import csv_text
from keytag.tag.artwork import Artwork

if TYPE_CHECKING:
    from keytag.documents.base import Book, Pen

_TITLE = say("Box labels")
_PICTURE = (34.0, 17.0)  # the largest picture of a tag
_NAME_HEIGHT = 30.0  # for name and address
_BAGS_TOP, _BAGS_HEIGHT = 23.0, 11.5  # of the bags by village, where there are any
_LONGEST_CODE = 120  # bytes that a code holds in modules of a third of a millimetre
_COLUMN_NAMES = (
    "Mã (key)",
    "Đơn vị (unit)",
    "Địa chỉ (address)",
    "Số thẻ (tags)",
    "Số hộp (boxes)",
    "Hộp cuối (last box)",
)
_BAGS = "Túi theo làng (bags by village)"


class Box(NamedTuple):
    """One box: `number` of `of` for its parcel, with `tags` in it."""

    parcel: Parcel
    number: int
    of: int
    tags: int
    bags: tuple[tuple[str, int], ...] = ()  # what of it is for which village


def boxes(facts: PackingFacts) -> tuple[Box, ...]:
    """All boxes; `ValueError` where a box holds nothing.

    Each is full but a parcel's last. Where tags go by village, a village's bag stays whole and in its order: the next
    box begins where it would not go in, and only a bag that no box holds is parted.
    """
    return tuple(_boxes(facts))


def _boxes(facts: PackingFacts) -> Iterator[Box]:
    if facts.per_box < 1:
        raise ValueError(f"a box holds at least one tag, not {facts.per_box}")
    for parcel in facts.parcels:
        contents = _bagged(parcel, facts.per_box) or _loose(parcel.tags, facts.per_box)
        for number, bags in enumerate(contents, 1):
            named = tuple(bag for bag in bags if bag[0])
            yield Box(parcel, number, len(contents), sum(tags for _, tags in bags), named)


def _loose(tags: int, per_box: int) -> list[tuple[tuple[str, int], ...]]:
    return [(("", min(per_box, tags - at)),) for at in range(0, tags, per_box)]


def _bagged(parcel: Parcel, per_box: int) -> list[tuple[tuple[str, int], ...]]:
    """What each box holds of which bag; nothing where bags are not all that the parcel is."""
    if not parcel.bags or sum(tags for _, tags in parcel.bags) != parcel.tags:
        return []
    found: list[list[tuple[str, int]]] = [[]]
    room = per_box
    for name, tags in parcel.bags:
        if tags > room and found[-1]:
            found.append([])
            room = per_box
        while tags > room:
            found[-1].append((name, room))
            tags -= room
            found.append([])
            room = per_box
        if tags:
            found[-1].append((name, tags))
            room -= tags
    return [tuple(bags) for bags in found if bags]


def boxes_of(facts: PackingFacts, first: int, last: int | None) -> tuple[Box, ...]:
    """Some of all boxes, from number `first` (from nought) up to `last`, that one left out."""
    return tuple(islice(_boxes(facts), first, last))


def packing_list(facts: PackingFacts, artworks: Sequence[Artwork], first: int = 0, last: int | None = None) -> bytes:
    """The labels as PDF/X-4, of the boxes from `first` (from nought) up to `last`, or of all.

    A parcel without an artwork has no picture. `ValueError` where there is no box.
    """
    from keytag.documents.base import Book

    book = Book(facts.head, _TITLE, plain=True)
    known = {artwork.key: artwork for artwork in artworks}
    every, each = boxes_of(facts, first, last), PER_PAGE
    if not every:
        raise ValueError("there is nothing to pack")
    memo = _Memo({parcel: i for i, parcel in enumerate(facts.parcels, 1)}, {})
    pages = (_page(book, facts, every[i : i + each], known, memo) for i in range(0, len(every), each))
    return book.made(pages)


def packing_csv(facts: PackingFacts) -> str:
    """One row a unit, UTF-8 with its byte order mark, CRLF; nothing in it is a formula to a spreadsheet."""
    last = {box.parcel: box for box in boxes(facts)}
    bagged = any(parcel.bags for parcel in facts.parcels)
    rows: list[tuple[str | int, ...]] = [(*_COLUMN_NAMES, _BAGS) if bagged else _COLUMN_NAMES]
    for parcel in facts.parcels:
        box = last.get(parcel)
        words = (parcel.key, capital(f"{parcel.title}{_marked(parcel)}"), parcel.address)
        bags = "; ".join(f"{name}: {tags}" for name, tags in parcel.bags)
        counts = parcel.tags, box.of if box else 0, box.tags if box else 0
        rows.append((*words, *counts, bags) if bagged else (*words, *counts))
    return csv_text(rows)


class _Memo(NamedTuple):
    """What all boxes of a parcel share: its number among the designs, and its name and address as they were fitted."""

    designs: dict[Parcel, int]
    names: dict[tuple[Parcel, float, bool], list[Any]]


def _page(book: Book, facts: PackingFacts, labels: Sequence[Box], known: dict[str, Artwork], memo: _Memo) -> Any:
    def paint(pen: Pen) -> None:
        for i, box in enumerate(labels):
            x, y = label_place(i)
            corners(pen, x, y)
            _label(book, pen, facts, box, known.get(box.parcel.key), x + PAD, y + PAD, memo)

    return book.box(WIDTH, HEIGHT - 0.01, paint)  # a hair less than the page, which a full one would not enter


def _label(
    book: Book, pen: Pen, facts: PackingFacts, box: Box, artwork: Artwork | None, x: float, y: float, memo: _Memo
) -> None:
    """Name and address on the left, the tag's back on the right; below them what is in the box, and which box it is."""
    width, height = LABEL_WIDTH - 2 * PAD, LABEL_HEIGHT - 2 * PAD
    beside = 0.0
    if artwork is not None:
        trim = artwork.trim
        scale = min(_PICTURE[0] / trim.width, _PICTURE[1] / trim.height, 1.0)
        beside = trim.width * scale + 4
        at = Affine(scale, 0, 0, scale, x + width - trim.width * scale, y - 1.5)
        pen.picture(artwork, artwork.sides[-1][1], at)
    _name(book, pen, box, x, y - 2, width - max(beside, CODE + 3), memo)
    _villages(book, pen, box, x, y + _BAGS_TOP, width - CODE - 3)
    scannable(pen, label_payload(box), Rect(x + width - CODE, y + _PICTURE[1] - 0.5, CODE, CODE))
    design = memo.designs[box.parcel]
    pen.text(x, y + height + 2.4, f"{design}", "section")
    right, base = x + width, y + height - 3.6
    tags = pen.tongue.counted(box.tags)
    words = say_n("tag", "tags", box.tags)
    pen.text(x, base, tags, "count")
    after = x + pen.width(tags, "count") + 1.5
    said = pen.tongue.said(words)
    pen.text(after, base, said, "strong")
    pen.text(after + pen.width(f"{said} ", "strong"), base, pen.tongue.gloss(words), "small")
    number = f"{pen.tongue.counted(box.number)} / {pen.tongue.counted(box.of)}"
    pen.text(right, base, number, "count", "right")
    left = right - pen.width(number, "count") - 1.5
    if gloss := pen.tongue.gloss(say("box")):
        pen.text(left, base, gloss, "small", "right")
        left -= pen.width(gloss, "small") + 1.2
    pen.text(left, base, capital(pen.tongue.said(say("box"))), "strong", "right")
    pen.rule(x, base + 2.2, right, base + 2.2)
    foot = facts.head.foot
    pen.fitted(x + 8, y + height + 2.4, foot, width - 8, "small")


def label_payload(box: Box) -> str:
    """What the code on a label says: the unit's key, which box of how many, the tags in it, and whose bags they are.

    Bags are counted where they are too many for modules that a scanner reads off a label.
    """
    said = f"{box.parcel.key} {box.number}/{box.of} {box.tags}"
    if not box.bags:
        return said
    bags = ",".join(f"{name}={tags}" for name, tags in box.bags)
    return f"{said} {bags}" if len(f"{said} {bags}".encode()) <= _LONGEST_CODE else f"{said} +{len(box.bags)}"


def _villages(book: Book, pen: Pen, box: Box, x: float, y: float, width: float) -> None:
    """The bags in a box, by village: all of them, in a smaller size where they are many, counted where too many."""
    if not box.bags:
        return
    head = say("bags by village")
    for shown in range(len(box.bags), 0, -1):
        names = " · ".join(f"{name}: {pen.tongue.counted(tags)}" for name, tags in box.bags[:shown])
        rest = f" · + {len(box.bags) - shown}" if shown < len(box.bags) else ""
        for style in ("body", "caption", "small"):
            parts = [book.both(head, "small"), book.text(names + rest, style)]
            heights = [pen.height(part, width) for part in parts]
            if sum(heights) <= _BAGS_HEIGHT:
                for part in parts:
                    y += pen.put(part, x, y, width)
                return


def _name(book: Book, pen: Pen, box: Box, x: float, y: float, width: float, memo: _Memo) -> None:
    """Name and address, fitted once for all boxes of a parcel."""
    key = box.parcel, width, bool(box.bags)
    parts = memo.names.get(key)
    if parts is None:
        high = _BAGS_TOP if box.bags else _NAME_HEIGHT
        parts = memo.names[key] = _fitted(book, pen, box.parcel, width, high)
    for part in parts:
        y += pen.put(part, x, y, width)


def _fitted(book: Book, pen: Pen, parcel: Parcel, width: float, high: float) -> list[Any]:
    """Name and address as large as they fit into their place; what is longer still is cut short."""
    title, address, mark = capital(parcel.title), parcel.address, _marked(parcel)
    for large, small in (("label", "address"), ("label", "body"), ("section", "caption"), ("caption", "small")):
        parts = [book.text(title + mark, large), book.space(1.0), book.text(address, small)]
        if sum(pen.height(part, width) for part in parts) <= high:
            return parts
    while sum(pen.height(part, width) for part in parts) > high:
        title, address = (_shorter(text) if len(text) > 60 else text for text in (title, address))
        parts = [book.text(title + mark, "caption"), book.space(1.0), book.text(address, "small")]
    return parts


def _marked(parcel: Parcel) -> str:
    """What stands behind the title, and is never cut."""
    return f" ({parcel.mark})" if parcel.mark else ""


def _shorter(text: str) -> str:
    return text[: int(len(text) * 0.9)].rstrip("… ") + "…"
