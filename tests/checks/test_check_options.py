"""`keytag check` behaves as people expect of a linter: what is looked at, shown, written, and worth as an exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from keytag.base.errors import InputError, UsageError

from .test_check_command import run

SHARED = """\
job: {date: 2020-05-18, edition: 05/2020, spoilage: 3%}
authority:
  name: Đak Đoa
  level: district
  province: Gia Lai
  duty: 0269.3000.113  # keytag: ignore[sample-number]
  chief: 0900.000.100
  zalo: https://zalo.me/1234567890123456789
units:
  - kind: xã
    name: Glar
    code: "23707"
    duty: 0269.3000.201
    chief: 0900.000.101
    deputies: [0900.000.102]
    quantity: 800
  - kind: xã
    name: A Dơk
    code: "23710"
    duty: 0269.3000.202
    chief: 0900.000.103
    deputies: [0900.000.104]
    quantity: 860
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, which is the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def wrote(folder: Path, *swaps: tuple[str, str], name: str = "contacts.yaml") -> None:
    text = SHARED
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def ids(out: str) -> list[str]:
    return [finding["id"] for finding in json.loads(out)["findings"]]


@pytest.mark.parametrize(
    ("swap", "check"),
    [
        (("zalo.me/123", "zaloo.example/123"), "link-host"),
        (("duty: 0269.3000.113", "duty: 059.3000.113"), "old-area-code"),
        (("edition: 05/2020", "edition: 05/2020, show_113: maybe"), "job-value"),
        (("0900.000.103", "0900.000.101"), "shared-mobile"),
        (("0900.000.103", "0900.000.100"), "repeated-number"),
    ],
)
def test_what_stands_on_the_chosen_tag_is_never_left_out(here: Path, swap: tuple[str, str], check: str) -> None:
    wrote(here, swap)
    unit = "A Dơk" if check == "repeated-number" else "Glar"
    code, out, _ = run("check", "--no-artwork", "--unit", unit, "--format", "json")
    assert code == 1 and check in ids(out)


@pytest.mark.parametrize(
    "swap", [("chief: 0900.000.103", "chief: 0900.000.1030"), ("chief: 0900.000.103", "cheif: 0900.000.103")]
)
def test_what_is_about_other_units_is_counted_and_not_shown(here: Path, swap: tuple[str, str]) -> None:
    wrote(here, swap)
    code, out, err = run("check", "--no-artwork", "--unit", "Glar")
    assert (code, out) == (0, "")
    assert "no findings; not shown: " in err and "error" in err
    assert run("check", "--no-artwork")[0] == 1


def test_another_authoritys_faults_are_not_about_this_unit(here: Path) -> None:
    wrote(here, name="r/a.yaml")
    other = SHARED.split("authority:")[1].replace("Đak Đoa", "Mang Yang").replace("0269.3000.113", "059.3000.114")
    (here / "r/b.yaml").write_text("authority:" + other.replace("Glar", "Lơ Pang").replace("A Dơk", "Hra"), "utf-8")
    assert "old-area-code" not in run("check", "r", "--no-artwork", "--unit", "A Dơk")[1]
    assert "old-area-code" in run("check", "r", "--no-artwork", "--unit", "Hra")[1]


def test_checks_are_selected_and_ignored_by_id_and_by_group(here: Path) -> None:
    wrote(here, ("0269.3000.201", "02693000201"), ("quantity: 860", "quantity: 0"))
    assert ids(run("check", "--no-artwork", "--format", "json")[1]) == ["number-grouping", "quantity-form"]
    assert ids(run("check", "--select", "number-grouping,artwork", "--format", "json")[1]) == ["number-grouping"]
    code, out, err = run("check", "--ignore", "quantity-form", "--no-artwork")
    assert code == 0 and "[number-grouping]" in out and "not shown: 1 error" in err
    assert run("check", "--ignore", "contacts", "--no-artwork")[1] == ""
    with pytest.raises(UsageError) as caught:
        run("check", "--select", "number-groping")
    assert caught.value.hint == "did you mean number-grouping?"


def test_exit_zero_and_a_projects_own_severities(here: Path) -> None:
    wrote(here, ("0269.3000.201", "02693000201"))
    assert run("check", "--no-artwork")[0] == 0
    (here / "keytag.toml").write_text('[severities]\nnumber-grouping = "error"\n')
    code, out, _ = run("check", "--no-artwork")
    assert code == 1 and ": error: " in out
    assert run("check", "--no-artwork", "--exit-zero")[0] == 0
    (here / "keytag.toml").write_text('fail-on = "warning"\n')
    assert run("check", "--no-artwork")[0] == 1
    assert run("check", "--no-artwork", "--fail-on", "error")[0] == 0


def test_a_diff_is_what_fix_does_and_changes_nothing(here: Path) -> None:
    wrote(here, ("0269.3000.201", "02693000201"), ("0900.000.103", "0900000103"))
    before = (here / "contacts.yaml").read_text("utf-8")
    code, out, _ = run("check", "--diff", "--unit", "Glar")
    assert code == 1
    assert "-    duty: 02693000201\n+    duty: 0269.3000.201\n" in out and "0900000103" not in out
    assert (here / "contacts.yaml").read_text("utf-8") == before
    run("check", "--fix", "--unit", "Glar", "--no-backup")
    assert (here / "contacts.yaml").read_text("utf-8") == before.replace("02693000201", "0269.3000.201")
    assert not (here / "contacts.yaml.bak").exists()
    assert run("check", "--diff", "--unit", "Glar")[:2] == (0, "")


def test_a_report_goes_to_a_file_and_never_over_a_roster(here: Path) -> None:
    wrote(here, ("quantity: 860", "quantity: 0"))
    for _ in range(2):
        code, out, _ = run("check", "--no-artwork", "-f", "json", "--output-file", "report.json")
        assert (code, out) == (1, "")
    assert ids((here / "report.json").read_text("utf-8")) == ["quantity-form"]
    for name in ("contacts.yaml", "other.YML"):
        with pytest.raises(UsageError):
            run("check", "--no-artwork", "-o", name)
    assert (here / "contacts.yaml").read_text("utf-8").startswith("job:")


def test_quiet_verbose_and_colour(here: Path) -> None:
    wrote(here, ("quantity: 860", "quantity: 0"))
    _, out, err = run("check", "--no-artwork", "-q")
    assert "[quantity-form]" in out and err == ""
    assert "roster contacts.yaml" in run("check", "--no-artwork", "-v")[2]
    assert "\x1b[" in run("check", "--no-artwork", "--color", "always")[1]
    assert "\x1b[" not in run("check", "--no-artwork", "--color", "never")[1]


def test_standard_input_has_the_name_it_is_given(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote(here, ("quantity: 860", "quantity: 0"))
    text = (here / "contacts.yaml").read_bytes()

    def given() -> None:
        monkeypatch.setattr("keytag.cli.checking.sys", SimpleNamespace(stdin=SimpleNamespace(buffer=io.BytesIO(text))))

    for name, words in (("<stdin>", []), ("sub/x.yaml", ["--stdin-filename", "sub/x.yaml"])):
        given()
        code, out, _ = run("check", "-", "--no-artwork", "-f", "github", *words)
        assert code == 1 and f"file={name}" in out
    given()
    with pytest.raises(UsageError):
        run("check", "-", "contacts.yaml")
    with pytest.raises(UsageError):
        run("check", "--stdin-filename", "x.yaml")


def test_each_path_is_a_job_of_its_own(here: Path) -> None:
    wrote(here, name="a.yaml")
    wrote(here, name="b.yaml")
    assert "second-job" in run("check", "a.yaml", "b.yaml", "--no-artwork")[1]
    code, out, err = run("check", "--each", "a.yaml", "b.yaml", "--no-artwork")
    assert (code, out) == (0, "") and err.startswith("2 rosters, 4 units, ")


def test_a_project_names_its_rosters_and_hosts_from_any_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote(here, ("https://zalo.me/1234567890123456789", "https://congan.example.vn/a"), name="north/one.yaml")
    wrote(here, name="south/two.yaml")
    (here / "pyproject.toml").write_text('[tool.other]\nx = 1\n[tool.keytag]\nrosters = ["north/one.yaml", "south"]\n')
    assert "link-host" in run("check", "--no-artwork")[1]
    (here / "keytag.toml").write_text('rosters = ["north/one.yaml", "south"]\nhosts = ["congan.example.vn"]\n')
    (here / "north" / "deep").mkdir()
    monkeypatch.chdir(here / "north" / "deep")
    code, out, err = run("check", "--no-artwork")
    assert (code, out) == (0, "") and err.startswith("2 rosters, ")
    assert run("check", "../one.yaml", "--no-artwork")[0] == 0


def test_from_a_subfolder_the_roster_is_found_above_but_not_beyond_the_checkout(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote(here, ("quantity: 860", "quantity: 0"))
    (here / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(here / "a" / "b")
    assert run("check", "--no-artwork")[1].startswith("../../contacts.yaml:")
    (here / "a" / ".git").mkdir()
    with pytest.raises(InputError, match=r"no contacts\.yaml"):
        run("check")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hots = []\n", "keytag.toml:1:1: error: unknown key 'hots' in the project's settings: did you mean 'hosts'"),
        ('\n[severities]\nunit-name = "eror"\n', "keytag.toml:3:1: error: unit-name: 'eror' is none of"),
        (
            '[severities]\nunit-nam = "note"\n',
            "keytag.toml:2:1: error: severities: there is no check 'unit-nam': did you",
        ),
        ("rosters = 3\n", "keytag.toml:1:1: error: rosters must be a list"),
        ('hosts = ["https://x.example"]\n', "keytag.toml:1:11: error: qr_hosts: "),
        ('fail-on = "note"\n', "keytag.toml:1:1: error: fail-on"),
    ],
)
def test_what_is_odd_about_settings_is_a_finding_at_its_line(here: Path, text: str, words: str) -> None:
    wrote(here)
    (here / "keytag.toml").write_text(text)
    code, out, _ = run("check", "contacts.yaml", "--no-artwork")
    assert code == 1 and words in out


def test_settings_that_are_no_toml_are_an_unreadable_file(here: Path) -> None:
    wrote(here)
    (here / "keytag.toml").write_text("a = \n")
    with pytest.raises(InputError) as caught:
        run("check", "--no-artwork")
    assert caught.value.span is not None and caught.value.span[:2] == ("keytag.toml", 1)


@pytest.mark.parametrize(
    ("key", "name"), [("template", "oval-50x2"), ("scheme", "mine.yaml"), ("template", "mine.yaml")]
)
def test_a_template_or_scheme_that_is_not_there_leaves_the_contacts_checked(here: Path, key: str, name: str) -> None:
    wrote(here, ("spoilage: 3%", f"spoilage: 3%, {key}: {name}"), ("quantity: 860", "quantity: 0"))
    with pytest.raises(InputError) as caught:
        run("check", "contacts.yaml")
    assert caught.value.span is not None and caught.value.span[:2] == ("contacts.yaml", 1)


def test_equal_findings_of_many_units_are_one_and_the_rest_is_counted(here: Path) -> None:
    head, _ = SHARED.split("units:")
    units = "".join(f"  - {{kind: xã, name: U{n}, quantity: {'0' if n < 4 else f'n{n}'}}}\n" for n in range(30))
    (here / "contacts.yaml").write_text(f"{head}units:\n{units}", "utf-8")
    _, out, _ = run("check", "--no-artwork", "--select", "quantity-form")
    assert "4 units (xã U0, xã U1, xã U2, …): '0' is no tags at all (lines 10, 11, 12, 13)" in out
    assert out.count("[quantity-form]") == 21 and "… and 7 more [quantity-form]" in out
    assert run("check", "--no-artwork", "--select", "quantity-form", "--most", "0")[1].count("[quantity-form]") == 30
    assert len(ids(run("check", "--no-artwork", "--select", "quantity-form", "-f", "json")[1])) == 30
    assert "    30  error    quantity-form" in run("check", "--no-artwork", "--statistics")[1]


def test_a_text_that_fits_nowhere_is_one_finding_of_all_units(here: Path) -> None:
    wrote(here, ("zalo:", "slogan: Có trộm hãy gọi ngay cho công an xã bất kể ngày đêm nhé bà con ơi\n  zalo:"))
    (finding,) = json.loads(run("check", "--select", "artwork", "-f", "json")[1])["findings"]
    assert "longest that fits: 'Có trộm hãy" in finding["message"] or finding["id"] != "text-overflow"
    assert finding["message"].startswith("2 units (xã A Dơk, xã Glar): front: ")
    assert (finding["unit"], finding["also"]) == ("xa-a-dok", ["xa-glar"])


def test_what_is_drawn_of_a_line_in_error_waits(here: Path) -> None:
    long = "name: Thượng Nông Trường Đông Mộc Châu Nghĩa Lộ Tây Sơn"
    wrote(here, ("name: Glar", long))
    assert set(ids(run("check", "-f", "json")[1])) == {"unit-name"}
    wrote(here, ("name: Glar", f"{long}  # keytag: ignore[unit-name]"))
    assert "text-overflow" in ids(run("check", "-f", "json")[1])


def test_too_many_people_are_one_finding_with_a_way_out(here: Path) -> None:
    more = "[0900.000.102, 0900.000.110, 0900.000.111, 0900.000.112]"
    others = "others: [{role: Chủ tịch xã, number: 0900.000.199}, {role: Xã đội trưởng, number: 0900.000.198}]"
    wrote(here, ("deputies: [0900.000.102]", f"deputies: {more}\n    {others}"))
    found = json.loads(run("check", "--select", "text-overflow", "-f", "json")[1])["findings"]
    assert len(found) == 1 and "lines do not fit" in found[0]["message"]
    assert " holds it; with " in found[0]["message"] and found[0]["message"].endswith(" it fits")


def test_what_stops_numbered_tags_alone_is_a_warning_with_a_way_out(here: Path) -> None:
    """`impose --numbered` takes the design's twin, which `check` looks at when the roster has serials."""
    five = ("deputies: [0900.000.102]", "deputies: [0900.000.102, 0900.000.110, 0900.000.111]")
    for prefix, expected in (("G", []), ("GLAI", []), ("WMWM", ["text-overflow"])):
        wrote(here, ("edition:", f"serials: {{prefix: {prefix}, start: 1}}, edition:"), five)
        code, out, _ = run("check", "--select", "text-overflow", "-f", "json")
        found = json.loads(out)["findings"]
        assert (code, [f["id"] for f in found], {f["severity"] for f in found} - {"warning"}) == (0, expected, set())
    assert found[0]["message"].endswith("; no shipped template holds it; a prefix of 2 letters fits (with --numbered)")
    wrote(here, ("edition:", "template: oval-50x20-numbered, serials: {prefix: WMWM, start: 1}, edition:"), five)
    assert run("check")[0] == 1
