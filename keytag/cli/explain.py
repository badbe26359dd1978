"""`keytag explain`: what each check is for, with a bad and a good sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from keytag.checks.model import Check


def explain(
    check: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="[ID]", help="The check's id, as it stands at the end of a finding."),
    ] = None,
) -> None:
    """Tell what a check looks for, why, and how it looks when it is right; without an ID, list all checks."""
    from keytag import checks

    if check is None:
        for group in checks.groups():
            typer.echo(f"{group.title}:")
            for known in group.checks:
                typer.echo(f"  {known.id:<20} {known.severity.value:<8} {known.title}")
        return
    found = checks.find(check)
    if found is None:
        from keytag.errors import UsageError
        from keytag.fields import nearest

        guess = nearest(check, checks.known_ids())
        hint = f"did you mean {guess}?" if guess else "keytag explain lists all"
        raise UsageError(f"there is no check {check!r}", hint=hint)
    typer.echo(_page(found), nl=False)


def _page(check: Check) -> str:
    parts = [f"{check.id} ({check.severity.value}): {check.title}", check.rationale]
    for title, sample in (("Found here (✗):", check.bad), ("Not here:", check.good)):
        if sample:
            parts.append(f"{title}\n\n" + "".join(f"    {line}\n" for line in sample.splitlines()).rstrip("\n"))
    return "\n\n".join(parts) + "\n"
