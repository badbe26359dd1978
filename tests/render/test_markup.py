"""XML's text and attributes are spelt as the standard library spells them."""

from __future__ import annotations

from xml.sax import saxutils

import pytest

from keytag.render.markup import escape, quoteattr

TEXTS = ("", "Đak Đoa", "a & b < c > d &amp;", 'a "b"', "it's", '"it\'s"', "one\ntwo\rthree\tfour", "]]>")


@pytest.mark.parametrize("text", TEXTS)
def test_text_and_attributes_are_those_of_saxutils(text: str) -> None:
    assert escape(text) == saxutils.escape(text)
    assert quoteattr(text) == saxutils.quoteattr(text)
