"""A story becomes pages: the layout library's document, one frame a page, each part made as it is come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import islice
from typing import Any

import keytag.documents.start  # noqa: F401  isort: skip
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from keytag.base.geometry import Rect
from keytag.base.units import PT_PER_MM
from keytag.documents.canvas import PagedCanvas, no_epoch
from keytag.documents.style import HEIGHT, STYLES


class _Story(list[Any]):
    """What the layout library takes from the front, part by part, made as it comes to it."""

    def __init__(self, parts: Iterable[Any]) -> None:
        super().__init__()
        self._parts = iter(parts)

    def __len__(self) -> int:
        if not super().__len__():
            self.extend(islice(self._parts, 1))
        return super().__len__()


def set_pages(story: Iterable[Any], box: Rect, furnish: Callable[[Any, Any], None]) -> bytes:
    """The PDF of a story set into `box` of each page; `furnish` draws what every page has, on (canvas, document)."""
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        enforceColorSpace="CMYK",
        initialFontName=STYLES["body"].font,
        pageCompression=0,  # what is finished is compressed once, when it is saved
    )
    frame = Frame(
        box.x * PT_PER_MM,
        (HEIGHT - box.bottom) * PT_PER_MM,
        box.width * PT_PER_MM,
        box.height * PT_PER_MM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=furnish))
    with no_epoch():
        document.build(_Story(story), canvasmaker=PagedCanvas)
    vars(document.canv).clear()  # document, canvas and pages hold one another: now, not when the collector comes
    vars(document).clear()
    return out.getvalue()
