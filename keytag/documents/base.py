"""The page that all documents share: A4 on a grid, one family of type, process colours, and room for tag pictures.

It knows reportlab; import it (and the documents) where they are called, not at
start-up. What a document says is its own module's; how the file becomes PDF/X, `render.pdf.overlay`'s. Lengths are
millimetres, y down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import keytag.documents.start  # noqa: F401  isort: skip
from reportlab.lib.abag import ABag
from reportlab.pdfbase.ttfonts import shapeFragWord
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, Table
from reportlab.platypus.flowables import TopPadder
from reportlab.platypus.paragraph import cleanBlockQuotedText

from keytag.base.drawing import Group
from keytag.base.geometry import Affine, Path, Rect
from keytag.base.ink import BLACK, Ink
from keytag.base.units import MM_PER_PT, PT_PER_MM, pt
from keytag.documents import flow
from keytag.documents.facts import Head
from keytag.documents.lines import Lines, modules, rules
from keytag.documents.style import (
    BOTTOM,
    FINE,
    HAIRLINE,
    HEIGHT,
    LEFT,
    MEASURE,
    RED,
    RULE,
    STYLES,
    TOP,
    WIDTH,
    Style,
)
from keytag.documents.typesetting import (
    DIGITS,
    NO_BREAK,
    PROPORTIONAL,
    BrokenOnce,
    clean,
    colour,
    fragment,
    line_break,
    needs_shaping,
    paragraph_style,
    register_fonts,
    width_of,
)
from keytag.documents.unbroken import Run, Unbroken, plain
from keytag.documents.words import capital
from keytag.files.tongue import tongue
from keytag.render.pdf.overlay import Laid, Stamp, TagPicture, finish
from keytag.tag.artwork import Artwork, Face

if TYPE_CHECKING:
    from PIL.Image import Image


class Pen:
    """Draws on the page in the millimetres of one box, y down from its top left."""

    def __init__(self, book: Book, canvas: Any, height: float) -> None:
        self._book, self._canvas, self._height = book, canvas, height
        self.tongue = book.tongue

    def _y(self, y: float) -> float:
        return (self._height - y) * PT_PER_MM

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = HAIRLINE, ink: Ink = RULE) -> None:
        self.rules([(x0, y0, x1, y1)], width, ink)

    def rules(
        self, lines: Sequence[tuple[float, float, float, float]], width: float = HAIRLINE, ink: Ink = RULE
    ) -> None:
        """Straight lines, each from (x0, y0) to (x1, y1)."""
        ends = [(x0 * PT_PER_MM, self._y(y0), x1 * PT_PER_MM, self._y(y1)) for x0, y0, x1, y1 in lines]
        rules(self._canvas, ends, width * PT_PER_MM, ink)

    def box(self, box: Rect, fill: Ink | None = None, line: Ink | None = RULE, width: float = HAIRLINE) -> None:
        """A rectangle; paper white is never filled, since pages overprint (it would vanish)."""
        canvas, shown = self._canvas, fill is not None and fill.cmyk.total > 0
        if shown and fill is not None:
            canvas.setFillColor(colour(fill))
        if line is not None:
            canvas.setStrokeColor(colour(line))
            canvas.setLineWidth(width * PT_PER_MM)
        x, y, w, h = box.x * PT_PER_MM, self._y(box.bottom), box.width * PT_PER_MM, box.height * PT_PER_MM
        canvas.rect(x, y, w, h, stroke=int(line is not None), fill=int(shown))

    def modules(self, x: float, y: float, module: float, symbol: tuple[str, int], ink: Ink) -> None:
        """A symbol, as `qr.encode.text` gives it, with its top left at (x, y), its modules `module` mm wide."""
        modules(self._canvas, x * PT_PER_MM, self._y(y), module * PT_PER_MM, symbol, ink)

    def shape(self, path: Path, line: float | None = None, ink: Ink = BLACK) -> None:
        """An outline: drawn `line` mm wide, or filled."""
        shape, at, k = self._canvas.beginPath(), 0, PT_PER_MM
        steps = {"m": (shape.moveTo, 2), "l": (shape.lineTo, 2), "c": (shape.curveTo, 6), "z": (shape.close, 0)}
        for op in path.ops:
            step, count = steps[op]
            ends = path.coords[at : at + count]
            step(*(self._y(v) if i % 2 else v * k for i, v in enumerate(ends)))
            at += count
        self._canvas.setFillColor(colour(ink))
        self._canvas.setStrokeColor(colour(ink))
        self._canvas.setLineWidth((line or 0) * k)
        self._canvas.drawPath(shape, stroke=int(line is not None), fill=int(line is None))

    def image(self, box: Rect, picture: Image) -> None:
        """A picture in CMYK, stretched over the box."""
        from reportlab.lib.utils import ImageReader

        x, y, w, h = box.x * PT_PER_MM, self._y(box.bottom), box.width * PT_PER_MM, box.height * PT_PER_MM
        self._canvas.drawImage(ImageReader(picture), x, y, w, h)

    def text(self, x: float, baseline: float, text: str, style: str = "body", align: str = "left") -> None:
        """One line at its baseline; `x` is its left end, middle or right end."""
        self._book.line(self._canvas, x * PT_PER_MM, self._y(baseline), clean(text), STYLES[style], align)

    def fitted(self, x: float, baseline: float, text: str, width: float, style: str, align: str = "left") -> None:
        """One line cut short to `width` mm with an ellipsis."""
        text = clean(text)
        if width_of(text, style) > width:
            while text and width_of(text + "…", style) > width:
                text = text[:-1]
            text = text.rstrip() + "…"
        self.text(x, baseline, text, style, align)

    def late(self, x: float, baseline: float, make: Callable[[int, Mapping[str, int]], str], style: str) -> None:
        """A line that ends at `x`, made when all pages are known from their number and the pages of the anchors."""
        ax, ay = self._canvas.absolutePosition(x * PT_PER_MM, self._y(baseline))
        self._canvas.late.setdefault(self._canvas.getPageNumber(), []).append((ax, ay, make, STYLES[style]))

    def anchor(self, key: str) -> None:
        self._canvas.anchors.setdefault(key, self._canvas.getPageNumber())

    def both(self, x: float, baseline: float, words: str, style: str, gap: float = 1.2) -> float:
        """A text in the paper's language on one line, its gloss small `gap` mm behind it; where the line ends."""
        said, gloss = capital(self.tongue.said(words)), self.tongue.gloss(words)
        self.text(x, baseline, said, style)
        end = x + width_of(said, style)
        if not gloss:
            return end
        self.text(end + gap, baseline, gloss, "small")
        return end + gap + width_of(gloss, "small")

    @staticmethod
    def width(text: str, style: str) -> float:
        return width_of(text, style)

    def height(self, paragraph: Any, width: float) -> float:
        """How high a paragraph is when it is `width` mm wide."""
        return float(paragraph.wrapOn(self._canvas, width * PT_PER_MM, HEIGHT * PT_PER_MM)[1]) * MM_PER_PT

    def put(self, paragraph: Any, x: float, y: float, width: float) -> float:
        """A paragraph with its top left at (x, y); its height."""
        height = self.height(paragraph, width)
        paragraph.drawOn(self._canvas, x * PT_PER_MM, self._y(y + height))
        return height

    def picture(self, artwork: Artwork, face: Face, at: Affine) -> None:
        """A face of a tag; `at` maps its millimetres to the box's."""
        x, y = self._canvas.absolutePosition(0, self._y(0))
        move = Affine(1, 0, 0, 1, x * MM_PER_PT, HEIGHT - y * MM_PER_PT)
        self._book.stamp(artwork, face, at.then(move), self._canvas.getPageNumber() - 1)


class _Box(Flowable):  # type: ignore[misc]
    """A box of fixed size with something drawn in it."""

    def __init__(self, book: Book, width: float, height: float, paint: Callable[[Pen], None], align: str) -> None:
        super().__init__()
        self.width, self.height = width * PT_PER_MM, height * PT_PER_MM
        self.hAlign = align
        self._book, self._paint = book, paint

    def draw(self) -> None:
        self.canv.saveState()
        self._paint(Pen(self._book, self.canv, self.height * MM_PER_PT))
        self.canv.restoreState()


class Book:
    """One document in the making: hands out what goes on its pages, and remembers where the tag pictures stand."""

    def __init__(self, head: Head, title: str, *, plain: bool = False) -> None:
        """`title` is said as `both`; a `plain` document has no running heads and uses the whole sheet."""
        register_fonts()
        self._head, self._title, self._plain = head, title, plain
        self.tongue = tongue(head.languages)
        self._pictures: dict[str, TagPicture] = {}
        self._looks: dict[tuple[Sequence[Group], float], str] = {}
        self._stamps: list[Stamp] = []
        self._lines = Lines()
        self._readings = {PROPORTIONAL + i: digit for i, digit in enumerate(DIGITS)}

    def text(self, text: str, style: str = "body", align: str = "left") -> Any:
        """A paragraph of plain words."""
        return self._paragraph([(text, style)], align)

    def both(self, words: str, style: str = "body", *, below: bool = False) -> Any:
        """A text in the paper's language, with its English small behind it or `below` it where the paper has both."""
        return self._paragraph(self.glossed(words, style, "\n" if below else "   "), "left")

    def glossed(self, words: str, style: str, gap: str = "  ") -> list[tuple[str, str]]:
        """The runs of `both`."""
        gloss = self.tongue.gloss(words)
        return [(capital(self.tongue.said(words)), style), *([(gap, "small"), (gloss, "small")] if gloss else [])]

    def runs(self, runs: Sequence[tuple[str, str]], align: str = "left") -> Any:
        """A paragraph of (words, style) runs; the first one's style gives the leading, "\\n" is a new line."""
        return self._paragraph(runs, align)

    def _paragraph(self, runs: Sequence[tuple[str, str]], align: str) -> Any:
        first, lines, shaped = STYLES[runs[0][1]], list[list[Run]]([[]]), False
        for text, style in runs:
            if text == "\n":
                lines.append([])
                continue
            words = clean(text)
            shaped = self._shaped(words, STYLES[style].font) or shaped
            if spaced := cleanBlockQuotedText(f"|{words.replace('   ', 3 * NO_BREAK)}|")[1:-1]:
                lines[-1].append(Run(spaced, STYLES[style]))

        def broken() -> Any:
            fragments = []
            for i, line in enumerate(lines):
                fragments += [line_break(first).clone()] if i else []
                fragments += [fragment(run.style).clone(text=run.text) for run in line]
            return BrokenOnce("", paragraph_style(first, align, shaped), frags=fragments)

        if shaped or not all(map(plain, lines)):
            return broken()
        return Unbroken(lines, first.leading, align, broken, self._lines)

    def _shaped(self, text: str, font: str) -> bool:
        """Whether `text` has marks that only shaping puts in their places (Ơ̆, ê̆); notes what its glyphs mean."""
        if not needs_shaping(text):
            return False
        for word in text.split():
            run = shapeFragWord([0, (ABag(fontName=font, fontSize=10), word)])[1][1]
            starts = [data.cluster for data in getattr(run, "__shapeData__", ())]
            for glyph, start, end in zip(run, starts, [*starts[1:], len(word)], strict=False):
                if 0xE000 <= ord(glyph) <= 0xF8FF:
                    self._readings[ord(glyph)] = word[start : max(end, start + 1)]
        return True

    def line(self, canvas: Any, x: float, y: float, text: str, style: Style, align: str) -> None:
        """One line on a canvas, in points, y up."""
        if not self._shaped(text, style.font):
            self._lines.draw(canvas, x, y, text, style, align)
            return
        canvas.setFont(style.font, style.size)
        canvas.setFillColor(colour(style.ink))
        draw = {"left": canvas.drawString, "centre": canvas.drawCentredString, "right": canvas.drawRightString}[align]
        draw(x, y, text, shaping=True)

    def box(self, width: float, height: float, paint: Callable[[Pen], None], align: str = "LEFT") -> Any:
        """A box of `width` × `height` mm that `paint` draws in."""
        return _Box(self, width, height, paint, align)

    def tag(self, artwork: Artwork, face: Face, scale: float, align: str = "LEFT") -> Any:
        """A face of a tag, `scale` : 1."""
        at, trim = Affine(scale, 0, 0, scale, 0, 0), artwork.trim
        return self.box(trim.width * scale, trim.height * scale, lambda pen: pen.picture(artwork, face, at), align)

    def stamp(self, artwork: Artwork, face: Face, at: Affine, page: int) -> None:
        """Put a face on a page (from 0); lines that the scale makes too thin are widened.

        Enlarged and at 1:1 it is one form, stored once: a book of 135 units then goes through a phone.
        """
        scale = abs(at.a * at.d - at.b * at.c) ** 0.5
        thinnest = round(pt(0.25) / min(1.0, scale), 3) + 0.001
        drawn = (face.form.groups, thinnest)  # faces that look the same (a district's front) are one picture
        key = self._looks.setdefault(drawn, f"{face.form.key} {thinnest:g}")
        self._pictures.setdefault(key, TagPicture(artwork, face, thinnest))
        self._stamps.append(Stamp(page, at, key))

    def table(
        self,
        rows: Sequence[Sequence[Any]],
        widths: Sequence[float],
        *,
        head: int = 0,
        lines: bool = True,
        pad: float = 1.2,
        align: str = "MIDDLE",
        gutter: float = 3.0,
        heights: Sequence[float] | None = None,
        more: Sequence[tuple[Any, ...]] = (),
    ) -> Any:
        """Rows of flowables under `head` rows that repeat on each page; `lines` are hairlines between rows."""
        style: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), align),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-2, -1), gutter * PT_PER_MM),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), pad * PT_PER_MM),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad * PT_PER_MM),
            # A cell without words still selects a font, and the default's is not embedded.
            ("FONTNAME", (0, 0), (-1, -1), STYLES["body"].font),
        ]
        if lines:
            style.append(("LINEBELOW", (0, 0), (-1, -1), HAIRLINE * PT_PER_MM, colour(RULE)))
        if head:
            style.append(("LINEBELOW", (0, head - 1), (-1, head - 1), FINE * 1.5 * PT_PER_MM, colour(BLACK)))
            style.append(("VALIGN", (0, 0), (-1, head - 1), "BOTTOM"))
        columns = [w * PT_PER_MM for w in widths]
        tall = None if heights is None else [h * PT_PER_MM for h in heights]
        return Table(list(map(list, rows)), columns, tall, repeatRows=head, hAlign="LEFT", style=[*style, *more])

    @staticmethod
    def space(height: float) -> Any:
        return Spacer(1, height * PT_PER_MM)

    @staticmethod
    def new_page() -> Any:
        return PageBreak()

    @staticmethod
    def room(height: float) -> Any:
        """A new page where less than `height` mm are left of this one."""
        return CondPageBreak(height * PT_PER_MM)

    @staticmethod
    def at_foot(flowable: Any) -> Any:
        """Push what is given to the foot of its page."""
        return TopPadder(flowable)

    @staticmethod
    def together(flowables: Sequence[Any]) -> Any:
        return KeepTogether(list(flowables))

    def made(self, story: Iterable[Any]) -> bytes:
        """The finished PDF/X-4 file; a part of the story is asked for when the one before it stands on its page."""
        box = Rect(0, 0, WIDTH, HEIGHT) if self._plain else Rect(LEFT, TOP, MEASURE, HEIGHT - TOP - BOTTOM)
        laid = Laid(flow.set_pages(story, box, self._furnish), self._pictures, self._stamps, self._readings)
        title, language = self._named(), self.tongue.first.language
        return finish(laid, f"{self._head.job}: {title}", title, self._head.moment, language)

    def _named(self) -> str:
        """What the document is, in its languages."""
        return " · ".join(filter(None, self.tongue.both(self._title)))

    def _furnish(self, canvas: Any, _: Any) -> None:
        """Running heads and feet."""
        if self._plain:
            return
        pen, head = Pen(self, canvas, HEIGHT), self._head
        right = LEFT + MEASURE
        pen.rule(LEFT, 11, LEFT + 12, 11, pt(2), RED)
        pen.fitted(LEFT, 16, head.job, 110, "caption")
        pen.text(right, 16, self._named(), "caption", "right")
        foot = " · ".join(part for part in (head.customer, head.edition, head.day) if part)
        pen.rule(LEFT, HEIGHT - 15.5, right, HEIGHT - 15.5)
        pen.fitted(LEFT, HEIGHT - 11.5, foot, 130, "small")
        page = canvas.getPageNumber()
        pen.late(right, HEIGHT - 11.5, lambda total, _: f"{page} / {total}", "small")
