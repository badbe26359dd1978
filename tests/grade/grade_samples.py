"""Symbols and pictures that the grade's tests share: made by a foreign encoder, bent by hand."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import segno

from keytag.grade.layout import Matrix
from keytag.qr.tables import QUIET

LINK = "https://zalo.me/0900000123"
TONES = {"dark": 0.05, "light": 0.85, "quiet": 0.85}


def symbol(text: str = LINK, version: int = 2, level: str = "m", mask: int = 2) -> Matrix:
    made = segno.make_qr(text, error=level, version=version, mask=mask, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def flipped(matrix: Matrix, *places: tuple[int, int]) -> Matrix:
    rows = [list(row) for row in matrix]
    for row, column in places:
        rows[row][column] = not rows[row][column]
    return tuple(tuple(row) for row in rows)


def drawn(
    matrix: Matrix,
    px_x: int = 20,
    px_y: int = 20,
    *,
    dark: float = 0.05,
    light: float = 0.85,
    columns: dict[int, int] | None = None,
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The symbol with its quiet zone, each module `px_x` wide and `px_y` high, without the code under test.

    `columns` moves the modules from a column on to the right, by pixels.
    """
    field = np.pad(np.array(matrix), QUIET)
    image = np.where(np.kron(field, np.ones((px_y, px_x))) > 0, dark, light)
    for column, pixels in (columns or {}).items():
        at = (column + QUIET) * px_x
        image = np.insert(image, [at] * pixels, image[:, at - 1 : at], axis=1)
    return image


def decoded(image: Any) -> list[str]:
    """What zxing-cpp reads in a picture of reflectances, made 8 bits a pixel."""
    import zxingcpp
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(np.uint8(np.clip(np.asarray(image) * 255 + 0.5, 0, 255))).save(stream, "PNG")
    found = zxingcpp.read_barcodes(Image.open(stream), formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in found]
