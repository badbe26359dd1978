"""keytag init, set and diff: a roster begun, one value changed to the letter, two rosters compared in words."""

from __future__ import annotations

import os
import random
import re
import subprocess
from pathlib import Path

import pytest

from keytag.base.errors import OutputError, UsageError
from keytag.files.source import Source
from keytag.job.office import set_value
from keytag.office import beginning
from keytag.roster.editing import Wanted, rewritten, write
from keytag.roster.fact_words import changed
from keytag.roster.facts import facts, whole
from keytag.roster.load import assemble, load
from tests.office import random_books
from tests.running import keytag

ANSWERS = {
    "province": "Gia Lai",
    "units": "Ia Băng, Kon Gang",
    "date": "2026-01-31",
    "link": "none",
}
TEMPLATES = ("oval-50x20",)


def test_init_writes_a_roster_of_today_whose_gaps_check_finds(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "province: Gia Lai\nunits: [Ia Băng, Kon Gang]\nauthority: Gia Lai\ndate: 2026-01-31\n"
    )
    code, _, err = keytag("init", "--answers", "a.yaml", cwd=tmp_path)
    assert code == 0, err
    roster = load([tmp_path / "contacts.yaml"])
    assert [unit.title for unit in roster.units] == ["xã Kon Gang", "xã Ia Băng"]
    assert all(unit.code and len(unit.code.value) == 5 for unit in roster.units)
    assert (tmp_path / "contacts.yaml").read_text("utf-8").count("# cần điền") == 9
    code, out, _ = keytag("check", "--no-artwork", cwd=tmp_path)
    assert code == 1 and out.count("[missing-duty]") == 3 and out.count("[missing-quantity]") == 2
    code, out, err = keytag("import", "danh-ba.xlsx", "-o", "contacts.yaml", cwd=tmp_path)  # not filled in yet
    assert code == 0 and "says all that already" in err and "there is no number" in out
    assert keytag("init", "--answers", "a.yaml", cwd=tmp_path)[0] == 2  # never over a file that is there


def test_init_asks_six_things(tmp_path: Path) -> None:
    answers = ("Gia Lay", "Gia Lai", "", "Ia Băng", "zalo.me/1234567890123456789", "", "31/2/2026", "31/01/2026")
    code, _, err = keytag("init", cwd=tmp_path, stdin="".join(f"{answer}\n" for answer in answers))
    assert code == 0, err
    asked = [err.count(question.vietnamese) for question in beginning.QUESTIONS]
    assert asked == [2, 1, 1, 1, 1, 2]  # a wrong answer is said at once, and asked for again
    assert "'Gia Lay' is no province of today: Hà Nội" in err and "'31/2/2026' is no day" in err
    text = (tmp_path / "contacts.yaml").read_text("utf-8")
    assert all(word in text for word in ("authority: self", "date: 2026-01-31", "https://zalo.me/1234567890123456789"))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"province": "Kon Tum"}, "no province of today"),
        ({"province": "Nowhere"}, "no province of today"),
        ({"units": "Ia Băng, Đak Đoa Cũ"}, "no unit"),
        ({"units": "23677000"}, "no unit"),
        ({"date": "2020-05-18"}, "before 2025-07-01"),
        ({"date": "tomorrow"}, "is no day"),
        ({"link": "example.vn/1"}, "is none"),
        ({"link": "https://zalo.me/1234567890"}, "cannot share"),
        ({"template": "round"}, "there is no 'round'"),
        ({"colour": "red"}, "no question"),
    ],
)
def test_an_answer_that_cannot_be_is_named(answer: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        beginning.judged({**ANSWERS, **answer}, TEMPLATES)


def test_all_wrong_answers_are_named_at_once(tmp_path: Path) -> None:
    said = {"authority": "self", "units": "[Ia Băng, Cũ, Mới]", "link": "ftp://x", "template": "ovel", "size": "3"}
    lines = [f"{key}: {value}" for key, value in {**said, "province": "Gia Lai", "date": "2020-05-18"}.items()]
    (tmp_path / "tra-loi.yaml").write_text("\n".join(lines), "utf-8")
    code, _, err = keytag("init", "--answers", "tra-loi.yaml", cwd=tmp_path)
    reasons = re.findall(r"^keytag: (.*)", err, re.M)
    begins = ["tra-loi.yaml:5:1: unknown key 'size'", "date: ", "link: ", "template: ", "units: 'Cũ'", "units: 'Mới'"]
    assert code == 3 and len(reasons) == len(begins), err
    assert all(reason.startswith(begin) for reason, begin in zip(reasons, begins, strict=True)), reasons
    assert not (tmp_path / "contacts.yaml").exists() and not (tmp_path / "danh-ba.xlsx").exists()


def test_a_whole_province_reads_without_a_word() -> None:
    text = beginning.roster_text(beginning.judged({"province": "Gia Lai", "date": "2026-01-31"}, TEMPLATES))
    roster = assemble([Source("contacts.yaml", text)])
    assert roster.findings == () and len(roster.units) == 135


ROSTER = """job: {date: 2020-05-18}   # a
authority: {name: Đak Đoa, duty: 0269.3000.113}
units:
  - kind: xã  # b
    name: Glar
    duty: '0269.3000.212'   # c
    chief: {number: 0900.000.132, name: "Nguyễn Văn Mẫu"}
    deputies:
      - 0900.000.133  # d

      - number: "0900.000.134"
        name: Siu Mẫu # e
    others: [{role: Chủ tịch xã, number: 0900.000.150}]
    # f
  - {name: Trang, kind: xã, deputies: [0900.000.140, 0900.000.141]}
"""


@pytest.mark.parametrize(
    ("unit", "key", "value", "old", "new"),
    [
        ("Glar", "chief", "0900.000.232", "number: 0900.000.132", "number: 0900.000.232"),
        ("xã Glar", "chief.name", "Đỗ, Thử", '"Nguyễn Văn Mẫu"', '"Đỗ, Thử"'),
        ("Glar", "duty", "0269.3000.299", "'0269.3000.212'", "0269.3000.299"),
        ("Glar", "deputy 1", "0900.000.233", "- 0900.000.133  # d", "- 0900.000.233  # d"),
        ("Glar", "deputy 2", "0900.000.234", '"0900.000.134"', '"0900.000.234"'),
        ("Glar", "deputy 2.name", "Siu Thử", "Siu Mẫu # e", "Siu Thử # e"),
        ("Glar", "other 1", "0900.000.250", "0900.000.150", "0900.000.250"),
        ("Trang", "deputy 2", "0900.000.241", "0900.000.141", "0900.000.241"),
        ("Trang", "chief", "0900.000.139", "0900.000.141]", "0900.000.141], chief: 0900.000.139"),
        ("Trang", "deputy 3", "0900.000.142", "0900.000.141]", "0900.000.141, 0900.000.142]"),
        ("Glar", "deputy 3", "0900.000.135", "Siu Mẫu # e\n", "Siu Mẫu # e\n      - 0900.000.135\n"),
        ("authority", "duty", "0269.3000.114", "0269.3000.113", "0269.3000.114"),
        ("Glar", "trực ban", "0269.3000.299", "'0269.3000.212'", "0269.3000.299"),
        ("Glar", "Truong", "0900.000.232", "number: 0900.000.132", "number: 0900.000.232"),
        ("Glar", "pho 1", "0900.000.233", "- 0900.000.133  # d", "- 0900.000.233  # d"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_set_changes_one_span(unit: str, key: str, value: str, old: str, new: str, end: str, tmp_path: Path) -> None:
    assert ROSTER.count(old) == 1
    (tmp_path / "contacts.yaml").write_bytes(ROSTER.replace("\n", end).encode())
    if unit == "xã Glar":
        code, out, err = keytag("set", unit, key, value, cwd=tmp_path)
        assert code == 0, err
    else:
        done = set_value([tmp_path / "contacts.yaml"], unit, key, value)
        write(done.edits)
        assert not done.worse
        out = "".join(f"{line}\n" for line in done.lines)
    expected = ROSTER.replace(old, new).replace("\n", end)
    assert (tmp_path / "contacts.yaml").read_bytes() == expected.encode()
    assert (tmp_path / "contacts.yaml.bak").read_bytes() == ROSTER.replace("\n", end).encode()
    assert out.count("\n+ ") == out.count("\n- ") or out.count("\n+") > 1


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("Glra", "chief", "0900.000.1"), 2, "did you mean Glar"),
        (("Glar", "cheif", "0900.000.1"), 2, "did you mean chief"),
        (("Glar", "deputy", "0900.000.1"), 2, "say which"),
        (("Glar", "deputy 4", "0900.000.1"), 2, "there are 2 deputies only"),
        (("Glar", "chief 2", "0900.000.1"), 2, "there is one chief"),
        (("Glar", "chief", " "), 2, "is blank"),
        (("Trang", "chief", "0900.000.139, 0900.000.149"), 2, "is more than one number"),
        (("Glar", "chief", "0900.000.13"), 1, "nothing was written"),
        (("Glar", "chief", "0900.000.232", "--diff"), 1, "0900.000.132"),
    ],
)
def test_what_set_cannot_do_changes_nothing(words: tuple[str, ...], code: int, message: str, tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER)
    done = keytag("set", *words, cwd=tmp_path)
    assert (done[0], message in done[2]) == (code, True), done
    assert (tmp_path / "contacts.yaml").read_text() == ROSTER and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("unit", [0, 1])
def test_a_value_that_an_alias_shares_is_not_changed_for_two(unit: int) -> None:
    text = "authority: self\nunits:\n- {name: A, chief: &c 0900.000.101}\n- {name: B, chief: *c}\n"
    roster = assemble([Source("c.yaml", text)])
    with pytest.raises(OutputError, match="nothing was written"):
        rewritten(roster, [Wanted(unit, "chief", (("0900.000.102", "", ""),))])


@pytest.mark.parametrize("seed", range(60))
def test_edits_of_random_rosters_say_what_was_wanted_and_nothing_else(seed: int) -> None:
    r = random.Random(seed)
    roster = random_books.roster(r)
    index = r.randrange(len(roster.units))
    before = facts(roster.units[index])
    key = r.choice(["duty", "chief", "deputy 1", "quantity", "address", "slogan"])
    name, fact = changed(before, key, random_books.number(r) if key[0] in "dc" else "12")
    (done,) = rewritten(roster, [Wanted(index, name, fact)]) if before.get(name) != fact else (None,)
    if done is None:
        return
    now = assemble([Source("contacts.yaml", done.text)])
    expected = whole(roster)
    expected[len(roster.authorities) + index][name] = fact
    assert whole(now) == expected


def git(folder: Path, *words: str) -> None:
    who = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t"}
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **who})


def test_diff_says_in_words_what_changes_on_which_tags_and_what_a_reprint_costs(
    repository: Path, tmp_path: Path
) -> None:
    text = (repository / "contacts.yaml").read_text("utf-8")
    (tmp_path / "contacts.yaml").write_text(text)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "contacts.yaml")
    git(tmp_path, "commit", "-qm", "x")
    (tmp_path / "old.yaml").write_text(text)
    code, out, _ = keytag("diff", "old.yaml", cwd=tmp_path)
    assert (code, out) == (0, "no unit differs\nno tag differs: nothing to print again\n")
    address = "Trụ sở Công an xã Trang"
    changed_text = text.replace("chief: 0900.000.132", "chief: 0900.000.232").replace(address, address + " mới")
    (tmp_path / "contacts.yaml").write_text(changed_text)
    for old in ("old.yaml", "HEAD"):
        code, out, err = keytag("diff", old, cwd=tmp_path)
        assert code == 0, err
        assert "xã Glar: the tag changes (1,195 tags): chief's number: 0900.000.132 is now 0900.000.232\n" in out
        assert f"xã Trang: on no tag: address: {address} → {address} mới\n" in out
        assert "a reprint (keytag impose --since job.json): 1 design, 1,231 tags with spoilage, 1 plate set, " in out
    assert keytag("diff", "HEAD~3", cwd=tmp_path)[0] == 3
    code, _, err = keytag("diff", "HEAD", cwd=tmp_path, env={"PATH": str(tmp_path)})
    assert code == 5 and "git is not installed" in err
