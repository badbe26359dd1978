"""Roster files become one `Roster`: whatever can be read is read, everything odd is a finding with its place.

Several files, or folders of them, make one roster. Only a file that cannot be read at all is an error (`source`). What
the facts are worth is for the checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from keytag.base.diagnostics import Diagnostic, Severity, Span
from keytag.base.errors import InputError
from keytag.base.words import say
from keytag.files import kinds
from keytag.files.fields import Fields, is_empty, kind_of
from keytag.files.folders import files_of
from keytag.files.source import Mapping, Node, Parsed, Scalar, Source, Text, clipped, parse, read
from keytag.files.source import Sequence as SequenceNode
from keytag.roster import keys
from keytag.roster.load_site import site_of
from keytag.roster.load_villages import villages
from keytag.roster.model import Authority, Job, PlannedPlate, Product, Roster, Serials, Unit, Validity
from keytag.roster.people import contact, deputy, other
from keytag.roster.unit_keys import keyed

_ROOT, _JOB, _AUTHORITY = keys.names(keys.ROOT), keys.names(keys.JOB), keys.names(keys.AUTHORITY)
_UNIT, _PLATE = keys.names(keys.UNIT), keys.names(keys.PLATE)
_SERIALS, _JOB_SERIALS = keys.names(keys.SERIALS), keys.names(keys.JOB_SERIALS)
_PRODUCT = keys.names(keys.PRODUCT)
_PLAIN_JOB = _JOB - {"products", "qr_hosts", "apart", "together", "plan", "serials"}
_SELF = "self"
_NOWHERE = Span("", 1, 1, 1, 1)


def load(paths: Sequence[Path]) -> Roster:
    """All files of `paths` (folders: their YAML files by name) as one roster.

    One `InputError` where files cannot be read (as in `source`), which knows of all of them.
    """
    found = files_of(paths)
    sources: list[Source] = []
    errors: list[InputError] = []
    for path in found.files:
        try:
            sources.append(read(path))
        except InputError as error:
            errors.append(error)
    if errors:
        raise InputError.joined([*errors, *_unparsable(sources)])
    roster = assemble(sources)
    return roster._replace(findings=(*roster.findings, *found.left_out))


def _unparsable(sources: Sequence[Source]) -> list[InputError]:
    errors = []
    for source in sources:
        try:
            parse(source)
        except InputError as error:
            errors.append(error)
    return errors


def assemble(sources: Sequence[Source], trees: Sequence[Parsed] | None = None) -> Roster:
    """One roster of files already read; `trees` are what `parse` makes of them, where that is known already."""
    findings: list[Diagnostic] = []
    parts = _parts(sources, findings, trees)
    jobs = [(root, fields) for root in parts if (fields := root.mapping("job", _JOB)) is not None]
    for root, _ in jobs[1:]:
        first = jobs[0][0].span_of("job").file
        root.complain(
            "second-job",
            root.span_of("job"),
            say("{first} has a job section already, and only that one counts", first=first),
        )
    authorities = [_file_authority(root, findings) for root in parts]
    known = [a for a in authorities if isinstance(a, Authority)]
    only = known[0] if len(known) == 1 else None
    units: list[Unit] = []
    for root, authority in zip(parts, authorities, strict=True):
        units += _units(root, authority, only, len(known), findings)
    if not units:
        span = parts[0].span_of("units") if parts else _NOWHERE
        findings.append(
            Diagnostic("no-units", Severity.ERROR, span, say("the roster has no units: write them under units:"))
        )
    site = site_of(parts)
    job = _job(jobs[0][1] if jobs else None)._replace(site=site.address if site else None)
    return Roster(job, tuple(known), keyed(units), tuple(sources), tuple(findings), site)


def _parts(sources: Sequence[Source], findings: list[Diagnostic], trees: Sequence[Parsed] | None) -> list[Fields]:
    """The keys of each file; where files are no YAML, one `InputError` that knows of all of them."""
    parts, errors = [], []
    for i, source in enumerate(sources):
        try:
            node, odd = parse(source) if trees is None else trees[i]
            kinds.expect(node, source.name, kinds.ROSTER)
        except InputError as error:
            errors.append(error)
            continue
        findings += odd
        parts.append(Fields(node, _ROOT, findings, say("the roster")))
    if errors:
        raise InputError.joined(errors)
    return parts


def _job(fields: Fields | None) -> Job:
    if fields is None:
        return Job(**dict.fromkeys(_PLAIN_JOB), qr_hosts=())  # type: ignore[arg-type]
    return Job(
        **{name: fields.text(name) for name in _PLAIN_JOB},
        qr_hosts=fields.texts("qr_hosts"),
        apart=_groups(fields, "apart"),
        together=_groups(fields, "together"),
        plan=tuple(_planned(fields, node) for node in fields.sequence("plan")),
        serials=_serials(fields, _JOB_SERIALS),
        products=tuple(_product(fields, node) for node in fields.sequence("products")),
        span=fields.span,
    )


def _serials(fields: Fields, known: frozenset[str]) -> Serials | None:
    """The keys under `serials`; None where there are none."""
    inner = fields.mapping("serials", known)
    if inner is None:
        return None
    return Serials(**{name: inner.text(name) for name in known}, span=fields.span_of("serials"))


def _groups(fields: Fields, key: str) -> tuple[tuple[Text, ...], ...]:
    """Lists of units; one list alone is a list of one."""
    nodes = fields.sequence(key)
    if nodes and all(isinstance(node, Scalar) for node in nodes):
        return (fields.texts(key),)
    found = []
    for node in nodes:
        if not isinstance(node, SequenceNode):
            fields.complain(
                "wrong-type",
                node.span,
                say("{key} must be lists of units, not {kind_of}", key=key, kind_of=kind_of(node)),
            )
            continue
        words = [Text(item.value, item.span) for item in node.items if isinstance(item, Scalar)]
        if len(words) != len(node.items):
            fields.complain("wrong-type", node.span, say("{key} must be lists of units' names", key=key))
        found.append(tuple(words))
    return tuple(found)


def _planned(fields: Fields, node: Node) -> PlannedPlate:
    plate = Fields(node, _PLATE, fields.findings, say("a plate of the plan"))
    plate.require("run")
    slots = plate.node("slots")
    if not isinstance(slots, Mapping):
        plate.require("slots")
        if slots is not None:
            plate.complain(
                "wrong-type",
                slots.span,
                say("slots must be units and their tags, not {kind_of}", kind_of=kind_of(slots)),
            )
        return PlannedPlate(plate.text("run"), (), plate.span)
    counts = Fields(slots, [key.value for key, _ in slots.entries], fields.findings, "slots")
    pairs = ((Text(key.value, key.span), counts.text(key.value)) for key, _ in slots.entries)
    return PlannedPlate(plate.text("run"), tuple((k, v) for k, v in pairs if v is not None), plate.span)


def _product(fields: Fields, node: Node) -> Product:
    product = Fields(node, _PRODUCT, fields.findings, say("the product"))
    product.require("template")
    name, template, scheme = (product.text(key) for key in ("name", "template", "scheme"))
    per, copies, stock = (product.text(key) for key in ("per", "copies", "stock"))
    return Product(name, template, scheme, per, copies, stock, product.head)


def _file_authority(root: Fields, findings: list[Diagnostic]) -> Authority | str | None:
    node = root.node("authority")
    if node is None:
        return None
    if isinstance(node, Scalar):
        if node.value == _SELF:
            return _SELF
        root.complain("wrong-type", node.span, say("authority must be keys and values, or the word self"))
        return None
    fields = Fields(node, _AUTHORITY, findings, "authority")
    return Authority(
        name=fields.text("name"),
        level=fields.text("level"),
        kind=fields.text("kind"),
        province=fields.text("province"),
        duty=contact(fields, "duty"),
        chief=contact(fields, "chief"),
        link=fields.text("zalo"),
        slogan=fields.text("slogan"),
        valid=_validity(fields),
        span=fields.span,
    )


def _units(
    root: Fields, authority: Authority | str | None, only: Authority | None, known: int, findings: list[Diagnostic]
) -> list[Unit]:
    found: list[Unit] = []
    for node in root.sequence("units"):
        if is_empty(node):
            root.complain("wrong-type", node.span, say("a unit is blank: write its keys, or take the dash away"))
            continue
        fields = Fields(node, _UNIT, findings, say("the unit"))
        if not isinstance(node, Mapping):
            continue
        unit = _unit(fields)
        asked = fields.text("authority")
        if asked is not None and asked.value != _SELF:
            fields.bad(
                "authority", say("'{asked}' is not known: write self, or leave the key out", asked=clipped(asked.value))
            )
            asked = None
        if asked is not None or authority == _SELF:
            unit = unit._replace(authority=_own(unit))
        elif isinstance(authority, Authority):
            unit = unit._replace(authority=authority)
        elif only is not None:
            unit = unit._replace(authority=only)
        else:
            why = say("its file names none and the roster has several") if known else say("the roster names none")
            what = say("{unit} has no authority: {why}", unit=unit.title or say("the unit"), why=why)
            message = say("{what}; write authority: self where it issues its own tags", what=what)
            findings.append(Diagnostic("authority-missing", Severity.ERROR, unit.span, message))
        found.append(unit)
    return found


def _own(unit: Unit) -> Authority:
    """The authority that a unit is for itself."""
    level = Text("commune", unit.span)
    return Authority(
        name=unit.name,
        level=level,
        kind=unit.kind,
        province=None,
        duty=unit.duty,
        chief=unit.chief,
        link=unit.link,
        slogan=unit.slogan,
        valid=unit.valid,
        span=unit.span,
        own=True,
    )


def _unit(fields: Fields) -> Unit:
    deputies = tuple(found for node in fields.sequence("deputies") if (found := deputy(fields, node)) is not None)
    others = tuple(found for node in fields.sequence("others") if (found := other(fields, node)) is not None)
    return Unit(
        key="",
        kind=fields.text("kind"),
        name=fields.text("name"),
        code=fields.text("code"),
        duty=contact(fields, "duty"),
        chief=contact(fields, "chief"),
        deputies=deputies,
        others=others,
        quantity=fields.text("quantity"),
        link=fields.text("link"),
        slogan=fields.text("slogan"),
        address=fields.text("address"),
        valid=_validity(fields),
        authority=None,
        span=fields.head,
        reserve=fields.text("reserve"),
        villages=villages(fields),
        serials=_serials(fields, _SERIALS),
    )


def _validity(fields: Fields) -> Validity:
    return Validity(fields.text("valid_from"), fields.text("valid_until"))
