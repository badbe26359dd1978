"""Reading the site: the pages that a tag leads to."""

from __future__ import annotations

from collections.abc import Sequence

from keytag.base.words import say
from keytag.files.fields import Fields, kind_of
from keytag.files.source import Mapping, Text
from keytag.roster import keys
from keytag.roster.model import Language, Notice, Site, SiteLink

_SITE, _LINK, _NOTICE = keys.names(keys.SITE), keys.names(keys.SITE_LINK), keys.names(keys.NOTICE)
_LANGUAGE = keys.names(keys.LANGUAGE)


def site_of(parts: Sequence[Fields]) -> Site | None:
    """The site section of the roster's files; only the first counts."""
    found = [(root, fields) for root in parts if (fields := root.mapping("site", _SITE)) is not None]
    for root, _ in found[1:]:
        first = found[0][0].span_of("site").file
        root.complain(
            "second-site",
            root.span_of("site"),
            say("{first} has a site section already; only that one counts", first=first),
        )
    return _site(found[0][1]) if found else None


def _site(fields: Fields) -> Site:
    return Site(
        address=fields.text("address"),
        date=fields.text("date"),
        show=fields.texts("show"),
        links=tuple(_link(each) for each in _groups(fields, "links", _LINK, say("the link"))),
        notices=tuple(_notice(each) for each in _groups(fields, "notices", _NOTICE, say("the notice"))),
        languages=_languages(fields),
        templates=fields.text("templates"),
        span=fields.span,
    )


def _groups(fields: Fields, key: str, known: frozenset[str], what: str) -> list[Fields]:
    return [Fields(node, known, fields.findings, what) for node in fields.sequence(key)]


def _link(link: Fields) -> SiteLink:
    for key in ("text", "url"):
        link.require(key)
    until = link.text("valid_until")
    return SiteLink(link.text("text"), link.text("url"), link.text("checked"), until, link.head)


def _notice(notice: Fields) -> Notice:
    for key in ("date", "text"):
        notice.require(key)
    return Notice(notice.text("date"), notice.text("until"), notice.text("text"), notice.head)


def _languages(fields: Fields) -> tuple[Language, ...]:
    node = fields.node("languages")
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        message = say("languages must be codes of languages and their words, not {kind_of}", kind_of=kind_of(node))
        fields.complain("wrong-type", node.span, message)
        return ()
    found = []
    for key, value in node.entries:
        words = Fields(value, _LANGUAGE, fields.findings, say("the language"))
        texts = (words.text(name) for name in ("call", "by", "read_by", "audio"))
        found.append(Language(Text(key.value, key.span), *texts))
    return tuple(found)
