"""docs/preflight.md documents exactly the PDF checks, in their own words; docs/verification.md every item."""

from __future__ import annotations

import re
from pathlib import Path

from keytag.checks.model import describe
from keytag.checks.pdf import PDF_CHECKS
from keytag.verification.model import TITLES
from keytag.verification.run import REQUIRABLE

DOCS = Path(__file__).parents[3] / "docs"


def test_preflight_documents_every_check_and_no_other() -> None:
    text = (DOCS / "preflight.md").read_text(encoding="utf-8")
    _, *sections = re.split(r"^## (?=\S)", text, flags=re.MULTILINE)
    documented = {head: body.strip() for head, body in (section.split("\n", 1) for section in sections)}
    assert documented == {check.id: check.rationale for check in map(describe, PDF_CHECKS)}


def test_verification_documents_every_item_and_every_requirement() -> None:
    text = (DOCS / "verification.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]*\(`([a-z-]+)`\) \|", text, flags=re.MULTILINE)
    assert rows == list(TITLES)
    assert set(re.findall(r"--require (\w+)", text)) == REQUIRABLE.keys()
