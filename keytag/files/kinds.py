"""Which of keytag's three files of YAML this is: by the keys that only one of them has.

A roster that is given for a template would be told key by key what a template is; it is one sentence.
"""

from keytag.base.errors import WrongFileError
from keytag.base.words import say
from keytag.files.source import Mapping, Node

ROSTER, TEMPLATE, SCHEME = "roster", "template", "scheme"
_OWN = {  # keys that no other kind has
    ROSTER: frozenset({"job", "authority", "units", "site"}),
    TEMPLATE: frozenset({"trim", "inks", "front", "back", "base", "substrate"}),
    SCHEME: frozenset({"sheet", "stations", "gripper", "margins", "border"}),
}


def expect(node: Node, file: str, wanted: str) -> None:
    """`WrongFileError` where the keys are those of another kind, and none is the wanted one's."""
    keys = {key.value for key, _ in node.entries} if isinstance(node, Mapping) else set()
    if keys & _OWN[wanted]:
        return
    for kind, own in _OWN.items():
        if keys & own:
            raise _other(node, file, kind, wanted)


def _other(node: Node, file: str, kind: str, wanted: str) -> WrongFileError:
    said = {
        (ROSTER, TEMPLATE): say("this is a roster, not a template"),
        (ROSTER, SCHEME): say("this is a roster, not a scheme"),
        (TEMPLATE, ROSTER): say("this is a template, not a roster"),
        (TEMPLATE, SCHEME): say("this is a template, not a scheme"),
        (SCHEME, ROSTER): say("this is a scheme, not a roster"),
        (SCHEME, TEMPLATE): say("this is a scheme, not a template"),
    }
    hints = {
        ROSTER: say("keytag check {file} checks it", file=file),
        TEMPLATE: say("keytag template check {file} checks it", file=file),
        SCHEME: say("keytag scheme check {file} checks it", file=file),
    }
    return WrongFileError.at(node.span, said[kind, wanted], hint=hints[kind])
