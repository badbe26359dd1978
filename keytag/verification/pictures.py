"""What a machine reads off the rendered tag: digits by OCR, codes by two decoders, and how well the code will print.

Only pictures are looked at here, never the file's text; what should be there comes from the roster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from keytag.base.geometry import Affine, Rect
from keytag.files import programs
from keytag.qr import decode as decoders
from keytag.qr import encode as qr
from keytag.render import png
from keytag.roster.model import Unit
from keytag.tag.payload import Payload
from keytag.tag.reflectance import at_660_nm, white_light
from keytag.tag.template import QrPanel, Template
from keytag.verification.model import Failure, Item, item
from keytag.verification.opened import Face, Opened, OpenPage, on_ground
from keytag.verification.words import face_key, numbers_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from keytag.grade import Sweep

_OCR_DPI = 600.0
_CODE_DPI = 300.0
_QUIET_MM = 3.0  # left around a code that is cut out to be read
_GRADE_DPI = 1200.0
_STRAY = 9  # so many digits in a row are a telephone number
_SECONDS = 120
_GROUND = 245  # of 255: what red is in the inverted green channel
_AROUND = 3.0  # mm of quiet zone in the picture that is graded
_READS = 2  # grade C
NOMINAL_BLUR = 0.06  # mm, as in keytag.grade


Payloads: TypeAlias = Mapping[str, Sequence[Payload]]


def check_digits(
    files: Sequence[Opened],
    units: Mapping[str, Unit],
    expected: Mapping[tuple[str, str], tuple[str, ...]],
    template: Template,
) -> Item:
    """Every number that each design's face must show is read from its picture, and no other.

    `expected` holds the digits by (unit key, side). Skipped, with the reason, where tesseract is not installed.
    """
    reason = programs.why_not(programs.TESSERACT)
    if reason:
        return item("digits", skipped=reason)
    views = _one_of_each(files)
    renderings: dict[str, bytes] = {}  # each file once
    pictures: dict[str, Image] = {}  # each different face once: a district's front is on every tag
    for view in views.values():
        if view.face.content not in pictures:
            if view.file.name not in renderings:
                rendering = png.proof_pdf(view.file.data)
                if template.substrate.process == "moulded":
                    rendering = on_ground(rendering, png.ground(template.substrate.ink.cmyk))
                renderings[view.file.name] = rendering
            pictures[view.face.content] = _face_picture(renderings[view.file.name], view)
    with ThreadPoolExecutor(max_workers=2) as pool:
        read = dict(zip(pictures, pool.map(_ocr, pictures.values()), strict=True))
    failures: list[Failure] = []
    compared = 0
    for (key, side), view in views.items():
        lines = read[view.face.content]
        wanted = expected.get((key, side), ())
        place = f"{view.file.name}: {_title(units, key)}, {side}"
        compared += len(wanted)
        rest = " ".join(re.sub(r"[^0-9 ]", "", line) for line in lines)
        for number in sorted(set(wanted), key=len, reverse=True):
            if number not in rest:
                failures.append(Failure(place, f"{number} is not read from the picture (read: {', '.join(lines)})"))
            rest = rest.replace(number, " ")
        failures += [
            Failure(place, f"the picture shows {stray}, which is no number of this unit")
            for stray in re.findall(rf"\d{{{_STRAY},}}", rest)
        ]
    return item("digits", compared, failures)


def _ocr(image: Image) -> list[str]:
    """The lines that tesseract reads, digits only."""
    data = BytesIO()
    image.save(data, "PNG")
    words = ["stdin", "stdout", "--psm", "6", "-c", "tessedit_char_whitelist=0123456789./"]
    # One thread: two run side by side already.
    done = programs.run(programs.TESSERACT, words, seconds=_SECONDS, given=data.getvalue(), threads=1)
    return [line for line in done.out.decode("utf-8", "replace").splitlines() if re.search(r"\d", line)]


class _Seen(NamedTuple):
    """Where a face stands first: its file, its page (from 0), its map to the page."""

    file: Opened
    face: Face
    page: int
    at: Affine


def _one_of_each(files: Sequence[Opened]) -> dict[tuple[str, str], _Seen]:
    """For each unit and side the first place where that face stands."""
    found: dict[tuple[str, str], _Seen] = {}
    for file in files:
        for number, page in enumerate(file.pages):
            for placed in page.placed:
                known, face = face_key(placed.face), file.faces[placed.face]
                if known is not None and known not in found and face.cut is not None:
                    found[known] = _Seen(file, face, number, placed.at)
    return found


def _face_picture(rendering: bytes, view: _Seen) -> Image:
    """A face for OCR: letters dark on light (red is dark in the green channel, white and gold are light), no code."""
    from PIL import ImageDraw, ImageOps

    assert view.face.cut is not None
    box = view.at.rect(view.face.cut)
    image = ImageOps.invert(png.rasterise(rendering, view.page, _OCR_DPI, crop=box).getchannel("G"))
    if view.face.symbol is not None:
        symbol = view.at.rect(view.face.symbol)
        wide = symbol.inset(-symbol.width / 5)  # its panel, four modules of 25 and a little
        k = _OCR_DPI / 25.4
        corners = ((wide.x - box.x) * k, (wide.y - box.y) * k, (wide.right - box.x) * k, (wide.bottom - box.y) * k)
        ImageDraw.Draw(image).rectangle(corners, fill=_GROUND)
    if image.height > image.width:  # tags that stand turned on the sheet
        image = image.rotate(90, expand=True)
    upright = view.at.a >= 0 and view.at.b >= 0
    return ImageOps.expand(image if upright else image.rotate(180), border=60, fill=_GROUND)


def check_codes(files: Sequence[Opened], units: Mapping[str, Unit], payloads: Payloads) -> Item:
    """Every station's symbol is decoded from the rendered Black plate and says what that unit's must."""
    failures: list[Failure] = []
    compared = 0
    for file in files:
        plate = png.plate_pdf(file.data, "Black")
        for number, page in enumerate(file.pages):
            wanted = _wanted(file, page, payloads)
            if not wanted:
                continue
            image = png.rasterise(plate, number, _CODE_DPI, gray=True)
            compared += len(wanted)
            for station, (key, box, payload) in enumerate(wanted, 1):
                inside = _read_within(image, box)
                if inside != [payload]:
                    what = f"reads {inside[0]}" if inside else "does not read"
                    place = f"{file.name}, page {number + 1}, code {station} ({units[key].title})"
                    failures.append(Failure(place, f"{what}; it should say {payload or 'nothing'}"))
    return item("codes", compared, failures)


def _wanted(file: Opened, page: OpenPage, payloads: Payloads) -> list[tuple[str, Rect, str]]:
    found = []
    for placed in page.placed:
        known = face_key(placed.face)
        symbol = file.faces[placed.face].symbol
        if known is not None and symbol is not None and known[0] in payloads:
            found.append((known[0], placed.at.rect(symbol), _payload(payloads, known)))
    return found


def _payload(payloads: Payloads, face: tuple[str, str]) -> str:
    """What the symbol of a face (unit key, side) must say; empty where it must have none."""
    return next((said.text for said in payloads.get(face[0], ()) if said.side == face[1]), "")


def _read_within(image: Image, box: Rect) -> list[str]:
    """The texts of the codes whose middle lies in a box (mm) of a plate's page.

    One station at a time: of a whole plate, zxing-cpp reads 255 codes and no more.
    """
    import zxingcpp

    dots = _CODE_DPI / 25.4
    left, top = max(int((box.x - _QUIET_MM) * dots), 0), max(int((box.y - _QUIET_MM) * dots), 0)
    right, bottom = int((box.right + _QUIET_MM) * dots) + 1, int((box.bottom + _QUIET_MM) * dots) + 1
    found = []
    for code in zxingcpp.read_barcodes(image.crop((left, top, min(right, image.width), min(bottom, image.height)))):
        corners = (code.position.top_left, code.position.bottom_right)
        x, y = (
            (start + sum(getattr(c, axis) for c in corners) / 2) / dots for axis, start in (("x", left), ("y", top))
        )
        if box.x <= x <= box.right and box.y <= y <= box.bottom:
            found.append(code.text)
    return found


def check_codes_again(files: Sequence[Opened], units: Mapping[str, Unit], payloads: Payloads) -> Item:
    """Each different symbol once more, by a second decoder; skipped, with the reason, where zbar is not installed."""
    reason = programs.why_not(programs.ZBAR)
    if reason:
        return item("codes-again", skipped=reason)
    failures: list[Failure] = []
    symbols = _symbols(files)
    for (key, side), (file, _, page, box, plate) in symbols.items():
        image = png.rasterise(plate, page, _CODE_DPI * 2, crop=box.inset(-2), gray=True)
        found, payload = decoders.zbar(image), _payload(payloads, (key, side))
        if found != [payload]:
            what = f"reads {', '.join(found)}" if found else "does not read"
            failures.append(
                Failure(f"{file.name}: {_title(units, key)}", f"{what}; it should say {payload or 'nothing'}")
            )
    return item("codes-again", len(symbols), failures)


class _View(NamedTuple):
    """Where one distinct symbol stands first: its file, what it claims, its page, its modules' box, the Black plate."""

    file: Opened
    claim: str
    page: int
    box: Rect
    plate: bytes


def _symbols(files: Sequence[Opened]) -> dict[tuple[str, str], _View]:
    found: dict[tuple[str, str], _View] = {}
    seen: set[str] = set()
    for file in files:
        plate = b""
        for number, page in enumerate(file.pages):
            for placed in page.placed:
                known, face = face_key(placed.face), file.faces[placed.face]
                if known is None or face.symbol is None or face.content in seen:
                    continue
                seen.add(face.content)  # of the whole face: what is painted over a symbol is in no outline of it
                plate = plate or png.plate_pdf(file.data, "Black")
                claim = next((s.text for s in face.said if s.field == "qr"), "")
                found[known] = _View(file, claim, number, placed.at.rect(face.symbol), plate)
    return found


def check_grade(files: Sequence[Opened], units: Mapping[str, Unit], template: Template) -> tuple[Item, Sweep | None]:
    """The synthetic ISO/IEC 15415 grade of each distinct symbol, and how much the press may swell before it fails.

    Each module on the plate is also held against the symbol made anew: error correction hides a few wrong ones.

    Also the worst sweep, for the verification page.
    """
    from keytag.grade import sweep

    panel = next((e for e in (*template.front, *template.back) if isinstance(e, QrPanel)), None)
    if panel is None:
        return item("grade"), None
    reflectances = [(light(panel.ink.cmyk), light(panel.panel.cmyk)) for light in (white_light, at_660_nm)]
    dark, bright = min(reflectances, key=lambda pair: pair[1] - pair[0])
    failures: list[Failure] = []
    sweeps: dict[object, tuple[str, Sweep]] = {}
    for (key, _), view in _symbols(files).items():
        matrix = qr.encode(view.claim, panel.level)
        if matrix is None:
            continue
        rows, module = _modules(view, matrix)
        pairs = [zip(*both, strict=True) for both in zip(rows, matrix.rows, strict=True)]
        wrong = sum(seen != wanted for row in pairs for seen, wanted in row)
        place = f"{view.file.name}: {_title(units, key)}"
        if wrong:
            failures.append(
                Failure(place, f"{wrong} of the code's {matrix.modules**2} modules are not as they should be")
            )
        if rows in sweeps:
            continue
        found = sweep(rows, module, dark=dark, light=bright, quiet=bright)
        sweeps[rows] = (key, found)
        if found.at(0.0, NOMINAL_BLUR).overall < _READS:
            failures.append(Failure(place, "grades below C with no ink gain at all"))
    notes = tuple(f"{_title(units, key)}: {found.words()}" for key, found in sweeps.values())
    worst = min((found for _, found in sweeps.values()), key=lambda s: s.tolerance() or -1.0, default=None)
    return item("grade", len(sweeps), failures, notes=notes), worst


def _modules(view: _View, matrix: qr.Matrix) -> tuple[tuple[tuple[bool, ...], ...], float]:
    """The modules of a symbol as the plate shows them, and the size of one in millimetres."""
    import numpy as np

    from keytag.grade import modules_of

    image = png.rasterise(view.plate, view.page, _GRADE_DPI, crop=view.box.inset(-_AROUND), gray=True)
    module = view.box.width / matrix.modules
    array = np.asarray(image, dtype=float) / 255
    rows = modules_of(array, _GRADE_DPI / 25.4, matrix.modules, (_AROUND, _AROUND), module_mm=module)
    return rows, module


def _title(units: Mapping[str, Unit], key: str) -> str:
    return units[key].title if key in units else key


def expected_digits(
    units: Mapping[str, Unit], shown: Mapping[tuple[str, str], Sequence[str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The digits that each face must show: those fields of the roster that the design puts on it."""
    found = {}
    for (key, side), fields in shown.items():
        numbers = numbers_of(units[key])
        found[key, side] = tuple(numbers[field] for field in fields if field in numbers)
    return found
