"""The severities that a project gives checks, where they cannot be: of a check that there is not, or of a firm one."""

from __future__ import annotations

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.files.project import Project


def odd(project: Project) -> list[Diagnostic]:
    """One error for each such severity, at its line of the project's settings."""
    if not project.severities:
        return []
    from keytag import checks
    from keytag.checks.model import FIRM
    from keytag.files.fields import nearest

    known, found = checks.known_ids(), []
    for check, severity in project.severities.items():
        if check not in known:
            guess = nearest(check, known)
            message = say("there is no check '{check}'", check=check) + (
                say(": did you mean '{guess}'?", guess=guess) if guess else ""
            )
        elif check in FIRM and severity is not Severity.ERROR:
            message = say("{check} is an error always: a wrong or unreadable number would be printed", check=check)
        else:
            continue
        found.append(
            Diagnostic(
                "bad-value", Severity.ERROR, project.span_of(check), say("severities: {message}", message=message)
            )
        )
    return found
