"""The page that a document is drawn on: page numbers that are known only at the end, and no clock."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from keytag.documents.style import Style
from keytag.documents.typesetting import colour

_PLAIN = bytes([*range(32, 127), *b"\r\n\t"])  # bytes that are the same character in every encoding of a PDF


@contextlib.contextmanager
def no_epoch() -> Iterator[None]:
    """`SOURCE_DATE_EPOCH` out of reportlab's sight: a document's date is the job's, whatever the surroundings say."""
    before = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


class PagedCanvas(Canvas):  # type: ignore[misc]
    """Keeps its pages until all are set, so that one pass can say "page 2 of 19" and on which page a unit stands."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.late: dict[int, list[tuple[float, float, Callable[[int, Mapping[str, int]], str], Style]]] = {}
        self.anchors: dict[str, int] = {}
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page, state in enumerate(self._kept, 1):
            self.__dict__.update(state)
            for x, y, make, style in self.late.get(page, ()):
                self.setFont(style.font, style.size)
                self.setFillColor(colour(style.ink))
                self.drawRightString(x, y, make(len(self._kept), self.anchors))
            super().showPage()
            self._encode()
        self._kept.clear()  # each of them knows all of them, and only the collector would free such a ring
        super().save()

    def _encode(self) -> None:
        """The page's operators as bytes: the library would look up each of their characters in a table."""
        page = self._doc.Pages.pages[-1]
        said = page.stream.encode("utf-8")
        if not said.translate(None, _PLAIN):
            page.stream = said
