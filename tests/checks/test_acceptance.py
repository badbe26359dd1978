"""A short run of tests/long/contacts.py: what is wrong is found, what is right is left alone."""

from __future__ import annotations

import pytest

from tests.long.contacts import WRONG, main


def test_wrong_contacts_are_found_and_right_rosters_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(WRONG) > 90
    assert main(seed=2025, right=80, each=1) == 0, capsys.readouterr().out
