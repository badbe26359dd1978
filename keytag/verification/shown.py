"""A verification as text: a table for people, JSON and JUnit for machines. Pure."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from keytag.report.visible import visible
from keytag.verification.model import Failure, Item, Report

_MOST = 20  # failures shown of one kind


def table(report: Report) -> str:
    """One line a comparison, its failures under it."""
    width = max(len(item.title[0]) for item in report.items)
    lines = []
    for item in report.items:
        lines.append(f"{_word(item):7}  {item.title[0]:{width}}  {_count(item)}".rstrip())
        lines += [f"           {visible(f.place)}: {visible(f.message)}" for f in item.failures[:_MOST]]
        if len(item.failures) > _MOST:
            lines.append(f"           and {len(item.failures) - _MOST} more")
        lines += [f"           {visible(note)}" for note in item.notes]
    return "\n".join(lines) + "\n"


def _word(item: Item) -> str:
    return "skipped" if item.skipped else "FAILED" if item.failures else "ok"


def _count(item: Item) -> str:
    if item.skipped:
        return item.skipped
    failed = f", {len(item.failures)} wrong" if item.failures else ""
    return f"{item.compared:,} compared{failed}"


def as_json(report: Report) -> str:
    """All of it, for machines."""
    content = {
        "job": report.job,
        "date": report.date,
        "roster": [{"name": name, "sha256": sha} for name, sha in report.roster],
        "ok": report.failures == 0,
        "items": [
            {
                "key": item.key,
                "title": item.title[0],
                "compared": item.compared,
                "failures": [_failure(failure) for failure in item.failures],
                "skipped": item.skipped,
                "notes": list(item.notes),
            }
            for item in report.items
        ],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _failure(failure: Failure) -> dict[str, object]:
    """A failure; of a difference on a plate also where it is, value by value (lengths in mm, areas in mm²)."""
    told: dict[str, object] = {"place": failure.place, "message": failure.message}
    return told if failure.where is None else {**told, "where": failure.where._asdict()}


def junit(report: Report) -> str:
    """One test case a comparison."""
    suite = ElementTree.Element("testsuite", name="keytag verify", tests=str(len(report.items)))
    suite.set("failures", str(sum(bool(item.failures) for item in report.items)))
    suite.set("skipped", str(sum(bool(item.skipped) for item in report.items)))
    for item in report.items:
        case = ElementTree.SubElement(suite, "testcase", classname="keytag.verification", name=item.key)
        if item.skipped:
            ElementTree.SubElement(case, "skipped", message=item.skipped)
        for failure in item.failures:
            ElementTree.SubElement(case, "failure", message=visible(f"{failure.place}: {failure.message}"))
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"
