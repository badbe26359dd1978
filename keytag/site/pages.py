"""Pages of HTML: Jinja2 templates with autoescape, each page whole in itself.

The templates are `base.html`, `index.html` and `unit.html` of `data/site`; a person's own of the same names come first.
Styles are allowed by their hashes (Content-Security-Policy), scripts not at all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from keytag.base.errors import InputError
from keytag.base.records import NamedTuple
from keytag.base.words import say
from keytag.site.facts import Page, in_words
from keytag.site.letters import special, subset
from keytag.vietnam.emergency import SERVICES
from keytag.vietnam.languages import NAMES

SHIPPED = Path(__file__).parents[1] / "data" / "site"
PARTS = ("base.html", "index.html", "unit.html", "style.css")
_POLICY = "keytag-content-security-policy"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class Place(NamedTuple):
    """One unit in the index's picker."""

    place: str
    page: Page


class Pages:
    """Makes the pages of one day, with the parts that are a person's own in place of the shipped ones."""

    def __init__(self, on: str, own: Mapping[str, str]) -> None:
        parts = {name: own.get(name) or (SHIPPED / name).read_text("utf-8") for name in PARTS}
        self._style = " ".join(parts.pop("style.css").split("\n")).strip()
        self._environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(parts), autoescape=True, undefined=StrictUndefined, trim_blocks=False
        )
        self._shared = {
            "date": in_words(on),
            "emergency": SERVICES,
            "special": special,
            "language": lambda code: NAMES.get(code, code),
            "csp": _POLICY,
        }

    def unit(self, page: Page) -> bytes:
        """A unit's page."""
        return self._made("unit.html", page)

    def index(self, page: Page, places: Sequence[Place]) -> bytes:
        """The authority's page with its units."""
        return self._made("index.html", page, units=places)

    def _made(self, name: str, page: Page, **more: object) -> bytes:
        try:
            style = self._style + _font(page)
            html = self._environment.get_template(name).render(
                **self._shared,
                **more,
                page=page,
                style=style,
            )
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            raise InputError(
                say("{place}: {error}", place=f"{name}:{line}" if line else name, error=error),
                hint=say("docs/site.md tells what a page knows"),
            ) from error
        return html.replace(_POLICY, policy(html), 1).encode()


def policy(html: str) -> str:
    """What a page may do: its own styles, by their hashes, its own sounds, and nothing else."""
    hashes = (hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(html))
    styles = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in hashes) or "'none'"
    fonts = "; font-src data:" if "data:font/" in html else ""
    own = f"style-src {styles}; img-src data:; media-src 'self'{fonts}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _font(page: Page) -> str:
    """A font of the letters that telephones may lack, where the page has such; else nothing."""
    texts = [tongue.call for tongue in page.tongues if special(tongue.call)]
    texts += [page.title] if special(page.title) else []
    if not texts:
        return ""
    face = subset("".join(sorted(set("".join(texts)))))
    return (
        f"@font-face{{font-family:letters;src:url({face}) format('woff2');font-weight:100 900}}"
        "section[lang],.letters{font-family:letters,system-ui,sans-serif}"
    )
