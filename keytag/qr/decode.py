"""QR codes read back from pictures, by two programs that have nothing to do with how they were made.

zxing-cpp comes with keytag; zbar (`zbarimg`) is asked where it is installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keytag.files import programs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_SECONDS = 60
_TOGETHER = 50  # pictures in one run
_ZBAR = ("--quiet", "--xml", "-Sdisable", "-Sqrcode.enable")


def zxing(image: Image) -> list[str]:
    """The texts of all QR codes that zxing-cpp finds, in its order."""
    import zxingcpp

    return [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]


def why_not_zbar() -> str:
    """Why zbar cannot be asked, in one line; empty where it can."""
    return programs.why_not(programs.ZBAR)


def zbar(image: Image) -> list[str]:
    """The texts of all QR codes that zbar finds; `MissingToolError` where it is not there or not done in time."""
    from io import BytesIO

    data = BytesIO()
    image.convert("L").save(data, "PNG")
    words = [*_ZBAR, "-"]
    return _texts(programs.run(programs.ZBAR, words, seconds=_SECONDS, given=data.getvalue()).out)


def zbar_all(pictures: Sequence[NDArray[np.uint8]]) -> list[list[str]]:
    """The texts in each of many grey pictures, `_TOGETHER` of them in one run of zbar; errors as for `zbar`."""
    from PIL import Image as images

    found: list[list[str]] = []
    for start in range(0, len(pictures), _TOGETHER):
        part = pictures[start : start + _TOGETHER]
        with programs.workplace() as folder:
            names = [f"{i}.png" for i in range(len(part))]
            for name, picture in zip(names, part, strict=True):
                images.fromarray(picture).save(folder / name)
            done = programs.run(programs.ZBAR, _ZBAR, seconds=_SECONDS, folder=folder, files=names)
        by_name = _by_source(done.out)
        found += [by_name.get(name, []) for name in names]
    return found


def _by_source(xml: bytes) -> dict[str, list[str]]:
    """The codes of each file in zbar's XML."""
    from xml.etree import ElementTree

    space = "{http://zbar.sourceforge.net/2008/barcode}"
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:  # it broke off, or found nothing at all: nothing was read
        return {}
    return {
        source.get("href", ""): [node.text or "" for node in source.iter(f"{space}data")]
        for source in root.iter(f"{space}source")
    }


def _texts(xml: bytes) -> list[str]:
    """The codes in zbar's XML; its plain output cannot tell two codes from one with a line break."""
    from xml.etree import ElementTree

    if not xml.strip():
        return []
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:  # it broke off: nothing was read
        return []
    return [node.text or "" for node in root.iter("{http://zbar.sourceforge.net/2008/barcode}data")]
