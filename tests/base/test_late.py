"""Dear expressions of libraries are compiled when they are used, and are then what they would have been."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from keytag.base.late import Later, patterns_late

DEAR = ["[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", r"[^\x20-\U0010FFFF]", "a" + "b?" * 120]


@pytest.mark.parametrize("pattern", DEAR, ids=["characters", "escapes", "long"])
def test_a_dear_expression_is_what_it_would_have_been(pattern: str) -> None:
    with patterns_late():
        late = re.compile(pattern)
    assert isinstance(late, Later)
    for text in ("abbb", "x\x00y", "", "é\ufffe"):
        found, wanted = late.search(text), re.compile(pattern).search(text)
        assert (found and found.span()) == (wanted and wanted.span())
    assert late.pattern == pattern and late.sub("-", "\x00a") == re.sub(pattern, "-", "\x00a")


def test_all_else_is_compiled_at_once_and_afterwards_everything() -> None:
    with pytest.raises(LookupError), patterns_late():
        assert isinstance(re.compile("a+", re.IGNORECASE), re.Pattern)
        assert isinstance(re.compile(b"[^ -\xff]" * 40), re.Pattern)
        raise LookupError
    assert isinstance(re.compile(DEAR[0]), re.Pattern)


def test_libraries_that_are_imported_so_find_what_they_look_for() -> None:
    """What YAML and XML may not hold is still refused by who asks: yaml's own reader, pikepdf's metadata."""
    script = """
import re
from keytag.files.source import Source, parse
parse(Source("a.yaml", "a: b"))
from keytag.base.late import Later, patterns_late
with patterns_late():
    import pikepdf
import yaml
from pikepdf.models.metadata import _constants
assert isinstance(yaml.reader.Reader.NON_PRINTABLE, Later)
assert _constants.clean("a\\x00b") == "ab", _constants.clean("a\\x00b")
try:
    yaml.load("a: \\x07", Loader=yaml.SafeLoader)
except yaml.reader.ReaderError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout == "refused\n", done.stderr
