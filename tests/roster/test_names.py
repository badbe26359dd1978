"""Which unit a word means: exactly written wins, several are never one."""

from __future__ import annotations

import pytest

from keytag.base.errors import UsageError
from keytag.roster.names import Names
from tests.conftest import roster_of

NAMES = Names(
    roster_of(
        "authority: self\nunits:\n"
        '  - {kind: xã, name: Tân Hóa, code: "99901"}\n'
        '  - {kind: xã, name: Tân Hòa, code: "99902"}\n'
        '  - {kind: xã, name: Ia Băng, code: "99903"}\n'
        '  - {kind: xã, name: Ia Băng, code: "99904"}\n'
        "  - {kind: thị trấn, name: Đak Đoa}\n"
    ).units
)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Tân Hòa", "99902"),
        ("xã Tân Hóa", "99901"),
        ("XÃ TÂN HÒA", "99902"),
        ("Ta\u0302n Ho\u0300a", "99902"),
        ("99904", "99904"),
        ("xa-ia-bang-99904", "99904"),
        ("dak doa", None),
        ("thi-tran-dak-doa", None),
    ],
)
def test_a_word_that_is_clear(word: str, code: str | None) -> None:
    unit = NAMES.one(word)
    assert (unit.code.value if unit.code else None) == code


@pytest.mark.parametrize(
    ("word", "codes"),
    [("Tan Hoa", ("99901", "99902")), ("Ia Băng", ("99903", "99904")), ("xa ia bang", ("99903", "99904"))],
)
def test_several_are_listed_with_their_codes(word: str, codes: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        NAMES.one(word)
    assert all(code in caught.value.message for code in codes)


def test_the_nearest_is_proposed_by_its_name() -> None:
    with pytest.raises(UsageError) as caught:
        NAMES.one("Đak Doaa")
    assert caught.value.hint == "did you mean Đak Đoa?"
