"""The one gate: what a check calls an error is planned, imposed and published by no road."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import keytag
from keytag.base.diagnostics import Severity, has_errors
from keytag.files import shipped
from keytag.job.impose import impose_job
from keytag.job.planning import layout_of, plan_of
from keytag.job.ready import Order, order_of

ROSTER = """\
job: {name: Thử, template: TEMPLATE, scheme: SCHEME, date: 2020-05-18, edition: 05/2020}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
            zalo: "https://zalo.me/1234567890123456789"}
units:
  - {kind: xã, name: Glar, code: "23707", duty: 0269.3000.201, chief: 0900.000.101, deputies: [0900.000.102],
     quantity: 40}
"""
TEXT = ROSTER.replace("TEMPLATE", "oval-50x20").replace("SCHEME", "sra3-sheetwise")
GOOD, NO_AREA = "0269.3000.201", "0269.300.201"
ROSTERS = {
    "sound": ("", ""),
    "a digit short": (GOOD, NO_AREA),
    "an unknown key": ("kind: xã", "kind: xã, cheif: 0900.000.109"),
    "a log-in code": ("https://zalo.me/1234567890123456789", "https://qr.zalo.me/w/1234"),
    "too long a name": ("name: Glar", "name: Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar"),
}
TEMPLATES = {
    "sound": ("", ""),
    "an unknown key": ("bleed: ", "blead: 3mm\nbleed: "),
    "no length": ("safe: ", "safe: x"),
}
SCHEMES = {
    "sound": ("", ""),
    "an unknown key": ("work: ", "wrok: sheetwise\nwork: "),
    "no length": ("gap: ", "gap: x #"),
}


def written(folder: Path, roster: str, template: str, scheme: str) -> Path:
    """A job in `folder`, each of its files changed as the table says."""
    tag = shipped.locate(shipped.TAGS, "oval-50x20", Path()).read_text("utf-8")
    sheet = shipped.locate(shipped.SCHEMES, "sra3-sheetwise", Path()).read_text("utf-8")
    (folder / "tag.yaml").write_text(_changed(tag, TEMPLATES[template]), "utf-8")
    (folder / "sheet.yaml").write_text(_changed(sheet, SCHEMES[scheme]), "utf-8")
    text = ROSTER.replace("TEMPLATE", "tag.yaml").replace("SCHEME", "sheet.yaml")
    (folder / "contacts.yaml").write_text(_changed(text, ROSTERS[roster]), "utf-8")
    return folder / "contacts.yaml"


def _changed(text: str, change: tuple[str, str]) -> str:
    assert change[0] in text
    return text.replace(*change, 1) if change[0] else text


TABLE = [(r, t, s) for r in ROSTERS for t in TEMPLATES for s in SCHEMES]


@pytest.mark.parametrize(("roster", "template", "scheme"), TABLE)
def test_an_error_of_any_file_is_found_by_check_and_stopped_by_the_gate(
    roster: str, template: str, scheme: str, tmp_path: Path
) -> None:
    setup = keytag.open(written(tmp_path, roster, template, scheme))
    sound = (roster, template, scheme) == ("sound", "sound", "sound")
    assert has_errors(keytag.check(setup)) is not sound
    found = keytag.ready(setup)
    assert isinstance(found, keytag.Ready) is sound
    if not isinstance(found, keytag.Ready):
        assert has_errors(found)
        with pytest.raises(TypeError, match="is no Ready"):
            keytag.plan(setup)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="is no Ready"):
            keytag.impose(found, tmp_path / "out")  # type: ignore[arg-type]
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("roster", "template", "scheme"),
    [
        ("sound", "sound", "sound"),
        ("a digit short", "sound", "sound"),
        ("sound", "an unknown key", "sound"),
        ("sound", "sound", "an unknown key"),
    ],
)
@pytest.mark.parametrize("verb", [("check",), ("plan", "-f", "json"), ("impose",), ("render", "-f", "svg")])
def test_every_verb_leaves_with_the_code_of_the_checks(
    verb: tuple[str, ...], roster: str, template: str, scheme: str, tmp_path: Path
) -> None:
    written(tmp_path, roster, template, scheme)
    before = {p.name for p in tmp_path.iterdir()}
    done = subprocess.run(
        [sys.executable, "-m", "keytag", *verb], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    sound = (roster, template, scheme) == ("sound", "sound", "sound")
    made = {p.name for p in tmp_path.iterdir()} - before
    if verb[0] == "render":  # proofs are drawn of what has findings, too
        assert done.returncode == 0 and made == {"proofs"}, done.stderr
        return
    assert done.returncode == (0 if sound else 1), done.stderr
    assert made == ({"out"} if sound and verb[0] == "impose" else set())
    if verb[-1] == "json":
        assert not sound or json.loads(done.stdout)["plates"]
        assert sound or (done.stdout == "" and "error" in done.stderr)


@pytest.fixture(scope="module")
def good() -> keytag.Ready:
    found = keytag.ready(keytag.open(TEXT))
    assert isinstance(found, keytag.Ready), found
    return found


def test_a_ready_cannot_be_made_or_changed_by_hand(good: keytag.Ready) -> None:
    bad = keytag.open(TEXT.replace(GOOD, NO_AREA))
    roads: dict[str, Any] = {
        "constructor": lambda: keytag.Ready(bad),
        "with parts": lambda: keytag.Ready(bad, good.artworks, ()),
        "replace": lambda: replace(good, setup=bad),  # type: ignore[type-var]
        "_replace": lambda: good._replace(setup=bad),  # type: ignore[attr-defined]
        "_make": lambda: keytag.Ready._make([bad]),  # type: ignore[attr-defined]
        "assignment": lambda: setattr(good, "_setup", bad),
        "property": lambda: setattr(good, "setup", bad),
        "deletion": lambda: delattr(good, "_findings"),
        "kind": lambda: type("Mine", (keytag.Ready,), {}),
        "raw": lambda: order_of(object.__new__(keytag.Ready)),
        "alike": lambda: order_of(type("Ready", (), {"setup": bad, "artworks": (), "findings": ()})()),
        "order": lambda: replace(order_of(good), artworks=keytag.compose(bad)),
        "order of a setup": lambda: Order(bad),  # type: ignore[arg-type]
        "state": lambda: good.__setstate__({"_setup": bad}),  # type: ignore[attr-defined]
    }
    for name, road in roads.items():
        with pytest.raises((TypeError, AttributeError, ValueError)):
            road()
            pytest.fail(name)
    assert good.setup.findings == () and copy.copy(good) is good is copy.deepcopy(good)


def test_a_pickle_goes_through_the_gate_again(good: keytag.Ready) -> None:
    again = pickle.loads(pickle.dumps(good))
    assert type(again) is keytag.Ready and again.setup.roster.units == good.setup.roster.units
    assert again.artworks == good.artworks
    letter = pickle.dumps(good)
    forged = letter.replace(GOOD.encode(), (NO_AREA + "1").encode()).replace(b"0900.000.101", b"0600.000.101")
    assert forged != letter and len(forged) == len(letter)
    with pytest.raises(ValueError, match="not ready"):
        pickle.loads(forged)


def test_values_and_text_are_read_like_a_file(good: keytag.Ready) -> None:
    values = {
        "job": {"name": "Thử", "date": "2020-05-18", "edition": "05/2020", "show_113": True},
        "authority": {
            "name": "Đak Đoa",
            "level": "district",
            "province": "Gia Lai",
            "duty": "0269.3000.113",
            "chief": "0900.000.100",
            "zalo": "https://zalo.me/1234567890123456789",
        },
        "units": [
            {
                "kind": "xã",
                "name": "Glar",
                "code": "23707",
                "duty": GOOD,
                "chief": "0900.000.101",
                "deputies": ["0900.000.102"],
                "quantity": 40,
            }
        ],
    }
    setup = keytag.open(values)
    (unit,) = setup.roster.units
    assert unit == good.setup.roster.units[0]._replace(**{n: getattr(unit, n) for n in unit._fields if n != "key"})
    assert isinstance(keytag.ready(setup), keytag.Ready)
    values["units"][0]["duty"] = NO_AREA  # type: ignore[index]
    found = keytag.ready(keytag.open(values))
    assert not isinstance(found, keytag.Ready)
    spans = [f.span for f in found if f.span]
    assert any(NO_AREA in setup.roster.files[0].lines[s.line - 1].replace(GOOD, NO_AREA) for s in spans)
    with pytest.raises(keytag.InputError, match="no roster"):
        keytag.open({"units": [object()]})


def test_the_library_makes_what_the_command_makes(good: keytag.Ready, tmp_path: Path) -> None:
    plan = keytag.plan(good)
    assert plan == plan_of(order_of(good), layout_of(good.setup))
    result = keytag.impose(good, tmp_path / "a")
    impose_job(order_of(good), tmp_path / "b")
    assert {p.name: p.read_bytes() for p in (tmp_path / "a").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()
    }
    assert set(result.files) == {p.name for p in (tmp_path / "a").iterdir()}


FIRM_SAMPLES = {
    "number-characters": (GOOD, "0269.3O00.201"),
    "not-vietnamese": (GOOD, NO_AREA),
    "old-mobile": ("chief: 0900.000.101", "chief: 0168.000.0101"),
    "text-overflow": ("name: Glar", "name: Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar Glar"),
    "letter-not-in-font": ("name: Glar", "name: Gl漢r"),
}


@pytest.mark.parametrize("check", FIRM_SAMPLES)
@pytest.mark.parametrize("way", ["ignore", "severity"])
def test_a_wrong_or_unreadable_number_passes_by_no_ignore_and_no_severity(check: str, way: str, tmp_path: Path) -> None:
    text = _changed(TEXT, FIRM_SAMPLES[check])
    if way == "ignore":
        text = "\n".join(f"{line}  # keytag: ignore[{check}, unit-name]" for line in text.splitlines()) + "\n"
    else:
        (tmp_path / "keytag.toml").write_text(f'[severities]\n{check} = "note"\nunit-name = "note"\n', "utf-8")
    (tmp_path / "contacts.yaml").write_text(text, "utf-8")
    setup = keytag.open(tmp_path / "contacts.yaml")
    errors = {f.id for f in keytag.check(setup) if f.severity is Severity.ERROR}
    assert check in errors
    assert ("bad-value" in errors) is (way == "severity"), "a lesser severity is told as an error of the settings"
    assert not isinstance(keytag.ready(setup), keytag.Ready)


def test_what_a_person_may_judge_passes_by_an_ignore_at_its_line(tmp_path: Path) -> None:
    text = _changed(TEXT, (GOOD, "0236.3000.201"))
    (tmp_path / "contacts.yaml").write_text(text, "utf-8")
    assert not isinstance(keytag.ready(keytag.open(tmp_path / "contacts.yaml")), keytag.Ready)
    lines = [f"{line}  # keytag: ignore[foreign-area-code]" if "Glar" in line else line for line in text.splitlines()]
    (tmp_path / "contacts.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    assert isinstance(keytag.ready(keytag.open(tmp_path / "contacts.yaml")), keytag.Ready)


@pytest.mark.parametrize("line", ['unit-nam = "note"', 'number-characters = "warning"'])
def test_a_severity_that_cannot_be_is_found_by_check_and_stopped_by_the_gate(line: str, tmp_path: Path) -> None:
    (tmp_path / "keytag.toml").write_text(f"[severities]\n{line}\n", "utf-8")
    (tmp_path / "contacts.yaml").write_text(TEXT, "utf-8")
    setup = keytag.open(tmp_path / "contacts.yaml")
    assert has_errors(keytag.check(setup))
    assert not isinstance(keytag.ready(setup), keytag.Ready)


def test_the_checks_that_are_never_silenced_are_errors_that_there_are() -> None:
    from keytag import checks
    from keytag.checks.model import FIRM

    found = {check.id: check.severity for group in checks.groups() for check in group.checks}
    assert {found[check] for check in FIRM} == {Severity.ERROR}
