"""Reading the villages of a unit."""

from __future__ import annotations

from keytag.base.words import say
from keytag.files.fields import Fields, is_empty
from keytag.files.source import Mapping
from keytag.roster import keys
from keytag.roster.model import Village
from keytag.roster.people import contact

_VILLAGE = keys.names(keys.VILLAGE)


def villages(unit: Fields) -> tuple[Village, ...]:
    """What stands under `villages:`; what is odd about it is reported."""
    found = []
    for node in unit.sequence("villages"):
        if is_empty(node):
            unit.complain("wrong-type", node.span, say("a village is blank: write its keys, or take the dash away"))
            continue
        fields = Fields(node, _VILLAGE, unit.findings, say("the village"))
        if not isinstance(node, Mapping):
            continue
        village = Village(
            kind=fields.text("kind"),
            name=fields.text("name"),
            code=fields.text("code"),
            households=fields.text("households"),
            language=fields.text("language"),
            officer=contact(fields, "officer"),
            head=contact(fields, "head"),
            span=fields.head,
        )
        found.append(village)
    return tuple(found)
