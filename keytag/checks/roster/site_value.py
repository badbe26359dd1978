"""A value of the site cannot be used.

The address begins with https:// and ends in a slash, since the pages' own names follow it. show names duty, chief,
deputies and others. Links of services are judged like those of QR codes, but may lead to any honest host: no shortener,
no look-alike of Zalo or of the state. A sound file lies beside the roster.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.words import joined, say
from keytag.checks.roster.context import Context
from keytag.files.source import clipped
from keytag.roster.keys import SHOWN
from keytag.roster.model import Site
from keytag.vietnam.languages import NAMES
from keytag.vietnam.links import host_of, judge

ID = "site-value"
SEVERITY = Severity.ERROR
TITLE = "a site's value that cannot be used"
BAD = """\
site:
  address: http://congan.example.gov.vn/dd  # ✗
  show: [duty, everybody]  # ✗
  links:
    - text: Nộp hồ sơ
      url: https://bit.ly/hoso  # ✗
      checked: 2020-05-01
  languages:
    bahnar: {call: ""}  # ✗
"""
GOOD = """\
site:
  address: https://congan.example.gov.vn/dd/
  show: [duty, chief]
  links:
    - text: Nộp hồ sơ
      url: https://dichvucong.gov.vn
      checked: 2020-05-01
  languages:
    bdq: {call: ""}
"""


def check(context: Context) -> Iterator[Diagnostic]:
    """One finding for each such value."""
    if context.roster.site is not None:
        for span, what in _faults(context.roster.site):
            yield Diagnostic(ID, SEVERITY, span, what)


def _faults(site: Site) -> Iterator[tuple[Span, str]]:
    if site.address is not None:
        why = _refused(site.address.value)
        if not why and not site.address.value.endswith("/"):
            why = say("it must end in a slash: the names of the pages follow it")
        if why:
            yield site.address.span, say("the site's address: {why}", why=why)
    for word in site.show:
        if word.value.casefold() not in SHOWN:
            yield (
                word.span,
                say("show: '{word}' is not known: use {shown}", word=clipped(word.value), shown=joined(", ", SHOWN)),
            )
    for link in site.links:
        if link.url is not None and (why := _refused(link.url.value)):
            yield link.url.span, say("the link: {why}", why=why)
    for language in site.languages:
        code = language.code
        if code.value not in NAMES:
            yield (
                code.span,
                say(
                    "languages: '{code}' is no language's code: use {names}",
                    code=clipped(code.value),
                    names=joined(", ", NAMES),
                ),
            )
        if language.audio is not None and not _is_sound(language.audio.value):
            yield language.audio.span, say("the sound must be a file beside the roster: .m4a, .mp3 or .ogg")


def _refused(link: str) -> str:
    verdict = judge(link, frozenset((host_of(link),)))
    return verdict.why if verdict else ""


def _is_sound(name: str) -> bool:
    plain = name.replace("\\", "/")
    return (
        plain.lower().endswith((".m4a", ".mp3", ".ogg")) and ".." not in plain and plain[0] != "/" and ":" not in plain
    )
