"""A short fuzz of every reader: no exception but keytag's own, and no input that costs much time or memory.

`python -m tests.fuzz.long` goes on for as long as it is let.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import REPOSITORY
from tests.fuzz.strategies import INPUTS, png
from tests.fuzz.targets import TARGETS

EXAMPLES = {"roster": 50, "template": 40, "scheme": 60, "payload": 25, "emblem-svg": 30, "emblem-png": 25}
MOST_SECONDS = 10  # of processor time, for one small input
MEMORY = 1024 * 2**20  # address space of a command; the libraries' own code is a third of it


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_raises_anything_but_a_clear_error(name: str) -> None:
    @settings(
        deadline=None,
        derandomize=True,
        database=None,
        max_examples=EXAMPLES[name],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=INPUTS[name])
    def attempt(data: bytes) -> None:
        start = time.process_time()
        TARGETS[name](data)
        assert time.process_time() - start < MOST_SECONDS

    attempt()


def limited(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command under a limit of memory."""
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "from keytag.cli import main\nmain()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=folder,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )


BOMBS = {
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(12)),
    "aliased units": "authority: self\nunits:\n- &u {name: Glar}\n" + "- *u\n" * 400_000,
    "brackets": "units: " + "[" * 300_000,
    "braces": "{a: " * 200_000,
    "a number": "units:\n- {name: Glar, quantity: " + "9" * 2_000_000 + "}\n",
    "a name": "authority: self\nunits:\n- {name: " + "ơ̆" * 300_000 + "}\n",
    "names": "authority: self\nunits:\n- {" + ", ".join(f"k{i}: x" for i in range(5_000)) + "}\n",
    "a name that may be": "authority: self\nunits:\n- {name: " + "ơ̆" * 4_900 + ", duty: " + "9" * 9_999 + "}\n",
    "a link": "authority: self\nunits:\n- {name: Glar, link: https://zalo.me/" + "1" * 1_000_000 + "}\n",
    "a spoilage": "job: {spoilage: " + "9" * 100_000 + "%}\nauthority: self\nunits: [{name: Glar, quantity: 5}]\n",
    "a template": "job: {template: /dev/zero}\nauthority: self\nunits: [{name: Glar}]\n",
    "a scheme": "job: {template: ../../../../../../etc/shadow}\nauthority: self\nunits: [{name: Glar}]\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_line_and_an_exit_code(name: str, tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(BOMBS[name], "utf-8")
    done = limited(tmp_path, "check")
    assert done.returncode in (1, 3), done.stderr[-500:]
    assert "Traceback" not in done.stderr and "MemoryError" not in done.stderr
    assert len(done.stderr) < 2_000


@pytest.mark.parametrize("side", [5_001, 60_000, 2**31 - 1])
def test_a_picture_that_unpacks_to_gigapixels_is_refused(side: int, tmp_path: Path) -> None:
    (tmp_path / "e.png").write_bytes(png(side, side, 8, 6, b"\0" * 1_000_000))
    text = (REPOSITORY / "templates/tags/oval-50x20.yaml").read_text("utf-8")
    emblem = "front:\n  - emblem: {file: e.png, x: 40mm, y: 8mm, width: 4mm, height: 4mm}\n"
    (tmp_path / "t.yaml").write_text(text.replace("front:\n", emblem, 1), "utf-8")
    (tmp_path / "contacts.yaml").write_text("job: {template: ./t.yaml}\nauthority: self\nunits: [{name: Glar}]\n")
    done = limited(tmp_path, "check")
    assert done.returncode == 1 and "e.png" in done.stdout, (done.stdout, done.stderr)


def test_the_fuzz_can_fail() -> None:
    """A target that does raise is found."""

    @settings(deadline=None, derandomize=True, database=None, max_examples=300)
    @given(st.binary(max_size=4))
    def attempt(data: bytes) -> None:
        if data[:1] == b"\0":
            raise KeyError(data)

    with pytest.raises(KeyError):
        attempt()
