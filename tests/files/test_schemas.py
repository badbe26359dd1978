"""Schemas for editors: the shipped files are what the declarations say, right files pass, and slips are underlined."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import yaml

from keytag.roster import schema as roster
from keytag.sheet import schema as scheme
from keytag.tag import schema as template
from tests.conftest import REPOSITORY

SHIPPED: dict[str, tuple[ModuleType, str, str]] = {
    "contacts": (roster, "contacts.yaml", "."),
    "scheme": (scheme, "*.yaml", "templates/schemes"),
    "template": (template, "*.yaml", "templates/tags"),
}


SPOILT = {
    "contacts": "contacts.yaml",
    "scheme": "templates/schemes/430x650-work-and-tumble.yaml",
    "template": "templates/tags/oval-50x20.yaml",
}


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((REPOSITORY / f"keytag/data/{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _plain(path: Path) -> Any:
    """As an editor's YAML 1.2 reads it: days are texts."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_schema_is_the_declared_one_and_has_an_address(name: str) -> None:
    module, _, _ = SHIPPED[name]
    text = (REPOSITORY / f"keytag/data/{name}.schema.json").read_text("utf-8")
    assert text == module.render(), f"write it anew: keytag schema > keytag/data/{name}.schema.json"
    assert json.loads(text)["$id"].endswith(f"/keytag/data/{name}.schema.json")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_files_pass_and_name_their_schema(name: str) -> None:
    _, pattern, folder = SHIPPED[name]
    paths = sorted((REPOSITORY / folder).glob(pattern))
    assert paths
    for path in paths:
        _validator(name).validate(_plain(path))
        first = path.read_text("utf-8").split("\n", 1)[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / first).resolve() == REPOSITORY / f"keytag/data/{name}.schema.json"


def _set(document: Any, path: str, value: Any) -> None:
    *steps, last = path.split("/")
    for step in steps:
        document = document[int(step) if step.isdigit() else step]
    document[int(last) if last.isdigit() else last] = value


ROSTER = [
    ("units/0/kind", "xả"),
    ("units/0/chief", "0900.000.10"),
    ("units/0/chief", "0900.000.1O1"),
    ("units/0/deputies/0", "khuyết"),
    ("units/0/chief", {"number": "x"}),
    ("units/0/code", "2370"),
    ("units/0/quantity", "many"),
    ("units/0/quantty", 3),
    ("authority/level", "huyện"),
    ("authority/zalo", "zalo.me/123"),
    ("job/spoilage", "three"),
    ("job/date", "18/05/2020"),
    ("job/date", "2020-13-01"),
    ("job/edition", "5.2020"),
    ("job/show_113", "maybe"),
    ("job/max_plates", 0),
]
SCHEME = [
    ("work", "sheetwize"),
    ("gap", "6"),
    ("sheet/width", "320 m"),
    ("gripper/edge", "lower"),
    ("marks", ["crops"]),
    ("turn", 45),
    ("stations", {"columns": 3}),
    ("costs/plate", "much"),
    ("limits", {"plates": 0}),
    ("margin", "3mm"),
]
TEMPLATE = [
    ("trim/shape", "elipse"),
    ("trim/width", 50),
    ("inks/red/cmyk", "red"),
    ("inks/red/cmy", "0/0/0/0"),
    ("front/0", {"fil": {"ink": "red"}}),
    ("front/0/fill/inkk", "red"),
    ("front/2/qr/link", "{lnk}"),
    ("front/2/qr/level", "X"),
    ("front/2/qr/needs", ["lnk"]),
    ("bleed", "3 m"),
]
RIGHT = [
    ("units/0/chief", "(0269) 3000201"),
    ("units/0/chief", 900000101),
    ("units/0/chief", "+84 900 000 101"),
    ("units/0/duty", 113),
    ("units/0/duty", "1900.1234"),
    ("units/0/quantity", "1.195"),
    ("units/0/kind", None),
    ("job/spoilage", 0.03),
]


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [("contacts", *slip) for slip in ROSTER]
    + [("scheme", *slip) for slip in SCHEME]
    + [("template", *slip) for slip in TEMPLATE],
)
def test_a_slip_is_underlined(name: str, path: str, value: Any) -> None:
    document = copy.deepcopy(_plain(REPOSITORY / SPOILT[name]))
    _set(document, path, value)
    assert not _validator(name).is_valid(document)


@pytest.mark.parametrize(("path", "value"), RIGHT)
def test_what_may_be_written_is_not_underlined(path: str, value: Any) -> None:
    document = _plain(REPOSITORY / "contacts.yaml")
    _set(document, path, value)
    _validator("contacts").validate(document)
