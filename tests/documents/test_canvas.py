"""Pages as the layout library is given them: its own bytes, without its table of characters."""

from io import BytesIO

import pikepdf
import pytest

from keytag.documents.canvas import PagedCanvas

PLAIN = "".join(map(chr, range(32, 127))) + "\r\n\t"


@pytest.mark.parametrize("text", [PLAIN, "ascii \u02d8 and more", "é", "\u2022"])
def test_a_page_has_the_bytes_that_the_library_would_make(text: str) -> None:
    out = BytesIO()
    canvas = PagedCanvas(out, pageCompression=0)
    canvas._code.append(f"% {text}")
    canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as pdf:
        data = pdf.pages[0].obj["/Contents"].read_bytes()
    assert b"% " + text.encode("extpdfdoc") in data
