"""The least that numbered sheets could cost: static forms, one basis, one gather, one deflate, a code a tag.

`python -m benchmarks.floor OUTPUT [TAGS]` writes two-sided sheets of 80 tags with a QR symbol of its own on each, and
nothing else: no roster, no checks, no plan, no papers. What `benchmarks.numbered` holds keytag against.
"""

from __future__ import annotations

import sys
import zlib
from io import BytesIO

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from qrcode import constants, util
from qrcode.main import QRCode

HEAD, DIGITS, UP = b"https://x.gov.vn/G", 7, 80
SIDE = 25


def symbol(payload: bytes) -> np.ndarray:
    code = QRCode(version=2, error_correction=constants.ERROR_CORRECT_M, border=0, mask_pattern=2)
    code.add_data(util.QRData(payload, mode=util.MODE_8BIT_BYTE))
    code.make(fit=False)
    rows = np.array(code.modules, np.uint64)
    return (rows << np.arange(SIDE, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)


def tables() -> tuple[np.ndarray, np.ndarray]:
    """The symbol of number nought, and what each digit at each place changes of it."""
    base = HEAD + b"0" * DIGITS + b"0"
    zero, found = symbol(base), np.zeros((DIGITS, 10, SIDE), np.uint64)
    for place in range(DIGITS):
        at = len(HEAD) + place
        bits = [symbol(base[:at] + bytes([48 ^ 1 << bit]) + base[at + 1 :]) ^ zero for bit in range(4)]
        for digit in range(10):
            for bit in range(4):
                if digit >> bit & 1:
                    found[place, digit] ^= bits[bit]
    return zero, found


def main(output: str, tags: int = 17_360) -> None:
    zero, change = tables()
    tokens = [b"%2d %2d %2d 1 re\n" % (x, y, n) for y in range(SIDE) for x in range(SIDE) for n in range(SIDE + 1)]
    table = np.frombuffer(b"".join(tokens), np.uint8).reshape(len(tokens), -1)
    varies = np.bitwise_or.reduce(change.reshape(-1, SIDE), axis=0)
    pdf = pikepdf.new()
    static = b"".join(b"q 1 0 0 1 %d %d cm 0 0 140 56 re f Q\n" % (i % 8 * 150, i // 8 * 60) for i in range(UP))
    form = pdf.make_indirect(
        Stream(
            pdf,
            zlib.compress(static),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 1300, 700]),
            Filter=Name.FlateDecode,
        )
    )
    resources = pdf.make_indirect(Dictionary(XObject=Dictionary(Static=form)))
    heads = [b"q 1.13 0 0 1.13 %d %d cm\n" % (i % 8 * 150 + 20, i // 8 * 60 + 14) for i in range(UP)]
    for first in range(0, tags, UP * 8):
        numbers = np.arange(first, min(first + UP * 8, tags))
        words = np.broadcast_to(zero, (len(numbers), SIDE)).copy()
        rest = numbers.copy()
        for place in range(DIGITS - 1, -1, -1):
            rest, digit = np.divmod(rest, 10)
            words ^= change[place][digit]
        words &= varies
        one = np.uint64(1)
        starts, ends = (
            np.flatnonzero(np.unpackbits(w.view(np.uint8).ravel(), bitorder="little"))
            for w in (words & ~(words << one), words & ~(words >> one))
        )
        of, column = np.divmod(starts, 64)
        code, row = np.divmod(of, SIDE)
        data = table[(row * SIDE + column) * (SIDE + 1) + ends - starts + 1].tobytes()
        stops = (np.bincount(code, minlength=len(numbers)).cumsum() * table.shape[1]).tolist()
        at = [0, *stops]
        for page in range(0, len(numbers), UP):
            codes = [
                b"".join((heads[i - page], data[at[i] : at[i + 1]], b"f Q\n"))
                for i in range(page, min(page + UP, len(numbers)))
            ]
            for content in (b"/Static Do\n" + b"".join(codes), b"/Static Do\n"):
                stream = Stream(pdf, zlib.compress(content, 4), Filter=Name.FlateDecode)
                pdf.pages.append(
                    pikepdf.Page(
                        Dictionary(
                            Type=Name.Page,
                            MediaBox=Array([0, 0, 1300, 700]),
                            Resources=resources,
                            Contents=pdf.make_indirect(stream),
                        )
                    )
                )
    out = BytesIO()
    pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with open(output, "wb") as file:  # noqa: PTH123
        file.write(out.getvalue())


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
