"""YAML becomes nodes as typed, at the places where yaml itself sees them, and no file costs more than its size."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.errors import InputError
from keytag.files import source
from keytag.files.source import Mapping, Node, Scalar, Sequence, Source, decode, parse, read

_TREES = st.recursive(
    st.text(max_size=12) | st.sampled_from(["NO", "0269", "~", "1e3", "2020-05-18", "Đak Đoa", "a\nb"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _same(node: Node, other: yaml.Node) -> None:
    start, end = other.start_mark, other.end_mark
    assert (node.span.line, node.span.column) == (start.line + 1, start.column + 1)
    if isinstance(node, Scalar):
        assert isinstance(other, yaml.ScalarNode) and node.value == other.value
        assert (node.span.end_line, node.span.end_column) == (end.line + 1, end.column + 1)
        assert node.quoted == bool(other.style)
    elif isinstance(node, Sequence):
        assert isinstance(other, yaml.SequenceNode)
        for item, theirs in zip(node.items, other.value, strict=True):
            _same(item, theirs)
    else:
        assert isinstance(other, yaml.MappingNode)
        for (key, value), (their_key, their_value) in zip(node.entries, other.value, strict=True):
            _same(key, their_key)
            _same(value, their_value)


@given(_TREES, st.booleans(), st.booleans())
@settings(derandomize=True, deadline=None, max_examples=200)
def test_nodes_are_those_of_yaml_compose(tree: object, flow: bool, unicode: bool) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=unicode)
    node, findings = parse(decode(text.encode(), "f.yaml"))
    merges = [p.id for p in findings if p.id != "merge-key"]
    assert merges == []
    if not findings and not re.search("[\x85\u2028\u2029]", text):  # which are line ends to yaml, and not to editors
        theirs = yaml.compose(text, Loader=yaml.CSafeLoader)
        assert theirs is not None
        _same(node, theirs)


@pytest.mark.parametrize(
    "text", ["a: [1, 'x', {b: ~}]\nĐ: &k [1]\nc: *k\n", "a: |\n  x\n  y\nb: >-\n  z\n", "- - 'it''s'\n- \"\\u0110\"\n"]
)
def test_without_the_c_loader_the_nodes_are_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, _ = parse(Source("f.yaml", text))
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow, _ = parse(Source("f.yaml", text))
    assert _values(fast) == _values(slow)


def _values(node: Node) -> object:
    """Values and first places: the two loaders end block scalars and collections at different places."""
    match node:
        case Scalar():
            return (node.value, node.quoted, node.span[:3])
        case Sequence():
            return ([_values(item) for item in node.items], node.span[:3])
        case Mapping():
            return ([(_values(k), _values(v)) for k, v in node.entries], node.span[:3])


def test_columns_count_characters() -> None:
    node, _ = parse(Source("f.yaml", "{Đắk: 𝄞, x: y}"))
    assert isinstance(node, Mapping)
    assert [key.span.column for key, _ in node.entries] == [2, 10]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("Đak Đoa: ".encode() + b"\xe9", "1:10"),
        (b"\xef\xbb\xbfa\xff", "1:2"),
        ("a: Đ\r\nĐ".encode() + b"\x80", "2:2"),
        ("a\rĐĐ".encode() + b"\x80", "2:3"),
    ],
)
def test_what_is_not_utf_8_is_placed_in_characters(data: bytes, place: str) -> None:
    with pytest.raises(InputError, match=rf"^f\.yaml:{place}: is not UTF-8 text"):
        decode(data, "f.yaml")


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_mark_at_the_start_and_any_line_end_change_nothing(mark: str, end: str) -> None:
    plain, _ = parse(decode(b"a: 1\nb: [x,\n y]\n", "f.yaml"))
    other, _ = parse(decode((mark + end.join(["a: 1", "b: [x,", " y]", ""])).encode(), "f.yaml"))
    assert plain == other


@pytest.mark.parametrize(
    "text",
    [
        "a: !" + "x" * 100_000 + " y",
        "a: *" + "b" * 100_000,
        "a: !<tag:%1B%0A> y",
    ],
)
def test_a_message_is_one_short_line_whatever_the_file_holds(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(Source("f.yaml", text))
    assert len(caught.value.message) < 200 and caught.value.message.isprintable()


def test_files_that_cannot_be(tmp_path: Path) -> None:
    for name, reason in (("x" * 5000, "too long"), ("a\0b", "is no file name"), (str(tmp_path), "is a folder")):
        with pytest.raises(InputError, match=reason) as caught:
            read(Path(name))
        assert len(caught.value.message) < 600 and "\n" not in caught.value.message


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)  # a hole: it costs no disk
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(InputError, match="100 MiB is too large"):
        read(path)


def test_a_device_that_never_ends_is_left_at_the_limit() -> None:
    with pytest.raises(InputError, match="too large"):
        read(Path("/dev/zero"))


@pytest.mark.parametrize(
    "text",
    [
        "- a\n" * 10_001,
        "a: &a [" + "x," * 999 + "x]\nb: [" + "*a," * 11 + "]",
    ],
)
def test_too_many_values_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_NODES", 10_000)  # the million takes seconds
    with pytest.raises(InputError, match=r"more than 10,000 values"):
        parse(Source("f.yaml", text))


def test_a_character_that_yaml_refuses_is_found_at_the_end_of_a_large_file() -> None:
    start = time.process_time()
    with pytest.raises(InputError, match=r"^f\.yaml:2:1: the character U\+0007 is not allowed"):
        parse(Source("f.yaml", "# " + "a" * 5_000_000 + "\n\x07"))
    assert time.process_time() - start < 10
