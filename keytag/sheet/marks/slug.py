"""The slug: what this plate is, in English and Vietnamese, on the Legend layer outside the bleed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from keytag.base.drawing import SERIAL, Layer, Words
from keytag.base.geometry import Affine, Rect
from keytag.base.ink import LEGEND
from keytag.base.records import NamedTuple
from keytag.base.sides import FRONT
from keytag.base.units import pt
from keytag.sheet.layout import Sheet
from keytag.sheet.lettering import SetText, broken, placed
from keytag.sheet.marks.ground import Ground, Patch
from keytag.sheet.numbering import line_text
from keytag.sheet.scheme import SHEETWISE, SINGLE_SIDED, WORK_AND_TURN, Scheme

_SIZE = 7.0  # points: the least that is read on a sheet at a press
_LARGE = (12.0, 10.0, 8.5, 7.0)  # of the first line: job, side, plate
_LEADING, _ASCENT = 1.25, 0.8  # of a line: its height in type sizes, and how much of that is above the baseline
_OWN, _SIGNED = 3, 4  # which paragraphs: each sheet's own line, and the designs' fingerprints
_LEAST_DEPTH = 8.0  # a strip less deep is left to crop and registration marks
_NAMED_DESIGNS = 4  # of more only the fingerprints
_CODED_DESIGNS = 30  # more are only counted

_EDGES_VI = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_TURN_VI = {"long": "theo cạnh dài", "short": "theo cạnh ngắn", "left": "theo cạnh trái", "top": "theo cạnh trên"}


OVERPRINT_PREVIEW = "look with OVERPRINT PREVIEW on"
OVERPRINT_PREVIEW_VI = "xem phải bật in đè (Overprint Preview)"


# Five paragraphs of parts: what this plate is, what is printed of it, how the sheet is turned; on numbered sheets the
# line that each has of its own; and the fingerprints of many designs.
Slug: TypeAlias = Sequence[Sequence[str]]


class SlugFacts(NamedTuple):
    """What the job says of itself; empty where the roster does not. `standard` as in "PDF/X-4, FOGRA39".

    `codes` are the fingerprints of the designs by key, as they were signed for.
    """

    job: str = ""
    edition: str = ""
    date: str = ""
    standard: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    serial: str = ""  # a specimen as wide as any: each sheet then has a line of its own


def text(
    sheet: Sheet,
    side: str,
    facts: SlugFacts,
    inks: Sequence[Patch],
    titles: dict[str, str],
    *,
    white: bool = False,
    brevity: int = 0,
) -> Slug:
    """The slug of one side; `titles` are the designs' by key.

    `white` says that a White is printed: the file then looks blank where overprint is not simulated. With each step of
    `brevity` names are shorter; plate, side, run, stations and how to turn are always whole.
    """
    scheme, layout = sheet.layout.scheme, sheet.layout
    names = ", ".join(patch.ink.name for patch in inks) or "-"
    longest = (400, 80, 32)[brevity]
    names = names if not brevity or len(names) <= 80 else f"{len(inks)}"
    codes = dict(facts.codes)
    designs = [f"{titles.get(key, key)} {codes.get(key, '')}".rstrip() + f" × {count}" for key, count in sheet.slots]
    many = len(designs) > _NAMED_DESIGNS or brevity > 0
    drawn = [codes[key] for key, _ in sheet.slots if key in codes]
    signed = drawn if not brevity and len(drawn) <= _CODED_DESIGNS else []
    used = sum(count for _, count in sheet.slots)
    up = f"{used}-up" if used == len(layout.stations) else f"{used} of {len(layout.stations)} stations"
    up_vi = f"{used} con/tờ" if used == len(layout.stations) else f"{used}/{len(layout.stations)} con"
    same, single = scheme.same_plates, scheme.work == SINGLE_SIDED
    side_vi = "MẶT TRƯỚC" if side == FRONT else "MẶT SAU"
    side_vi = "HAI MẶT CÙNG BẢN" if same else "IN MỘT MẶT" if single else side_vi
    called = [
        clipped(facts.job, longest),
        "SAME PLATES BOTH SIDES" if same else "ONE SIDE ONLY" if single else side.upper(),
        side_vi,
        f"plate {sheet.number} of {sheet.of}",
        f"bản {sheet.number}/{sheet.of}",
    ]
    made = [
        f"run {sheet.run:,} sheets",
        f"chạy {sheet.run:,} tờ".replace(",", "."),
        *([f"+ {scheme.make_ready:,} make-ready / tờ canh máy".replace(",", ".")] if scheme.make_ready else []),
        up,
        up_vi,
        f"edition {clipped(facts.edition, longest)}" if facts.edition else "",
        facts.date,
        f"inks / mực: {names}",
        *([f"{len(designs)} designs / mẫu"] if many else designs),
    ]
    turned = [
        f"front right-reading, {turning(scheme)}",
        f"mặt trước đọc xuôi, {turning_vi(scheme)}",
        OVERPRINT_PREVIEW if white else "",
        OVERPRINT_PREVIEW_VI if white else "",
        facts.standard,
        f"scheme {clipped(scheme.name, longest)}, {scheme.work}",
    ]
    own = [line_text(sheet.run, sheet.run, facts.serial, facts.serial)] if facts.serial else []
    return [[part for part in parts if part] for parts in (called, made, turned, own, signed if many else ())]


def texts(
    sheet: Sheet, side: str, facts: SlugFacts, inks: Sequence[Patch], titles: dict[str, str], *, white: bool = False
) -> tuple[Slug, ...]:
    """The slug in full, and ever shorter ways to say it."""
    ways = (text(sheet, side, facts, inks, titles, white=white, brevity=i) for i in range(3))
    return tuple(ways)


def clipped(text: str, longest: int) -> str:
    """`text`, with an ellipsis in the place of what is beyond `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def turning(scheme: Scheme) -> str:
    """How the sheet is turned, in English."""
    edge = scheme.turning_edge
    if scheme.work == SINGLE_SIDED:
        return f"not turned, gripper {scheme.gripper.edge}"
    if scheme.in_place:
        return "the jig stays, each tag turned over in its place, left to right"
    if scheme.tumbles:
        return f"tumble on the {edge} edge, gripper {scheme.gripper.edge} then opposite"
    lay = ", side lay changes" if scheme.work == WORK_AND_TURN else ""
    return f"turn on the {edge} edge, gripper {scheme.gripper.edge} both times{lay}"


def turning_vi(scheme: Scheme) -> str:
    """How the sheet is turned, in Vietnamese."""
    edge, gripper = _TURN_VI[scheme.turning_edge], _EDGES_VI[scheme.gripper.edge]
    if scheme.work == SINGLE_SIDED:
        return f"không trở, nhíp {gripper}"
    if scheme.in_place:
        return "đồ gá để nguyên, lật từng thẻ tại chỗ, từ trái sang phải"
    if scheme.tumbles:
        return f"trở nhíp {edge}, nhíp {gripper} rồi đổi đầu"
    style = "trở AB" if scheme.work == SHEETWISE else "tự trở"
    return f"{style} {edge}, nhíp {gripper} cả hai lượt"


def place(ground: Ground, ways: Sequence[Slug], set_text: SetText) -> None:
    """The slug's paragraphs: as much of them as finds a place, in the largest size, on the first edge with room.

    Where four do not find a place together, each sheet's own line stands by itself. Fingerprints of many designs do so
    always, where there is room left.
    """
    own = ways[0][_OWN:_SIGNED]
    for end in (_SIGNED, _OWN) if any(own) else (_SIGNED,):
        if end == _OWN and not _placed(ground, own, (_SIZE,), set_text, _OWN):
            break
        for slug in ways:
            if not any(slug) or _placed(ground, slug[:end], _LARGE, set_text):
                if any(slug[_SIGNED:]):
                    _placed(ground, slug[_SIGNED:], (_SIZE,), set_text, _SIGNED)
                return
    ground.lacks("slug", "no side has room for its lines")


def _placed(ground: Ground, slug: Slug, larges: Sequence[float], set_text: SetText, first: int = 0) -> bool:
    """Whether these paragraphs, the first of which is number `first` of the slug, found a place."""
    least = _LEAST_DEPTH if len(slug) > 1 else pt(_SIZE) * _LEADING
    for large in larges:
        for edge in ("left", "right", "top", "bottom"):
            strip = ground.strip(edge)
            if strip.depth < least:
                continue
            for length in (strip.length, strip.length / 2 - 5):
                lines = _lines(slug, length, large, set_text, first)
                if lines and _put(ground, edge, lines):
                    return True
    return False


def _lines(slug: Slug, length: float, large: float, set_text: SetText, first: int) -> list[Words]:
    """All paragraphs broken to `length`, the slug's first in the size `large`; none where a single letter is wider."""
    lines: list[Words] = []
    for index, parts in enumerate(slug, first):
        found = broken(parts, length, _SIZE if index else large, LEGEND, set_text)
        if found is None or (index == _OWN and len(found) > 1):
            return []
        if index == _OWN:  # each sheet has another: a line of its own, in one piece
            found = [words._replace(field=SERIAL) for words in found]
        lines += found
    return lines


def _put(ground: Ground, edge: str, lines: list[Words]) -> bool:
    leadings = [pt(words.size) * _LEADING for words in lines]
    block = Rect(0, 0, max(words.box.width for words in lines), sum(leadings))
    free = ground.first_free(edge, block.width, block.height)
    if free is None:
        return False
    box, at = free
    tops = [sum(leadings[:i]) for i in range(len(lines))]
    down = [
        Affine(1, 0, 0, 1, -words.box.x, top + _ASCENT * leading)
        for words, top, leading in zip(lines, tops, leadings, strict=True)
    ]
    ground.put(Layer.LEGEND, [placed(w, d.then(at)) for w, d in zip(lines, down, strict=True)], box)
    return True
