"""QR codes read back from pictures, by two programs that have nothing to do with how they were made.

zxing-cpp comes with keytag; zbar (`zbarimg`) is asked where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from keytag.base.errors import MissingToolError

if TYPE_CHECKING:
    from PIL.Image import Image

ZBAR = "zbarimg"
_SECONDS = 60


def zxing(image: Image) -> list[str]:
    """The texts of all QR codes that zxing-cpp finds, in its order."""
    import zxingcpp

    return [found.text for found in zxingcpp.read_barcodes(image.convert("L"))]


def has_zbar() -> bool:
    """Whether zbar's program is there."""
    return shutil.which(ZBAR) is not None


def zbar(image: Image) -> list[str]:
    """The texts of all QR codes that zbar finds; `MissingToolError` where it is not installed."""
    from io import BytesIO

    program = shutil.which(ZBAR)
    if program is None:
        raise MissingToolError("zbarimg is not installed", hint="install zbar (Debian: apt-get install zbar-tools)")
    data = BytesIO()
    image.convert("L").save(data, "PNG")
    done = subprocess.run(
        [program, "--quiet", "--xml", "-Sdisable", "-Sqrcode.enable", "-"],
        input=data.getvalue(),
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    return _texts(done.stdout)


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
