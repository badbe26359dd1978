"""The program as a person runs it: the tests' own Python, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def keytag(*words: str, cwd: Path, stdin: str = "", env: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `keytag WORDS` in the folder `cwd`."""
    done = subprocess.run(
        [sys.executable, "-m", "keytag", *words],
        cwd=cwd,
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()
