"""The editors' JSON Schema of a roster, made from the same declaration of keys that the loader reads.

`keytag schema` prints it; a test holds the shipped file to it.
"""

from __future__ import annotations

from keytag.base.words import ENGLISH, Words
from keytag.files import schema as form
from keytag.files.schema import Schema
from keytag.roster import keys

# A number with its separators: national or +84, short codes, 1800 and 1900; what it is worth is for the checks.
PHONE = r"^\s*(\(?(\+84|0)\)?([ .()-]*\d){9,10}|1\d{2,4}|1[89]00([ .-]*\d){4,6})\s*$"
_PHONE = form.text(PHONE, "0269.3000.113", "0900.000.101", "113")
_KINDS: dict[str, Schema] = {
    "text": form.text(),
    "number": form.DECIMAL,
    "count": form.COUNT,
    "quantity": {
        **form.text(r"^\s*[1-9]\d*([. ]\d{3})*\s*$", "1195"),
        "minimum": 1,
    },
    "share": form.SHARE,
    "date": form.DATE,
    "edition": form.text(r"^\s*(0[1-9]|1[0-2])/\d{4}\s*$", "05/2020", kinds=("string", "null")),
    "texts": form.TEXTS,
    "flag": form.FLAG,
    "code": form.text(r"^\s*\d{5}\s*$", "23710"),
    "phone": _PHONE,
    "link": form.text(r"^\s*https://\S+\s*$", "https://zalo.me/1234567890123456789", kinds=("string", "null")),
    "template": form.text("", "oval-50x20", "stadium-50x20", "my-tag.yaml", kinds=("string", "null")),
    "scheme": form.text("", "sra3-sheetwise", "sra3-work-and-turn", "my-press.yaml", kinds=("string", "null")),
    "prefix": form.text(r"^[A-Z]{1,4}$", "G", kinds=("string", "null")),
    "start": form.text(r"^\s*\d{1,12}\s*$", "1", "1000"),
    "groups": form.sequence(form.either(form.sequence(form.text()), form.text())),
    "slots": {"type": "object", "additionalProperties": form.COUNT},
    "self": {"enum": ["self", None]},
    "reserve": form.text(r"^\s*\d+(\.\d+)?\s*%?\s*$", "5%"),
    "language": form.text(r"^\s*[a-z]{2,3}\s*$", "bdq", "jra", kinds=("string", "null")),
}


def schema() -> Schema:
    """The whole schema."""
    authority = form.either(_group(keys.AUTHORITY), {"const": "self"})
    body = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "job": {**_group(keys.JOB), "description": keys.ROOT[0].about},
            "authority": {**authority, "description": keys.ROOT[1].about},
            "units": {"type": "array", "items": _group(keys.UNIT), "description": keys.ROOT[2].about},
            "site": {**_group(keys.SITE), "description": keys.ROOT[3].about},
        },
    }
    about = "Contacts of one job: the issuing authority, its units and what is to be made of them"
    return form.document("contacts", "keytag roster", about, body)


def _group(group: tuple[keys.Key, ...], *required: str) -> Schema:
    return form.mapping(group, _value, required)


def _contact() -> Schema:
    return form.either(_PHONE, _group(keys.CONTACT, "number"))


def _value(key: keys.Key) -> Schema:
    match key.kind:
        case "choice" | "kind":
            return form.choice(key.choices)
        case "contact":
            return _contact()
        case "contacts":
            return form.sequence(_contact())
        case "others":
            return form.sequence(_group(keys.OTHER, "role", "number"))
        case "products":
            return form.sequence(_group(keys.PRODUCT, "template"))
        case "villages":
            return form.sequence(_group(keys.VILLAGE))
        case "shown":
            return form.either(form.choice(key.choices), form.sequence(form.choice(key.choices)))
        case "site_links":
            return form.sequence(_group(keys.SITE_LINK, "text", "url"))
        case "notices":
            return form.sequence(_group(keys.NOTICE, "date", "text"))
        case "languages":
            return {"type": ["object", "null"], "additionalProperties": _group(keys.LANGUAGE)}
        case "serials":
            return _group(keys.JOB_SERIALS)
        case "range":
            return _group(keys.SERIALS)
        case "plan":
            return form.sequence(_group(keys.PLATE, "run", "slots"))
    return _KINDS[key.kind]


def render(words: Words = ENGLISH) -> str:
    """The schema as the shipped file has it; its descriptions in a language."""
    return form.render(schema(), words)
