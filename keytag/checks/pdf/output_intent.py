"""The file does not say for which printing condition it was made, or carries the wrong profile for it.

CMYK numbers mean nothing without their condition: one GTS_PDFX output intent, FOGRA39, with its profile embedded.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.pdf.finding import error
from keytag.checks.pdf.reading import Press

ID = "pdf-output-intent"
SEVERITY = Severity.ERROR
TITLE = "output intent missing or wrong"
PROFILE = "b35713ef7eff09349d4c3249e5f377736d06d8a2671c54712971a3546bf17c57"  # SHA-256 of FOGRA39L_coated.icc


def check(press: Press) -> Iterator[Diagnostic]:
    """Exactly one intent, its identifier and registry, and a CMYK output profile inside."""
    intents = [i for i in press.pdf.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield error(ID, say("there are {intents} GTS_PDFX output intents; one is needed", intents=len(intents)))
        return
    intent = intents[0]
    if str(intent.get("/OutputConditionIdentifier", "")) != "FOGRA39":
        yield error(ID, say("the output condition is not FOGRA39"))
    if str(intent.get("/RegistryName", "")) != "http://www.color.org":
        yield error(ID, say("the registry is not http://www.color.org"))
    if not str(intent.get("/Info", "")):
        yield error(ID, say("the output intent has no Info text"))
    profile = intent.get("/DestOutputProfile")
    if profile is None:
        yield error(ID, say("the output profile is not embedded"))
        return
    icc = profile.read_bytes()
    sound = len(icc) > 132 and icc[36:40] == b"acsp" and struct.unpack(">I", icc[:4])[0] == len(icc)
    if sound and hashlib.sha256(icc).hexdigest() != PROFILE:
        yield error(ID, say("the embedded profile is not that of FOGRA39 (coated), byte for byte"))
    if not sound or icc[12:16] != b"prtr" or icc[16:20] != b"CMYK" or int(profile.get("/N", 0)) != 4:
        yield error(ID, say("the embedded profile is not a sound CMYK output profile"))
