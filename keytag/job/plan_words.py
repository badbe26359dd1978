"""What the solver says against a plan, in words that can be said in another language: it knows nothing of keytag."""

from __future__ import annotations

import re

from keytag.base.recognise import matched
from keytag.base.system import in_words
from keytag.base.words import Message, joined, say, term
from keytag.solver import PlanError

_SENTENCES = (
    term("There is nothing to plan: no designs were given."),
    term("{count} designs are too many to plan at once; at most {most} can be."),
    term("The design {design} is given twice; each needs one demand."),
    term("The demand of {design} is {demand}; it must be a whole number from 1 up."),
    term("The demand of {design} is {demand}; more than {most} is absurd."),
    term("The {limit} is {value}; it must be a whole number from {least} to {most}."),
    term("The cost of a {thing} is {cost}; it must be nought or more."),
    term("Plate sets and sheets both cost nothing, so every plan is as good as any other."),
    term("The limit on overs is {value}; it must be a fraction from 0 up, 0.1 for 10 %."),
    term("The limit '{name}' names {design}, which is no design of this job."),
    term("The limit 'apart' names {design} twice in one list; it cannot be apart from itself."),
    term("The fixed plan names {design}, which is no design of this job."),
    term("The fixed plan gives {design} {count} stations; it must be a whole number from 0 up."),
    term(
        "The limit of {percent} % overs cannot hold for {design}: {allowed} copies are allowed, but {why}, so that at "
        "least {least} are made."
    ),
    term(
        "{count} designs are to stay together on one plate set ({designs}), but a sheet has only {stations} stations."
    ),
    term("{design} and {other} are to stay together and apart; both cannot hold."),
    term("At most {most} plate sets are allowed, but {count} designs on {stations} stations need at least {needed}."),
    term("At most {most} plate sets are allowed, but {count} designs are to stay apart from each other ({designs})."),
    term("{count} designs do not fit on one plate set of {stations} stations."),
    term("Plate set {number} of the fixed plan runs {run} sheets; it must be 1 or more."),
    term("No plan holds {limits} at once: every one was tried."),
    term("No plan was found that holds {limits} at once; allow more of one of them."),
    term("The fixed plan cannot be printed: {faults} (and {number} more)."),
    term("The fixed plan cannot be printed: {faults}."),
)
_FAULTS = (
    term("plate set {number} does not give every design its number of stations"),
    term("plate set {number} uses {used} stations, the sheet has {stations}"),
    term("plate set {number} runs {run} sheets, the shortest run is {least}"),
    term("plate set {number} runs {run} sheets, runs go in multiples of {multiple}"),
    term("plate set {number} holds {designs}, which must not share one"),
    term("{design} gets {made} of {demand} copies"),
    term("{design} gets {over} % more than its {demand} copies, {percent} % is allowed"),
    term("{designs} do not stand on one plate set together"),
    term("{count} plate sets, at most {most} are allowed"),
)
_INSIDE = {
    "limit": (
        term("number of stations on a sheet"),
        term("shortest run"),
        term("multiple that runs go in"),
        term("greatest number of plate sets"),
    ),
    "thing": (term("plate set"), term("sheet")),
    "why": (term("the shortest run is {least} sheets"), term("runs go in multiples of {multiple} sheets")),
    "limits": (
        term("at most {count} plate sets"),
        term("at most {percent} % overs"),
        term("the designs that must stay apart"),
        term("the designs that must stay together"),
        term("runs of {least} sheets or more"),
        term("runs in multiples of {multiple}"),
        term("the limits"),
    ),
    "faults": _FAULTS,
}
_PARTED = {"limits": re.compile("(, | and )"), "faults": re.compile("(; )")}


def said(error: PlanError) -> Message:
    """The sentence of an error."""
    return _said(error.message, _SENTENCES)


def fault(sentence: str) -> Message:
    """What `violations` has against a plan."""
    return _said(sentence, _FAULTS)


def _said(text: str, patterns: tuple[Message, ...]) -> Message:
    found = matched(text, patterns)
    if found is None:
        return in_words(text)
    pattern, fields = found
    return say(pattern.pattern, **{name: _field(name, value) for name, value in fields.items()}) if fields else pattern


def _field(name: str, value: str) -> str:
    if name not in _INSIDE:
        return value
    if name not in _PARTED:
        return _said(value, _INSIDE[name])
    parts = _PARTED[name].split(value)  # texts, and what stands between them
    signs = [term(sign) if sign == " and " else sign for sign in parts[1::2]]
    texts = [_said(part, _INSIDE[name]) for part in parts[::2]]
    return joined("", [texts[0], *(each for pair in zip(signs, texts[1:], strict=True) for each in pair)])
