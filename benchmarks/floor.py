"""The least that numbered sheets could cost: static forms, one basis, one gather, one deflate, a code a tag.

`python -m benchmarks.floor OUTPUT [TAGS]` writes two-sided sheets of 80 tags with a QR symbol of its own on each, which
says a serial with its check character and can be scanned, and nothing else: no roster, no checks, no plan, no papers,
no words, and boxes in place of art. What `benchmarks.numbered` holds keytag against. It is written as straight as it
was thought of, with no trick of its own.
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
LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIDE = 25


def symbol(payload: bytes) -> np.ndarray:
    code = QRCode(version=2, error_correction=constants.ERROR_CORRECT_M, border=0, mask_pattern=2)
    code.add_data(util.QRData(payload, mode=util.MODE_8BIT_BYTE))
    code.make(fit=False)
    rows = np.array(code.modules, np.uint64)
    return (rows << np.arange(SIDE, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)


def tables() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The symbol of a serial, what each digit at each place changes of it, and what each check character changes."""
    base = HEAD + b"0" * DIGITS + b"0"
    zero, found = symbol(base), np.zeros((DIGITS, 10, SIDE), np.uint64)

    def bits(at: int, count: int) -> list[np.ndarray]:
        return [symbol(base[:at] + bytes([48 ^ 1 << bit]) + base[at + 1 :]) ^ zero for bit in range(count)]

    for place in range(DIGITS):
        changes = bits(len(HEAD) + place, 4)
        for digit in range(10):
            for bit in range(4):
                if digit >> bit & 1:
                    found[place, digit] ^= changes[bit]
    last, changes = np.zeros((len(LETTERS), SIDE), np.uint64), bits(len(base) - 1, 7)
    for value, letter in enumerate(LETTERS):
        for bit in range(7):
            if (letter ^ 48) >> bit & 1:
                last[value] ^= changes[bit]
    return zero, found, last


def checked(product: np.ndarray, value: np.ndarray | int) -> np.ndarray:
    """One step of ISO/IEC 7064 MOD 37,36."""
    product = (product + value) % 36
    product[product == 0] = 36
    return product * 2 % 37


def runs(words: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The dark runs of symbols, a word a row: symbol, row, first column, length less one."""
    one = np.uint64(1)
    starts, ends = (
        np.flatnonzero(np.unpackbits(w.view(np.uint8).ravel(), bitorder="little"))
        for w in (words & ~(words << one), words & ~(words >> one))
    )
    of, column = np.divmod(starts, 64)
    code, row = np.divmod(of, SIDE)
    return code, row, column, ends - starts


def main(output: str, tags: int = 17_360) -> None:
    zero, change, last = tables()
    tokens = [b"%2d %2d %2d 1 re\n" % (x, y, n) for y in range(SIDE) for x in range(SIDE) for n in range(SIDE + 1)]
    table = np.frombuffer(b"".join(tokens), np.uint8).reshape(len(tokens), -1)
    varies = np.bitwise_or.reduce(np.concatenate((change.reshape(-1, SIDE), last)), axis=0)
    pdf = pikepdf.new()
    heads = [b"q 1.13 0 0 -1.13 %d %d cm\n" % (i % 8 * 150 + 20, i // 8 * 60 + 43) for i in range(UP)]
    _, row, column, length = runs((zero & ~varies).reshape(1, SIDE))  # what all codes have alike is drawn once
    common = table[(row * SIDE + column) * (SIDE + 1) + length + 1].tobytes()
    boxes = b"".join(b"%d %d 140 56 re\n" % (i % 8 * 150, i // 8 * 60) for i in range(UP))
    static = b"0 0.1 0.1 0 k\n%bf\n0 0 0 1 k\n%b" % (boxes, b"".join(b"%b%bf Q\n" % (head, common) for head in heads))
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
    for first in range(0, tags, UP * 8):
        numbers = np.arange(first, min(first + UP * 8, tags))
        words = np.broadcast_to(zero, (len(numbers), SIDE)).copy()
        product = checked(np.full(len(numbers), 36), LETTERS.index(HEAD[-1:]))
        for place in range(DIGITS):
            digit = numbers // 10 ** (DIGITS - 1 - place) % 10
            words ^= change[place][digit]
            product = checked(product, digit)
        words ^= last[(37 - product) % 36]
        words &= varies
        code, row, column, length = runs(words)
        data = table[(row * SIDE + column) * (SIDE + 1) + length + 1].tobytes()
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
