"""The functions of `import keytag`, each one call of the workflow; docs/library.md shows them at work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from keytag.base.progress import Progress, unseen
from keytag.base.standard import Standard
from keytag.job import lint
from keytag.job.order import layout_of, order_of
from keytag.job.planning import designs_of, limits_of, plan_of
from keytag.job.ready import Ready
from keytag.job.setup import Place, Setup, Values, open_setup
from keytag.job.sheets import Result, impose_job
from keytag.solver import Plan
from keytag.tag.artwork import Artwork
from keytag.verification.model import Report


def open(what: Place | Values | Sequence[Place] = ()) -> Setup:
    """The setup of a roster given as file, folder, several of them, text with line breaks, or mapping of its keys.

    With nothing, contacts.yaml in this folder. `InputError` where something cannot be read at all.
    """
    return open_setup(what)


def compose(setup: Setup) -> tuple[Artwork, ...]:
    """Every unit's tag, finished, in the roster's order; of any roster, since proofs show what has findings too."""
    return lint.compose(setup)


def plan(ready: Ready, *, iterations: int = 0) -> Plan:
    """The gang-run plan of all that is on order; with `iterations`, a longer search for a better one.

    `UsageError` where nothing is on order or limits cannot hold, `InputError` where the tag does not fit the sheet.
    """
    order, layout = order_of(ready), layout_of(ready.setup)
    if not iterations:
        return plan_of(order, layout)
    from keytag.solver.optimise import optimise

    return optimise(designs_of(order, layout), limits_of(ready.setup, layout), iterations)


def impose(
    ready: Ready, folder: str | os.PathLike[str], standard: Standard = Standard.X4, progress: Progress = unseen
) -> Result:
    """The whole folder for the factory, or nothing: `OutputError` where a file fails its own preflight."""
    return impose_job(order_of(ready), Path(folder), standard, progress)


def verify(folder: str | os.PathLike[str], setup: Setup, progress: Progress = unseen) -> Report:
    """A finished job folder read back and held against the setup; `InputError` where it is no job folder."""
    from keytag.job.verification import verify_folder

    return verify_folder(Path(folder), setup, progress=progress).report
