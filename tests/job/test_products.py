"""Several products of one roster: each in its folder, every number the roster's, every code what it must say."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from keytag.base.diagnostics import has_errors
from keytag.cli.films import films
from keytag.cli.impose import impose
from keytag.cli.leaving import Leave
from keytag.files import shipped
from keytag.files.source import read
from keytag.job import setup as jobs
from keytag.job.checking import Wanted, check
from keytag.job.proofs import one_up_file
from keytag.job.ready import Ready, compose, findings_of, ready
from keytag.job.verification import parts
from keytag.qr import decode
from keytag.render import png
from keytag.roster.products import folder_of
from keytag.sheet.master import one_up
from keytag.tag.measure import least_apart
from keytag.tag.template_file import read_template
from keytag.tag.typeset import set_text
from tests.conftest import REPOSITORY
from tests.running import keytag

SAMPLE = REPOSITORY / "samples/dak-doa-products.yaml"
NAMES = sorted(path.stem for path in shipped.folder(shipped.PRODUCTS).glob("*.yaml"))
ROSTER = """\
job:
  date: 2020-05-18
  edition: 05/2020
  show_113: yes
  scheme: flatbed-600x900
  products:
{products}
authority: {{name: Đak Đoa, level: district, province: Gia Lai, duty: 0269.3000.113, chief: 0900.000.100,
  zalo: "https://zalo.me/1234567890123456789", valid_until: 2025-02-28}}
units:
  - kind: xã
    name: Glar
    duty: 0269.3000.212
    chief: 0900.000.132
    deputies: [0900.000.133]
    quantity: 30
    villages:
      - {{kind: làng, name: Dơk Rơng, code: g01, households: 12, language: bdq}}
      - {{kind: thôn, name: "2", code: g02, households: 15}}
"""


TWO = (
    "template: oval-50x20, scheme: small.yaml",
    "template: handover-card, scheme: card.yaml, per: unit, copies: 4, name: card",
)
SMALL = """\
sheet: {{width: {width}, height: {height}}}
gripper: {{edge: bottom, depth: 8mm}}
margins: {{top: 12mm, right: 10mm, bottom: 3mm, left: 10mm}}
gap: 6mm
work: sheetwise
marks: [crop, register, slug]
films: {{resolution: 1200dpi}}
"""


def setup_of(folder: Path, *products: str, unit: str = "Glar") -> jobs.Setup:
    (folder / "small.yaml").write_text(SMALL.format(width="150mm", height="90mm"))
    (folder / "card.yaml").write_text(SMALL.format(width="190mm", height="150mm"))
    path = folder / "contacts.yaml"
    text = ROSTER.format(products="\n".join(f"    - {{{product}}}" for product in products))
    path.write_text(text.replace("name: Glar", f"name: {unit}"), "utf-8")
    return jobs.open(path)


def actual_text(data: bytes) -> Iterator[str]:
    """The words that a reader of the PDF is told, of every stream in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for stream in (each for each in pdf.objects if isinstance(each, pikepdf.Stream)):
            if stream.get("/Subtype") in ("/Form", None) and "/Filter" in stream and stream.get("/Type") != "/Metadata":
                found = re.findall(rb"/ActualText *<([0-9A-Fa-f]+)>", stream.read_bytes())
                yield from (bytes.fromhex(text.decode()).decode("utf-16") for text in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_product_has_no_errors_and_its_words_are_large(tmp_path: Path, name: str) -> None:
    template, findings = read_template(read(shipped.locate(shipped.TAGS, name, Path())))
    assert findings == () and template.limits.text_least >= 12 and template.limits.module_least == 0.8
    (setup,) = jobs.products(setup_of(tmp_path, f"template: {name}, per: unit"))
    artworks = compose(setup)
    findings = findings_of(setup, artworks)
    assert not has_errors(findings), findings
    sizes = [fit.size for artwork in artworks for face in artwork.faces for fit in face.fits]
    assert min(sizes) >= 12
    # Nor do its lines run together, whatever stands on a name's letters.
    gap = template.limits.gap_least
    assert gap and gap >= 0.7 and "process-limit" not in {finding.id for finding in findings}
    (stacked,) = jobs.products(setup_of(tmp_path, f"template: {name}, per: unit", unit="Ẫẵậ Nguyễn Ễgjy"))
    assert all(least_apart(face, gap - 0.001) is None for piece in compose(stacked) for face in piece.faces)


@pytest.mark.parametrize("name", ["leaflet-a5", "handover-card", "poster-a3", "training-a4"])
def test_numbers_and_codes_of_a_product_are_the_rosters(tmp_path: Path, name: str, tool: Callable[[str], str]) -> None:
    (setup,) = jobs.products(setup_of(tmp_path, f"template: {name}, per: unit"))
    (artwork,) = compose(setup)
    data = one_up_file(setup, artwork)
    text = "\n".join(actual_text(data))
    known = {"02693000212", "0900000132", "0900000133", "113"}
    found = {re.sub(r"\D", "", run) for run in re.findall(r"0\d{3}\.\d{3,4}\.\d{3}|\b113\b", text)}
    assert {"02693000212", "113"} <= found <= known
    assert (found == known) == (name == "leaflet-a5")
    ocr, codes = "", []
    for number, (side, _) in enumerate(artwork.sides):
        trim = one_up(artwork, side, set_text).page.trim
        picture = png.rasterise(png.proof_pdf(data), number, 150, crop=trim)
        codes += decode.zxing(picture)
        picture.save(tmp_path / "face.png")
        words = [tool("tesseract"), str(tmp_path / "face.png"), "-", "--psm", "11"]
        ocr += subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert found - {"113"} <= set(re.findall(r"0[0-9]{9,10}", re.sub(r"[ .]", "", ocr)))
    assert set(codes) == {"https://zalo.me/1234567890123456789"}


def test_without_a_link_nothing_says_to_scan(tmp_path: Path) -> None:
    setup_of(tmp_path, *(f"template: {name}, per: unit" for name in ("leaflet-a5", "handover-card", "poster-a3")))
    path = tmp_path / "contacts.yaml"
    path.write_text(re.sub(r'zalo: "[^"]*", ', "", path.read_text("utf-8")), "utf-8")
    for setup in jobs.products(jobs.open(path)):
        (artwork,) = compose(setup)
        words = {fit.text for face in artwork.faces for fit in face.fits}
        assert "0269.3000.212" in words and not any("quét" in word.casefold() or "cm" in word for word in words), words


def test_the_leaflet_has_the_sizes_that_were_promised(tmp_path: Path) -> None:
    (setup,) = jobs.products(setup_of(tmp_path, "template: leaflet-a5"))
    (artwork,) = compose(setup)
    sizes = {fit.text: fit.size for fit in artwork.front.fits}
    assert (sizes["0269.3000.212"], sizes["113"]) == (33, 40)
    (poster,) = jobs.products(setup_of(tmp_path, "template: poster-a3, per: village"))
    for piece in compose(poster):
        assert {fit.text: fit.size for fit in piece.front.fits}["0269.3000.212"] == 90


def test_who_gets_how_many(tmp_path: Path) -> None:
    setups = jobs.products(
        setup_of(
            tmp_path,
            "template: leaflet-a5",
            "template: handover-card, per: unit, copies: 7",
            "template: poster-a3, per: village, copies: 2, stock: giấy dày",
        )
    )
    counts = [[(unit.key, unit.tags) for unit in setup.printed.units] for setup in setups]
    assert counts == [[("xa-glar", 30)], [("xa-glar", 7)], [("xa-glar-g01", 2), ("xa-glar-g02", 2)]]
    assert setups[2].template.substrate.material == ("giấy dày", "giấy dày")
    words = [{fit.text for fit in piece.front.fits} for piece in compose(setups[2])]
    assert ["làng Dơk Rơng" in words[0], "thôn 2" in words[1]] == [True, True]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a roster of two products, its proofs, and all of it imposed."""
    folder = tmp_path_factory.mktemp("two")
    setup_of(folder, *TWO)
    assert keytag("render", "-f", "phone", "--dpi", "72", cwd=folder)[0] == 0
    code, _, err = keytag("impose", "--approved", "proofs", "--zip", "-j", "2", cwd=folder)
    assert code == 0, err
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "card",
        "card.zip",
        "oval-50x20",
        "oval-50x20.zip",
    ]
    return folder


def test_each_product_has_its_folder_and_is_found_again(two: Path) -> None:
    first = jobs.open(two / "contacts.yaml")
    listed = json.loads((two / "out/card/job.json").read_bytes())
    assert (listed["product"], listed["per"], listed["units"][0]["ordered"]) == ("card", "unit", 4)
    found = [(part.name, folder_of(each.product)) for part, each in parts(two / "out", first) if each.product]
    assert found == [("oval-50x20", "oval-50x20"), ("card", "card")]
    ((_, only),) = parts(two / "out/card", first)
    assert only.template.name == "handover-card"


def test_a_product_without_a_scheme_has_the_jobs(tmp_path: Path) -> None:
    setups = jobs.products(setup_of(tmp_path, TWO[0], "template: poster-a3, per: unit"))
    assert [setup.scheme.name for setup in setups] == ["small", "flatbed-600x900"]
    assert [setup.scheme.name for setup in jobs.products(setups[1])] == ["small", "flatbed-600x900"]


def test_a_reprint_makes_of_each_product_what_differs(two: Path, tmp_path: Path) -> None:
    """The card has no deputies, so a new deputy is the tag's alone; the chief's number is on both."""
    setup_of(tmp_path, *TWO)
    text = (two / "contacts.yaml").read_text()
    (tmp_path / "contacts.yaml").write_text(text)
    code, _, err = keytag("impose", "--since", str(two / "out"), cwd=tmp_path)
    assert code == 0 and "nothing was made" in err and not (tmp_path / "out").exists()
    (tmp_path / "contacts.yaml").write_text(text.replace("0900.000.133", "0900.000.134"))
    code, _, err = keytag("impose", "--since", str(two / "out"), cwd=tmp_path)
    assert code == 0 and "oval-50x20: xã Glar: deputy 1: 0900.000.133 is now 0900.000.134" in err, err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["oval-50x20"]
    shutil.rmtree(tmp_path / "out")
    (tmp_path / "contacts.yaml").write_text(text.replace("0269.3000.212", "0269.3000.213"))
    code, _, err = keytag("impose", "--since", str(two / "out"), "--product", "card", cwd=tmp_path)
    assert code == 0 and [path.name for path in (tmp_path / "out").iterdir()] == ["card"], err
    # one list says nothing of the other product, and an empty folder of none
    for words, wanted, said in [
        ((str(two / "out/card/job.json"),), 2, "is not of oval-50x20"),
        ((str(two / "out/card/job.json"), "--product", "oval-50x20"), 2, "is not of oval-50x20"),
        ((str(two / "proofs"),), 3, "has no job.json of this job"),
        ((str(two / "out"), "--product", "poster"), 2, "it has oval-50x20, card"),
    ]:
        code, _, err = keytag("impose", "-o", "again", "--since", *words, cwd=tmp_path)
        assert code == wanted and said in err, err
    assert not (tmp_path / "again").exists()


def test_approval_holds_for_each_product(two: Path, tmp_path: Path) -> None:
    setup_of(tmp_path, *TWO)
    text = (two / "contacts.yaml").read_text()
    (tmp_path / "contacts.yaml").write_text(text.replace("0900.000.133", "0900.000.134"))
    code, _, err = keytag("impose", "--approved", str(two / "proofs"), cwd=tmp_path)
    assert code == 1 and "oval-50x20: xã Glar: deputy 1: 0900.000.133 is now 0900.000.134" in err
    assert "card: " not in err and not (tmp_path / "out").exists()
    proofs = str(two / "proofs/card/proofs.json")
    code, _, err = keytag("impose", "--approved", proofs, "--product", "card", "--verify", cwd=tmp_path)
    assert code == 0 and (tmp_path / "out/card/verification.pdf").exists(), err
    # a product that was never proofed is refused whole
    setup_of(tmp_path, TWO[1], "template: poster-a3, per: unit")
    code, _, err = keytag("impose", "-o", "new", "--approved", str(two / "proofs"), cwd=tmp_path)
    assert code == 1 and "poster-a3: xã Glar: was never in these proofs" in err and not (tmp_path / "new").exists()


def test_numbers_are_for_the_products_that_have_a_place_for_them(tmp_path: Path) -> None:
    setup_of(tmp_path, *TWO)
    path = tmp_path / "contacts.yaml"
    code, _, err = keytag("impose", "--numbered", cwd=tmp_path)
    assert code == 2 and "the roster has no serials" in err
    path.write_text(path.read_text().replace("job:\n", "job:\n  serials: {prefix: G, start: 1}\n", 1))
    code, _, err = keytag("impose", "--numbered", "--ledger", "so.csv", cwd=tmp_path)
    assert code == 0 and "oval-50x20-numbered is taken" in err, err
    listed = {name: json.loads((tmp_path / f"out/{name}/job.json").read_bytes()) for name in ("oval-50x20", "card")}
    assert listed["oval-50x20"]["template"] == "oval-50x20-numbered" and "serials" not in listed["card"]
    assert len((tmp_path / "out/oval-50x20/so-seri.csv").read_text().splitlines()) > 30
    serial = (tmp_path / "out/oval-50x20/so-seri.csv").read_text().splitlines()[1].split(",")[0]
    assert keytag("reprint", "--spoiled", serial, cwd=tmp_path)[0] == 2  # which product?
    code, _, err = keytag("reprint", "--spoiled", serial, "--job", "out/oval-50x20", cwd=tmp_path)
    assert code == 0 and "1 tag on 1 sheet" in err, err
    code, _, err = keytag("impose", "--numbered", "--imprint", "-o", "shells", cwd=tmp_path)
    assert code == 0 and [path.name for path in (tmp_path / "shells").iterdir()] == ["oval-50x20"], err
    code, _, err = keytag("impose", "--numbered", "--product", "card", "-o", "none", cwd=tmp_path)
    assert code == 2 and "has no place for a serial" in err


def test_the_difference_is_told_for_each_product(two: Path, tmp_path: Path) -> None:
    setup_of(tmp_path, *TWO)
    text = (two / "contacts.yaml").read_text()
    new = text.replace("0900.000.133", "0900.000.134").replace("quantity: 30", "quantity: 40")
    path = tmp_path / "contacts.yaml"
    path.write_text(new.replace("households: 12", "households: 22"))
    code, out, err = keytag("diff", str(two / "contacts.yaml"), str(path), cwd=tmp_path)
    lines = out.splitlines()
    assert code == 0, err
    assert lines[0].startswith("oval-50x20: xã Glar: the tag changes (40 tags): deputy 1: 0900.000.133 is now")
    assert lines[1].startswith("oval-50x20: a reprint (keytag impose --since")
    assert lines[2] == "card: no tag differs: nothing to print again"
    assert lines[3:] == ["xã Glar: on no tag: quantity: 30 → 40"]
    setup_of(tmp_path, TWO[0], "template: poster-a3, per: village")
    code, out, _ = keytag("diff", str(two / "contacts.yaml"), str(path), cwd=tmp_path)
    assert code == 0 and "poster-a3: xã Glar" in out and "is new" in out and "card: is no longer made" in out


def test_films_are_made_of_each_product(tmp_path: Path) -> None:
    setup_of(tmp_path, "template: oval-50x20-moulded", "template: oval-50x20-moulded, name: second")
    path = tmp_path / "contacts.yaml"
    path.write_text(path.read_text().replace("scheme: flatbed-600x900", "scheme: small.yaml"))
    films([path], tmp_path / "films")
    for name in ("oval-50x20-moulded", "second"):
        assert json.loads((tmp_path / f"films/{name}/films.json").read_bytes())["product"] == name


def test_nothing_is_made_where_one_of_them_has_errors(tmp_path: Path) -> None:
    setup_of(tmp_path, "template: oval-50x20", "template: leaflet-a5, scheme: sra3-work-and-turn")
    found = check([tmp_path / "contacts.yaml"], Wanted(None, True, (), (), ()))
    assert "sheet-size" in {finding.id for finding in found.findings}
    with pytest.raises(Leave) as left:
        impose([tmp_path / "contacts.yaml"], tmp_path / "out")
    assert left.value.code == 1
    assert not (tmp_path / "out").exists()


def test_without_products_a_job_is_one_piece() -> None:
    setup = jobs.open(REPOSITORY / "contacts.yaml")
    assert setup.product is None and jobs.products(setup) == (setup,) and setup.printed is setup.roster
    assert jobs.folder_in(Path("out"), setup) == Path("out")


def test_the_sample_has_the_shipped_contacts_and_passes() -> None:
    setups = jobs.products(jobs.open(SAMPLE))
    assert [folder_of(each.product) for each in setups if each.product] == [
        "oval-50x20", "leaflet-a5", "handover-card", "poster-a3", "training-a4",
    ]  # fmt: skip
    units = jobs.open(REPOSITORY / "contacts.yaml").roster.units
    assert [unit.key for unit in setups[0].roster.units] == [unit.key for unit in units]
    for one, other in zip(setups[0].roster.units, units, strict=True):
        assert [c.number.value for c in one.contacts] == [c.number.value for c in other.contacts]
    assert isinstance(ready(setups[1]), Ready)
