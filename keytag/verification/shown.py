"""A verification as text: a table for people, JSON and JUnit for machines. Pure."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from keytag.base.words import ENGLISH, Words, say
from keytag.report.visible import visible
from keytag.verification.model import Failure, Item, Report

_MOST = 20  # failures shown of one kind


def table(report: Report, words: Words = ENGLISH) -> str:
    """One line a comparison, its failures under it."""
    titles = [item.title[words.language == "vi"] for item in report.items]
    width = max(map(len, titles))
    column = max(len(words.of(word)) for word in (_SKIPPED, _FAILED, _OK))
    lines = []
    for item, title in zip(report.items, titles, strict=True):
        lines.append(f"{words.of(_word(item)):{column}}  {title:{width}}  {words.of(_count(item))}".rstrip())
        for failure in item.failures[:_MOST]:
            lines.append(f"           {visible(words.of(failure.place))}: {visible(words.of(failure.message))}")
        if len(item.failures) > _MOST:
            lines.append(words.of(say("           and {failures} more", failures=len(item.failures) - _MOST)))
        lines += [f"           {visible(words.of(note))}" for note in item.notes]
    return "\n".join(lines) + "\n"


_SKIPPED, _FAILED, _OK = say("skipped"), say("FAILED"), say("ok")


def _word(item: Item) -> str:
    return _SKIPPED if item.skipped else _FAILED if item.failures else _OK


def _count(item: Item) -> str:
    if item.skipped:
        return item.skipped
    failed = say(", {failures} wrong", failures=len(item.failures)) if item.failures else ""
    return say("{compared:,} compared{failed}", compared=item.compared, failed=failed)


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
