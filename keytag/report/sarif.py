"""Findings as SARIF 2.1.0 (OASIS), with every rule's rationale and the edits that mend a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from keytag._version import HOME, __version__
from keytag.base.diagnostics import Diagnostic, Edit, Severity, Span
from keytag.base.errors import UNREADABLE
from keytag.files.source import Source
from keytag.report.plain import dumps

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(findings: Sequence[Diagnostic], files: Sequence[Source]) -> str:
    """One run with the rules that found something; columns count characters (columnKind unicodeCodePoints, 3.14.17)."""
    ids = sorted({finding.id for finding in findings})
    rules = {check_id: index for index, check_id in enumerate(ids)}
    driver = {
        "name": "keytag",
        "informationUri": HOME,
        "semanticVersion": __version__,
        "rules": [_rule(check_id) for check_id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": all(finding.id != UNREADABLE for finding in findings)}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the checkout"}}},
        "artifacts": [{"location": _artifact(name)} for name in _artifacts(findings, files)],
        "results": [_result(finding, rules[finding.id]) for finding in findings],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _artifacts(findings: Sequence[Diagnostic], files: Sequence[Source]) -> list[str]:
    """The files that were read, and those that could not be."""
    return list(dict.fromkeys([*(source.name for source in files), *(f.span.file for f in findings if f.span)]))


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
        "helpUri": f"{HOME}/blob/v{__version__}/docs/checks.md#{check.id}",
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
        location = {"artifactLocation": _artifact(finding.span.file), "region": _region(finding.span)}
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
            "artifactLocation": _artifact(edit.span.file),
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


def _artifact(name: str) -> dict[str, str]:
    """Where a file is: relative to the root of the checkout (3.4.4), where it lies in it."""
    from pathlib import PurePath

    uri = _uri(name)
    return {"uri": uri} if PurePath(name).is_absolute() else {"uri": uri, "uriBaseId": _ROOT}


def _uri(name: str) -> str:
    """A file's name as a relative or absolute URI reference (RFC 3986)."""
    from pathlib import PurePath
    from urllib.parse import quote

    path = PurePath(name)
    if path.is_absolute():
        return path.as_uri()
    # A colon in the first segment would be read as a scheme (RFC 3986, 4.2): quote() writes it as %3A.
    return quote(path.as_posix().encode("utf-8", "surrogateescape"))
