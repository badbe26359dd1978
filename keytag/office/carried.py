"""What a workbook has no columns for (villages, serials, the site), carried through it as it stands in the file.

One cell holds it as JSON, which nobody edits; `import` writes the same keys and texts again.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from keytag.base.records import NamedTuple
from keytag.files.fields import is_empty
from keytag.files.scalars import scalar
from keytag.files.source import Mapping, Node, Scalar, Sequence, parse
from keytag.roster import keys
from keytag.roster.facts import MANY, ONE, TEXTS
from keytag.roster.model import Roster

FIELD = "more"
_COLUMNS = frozenset((*TEXTS, *ONE, *MANY, "valid_from", "valid_until", "authority"))
UNIT_KEYS = keys.names(keys.UNIT) - _COLUMNS
ROOT_KEYS = keys.names(keys.ROOT) - {"job", "authority", "units"}


class Carried(NamedTuple):
    """Values by their keys: of each unit in the roster's order, of the job (`job.serials`) and the file (`site`)."""

    units: tuple[dict[str, Any], ...]
    settings: dict[str, Any]


def carried(roster: Roster, trees: Collection[Node] | None = None) -> Carried:
    """What the roster's files say beyond what a workbook has columns for; `trees` are the files, if parsed already."""
    settings: dict[str, Any] = {}
    groups: dict[tuple[str, int, int], Mapping] = {}
    for root in trees if trees is not None else [parse(source)[0] for source in roster.files]:
        for key, node in root.entries if isinstance(root, Mapping) else ():
            if key.value in ROOT_KEYS and not is_empty(node):
                settings.setdefault(key.value, plain(node))
            elif key.value == "job" and isinstance(node, Mapping) and "job" not in settings:
                settings |= {
                    f"job.{name.value}": plain(value)
                    for name, value in node.entries
                    if not isinstance(value, Scalar) and name.value in keys.names(keys.JOB)
                }
            elif key.value == "units" and isinstance(node, Sequence):
                for item in node.items:
                    if isinstance(item, Mapping) and item.entries:
                        at = item.entries[0][0].span
                        groups[(at.file, at.line, at.column)] = item
    units = []
    for unit in roster.units:
        group = groups.get((unit.span.file, unit.span.line, unit.span.column))
        entries = group.entries if group is not None else ()
        units.append({k.value: plain(v) for k, v in entries if k.value in UNIT_KEYS and not is_empty(v)})
    return Carried(tuple(units), settings)


def plain(node: Node) -> Any:
    """A node as JSON holds it: texts stay texts, a blank is null."""
    if isinstance(node, Scalar):
        return None if is_empty(node) else node.value
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items]


def written(value: Any) -> str:
    """The value for a cell."""
    return json.dumps(value, ensure_ascii=False)


def read(text: str) -> Any:
    """The value of a cell; a `ValueError` for what no `written` gave."""
    return json.loads(text)


def flow(value: Any) -> str:
    """The value as YAML on one line."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(str(value), flow=True)
