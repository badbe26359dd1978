"""Text that needs no breaking, set line by line: most cells of a paper hold a name or a figure.

The layout library's paragraph splits every text into words, breaks them and saves the whole state of its canvas twice,
for a single line too. What is wider than its place becomes such a paragraph as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keytag.documents.start  # noqa: F401  isort: skip
from reportlab.platypus import Flowable

from keytag.base.records import NamedTuple
from keytag.documents.lines import SHARE, Lines
from keytag.documents.style import Style
from keytag.documents.typesetting import set_width


class Run(NamedTuple):
    """Words of one line in one style."""

    text: str
    style: Style


def plain(line: Sequence[Run]) -> bool:
    """Whether a line is set as it stands: there are words, and no blanks at their ends, which a paragraph drops."""
    return bool(line) and all(not run.text.startswith(" ") and not run.text.endswith(" ") for run in line)


class Unbroken(Flowable):  # type: ignore[misc]
    """Lines of runs, all with one leading; `paragraph` makes what takes their place where one of them is too wide."""

    def __init__(
        self, lines: Sequence[Sequence[Run]], leading: float, align: str, paragraph: Callable[[], Any], pen: Lines
    ) -> None:
        super().__init__()
        self._lines, self._leading, self._paragraph, self._pen = lines, leading, paragraph, pen
        self._share = SHARE[align]
        self._widths = [sum(set_width(run.text, run.style) for run in line) for line in lines]
        self._broken: Any = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The size that it takes of a place of that width."""
        if max(self._widths, default=0.0) <= width:
            self._broken = None
            self.width, self.height = width, self._leading * len(self._lines)
            return self.width, self.height
        if self._broken is None:
            self._broken = self._paragraph()
        self.width, self.height = self._broken.wrap(width, height)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Two parts, the first as high as goes in; none where it cannot be parted."""
        paragraph = self._broken or self._paragraph()
        paragraph.wrap(width, height)
        return list(paragraph.split(width, height))

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Set the lines at once where they stand."""
        if self._broken is not None:
            self._broken.drawOn(canvas, x, y, _sW)
            return
        left, baseline = self._hAlignAdjust(x, _sW), y + self.height - self._lines[0][0].style.size
        for line, width in zip(self._lines, self._widths, strict=True):
            at = left + self._share * (self.width - width)
            for run in line:
                self._pen.draw(canvas, at, baseline, run.text, run.style, "left")
                at += set_width(run.text, run.style)
            baseline -= self._leading
