"""What eyes that know no template make of the plates, as items of the report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

from keytag.base.recognise import recognised
from keytag.base.system import reason
from keytag.base.words import joined, say, term
from keytag.grade import NOMINAL_BLUR
from keytag.grade.sweep import GAINS, Sweep
from keytag.verification import codes, reading
from keytag.verification.expected import Expected
from keytag.verification.model import Failure, Item, item
from keytag.verification.vet import readable

_READS = 2  # grade C
_NEAR = 0.015  # reflectances are kept to a hundredth each
_SAME = 24  # of 255, in the mean of a block of pixels
_BLOCK = 4


def check_digits(read: Sequence[reading.Read]) -> Item:
    """Every number beside its label, every name and label as words."""
    failures = []
    for one in read:
        if one.right:
            continue
        if one.number:
            says = say(
                "{field}: the plates show {one}, the roster has {want}",
                field=one.field,
                one=one.text or say("nothing"),
                want=one.want,
            )
        else:
            says = say(
                "{field}: the plates show {one!r}, not {want!r}",
                field=one.field or say("words"),
                one=one.text or say("nothing"),
                want=one.want,
            )
        failures.append(Failure(one.place, says))
    return item("digits", len(read), failures)


def check_codes(read: Sequence[codes.Code]) -> Item:
    """Every station's symbol says its unit's payload."""
    failures = []
    for code in read:
        if code.read != (code.payload,):
            what = (
                say("the code reads {read}", read=joined(", ", code.read))
                if code.read
                else say("the code does not read")
            )
            failures.append(
                Failure(
                    code.place,
                    say("{what}; the roster has {payload}", what=what, payload=code.payload or say("no link")),
                )
            )
    return item("codes", len(read), failures)


def check_codes_again(read: Sequence[codes.Code]) -> Item:
    """Each design's symbol once more."""
    shown = [code for code in read if code.again is not None]
    failures = []
    for code in shown:
        if code.again != (code.payload,):
            found = joined(", ", code.again or ())
            what = say("zbar reads {found}", found=found) if code.again else say("zbar does not read the code")
            failures.append(
                Failure(
                    code.place,
                    say("{what}; the roster has {payload}", what=what, payload=code.payload or say("no link")),
                )
            )
    return item("codes-again", len(shown), failures)


# What the print grade, which knows no languages, says of a sweep.
_SWEPT = (
    term("reads down to {letter} {gain} and {loss} (blur {blur} mm)"),
    term("does not reach {letter} even without gain: {printed} for {causes} (blur {blur} mm)"),
)
_GAIN = (term("without any gain"), term("with {length} mm gain or more"), term("with {length} mm gain"))
_LOSS = (term("without any loss"), term("with {length} mm loss or more"), term("with {length} mm loss"))


def _swells(sweep: Sweep) -> str:
    """How much the press may swell, in words."""
    return recognised(sweep.words(), _SWEPT, {"gain": _GAIN, "loss": _LOSS})


def check_grade(graded: Sequence[codes.Graded], contrast: float) -> tuple[Item, codes.Graded | None]:
    """The grade of each different symbol in the inks that the plates show, and the worst of them.

    `contrast` is the least that the template allows: what reads at C on a screen is less on another ground. How much
    the press may swell is said of the worst one.
    """
    failures = [
        Failure(
            one.place,
            say(
                "{wrong} of the code's {rows} modules are not as they should be",
                wrong=one.wrong,
                rows=len(one.rows) ** 2,
            ),
        )
        for one in graded
        if one.wrong
    ]
    grades = codes.grades_of(graded)
    for one, grade in grades:
        found = max(min(one.light, one.quiet) - one.dark, 0.0)
        if grade.overall >= _READS and found >= contrast - _NEAR:
            continue
        light = say(
            "dark modules reflect {dark:.0%}, light ones {light:.0%}, the quiet zone {quiet:.0%}",
            dark=one.dark,
            light=one.light,
            quiet=one.quiet,
        )
        if grade.overall < _READS:
            says = say("the code grades below C with no ink gain at all ({light})", light=light)
        else:
            says = say(
                "the code's contrast is {found:.0%}, and the template asks for {least:.0%} ({light})",
                found=found,
                least=contrast,
                light=light,
            )
        failures.append(Failure(one.place, says))
    if not grades:
        return item("grade", len(graded), failures), None
    worst = grades[0][0]
    sweep = codes.sweep_of(worst, GAINS, (NOMINAL_BLUR,))
    return item(
        "grade", len(graded), failures, notes=(say("{unit}: {swells}", unit=worst.title, swells=_swells(sweep)),)
    ), worst


def check_pictures(expected: Expected, files: Mapping[str, bytes]) -> list[Failure]:
    """The pictures of view copies show the pages of the copies, which are held against the drawing themselves."""
    import numpy as np
    import pikepdf
    from PIL import Image, UnidentifiedImageError

    from keytag.render import png

    failures = []
    shown: dict[str, bytes] = {}
    for name, (source, page) in expected.pictures.items():
        if name not in files or source not in files:
            continue
        dpi = 200.0 if _MASTERS_FILE.search(source) else 120.0
        with readable(source, pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, IndexError):
            if source not in shown:
                shown[source] = png.proof_pdf(files[source], ())
            want = np.asarray(png.rasterise(shown[source], page, dpi).convert("L"), np.int16)
        try:
            with Image.open(BytesIO(files[name]), formats=["PNG"]) as image:
                if image.size != want.shape[::-1]:
                    failures.append(
                        Failure(
                            name,
                            say(
                                "is {width} × {height} pixels, not as its page", width=image.width, height=image.height
                            ),
                        )
                    )
                    continue
                have = np.asarray(image.convert("L"), np.int16)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            failures.append(Failure(name, say("is no picture that can be read: {error}", error=reason(error))))
            continue
        rows, columns = (n // _BLOCK * _BLOCK for n in want.shape)
        blocks = np.abs(want - have)[:rows, :columns].reshape(rows // _BLOCK, _BLOCK, columns // _BLOCK, _BLOCK)
        if blocks.mean(axis=(1, 3)).max(initial=0) > _SAME:
            failures.append(Failure(name, say("does not show page {page} of {source}", page=page + 1, source=source)))
    return failures


_MASTERS_FILE = re.compile(r"(^|/)masters[0-9-]*\.pdf$")
