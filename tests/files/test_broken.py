"""Broken YAML: the cause in plain words at the line where it begins, and texts that YAML cuts without a word."""

from __future__ import annotations

import pytest

from keytag.base.errors import InputError
from keytag.base.system import in_words
from keytag.files.broken import Complaint, diagnose
from keytag.files.source import Mapping, Scalar, Source, parse


def complaint(text: str) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        parse(Source("f.yaml", text))
    error = caught.value
    assert error.span is not None and error.message == f"{error.span}: {error.what}"
    return f"{error.span.line}:{error.span.column}", f"{error.what} ({error.hint})"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("u:\n  - name: x\n\tduty: 3\n", "3:1", "a tab"),
        ("u:\n  - name: x\n    \tduty: 3\n", "3:5", "a tab"),
        ("slogan: Khẩn cấp: gọi 113\n", "1:9", 'slogan: "Khẩn cấp: gọi 113"'),
        ("u:\n  - slogan: Trực: 24/24 # ngày\n", "2:13", '"Trực: 24/24"'),
        ('a: "xx\nb: y\nc: z\n', "1:4", "quote"),
        ('a: "xx\nb: "y"\nc: z\n', "1:4", "quote"),
        ("a: '0900000101\nb: 'y'\n", "1:4", "Excel's apostrophe"),
        ('a: ["0900, 0901]\nb: c\n', "1:5", "quote"),
        ("a: 'K'Dang'\n", "1:7", 'between " '),
        ('a: "one\n  text"\nb: "c\nd: e\n', "3:4", "quote"),
        ("u:\n  - a: b\n    quantity:\u00a0800\n    c: d\n", "3:14", "no-break space (U+00A0)"),
        ("u:\n  -\u00a0name: x\n    duty: 3\n", "2:4", "U+00A0"),
        ("a: x\u2028y\nb: c\n", "1:5", "U+2028"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", "2:1", "merge conflict"),
        ("a: b\nc: d\n=======\n", "3:1", "merge conflict"),
        ("slogan: @congan\n", "1:9", '"@congan"'),
        ("a: `x`\n", "1:4", "backtick"),
        ("a: %x\n", "1:4", '"%x"'),
        ("a: *113#\n", "1:4", '"*113#"'),
        ("a: - x\n", "1:4", '"- x"'),
        ("a: [Gọi] 113\nb: c\n", "1:4", '"[Gọi] 113"'),
        ("a: !goi 113\n", "1:4", "quotes"),
        ("a: ! goi\n", "1:4", "quotes"),
        ("a: [1, 2\nb: c\n", "1:4", "not closed"),
        ("a: [1]]\n", "1:7", "closes nothing"),
        ("u:\n  -name: x\n   duty: 3\n", "2:4", "after the dash"),
        ("a: b\nquantity:800\nc: d\n", "2:10", "after the colon"),
        ("a: b\nname：x\nc: d\n", "2:5", "U+FF1A"),
        ("u:\n  - name: x\n     duty: 3\n", "3:6", "line 2 begins after 4"),
        ('a: "C:\\Users"\n', "1:9", "backslash"),
        ("a: b\ngoi 113\nc: d\n", "2:1", "neither a key"),
    ],
)
def test_the_cause_is_said_where_it_begins(text: str, place: str, words: str) -> None:
    found, said = complaint(text)
    assert words in said and found == place


def test_a_cause_that_nobody_knows_keeps_the_parsers_words() -> None:
    assert diagnose(["a: b"], Complaint("odd", 1, 2), in_words) == (1, 2, "broken YAML: “odd”", "")


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("a: Gọi ngay #113", "#113"),
        ("a: Số 5 #12 Nguyễn Huệ ", "#12 Nguyễn Huệ"),
        ("a: #113 gọi", "#113 gọi"),
        ("- Gọi #113", "#113"),
        ("a: {b: x #113\n }", "#113"),
        ("a: &goi 113", "&goi 113"),
    ],
)
def test_a_text_that_is_cut_is_a_warning(line: str, lost: str) -> None:
    _, (found,) = parse(Source("f.yaml", line + "\n"))
    assert (found.id, found.severity.value) == ("text-cut-off", "warning")
    assert found.span is not None
    assert (line.split("\n")[found.span.line - 1][found.span.column - 1 : found.span.end_column - 1]) == lost


@pytest.mark.parametrize(
    "line",
    [
        "a: Gọi # 113",
        "a: 'Gọi' #113",
        'a: "Gọi #113"',
        "a: Gọi#113",
        "a: x ### y",
        "a: x #--- y",
        "#113\na: x",
        "a: x #keytag: ignore[unit-name]",
        "a: &x y\nb: *x",
    ],
)
def test_remarks_and_quoted_texts_are_no_cut(line: str) -> None:
    assert parse(Source("f.yaml", line + "\n"))[1] == []


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_editors_do(sign: str) -> None:
    source = Source("f.yaml", f"# x{sign}# y\na: 'b{sign}c'\nd: e{sign}\n\nf: g\n")
    node, _ = parse(source)
    assert isinstance(node, Mapping)
    places = [(key.value, key.span.line, key.span.column) for key, _ in node.entries]
    assert places[-1] == ("f", 5, 1) and ("a", 2, 1) in places
    assert source.lines[4] == "f: g"
    text = node.entries[-1][1]
    assert isinstance(text, Scalar) and text.span[1:] == (5, 4, 5, 5)
