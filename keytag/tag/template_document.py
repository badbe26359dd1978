"""The tables of docs/templates.md, made of the declaration of keys: `python -m keytag.tag.template_document FILE`."""

from __future__ import annotations

import re

from keytag.tag.template_keys import GROUPS

_TABLE = re.compile(r"<!-- keys ([a-z -]+) -->\n.*?<!-- end -->", re.DOTALL)


def table(group: str) -> str:
    """One group's keys and what they are for."""
    rows = [f"| `{key.name}` | {_about(key.about, key.choices)} |" for key in GROUPS[group]]
    return "\n".join(["| key | meaning |", "| --- | --- |", *rows])


def _about(about: str, choices: tuple[str, ...]) -> str:
    words = about.replace("|", "\\|")
    return f"{words}: {', '.join(f'`{choice}`' for choice in choices)}" if choices else words


def filled(page: str) -> str:
    """`page` with the table of each group between its marks."""
    return _TABLE.sub(lambda match: f"<!-- keys {match[1]} -->\n{table(match[1])}\n<!-- end -->", page)


if __name__ == "__main__":
    import sys
    from pathlib import Path

    place = Path(sys.argv[1])
    place.write_text(filled(place.read_text("utf-8")), "utf-8")
