"""The kit for a Zalo Official Account, made of a `Ready`, checked against the account's limits, published whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from keytag.base.errors import OutputError
from keytag.base.excerpt import some
from keytag.base.words import joined, say
from keytag.files.publish import staging
from keytag.files.tables import csv_text
from keytag.job import manifest
from keytag.job.ready import Ready, admitted
from keytag.job.setup import Setup
from keytag.job.site import Published, judged
from keytag.job.work import Work, publish
from keytag.roster.site import address_of
from keytag.site.facts import authority_page, unit_page
from keytag.site.oa import Kit, faults, kit_of

MANIFEST = "zalo.json"


def publish_kit(ready: Ready, target: Path, on: str | None = None) -> Published:
    """Write the kit, or raise: `FindingsError` where the facts do not hold on the day, `OutputError` beyond a limit."""
    setup = admitted(ready).setup
    date, findings = judged(ready, on, say("the kit"))
    kit = kit_on(setup, date)
    wrong = list(faults(kit))
    if wrong:
        raise OutputError(
            say("the account would not take it: {wrong}; nothing was changed", wrong=joined("; ", some(wrong, 5)))
        )
    with staging(target, MANIFEST) as stage:
        made = publish(tuple(works(kit)), stage)
        content = {**manifest.head(setup, "zalo"), "on": date, "inputs": manifest.inputs(setup, scheme=False)}
        stage.write(MANIFEST, manifest.write(content, made))
    return Published(target, (*(file.name for file in made), MANIFEST), date, findings)


def kit_on(setup: Setup, date: str) -> Kit:
    """The kit of the roster's authority and units on a day."""
    roster = setup.roster
    authorities = [a for a in roster.authorities if not a.own]
    only = authorities[0] if len(authorities) == 1 else None
    units = [(unit, unit_page(roster, unit, date)) for unit in roster.units]
    head = authority_page(roster, only, date)
    if only is None and len(units) == 1:
        head = units[0][1]
    return kit_of(head, units, address_of(roster))


def works(kit: Kit) -> Iterator[Work]:
    """The three files."""
    yield Work("menu.csv", "menu", _table, (("title", "action", "value"), kit.menu))
    yield Work("answers.csv", "answers", _table, (("keyword", "question", "text"), kit.answers))
    yield Work("welcome.txt", "welcome", _text, (kit.welcome,))


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> bytes:
    return csv_text([head, *rows]).encode()


def _text(text: str) -> bytes:
    return (text + "\n").encode()
