"""One verification: a folder, what it must hold, and every comparison in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from keytag.base.diagnostics import Severity
from keytag.base.drawing import Layer
from keytag.base.errors import InputError
from keytag.base.progress import Progress, unseen
from keytag.base.records import NamedTuple
from keytag.base.standard import Standard
from keytag.base.system import reason
from keytag.base.words import joined, say
from keytag.files.programs import GHOSTSCRIPT, TESSERACT, why_not
from keytag.qr import decode
from keytag.render.pdf.content import form_name
from keytag.tag.template import Template
from keytag.verification import (
    codes,
    dielines,
    eyes,
    facts,
    glyphs,
    looks,
    opened,
    papers,
    press,
    raster,
    sides,
    told,
    words,
)
from keytag.verification.conformance import numbered_sheets
from keytag.verification.elsewhere import Elsewhere
from keytag.verification.expected import FORME, MASTERS, SHEET, VIEW, Expected, FileFact, Sample
from keytag.verification.listing import Listing
from keytag.verification.model import Failure, Item, Report, Worst, item
from keytag.verification.numbered import check_numbers
from keytag.verification.numbered_model import Numbers
from keytag.verification.places import check_places
from keytag.verification.slug import check_slugs
from keytag.verification.vet import vet

_PRESS = (SHEET, FORME, MASTERS, VIEW)
_WHATS = {papers.TICKET: "ticket", papers.TABLE: say("packing list")}


_NUMBERED = say("numbered sheets are read tag by tag instead")


class Compared(NamedTuple):
    """The report, and the symbol of the worst print grade for the page."""

    report: Report
    code: codes.Graded | None


def compare(
    folder: Path,
    listing: Listing,
    expect: Callable[[], Expected | Sequence[Failure]],
    inputs: Sequence[tuple[str, str]],
    progress: Progress = unseen,
    elsewhere: Elsewhere | None = None,
) -> Compared:
    """Every comparison of docs/verification.md; `expect` makes what the folder must hold, or says why it cannot.

    Pages are looked at by two threads of this process, or `elsewhere`: what is found is the same.
    An `InputError` for a folder that cannot be read, a `ToolFailedError` where a program fails.
    """
    files, hash_failures = told.read_files(folder, listing)
    with ThreadPoolExecutor(max_workers=1) as aside:
        vetted = aside.submit(vet, {name: data for name, data in files.items() if name.endswith(".pdf")})
        try:
            expected = expect()
        finally:
            vetted.result()  # that a file cannot be read comes before all else
    progress("opened")
    job = (str(listing.raw.get("job", "")), str(listing.raw.get("date", "")), tuple(inputs))
    if not isinstance(expected, Expected):
        failed = [item("roster", len(expected), list(expected))]
        failed.append(item("files", len(listing.files), hash_failures))
        return Compared(Report(*job, tuple(failed)), None)
    items = [item("roster", len(expected.units))]
    items += _folder(folder, listing, expected, files, hash_failures)
    progress("files")
    numbers, whole = _facts(expected, files)
    skipped = why_not(GHOSTSCRIPT) or raster.why_not()
    # One thing after the other is sent elsewhere: each takes as many hands as the engine has.
    numbered = None if elsewhere is None or expected.numbers is None else _numbered(expected.numbers, files, elsewhere)
    views = [] if skipped else looks.looks_of(expected, files, whole)
    with ThreadPoolExecutor(max_workers=1) as aside, looks.looking(views, elsewhere) as looked:
        read = aside.submit(_read, looked, expected.template.limits.contrast_least)
        items += [_conformance(expected, files), numbers]
        progress("conformance")
        parsed = _opened(expected, files)
        sheets = parsed[SHEET]
        if expected.numbers is None:
            on_tags = words.check_words(sheets, expected.units, expected.artworks, expected.payloads)
            said = [on_tags.with_(*check_slugs(sheets, expected.drawn, expected.presses, tuple(expected.units)))]
        else:
            said = [numbered or _numbered(expected.numbers, files), item("words", skipped=_NUMBERED)]
        said.append(item("glyphs", *glyphs.check_glyphs(expected.artworks)))
        places = check_places([file for kind in parsed.values() for file in kind], expected.drawn)
        if expected.numbers is None:
            after = [press.check_registration(sheets, expected.scheme).with_(*places)]
            after.append(press.check_arithmetic(sheets, expected.scheme, listing, expected.units))
        else:
            after = [item(key, skipped=_NUMBERED) for key in ("registration", "arithmetic")]
        after.append(_dielines(expected, files))
        after.append(_papers(listing, expected, files))
        progress("papers")
        seen, code, worst = _unseen(skipped) if skipped else _seen(expected, files, looked.pages(), read, progress)
    if expected.numbers is not None:  # what was looked for on sheets that are read another way was not looked at
        seen = [i if i.compared or i.failures or i.skipped else i._replace(skipped=_NUMBERED) for i in seen]
    return Compared(Report(*job, (*items, seen[0], *said, *seen[1:], *after), worst), code)


def _folder(
    folder: Path, listing: Listing, expected: Expected, files: Mapping[str, bytes], failures: Sequence[Failure]
) -> list[Item]:
    """The files by name and hash, and job.json by value."""
    wanted = {drawn.name: drawn.what for drawn in expected.drawn}
    wanted |= {name: what for name, (what, _) in expected.dielines[1].items()}
    wanted |= expected.numbered
    wanted |= {**_WHATS, **dict.fromkeys(expected.labels, say("box labels")), **dict.fromkeys(expected.pictures, VIEW)}
    wanted |= dict.fromkeys(expected.piles, say("pile tickets"))
    names, notes = told.check_names(folder, listing, wanted, expected.reserved)
    found = [item("files", len(listing.files), [*failures, *names], notes=notes)]
    compared, faults = told.check_manifest(listing, expected.content)
    faults += [Failure(say("job.json, {place}", place=place), message) for place, message in expected.wrong]
    if not listing.sealed:
        faults.append(Failure("job.json", say("is not as keytag wrote it: its seal does not hold")))
    return [*found, item("manifest", compared, faults)]


def _conformance(expected: Expected, files: Mapping[str, bytes]) -> Item:
    """keytag's own PDF rules on every file for the press, and on each sheet and master the layers of its tags."""
    from keytag.checks.pdf import PDF_CHECKS, Expectation, preflight

    failures: list[Failure] = []
    count = 0
    layers, dies = _layers(expected.template), expected.scheme.dies
    for drawn in expected.drawn:
        if drawn.name not in files:
            continue
        count += len(PDF_CHECKS)
        expect = Expectation(layers=layers if drawn.what in (SHEET, MASTERS) else None, dies=dies)
        found = preflight(files[drawn.name], drawn.standard, expect)
        failures += [
            Failure(drawn.name, say("{message} [{finding}]", message=finding.message, finding=finding.id))
            for finding in found
            if finding.severity is Severity.ERROR
        ]
    asked, faults = numbered_sheets(expected.numbered, files, expected.drawn[0].standard, dies)
    count, failures = count + asked, failures + faults
    for name in (*_WHATS, *expected.labels, *expected.piles):
        if name in files and name.endswith(".pdf"):
            count += len(PDF_CHECKS)
            found = preflight(files[name], Standard.X4, Expectation(fonts=True))
            failures += [
                Failure(name, say("{message} [{finding}]", message=finding.message, finding=finding.id))
                for finding in found
                if finding.severity is Severity.ERROR
            ]
    return item("conformance", count, failures)


def _numbered(numbers: Numbers, files: Mapping[str, bytes], elsewhere: Elsewhere | None = None) -> Item:
    """Every number of numbered sheets."""
    return item("numbers", *check_numbers(numbers, files, elsewhere))


def _layers(template: Template) -> tuple[str, ...]:
    """The layers on which every tag of a template has something."""
    found = [Layer.ARTWORK, Layer.CUT]
    found += [Layer.HOLE] if template.hole is not None else []
    found += [Layer.FOLD] if template.folds else []
    found += [Layer.WHITE] if template.white_choke is not None else []
    return tuple(layer.value for layer in found)


def _facts(expected: Expected, files: Mapping[str, bytes]) -> tuple[Item, dict[str, list[int]]]:
    compared, failures, whole = 0, list[Failure](), dict[str, list[int]]()
    for drawn in expected.drawn:
        if drawn.name in files:
            count, faults, whole[drawn.name] = facts.check_facts(drawn, files[drawn.name])
            compared += count
            failures += faults
    for sample in expected.samples:
        if (name := sample.drawn.name) in files:
            count, faults, whole[name] = facts.check_sample(sample, files[name])
            compared += count
            failures += faults
    return item("facts", compared, failures), whole


def _opened(expected: Expected, files: Mapping[str, bytes]) -> dict[str, list[opened.Opened]]:
    """The files for the press parsed operator by operator, by what they are."""
    import pikepdf

    found: dict[str, list[opened.Opened]] = {what: [] for what in _PRESS}
    known = opened.Known(expected.scheme.dies)
    for drawn in expected.drawn:
        if drawn.what == VIEW or drawn.name not in files:
            continue
        keys = {f"/{form_name(form.key)}": form.key for form in drawn.document.forms}
        try:
            found[drawn.what].append(opened.read_back(drawn.name, files[drawn.name], keys, known))
        except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, IndexError, RuntimeError) as error:
            raise InputError(
                say("{drawn}: cannot be read back: {error}", drawn=drawn.name, error=reason(error))
            ) from error
    return found


def _unseen(why: str) -> tuple[list[Item], None, None]:
    return [item(key, skipped=why) for key in ("plates", "digits", "codes", "codes-again", "grade")], None, None


def _seen(
    expected: Expected,
    files: Mapping[str, bytes],
    pages: Iterable[sides.Seen],
    read: Future[tuple[list[Item], codes.Graded | None]],
    progress: Progress,
) -> tuple[list[Item], codes.Graded | None, Worst | None]:
    """Plates, and what eyes read off them: digits, codes twice, grade."""
    pixels, failures = 0, list[Failure]()
    worst, rank = None, (False, 0.0)
    for seen in pages:
        pixels += seen.pixels
        failures += seen.failures
        if (here := (seen.on_sheet, seen.worst_area)) > rank:  # what is printed comes before what is looked at
            worst, rank = seen.worst, here
        progress("plates")
    failures += eyes.check_pictures(expected, files)
    found, code = read.result()
    progress("eyes")
    notes = tuple(_looked_at(sample) for sample in expected.samples)
    return [item("plates", pixels, failures, notes=notes), *found], code, worst


def _looked_at(sample: Sample) -> str:
    sheets = joined(", ", [f"{sheet:,}" for sheet in dict.fromkeys(sample.sheets)])
    return say(
        "{file}: every number is read, and seen whole are sheets {sheets}", file=sample.drawn.name, sheets=sheets
    )


def _read(looked: looks.Looks, contrast: float) -> tuple[list[Item], codes.Graded | None]:
    """What was read off the sheets, as soon as they are seen, whatever else is still looked at.

    Lines by OCR, codes by two decoders, their grades; and the symbol with the worst.
    """
    seen = list(looked.sheets())
    read = [code for each in seen for code in each.codes]
    grade, code = eyes.check_grade([one for each in seen for one in each.graded], contrast)
    without = why_not(TESSERACT), decode.why_not_zbar()
    lines = [line for each in seen for line in each.lines]
    digits = item("digits", skipped=without[0]) if without[0] else eyes.check_digits(lines)
    again = item("codes-again", skipped=without[1]) if without[1] else eyes.check_codes_again(read)
    return [digits, eyes.check_codes(read), again, grade], code


def _dielines(expected: Expected, files: Mapping[str, bytes]) -> Item:
    die, anew = expected.dielines
    there = {name: files[name] for name in anew if name in files}
    return item("dielines", *dielines.check_dielines(die, {name: data for name, (_, data) in anew.items()}, there))


def _papers(listing: Listing, expected: Expected, files: Mapping[str, bytes]) -> Item:
    """The papers made anew from what the folder's listing says of the files for the press, in the order of making."""
    sheets = [name for name in expected.numbered if name.endswith(".pdf")]
    tables = [name for name in expected.numbered if not name.endswith(".pdf")]
    drawn = [d.name for d in expected.drawn if d.what != VIEW]
    names = [*sheets, *drawn, *expected.dielines[1], *tables]
    entries = [entry for name in names if (entry := listing.entry(name)) is not None]
    anew = expected.papers([FileFact(*entry) for entry in entries])
    compared, failures = papers.check_papers(expected, anew, {n: files[n] for n in anew if n in files})
    return item("papers", compared, failures)


# What `--require` asks for by name, and the item that must then not be skipped.
REQUIRABLE = {"plates": "plates", "ocr": "digits", "zbar": "codes-again"}
__all__ = ["REQUIRABLE", "Compared", "compare"]
