"""QR codes read back from pictures, by two programs that have nothing to do with how they were made.

zxing-cpp comes with keytag; zbar (`zbarimg`) is asked where it is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keytag.files import programs

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS = 60


def zxing(image: Image) -> list[str]:
    """The texts of all QR codes that zxing-cpp finds, in its order."""
    import zxingcpp

    return [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]


def zbar(image: Image) -> list[str]:
    """The texts of all QR codes that zbar finds; `MissingToolError` where it is not there or not done in time."""
    from io import BytesIO

    data = BytesIO()
    image.convert("L").save(data, "PNG")
    words = ["--quiet", "--xml", "-Sdisable", "-Sqrcode.enable", "-"]
    return _texts(programs.run(programs.ZBAR, words, seconds=_SECONDS, given=data.getvalue()).out)


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
