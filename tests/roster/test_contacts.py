"""Reading rosters: as typed, with places, everything odd reported, nothing lost, and only `InputError` for bytes."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keytag.base.errors import InputError
from keytag.files.source import Source, decode, parse
from keytag.roster import schema
from keytag.roster.load import assemble, load
from keytag.roster.model import Roster
from keytag.vietnam.spelling import slug
from tests.conftest import roster_of


def findings(text: str) -> list[tuple[str, int, int]]:
    return [(p.id, p.span.line, p.span.column) for p in roster_of(text).findings if p.span]


def test_the_shipped_roster_is_dak_doa(shipped_roster: Roster, repository: Path) -> None:
    assert shipped_roster.findings == ()
    assert len(shipped_roster.units) == 17
    assert sum(unit.tags for unit in shipped_roster.units) == 15_000
    facts = (repository / "keytag/vietnam/data/dak_doa_units.yaml").read_text()
    official = dict(re.findall(r"name: ([^,\n]+?),\s+gso: [^}]*?code: \"(\d{5})\"", facts))
    assert len(official) == 17
    assert {u.name.value: u.code.value for u in shipped_roster.units if u.name and u.code} == official
    assert {len(u.deputies) for u in shipped_roster.units} == {1, 2, 3}


def test_every_sample_number_is_visibly_a_sample(shipped_roster: Roster) -> None:
    numbers = [c.number.value for u in shipped_roster.units for c in u.contacts]
    assert all(re.fullmatch(r"0900\.000\.\d{3}|0269\.3000\.\d{3}", n) for n in numbers)
    assert len(set(numbers)) == len(numbers)


def test_text_stays_as_typed_and_knows_its_place() -> None:
    roster = roster_of("units:\n  - name: NO\n    code: 023710\n    chief: 0269\n")
    (unit,) = roster.units
    assert unit.name and unit.name.value == "NO"
    assert unit.code and unit.code.value == "023710"
    assert unit.chief and unit.chief.number.value == "0269"
    assert str(unit.chief.number.span) == "contacts.yaml:4:12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("units: [{name: A, authority: self, duyt: 1}]", ("unknown-key", 1, 36)),
        ("units: [{name: A, name: B, authority: self}]", ("duplicate-key", 1, 19)),
        ("units: [{<<: {a: 1}, name: B, authority: self}]", ("merge-key", 1, 10)),
        ("units: [{name: [A], authority: self}]", ("wrong-type", 1, 16)),
        ("units: {name: A}", ("wrong-type", 1, 8)),
        ("job: {name: x}", ("no-units", 1, 1)),
        ("units: [{name: A}]", ("authority-missing", 1, 10)),
        ("units: [{name: A, authority: district}]", ("bad-value", 1, 30)),
        ("units: [{name: A, authority: self, others: [{number: 1}]}]", ("missing-key", 1, 45)),
        ("units: [{name: A, authority: self, chief: {name: X}}]", ("missing-key", 1, 43)),
        ("? [a, b]\n: c\nunits: [{authority: self}]", ("wrong-type", 1, 3)),
    ],
)
def test_odd_things_are_reported_with_their_place(text: str, expected: tuple[str, int, int]) -> None:
    assert expected in findings(text)


def test_unknown_keys_name_the_nearest_known() -> None:
    (problem,) = roster_of("units: [{name: A, authority: self, duyt: 1}]").findings
    assert "did you mean 'duty'?" in problem.message


def test_blank_values_are_absent() -> None:
    (unit,) = roster_of("units:\n  - {name: , slogan: ~, address: '~', authority: self}\n").units
    assert unit.name is None and unit.slogan is None
    assert unit.address and unit.address.value == "~"


def test_files_and_folders_make_one_roster(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("units: [{name: B}]\n")
    (tmp_path / "a.yml").write_text("authority: {name: X, level: district}\nunits: [{name: A}]\n")
    (tmp_path / ".hidden.yaml").write_text("units: [{name: H}]\n")
    (tmp_path / "notes.txt").write_text("no roster")
    roster = load([tmp_path, tmp_path / "b.yaml"])
    assert [u.name.value for u in roster.units if u.name] == ["A", "B"]
    assert all(u.authority and u.authority.name and u.authority.name.value == "X" for u in roster.units)


def test_each_files_units_belong_to_its_own_authority() -> None:
    sources = [Source(f"{n}.yaml", f"authority: {{name: {n}}}\nunits: [{{name: U{n}}}]") for n in "AB"]
    third = Source("c.yaml", "units: [{name: C}]")
    roster = assemble([*sources, third])
    assert [u.authority.name.value if u.authority and u.authority.name else None for u in roster.units] == [
        "A",
        "B",
        None,
    ]
    assert [p.id for p in roster.findings] == ["authority-missing"]


def test_a_second_job_is_reported() -> None:
    roster = assemble([Source(f"{n}.yaml", f"job: {{name: {n}}}\nunits: [{{authority: self}}]") for n in "AB"])
    assert [p.id for p in roster.findings] == ["second-job"]
    assert roster.job.name and roster.job.name.value == "A"


def test_keys_are_unique_and_safe_as_file_names() -> None:
    text = "authority: self\nunits:\n" + "".join(
        f"  - {{kind: xã, name: {n}, code: '{c}'}}\n"
        for n, c in [("K'Dang", 1), ("K’Dang", 2), ("Ia Băng", 3), ("Ia Bang", 3), ("Ia Bang", 3), ("../..", 4)]
    )
    found = [u.key for u in roster_of(text).units]
    assert found == ["xa-kdang-1", "xa-kdang-2", "xa-ia-bang-3-3", "xa-ia-bang-3", "xa-ia-bang-3-2", "xa"]
    assert slug("漢字") == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "f.yaml: is empty"),
        (b"# only a comment\n", "f.yaml: is empty"),
        (b"a: [", "f.yaml:2:1: broken YAML"),
        (b"a: 'x", "f.yaml:1:4: a quote (') opens here"),
        (b"a\0b", "f.yaml: is not a text file"),
        (b"\xff\xfea\0", "f.yaml: is UTF-16 text; save it as UTF-8"),
        (b"a: 1\nb: \xe9\n", "f.yaml:2:4: is not UTF-8 text"),
        (b"a: \x07", "f.yaml:1:4: the character U+0007 is not allowed"),
        (b"a: !!python/object:os.system x", "f.yaml:1:4: '!!python/object:os.system' is a tag"),
        (b"a: *nothing", "f.yaml:1:4: *nothing refers to nothing"),
        (b"a: &a [*a]", "f.yaml:1:8: *a refers to nothing"),
        (b"a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document"),
        (b"[" * 60, "f.yaml:1:51: is nested more than 50 deep"),
        (b"[" * 100_000, "is nested more than 50 deep"),
        (b"- " * 100_000, "is nested more than 50 deep"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(decode(data, "f.yaml"))
    assert message in caught.value.message and "\n" not in caught.value.message
    assert caught.value.exit_code == 3


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = [b"a0: &a0 [" + b"x," * 99 + b"x]"]
    lines += [b"a%d: &a%d [%s]" % (i, i, b",".join([b"*a%d" % (i - 1)] * 100)) for i in range(1, 100)]
    with pytest.raises(InputError, match="aliases unfold to more than"):
        parse(decode(b"\n".join(lines), "bomb.yaml"))


def test_missing_files_and_folders_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load([tmp_path / "nothing.yaml"])
    with pytest.raises(InputError, match=r"holds no \.yaml file"):
        load([tmp_path])


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b"units: [[[")
@example("units:\n- \u2028x: 1".encode())
@settings(derandomize=True, deadline=None, max_examples=400)
def test_no_bytes_raise_anything_but_an_input_error(data: bytes) -> None:
    try:
        source = decode(data, "f.yaml")
        roster = assemble([source])
    except InputError as error:
        assert "\n" not in error.message
        return
    for problem in roster.findings:
        assert problem.span is None or 1 <= problem.span.line <= len(source.lines) + 1


def test_the_shipped_schema_is_the_generated_one(repository: Path, shipped_roster: Roster) -> None:
    assert (repository / "keytag/data/contacts.schema.json").read_text() == schema.render()
    first = (repository / "contacts.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=keytag/data/contacts.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema.schema())
