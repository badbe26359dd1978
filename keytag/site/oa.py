"""The kit for the administrator of a Zalo Official Account: a menu, answers to keywords, a welcome. Nothing is sent.

Words, limits and their source are data (`data/zalo/kit.json`); the numbers are the tag's own. A menu's
`oa.open.phone` opens the telephone with the number: that is the one tap.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.roster.model import Unit
from keytag.site.facts import Page
from keytag.vietnam.spelling import slug

_KIT = Path(__file__).parents[1] / "data" / "zalo" / "kit.json"
_KEYWORD = re.compile(r"#[A-Za-z0-9]+")
ACTIONS = ("oa.open.url", "oa.open.phone", "oa.open.sms", "oa.query.show")


class Item(NamedTuple):
    """One entry of the menu."""

    title: str
    action: str
    value: str


class Answer(NamedTuple):
    """What is answered to a keyword."""

    keyword: str
    question: str
    text: str


class Kit(NamedTuple):
    """Everything that the administrator types in."""

    menu: tuple[Item, ...]
    answers: tuple[Answer, ...]
    welcome: str


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_KIT.read_text("utf-8"))
    return found


def kit_of(head: Page, units: list[tuple[Unit, Page]], address: str) -> Kit:
    """The kit of an authority (`head`) and its units; what has no number or no address is left out."""
    data = _data()
    words = _keywords([unit for unit, _ in units])
    desk = next((call.shown for call in head.calls if call.role == "duty"), "113")
    site = address or head.oa
    sample = next(iter(words.values()), "")
    values = {"{duty}": desk, "{site}": site, "{authority}": head.title, "{sample}": sample}
    menu = [Item(each["title"], each["action"], each["value"]) for each in data["menu"]]
    services = [Item(each.text, "oa.open.url", each.url) for each in head.services]
    said = [Answer(each["keyword"], each["question"], each["answer"]) for each in data["questions"]]
    own = [Answer(words[unit.key], f"Số của {page.title}?", _numbers(page)) for unit, page in units if page.calls]
    return Kit(
        tuple(item for item in (*(_item(item, values) for item in menu), *services) if item.value),
        tuple(_answer(answer, values) for answer in said if site or "{site}" not in answer.text) + tuple(own),
        _put(data["welcome"], values),
    )


def _keywords(units: list[Unit]) -> dict[str, str]:
    """A keyword for each unit, `#glar`; its key where two would have one, or where a question has it."""
    taken = [each["keyword"] for each in _data()["questions"]]
    names = {unit.key: "#" + slug(unit.name.value if unit.name else unit.key).replace("-", "") for unit in units}
    every = [*taken, *names.values()]
    return {
        key: name if every.count(name) == 1 and len(name) > 1 else "#" + key.replace("-", "")
        for key, name in names.items()
    }


def _numbers(page: Page) -> str:
    return "\n".join([page.title, *(f"{call.who}: {call.shown}" for call in page.calls)])


def _item(item: Item, values: dict[str, str]) -> Item:
    return Item(*(_put(text, values) for text in item))


def _answer(answer: Answer, values: dict[str, str]) -> Answer:
    return Answer(*(_put(text, values) for text in answer))


def _put(text: str, values: dict[str, str]) -> str:
    """`text` with its fields; empty where all of it is one field that is empty."""
    return re.sub(r"\{\w+\}", lambda match: values.get(match[0], match[0]), text)


def faults(kit: Kit) -> Iterator[str]:
    """What the account would not take: each in words."""
    limits = _data()["limits"]
    for item in kit.menu:
        if len(item.title) > limits["title"]:
            title = excerpt(item.title)
            yield say(
                "the menu's title '{title}' has {count} characters (at most {most})",
                title=title,
                count=len(item.title),
                most=limits["title"],
            )
        if item.action not in ACTIONS:
            yield say("the menu has the action {action}, which there is not", action=item.action)
    if limits["menu_items"] is not None and len(kit.menu) > limits["menu_items"]:
        yield say("the menu has {count} items (at most {most})", count=len(kit.menu), most=limits["menu_items"])
    seen: set[str] = set()
    for answer in kit.answers:
        word = answer.keyword
        if not _KEYWORD.fullmatch(word) or len(word) > limits["keyword"]:
            most = limits["keyword"] - 1
            yield say(
                "'{word}' is no keyword: # and at most {most} letters and digits, no accents",
                word=excerpt(word, 50),
                most=most,
            )
        if word.casefold() in seen:
            yield say("the keyword {word} stands twice", word=word)
        seen.add(word.casefold())
        if len(answer.text) > limits["text"]:
            count, most = len(answer.text), limits["text"]
            yield say("the answer to {word} has {count} characters (at most {most})", word=word, count=count, most=most)
    for item in kit.menu:
        if item.action == "oa.query.show" and item.value.casefold() not in seen:
            yield say("the menu shows {value}, to which there is no answer", value=item.value)
    if len(kit.welcome) > limits["text"]:
        count, most = len(kit.welcome), limits["text"]
        yield say("the welcome has {count} characters (at most {most})", count=count, most=most)
