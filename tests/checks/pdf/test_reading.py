"""Content streams read in bulk say the same as when read operator by operator by a foreign parser."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from io import BytesIO
from time import perf_counter

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.geometry import Affine
from keytag.base.standard import Standard
from keytag.checks.pdf.operators import (
    LETTERS,
    OTHER,
    PATH,
    PLAIN,
    NotUnderstoodError,
    Operator,
    letters,
    marked_operators,
    numbers,
    operators,
    points,
    split,
)
from keytag.checks.pdf.reading import Press
from keytag.render.pdf import write
from tests.render.render_samples import document

BUILDING = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4, "h": 0}


def ours(data: bytes) -> list[tuple[str, int]]:
    """Each operator and how many operands it has, whole paths and letters taken apart again."""
    found: list[tuple[str, int]] = []
    for kind, name, operands in operators(data):
        if kind == LETTERS:
            for _, path in letters(operands):
                found += [("q", 0), ("cm", 6), *_built(path), ("f", 0), ("Q", 0)]
        elif kind == OTHER:
            found.append((name, len(split(operands))))
        elif kind == PLAIN:
            found += theirs(operands)
        else:
            found += [*_built(operands), (name, 0)]
    return found


def _built(path: bytes) -> list[tuple[str, int]]:
    return [(word.decode(), BUILDING[word.decode()]) for word in path.split() if word.isalpha()]


def theirs(data: bytes) -> list[tuple[str, int]]:
    with pikepdf.new() as pdf:
        steps = pikepdf.parse_content_stream(pdf.make_stream(data))
        return [(str(step.operator), len(step.operands)) for step in steps]


@pytest.mark.parametrize("standard", Standard)
def test_a_file_of_our_own(standard: Standard) -> None:
    with pikepdf.open(BytesIO(write(document(), standard))) as pdf:
        page = pdf.pages[0].obj
        for stream in (page.Contents, *page.Resources.XObject.values()):
            assert ours(stream.read_bytes()) == theirs(stream.read_bytes())


NUMBERS = (
    st.integers(-99, 99).map(str)
    | st.floats(-999, 999).map(lambda v: f"{v:.4f}")
    | st.sampled_from([".5", "-.25", "+3", "4."])
)
NAMES = st.text("abcXYZ019_.-", max_size=6).map(lambda t: "/" + t)
STRINGS = st.text(r"ab<>[]/% ", max_size=8).map(lambda t: f"({t})") | st.sampled_from(
    [r"(a\)b\\)", "((a)b)", "(\\050)"]
)
SIMPLE = NUMBERS | NAMES | STRINGS | st.sampled_from(["<FEFF00>", "<>", "true", "false", "null"])
COMPOUND = st.lists(SIMPLE, max_size=3).map(lambda v: f"[{' '.join(v)}]") | st.dictionaries(
    NAMES.filter(lambda n: len(n) > 1), SIMPLE, max_size=2
).map(lambda d: "<<" + " ".join(f"{k} {v}" for k, v in d.items()) + ">>")
STEPS = st.tuples(
    st.lists(SIMPLE | COMPOUND, max_size=4),
    st.sampled_from(["w", "gs", "scn", "BDC", "TJ", "'", "Do", "d", "T*", "BT", "Tf", "n", "ri"]),
).map(lambda v: " ".join([*v[0], v[1]]))
SEGMENTS = st.sampled_from(["l", "c", "h", "re", "v"]).flatmap(
    lambda op: st.lists(NUMBERS, min_size=BUILDING[op], max_size=BUILDING[op]).map(lambda v: " ".join([*v, op]))
)
PATHS = st.tuples(st.lists(SEGMENTS, max_size=4), st.sampled_from(["f", "S", "B*", "n"])).map(
    lambda v: " ".join(["1 2 m", *v[0], v[1]])
)
GLYPHS = st.lists(SEGMENTS, max_size=3).map(lambda v: " ".join(["q .1 0 0 -.1 3 4 cm 1 2 m", *v, "f Q"]))
STREAMS = st.lists(STEPS | PATHS | GLYPHS | st.just("q") | st.just("Q"), max_size=9).map("\n".join).map(str.encode)


@settings(deadline=None, derandomize=True, max_examples=120)
@given(STREAMS)
def test_any_well_formed_stream(data: bytes) -> None:
    assert ours(data) == theirs(data)


MARKED = STREAMS | st.sampled_from(
    [
        b"/Span <</ActualText (a)>> BDC\n",
        b"EMC\n",
        b"EMC ",
        b"(EMC\n) Tj ",
        b"[(EMC\n)] TJ ",
        b"% EMC\n",
        b"(EMC\n",
        b"[",
    ]
)


def read(cut: Callable[[bytes], Iterator[Operator]], data: bytes) -> tuple[list[Operator], str]:
    """The operators up to what cannot be understood, and what is said of that."""
    found: list[Operator] = []
    try:
        found.extend(cut(data))
    except NotUnderstoodError as error:
        return found, str(error)
    return found, ""


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(MARKED, max_size=9).map(b"".join))
def test_marked_parts_are_read_as_the_whole_stream_is(data: bytes) -> None:
    assert read(marked_operators, data) == read(operators, data)


def test_marked_parts_are_read_once_in_all_streams() -> None:
    part = b"/Span <</ActualText (once)>> BDC\nq 1 0 0 1 0 0 cm 1 2 m 3 4 l f Q\nEMC\n"
    one, other = list(marked_operators(part + b"1 w\n")), list(marked_operators(b"2 w\nEMC\n" + part))
    assert all(a is b for a, b in zip(one[:3], other[2:], strict=True)) and len(one) == 4


def test_whole_numbers_among_others_are_one_path() -> None:
    data = b"1 2 3 4 re\n 5  6 7 8 re\n1.5 2 3 4 re 9 8 7 6 re 1 2 m 3 4 l h 10 11 12 13 re f"
    ((kind, name, path),) = operators(data)
    assert (kind, name, path) == (PATH, "f", data[:-1]) and len(points(path)) == 12


@settings(deadline=None, derandomize=True, max_examples=120)
@given(st.binary(max_size=60) | STREAMS.flatmap(lambda d: st.integers(0, len(d)).map(lambda n: d[:n])))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        list(operators(data))
    except NotUnderstoodError as error:
        assert str(error)


MALFORMED = (
    b"1 2 3 {",
    b"(open",
    b"<<",
    b"1e5 w",
    b"--1 w",
    b"1 l f",
    b"0 0 l 1 1 l f",
    b"q 1 0 0 1 0 0 cm 1 2 3 l f Q",
    b"BI /W 1 ID x EI",
    b")",
)


@pytest.mark.parametrize("data", MALFORMED)
def test_what_is_malformed_is_refused(data: bytes) -> None:
    with pytest.raises(NotUnderstoodError):
        list(operators(data))


def test_numbers_are_numbers() -> None:
    assert numbers(b"1 -.5\n+2. ") == (1, -0.5, 2)
    with pytest.raises(NotUnderstoodError):
        numbers(b"1 /x")


@pytest.mark.parametrize(
    "data",
    [
        b"(" * 200_000,
        b"[" * 200_000,
        b"<<" * 100_000,
        b"1 " * 200_000,
        b"1 2 l " * 70_000,
        b"q 1 0 0 1 0 0 cm 0 0 m " * 20_000,
        b"q " + b"1 0 0 1 0 0 cm " * 20_000,
        b"(" + b"(a)" * 70_000,
        b"<<" + b"<</A 1>>" * 20_000,
    ],
)
def test_hostile_streams_take_no_longer_than_their_size(data: bytes) -> None:
    start = perf_counter()
    with contextlib.suppress(NotUnderstoodError):
        list(operators(data))
    assert perf_counter() - start < 5  # quadratic time would be minutes


def test_points_of_all_kinds_of_segments() -> None:
    assert points(b"1 2 m\n3 4 l\n5 6 7 8 9 10 c\nh\n") == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
    assert points(b"1 2 3 4 re\n") == [(1, 2), (4, 6)]


def press_of(content: bytes, *, page: bytes = b"/F Do", **resources: object) -> Press:
    """A form of that content, with two states (`Only` sets /OP alone), placed once by its page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        states = {"/On": {"/OP": True, "/op": True}, "/Off": {"/OP": False, "/op": False}, "/Only": {"/OP": True}}
        form = pdf.make_stream(content)
        form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 9, 9]})
        form.Resources = pikepdf.Dictionary(ExtGState=states)
        form.Matrix = pikepdf.Array([2, 0, 0, 2, 0, 0])
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject={"/F": form})
        pdf.pages[0].Contents = pdf.make_stream(page)
        out = BytesIO()
        pdf.save(out)
    return Press(out.getvalue(), Standard.X4)


def form_paints(content: bytes) -> list[tuple[str, str, tuple[float, ...], bool | None]]:
    with press_of(content) as press:
        return [(p.kind, p.space, p.colour.parts, p.overprint) for p in press.uses[1].stream.paints]


def test_state_is_saved_and_restored() -> None:
    found = form_paints(b"/On gs 1 g q /Off gs 0 1 0 0 k 0 0 1 1 re f Q 0 0 2 2 re f")
    assert found == [("fill", "DeviceCMYK", (0, 1, 0, 0), False), ("fill", "DeviceGray", (1,), True)]


def test_overprint_of_lines_alone_counts_for_areas_too() -> None:
    """ISO 32000-1, table 58: without `op`, `OP` sets both."""
    assert form_paints(b"/Only gs 1 g 0 0 1 1 re f") == [("fill", "DeviceGray", (1,), True)]


def test_what_a_form_does_not_set_is_not_guessed() -> None:
    assert form_paints(b"0 0 1 1 re B") == [("fill", "inherited", (), None), ("stroke", "inherited", (), None)]


def test_fill_and_stroke_are_two_paints_and_no_paint_is_none() -> None:
    assert [kind for kind, *_ in form_paints(b"1 g 1 G 0 0 1 1 re b* 0 0 1 1 re W n")] == ["fill", "stroke"]


def test_uses_have_their_map_and_their_scale() -> None:
    with press_of(b"1 g 0 0 1 1 re f", page=b"q 3 0 0 1 10 20 cm /F Do Q 1 0 0 1 5 5 cm /F Do") as press:
        page, first, second = press.uses
        assert (page.where, first.where) == ("page 1", "page 1, F")
        assert first.at == Affine(6, 0, 0, 2, 10, 20) and first.scale == pytest.approx(2)
        assert second.at == Affine(2, 0, 0, 2, 5, 5)
        assert len(press.distinct_uses) == 2  # two of one size


def test_the_extent_of_letters() -> None:
    with press_of(
        b"1 g\nq 2 0 0 -2 10 20 cm\n0 0 m\n1 3 l\nh\nf\nQ\nq 2 0 0 -2 30 20 cm\n0 0 m\n1 3 l\nh\nf\nQ\n"
    ) as press:
        (paint,) = press.uses[1].stream.paints
        assert paint.extent() == (10, 14, 32, 20)


def test_what_stands_before_an_error_is_read_and_then_the_error() -> None:
    found = operators(b"0 0 0 1 k q Q )")
    assert [next(found).name for _ in range(3)] == ["k", "q", "Q"]
    with pytest.raises(NotUnderstoodError, match="byte 14"):
        next(found)
