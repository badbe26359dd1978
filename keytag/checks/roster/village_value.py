"""A value of a village, or a unit's reserve, cannot be used.

Its kind is one of thôn, làng, buôn, bon, plei, ấp, khu phố, tổ dân phố; it has a name; its households are a whole
number, since each gets a tag; its language is a code of ISO 639-3 (bdq for Ba Na, jra for Gia Rai); its own code is at
most twelve letters and digits, since it stands on labels and is typed into returns. The reserve is a share of the
households or a number of tags.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context, point
from keytag.files.fields import nearest
from keytag.files.source import Text, clipped
from keytag.roster.keys import VILLAGE_KINDS
from keytag.roster.model import Village
from keytag.roster.villages import reserve
from keytag.vietnam.languages import NAMES

ID = "village-value"
SEVERITY = Severity.ERROR
TITLE = "a village's value that cannot be used"
BAD = """\
units:
  - name: Glar
    reserve: some  # ✗
    villages:
      - kind: village  # ✗
        name: Dơk Rơng
        code: g_01  # ✗
        households: about 130  # ✗
        language: bahnar  # ✗
      - kind: làng  # ✗ no name
        households: 90
"""
GOOD = """\
units:
  - name: Glar
    reserve: 5%
    villages:
      - kind: làng
        name: Dơk Rơng
        code: g01
        households: 132
        language: bdq
"""
_LONGEST = 12


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such value."""
    for unit in context.roster.units:
        if unit.reserve is not None and reserve(unit) is None:
            message = say(
                "reserve: '{reserve}' is neither a share such as 5% nor a number of tags",
                reserve=clipped(unit.reserve.value),
            )
            yield Diagnostic(
                ID,
                SEVERITY,
                unit.reserve.span,
                say("{unit}: {message}", unit=unit.title, message=message),
                (),
                unit.key,
            )
        for village in unit.villages:
            for span, what in _faults(village):
                yield Diagnostic(
                    ID,
                    SEVERITY,
                    span,
                    say("{unit}, {village}: {what}", unit=unit.title, village=village.title, what=what),
                    (),
                    unit.key,
                )


def _faults(village: Village) -> Iterator[tuple[Span, str]]:
    if village.name is None or not village.name.value.strip():
        yield point(village.name, village.span), say("the village has no name")
    if village.kind is not None and village.kind.value.casefold() not in VILLAGE_KINDS:
        hint = say("write one of {village_kinds}", village_kinds=joined(", ", VILLAGE_KINDS))
        yield (
            village.kind.span,
            say("'{kind}' is no kind of village: {hint}", kind=clipped(village.kind.value), hint=hint),
        )
    if village.households is None:
        yield point(village.name, village.span), say("it does not say how many households it has (households:)")
    elif not village.tags:
        yield (
            village.households.span,
            say("'{households}' is no number of households", households=clipped(village.households.value)),
        )
    if village.code is not None and not _is_code(village.code.value):
        what = say(
            "'{code}' is no code: write at most {longest} letters and digits",
            code=clipped(village.code.value),
            longest=_LONGEST,
        )
        yield village.code.span, what
    if village.language is not None and village.language.value not in NAMES:
        yield village.language.span, _unknown_language(village.language)


def _is_code(code: str) -> bool:
    return code.isascii() and code.replace("-", "").isalnum() and len(code) <= _LONGEST


def _unknown_language(language: Text) -> str:
    """What to write instead: codes are known, and names of languages are close to some."""
    guess = nearest(language.value, [name.casefold() for name in NAMES.values()])
    code = next((code for code, name in NAMES.items() if name.casefold() == guess), "")
    hint = (
        say("did you mean {code} ({names})?", code=code, names=NAMES[code])
        if code
        else say("write one of {names}", names=joined(", ", NAMES))
    )
    return say("'{language}' is no language's code: {hint}", language=clipped(language.value), hint=hint)
