"""The tables read at start-up say what the vendored YAML and fonts say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.checks.make_tables import MADE, written


@pytest.mark.parametrize(("path", "make"), MADE, ids=[path.name for path, _ in MADE])
def test_a_table_is_current(path: Path, make: Callable[[], Any]) -> None:
    assert path.read_text("utf-8") == written(make()), "run python -m tests.checks.make_tables"
