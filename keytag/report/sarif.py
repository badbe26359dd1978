"""Findings as SARIF 2.1.0 (OASIS), with every rule's rationale and the edits that mend a finding."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from keytag._version import __version__
from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.files.source import Source

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(findings: Sequence[Diagnostic], files: Sequence[Source]) -> str:
    """One run with the rules that found something; columns count characters (columnKind unicodeCodePoints, 3.14.17)."""
    ids = sorted({finding.id for finding in findings})
    rules = {check_id: index for index, check_id in enumerate(ids)}
    driver = {
        "name": "keytag",
        "semanticVersion": __version__,
        "rules": [_rule(check_id) for check_id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(source.name)}} for source in files],
        "results": [_result(finding, rules[finding.id]) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(check_id: str) -> dict[str, Any]:
    from keytag.checks import find

    check = find(check_id)
    if check is None:
        return {"id": check_id}
    samples = f"\n\nBad:\n{check.bad}\nGood:\n{check.good}" if check.bad else ""
    return {
        "id": check.id,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.rationale},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "help": {"text": check.rationale + samples},
    }


def _result(finding: Diagnostic, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(finding.message)},
    }
    if finding.span is not None:
        location = {"artifactLocation": {"uri": _uri(finding.span.file)}, "region": _region(finding.span)}
        result["locations"] = [{"physicalLocation": location}]
    if finding.fix:
        result["fixes"] = [{"description": {"text": "Apply the safe edit"}, "artifactChanges": _changes(finding.fix)}]
    return result


def _plain(text: str) -> str:
    """Text in which nothing is a link: viewers follow [words](address) even in plain messages (3.11.6)."""
    return text.replace("](", "] (")


def _changes(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    return [
        {
            "artifactLocation": {"uri": _uri(edit.span.file)},
            "replacements": [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}],
        }
        for edit in edits
    ]


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(name: str) -> str:
    """A file's name as a relative or absolute URI reference (RFC 3986)."""
    from pathlib import PurePath
    from urllib.parse import quote

    path = PurePath(name)
    if path.is_absolute():
        return path.as_uri()
    # A colon in the first segment would be read as a scheme (RFC 3986, 4.2): quote() writes it as %3A.
    return quote(path.as_posix().encode("utf-8", "surrogateescape"))
