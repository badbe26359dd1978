"""The expected plates: a drawing rasterised by Skia, one bitmap a separation, by a road that knows nothing of PDF.

Each mark lays its tone on the plates of its ink and, unless it overprints, nothing on all others; what is painted later
lies above. Every pixel that a shape touches is painted, as PDF's any-part-of-pixel rule wants it (ISO 32000-1, 10.6.5):
shapes are drawn half a pixel larger all round by the centre rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keytag.base.drawing import Fill, Form, Group, Mark, Page, Picture, Stroke, Symbol, Words
from keytag.base.geometry import Affine, Path, Rect
from keytag.base.ink import REGISTRATION, Ink
from keytag.base.system import reason
from keytag.base.words import say

if TYPE_CHECKING:
    import numpy as np
    import skia

PROCESS = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
_MITRE = 10.0  # PDF's own limit
_FULL = 255
_KEPT = 400, 20_000  # forms on a plate, and outlines, that are kept: as many as a few sheets have
_TOUCH = 0.97  # pixels that shapes are grown by; less than 1, so that an edge on a pixel's border does not touch it


def why_not() -> str:
    """Why Skia cannot be used, in one line; empty where it can."""
    try:
        import skia  # noqa: F401
    except ImportError as error:
        return say(
            "Skia does not start: {error} (Debian: apt-get install libgl1 libegl1 libfontconfig1)", error=reason(error)
        )
    return ""


def tone(ink: Ink, plate: str) -> float | None:
    """What a paint in `ink` leaves on a plate: a tone from 0 to 1 (0 knocks out), or None where it leaves it alone."""
    if ink.name == REGISTRATION.name:
        return ink.tint
    if ink.spot:
        if ink.name == plate:
            return ink.tint
        return None if ink.overprint else 0.0
    if plate in PROCESS:
        here = ink.cmyk[PROCESS[plate]]
        return None if ink.overprint and here == 0 else here
    return None if ink.overprint else 0.0


def plates_of(groups: Sequence[Group]) -> set[str]:
    """The plates on which marks leave ink (for the registration colour, which is on all, only its own name)."""
    found: set[str] = set()
    for group in groups:
        for mark in group.marks:
            if isinstance(mark, Picture):
                found.update(PROCESS)
            elif mark.ink.spot:
                found.add(mark.ink.name)
            else:
                found.update(name for name, i in PROCESS.items() if mark.ink.cmyk[i])
    return found


def spots_of(page: Page, forms: Mapping[str, Form]) -> tuple[str, ...]:
    """The names of the spot plates that a page needs besides the process ones."""
    groups = [*page.groups, *(g for key in {p.form for p in page.placements} for g in forms[key].groups)]
    return tuple(sorted(plates_of(groups) - PROCESS.keys() - {REGISTRATION.name}))


class Plates:
    """The expected plates of one page at `dots` pixels a millimetre, drawn band by band."""

    def __init__(self, page: Page, forms: Mapping[str, Form], dots: float, painter: Painter) -> None:
        self.page, self.forms, self.dots, self.painter = page, forms, dots, painter
        self.spots = spots_of(page, forms)
        used = {place.form for place in page.placements}
        self._inked = {plate for key in used for plate in plates_of(forms[key].groups)}
        self._boxes = [place.at.rect(forms[place.form].bounds) for place in page.placements]
        self._own: dict[str, Any] = {}  # the page's own marks by plate
        self._pictures: dict[tuple[str, str], Any] = {}  # all of its forms by plate: more than the painter may keep

    def band(self, plate: str, height: int, top: int, bottom: int, room: np.ndarray[Any, Any]) -> bool:
        """Rows `top` to `bottom` of a plate `height` pixels high drawn in `room`: 0 full tone, 255 bare.

        The page stands in the bitmap's lower left, as PDF's coordinates begin there. False where nothing is drawn.
        """
        canvas = self._canvas(height, top, room)
        art = self._art(canvas, plate, height, top, bottom)
        return self._marks(canvas, plate) or art

    def art(self, plate: str, height: int, top: int, bottom: int, room: np.ndarray[Any, Any]) -> bool:
        """The same of the forms that are placed on the page, without its own marks."""
        return self._art(self._canvas(height, top, room), plate, height, top, bottom)

    def marks(self, plate: str, height: int, top: int, room: np.ndarray[Any, Any]) -> bool:
        """The same of the page's own marks, without its forms."""
        return self._marks(self._canvas(height, top, room), plate)

    def _canvas(self, height: int, top: int, room: np.ndarray[Any, Any]) -> Any:
        import skia

        room.fill(_FULL)
        rows, width = room.shape
        info = skia.ImageInfo.Make(width, rows, skia.kGray_8_ColorType, skia.kOpaque_AlphaType)
        canvas = skia.Surface.MakeRasterDirect(info, room, width).getCanvas()
        canvas.translate(0, self._begin(height) - top)
        canvas.scale(self.dots, self.dots)
        canvas.translate(-self.page.media.x, -self.page.media.y)
        return canvas

    def _begin(self, height: int) -> float:
        """What rounding to whole pixels adds above."""
        return height - self.page.media.height * self.dots

    def _art(self, canvas: Any, plate: str, height: int, top: int, bottom: int) -> bool:
        begin, drawn, inked = self._begin(height), False, self._inked
        touched = self.painter.touch / 2 / self.dots  # a clip lets every pixel through that it touches, too
        low, high = ((row - begin) / self.dots + self.page.media.y for row in (top, bottom))
        for place, box in zip(self.page.placements, self._boxes, strict=True):
            if box.y > high or box.bottom < low:
                continue
            form = self.forms[place.form]
            if (place.form, plate) not in self._pictures:
                there = plate in inked or REGISTRATION.name in inked
                self._pictures[place.form, plate] = self.painter.picture(form, plate) if there else None
            picture = self._pictures[place.form, plate]
            if picture is None:
                continue
            drawn = True
            canvas.save()
            canvas.concat(_matrix(place.at))
            canvas.clipRect(_rect(form.bounds.inset(-touched)))
            canvas.drawPicture(picture)
            canvas.restore()
        return drawn

    def _marks(self, canvas: Any, plate: str) -> bool:
        if plate not in self._own:
            self._own[plate] = self.painter.recorded(self.page.groups, plate)
        own = self._own[plate]
        if own is not None:
            canvas.drawPicture(own)
        return own is not None


class Painter:
    """Draws groups of marks as they leave one plate, once each, to be played back where they stand, by any thread."""

    def __init__(self, dots: float, touch: float = _TOUCH) -> None:
        """`touch` is by how many pixels shapes are grown before pixels are painted whose centres they hold."""
        self.dots, self.touch = dots, touch
        self._paths: dict[tuple[int, float, float, bool], tuple[Path, Any]] = {}
        self._forms: dict[tuple[str, str], tuple[Form, Any]] = {}

    def picture(self, form: Form, plate: str) -> skia.Picture | None:
        """The form on one plate; None where it leaves nothing there."""
        known = self._forms.get((form.key, plate))
        if known is None or known[0] is not form:
            if len(self._forms) >= _KEPT[0]:
                self._forms.clear()
            known = self._forms[form.key, plate] = (form, self.recorded(form.groups, plate))
        return known[1]

    def recorded(self, groups: Sequence[Group], plate: str) -> skia.Picture | None:
        """Marks as they leave a plate; None where they leave nothing there."""
        import skia

        marks = [(mark, _tone(mark, plate)) for group in groups for mark in group.marks]
        painted = [(mark, level) for mark, level in marks if level is not None]
        inks = [mark.ink for mark, _ in painted if not isinstance(mark, Picture)]
        if any(ink.name == plate and not ink.printed for ink in inks):
            # Nothing lies under a die-line of its own ink: what knocks out before it has no effect.
            while painted and painted[0][1] == 0:
                painted.pop(0)
        if not painted:
            return None
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-1e5, -1e5, 1e5, 1e5))
        for mark, level in painted:
            self._mark(canvas, mark, level, plate)
        return recorder.finishRecordingAsPicture()

    def _mark(self, canvas: Any, mark: Mark, level: float, plate: str) -> None:
        import skia

        if isinstance(mark, Picture):
            _image(canvas, mark, plate)
            return
        grey = _FULL - round(_FULL * level)
        paint = skia.Paint(AntiAlias=False, Color=skia.Color(grey, grey, grey))
        match mark:
            case Stroke(path, _, width):
                canvas.drawPath(self._path(path, width, self.dots, fill=False), paint)
            case Fill(path) | Symbol(path):
                canvas.drawPath(self._path(path, 0.0, self.dots, fill=True), paint)
            case Words():
                for outline, x, y in mark.glyphs:
                    canvas.save()
                    canvas.translate(x, y)
                    canvas.scale(mark.scale, -mark.scale)
                    canvas.drawPath(self._path(outline, 0.0, self.dots * mark.scale, fill=True), paint)
                    canvas.restore()

    def _path(self, path: Path, width: float, dots: float, *, fill: bool) -> skia.Path:
        """What a shape, or a stroke of `width` on it, paints at `dots` pixels a unit, grown; each made once."""
        key = (id(path), width, dots, fill)
        known = self._paths.get(key)
        if known is None:  # the path is kept, so that its id stays its own
            if len(self._paths) >= _KEPT[1]:
                self._paths.clear()
            known = self._paths[key] = (path, self._stroked(_outline(path), width, dots, fill=fill))
        return known[1]

    def _stroked(self, outline: skia.Path, width: float, dots: float, *, fill: bool) -> skia.Path:
        import skia

        width += self.touch / dots
        if fill and not width:
            return outline
        paint = skia.Paint(StrokeWidth=width, StrokeMiter=_MITRE)
        paint.setStyle(skia.Paint.kStrokeAndFill_Style if fill else skia.Paint.kStroke_Style)
        paint.setStrokeJoin(skia.Paint.kRound_Join if fill else skia.Paint.kMiter_Join)
        found = skia.Path()
        paint.getFillPath(outline, found, None, dots)
        return found


def _tone(mark: Mark, plate: str) -> float | None:
    if isinstance(mark, Picture):
        return 1.0 if plate in PROCESS else 0.0
    return tone(mark.ink, plate)


def _outline(path: Path) -> skia.Path:
    import skia

    found, c, i = skia.Path(), path.coords, 0
    for op in path.ops:
        if op == "m":
            found.moveTo(c[i], c[i + 1])
            i += 2
        elif op == "l":
            found.lineTo(c[i], c[i + 1])
            i += 2
        elif op == "c":
            found.cubicTo(c[i], c[i + 1], c[i + 2], c[i + 3], c[i + 4], c[i + 5])
            i += 6
        else:
            found.close()
    return found


def _image(canvas: Any, picture: Picture, plate: str) -> None:
    """One channel of a CMYK picture, its pixels as they are."""
    import numpy as np
    import skia

    if plate in PROCESS:
        pixels = np.frombuffer(picture.data, np.uint8).reshape(picture.rows, picture.columns, 4)
        channel = ~np.ascontiguousarray(pixels[:, :, PROCESS[plate]])
    else:
        channel = np.full((picture.rows, picture.columns), _FULL, np.uint8)
    image = skia.Image.fromarray(channel, skia.kGray_8_ColorType)
    canvas.drawImageRect(image, _rect(picture.box), skia.SamplingOptions(skia.FilterMode.kNearest))


def _matrix(at: Affine) -> skia.Matrix:
    import skia

    return skia.Matrix.MakeAll(at.a, at.c, at.e, at.b, at.d, at.f, 0, 0, 1)


def _rect(r: Rect) -> skia.Rect:
    import skia

    return skia.Rect.MakeXYWH(r.x, r.y, r.width, r.height)
