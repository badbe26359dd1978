"""The typed reader: what it gives for good values, and the one finding and the default for bad ones."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.units import parse_fraction
from keytag.files import vietnamese_keys
from keytag.files.fields import Fields, nearest
from keytag.files.source import Source, parse
from keytag.roster import keys

Getter = Callable[[Fields], object]


def fields_of(text: str, *known: str) -> Fields:
    findings: list[Diagnostic] = []
    node, odd = parse(Source("f.yaml", text))
    assert odd == []
    return Fields(node, known, findings, "the thing")


def length(f: Fields) -> object:
    return f.length("k", 9.0, least=0.0, most=100.0)


def integer(f: Fields) -> object:
    return f.integer("k", 9, least=-5, most=50)


def decimal(f: Fields) -> object:
    return f.decimal("k", 9.0, least=-1, most=50)


def fraction(f: Fields) -> object:
    return f.fraction("k", 0.9)


def choice(f: Fields) -> object:
    return f.choice("k", ("ellipse", "rectangle"), "ellipse")


def flag(f: Fields) -> object:
    return f.flag("k", True)


def text(f: Fields) -> object:
    found = f.text("k")
    return found.value if found else None


def texts(f: Fields) -> object:
    return [t.value for t in f.texts("k")]


def sequence(f: Fields) -> object:
    return len(f.sequence("k"))


def mapping(f: Fields) -> object:
    inner = f.mapping("k", ("a",))
    return inner.string("a", "none") if inner else None


GOOD: list[tuple[Getter, str, object]] = [
    (length, "3mm", 3.0),
    (length, "1 in", 25.4),
    (integer, "12", 12),
    (integer, "-5", -5),
    (decimal, "1.5", 1.5),
    (decimal, "-.5", -0.5),
    (fraction, "3%", 0.03),
    (fraction, "0.03", 0.03),
    (fraction, "100 %", 1.0),
    (choice, "Rectangle", "rectangle"),
    (flag, "No", False),
    (flag, "có", True),
    (text, "0269.3000.113", "0269.3000.113"),
    (text, "NO", "NO"),
    (text, "1_000", "1_000"),
    (texts, "[a, 'b']", ["a", "b"]),
    (texts, "a", ["a"]),
    (sequence, "[a, [b]]", 2),
    (mapping, "{a: x}", "x"),
    (mapping, "{a: }", "none"),
]
BAD: list[tuple[Getter, str, object, str]] = [
    (length, "3", 9.0, "bad-value"),
    (length, "300mm", 9.0, "bad-value"),
    (length, "[3mm]", 9.0, "wrong-type"),
    (integer, "1.5", 9, "bad-value"),
    (integer, "51", 9, "bad-value"),
    (integer, "--1", 9, "bad-value"),
    (integer, "٣", 9, "bad-value"),
    (integer, "9" * 5000, 9, "bad-value"),
    (decimal, "1e5", 9.0, "bad-value"),
    (decimal, ".nan", 9.0, "bad-value"),
    (decimal, ".", 9.0, "bad-value"),
    (fraction, "-1%", 0.9, "bad-value"),
    (fraction, "101%", 0.9, "bad-value"),
    (fraction, "'%'", 0.9, "bad-value"),
    (choice, "elipse", "ellipse", "bad-value"),
    (flag, "maybe", True, "bad-value"),
    (text, "{a: b}", None, "wrong-type"),
    (texts, "[a, [b]]", ["a"], "wrong-type"),
    (texts, "{a: b}", [], "wrong-type"),
    (sequence, "a", 0, "wrong-type"),
    (mapping, "[a]", "none", "wrong-type"),
    (mapping, "{b: x}", "none", "unknown-key"),
]


@pytest.mark.parametrize(("get", "written", "value"), GOOD)
def test_good_values(get: Getter, written: str, value: object) -> None:
    fields = fields_of(f"k: {written}", "k")
    assert get(fields) == value
    assert fields.findings == []


@pytest.mark.parametrize(("get", "written", "default", "check"), BAD)
def test_bad_values_are_one_finding_and_the_default(get: Getter, written: str, default: object, check: str) -> None:
    fields = fields_of(f"k: {written}", "k")
    assert get(fields) == default
    (finding,) = fields.findings
    assert (finding.id, finding.severity) == (check, Severity.ERROR)
    assert finding.span and finding.span.line == 1 and finding.span.column >= 4
    assert len(finding.message) < 200


@pytest.mark.parametrize("get", [get for get, _, _ in GOOD])
@pytest.mark.parametrize("written", ["", "~", "null"])
def test_blank_is_absent_and_no_finding(get: Getter, written: str) -> None:
    blank, absent = fields_of(f"k: {written}", "k"), fields_of("other: x", "k", "other")
    assert get(blank) == get(absent)
    assert not blank.has("k") and blank.findings == absent.findings == []


def test_require_points_at_the_key_or_the_group() -> None:
    fields = fields_of("k:\n", "k", "gone")
    assert not fields.require("k") and not fields.require("gone")
    assert [(p.id, p.span and (p.span.line, p.span.column)) for p in fields.findings] == [("missing-key", (1, 1))] * 2
    assert [p.message for p in fields.findings] == ["the thing needs 'k'", "the thing needs 'gone'"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("duyt", "did you mean 'duty'?"),
        ("DUTY", "did you mean 'duty'?"),
        ("trực ban", "did you mean 'duty'?"),
        ("TRUC BAN", "did you mean 'duty'?"),
        ("Trưởng CA", "did you mean 'chief'?"),
        ("tru\u031bo\u031b\u0309ng", "did you mean 'chief'?"),
        ("Số lượng", "known keys: chief, duty"),
        ("zzzzzz", "known keys: chief, duty"),
    ],
)
def test_unknown_keys_propose_the_nearest(written: str, hint: str) -> None:
    (finding,) = fields_of(f"{written}: 1", "duty", "chief").findings
    assert finding.id == "unknown-key" and finding.message.endswith(hint)


def test_each_vietnamese_word_means_a_key_that_there_is() -> None:
    known = {
        key.name for group in vars(keys).values() if isinstance(group, tuple) for key in group if hasattr(key, "about")
    }
    assert known and set(vietnamese_keys._MEANT) <= known
    assert vietnamese_keys.meant("trưởng", {"head", "officer"}) == "head"
    assert (
        vietnamese_keys.meant("số", {"quantity"}) == "quantity" and vietnamese_keys.meant("số", {"number"}) == "number"
    )


def test_a_key_of_millions_of_characters_is_quoted_in_part() -> None:
    start = time.process_time()
    (finding,) = fields_of("? " + "duty" * 500_000 + "\n: 1", "duty").findings
    assert len(finding.message) < 200 and nearest("duty" * 500_000, ["duty"]) == ""
    assert time.process_time() - start < 10


def test_thousands_of_unknown_keys_are_all_reported() -> None:
    fields = fields_of("\n".join(f"dut{n}: 1" for n in range(3000)), "duty")
    assert len(fields.findings) == 3000
    assert "did you mean" in fields.findings[0].message and "did you mean" not in fields.findings[-1].message


@given(st.text(max_size=20))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_no_text_is_too_odd_for_a_number(odd: str) -> None:
    found = parse_fraction(odd)
    assert found is None or abs(found) < 1e12
