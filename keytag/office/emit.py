"""A new roster out of a workbook: every value with the cell that it came from as a remark, every gap marked.

A gap is a key without value and a remark that begins with `cần điền` (to fill in): `keytag check` finds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from keytag.files.scalars import scalar
from keytag.office.carried import FIELD, ROOT_KEYS, flow, read
from keytag.office.model import Entry, Imported, Person, Value
from keytag.roster import keys
from keytag.roster.editing import GAP, SCHEMA_LINE

_ORDER = ("kind", "name", "code")
_LATER = ("quantity", "link", "slogan", "address", "valid_from", "valid_until", "authority")
_AUTHORITY_GAPS = (
    ("name", "tên cơ quan phát hành thẻ; hoặc thay cả đoạn bằng một dòng authority: self"),
    ("level", "district, province hay commune"),
    ("province", "tên tỉnh"),
    ("duty", "số trực ban của cơ quan"),
    ("zalo", "liên kết Zalo OA; bỏ dòng này nếu thẻ không có mã QR"),
)
_JOB_GAPS = (("name", "tên đợt in"), ("date", "ngày phát hành, như 2026-01-31"))


def roster_text(found: Imported) -> str:
    """The roster's text."""
    lines = [
        SCHEMA_LINE,
        "#",
        f"# Danh bạ đọc từ {_remark(found.name)}: sau mỗi giá trị là ô mà nó đến từ đó.",
        f"# Chỗ có ghi '{GAP}' còn thiếu: keytag check chỉ ra từng chỗ.",
        "",
        *_job(found),
        "",
        *_authority(found),
        *_beyond(found),
        "",
        "units:",
    ]
    for entry in found.units:
        lines += [f"  {line}" if line else "" for line in unit_lines(entry)]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def unit_lines(entry: Entry) -> Iterator[str]:
    """One unit as an item of the list, with no indent."""
    first = "- "
    for key in _ORDER:
        value = entry.facts.get(key)
        if value is not None or key != "code":
            yield f"{first}{_line(key, value)}"
            first = "  "
    for key, person in (("duty", entry.duty), ("chief", entry.chief)):
        if person is None:
            yield f"  {key}:  # {GAP}"
        else:
            yield from _contact(key, person)
    for key, people in (("deputies", entry.deputies), ("others", entry.others)):
        if people:
            yield f"  {key}:"
            for each in people:
                yield from _item(each)
    for key in _LATER:
        value = entry.facts.get(key)
        if value is not None or key == "quantity":
            yield f"  {_line(key, value)}"
    more = entry.facts.get(FIELD)
    if more is not None:
        for key, said in read(more.text).items():
            yield f"  {key}: {flow(said)}  # {_remark(str(more.place))}"


def _line(key: str, value: Value | None) -> str:
    if value is None:
        return f"{key}:  # {GAP}"
    text = f'"{value.text}"' if key == "code" and value.text.isalnum() else scalar(value.text)
    return f"{key}: {text}  # {_remark(str(value.place))}"


def _contact(key: str, person: Person) -> Iterator[str]:
    """The one with a role of a unit, indented as its other keys are."""
    if person.name is None:
        yield f"  {_line(key, person.number)}"
        return
    yield f"  {key}:"
    yield f"    {_line('number', person.number)}"
    yield f"    {_line('name', person.name)}"


def _item(person: Person) -> Iterator[str]:
    """One of several people of a unit, as an item of a list under a key of it."""
    if person.name is None and person.label is None:
        yield f"    - {scalar(person.number.text)}  # {_remark(str(person.number.place))}"
        return
    parts = (("role", person.label), ("number", person.number), ("name", person.name))
    first = "    - "
    for key, value in parts:
        if value is not None:
            yield f"{first}{_line(key, value)}"
            first = "      "


def _job(found: Imported) -> Iterator[str]:
    yield "job:"
    kinds = {key.name: key.kind for key in keys.JOB}
    said = {name: found.settings.get(f"job.{name}") for name in kinds}
    for name, about in _JOB_GAPS:
        if said[name] is None:
            yield f"  {name}:  # {GAP}: {about}"
    for name, value in said.items():
        if value is None:
            continue
        if value.text[:1] in ("[", "{") and kinds[name] != "text":
            yield f"  {name}: {flow(read(value.text))}  # {_remark(str(value.place))}"
        else:
            yield f"  {_line(name, value)}"


def _beyond(found: Imported) -> Iterator[str]:
    """Parts of the file that are neither the job's nor the authority's."""
    for key in sorted(ROOT_KEYS):
        value = found.settings.get(key)
        if value is not None:
            yield ""
            yield f"{key}: {flow(read(value.text))}  # {_remark(str(value.place))}"


def _authority(found: Imported) -> Iterator[str]:
    own = found.settings.get("authority")
    if own is not None:
        yield f"authority: {scalar(own.text)}  # {_remark(str(own.place))}"
        return
    said = {key.name: found.settings.get(f"authority.{key.name}") for key in keys.AUTHORITY}
    yield "authority:"
    if not any(said.values()):
        for name, about in _AUTHORITY_GAPS:
            yield f"  {name}:  # {GAP}: {about}"
        return
    for name, value in said.items():
        if value is None:
            continue
        person = found.settings.get(f"authority.{name}.name")
        if person is not None:
            yield f"  {name}:"
            yield f"    {_line('number', value)}"
            yield f"    {_line('name', person)}"
        else:
            yield f"  {_line(name, value)}"


def _remark(text: str) -> str:
    """A text within a remark: on one line, and nothing in it that YAML does not allow."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
