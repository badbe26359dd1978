"""The verification page: what was compared with what and how many of each, what is wrong and where, on one A4 to sign.

It sets a finished report; comparing is `keytag.verification`'s. However much went wrong it stays one page: the first
few failures of each kind stand on it, and how many more there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.geometry import Rect
from keytag.base.ink import BLACK, Cmyk, Ink
from keytag.base.words import Message, joined, say, say_n
from keytag.documents.base import Book, Pen
from keytag.documents.boxes import bar, section, signature
from keytag.documents.facts import Head
from keytag.documents.style import FINE, HAIRLINE, MEASURE, RULE
from keytag.documents.words import capital
from keytag.verification.model import Item, Report, Worst

if TYPE_CHECKING:
    from PIL.Image import Image

    from keytag.grade import Sweep

_TITLE = say("Verification")
_BAD = "alarm-display"
_BETWEEN, _PICTURE = 6.0, 32.0  # mm between the pictures of the worst place, and their height at the most
_FEWER = 8  # of the following where the worst place is shown
_LINES = 16  # failures, reasons and "so many more" that the page has room for besides its ten rows
_FILES = 5  # roster files named
_DIGITS = 16  # hexadecimal digits of a SHA-256
_CELL, _HIGH = 8.5, 4.6  # mm of the sweep's fields
_AXIS = 17.0
NOMINAL_BLUR = 0.06  # mm, as in keytag.grade
_WIDE = MEASURE - 62.0  # mm of the table's first column
_TONES = (
    Ink("F", Cmyk(0, 0.75, 0.65, 0.05)),
    Ink("D", Cmyk(0, 0.45, 0.7, 0)),
    Ink("C", Cmyk(0, 0.08, 0.6, 0)),
    Ink("B", Cmyk(0.25, 0, 0.45, 0)),
    Ink("A", Cmyk(0.5, 0, 0.55, 0.05)),
)
_VERDICT = (say("release"), say("do not print"))


def verification_page(head: Head, report: Report, sweep: Sweep | None) -> bytes:
    """One A4 page as PDF/X-4; `sweep` is the worst print-grade sweep, None where no symbol was graded."""
    book = Book(head, _TITLE)
    story = [
        book.both(say("Verification of what goes to press"), "section"),
        book.space(1),
        *_verdict(book, report),
        book.box(MEASURE, 5.0, lambda pen: pen.fitted(0, 3.6, head.job, MEASURE, "strong")),
        _summary(book, report),
        book.space(1.5),
        _comparisons(book, report, sweep),
        book.space(2),
        *([_worst(book, report.worst), book.space(2)] if report.worst is not None else []),
        _sources(book, report, sweep if report.worst is None else None),
    ]
    pledge = book.both(say("I have seen the results above and decide:"), "strong")
    parts = [bar(book), book.space(1.2), pledge, book.space(1.5), signature(book, _VERDICT)]
    story.append(book.at_foot(book.table([[parts]], [MEASURE], lines=False, pad=0)))
    return book.made(story)


def _verdict(book: Book, report: Report) -> list[Any]:
    """What it comes to, the largest thing on the page: wrong comes before not done, and only what was all done is good.

    The signature below is a person's; this is the machine's word.
    """
    skipped = sum(bool(item.skipped) for item in report.items)
    if report.failures:
        words, style = say("FAILED"), _BAD
    elif skipped:
        words, style = say("NOT ALL WAS VERIFIED"), _BAD
    else:
        words, style = say("PASSED"), "display"
    said, gloss = book.tongue.both(words)
    return [book.runs([(said, style), *([("   ", "section"), (gloss, "section")] if gloss else [])])]


def _worst(book: Book, worst: Worst) -> Any:
    """The place that differs most: what was expected, what was found, and what is too much or too little."""
    wide = (MEASURE - 2 * _BETWEEN) / 3
    scale = min(wide / worst.size[0], _PICTURE / worst.size[1]) if min(worst.size) > 0 else 1.0
    width, height = worst.size[0] * scale, worst.size[1] * scale
    shown = (
        (say("expected"), worst.expected),
        (say("found"), worst.found),
        (say("red too much, blue too little"), worst.difference),
    )

    def paint(pen: Pen) -> None:
        pen.fitted(0, 3.2, f"{pen.tongue.said(worst.place)}: {pen.tongue.said(worst.message)}", MEASURE, "alarm")
        for i, (what, data) in enumerate(shown):
            x = i * (wide + _BETWEEN)
            pen.image(Rect(x, 5.0, width, height), _printed(data))
            pen.box(Rect(x, 5.0, width, height), None, RULE, HAIRLINE)
            pen.both(x, height + 8.2, what, "caption", 1.5)

    return book.box(MEASURE, height + 9.5, paint)


def _printed(data: bytes) -> Image:
    """A picture in CMYK, what is grey in black ink alone."""
    import numpy as np
    from PIL import Image as images

    with images.open(BytesIO(data)) as picture:
        rgb = np.asarray(picture.convert("RGB"))
    inks = 255 - rgb
    black = inks.min(axis=2, keepdims=True)
    return images.fromarray(np.concatenate([inks - black, black], axis=2), "CMYK")


def _summary(book: Book, report: Report) -> Any:
    """The whole result in one line."""
    compared = sum(item.compared for item in report.items)
    skipped = sum(bool(item.skipped) for item in report.items)
    parts: list[tuple[str, str]] = [(say("{count:,} comparisons: ", count=compared), "strong")]
    if report.failures:
        parts.append((say("{count:,} WRONG", count=report.failures), "alarm"))
    else:
        parts.append((say("nothing wrong"), "strong"))
    if skipped:
        parts.append((say("; {count:,} NOT DONE", count=skipped), "alarm"))
    gloss = book.tongue.gloss(joined("", [words for words, _ in parts]))
    said = [(book.tongue.said(words), style) for words, style in parts]
    return book.runs([*said, *([("   ", "small"), (gloss, "small")] if gloss else [])])


def _comparisons(book: Book, report: Report, sweep: Sweep | None) -> Any:
    """A row an item; under it, across the page, its first failures or why it was skipped."""
    items = report.items
    heads = (
        book.runs(book.glossed(say("compared"), "caption"), "right"),
        book.both(say("result"), "caption"),
    )
    rows: list[list[Any]] = [[book.both(say("what"), "caption"), *heads]]
    shown = _shares(items, _LINES if report.worst is None else _FEWER)
    for item, most in zip(items, shown, strict=True):
        what: list[Any] = [_titled(book, item)]
        what += [
            _line(book, f"{book.tongue.said(failure.place)}: {book.tongue.said(failure.message)}", "alarm")
            for failure in item.failures[:most]
        ]
        rest = len(item.failures) - most
        if 0 < rest < len(item.failures):
            more = say_n("and {count:,} more fault", "and {count:,} more faults", rest)
            what.append(_line(book, " · ".join(filter(None, book.tongue.both(more))), "alarm"))
        if item.skipped:
            what.append(_line(book, book.tongue.said(item.skipped), "body"))
        rows.append(
            [what, book.text(book.tongue.counted(item.compared), "figure", "right"), _result(book, item, sweep)]
        )
    pad = 0.25 if any(item.failures or item.skipped for item in items) else 0.6
    return book.table(rows, [_WIDE, 29, MEASURE - _WIDE - 29], head=1, pad=pad, align="TOP")


def _titled(book: Book, item: Item) -> Any:
    said, gloss = book.tongue.chosen(*item.title)
    said = said if "." in said.split()[0] else capital(said)  # a file's name is no word
    return book.runs([(said, "strong"), *([("   ", "small"), (gloss, "small")] if gloss else [])])


def _result(book: Book, item: Item, sweep: Sweep | None) -> Any:
    """What became of an item; of the print grade, the worst symbol's letter as it is printed."""
    if item.key == "grade" and sweep is not None and not item.failures:
        return book.both(say("grade {letter}", letter=sweep.at(0.0, NOMINAL_BLUR).letter), "strong")
    if item.failures:
        return book.both(say("{count:,} WRONG", count=len(item.failures)), "alarm")
    return book.both(say("skipped"), "alarm") if item.skipped else book.both(say("agrees"), "strong")


def _line(book: Book, text: str, style: str, width: float = MEASURE) -> Any:
    """One line and never two, so that the page stays one page; it may reach under the columns beside it."""
    return book.box(min(width, _WIDE - 3), 4.0, lambda pen: pen.fitted(0, 3.1, text, width, style))


def _shares(items: Sequence[Item], lines: int) -> list[int]:
    """How many failures of each item are shown: in turn one of each, until the page's lines are used up.

    Where not all are shown, a line says how many more there are; where none is, the item's number of them stands alone.
    """
    left = lines - sum(bool(item.skipped) for item in items)
    shares = [0] * len(items)
    wanting = True
    while wanting:
        wanting = False
        for i, item in enumerate(items):
            costs = _lines_of(shares[i] + 1, item) - _lines_of(shares[i], item)
            if shares[i] < len(item.failures) and costs <= left:
                shares[i], left, wanting = shares[i] + 1, left - costs, True
    return shares


def _lines_of(share: int, item: Item) -> int:
    return share + (0 < share < len(item.failures))


def _sources(book: Book, report: Report, sweep: Sweep | None) -> Any:
    """The files that the job was held against on the left, the sweep on the right."""
    wide = MEASURE - _AXIS - _CELL * 9 - 8
    files: list[Any] = [section(book, say("held against these files")), book.space(0.8)]
    for name, sha in report.roster[:_FILES]:
        files.append(_line(book, name, "body", wide))
        files.append(book.text(f"SHA-256 {sha[:_DIGITS]}…", "small"))
    if len(report.roster) > _FILES:
        rest = len(report.roster) - _FILES
        files.append(book.both(say_n("and {count:,} more file", "and {count:,} more files", rest)))
    if sweep is None:
        return book.table([[files]], [MEASURE], lines=False, pad=0, align="TOP")
    return book.table([[files, _swept(book, report, sweep)]], [wide + 8, MEASURE - wide - 8], lines=False, pad=0,
                      align="TOP", gutter=8)  # fmt: skip


def _swept(book: Book, report: Report, sweep: Sweep) -> list[Any]:
    """The picture of the sweep, and in words how much the press may swell."""
    words = sweep.words()
    notes = (note for item in report.items if item.key == "grade" for note in item.notes)
    title = next((note.removesuffix(f": {words}") for note in notes if note.endswith(f": {words}")), "")
    english = f"worst design: {title}: {words}" if title else f"worst design: {words}"
    return [
        section(book, say("print grade under gain and blur")),
        book.space(0.8),
        _picture(book, sweep),
        book.space(0.8),
        book.text(book.tongue.said(_told(sweep, title)), "body"),
        *([book.text(english, "small")] if book.tongue.second else []),
    ]


def _told(sweep: Sweep, title: str) -> Message:
    """How much the press may swell or shrink the worst design's code; its name where it is known."""
    gain, loss = sweep.tolerance(), sweep.loss()
    if gain is None or loss is None:
        told = say("The worst symbol does not reach grade C even where ink does not spread.")
    else:
        told = say(
            "The worst symbol keeps grade C while ink spreads by {gain:.2f} mm or shrinks by {loss:.2f} mm.",
            gain=gain,
            loss=loss,
        )
    return joined(" ", (told, f"({title})")) if title else told


def _picture(book: Book, sweep: Sweep) -> Any:
    """Rows are blurs, columns gains; each field in the colour of its grade, with its letter."""
    columns, rows = len(sweep.gains), len(sweep.blurs)
    width, height = _AXIS + columns * _CELL, rows * _HIGH + 8.5

    def paint(pen: Pen) -> None:
        for cell in sweep.cells():
            box = Rect(_AXIS + cell.column * _CELL, cell.row * _HIGH, _CELL, _HIGH)
            pen.box(box, _TONES[cell.grade], RULE, HAIRLINE)
            pen.text(box.centre.x, box.bottom - 1.2, cell.letter, "caption", "centre")
        for row, blur in enumerate(sweep.blurs):
            pen.text(_AXIS - 1.5, row * _HIGH + _HIGH - 1.4, pen.tongue.number(f"{blur:.2f}"), "caption", "right")
        for column, gain in enumerate(sweep.gains):
            x, text = _AXIS + (column + 0.5) * _CELL, pen.tongue.number(f"{gain:+.2f}" if gain else "0")
            pen.text(x, rows * _HIGH + 3.2, text.replace("-", "−"), "caption", "centre")
        printed = min(range(columns), key=lambda i: abs(sweep.gains[i]))
        x = _AXIS + printed * _CELL
        pen.box(Rect(x, 0, _CELL, rows * _HIGH), None, BLACK, FINE * 2)
        pen.text(0, _HIGH - 1.4, pen.tongue.said(say("blur, mm")), "caption")
        pen.text(0, 2 * _HIGH - 1.4, pen.tongue.gloss(say("blur, mm")), "small")
        pen.text(0, rows * _HIGH + 3.2, " · ".join(filter(None, pen.tongue.both(say("gain")))), "small")
        framed = pen.tongue.both(say("mm; framed: as on the plate"))
        pen.text(_AXIS, rows * _HIGH + 7.2, " · ".join(filter(None, framed)), "small")

    return book.box(width, height, paint)
