"""How SVG shapes are painted: presentation attributes, `style` attributes and the simple rules of `<style>` (CSS 2).

Illustrator writes classes (`.st0{fill:#DA251D}`), Inkscape `style` attributes; both are resolved, with inheritance.
Selectors that look at an element's surroundings are refused in words: what they would paint must not be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from keytag.base.errors import InputError
from keytag.base.excerpt import excerpt
from keytag.base.records import NamedTuple
from keytag.base.words import say

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>[a-zA-Z][\w-]*|\*)?(?P<id>#[\w-]+)?(?P<classes>(?:\.[\w-]+)*)")
_RGB = re.compile(r"rgb\(\s*([\d.]+%?)\s*[, ]\s*([\d.]+%?)\s*[, ]\s*([\d.]+%?)\s*\)")
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
MOST_RULES = 2000
INHERITED = (
    *("fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
    *("stroke-miterlimit", "stroke-dasharray", "stroke-opacity", "color", "visibility", "clip-rule"),
    "paint-order",
)
OWN = (
    *("display", "opacity", "clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end", "transform"),
    *("transform-origin", "mix-blend-mode", "vector-effect"),  # refused where they say anything
)
_KNOWN = frozenset((*INHERITED, *OWN))
_SHAPES = frozenset(("d", "x", "y", "cx", "cy", "r", "rx", "ry"))  # shapes, of which style sheets may decide (SVG 2)


class Rule(NamedTuple):
    """One selector and what it says; `weight` is its specificity."""

    tag: str
    id: str
    classes: frozenset[str]
    weight: tuple[int, int, int]
    says: tuple[tuple[str, str], ...]


class Sheet(NamedTuple):
    """All rules of a file, the ones that win last."""

    rules: tuple[Rule, ...]

    def declared(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What an element says of itself: attributes, then rules by specificity, then its `style`."""
        found = {key: value.strip() for key, value in attributes.items() if key in _KNOWN}
        names, own = frozenset(attributes.get("class", "").split()), attributes.get("id", "")
        for rule in self.rules:
            if rule.tag in ("", "*", tag) and rule.id in ("", own) and rule.classes <= names:
                found.update(rule.says)
        found.update(_declarations(attributes.get("style", "")))
        return found


def sheet_of(texts: Sequence[str]) -> Sheet:
    """The rules of `<style>` elements; an `InputError` for those that cannot be resolved by looking at one element."""
    rules: list[Rule] = []
    for text in texts:
        plain = _COMMENT.sub(" ", text)
        plain = re.sub(r"@font-face\s*\{[^{}]*\}", " ", plain)
        if "@" in plain:
            raise InputError(say("holds a style sheet with @ rules: export it with presentation attributes instead"))
        for selectors, body in _RULE.findall(plain):
            says = tuple(_declarations(body).items())
            rules += [_rule(selector.strip(), says) for selector in selectors.split(",") if says]
        if len(rules) > MOST_RULES:
            raise InputError(say("holds more than {most_rules} style rules: simplify it", most_rules=MOST_RULES))
    return Sheet(tuple(sorted(rules, key=lambda rule: rule.weight)))


def _rule(selector: str, says: tuple[tuple[str, str], ...]) -> Rule:
    match = _SELECTOR.fullmatch(selector)
    if match is None or not selector:
        raise InputError(
            say(
                "holds the style rule '{selector}', which depends on more than one element: export it "
                "with presentation attributes instead",
                selector=excerpt(selector),
            )
        )
    tag, own = match["tag"] or "", (match["id"] or "")[1:]
    classes = frozenset(match["classes"].split(".")) - {""}
    return Rule(tag, own, classes, (bool(own), len(classes), tag not in ("", "*")), says)


def _declarations(text: str) -> dict[str, str]:
    found = {}
    for part in text.split(";"):
        key, _, value = part.partition(":")
        key = key.strip().casefold()
        if key in _SHAPES or "!important" in value:
            raise InputError(say("holds styles that decide on shapes, or say !important: export it as plain SVG"))
        if key in _KNOWN:
            found[key] = value.strip()
    return found


@lru_cache(maxsize=1024)
def colour_of(text: str) -> str:
    """A colour as `#rrggbb` in small letters, `none`, or as it stands where it is none of CSS's colours."""
    word = text.strip().casefold()
    if word in ("none", "transparent"):
        return "none"
    if _HEX.fullmatch(word):
        return word if len(word) == 7 else "#" + "".join(2 * digit for digit in word[1:])
    match = _RGB.fullmatch(word)
    if match is not None:
        parts = (float(p[:-1]) * 2.55 if p.endswith("%") else float(p) for p in match.groups())
        return "#" + "".join(f"{min(255, round(part)):02x}" for part in parts)
    from PIL.ImageColor import colormap

    named = colormap.get(word)
    return str(named).casefold() if isinstance(named, str) else word
