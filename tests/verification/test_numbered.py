"""Verification of numbered sheets: a good job is found good, and every listed fault is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from keytag.base.standard import Standard
from keytag.checks.pdf.edition import preflight_edition
from keytag.job.booking import Numbers as Booking
from keytag.job.booking import wanted_of
from keytag.job.expected import expected_of
from keytag.job.expected_spoiled import spoiled_numbers
from keytag.job.ready import Ready, ready
from keytag.job.setup import Setup, open
from keytag.job.spoiled import remake
from keytag.job.verification import VERIFIED
from keytag.serial.form import Form
from keytag.verification import looks
from keytag.verification.expected import Expected
from keytag.verification.facts import check_sample
from keytag.verification.listing import read_listing
from keytag.verification.model import Failure
from keytag.verification.numbered import check_numbers
from keytag.verification.numbered_model import Numbers
from keytag.verification.sampled import chosen
from tests.job.test_numbered import ROSTER, made, setup
from tests.job.test_work_styles import SCHEME

G = Form("G")
LINK = '{prefix: G, start: 1, link: "https://x.gov.vn/{serial}"}'
PLATE, ROWS = "plate-01.pdf", "so-seri.csv"


def expected(one: Setup, folder: Path, imprint: bool = False) -> tuple[Expected, dict[str, bytes]]:
    """What the files of a numbered job must be, and they."""
    made(one, folder, numbers=Booking(wanted_of(one, imprint)))
    gate = ready(one)
    assert isinstance(gate, Ready)
    return expected_of(gate, read_listing(folder)), {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> tuple[Numbers, dict[str, bytes]]:
    whole, files = expected(setup(LINK), tmp_path_factory.mktemp("job") / "out")
    assert whole.numbers is not None
    return whole.numbers, files


def on_a_small_sheet(folder: Path, work: str, imprint: bool = False) -> tuple[Expected, dict[str, bytes]]:
    """Ten tags to a sheet: what is rendered is a fifth as large."""
    (folder / "small.yaml").write_text(SCHEME.replace("WORK", work), "utf-8")
    roster = ROSTER.format(template="oval-50x20-numbered", scheme="small.yaml", serials=LINK, first="", second="")
    (folder / "contacts.yaml").write_text(roster, "utf-8")
    return expected(open(folder / "contacts.yaml"), folder / "out", imprint)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Expected, dict[str, bytes]]:
    return on_a_small_sheet(tmp_path_factory.mktemp("small"), "sheetwise")


def spoiled(data: bytes, page: int, change: Callable[[bytes], bytes]) -> bytes:
    """The plate with one page's content changed."""
    with pikepdf.open(BytesIO(data)) as pdf:
        before = pdf.pages[page].obj["/Contents"].read_bytes()
        after = change(before)
        assert after != before
        pdf.pages[page].obj["/Contents"] = pdf.make_stream(after)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, compress_streams=True, recompress_flate=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def spans(content: bytes) -> list[bytes]:
    return re.findall(rb"/Span <</ActualText \(G[^)]*\)>> BDC\n.*?EMC\n", content, re.DOTALL)


def body(span: bytes) -> tuple[bytes, bytes, bytes]:
    """A serial parted into its words, its map, its letters."""
    found = re.fullmatch(rb"(.*?BDC\nq )([^\n]*)( cm\n.*)", span, re.DOTALL)
    assert found is not None
    return found[1], found[2], found[3]


def moved(content: bytes, one: int, other: int) -> bytes:
    """The serial of one station printed on another, too."""
    a, b = body(spans(content)[one]), body(spans(content)[other])
    return content.replace(b"".join(b), a[0] + b[1] + a[2])


def swapped(content: bytes) -> bytes:
    (a0, a1, a2), (b0, b1, b2) = body(spans(content)[0]), body(spans(content)[1])
    return content.replace(a0 + a1 + a2, b"@").replace(b0 + b1 + b2, a0 + b1 + a2).replace(b"@", b0 + a1 + b2)


def module(content: bytes) -> bytes:
    """One row of modules of one code lost, which error correction would hide."""
    rows = re.search(rb"[ 0-9]+ 1 re\n", content)
    assert rows is not None
    return content.replace(rows[0], b"", 1)


PAINT = b"q\n1 0 0 rg\n30 30 5 5 re\nf\nQ\n"
FAULTS: dict[str, tuple[int, Callable[[bytes], bytes], str]] = {
    "twice": (1, lambda c: moved(c, 0, 1), "is printed 2 times"),
    "another unit's": (1, lambda c: moved(c, 0, len(spans(c)) - 1), "not 'G-"),
    "wrong check character": (
        1,
        lambda c: c.replace(spans(c)[0], re.sub(rb"/a[0-9A-Z] Do\nQ", b"/aX Do\nQ", spans(c)[0]), 1),
        "and shows",
    ),
    "a form that is not there": (1, lambda c: c.replace(b"/aG Do\n", b"/a~ Do\n", 1), "and shows"),
    "stations swapped": (3, swapped, "not 'G-"),
    "modules": (0, module, "modules of the code are not"),
    "paint outside the sample": (2, lambda c: c.replace(b"/Over Do\n", PAINT + b"/Over Do\n"), "paints something else"),
}


def of(numbers: Numbers, files: dict[str, bytes], **other: bytes) -> list[Failure]:
    return check_numbers(numbers, files | other)[1]


def test_a_good_job_is_good(job: tuple[Numbers, dict[str, bytes]]) -> None:
    compared, failures = check_numbers(*job)
    assert failures == [] and compared > 400


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_a_page_is_found(job: tuple[Numbers, dict[str, bytes]], fault: str) -> None:
    page, change, why = FAULTS[fault]
    found = of(job[0], job[1] | {PLATE: spoiled(job[1][PLATE], page, change)})
    assert any(why in failure.message for failure in found), found[:5]


@pytest.mark.parametrize("name", ["/Under", "/aG", "/Over"])
def test_a_form_of_another_file_is_found(job: tuple[Numbers, dict[str, bytes]], name: str) -> None:
    with pikepdf.open(BytesIO(job[1][PLATE])) as pdf:
        form = pdf.pages[1].obj["/Resources"]["/XObject"][name]
        form.write(form.read_bytes().replace(b"1 ", b"2 ", 1))
        data = saved(pdf)
    assert any("is not the one of this job" in f.message for f in of(job[0], job[1] | {PLATE: data}))


def seen(whole: Expected, data: bytes, page: int) -> list[Failure]:
    """What is seen of one page of the sample, rendered."""
    jobs = looks.looks_of(whole, {PLATE: data}, {PLATE: [page]})
    assert [(one.drawn.name, one.places) for one in jobs] == [(PLATE, (whole.samples[0].at[page],))]
    with looks.looking(jobs) as seen:
        return [failure for one in seen.pages() for failure in one.failures]


def test_sheets_of_the_sample_are_seen_whole(small: tuple[Expected, dict[str, bytes]]) -> None:
    whole, files = small
    (sample,), run = whole.samples, whole.presses[0].sheet.run
    middle = (run + 1) // 2
    assert sample.sheets == (1, 1, middle, middle, run, run) and sample.drawn.name == PLATE
    assert sample.at == tuple(2 * sheet - 2 + i for sheet in (1, middle, run) for i in (0, 1))
    assert seen(whole, files[PLATE], 3) == []


def test_paint_over_a_code_is_seen_on_a_sheet_of_the_sample(small: tuple[Expected, dict[str, bytes]]) -> None:
    """In bare paper's colour, which knocks out what lies below."""
    whole, files = small

    def covered(content: bytes) -> bytes:
        x, y = re.findall(rb"/Figure .*?\nq \S+ \S+ \S+ \S+ (\S+) (\S+) cm\n", content)[1]
        return content.replace(b"/Over Do\n", b"q\n/Knockout gs\n0 0 0 0 k\n%b %b 4 4 re\nf\nQ\n/Over Do\n" % (x, y))

    found = seen(whole, spoiled(files[PLATE], whole.samples[0].at[2], covered), 2)
    place = f"plate-01.pdf, sheet {whole.samples[0].sheets[2]}, front, station 2 ("
    assert found and all(f.place.startswith(place) for f in found), found
    assert any("Black" in f.message and "too little" in f.message for f in found), found


def test_a_page_of_another_size_is_not_rendered(small: tuple[Expected, dict[str, bytes]]) -> None:
    whole, files = small
    sample = whole.samples[0]
    with pikepdf.open(BytesIO(files[PLATE])) as pdf:
        pdf.pages[1].obj["/MediaBox"] = pikepdf.Array([0, 0, 9e4, 9e4])
        del pdf.pages[-1]
        count, failures, right = check_sample(sample, saved(pdf))
    assert right == [0, 2, 3, 4] and count == 18
    assert [f.place for f in failures if "MediaBox is" in f.message or "not there" in f.message] == [
        "plate-01.pdf, page 2",
        f"plate-01.pdf, page {sample.at[5] + 1}",
    ]


@pytest.mark.parametrize(
    ("runs", "sheets"),
    [
        ([217], [[1, 109, 217]]),
        ([1], [[1]]),
        ([2], [[1, 2]]),
        ([10, 1, 30], [[1, 10], [1], [1]]),
        ([5] * 9, [[1], [], [1], [], [], [1], [], [], [1]]),
        ([], []),
    ],
)
def test_the_sample_is_the_same_each_time_and_bounded(runs: list[int], sheets: list[list[int]]) -> None:
    assert chosen(runs, 4) == sheets


@pytest.mark.parametrize("twice", [False, True])
def test_a_sheet_missing_or_twice_is_found(job: tuple[Numbers, dict[str, bytes]], twice: bool) -> None:
    with pikepdf.open(BytesIO(job[1][PLATE])) as pdf:
        if twice:
            for i in (1, 0):
                pdf.pages.insert(2, pdf.pages[i])
        else:
            del pdf.pages[2:4]
        data = saved(pdf)
    found = of(job[0], job[1] | {PLATE: data})
    assert any("pages, not 2 for each" in f.message for f in found) and len(found) > 5


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda lines: lines[:5] + lines[6:], "lacks the line of"),
        (lambda lines: [*lines, lines[-1]], "has a line that is not the job's"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "not in the order of the piles"),
        (lambda lines: [lines[0], lines[1].replace("printed", "void"), *lines[2:]], "lacks the line of"),
        (lambda lines: [lines[0].replace("unit", "xã"), *lines[1:]], "does not begin with serial,unit"),
    ],
)
def test_a_row_lost_added_moved_or_changed_is_found(
    job: tuple[Numbers, dict[str, bytes]], change: Callable[[list[str]], list[str]], why: str
) -> None:
    lines = job[1][ROWS].decode().splitlines()
    data = ("\n".join(change(lines)) + "\n").encode()
    assert any(why in f.message for f in of(job[0], job[1] | {ROWS: data}))


@pytest.mark.parametrize("work", ["work-and-turn", "work-and-tumble", "turned-in-place"])
def test_other_work_styles_are_read_as_well(tmp_path: Path, work: str) -> None:
    whole, files = on_a_small_sheet(tmp_path, work)
    assert whole.numbers is not None
    assert of(whole.numbers, files) == []
    if work == "work-and-tumble":  # a back that stands on its head
        assert seen(whole, files[PLATE], 1) == []


def test_codes_that_are_imprinted_alone_are_whole(tmp_path: Path) -> None:
    """On shells that were printed before there is nothing of a code."""
    whole, files = on_a_small_sheet(tmp_path, "sheetwise", imprint=True)
    assert whole.numbers is not None
    assert of(whole.numbers, files) == []
    assert seen(whole, files[PLATE], 0) == []
    gate, again = ready(open(tmp_path / "contacts.yaml")), tmp_path / "again"
    assert isinstance(gate, Ready)
    remake(gate, tmp_path / "out", [G.text(3)], again)  # spoiled ones onto shells, too
    numbers = spoiled_numbers(gate, read_listing(again, VERIFIED), again)
    assert of(numbers, {path.name: path.read_bytes() for path in again.iterdir()}) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rb"1 re\n", b"2 re\n"),
        (rb"\d 1 re\n", b"  1 re\n"),
        (rb"\d 1 re\n", b"1.5 1 re\n"),
        (rb" re\nf\n", b" re\n3 3 1 re\nf\n"),
        (rb" re\nf\n", b" re\nf\n3 3 1 1 re\nf\n"),
        (rb" cm\n[ 0-9re\n]+f\n", b" cm\n&f\n"),
        (rb"/Knockout gs", b"/Nothing gs"),
        (rb"0 0 0 1 k\n", b"/Spot cs 1 scn\n"),
        (rb"/OC /Artwork", b"/OC /Other"),
        (rb"/Over Do\n", b"0 0 1 1 re f\n/Over Do\n"),
    ],
)
def test_the_preflight_knows_what_a_page_may_paint(
    job: tuple[Numbers, dict[str, bytes]], before: bytes, after: bytes
) -> None:
    """Rows of whole modules in inks that the file has, and nothing else."""
    data = spoiled(job[1][PLATE], 2, lambda content: re.sub(before, after, content, count=1))
    assert [f.id for f in preflight_edition(data, Standard.X4)] == ["pdf-numbers"]


@pytest.mark.parametrize(("before", "after"), [(b"/aG Do", b"/aH Do"), (b"/aG Do", b"/a~ Do"), (b"/a0 Do", b"/A0 Do")])
def test_the_preflight_knows_which_letters_a_page_may_place(
    job: tuple[Numbers, dict[str, bytes]], before: bytes, after: bytes
) -> None:
    found = preflight_edition(spoiled(job[1][PLATE], 3, lambda content: content.replace(before, after, 1)), Standard.X4)
    assert [f.id for f in found] == ([] if after == b"/aH Do" else ["pdf-numbers"])


def test_the_preflight_looks_at_the_first_page_of_each_kind_wherever_it_stands(
    job: tuple[Numbers, dict[str, bytes]],
) -> None:
    """Fronts first, then the back: its forms are looked at all the same."""
    with pikepdf.open(BytesIO(job[1][PLATE])) as pdf:
        del pdf.pages[3:]
        back = pdf.pages[1]
        over = back.obj["/Resources"]["/XObject"]["/Over"]
        form = next(iter(over["/Resources"]["/XObject"].values()))
        form.write(form.read_bytes() + b"1 0 0 rg 0 0 1 1 re f\n")
        pdf.pages.append(back)
        del pdf.pages[1]
        found = preflight_edition(saved(pdf), Standard.X4)
    assert any("RGB" in f.message for f in found), found
