"""Samples of checks completed to whole rosters: what a fragment leaves out is put in, in order.

A line that ends in a comment with ✗ is one that must be found.
"""

from __future__ import annotations

from keytag.files.source import Mapping, Scalar, Sequence, Source, parse
from keytag.roster.load import assemble
from keytag.roster.model import Roster

FILE = "contacts.yaml"
MARK = "✗"
_JOB = {"date": "2020-05-18"}
_AUTHORITY = {
    "name": "Đak Đoa",
    "level": "district",
    "province": "Gia Lai",
    "duty": "0269.3000.113",
    "chief": "0900.000.100",
}
_UNITS = (
    {"kind": "xã", "name": "Glar", "duty": "0269.3000.291", "chief": "0900.000.191", "quantity": "1195"},
    {"kind": "xã", "name": "Trang", "duty": "0269.3000.292", "chief": "0900.000.192", "quantity": "840"},
)


def completed(fragment: str) -> str:
    """`fragment` as a whole roster: missing sections at the end, missing keys after the first line of each group."""
    root, _ = parse(Source(FILE, fragment))
    assert isinstance(root, Mapping)
    sections = {key.value: value for key, value in root.entries}
    lines = fragment.splitlines()
    added: dict[int, list[str]] = {}  # after which line
    for name, default in (("job", _JOB), ("authority", _AUTHORITY)):
        if name not in sections:
            lines += [f"{name}:", *_keys(default, "  ")]
        elif isinstance(section := sections[name], Mapping):
            added[section.entries[0][0].span.line] = _keys(_without(default, section), "  ")
    if "units" not in sections:
        first, *rest = _keys(_UNITS[0], "    ")
        lines += ["units:", "  - " + first.strip(), *rest]
    else:
        units = sections["units"]
        assert isinstance(units, Sequence)
        for item, default in zip(units.items, _UNITS, strict=False):
            assert isinstance(item, Mapping)
            added[item.entries[0][1].span.end_line] = _keys(_without(default, item), "    ")
    whole = [part for number, line in enumerate(lines, 1) for part in (line, *added.get(number, ()))]
    return "\n".join(whole) + "\n"


def _without(default: dict[str, str], given: Mapping) -> dict[str, str]:
    known = {key.value for key, _ in given.entries if isinstance(key, Scalar)}
    return {key: value for key, value in default.items() if key not in known}


def _keys(values: dict[str, str], indent: str) -> list[str]:
    return [f"{indent}{key}: {value}" for key, value in values.items()]


def roster(text: str) -> Roster:
    """The roster of one file's text."""
    return assemble([Source(FILE, text)])


def marked(text: str) -> list[int]:
    """The numbers of the lines that must be found."""
    return [number for number, line in enumerate(text.splitlines(), 1) if "#" in line and MARK in line.split("#", 1)[1]]
