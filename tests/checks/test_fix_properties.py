"""--fix over arbitrary rosters: it ends, keeps every comment, and changes no digit but of old mobiles and +84."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from keytag import checks
from keytag.base.diagnostics import Diagnostic
from keytag.base.errors import InputError
from keytag.files import fixes
from keytag.files.source import Source, read
from keytag.roster.load import assemble

_NUMBERS = st.one_of(
    st.sampled_from(
        ["0269.3000.201", "0900000101", "(0269) 3000 202", "0168.000.0101", "059.3000.113", "+84 900 000 103", "113"]
    ),
    st.builds(
        lambda prefix, rest, gap: f"{prefix}{gap}{rest[:3]}{gap}{rest[3:]}",
        st.sampled_from(["0900", "0269", "0168", "0593", "069", "024"]),
        st.text("0123456789", min_size=5, max_size=7),
        st.sampled_from(["", " ", ".", "-", "  ", "\u00a0"]),
    ),
)
_QUOTES = st.sampled_from(["{}", "'{}'", '"{}"'])
_WORDS = st.text(st.sampled_from("Đaêơ\u0302\u0301 K'x"), min_size=1, max_size=8)


@st.composite
def rosters(draw: st.DrawFn) -> str:
    """The text of a roster with a comment on every line."""
    lines = ["job: {date: 2020-05-18}", "authority: self", "units:"]
    for number in range(draw(st.integers(1, 3))):
        name = draw(_WORDS).replace("'", "''")
        lines += [f"- name: 'U{number} {name}'"]
        lines += [f"  {key}: {draw(_QUOTES).format(draw(_NUMBERS))}" for key in ("duty", "chief")]
        listed = ", ".join(draw(_QUOTES).format(draw(_NUMBERS)) for _ in range(draw(st.integers(1, 3))))
        lines += [f"  deputies: [{listed}]"]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return "".join(f"{line}{draw(st.sampled_from([' ', '   ']))}# ghi chú {n}{end}" for n, line in enumerate(lines))


def _digits(text: str) -> str:
    """All digits, +84 read as the 0 that it stands for."""
    return re.sub("[^0-9]", "", text.replace("+84 ", "0"))


def _findings(source: Source) -> list[Diagnostic]:
    return checks.run_contact_checks(assemble([source]))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(rosters())
def test_fix_ends_and_keeps_what_it_must(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.yaml"
        path.write_bytes(text.encode())
        try:
            before = _findings(read(path))
        except InputError:
            return
        (mended,) = fixes.mend(before, [read(path)]) or [fixes.Mended("", (), ())]
        after = path.read_bytes().decode()
        remaining = _findings(read(path))
    assert mended.left == ()
    assert not any(finding.fix for finding in remaining)
    fixed = {id(finding) for finding in before if finding.fix}
    # What is mended is gone; a number that reads as one now may be seen to be another's, and nothing else appears.
    gone = {finding.id for finding in before if finding.fix} - {finding.id for finding in before if not finding.fix}
    assert not gone & {finding.id for finding in remaining}
    assert re.findall("# ghi chú .*", after) == re.findall("# ghi chú .*", text)
    assert after.count("\r\n") == text.count("\r\n")
    if not any(finding.id == "old-mobile" for finding in before):
        assert _digits(after) == _digits(text)
    assert (after == text) == (not fixed)
