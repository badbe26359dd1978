"""Ten wrong inputs for every verb, in Vietnamese: each is refused, and no English is left of what is said.

Two thirds of what goes wrong is a file that is none: each kind of file has its broken ones here.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from keytag.cli.app import VERBS
from tests.test_language import left, run

ROSTER = """job: {date: 2020-05-18, name: Thử}
authority: {name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113}
units:
  - {kind: xã, name: Glar, duty: 0269.3000.212, chief: 0900.000.132, deputies: [0900.000.133], quantity: 400}
  - {kind: xã, name: Trang, duty: 0269.3000.213, chief: 0900.000.136, quantity: 300}
"""
FILES = {
    "contacts.yaml": ROSTER,
    "bad.yaml": "units: [\n",
    "empty.yaml": "",
    "list.yaml": "- a\n",
    "nounits.yaml": "job: {name: X}\n",
    "twice.yaml": ROSTER + "units: []\n",
    "number.yaml": ROSTER.replace("0900.000.132", "0900.000.13"),
    "design.yaml": ROSTER.replace("name: Thử", "name: Thử, template: ovel"),
    "sheet.yaml": ROSTER.replace("name: Thử", "name: Thử, scheme: sra4"),
    "other.yaml": "a: b\n",
    "folder/x.txt": "a",
    "job2/job.json": "{}",
    "job3/job.json": "{",
    "job4/job.json": "[1]",
    "proofs2/proofs.json": "{}",
    "ledger.csv": "a,b\n1,2\n",
    "table.csv": "a;b\n1;2\n",
    "returns.csv": "ngày,đơn vị,làng,đã phát,đã phát,xyz\n1/13/2026,xã Lạ,a,x,y,z\n",
    "x.xlsx": "PK\x03\x04",
    "x.doc": "zzz",
    "wrong/keytag.toml": "[check]\nfail_on = 3\n",
    "wrong/contacts.yaml": ROSTER,
    "toml/keytag.toml": "rosters = [\n",
    "toml/contacts.yaml": ROSTER,
}
LINES = {
    "check": """
        gone.yaml | bad.yaml | empty.yaml | utf16.yaml | list.yaml | nounits.yaml | twice.yaml | design.yaml |
        sheet.yaml | number.yaml | --on 2020-02-31 | --unit nobody | --select nope | --most -3 | -o folder/a/b.txt |
        folder | wrong | toml | --stdin-filename | --color purple | --each bad.yaml list.yaml | utf16.yaml --fix""",
    "render": """
        gone.yaml | --unit nobody | --dpi 1 | --dpi x | -f gif | --product p | -o contacts.yaml | -j 0 | design.yaml |
        --scheduler tcp://x | list.yaml | nounits.yaml""",
    "plan": """
        gone.yaml | number.yaml | --optimise -1 | --optimise x | -f xml | --product p | sheet.yaml | list.yaml |
        folder | a b""",
    "impose": """
        gone.yaml | number.yaml | -o contacts.yaml | -o folder | --standard x3 | --since gone | --since job3 | --since
        job2 | --approved gone | --approved proofs2 | --numbered | --imprint | --ledger ledger.csv | -j 999 |
        --scheduler x | --optimise 99999999 | --product a""",
    "reprint": """
        | --spoiled G1 | --spoiled G1 --job gone | --spoiled G1 --job job2 | --spoiled , | --spoiled | --spoiled G1
        --ledger ledger.csv | gone.yaml --spoiled G1 | --bogus | --spoiled G1 --job job4""",
    "ledger": """
        | status | status gone.csv | status ledger.csv | next ledger.csv | void new.csv | void new.csv G1 | destroyed
        ledger.csv x | sell ledger.csv | status folder""",
    "films": """
        gone.yaml | -o contacts.yaml | number.yaml | --optimise x | --product a | sheet.yaml | design.yaml | a b |
        --bogus | -j 0""",
    "verify": """
        gone | folder | job2 | job3 | job4 | -f xml | --require foo | contacts.yaml | proofs2 | a b | --product x""",
    "site": """
        gone.yaml | --on x | --on 2030-01-01 | -o contacts.yaml | number.yaml | list.yaml | --bogus | folder | -o
        folder | bad.yaml""",
    "zalo": """
        gone.yaml | --on x | --on 2030-01-01 | -o contacts.yaml | number.yaml | list.yaml | --bogus | folder | -o
        folder | bad.yaml""",
    "handout": """
        gone.yaml | --households gone.csv | --households table.csv | --numbered gone | --numbered job2 | --returns
        gone.csv | --returns table.csv | --returns returns.csv | -o contacts.yaml | number.yaml | --returns |""",
    "explain": """
        nope | old-area-cod | a b | --bogus | '' | qr | QR-MISSING | --lang | --lang fr | -x""",
    "schema": """
        foo | roster template | --bogus | '' | ROSTER | --lang xx | -x | --lang | template x | a b""",
    "migrate": """
        gone.yaml | -o contacts.yaml | --date x | --date 2024-01-01 | list.yaml | folder | -o folder/a/b.yaml |
        nounits.yaml | bad.yaml | --date 2025-07-32""",
    "template": """
        | foo | show | show ovel | new | new oval-50x20 | new a/b | check gone.yaml | check other.yaml | new x --from
        ovel | list x | check bad.yaml | check | new 'x y' | new contacts""",
    "scheme": """
        | foo | show | show sra | new | new sra3-sheetwise | new a/b | check gone.yaml | check other.yaml | new x
        --from sra | list x | list --template ovel | check bad.yaml | check | new contacts""",
    "init": """
        -o contacts.yaml | -o x.txt | --workbook x.yaml | --workbook x.xlsx | -o n.yaml --answers gone.yaml | -o
        n.yaml --answers list.yaml | -o n.yaml --answers bad.yaml | -o n.yaml --answers empty.yaml | -o n.yaml
        --answers utf16.yaml | a b | -o n.yaml --answers other.yaml""",
    "import": """
        | gone.xlsx | x.xlsx | table.csv | x.doc | table.csv --map foo | table.csv --map A=foo | table.csv --map
        'A=unit,B=chief' | table.csv --map 'S!A=unit' | table.csv --sheet nope | contacts.yaml | folder | table.csv
        --map 'header=0,A=unit' | table.csv --map 'A=unit,A=chief' | table.csv -o x.txt""",
    "export": """
        gone.yaml | -o x.txt | -o x.xlsx | list.yaml | bad.yaml | --bogus | -o folder | nounits.yaml | folder | -o
        no/such/x.xlsx""",
    "set": """
        | a | Glar | Glar chief | Glar foo 1 | Nowhere chief 0900.000.001 | Glar chief abc | Glar 'deputy 9'
        0900.000.001 | Glar quantity x | Glar chief 'a: b' | Glar name.name x | Glar chief '' | authority chief 1 -r
        gone.yaml | Glar duty 0269.3000.2120 --diff""",
    "diff": """
        | gone.yaml | HEAD~1
        | contacts.yaml gone.yaml | bad.yaml | a b c | folder | --bogus | -x | list.yaml bad.yaml""",
    "preview": """
        gone.yaml | --port 99999 | --port x | --product a --no-open | folder | --bogus | --open=x | --port 80.5 |
        --port -1 | folder --no-open""",
}  # fmt: skip
# What stays English where all else is Vietnamese: names that may be written (after these words), and what was typed.
NAMES = re.compile(
    r"(?:các khóa dùng được|các nhóm là|các trường:|một trong|có kèm theo:|: hunk|lỗi: sheet)[^\n]*"
    r"|^ {4}\S+,?$|^      .*$|^.*: \^.*$|^[-+@ ].*$|'keytag[^']*'|^Cách dùng: keytag \w*",
    re.M,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "utf16.yaml").write_bytes(ROSTER.encode("utf-16"))
    for name in ("LC_ALL", "LC_MESSAGES", "KEYTAG_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("verb", VERBS)
def test_wrong_inputs_are_refused_in_vietnamese(
    verb: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [shlex.split(line) for line in LINES[verb].split("|")]
    assert len(lines) >= 10
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for line in lines:
        code, out, err = run(capsys, monkeypatch, verb, *line)
        assert code in (1, 2, 3, 4), (line, out, err)
        assert out + err and "\n0 tệp" not in out + err, line
        typed = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in re.findall("[a-z]+", f"{line}")) or "$^")
        shown = typed.sub("", NAMES.sub("", f"{out}\n{err}"))
        assert left(shown) == [], (line, shown)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path in before}
    assert after == before  # nothing that was there is touched by what was refused
