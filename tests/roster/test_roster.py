"""Rosters: one fault is one finding, keys are unique at any size, and schema, loader and documentation agree."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.roster import made_roster
from keytag.base.diagnostics import Span
from keytag.base.errors import InputError
from keytag.checks import run_contact_checks
from keytag.files.source import Source, Text
from keytag.roster import keys
from keytag.roster.load import assemble, load
from keytag.roster.model import Roster
from keytag.roster.villages import households, reserve, reserve_of, shares, store
from keytag.vietnam.spelling import slug
from tests.conftest import roster_of

REPOSITORY = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("chief: [1]", "wrong-type"),
        ("chief: {name: X}", "missing-key"),
        ("chief: {number: [1]}", "wrong-type"),
        ("deputies: 0900", "wrong-type"),
        ("deputies: [~]", "missing-key"),
        ("deputies: [[1]]", "wrong-type"),
        ("deputies: [{number: ~}]", "missing-key"),
        ("others: [x]", "wrong-type"),
        ("others: [[1]]", "wrong-type"),
        ("others: [{role: R, number: [1]}]", "wrong-type"),
        ("others: [{role: R}]", "missing-key"),
        ('others: [{role: "", number: 0900.000.101}]', "missing-key"),
        ('others: [{role: " - ", number: 0900.000.101}]', "missing-key"),
    ],
)
def test_one_fault_is_one_finding(unit: str, expected: str) -> None:
    roster = roster_of(f"units: [{{name: A, authority: self, {unit}}}]")
    assert [p.id for p in roster.findings] == [expected]
    (read,) = roster.units
    assert read.contacts == ()


def test_what_is_no_unit_is_reported_and_left_out() -> None:
    roster = roster_of("units:\n  - 1\n  - [2]\n  -\n  - {name: A, authority: self}\n")
    assert [u.title for u in roster.units] == ["A"]
    assert [(p.id, p.span and p.span.line) for p in roster.findings] == [("wrong-type", n) for n in (2, 3, 4)]


def test_a_message_names_a_unit_without_a_name() -> None:
    (problem,) = roster_of("units: [{code: '1'}]").findings
    assert problem.message.startswith("the unit has no authority")


def test_folders_give_files_and_links_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("units: [{name: A, authority: self}]")
    (tmp_path / "folder.yaml").mkdir()
    assert len(load([tmp_path]).units) == 1
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"gone\.yaml: no such file"):
        load([tmp_path])


@pytest.mark.parametrize(("name", "reason"), [("a\0b", "is no file name"), ("x" * 5000, "too long")])
def test_names_that_no_file_has(name: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        load([Path(name)])


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)  # not by chmod: tests may run as root
    with pytest.raises(InputError, match="Permission denied") as caught:
        load([tmp_path])
    assert caught.value.hint == "check that you may read it"


def test_thousands_of_units_of_one_name_each_get_a_key() -> None:
    start = time.process_time()
    units = roster_of("authority: self\nunits: [&a {name: A}" + ", *a" * 19_999 + "]").units
    assert len({unit.key for unit in units}) == 20_000
    assert units[-1].key == "a-20000"
    assert time.process_time() - start < 10  # under a second; by counting from 2 each time it was half a minute


_WORDS = st.text(st.characters(categories=("L", "M", "N", "P", "S")), max_size=8)  # what a YAML file can hold as it is


@given(st.lists(st.tuples(_WORDS | st.sampled_from(["A", "a-2", "CON", "Đắk", ""]), _WORDS)))
@settings(derandomize=True, deadline=None, max_examples=150)
def test_keys_are_unique_and_plain(pairs: list[tuple[str, str]]) -> None:
    document = {"authority": "self", "units": [{"name": n, "code": c} for n, c in pairs] or [{}]}
    found = [u.key for u in roster_of(json.dumps(document, ensure_ascii=False)).units]
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) and len(key) <= 140 for key in found)
    assert not {"con", "nul", "aux", "prn", "com1"} & set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xã Đak Sơmei", "xa-dak-somei"),
        ("K'Dang", "kdang"),
        ("ƀ č ĕ ĭ ŏ ŭ ơ̆ ư̆ ê̆", "b-c-e-i-o-u-o-u-e"),
        ("ℌ №1", "h-no1"),
        ("a\u0e31b", "a-b"),
        ("../..", ""),
        ("x" * 300, "x" * 60),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def _full(group: tuple[keys.Key, ...]) -> dict[str, Any]:
    contact = {"number": "0900.000.101", "name": "x"}
    values: dict[str, Any] = {
        **dict.fromkeys(("text",), "x"),
        "number": "50",
        "share": "3%",
        "count": "1",
        "quantity": "1.195",
        "edition": "05/2020",
        "code": "23707",
        "link": "https://zalo.me/1",
        "template": "oval-50x20",
        "scheme": "sra3-sheetwise",
        "date": "2020-01-01",
        "texts": ["x"],
        "flag": "yes",
        "contact": contact,
        "contacts": ["0900.000.102", contact],
        "others": [{"role": "r", **contact}],
        "self": "self",
        "groups": [["x", "y"]],
        "plan": [{"run": "1", "slots": {"x": "2"}}],
        "reserve": "5%",
        "language": "bdq",
        "shown": ["duty"],
        "prefix": "G",
        "start": "1",
    }
    kinds = {key.kind for key in group}
    groups = {"villages": keys.VILLAGE, "site_links": keys.SITE_LINK, "notices": keys.NOTICE}
    groups["products"] = keys.PRODUCT
    values |= {kind: [_full(inner)] for kind, inner in groups.items() if kind in kinds}
    for kind, inner in (("serials", keys.JOB_SERIALS), ("range", keys.SERIALS)):
        if kind in kinds:
            values[kind] = _full(inner)
    if "languages" in kinds:
        values["languages"] = {"bdq": _full(keys.LANGUAGE)}
    return {key.name: key.choices[0] if key.choices else copy.deepcopy(values[key.kind]) for key in group}


def _document() -> dict[str, Any]:
    return {
        "job": _full(keys.JOB),
        "authority": _full(keys.AUTHORITY),
        "units": [_full(keys.UNIT)],
        "site": _full(keys.SITE),
    }


def _at(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


GROUPS: list[tuple[str | int, ...]] = [
    (),
    ("job",),
    ("job", "products", 0),
    ("authority",),
    ("authority", "duty"),
    ("units", 0),
    ("units", 0, "chief"),
    ("units", 0, "deputies", 1),
    ("units", 0, "others", 0),
    ("units", 0, "villages", 0),
    ("site",),
    ("site", "links", 0),
    ("site", "notices", 0),
    ("site", "languages", "bdq"),
]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((REPOSITORY / "keytag/data/contacts.schema.json").read_text()))


def test_schema_and_loader_accept_every_key(validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(_document())
    assert roster_of(json.dumps(_document())).findings == ()


@pytest.mark.parametrize("path", GROUPS)
def test_schema_and_loader_refuse_an_unknown_key(
    validator: jsonschema.Draft202012Validator, path: tuple[str | int, ...]
) -> None:
    document = _document()
    _at(document, path)["surprise"] = "1"
    assert not validator.is_valid(document)
    assert [p.id for p in roster_of(json.dumps(document)).findings] == ["unknown-key"]


@pytest.mark.parametrize(
    ("path", "key"),
    [(("units", 0, "chief"), "number"), (("units", 0, "others", 0), "role"), (("units", 0, "others", 0), "number")],
)
def test_schema_and_loader_refuse_what_lacks_a_key(
    validator: jsonschema.Draft202012Validator, path: tuple[str | int, ...], key: str
) -> None:
    document = _document()
    del _at(document, path)[key]
    assert not validator.is_valid(document)
    assert [p.id for p in roster_of(json.dumps(document)).findings] == ["missing-key"]


def test_every_key_of_every_group_is_documented() -> None:
    page = (REPOSITORY / "docs/roster.md").read_text()
    sections = {"job": keys.JOB, "authority": keys.AUTHORITY, "units": keys.UNIT}
    sections |= {"numbers": keys.CONTACT, "others": keys.OTHER, "villages": keys.VILLAGE, "site": keys.SITE}
    sections |= {"products": keys.PRODUCT, "serials": keys.JOB_SERIALS}
    sections |= {"links": keys.SITE_LINK, "notices": keys.NOTICE, "languages": keys.LANGUAGE}
    for heading, group in sections.items():
        section = page.split(f"## `{heading}`\n")[1].split("\n## ")[0]
        rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
        assert set(re.findall(r"`(\w+)`", " ".join(rows))) == keys.names(group)
    example = page.split("```yaml\n")[1].split("```")[0]
    assert roster_of(example).findings == ()


def test_only_the_first_site_counts() -> None:
    files = [Source(f"{n}.yaml", f"site: {{address: 'https://{n}.vn/'}}\nunits: [{{name: {n}}}]\n") for n in "ab"]
    roster = assemble(files)
    assert roster.site is not None and roster.site.address is not None
    assert roster.site.address.value == "https://a.vn/"
    assert [(p.id, p.span.file) for p in roster.findings if p.id == "second-site" and p.span] == [
        ("second-site", "b.yaml")
    ]


def test_the_shipped_tags_add_up_by_village(shipped_roster: Roster) -> None:
    assert sum(unit.tags for unit in shipped_roster.units) == 15_000
    for unit in shipped_roster.units:
        kept = reserve(unit)
        assert kept is not None and households(unit) + kept <= unit.tags == households(unit) + store(unit)
        parts = shares(unit)
        assert [part.first for part in parts] == [1, *(part.last + 1 for part in parts[:-1])]
        assert len({part.key for part in parts}) == len(parts)


@pytest.mark.parametrize(
    ("typed", "kept"), [("5%", 57), ("0%", 0), ("60", 60), ("7.5%", 86), ("some", None), ("-5%", None), ("120%", None)]
)
def test_a_reserve_is_a_share_rounded_up_or_a_number(typed: str, kept: int | None) -> None:
    assert reserve_of(Text(typed, Span("x", 1, 1, 1, 2)), 1138) == kept


def test_the_made_nation_is_clean_and_always_the_same() -> None:
    text = made_roster(40)
    assert text == made_roster(40) != made_roster(40, seed=1)
    roster = roster_of(text)
    assert len(roster.units) == 40
    assert [f.id for f in (*roster.findings, *run_contact_checks(roster))] == ["sample-number"]
