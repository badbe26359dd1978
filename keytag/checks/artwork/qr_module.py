"""The modules of the QR code are too small for soft plastic.

Ink swells on plastic by some hundredths of a millimetre. From 0.396 mm on a module survives that; under 0.33 mm screen
and pad printing close the gaps. A shorter link needs fewer modules; another place leaves a larger panel.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity
from keytag.base.words import say
from keytag.checks.artwork.subject import Sample, Subject, Symbol

ID = "qr-module"
SEVERITY = Severity.ERROR
TITLE = "QR modules too small"
BAD = Sample(
    roster=(
        "zalo: https://zalo.me/1234567890123456789",
        "zalo: https://congan.gialai.gov.vn/dak-doa/truc-ban?ma=0123456789",
    )
)


def check(tag: Subject) -> Iterator[Diagnostic]:
    """An error under the least module, a warning under the good one."""
    limits = tag.template.limits
    for live in tag.live:
        symbol = live.mark
        if not isinstance(symbol, Symbol) or symbol.module >= limits.module_good - 0.0005:
            continue
        error = symbol.module < limits.module_least - 0.0005
        wanted = limits.module_least if error else limits.module_good
        length = len(symbol.payload.encode())
        message = say(
            "{side}: QR {version} of {length} bytes has modules of {module:.3f} mm",
            side=live.side,
            version=symbol.version,
            length=length,
            module=symbol.module,
        )
        message += say(" (at least {wanted:g} mm)", wanted=wanted)
        if tag.elsewhere is not None:
            name = tag.elsewhere.with_code(tag.template, limits.module_good - 0.0005)
            message += (
                say("; on {name} they are large enough", name=name)
                if name
                else say("; no shipped template has a panel for it")
            )
        yield tag.find(ID, Severity.ERROR if error else Severity.WARNING, symbol.source, message)
