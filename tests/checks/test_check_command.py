"""`keytag check` and `keytag explain` as a person runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

from keytag import checks
from keytag.base.errors import UsageError
from keytag.cli.check import check
from keytag.cli.explain import explain

from .samples import completed

SHIPPED = Path(__file__).parents[2] / "contacts.yaml"
ODD = """\
# đầu tệp
units:
  - name: Glar
    # keytag: ignore[quantity-form]
    quantity: 0
    duty: 02693000201   # giữ nguyên
  - name: "Tra\u0302n"
    code: "99901"
    chief:   '0168 000 0101'      # giữ cả khoảng trống
    deputies: ["(0900) 000102",
               059.3000.203]
"""


def run(*words: str) -> tuple[int, str, str]:
    app = typer.Typer()
    app.command()(check)
    app.command()(explain)
    done = CliRunner().invoke(app, list(words), catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.yaml"
    path.write_text(completed(ODD), "utf-8")
    return path


def test_the_shipped_roster_is_clean_and_counted() -> None:
    code, out, counted = run("check", str(SHIPPED))
    assert (code, counted) == (0, "17 units, 259 numbers: 4 notes\n")
    assert (
        "note: 3 units (thị trấn Đak Đoa, xã K'Dang, xã Glar): back: 5 numbers: 8.1 pt; on stadium-50x20 about 8.4"
        in out
    )
    assert out.count("[sample-number]") == 1


def test_findings_fail_by_their_severity(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_text(completed("units:\n  - name: Glar\n    chief: '0900000101'\n"), "utf-8")
    code, out, err = run("check", str(path), "--no-artwork")
    assert code == 0
    assert f"{path}:6:12: warning: " in out
    assert err == "1 unit, 4 numbers, tags not composed: 1 warning, 1 note (1 can be mended with --fix)\n"
    assert run("check", str(path), "--no-artwork", "--fail-on", "warning")[0] == 1


def test_the_day_decides() -> None:
    code, out, _ = run("check", str(SHIPPED), "--no-artwork", "--on", "2025-03-01")
    assert code == 1
    assert "[authority-expired]" in out
    with pytest.raises(UsageError):
        run("check", str(SHIPPED), "--on", "01/03/2025")


def test_fix_makes_the_safe_edits_and_nothing_else(odd: Path) -> None:
    before = odd.read_text("utf-8")
    code, out, err = run("check", str(odd), "--no-artwork", "--fix")
    assert code == 1
    assert "[old-area-code]" in out
    assert "[quantity-form]" not in out
    expected = (
        before.replace("02693000201", "0269.3000.201")
        .replace('"Tra\u0302n"', '"Trân"')
        .replace("'0168 000 0101'", "'0380.000.101'")
        .replace('"(0900) 000102"', '"0900.000.102"')
    )
    assert odd.read_text("utf-8") == expected != before
    assert err.count("fixed ") == 4
    again = run("check", str(odd), "--no-artwork", "--fix")
    assert again[:2] == (code, out)
    assert "fixed" not in again[2]
    assert odd.read_text("utf-8") == expected
    backup = odd.with_name("contacts.yaml.bak")
    assert sorted(odd.parent.iterdir()) == [odd, backup]
    assert backup.read_text("utf-8") == before


def test_without_fix_nothing_is_written(odd: Path) -> None:
    before = odd.read_bytes()
    run("check", str(odd), "--no-artwork")
    assert odd.read_bytes() == before


def test_one_unit_alone(odd: Path) -> None:
    _, out, _ = run("check", str(odd), "--no-artwork", "--unit", "Glar", "--format", "json")
    shown = [finding for finding in json.loads(out)["findings"] if finding["id"] != "sample-number"]
    assert {finding["unit"] for finding in shown} == {"xa-glar"}


def test_machine_formats_have_standard_output_for_themselves(odd: Path) -> None:
    for name in ("json", "sarif"):
        code, out, err = run("check", str(odd), "--no-artwork", "--format", name)
        assert (code, err) == (1, "")
        assert json.loads(out)
    out = run("check", str(odd), "--no-artwork", "--format", "junit")[1]
    assert ElementTree.fromstring(out).get("failures") == "2"
    assert run("check", str(odd), "--no-artwork", "--format", "github")[1].startswith("::")


def test_an_ignore_of_an_artwork_check_is_not_called_idle_where_they_are_not_run(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_text(completed("units:\n  - name: Glar  # keytag: ignore[text-small]\n"), "utf-8")
    assert "[unused-ignore]" not in run("check", str(path), "--no-artwork")[1]
    assert "[unused-ignore]" in run("check", str(path))[1]


def test_explain_lists_every_check() -> None:
    code, out, _ = run("explain")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")] == list(checks.known_ids())


@pytest.mark.parametrize("check_id", ["old-area-code", "text-overflow", "duplicate-key", "pairing"])
def test_explain_tells_about_one(check_id: str) -> None:
    found = checks.find(check_id)
    assert found is not None
    code, out, _ = run("explain", check_id)
    assert code == 0
    assert re.match(rf"{check_id} \({found.severity.value}(, never silenced)?\)", out)
    assert found.rationale in out


def test_explain_proposes_the_nearest() -> None:
    with pytest.raises(UsageError) as raised:
        run("explain", "old-areacode")
    assert raised.value.hint == "did you mean old-area-code?"
