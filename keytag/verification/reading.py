"""Numbers and words read off the found plates by OCR, each number on its own line beside its label.

Every line is cut out, all of them are set one below the other on a few pages, and tesseract reads the pages in one go.
What is not read as expected is read again, each line a page, larger and softer: a letter that OCR misses once is no
fault, a wrong one is wrong each time.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from keytag.base.drawing import Words
from keytag.base.errors import ToolFailedError
from keytag.base.geometry import Affine, Rect
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.files.programs import TESSERACT, run, workplace
from keytag.tag.artwork import Face
from keytag.tag.template import ContactList, Stack, Template
from keytag.verification.looking import Eye, turns_of

if TYPE_CHECKING:
    from PIL.Image import Image

_AROUND = 0.5  # mm around a line that is cut out
_HIGH = 48  # pixels of a line on the page that is read
_GAP = 30
_LINES = 40  # on a page
_WIDE = 1400
_GROUND = 255
_SECONDS = 180.0
_TRIES = ((72, 0.0), (128, 0.0), (96, 1.2), (128, 1.2))  # pixels high, and how much softer
_DOUBTFUL = (40, 0.1)  # lines that are read again: so many, and such a share of all
_FEW = 8  # lines that are read in all sizes in one go: starting tesseract takes longer than reading them
_SAME_WORDS = 0.7  # of letters alike: small accented capitals are no easy reading
_DIGITS = ("-c", "tessedit_char_whitelist=0123456789.")


class Cut(NamedTuple):
    """One line cut out of the plates: which fact it is of, what it must say, and its picture, dark on light."""

    place: str
    field: str
    want: str  # digits only for a number
    picture: Image
    number: bool
    beside: str  # the label that must stand in the same row, as the template has it for the fact; empty: none


class Read(NamedTuple):
    """What was read of a line, and whether it is right; its picture is gone, as a nation's would fill the memory."""

    place: str
    field: str
    want: str
    number: bool
    text: str
    right: bool


def cuts_of(
    eye: Eye, place: str, face: Face, at: Affine, numbers: Mapping[str, str], template: Template
) -> Iterator[Cut]:
    """Every line of one face as it stands on the page; `numbers` are the roster's digits by field."""
    marks = [mark for group in face.form.groups for mark in group.marks if isinstance(mark, Words)]
    labels = _labels(template)
    for mark in marks:
        if not mark.text.strip():
            continue
        turns = turns_of(at)
        if mark.box.height > 1.6 * mark.box.width and len(mark.text.strip()) > 2:  # set along a side
            turns += 3 if _runs_up(mark) else 1
        picture = _cut(eye, at.rect(mark.box.inset(-_AROUND)), turns)
        number = mark.field in numbers
        want = numbers[mark.field] if number else mark.text
        label = _beside(mark, marks) if number else None
        role = _role(mark.field)
        if label is not None and role in labels:
            beside = _cut(eye, at.rect(label.box.inset(-_AROUND)), turns_of(at))
            yield Cut(
                place, say("label of {field}", field=mark.field), label.text, beside, False, "|".join(labels[role])
            )
        yield Cut(place, mark.field, want, picture, number, "")


def read_all(cuts: Sequence[Cut]) -> list[Read]:
    """All cuts read, numbers and words apart; equal words of one picture size are read once.

    Raises `MissingToolError` where tesseract is not there, `ToolFailedError` where it fails.
    """
    seen: dict[tuple[str, str, str, int], Cut] = {}
    for cut in cuts:
        if not cut.number:
            seen.setdefault((cut.field, cut.want, cut.beside, cut.picture.height), cut)
    with ThreadPoolExecutor(max_workers=2) as pool:
        numbers, words = pool.map(_read, ([cut for cut in cuts if cut.number], list(seen.values())))
    return numbers + words


def _read(cuts: Sequence[Cut]) -> list[Read]:
    """Cuts of one kind read, those that are not right again in other sizes and softer, until one reading is."""
    found = [_judged(cut, text) for cut, text in zip(cuts, _together(cuts), strict=True)]
    most = _DOUBTFUL[0] + round(_DOUBTFUL[1] * len(cuts))
    doubtful = [i for i, read in enumerate(found) if not read.right][:most]
    for tries in (_TRIES,) if len(doubtful) <= _FEW else ((one,) for one in _TRIES):
        again = [(i, high, soft) for high, soft in tries for i in doubtful]
        texts = _alone([(cuts[i], high, soft) for i, high, soft in again])
        for (i, _, _), text in zip(again, texts, strict=True):
            if not found[i].right:
                found[i] = _judged(cuts[i], text)
        doubtful = [i for i in doubtful if not found[i].right]
    return found


def _judged(cut: Cut, text: str) -> Read:
    return Read(cut.place, cut.field, cut.want, cut.number, text, _right(cut, text))


def _right(cut: Cut, text: str) -> bool:
    if cut.number:
        return re.sub(r"\D", "", text) == cut.want
    wanted = [cut.want, *cut.beside.split("|")] if cut.beside else [cut.want]
    if cut.beside and all(_likeness(cut.want, label) < _SAME_WORDS for label in wanted[1:]):
        return False  # the label beside the number is no label of its fact
    return max(_likeness(text, word) for word in wanted) >= _SAME_WORDS


def _likeness(one: str, other: str) -> float:
    a, b = folded(one), folded(other)
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def folded(text: str) -> str:
    """The letters and digits of a text in capitals, without their marks; what OCR takes for one another is one."""
    plain = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    kept = "".join(c for c in plain if c.isalnum())
    return kept.translate(str.maketrans("01L58", "OIISB"))


def _labels(template: Template) -> dict[str, tuple[str, ...]]:
    """Role → all ways in which the template says it."""
    found: dict[str, tuple[str, ...]] = {}
    for element in (*template.front, *template.back):
        items = element.lines if isinstance(element, Stack) else ()
        for item in items:
            if isinstance(item, ContactList):
                for role, ladder in item.labels:
                    found[role] = (*found.get(role, ()), *ladder)
    return found


def _role(field: str) -> str:
    for part, role in (("unit.deputies.", "deputy"), ("unit.chief", "chief"), ("unit.duty", "duty")):
        if field.startswith(part):
            return role
    return ""


def _beside(number: Words, marks: Sequence[Words]) -> Words | None:
    """The label in the number's own row: of those that overlap it in height the nearest to its left."""
    row = [
        mark
        for mark in marks
        if mark.field.startswith("label.")
        and mark.box.right <= number.box.x
        and min(mark.box.bottom, number.box.bottom) - max(mark.box.y, number.box.y) > 0.4 * mark.box.height
    ]
    return max(row, key=lambda mark: mark.box.right, default=None)


def _runs_up(mark: Words) -> bool:
    return len(mark.glyphs) < 2 or mark.glyphs[-1].y < mark.glyphs[0].y


def _cut(eye: Eye, box: Rect, turns: int) -> Image:
    """A box of the page as a line to read: upright, dark on light, its contrast spread."""
    import numpy as np
    from PIL import Image as images

    rows = eye.light(eye.tones(box, turns % 4)).astype(np.float32)
    low, high = float(rows.min()), float(rows.max())
    if high - low > 8:
        rows = (rows - low) * (255 / (high - low))
    if float(np.median(rows)) < 128:
        rows = 255 - rows
    return images.fromarray(rows.astype(np.uint8))


def _fitted(picture: Image, high: int) -> Image:
    from PIL import Image as images

    wide = max(1, min(round(picture.width * high / picture.height), _WIDE))
    return picture.resize((wide, high), images.Resampling.LANCZOS)


def _together(cuts: Sequence[Cut]) -> list[str]:
    """What is read of each of the cuts, set one below the other on a few pages."""
    from PIL import Image as images

    step, pages, texts = _HIGH + _GAP, [], []
    for start in range(0, len(cuts), _LINES):
        lines = [_fitted(cut.picture, _HIGH) for cut in cuts[start : start + _LINES]]
        page = images.new("L", (max(line.width for line in lines) + 2 * _GAP, step * len(lines) + _GAP), _GROUND)
        for i, line in enumerate(lines):
            page.paste(line, (_GAP, _GAP + i * step))
        pages.append(page)
    for start, words in zip(range(0, len(cuts), _LINES), _words(pages, "6", number=_numbers(cuts)), strict=True):
        rows: list[list[tuple[int, str]]] = [[] for _ in cuts[start : start + _LINES]]
        for left, middle, text in words:
            rows[min(max(int((middle - _GAP / 2) // step), 0), len(rows) - 1)].append((left, text))
        texts += [" ".join(text for _, text in sorted(row)) for row in rows]
    return texts


def _alone(cuts: Sequence[tuple[Cut, int, float]]) -> list[str]:
    """What is read of each of the cuts on a page of its own, so many pixels high and so much softer."""
    from PIL import ImageFilter, ImageOps

    pages = []
    for cut, high, soft in cuts:
        picture = cut.picture.filter(ImageFilter.GaussianBlur(soft)) if soft else cut.picture
        pages.append(ImageOps.expand(_fitted(picture, high), border=2 * _GAP, fill=_GROUND))
    found = _words(pages, "7", number=_numbers([cut for cut, _, _ in cuts]))
    return [" ".join(text for _, _, text in sorted(words)) for words in found]


def _numbers(cuts: Sequence[Cut]) -> bool:
    return all(cut.number for cut in cuts)


def _words(pages: Sequence[Image], mode: str, *, number: bool) -> list[list[tuple[int, float, str]]]:
    """Left edge, middle height and text of every word that one run of tesseract finds on each of the pages."""
    found: list[list[tuple[int, float, str]]] = [[] for _ in pages]
    if not pages:
        return found
    with workplace() as folder:
        for i, page in enumerate(pages):
            page.save(folder / f"{i}.png", compress_level=1)
        (folder / "pages.txt").write_text("".join(f"{i}.png\n" for i in range(len(pages))), encoding="ascii")
        words = ["pages.txt", "stdout", "--psm", mode, "--dpi", "300", *(_DIGITS if number else ()), "tsv"]
        done = run(TESSERACT, words, seconds=_SECONDS + len(pages), folder=folder, threads=1)
    if done.code:
        raise ToolFailedError(
            say("tesseract failed: {splitlines}", splitlines=done.err.strip().splitlines()[-1:] or done.code)
        )
    for row in done.out.decode("utf-8", "replace").splitlines():
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            number_of_page, left, top, high = (int(cells[i]) for i in (1, 6, 7, 9))
            found[number_of_page - 1].append((left, top + high / 2, cells[11].strip()))
    return found
