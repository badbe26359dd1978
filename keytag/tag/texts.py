"""Words by language and key for templates to say: `{text.vi.press}`, from `texts/<language>.yaml`.

The file beside the template's own folder comes first, then the shipped one. Words of a language other than Vietnamese
must be signed by two people, and typed in Unicode; what is empty leaves its line out.
"""

from __future__ import annotations

import re
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.words import say
from keytag.files import shipped
from keytag.files.fields import Fields, is_empty
from keytag.files.source import Mapping, Node, Scalar, Sequence, Text, parse, read
from keytag.vietnam.highland import legacy
from keytag.vietnam.languages import VIETNAMESE

_TEXT = re.compile(r"\{text\.([a-z]{2,3})\.([a-z_]+)\}")
_KEYS = ("language", "by", "read_by", "words")


class Texts:
    """The words that a template of `folder` may say; files are read when they are first asked for."""

    def __init__(self, folder: Path, findings: list[Diagnostic]) -> None:
        self._folder, self._findings = folder, findings
        self._known: dict[str, dict[str, Text] | None] = {}

    def filled(self, node: Node) -> Node:
        """`node` with every `{text.…}` as its words; a text in which one is empty becomes an empty one."""
        if isinstance(node, Mapping):
            return node._replace(entries=tuple((key, self.filled(value)) for key, value in node.entries))
        if isinstance(node, Sequence):
            return node._replace(items=tuple(self.filled(item) for item in node.items))
        names = _TEXT.findall(node.value) if "{text." in node.value else []
        if not names:
            return node
        words = [self._word(language, key, node.span) for language, key in names]
        if not all(words):
            return Scalar("", node.span, quoted=True)
        rest = iter(words)
        return Scalar(_TEXT.sub(lambda _: next(rest), node.value), node.span, quoted=True)

    def _word(self, language: str, key: str, span: Span) -> str:
        if language not in self._known:
            self._known[language] = self._read(language)
        words = self._known[language]
        if words is None:
            self._complain(
                "bad-value",
                span,
                say("there are no words in '{language}': texts/{language}.yaml is missing", language=language),
            )
            return ""
        if key not in words:
            what = say(
                "texts/{language}.yaml has no word '{key}': it has {words}",
                language=language,
                key=key,
                words=", ".join(words) or say("none"),
            )
            self._complain("bad-value", span, what)
            return ""
        return words[key].value

    def _read(self, language: str) -> dict[str, Text] | None:
        path = self._folder / "texts" / f"{language}.yaml"
        if not path.is_file():
            path = shipped.folder(shipped.TEXTS) / f"{language}.yaml"
        if not path.is_file():
            return None
        node, odd = parse(read(path))
        self._findings.extend(odd)
        fields = Fields(node, _KEYS, self._findings, say("the texts"))
        words = fields.node("words")
        if not isinstance(words, Mapping):
            raise InputError.of(str(path), say("has no words: write them as keys under words:"))
        found = {
            k.value: Text("" if is_empty(v) else v.value.strip(), v.span)
            for k, v in words.entries
            if isinstance(v, Scalar)
        }
        self._judge(language, fields, found)
        return found

    def _judge(self, language: str, fields: Fields, words: dict[str, Text]) -> None:
        """Words of other languages are signed by two different people, and are typed in Unicode."""
        said = [text for text in words.values() if text.value]
        if language == VIETNAMESE or not said:
            return
        names = [fields.string(key, "").strip().casefold() for key in ("by", "read_by")]
        if not all(names) or names[0] == names[1]:
            what = say("words that nobody answers for: by and read_by must name two different people")
            self._complain(
                "text-unsigned", said[0].span, say("texts, {language}: {what}", language=language, what=what)
            )
        for text in said:
            sign = legacy(text.value)
            if sign:
                what = say("'{sign}' stands for a letter of an old font: type the words anew in Unicode", sign=sign)
                self._complain(
                    "legacy-highland-text", text.span, say("texts, {language}: {what}", language=language, what=what)
                )

    def _complain(self, check: str, span: Span, message: str) -> None:
        self._findings.append(Diagnostic(check, Severity.ERROR, span, message))
