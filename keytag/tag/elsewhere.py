"""Which shipped template holds a unit that this one does not: what a finding about room can offer.

Composing for another template costs milliseconds, so it is done only when there is a finding to complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache
from pathlib import Path

from keytag.base.drawing import Symbol
from keytag.base.records import NamedTuple
from keytag.base.words import say, say_n
from keytag.files import shipped
from keytag.files.source import Text, read
from keytag.roster.model import Job, Unit
from keytag.tag.artwork import Artwork
from keytag.tag.compose import Composer
from keytag.tag.template import Template
from keytag.tag.template_file import read_template

# By size; variants of the oval in other materials hold what the oval holds.
ORDER = ("oval-50x20", "super-oval-50x20", "stadium-50x20", "key-60x25", "disc-40", "card-id1", "door-105x148")


_MOST_WORDS = 30  # that are tried; each costs a composition


class Elsewhere(NamedTuple):
    """One unit of a job, to be set in other templates."""

    job: Job
    unit: Unit

    def holding(self, template: Template, fields: Set[str]) -> str:
        """The smallest shipped template that holds what it prints of the unit, with `fields`; empty where none does."""
        return next((name for name in ORDER if name != template.name and _holds(self.artwork(name), fields)), "")

    def shortened(self, template: Template) -> str:
        """What of the unit would have to go so that this template holds the rest; empty where that is not one thing.

        A shorter prefix of serials is tried, fewer deputies, then shorter slogans and names, each word by word.
        """
        composer = Composer(template, draft=True)
        unit, serials = self.unit, self.job.serials
        prefix = serials.prefix if serials else None
        for length in range(len(prefix.value) - 1 if prefix else 0, 0, -1):
            if serials and prefix:
                less = prefix._replace(value=prefix.value[:length])
                job = self.job._replace(serials=serials._replace(prefix=less))
                if _holds(composer.compose(job, unit)):
                    return say_n("a prefix of {count} letter fits", "a prefix of {count} letters fits", length)

        def fits(changed: Unit) -> bool:
            return _holds(composer.compose(self.job, changed))

        for count in range(len(unit.deputies) - 1, -1, -1):
            if fits(unit._replace(deputies=unit.deputies[:count])):
                return say(
                    "with {count} {what} it fits",
                    count=count or say("no"),
                    what=say("deputy") if count == 1 else say("deputies"),
                )
        slogan = unit.slogan or (unit.authority.slogan if unit.authority else None) or self.job.slogan
        for words in _shorter(slogan):
            if fits(unit._replace(slogan=words)):
                return say("longest that fits: '{words}'", words=words.value)
        for words in _shorter(unit.name):
            if fits(unit._replace(name=words)):
                return say("longest that fits: '{words}'", words=words.value)
        return ""

    def with_code(self, template: Template, module: float) -> str:
        """The smallest shipped template on which the unit's code has modules of at least `module` millimetres."""
        for name in ORDER:
            marks = self.artwork(name).front.form.groups[0].marks
            if name != template.name and any(isinstance(m, Symbol) and m.module >= module for m in marks):
                return name
        return ""

    def artwork(self, name: str) -> Artwork:
        """A draft of the unit's tag in a shipped template, alone."""
        return Composer(_template(name), draft=True).compose(self.job, self.unit)


@lru_cache(maxsize=len(ORDER))
def _template(name: str) -> Template:
    template, _ = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
    return template


def _shorter(text: Text | None) -> Iterator[Text]:
    """A text without its last word, its last two, and so on."""
    words = text.value.split() if text else []
    for length in range(min(len(words), _MOST_WORDS) - 1, 0, -1):
        if text:
            yield text._replace(value=" ".join(words[:length]))


def _holds(artwork: Artwork, fields: Set[str] = frozenset()) -> bool:
    """Whether all lines of a tag fit, and those of `fields` are among them."""
    fits = [fit for face in artwork.faces for fit in face.fits]
    return all(fit.fits for fit in fits) and fields <= {fit.field for fit in fits}
