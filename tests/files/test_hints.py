"""What editors show of a key, in Vietnamese: every hint has its own, and nothing else of a schema is another."""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import Any

import pytest

from keytag.base.words import term
from keytag.files.catalogues import words_of
from keytag.files.schema import hints
from keytag.roster import schema as roster
from keytag.sheet import schema as scheme
from keytag.tag import schema as template
from tests.vietnamese import misspelt

VI = words_of("vi")


def bare(part: Any) -> Any:
    """A schema without what it says to people."""
    if isinstance(part, dict):
        return {k: bare(v) for k, v in part.items() if not (k in ("description", "title") and isinstance(v, str))}
    return [bare(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize("module", [roster, template, scheme], ids=["roster", "template", "scheme"])
def test_each_hint_has_its_vietnamese_and_the_schema_is_the_same(module: ModuleType) -> None:
    texts = set(hints(module.schema()))
    assert len(texts) > 50
    for text in texts:
        said = VI.of(term(text))
        assert said != text or re.fullmatch(r"[\d.]+(pt|mm)", text), text
        assert misspelt(said) == [], text
        kept = re.compile(r"\{[\w.]+\}|https?://\S+|docs/\S+|\b[\w-]+\.json|\d+x\d+")
        assert kept.findall(said) == kept.findall(text), text
    english, vietnamese = json.loads(module.render()), json.loads(module.render(VI))
    assert bare(english) == bare(vietnamese) and english != vietnamese
    assert set(hints(vietnamese)) == {VI.of(term(text)) for text in texts}
