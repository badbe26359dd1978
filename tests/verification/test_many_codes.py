"""A plate may carry more codes than a decoder reads from one picture: each station is read for itself."""

from __future__ import annotations

import qrcode
from keytag.verification.pictures import _CODE_DPI, _read_within
from PIL import Image

from keytag.base.geometry import Rect

ACROSS, DOWN, PITCH_MM = 20, 16, 12.0


def test_every_code_of_a_full_plate_is_read() -> None:
    dots = _CODE_DPI / 25.4
    plate = Image.new("L", (round(ACROSS * PITCH_MM * dots), round(DOWN * PITCH_MM * dots)), 255)
    boxes = {}
    for row in range(DOWN):
        for column in range(ACROSS):
            text = f"{row}:{column}"
            code = qrcode.QRCode(box_size=4, border=0)
            code.add_data(text)
            picture = code.make_image().get_image().convert("L")
            left, top = (round((index * PITCH_MM + 2) * dots) for index in (column, row))
            plate.paste(picture, (left, top))
            boxes[text] = Rect(left / dots, top / dots, picture.width / dots, picture.height / dots)
    assert len(boxes) > 255
    assert [text for text, box in boxes.items() if _read_within(plate, box) != [text]] == []
