"""The explanations in Vietnamese: each paragraph has its own, with the same code, keys and figures."""

from __future__ import annotations

import re

import pytest

from keytag import checks
from keytag.base.words import Words, term
from keytag.checks.document import explained, listing, texts
from keytag.files.catalogues import words_of
from tests.vietnamese import misspelt

ALIKE = {"✗ 23714", "✗ Kon Tum"}  # names and numbers alone


@pytest.fixture(scope="module")
def vi() -> Words:
    return words_of("vi")


def figures(text: str) -> set[str]:
    """Numbers without their signs, which the languages write differently; of months only English has names."""
    return {re.sub(r"[.,]", "", word) for word in re.findall(r"\d[\d.,]*", text)}


def kept(text: str) -> tuple[list[str], set[str]]:
    """What is no word: code in its order of letters, options, keys, ids of inks, names of hosts and files."""
    names = re.findall(
        r"--[a-z-]+|[a-z]+_[a-z_]+|[\w-]+\.(?:me|com|yaml|yml|md|txt)\b|\b[A-Z]{2,}[\w/:-]*[0-9]\w*", text
    )
    return sorted(re.findall(r"`[^`]*`", text)), set(names)


def test_each_paragraph_is_translated_with_its_code_and_figures(vi: Words) -> None:
    found = dict.fromkeys(texts())
    assert len(found) > 450
    for text in found:
        said = vi.of(term(text))
        assert said != text or text in ALIKE, text
        assert kept(said) == kept(text), text
        assert figures(text) <= figures(said), text
        assert misspelt(said) == [], text
        # Nothing is left out of it: Vietnamese is about as long.
        assert len(said) > 0.6 * len(text) or len(text) < 60, text


def test_a_check_is_told_in_vietnamese_on_lines_that_a_terminal_holds(vi: Words) -> None:
    for check_id in checks.known_ids():
        told = explained(check_id, vi)
        assert told.startswith(f"{check_id} (") and max(map(len, told.splitlines()[2:])) <= 110
    told = explained("number-characters", vi)
    assert "(lỗi, không bao giờ bỏ qua được): chữ cái hay ký tự lạ trong số" in told
    assert "\n    units:\n" in told and "duty: 0269.3000.2O1  # ✗ chữ O\n" in told
    assert re.search(r"^  old-area-code +lỗi +mã vùng từ trước năm 2017$", listing(vi), re.M)
