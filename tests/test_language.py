"""The languages of the program: whole catalogues, the choice of one, and no English word of theirs on the screen."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from keytag import checks
from keytag.base.counts import counted
from keytag.base.errors import KeytagError, UsageError
from keytag.base.system import reason
from keytag.base.words import ENGLISH, Message, figure, joined, say, say_n
from keytag.cli import language, main
from keytag.cli.app import VERBS
from keytag.files.catalogues import words_of
from keytag.files.source import Source, parse
from keytag.job.plan_words import said
from keytag.report.visible import visible
from keytag.solver import Design, FixedPlate, Limits, PlanError, optimise
from tests.checks.samples import completed, roster

HERE = Path(__file__).parent
VI = words_of("vi")
# A word that stands alone: no key with its colon, option, name of a file, quoted value or choice.
WORD = re.compile(r"(?<![\w./\-'\"{\[<|`=])[a-z]{2,}(?![\w./\-:=(}\]>|`])")


@pytest.fixture(autouse=True)
def as_it_was_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language that a test chooses is not the one of the tests that come after it."""
    monkeypatch.setattr(language, "_chosen", language._chosen)
    monkeypatch.setattr(language, "_asked", language._asked)


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", HERE.parent / ".ci" / "catalogues.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(message: object) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)  # type: ignore[arg-type]


@cache
def english() -> frozenset[str]:
    """Words of the English texts that no Vietnamese one has: none of them may be seen in Vietnamese."""
    there, here = set[str](), set[str]()
    for domain in tool().SOURCES:
        for message in tool().catalogue(domain):
            for text in texts(message.id) if message.id else ():
                there.update(WORD.findall(re.sub(r"\{[^{}]*\}", " ", text)))
            for text in texts(message.string) if message.id else ():
                here.update(WORD.findall(re.sub(r"\{[^{}]*\}", " ", text)))
    return frozenset(there - here)


# Words that stay what they are: keys, ids and values of files, names of inks and of programs.
KEPT = frozenset(
    (
        *(
            "authority",
            "both",
            "chief",
            "commune",
            "deputy",
            "district",
            "duty",
            "edition",
            "household",
            "kind",
            "name",
        ),
        *("province", "role", "slogan", "text", "unit", "village", "code", "set"),
        *("red", "black", "white", "yellow", "gold", "screen", "pad", "letter", "latin", "capital", "eth"),
        *checks.known_ids(),
    )
)


def left(text: str) -> list[str]:
    """English words of the catalogues in a text that should be Vietnamese."""
    return [word for word in WORD.findall(text) if word in english() and word not in KEPT]


def test_the_catalogues_are_whole_with_equal_fields_and_as_compiled() -> None:
    assert [fault for domain in tool().SOURCES for fault in tool().faults(domain)] == []


def test_a_text_is_said_alike_in_every_catalogue() -> None:
    said: dict[str, set[str]] = {}
    for domain in tool().SOURCES:
        for message in tool().catalogue(domain):
            if message.id:
                said.setdefault(texts(message.id)[0], set()).add(texts(message.string)[0])
    assert {text: strings for text, strings in said.items() if len(strings) > 1} == {}


def test_numbers_are_written_as_the_language_does() -> None:
    text = say(
        "{part}: {compared:,} comparisons: {verdict}", part="out", compared=1640, verdict=counted(12_000, "sheet")
    )
    assert text == "out: 1,640 comparisons: 12,000 sheets"
    assert VI.of(text) == "out: 1.640 phép so sánh: 12.000 tờ"
    assert VI.of(say("is {distance:.2f} mm from the ring hole", distance=0.06)) == "chỉ cách lỗ khoen 0,06 mm"
    assert VI.of(say("{x}: {n}", x=figure("0.06"), n="0269.3000.113")) == "0,06: 0269.3000.113"  # data stays
    assert counted(1, "plate set") == "1 plate set" and VI.of(counted(1, "plate set")) == "1 bộ bản"
    assert ENGLISH.of(text) is text and VI.of("a unit") == "a unit"  # what is no Message is data


def test_messages_stay_whole_where_they_are_put_together() -> None:
    units = [say("the unit"), "xã Glar"]
    assert joined(say(" or "), units) == "the unit or xã Glar"
    assert VI.of(joined(say(" or "), units)) == "đơn vị hoặc xã Glar"
    assert VI.of("a: " + say("the unit") + " {x}") == "a: đơn vị {x}"
    inner = say("{unit}: {what}", unit="xã Glar", what=say("the name")).after("xã Glar")
    assert inner == "the name" and VI.of(inner) == "tên"
    sheet = say(
        "{scheme}: {tag} does not fit{pair} into the {area}", scheme="sra3", tag="x", pair="", area=say("the name")
    )
    assert (
        sheet.after("sra3") == "x does not fit into the the name"
        and VI.of(sheet.after("sra3")) == "x không vừa vào tên"
    )
    hidden = visible(say("{what}: {value}", what=say("the name"), value="a\x1b[2J"))
    assert hidden == "the name: a\\x1b[2J" and isinstance(hidden, Message) and VI.of(hidden) == "tên: a\\x1b[2J"
    again = say_n("{count:,} tag", "{count:,} tags", 2)
    remade = again.__reduce__()
    assert VI.of(remade[0](*remade[1])) == "2 thẻ"


@pytest.mark.parametrize(
    ("line", "environ", "spoken", "asked", "rest"),
    [
        (["check"], {}, "en", "en", ["check"]),
        (["check"], {"LANG": "vi_VN.UTF-8"}, "vi", "en", ["check"]),
        (["check"], {"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en", "en", ["check"]),
        (["check"], {"LC_ALL": "", "LC_MESSAGES": "vi_VN", "LANG": "C"}, "vi", "en", ["check"]),
        (["check"], {"KEYTAG_LANG": "en", "LANG": "vi_VN.UTF-8"}, "en", "en", ["check"]),
        (["check"], {"KEYTAG_LANG": "vi"}, "vi", "en", ["check"]),
        (["--lang", "vi", "check", "a"], {"KEYTAG_LANG": "en"}, "vi", "vi", ["check", "a"]),
        (["check", "--lang=vi", "a", "--", "--lang", "en"], {}, "vi", "vi", ["check", "a", "--", "--lang", "en"]),
        (["check", "--lang", "en"], {"LANG": "vi_VN.UTF-8"}, "en", "en", ["check"]),
    ],
)
def test_the_option_comes_before_the_variable_and_that_before_the_locale(
    line: list[str], environ: dict[str, str], spoken: str, asked: str, rest: list[str]
) -> None:
    assert language.choose(line, environ) == rest
    assert (language.words().language, language.asked_words().language) == (spoken, asked)


def test_windows_says_its_language_by_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes
    from types import SimpleNamespace

    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: 0x042A)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    language.choose([], {})
    assert language.words().language == "vi"


@pytest.mark.parametrize(("line", "environ"), [(["--lang", "fr"], {}), ([], {"KEYTAG_LANG": "fr"}), (["--lang"], {})])
def test_a_language_that_there_is_not_is_a_wrong_use(line: list[str], environ: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        language.choose(line, environ)


def said_of(message: str) -> str:
    return VI.of(message)


def test_no_english_is_left_of_what_is_found_in_rosters() -> None:
    found = 0
    for group in checks.groups():
        for check in group.checks:
            if check.bad and group.name in ("loading", "roster", "contacts", "order"):
                bad = roster(completed(check.bad))
                for finding in (*bad.findings, *checks.run_contact_checks(bad)):
                    found += 1
                    assert isinstance(finding.message, Message), finding
                    assert left(said_of(finding.message)) == [], finding
    assert found > 100


BROKEN = ("a: 'b", "a: b: c", "a:b\nc: d", "- a\n -b", "a:\n\tb: c", "a: @b", "a: [b", "a: ]", "<<<<<<< x", "a: *b", "",
          "a: !b c", "a: \"\\q\"", "a : b\n c: d", "a：b", "a: b\n---\nc: d", "a: \x07", "{a: b", "a: %b")  # fmt: skip


def test_no_english_is_left_of_broken_files() -> None:
    for text in BROKEN:
        try:
            _, findings = parse(Source("a.yaml", text))
            told = [finding.message for finding in findings]
        except KeytagError as error:
            told = [error.message, error.hint]
        for message in told:
            assert left(said_of(message)) == [] and "“" not in said_of(message), text


@pytest.mark.parametrize(
    ("error", "given", "told"),
    [
        (json.loads, "{", "ở đây phải có tên khóa trong ngoặc kép: dòng 1, cột 2 (ký tự thứ 1)"),
        (json.loads, '{"a" 1}', "thiếu dấu ':': dòng 1, cột 6 (ký tự thứ 5)"),
        (
            lambda text: text.encode("latin-1").decode(),
            "\xff",
            "bảng mã 'utf-8' không đọc được byte 0xff ở vị trí 0: byte đầu không hợp lệ",
        ),
        (int, "x", "“invalid literal for int() with base 10: 'x'”"),
        (Path.read_text, Path("/"), "là một thư mục"),
    ],
)
def test_what_libraries_say_is_said_in_the_language_or_quoted(error: Any, given: Any, told: str) -> None:
    with pytest.raises(Exception) as raised:
        error(given)
    assert VI.of(reason(raised.value)) == told


LIMITS = Limits(stations=4)
KEYS = [Design(key, 10) for key in "abcdef"]
UNPLANNED: tuple[tuple[list[Design], dict[str, Any]], ...] = (
    ([], {}),
    ([*KEYS, KEYS[0]], {}),
    ([Design("a", 0)], {}),
    ([Design("a", 10**13)], {}),
    (KEYS, {"stations": 0}),
    (KEYS, {"plate_cost": -1}),
    (KEYS, {"plate_cost": 0, "sheet_cost": 0}),
    (KEYS, {"max_overs": -1}),
    (KEYS, {"apart": (("a", "x"),)}),
    (KEYS, {"apart": (("a", "a"),)}),
    (KEYS, {"fixed": (FixedPlate((("x", 1),), 3),)}),
    (KEYS, {"fixed": (FixedPlate((("a", -1),), 3),)}),
    (KEYS, {"fixed": (FixedPlate((("a", 9),), 3),)}),
    (KEYS, {"fixed": (FixedPlate((("a", 1),), 0),)}),
    (KEYS, {"max_overs": 0.1, "min_run": 20}),
    (KEYS, {"max_overs": 0.1, "run_multiple": 50}),
    (KEYS, {"together": (tuple("abcde"),)}),
    (KEYS, {"together": (("a", "b"),), "apart": (("a", "b"),)}),
    (KEYS, {"max_plates": 1}),
    (KEYS, {"max_plates": 2, "apart": (("a", "b", "c"),)}),
    ([Design(str(n), n) for n in (10, 11, 13, 17)], {"max_plates": 1, "max_overs": 0.0, "min_run": 2}),
)


@pytest.mark.parametrize(("designs", "limits"), UNPLANNED)
def test_what_the_solver_refuses_is_said_in_the_language(designs: list[Design], limits: dict[str, Any]) -> None:
    with pytest.raises(PlanError) as raised:
        optimise(designs, LIMITS._replace(**limits))
    told = VI.of(said(raised.value))
    assert said(raised.value) == raised.value.message and left(told) == [] and "“" not in told, told


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *line: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["keytag", *line])
    with pytest.raises(SystemExit) as left_with:
        main()
    out, err = capsys.readouterr()
    return int(left_with.value.code or 0), out, err


@pytest.fixture
def vietnamese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES", "KEYTAG_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_no_english_is_left_of_help(
    verb: str, vietnamese: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run(capsys, monkeypatch, *([verb] if verb else []), "--help")
    shown = re.sub(
        r"\[mặc\s+định:[^\]]*\]|^  [a-z]+ (?= )|^Cách dùng: keytag \w*", "", out, flags=re.M
    )  # what is typed stays as it is
    assert code == 0 and out.startswith("Cách dùng: ") and "Tùy chọn:" in out
    assert left(shown) == []
    use = out.partition("\n")[0].removeprefix(f"Cách dùng: keytag{f' {verb}' if verb else ''} ")
    assert re.fullmatch(r"(?:\[(?:[^a-z\W]|[ -])+\]\.*|\{(?:[^a-z\W]|-)+\}|LỆNH| )+", use), use


USES = (
    ("check", "--bogus"),
    ("bogus",),
    ("check", "--most"),
    ("check", "--most", "many"),
    ("check", "--most", "-1"),
    ("check", "--format", "xml"),
    ("check", "--on", "yesterday"),
    ("check", "--fix=x"),
    ("check", "gone.yaml"),
    ("check", "-", "gone.yaml"),
    ("check",),
    ("explain", "old-area-cod"),
    ("explain", "a", "b"),
    ("impose", "--imprint"),
    ("verify", "gone"),
    ("template", "show"),
    ("template", "show", "ovel-50x20"),
    ("scheme", "new"),
    ("scheme", "list", "sra3-sheetwise"),
    ("template", "list", "oval-50x20"),
    ("--lang",),
    ("set",),
    ("import", "gone.xlsx"),
    ("ledger", "status", "gone.csv"),
    ("ledger",),
    ("template", "sow"),
    ("diff",),
    ("reprint", "--spoiled", "G1"),
    ("films", "gone.yaml"),
    ("migrate", "gone.yaml"),
)


@pytest.mark.parametrize("line", USES, ids=" ".join)
def test_no_english_is_left_of_wrong_uses(
    line: tuple[str, ...], vietnamese: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, monkeypatch, *line)
    assert code in (2, 3) and out == "" and err
    assert left(re.sub(r"^Cách dùng: keytag \w*|^    [a-z]+,?$|'keytag[^']*'", "", err, flags=re.M)) == []
    assert not re.search(r"tham số '[a-z]|Giá trị của '[a-z]|\\\\t", err), err  # names of arguments are words, too


DONE = (
    ("check", "-v", "--statistics"),
    ("check", "--privacy"),
    ("plan",),
    ("explain",),
    ("template", "list"),
    ("scheme", "list"),
    ("scheme", "check", "sra3-sheetwise"),
)


@pytest.mark.parametrize("line", DONE, ids=" ".join)
def test_no_english_is_left_of_what_is_done(
    line: tuple[str, ...],
    vietnamese: Path,
    repository: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (vietnamese / "contacts.yaml").write_bytes((repository / "contacts.yaml").read_bytes())
    code, out, err = run(capsys, monkeypatch, *line)
    assert code in (0, 1) and out + err
    shown = [text for text in (out + err).split("\n") if not text.startswith("      ") and ": ^" not in text]
    assert [left(text) for text in shown if left(text)] == []


def test_programs_read_english_unless_they_ask(
    vietnamese: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (vietnamese / "contacts.yaml").write_text(completed("units:\n  - name: Glar\n    duty: 0269.3000.11\n"), "utf-8")
    wrong = "a landline has 11 digits, this has 10"
    right = "số cố định có 11 chữ số, số này có 10"
    for line, words in ((("check", "-f", "json"), wrong), (("check", "-f", "json", "--lang", "vi"), right)):
        report = json.loads(run(capsys, monkeypatch, *line)[1])
        finding = next(each for each in report["findings"] if each["id"] == "not-vietnamese")
        assert finding["severity"] == "error" and words in finding["message"]
    code, out, err = run(capsys, monkeypatch, "check")
    assert code == 1 and "lỗi: xã Glar, trực ban: '0269.3000.11': số cố định có 11 chữ số, số này có 10" in out
    assert re.search(r"^1 đơn vị, \d số: 1 lỗi", err, re.M)


SINKS = (
    "UsageError",
    "InputError",
    "OutputError",
    "MissingToolError",
    "ToolFailedError",
    "FindingsError",
    "Diagnostic",
    "Failure",
)


def test_what_a_person_reads_is_marked() -> None:
    bare = []
    for path, nodes in tool().calls().items():
        for node in nodes:
            if spoken(node):
                given = [*node.args, *(each.value for each in node.keywords if each.arg == "hint")]
                bare += [f"{path.name}:{each.lineno}" for each in given if unmarked(each)]
    assert bare == []


def test_the_words_beside_a_progress_bar_are_marked() -> None:
    calls = [node for nodes in tool().calls().values() for node in nodes]
    bars = [node.args[0] for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "progress"]
    assert len(bars) >= 6 and not [ast.unparse(label) for label in bars if not isinstance(label, ast.Call)]


def spoken(node: ast.Call) -> bool:
    """Whether a call says something to a person: an error, a finding, or `console.say`."""
    name = node.func
    if isinstance(name, ast.Attribute):
        owner = name.value.id if isinstance(name.value, ast.Name) else ""
        return owner in SINKS or name.attr in SINKS or (owner, name.attr) == ("console", "say")
    return isinstance(name, ast.Name) and name.id in SINKS


def unmarked(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and len(WORD.findall(node.value)) > 1


def test_a_text_of_others_is_recognised_by_its_pattern() -> None:
    from keytag.base.recognise import recognised
    from keytag.verification import eyes

    swept = "reads down to C with 0.06 mm gain and with 0.06 mm loss or more (blur 0.06 mm)"
    text = recognised(swept, eyes._SWEPT, {"gain": eyes._GAIN, "loss": eyes._LOSS})
    assert text == swept
    told = "đọc được đến cấp C khi mực loang 0,06 mm và khi nét hụt 0,06 mm hay hơn (nhòe 0,06 mm)"
    assert VI.of(text) == told
    assert recognised("something else", eyes._SWEPT) == "something else"
