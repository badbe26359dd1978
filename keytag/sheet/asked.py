"""What is asked of a plan: the roster's word first, then the scheme's."""

from __future__ import annotations

from keytag.files.fields import share, whole
from keytag.roster.model import Job
from keytag.sheet.scheme import RunLimits, Scheme


def asked(job: Job, scheme: Scheme) -> RunLimits:
    """The limits of plate sets, overs and runs; None where nobody minds."""
    shop, overs = scheme.limits, share(job.max_overs)
    return RunLimits(
        plates=whole(job.max_plates) or shop.plates,
        overs=shop.overs if overs is None else overs,
        shortest=whole(job.shortest_run) or shop.shortest,
        multiple=whole(job.run_multiple) or shop.multiple,
    )
