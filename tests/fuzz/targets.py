"""What is fuzzed: functions from any bytes to nothing, which may end in a `KeytagError` and in no other exception.

They do what the verbs do, in this process, and keep what was made well-formed; they judge no finding.
"""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from keytag import checks
from keytag.base.errors import KeytagError
from keytag.files import shipped
from keytag.files.source import Source, decode, read
from keytag.qr import contour, tables
from keytag.qr import encode as qr
from keytag.render.pdf.content import form_content
from keytag.render.svg import svg
from keytag.report import FORMATS, renderer
from keytag.roster.load import assemble
from keytag.roster.model import Roster
from keytag.sheet.imposition import lay_out
from keytag.sheet.scheme_file import scheme_of
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from keytag.tag.template_file import read_template

MOST_COMPOSED = 20  # units: a mutation may repeat an alias a thousand times

SAMPLE = """\
job: {template: oval-50x20, date: 2020-05-18, edition: 05/2020, show_113: yes, spoilage: 3%, slogan: Vì dân}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
  zalo: https://zalo.me/1234567890123456789}
units:
  - {kind: xã, name: A Dơk, code: "23710", duty: 0269.3000.213, chief: {number: 0900.000.136, name: Trần Văn Mẫu},
    deputies: [0900.000.137, 0900.000.138], others: [{role: Chủ tịch xã, number: 0900.000.300}], quantity: 860,
    address: Trụ sở Công an xã, valid_from: 2000-01-01, valid_until: 2030-01-01}
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.212, chief: 0900.000.132, deputies: [0900.000.133],
    quantity: 1195, authority: self, link: https://zalo.me/8876543210987654321}
"""


def shipped_text(kind: str, name: str) -> str:
    return read(shipped.locate(kind, name, Path())).text


@lru_cache(maxsize=1)
def oval() -> Template:
    return read_template(Source("t.yaml", shipped_text(shipped.TAGS, "oval-50x20")))[0]


@lru_cache(maxsize=1)
def sample() -> Roster:
    return assemble([Source("contacts.yaml", SAMPLE)])


def roster(data: bytes) -> None:
    """`keytag check` without its files."""
    try:
        read_in = assemble([decode(data, "contacts.yaml")])
    except KeytagError as error:
        _is_clear(error)
        return
    found = [*read_in.findings, *checks.run_contact_checks(read_in, None)]
    if len(read_in.units) <= MOST_COMPOSED:
        composer = Composer(oval())
        artworks = [composer.compose(read_in.job, unit) for unit in read_in.units]
        found += checks.run_artwork_checks(read_in, oval(), artworks)
        for artwork in artworks:
            _drawn(artwork)
    found = checks.unsilenced(found, read_in.files)
    for name in FORMATS:
        shown = renderer(name)(found, read_in.files)
        shown.encode("utf-8")
        if name in ("json", "sarif"):
            json.loads(shown)
        elif name == "junit":
            ElementTree.fromstring(shown)


def template(data: bytes) -> None:
    """A tag design: read, composed, checked and written."""
    try:
        design, _ = read_template(decode(data, "t.yaml"))
    except KeytagError as error:
        _is_clear(error)
        return
    artworks = [Composer(design).compose(sample().job, unit) for unit in sample().units]
    checks.run_artwork_checks(sample(), design, artworks)
    for artwork in artworks:
        _drawn(artwork)


def scheme(data: bytes) -> None:
    """An imposition scheme: read and laid out."""
    try:
        layout, _ = scheme_of(decode(data, "s.yaml"))
        lay_out(layout, 50, 20, 3)
    except KeytagError as error:
        _is_clear(error)


def payload(data: bytes) -> None:
    """A QR link: encoded, and drawn."""
    text = data.decode("utf-8", "replace")
    for level in tables.LEVELS:
        matrix = qr.encode(text, level)
        if matrix is not None:
            assert matrix.payload == text
            contour.outline(matrix, 0, 0, 0.4)


def emblem_svg(data: bytes) -> None:
    """An SVG beside a template."""
    _emblem(data, "e.svg")


def emblem_png(data: bytes) -> None:
    """A PNG beside a template."""
    _emblem(data, "e.png")


def _emblem(data: bytes, name: str) -> None:
    words = f"{{file: {name}, x: 40mm, y: 8mm, width: 4mm, height: 4mm, inks: {{black: black, '#ff0000': yellow}}}}"
    text = shipped_text(shipped.TAGS, "oval-50x20").replace("front:\n", f"front:\n  - emblem: {words}\n", 1)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        design, _ = read_template(Source(str(Path(folder) / "t.yaml"), text))
    _drawn(Composer(design).compose(sample().job, sample().units[0]))


def _drawn(artwork: Artwork) -> None:
    """Both faces as the two writers have them."""
    for face in artwork.faces:
        content = form_content(face.form).data
        assert not any(word in content.lower().split() for word in (b"nan", b"inf", b"-inf"))
    ElementTree.fromstring(svg([face.form for face in artwork.faces], artwork.title))


def _is_clear(error: KeytagError) -> None:
    """One line that a person can read."""
    assert error.message.strip()
    assert len(error.message) < 1000
    assert not any(unicodedata.category(c) == "Cc" for c in error.message), error.message


TARGETS: dict[str, Callable[[bytes], None]] = {
    "roster": roster,
    "template": template,
    "scheme": scheme,
    "payload": payload,
    "emblem-svg": emblem_svg,
    "emblem-png": emblem_png,
}
