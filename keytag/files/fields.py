"""A typed view of one YAML mapping: known keys in, values out, and a finding for whatever is not as it should be.

Shared by rosters, templates and schemes. No exception for a bad value: it is reported with its place, the default is
given back, and reading goes on, so that a person sees all that is wrong at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.records import maker
from keytag.base.units import parse_decimal, parse_fraction, parse_length
from keytag.base.words import joined, say
from keytag.files.source import Mapping, Node, Scalar, Sequence, Text, clipped

_EMPTY = ("", "~", "null")
_LONGEST_WORD = 60  # no key is half as long; comparing grows with the square
GUESSES = 200  # findings after which nobody reads proposals, and a hostile file would buy time with them
_ODD_BLANKS = "[\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]"
_GLUED = r"(\w+)\s*(?:：|:(?!//))[\u00a0\u2007\u202f\u3000]*\S"
_text = maker(Text)  # of a scalar's value and place
YES, NO = ("yes", "true", "on", "có"), ("no", "false", "off", "không")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` most likely stands for; empty where none is near."""
    if len(word) > _LONGEST_WORD:
        return ""
    import difflib

    found = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


class Fields:
    """Reads the keys of one mapping; all that is wrong goes to `findings`. Another kind of node reads as empty."""

    def __init__(self, node: Node, known: Iterable[str], findings: list[Diagnostic], what: str) -> None:
        self.findings = findings
        self.what = what
        self.span = node.span
        # One line is enough to point at a whole group: its first key.
        self.head = node.entries[0][0].span if isinstance(node, Mapping) and node.entries else node.span
        self._values: dict[str, Node] = {}
        self._keys: dict[str, Span] = {}
        if not isinstance(node, Mapping):
            if not is_empty(node):
                self.complain(
                    "wrong-type",
                    node.span,
                    say(
                        "{what} must be keys and values, not {kind_of}{glued}",
                        what=what,
                        kind_of=kind_of(node),
                        glued=_glued(node),
                    ),
                )
            return
        known = known if isinstance(known, frozenset) else frozenset(known)
        for key, value in node.entries:
            if key.value not in known:
                self._unknown(key, known)
                continue
            self._keys[key.value] = key.span
            if not is_empty(value):
                self._values[key.value] = value

    def _unknown(self, key: Scalar, known: frozenset[str]) -> None:
        plain = re.sub(_ODD_BLANKS, "", key.value)
        if plain != key.value and plain in known:
            odd = re.search(_ODD_BLANKS, key.value)
            hidden = (
                say("a hidden space (U+{ord:04X}) stands in the key '{plain}'", ord=ord(odd[0]), plain=plain)
                if odd
                else ""
            )
            message = say("{hidden}: delete it and type a blank where one is needed", hidden=hidden)
            self._misspelt(key.span, message, plain)
            return
        guess = ""
        if len(self.findings) < GUESSES:
            from keytag.files.vietnamese_keys import meant

            guess = meant(key.value, known) or nearest(key.value, sorted(known))
        hint = (
            say("did you mean '{guess}'?", guess=guess)
            if guess
            else say("known keys: {known}", known=joined(", ", sorted(known)))
        )
        self._misspelt(
            key.span,
            say("unknown key '{key}' in {what}: {hint}", key=clipped(key.value), what=self.what, hint=hint),
            guess,
        )

    def _misspelt(self, span: Span, message: str, meant: str) -> None:
        found = Diagnostic("unknown-key", Severity.ERROR, span, message)
        self.findings.append(found._replace(meant=(meant, self.span)) if meant else found)

    def complain(self, check: str, span: Span, message: str) -> None:
        """Report an error at `span`."""
        self.findings.append(Diagnostic(check, Severity.ERROR, span, message))

    def bad(self, key: str, message: str) -> None:
        """Report that the value of `key` cannot be."""
        self.complain("bad-value", self.span_of(key), say("{key}: {message}", key=key, message=message))

    def span_of(self, key: str) -> Span:
        """Where the value of `key` stands; the whole mapping where it has none."""
        if key in self._values:
            return self._values[key].span
        return self._keys.get(key, self.span)

    def has(self, key: str) -> bool:
        """Whether `key` stands there with a value."""
        return key in self._values

    def node(self, key: str) -> Node | None:
        return self._values.get(key)

    def text(self, key: str) -> Text | None:
        """The text as typed, and its place; None where there is none."""
        node = self._values.get(key)
        if node is None:
            return None
        if isinstance(node, Scalar):
            return _text(node[:2])
        self.complain("wrong-type", node.span, say("{key} must be text, not {kind_of}", key=key, kind_of=kind_of(node)))
        return None

    def string(self, key: str, default: str) -> str:
        found = self.text(key)
        return default if found is None else found.value

    def require(self, key: str) -> bool:
        """Whether `key` has a value; reported where it has not."""
        if key in self._values:
            return True
        self.complain(
            "missing-key", self._keys.get(key, self.span), say("{what} needs '{key}'", what=self.what, key=key)
        )
        return False

    def mapping(self, key: str, known: Iterable[str]) -> Fields | None:
        """The keys under `key`; None where it is not there."""
        node = self._values.get(key)
        return None if node is None else Fields(node, known, self.findings, key)

    def sequence(self, key: str) -> tuple[Node, ...]:
        """The items under `key`; none where it is not there."""
        node = self._values.get(key)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.complain(
            "wrong-type", node.span, say("{key} must be a list, not {kind_of}", key=key, kind_of=kind_of(node))
        )
        return ()

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of texts; a single text reads as a list of one."""
        node = self._values.get(key)
        if isinstance(node, Scalar):
            return (Text(node.value, node.span),)
        found = []
        for item in self.sequence(key):
            if isinstance(item, Scalar):
                found.append(Text(item.value, item.span))
            else:
                self.complain(
                    "wrong-type",
                    item.span,
                    say("{key} must be a list of texts, not of {kind_of}", key=key, kind_of=kind_of(item)),
                )
        return tuple(found)

    def length(self, key: str, default: float, *, least: float = 0.0, most: float = 10_000.0) -> float:
        """A length in millimetres; the text carries the unit."""
        found = self.text(key)
        if found is None:
            return default
        try:
            value = parse_length(found.value)
        except ValueError:
            self.bad(
                key,
                say(
                    "{found!r} is not a length: write a number and a unit (mm, cm, in, pt, µm)",
                    found=clipped(found.value),
                ),
            )
            return default
        if not least <= value <= most:
            self.bad(
                key,
                say(
                    "{found} is out of range ({least:g} mm to {most:g} mm)",
                    found=clipped(found.value),
                    least=least,
                    most=most,
                ),
            )
            return default
        return value

    def decimal(self, key: str, default: float, *, least: float, most: float) -> float:
        """A plain number between `least` and `most`."""
        found = self.text(key)
        if found is None:
            return default
        value = parse_decimal(found.value)
        if value is None or not least <= value <= most:
            self.bad(
                key,
                say(
                    "{found!r} is not a number from {least:g} to {most:g}",
                    found=clipped(found.value),
                    least=least,
                    most=most,
                ),
            )
            return default
        return value

    def integer(self, key: str, default: int, *, least: int, most: int) -> int:
        """A whole number between `least` and `most`."""
        found = self.text(key)
        if found is None:
            return default
        text = found.value.strip()
        if not (text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 12):
            self.bad(key, say("{found!r} is not a whole number", found=clipped(found.value)))
            return default
        if not least <= int(text) <= most:
            self.bad(key, say("{text} is out of range ({least} to {most})", text=text, least=least, most=most))
            return default
        return int(text)

    def fraction(self, key: str, default: float, *, most: float = 1.0) -> float:
        """`3%` or `0.03` as 0.03."""
        found = self.text(key)
        if found is None:
            return default
        value = parse_fraction(found.value)
        if value is None or not 0 <= value <= most:
            self.bad(
                key,
                say(
                    "{found!r} is not a share from 0% to {most:.0%}, such as 3%", found=clipped(found.value), most=most
                ),
            )
            return default
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str) -> str:
        """One of `allowed`, upper and lower case alike."""
        found = self.text(key)
        if found is None:
            return default
        options = list(allowed)
        if found.value.casefold() in options:
            return found.value.casefold()
        guess = nearest(found.value, options)
        hint = (
            say("did you mean '{guess}'?", guess=guess)
            if guess
            else say("use one of {options}", options=joined(", ", options))
        )
        self.bad(key, say("'{found}' is not known: {hint}", found=clipped(found.value), hint=hint))
        return default

    def flag(self, key: str, default: bool) -> bool:
        """`yes` or `no` (true, false, on, off, có, không)."""
        word = self.choice(key, (*YES, *NO), "yes" if default else "no")
        return word in YES


def is_empty(node: Node) -> bool:
    """Whether a value was left blank (`key:`, `key: ~`)."""
    return isinstance(node, Scalar) and not node.quoted and node.value in _EMPTY


def _glued(node: Node) -> str:
    """What to do where a text looks like a key whose colon has no blank, or none that YAML knows, behind it."""
    match = re.match(_GLUED, node.value) if isinstance(node, Scalar) and not node.quoted else None
    return say(": is a plain colon and a blank missing after '{match}'?", match=match[1]) if match else ""


def kind_of(node: Node) -> str:
    """What a person would call it."""
    if isinstance(node, Mapping):
        return say("keys and values")
    return say("a list") if isinstance(node, Sequence) else say("text")


def whole(text: Text | None) -> int | None:
    """A whole number above zero; None where there is none."""
    value = text.value.strip() if text else ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 and int(value) > 0 else None


def share(text: Text | None) -> float | None:
    """A share such as 3% as a fraction; None where there is none."""
    return None if text is None else parse_fraction(text.value)


def decimal(text: Text | None) -> float | None:
    """A plain number from zero up, such as 50 or 0.5; None where there is none."""
    value = text.value.strip() if text else ""
    whole_part, _, part = value.partition(".")
    digits = whole_part + part
    fits = value.isascii() and whole_part and digits.isdecimal() and len(digits) <= 18
    return float(value) if fits else None


def flag(text: Text | None) -> bool | None:
    """Yes or no, in the words of `YES` and `NO`; None where it is neither."""
    word = text.value.strip().casefold() if text else ""
    return True if word in YES else False if word in NO else None


def day(text: Text | None) -> str | None:
    """A day that exists, written YYYY-MM-DD; None for everything else."""
    value = text.value.strip() if text else ""
    if len(value) != 10 or not value.isascii() or value[4] != "-" or value[7] != "-":
        return None
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None
