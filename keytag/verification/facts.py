"""Boxes, sizes, spot names and page counts of a finished file, held by numbers against what was drawn anew."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from keytag.base.drawing import Page, Picture
from keytag.base.geometry import Rect
from keytag.base.ink import Cmyk, Ink
from keytag.base.units import MM_PER_PT, PT_PER_MM
from keytag.base.words import say
from keytag.report.visible import visible
from keytag.verification.expected import Drawn, Sample
from keytag.verification.model import Failure
from keytag.verification.vocabulary import check_keys, table

if TYPE_CHECKING:
    from pikepdf import Pdf

_SAME = 0.01  # mm
_TONE = 0.005
_INHERITED = ("/CropBox", "/Rotate", "/MediaBox")


def check_facts(drawn: Drawn, data: bytes) -> tuple[int, list[Failure], list[int]]:
    """How many facts were compared, what differs, and the pages (from 0) whose size is right and can be rendered."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        failures: list[Failure] = []
        wanted = drawn.document.pages
        if len(pdf.pages) != len(wanted):
            failures.append(
                Failure(
                    drawn.name,
                    say("has {pages} pages, {wanted} are expected", pages=len(pdf.pages), wanted=len(wanted)),
                )
            )
        whole = []
        for number, (page, found) in enumerate(zip(wanted, pdf.pages, strict=False)):
            faults, right = _faults(say("{drawn}, page {number}", drawn=drawn.name, number=number + 1), page, found.obj)
            failures += faults
            if right:
                whole.append(number)
        spots = _spots_of(drawn)
        here = _spots_in(pdf)
        for name in sorted(spots.keys() - here.keys()):
            failures.append(Failure(drawn.name, say("has no spot {name}", name=name)))
        for name in sorted(here.keys() - spots.keys()):
            failures.append(Failure(drawn.name, say("has a spot {name!r} that the design does not have", name=name)))
        for name in sorted(spots.keys() & here.keys()):
            if any(abs(a - b) > _TONE for a, b in zip(here[name], spots[name], strict=True)):
                have, due = _percent(here[name]), _percent(spots[name])
                what = say(
                    "the spot {name} is shown by {percent}, not by {percent2}", name=name, percent=have, percent2=due
                )
                failures.append(Failure(drawn.name, what))
        failures += [*_titles(drawn, pdf), *check_keys(drawn.name, pdf)]
        return 3 * len(wanted) + len(spots) + 3, failures, whole


def _titles(drawn: Drawn, pdf: Pdf) -> list[Failure]:
    """What the file is called; that its other metadata say the same is the preflight's."""
    info = table(pdf.trailer.get("/Info"))
    failures = []
    for key, want in (("/Title", drawn.document.title), ("/Subject", drawn.document.subject)):
        have = " ".join(str(info.get(key, "")).split())
        if have != " ".join(want.split()):
            says = say("its {key} is {have!r}, {want!r} is expected", key=key[1:], have=visible(have), want=want)
            failures.append(Failure(drawn.name, says))
    return failures


def check_sample(sample: Sample, data: bytes) -> tuple[int, list[Failure], list[int]]:
    """The same of sheets in a file of numbered ones: their boxes, and which of the sample's pages can be rendered."""
    import pikepdf

    failures, whole, drawn = list[Failure](), list[int](), sample.drawn
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, (page, at) in enumerate(zip(drawn.document.pages, sample.at, strict=True)):
            place = say("{drawn}, page {number}", drawn=drawn.name, number=at + 1)
            if at >= len(pdf.pages):
                failures.append(Failure(place, say("is not there")))
                continue
            faults, right = _faults(place, page, pdf.pages[at].obj)
            failures += faults
            if right:
                whole.append(number)
    return 3 * len(sample.at), failures, whole


def _faults(place: str, page: Page, found: Any) -> tuple[list[Failure], bool]:
    """What is wrong with a page's boxes, and whether it has the size to be rendered."""
    boxes = (("/MediaBox", page.media), ("/BleedBox", page.bleed), ("/TrimBox", page.trim))
    media = _numbers(found.get("/MediaBox"))
    faults = [
        Failure(place, fault)
        for name, box in boxes
        if (fault := _differs(name, found.get(name), media, box, page.media))
    ]
    faults += [Failure(place, say("inherits {key} from the page tree", key=key)) for key in _inherited(found)]
    right = media is not None and not any("MediaBox" in f.message or "/Rotate" in f.message for f in faults)
    return faults, right


def _numbers(box: Any) -> list[float] | None:
    try:
        found = [float(v) for v in box]
    except (TypeError, ValueError):
        return None
    return found if len(found) == 4 else None


def _differs(name: str, box: Any, media: list[float] | None, want: Rect, sheet: Rect) -> str:
    """How a box differs from its place on the sheet, in words; boxes are measured from the sheet's lower left."""
    found = _numbers(box)
    if found is None or media is None:
        return say("has no {name} of its own", name=name[1:])
    x0, y0 = want.x - sheet.x, sheet.bottom - want.bottom
    wanted = [v * PT_PER_MM for v in (x0, y0, x0 + want.width, y0 + want.height)]
    if max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= _SAME * PT_PER_MM:
        return ""
    have, should = (
        say("{v:.2f} × {v2:.2f} mm", v=(v[2] - v[0]) * MM_PER_PT, v2=(v[3] - v[1]) * MM_PER_PT) for v in (found, wanted)
    )
    if have == should:
        off = say(
            "{found:.2f}, {found2:.2f} mm",
            found=(found[0] - wanted[0]) * MM_PER_PT,
            found2=(found[1] - wanted[1]) * MM_PER_PT,
        )
        return say("the {name} lies off by {off}", name=name[1:], off=off)
    return say("the {name} is {have}, {should} is expected", name=name[1:], have=have, should=should)


def _inherited(page: Any) -> list[str]:
    """Keys that the page gets from above it in the page tree."""
    found, parent, depth = [], page.get("/Parent"), 0
    while parent is not None and depth < 64:
        found += [key for key in _INHERITED if key in parent and key not in found]
        parent, depth = parent.get("/Parent"), depth + 1
    return found


def _spots_of(drawn: Drawn) -> dict[str, Cmyk]:
    document = drawn.document
    groups = [
        *(g for form in document.forms for g in form.groups),
        *(g for page in document.pages for g in page.groups),
    ]
    inks: list[Ink] = [m.ink for group in groups for m in group.marks if not isinstance(m, Picture)]
    return {ink.name: ink.cmyk for ink in inks if ink.spot}


def _spots_in(pdf: Pdf) -> dict[str, Cmyk]:
    """Every Separation of the file, and the alternate of its full tone."""
    import pikepdf

    found: dict[str, Cmyk] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Array) and len(item) == 4 and str(item[0]) == "/Separation":
            function = item[3]
            full = _numbers(function.get("/C1")) if hasattr(function, "get") else None
            found[str(item[1])[1:]] = Cmyk(*full) if full else Cmyk(-1, -1, -1, -1)
    return found


def _percent(colour: Cmyk) -> str:
    return "/".join(f"{part * 100:.0f}" for part in colour)
