"""Findings as JUnit XML, which most CI servers show: an error is a failed case; warnings and notes pass with a word.

A file that cannot be read is a case in error. Every case has a name of its own, since servers keep one of several with
the same. Without findings there is one case that passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.errors import UNREADABLE
from keytag.files.source import Source
from keytag.report.visible import visible


def render(findings: Sequence[Diagnostic], files: Sequence[Source]) -> str:
    """One test suite; a case for each finding, named by its place and check."""
    broken = sum(finding.id == UNREADABLE for finding in findings)
    failures = sum(finding.severity is Severity.ERROR for finding in findings) - broken
    counts = {
        "tests": str(max(1, len(findings))),
        "failures": str(failures),
        "errors": str(broken),
        "skipped": "0",
    }
    suites = ElementTree.Element("testsuites", {"name": "keytag", **counts})
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "keytag check", **counts})
    named: dict[str, int] = {}
    for finding in findings:
        _case(suite, finding, named)
    if not findings:
        names = ", ".join(visible(source.name) for source in files)
        ElementTree.SubElement(suite, "testcase", {"classname": "keytag", "name": f"{names}: no findings", "time": "0"})
    ElementTree.indent(suites)
    text = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(suite: ElementTree.Element, finding: Diagnostic, named: dict[str, int]) -> None:
    place = visible(str(finding.span)) if finding.span else "keytag"
    name = f"{place} [{visible(finding.id)}]"
    named[name] = named.get(name, 0) + 1
    if named[name] > 1:  # no name of a first one ends so: it ends in ]
        name = f"{name} {named[name]}"
    case = ElementTree.SubElement(suite, "testcase", {"classname": "keytag", "name": name, "time": "0"})
    if finding.span is not None:
        case.set("file", visible(finding.span.file))
        case.set("line", str(finding.span.line))
    # XML 1.0 has no way to write most control characters, not even as references: visible() takes them out.
    message = visible(finding.message)
    if finding.severity is Severity.ERROR:
        kind = "error" if finding.id == UNREADABLE else "failure"
        failure = ElementTree.SubElement(case, kind, {"type": visible(finding.id), "message": message})
        failure.text = f"{place}: error: {message}"
    else:
        ElementTree.SubElement(case, "system-out").text = f"{place}: {finding.severity.value}: {message}"
