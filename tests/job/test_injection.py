"""Ctrl-C and lack of memory at some lines of drawing and publishing leave the old job or the new one, and say which."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent.parent


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="a system without fork")
def test_an_exception_at_any_line_leaves_the_old_job_or_the_new_one() -> None:
    """A share of what `python -m tests.long.every_line` goes through."""
    words = ["--only", "files/publish", "files/workshop", "files/keeping", "tag/glyphs", "--share", "3/9"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.long.every_line", *words], cwd=TOP, capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stdout + done.stderr
    attempts = re.search(r"(\d+) attempts, 0 wrong", done.stdout)
    assert attempts is not None and int(attempts[1]) > 60
    assert "interrupt: exit 130, new" in done.stdout and "memory: exit 4, old" in done.stdout
