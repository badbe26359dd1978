"""Approval that binds: fingerprints on every paper, and a changed digit refused by `impose --approved`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from keytag.render.fingerprint import LETTERS, code, code_of
from tests.conftest import roster_of, template_named
from tests.running import keytag

ROSTER = """job: {date: 2025-08-01, edition: 08/2025}
authority: self
units:
  - {kind: xã, name: Ia Băng, duty: 0269.3000.217, chief: 0900.000.146, deputies: [0900.000.147], quantity: 400,
     link: "https://zalo.me/1234567890123456789"}
  - {kind: xã, name: Kon Gang, duty: 0269.3000.206, chief: 0900.000.115, deputies: [0900.000.116], quantity: 300,
     link: "https://zalo.me/1234567890123456780"}
"""


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a roster and the proofs of it."""
    folder = tmp_path_factory.mktemp("job")
    (folder / "contacts.yaml").write_text(ROSTER)
    code, _, err = keytag("render", "-f", "book", cwd=folder)
    assert code == 0, err
    return folder


def test_the_fingerprint_is_of_eight_letters_that_nobody_mistakes() -> None:
    assert len(set(LETTERS)) == 32 and not set("01OI") & set(LETTERS)
    assert code_of("0" * 64) == "2222-2222" and code_of("f" * 64) == "ZZZZ-ZZZZ"
    assert code_of("8000000000" + "0" * 54) == "J222-2222"  # the first bits decide


def test_it_changes_with_each_digit_and_with_nothing_else() -> None:
    from keytag.tag.compose import Composer

    def drawn(text: str) -> list[str]:
        roster = roster_of(text)
        return [
            code(artwork) for artwork in Composer(template_named("oval-50x20")).compose_job(roster.job, roster.units)
        ]

    first, second = drawn(ROSTER)
    assert drawn(ROSTER.replace("quantity: 400", "quantity: 500")) == [first, second]
    changed = drawn(ROSTER.replace("0900.000.147", "0900.000.148"))
    assert changed[0] != first and changed[1] == second


def test_it_stands_on_proofs_ticket_and_lists(job: Path) -> None:
    assert keytag("impose", "--approved", "proofs/proofs.json", cwd=job)[0] == 0
    proofs, made = (json.loads((job / name).read_text()) for name in ("proofs/proofs.json", "out/job.json"))
    codes = {unit["key"]: unit["fingerprint"] for unit in proofs["units"]}
    assert codes == {unit["key"]: unit["fingerprint"] for unit in made["units"]}
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", word) for word in codes.values())
    book, ticket = words(job / "proofs/proof-book.pdf"), words(job / "out/production-ticket.pdf")
    assert all(book.count(word) == 3 and word in ticket for word in codes.values())  # cover, page, overview


def test_it_stands_in_the_slug() -> None:
    from keytag.sheet.marks.slug import SlugFacts, texts

    sheet = type("Sheet", (), {"number": 1, "of": 1, "run": 10, "slots": tuple((f"u{i}", 1) for i in range(6))})()
    from keytag.files import shipped
    from keytag.files.source import read
    from keytag.sheet.imposition import lay_out
    from keytag.sheet.scheme_file import scheme_of

    scheme, _ = scheme_of(read(shipped.locate(shipped.SCHEMES, "sra3-sheetwise", Path())))
    sheet.layout = lay_out(scheme, 50, 20, 3)
    codes = tuple((f"u{i}", f"AAAA-222{i + 2}") for i in range(6))
    full, *_ = texts(sheet, "front", SlugFacts(codes=codes), (), {})
    assert list(full[-1]) == [word for _, word in codes]  # of many designs by themselves
    sheet.slots = sheet.slots[:2]
    full, *_ = texts(sheet, "front", SlugFacts(codes=codes), (), {"u0": "xã Glar"})
    assert "xã Glar AAAA-2222 × 1" in full[1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0900.000.146", "0900.000.149", "xã Ia Băng: chief's number: 0900.000.146 is now 0900.000.149"),
        ("deputies: [0900.000.147]", "deputies: [0900.000.148]", "deputy 1: 0900.000.147 is now 0900.000.148"),
        ("name: Kon Gang", "name: Ia Hrung", "xã Ia Hrung: was never in these proofs"),
    ],
)
def test_what_changed_after_approval_is_refused(old: str, new: str, message: str, job: Path, tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(ROSTER.replace(old, new))
    done = keytag("impose", "--approved", str(job / "proofs/proofs.json"), cwd=tmp_path)
    assert done[0] == 1 and message in done[2] and "nothing was made" in done[2], done
    assert not (tmp_path / "out").exists()


def test_proofs_that_somebody_edited_approve_nothing(job: Path, tmp_path: Path) -> None:
    text = (job / "proofs/proofs.json").read_text()
    (tmp_path / "p.json").write_text(text.replace("0900.000.146", "0900.000.149"))
    (tmp_path / "contacts.yaml").write_text(ROSTER)
    code, _, err = keytag("impose", "--approved", "p.json", cwd=tmp_path)
    assert code == 3 and "is not as keytag wrote it" in err
    (tmp_path / "q.json").write_text("{}")
    assert keytag("impose", "--approved", "q.json", cwd=tmp_path)[0] == 3


def test_proofs_of_one_unit_approve_it_and_keep_what_stood_there(job: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(job / "proofs", tmp_path / "proofs")
    (tmp_path / "contacts.yaml").write_text(ROSTER.replace("0900.000.146", "0900.000.149"))
    assert keytag("render", "-f", "svg", "--unit", "Kon Gang", cwd=tmp_path)[0] == 0
    assert keytag("impose", "--approved", "proofs/proofs.json", cwd=tmp_path)[0] == 1
    assert keytag("render", "-f", "svg", "--unit", "Ia Băng", cwd=tmp_path)[0] == 0
    assert keytag("impose", "--approved", "proofs/proofs.json", cwd=tmp_path)[0] == 0
