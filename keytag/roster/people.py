"""Reading the people of a roster: a number alone, or with the name or the role beside it."""

from __future__ import annotations

from keytag.base.words import say
from keytag.files.fields import Fields, is_empty, kind_of
from keytag.files.source import Mapping, Node, Scalar, Text
from keytag.roster import keys
from keytag.roster.model import Contact

_CONTACT, _OTHER = keys.names(keys.CONTACT), keys.names(keys.OTHER)


def contact(fields: Fields, key: str) -> Contact | None:
    node = fields.node(key)
    return None if node is None else _contact_of(fields, node, key)


def deputy(fields: Fields, node: Node) -> Contact | None:
    if is_empty(node):
        fields.complain("missing-key", node.span, say("a deputy is blank: write the number, or take the line away"))
        return None
    return _contact_of(fields, node, "deputy")


def _contact_of(fields: Fields, node: Node, role: str) -> Contact | None:
    """A number as plain text, or with a name beside it."""
    if isinstance(node, Scalar):
        return Contact(role, Text(node.value, node.span))
    inner = Fields(node, _CONTACT, fields.findings, say("the {role}", role=role))
    number = inner.text("number")
    if number is None:
        if isinstance(node, Mapping):
            _needs(inner, "number")
        return None
    return Contact(role, number, name=inner.text("name"))


def other(fields: Fields, node: Node) -> Contact | None:
    if isinstance(node, Scalar):
        message = say("a further role must be keys and values (role:, number:), not {kind_of}", kind_of=kind_of(node))
        fields.complain("wrong-type", node.span, message)
        return None
    inner = Fields(node, _OTHER, fields.findings, say("the further role"))
    label, number = inner.text("role"), inner.text("number")
    if number is None or label is None:
        if isinstance(node, Mapping):
            _needs(inner, "role")
            _needs(inner, "number")
        return None
    if not any(c.isalnum() for c in label.value):
        message = say("the further role has no words: whose number is it?")
        fields.complain("missing-key", label.span, message)
        return None
    return Contact("other", number, label, inner.text("name"))


def _needs(fields: Fields, key: str) -> None:
    """Report a key that is not there, at its group; one of a wrong kind has been reported already."""
    if not fields.has(key):
        fields.complain("missing-key", fields.span, say("{what} needs '{key}'", what=fields.what, key=key))
