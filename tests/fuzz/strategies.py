"""Inputs that are nearly right: shipped files with values exchanged, and bytes with pieces of the format in them."""

from __future__ import annotations

import json
import struct
import zlib
from functools import lru_cache

from hypothesis import strategies as st

from keytag.base.diagnostics import Span
from keytag.files import shipped
from keytag.files.source import Mapping, Node, Scalar, Source, parse
from tests.fuzz.targets import SAMPLE, shipped_text

HUGE = ["9" * 4000, "1e308mm", "1e999mm", "9" * 400 + "mm", "-1e30mm", "nan", "inf", "infmm", "1e-320mm", "10000mm"]
ODD = ["", "~", "NO", "0", "-1", "0mm", "0.0001mm", "1e3", "{}", "[]", "[[]]", "{a: b}", "[a, a]", "&a [*a]", "*b"]
WORDS = [
    "{link}",
    "{",
    "}",
    "{unit.name}",
    "{{}}",
    "../../etc/passwd",
    "/dev/zero",
    "a/b",
    "%",
    "3%",
    "100/100/100/100",
]
UNITS = ["mm", "pt", "cm", "in", "%", "", "°"]


def scalars() -> st.SearchStrategy[str]:
    """A value as it stands in YAML."""
    numbers = st.builds(lambda n, unit: f"{n}{unit}", st.floats() | st.integers(), st.sampled_from(UNITS))
    quoted = st.text(max_size=60).map(lambda text: json.dumps(text, ensure_ascii=False))
    return st.sampled_from(HUGE + ODD) | st.sampled_from(WORDS).map(json.dumps) | numbers | quoted


@lru_cache(maxsize=16)
def places(text: str) -> tuple[Span, ...]:
    """Where each scalar of a file stands, keys included."""
    found: list[Span] = []
    waiting: list[Node] = [parse(Source("f.yaml", text))[0]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.span.line == node.span.end_line:
                found.append(node.span)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                waiting += [key, value]
        else:
            waiting += node.items
    return tuple(sorted(found))


@st.composite
def changed(draw: st.DrawFn, text: str) -> bytes:
    """`text` with one to four of its scalars replaced."""
    lines = text.split("\n")
    spans = draw(st.lists(st.sampled_from(places(text)), min_size=1, max_size=4, unique=True))
    for span in sorted(spans, reverse=True):
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.column - 1] + draw(scalars()) + line[span.end_column - 1 :]
    return "\n".join(lines).encode("utf-8", "replace")


def rosters() -> st.SearchStrategy[bytes]:
    pieces = st.sampled_from(
        [b"units:\n", b"- ", b"name: ", b"authority: self\n", b"&a ", b"*a", b"<<: ", b"!!int ", b"\t"]
    )
    return (
        changed(SAMPLE) | st.binary(max_size=200) | st.lists(pieces | st.binary(max_size=8), max_size=20).map(b"".join)
    )


def templates() -> st.SearchStrategy[bytes]:
    names = ("oval-50x20", "stadium-50x20", "oval-50x20-moulded", "oval-50x20-clear")
    return st.sampled_from(names).flatmap(lambda name: changed(shipped_text(shipped.TAGS, name)))


def schemes() -> st.SearchStrategy[bytes]:
    names = ("sra3-sheetwise", "sra3-work-and-turn", "430x650-work-and-tumble", "flatbed-600x900")
    return st.sampled_from(names).flatmap(lambda name: changed(shipped_text(shipped.SCHEMES, name)))


def payloads() -> st.SearchStrategy[bytes]:
    return st.binary(max_size=300) | st.integers(0, 10**200).map(lambda n: f"https://zalo.me/{n}".encode())


def svgs() -> st.SearchStrategy[bytes]:
    number = st.floats(allow_nan=True).map(str) | st.sampled_from(["1e400", "", "-", "1mm", "5%", "0"])
    path = st.lists(st.sampled_from("MmLlHhVvCcSsQqTtAaZz") | number, max_size=12).map(" ".join)
    more = st.sampled_from(
        ['transform="scale(1e300)"', 'transform="rotate("', 'clip-path="url(#a)"', 'opacity="x"', 'stroke="red"', ""]
    )
    box = st.lists(number, min_size=3, max_size=5).map(" ".join)
    inner = st.builds(lambda d, m: f'<path id="a" d="{d}" {m}/><use href="#a"/>', path, more)
    return st.binary(max_size=100) | st.builds(
        lambda b, i: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{b}">{i}</svg>'.encode(), box, inner
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, data: bytes) -> bytes:
    """A PNG with the header asked for, whatever its data are."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def pngs() -> st.SearchStrategy[bytes]:
    side = st.integers(0, 40) | st.sampled_from([65_535, 2**31 - 1, 2**32 - 1])
    made = st.builds(
        png, side, side, st.sampled_from([0, 1, 2, 4, 8, 16, 255]), st.integers(0, 7), st.binary(max_size=99)
    )
    cut = st.builds(lambda data, at: data[: at % (len(data) + 1)], made, st.integers(0, 200))
    return made | cut | st.binary(max_size=50)


INPUTS: dict[str, st.SearchStrategy[bytes]] = {
    "roster": rosters(),
    "template": templates(),
    "scheme": schemes(),
    "payload": payloads(),
    "emblem-svg": svgs(),
    "emblem-png": pngs(),
}
