"""Every number that a villager or an officer reads, held against the roster digit by digit, by extraction and by OCR.

    python -m tests.long.villagers_numbers [ROSTER [STEP]]

Of a roster (`samples/dak-doa-products.yaml`): the pages of its site in a real browser, at each width that was
promised, with every card; lists, labels and receipts; both faces of every piece of every product. OCR reads every
STEP-th page of each kind (5), but no tags, which `keytag verify` reads line by line. A number of extraction must be
the roster's; OCR must read each number that extraction finds on a page. Every QR code must say what it must. Anything
else ends it with the page's name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from keytag.job import setup as jobs
from keytag.job.handout import publish_handout
from keytag.job.proofs import one_up_file
from keytag.job.ready import Ready, ready
from keytag.job.site import publish_site
from keytag.qr import decode
from keytag.render import png
from keytag.roster.model import Roster
from keytag.sheet.master import one_up
from keytag.tag.payload import payloads
from keytag.tag.typeset import set_text
from tests.conftest import FLAGS, REPOSITORY

SAMPLE = REPOSITORY / "samples/dak-doa-products.yaml"
WIDTHS = (256, 320, 1280)
RUN = re.compile(r"(?<![\d.])0\d{2,3}[. ]?\d{3,4}[. ]?\d{3,4}(?![\d.]*\d)")
ONE = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # threads of OCR that wait for each other
told: Counter[str] = Counter()


def numbers(text: str) -> set[str]:
    return {re.sub(r"\D", "", run) for run in RUN.findall(text)}


def known(roster: Roster) -> set[str]:
    people = [p for a in roster.authorities for p in (a.duty, a.chief) if p]
    people += [p for unit in roster.units for p in unit.contacts]
    people += [p for unit in roster.units for village in unit.villages for p in village.contacts]
    return {re.sub(r"\D", "", person.number.value) for person in people}


def read(picture: Image.Image, folder: Path) -> set[str]:
    """What OCR reads of a picture, in two ways of looking at it."""
    picture.convert("L").save(folder / "p.png")
    found: set[str] = set()
    for way in ("11", "6"):
        words = ["tesseract", str(folder / "p.png"), "-", "--psm", way]
        said = subprocess.run(words, capture_output=True, text=True, check=True, env=ONE).stdout
        found |= numbers("\n".join(re.sub(r"(?<=[\d.]) (?=[\d.])", "", line) for line in said.splitlines()))
    return found


def same(where: str, extracted: set[str], seen: set[str] | None, right: set[str]) -> None:
    assert extracted <= right, (where, extracted - right)
    told["numbers extracted"] += len(extracted)
    if seen is not None:
        assert extracted <= seen, (where, "OCR did not read", extracted - seen)
        told["numbers read by OCR"] += len(extracted)


def pages(site: Path, right: set[str], step: int, folder: Path) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        tab = browser.new_page(device_scale_factor=2)
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        for at, path in enumerate(sorted(site.rglob("*.html"))):
            asked.clear()
            for width in WIDTHS:
                for size in ("100%", "200%"):
                    tab.set_viewport_size({"width": width, "height": 700})
                    tab.goto(path.as_uri())
                    tab.evaluate(f"document.documentElement.style.fontSize = '{size}'")
                    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                    wide = tab.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
                    assert wide == [width, width], (path, wide, size)
            tab.evaluate("document.documentElement.style.fontSize = ''")
            assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}, asked
            seen = None
            if at % step == 0:
                tab.screenshot(path=folder / "s.png", full_page=True)
                with Image.open(folder / "s.png") as picture:
                    seen = read(picture, folder)
            text = tab.evaluate("document.body.innerText")
            same(str(path), numbers(text), seen, right)
            dials = {"0" + tel for tel in re.findall(r'"tel:\+84(\d+)"', path.read_text("utf-8"))}
            assert dials == numbers(text), path
            told["pages in the browser"] += 1
        browser.close()
    for card in sorted(site.rglob("*.vcf")):
        found = {"0" + tel for tel in re.findall(r"\+84(\d+)", card.read_text("utf-8"))}
        same(str(card), found, None, right)


def papers(folder: Path, right: set[str], step: int, scratch: Path) -> None:
    for path in sorted(folder.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        for at, page in enumerate(document):
            found = numbers(page.get_textpage().get_text_range())
            seen = None
            if told["papers"] % step == 0:
                seen = read(page.render(scale=200 / 72).to_pil(), scratch)
            same(f"{path}, page {at + 1}", found, seen, right)
            told["papers"] += 1
        document.close()
    for path in sorted(folder.rglob("*.csv")):
        same(str(path), numbers(path.read_text("utf-8-sig")), None, right)


def pieces(product: Ready, right: set[str], step: int, scratch: Path) -> None:
    for at, artwork in enumerate(product.artworks):
        data = one_up_file(product.setup, artwork)
        found: list[str] = []
        for number, (side, face) in enumerate(artwork.sides):
            trim = one_up(artwork, side, set_text).page.trim
            large = trim.width > 100  # tags are read line by line by keytag verify
            picture = png.rasterise(png.proof_pdf(data), number, 150 if large else 600, crop=trim)
            shown = {re.sub(r"\D", "", fit.text) for fit in face.fits if RUN.fullmatch(fit.text)}
            same(f"{artwork.title}, {side}", shown, read(picture, scratch) if large and at % step == 0 else None, right)
            found += decode.zxing(picture)
            told["faces"] += 1
        unit = next(unit for unit in product.setup.printed.units if unit.key == artwork.key)
        wanted = [each.text for each in payloads(product.setup.template, product.setup.printed.job, unit)]
        assert sorted(found) == sorted(wanted), (artwork.title, found, wanted)
        told["codes decoded"] += len(found)


def main(path: Path = SAMPLE, step: int = 5) -> None:
    setup = jobs.open(path)
    right = known(setup.roster)
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        (first, *more) = [ready(each) for each in jobs.products(setup)]
        assert isinstance(first, Ready), first
        whole = ready(setup)
        assert isinstance(whole, Ready), whole
        if setup.roster.site is not None:
            publish_site(whole, scratch / "site")
            pages(scratch / "site", right, step, scratch)
        if any(unit.villages for unit in setup.roster.units):
            publish_handout(whole, scratch / "handout")
            papers(scratch / "handout", right, step, scratch)
        for product in (first, *more):
            assert isinstance(product, Ready), product
            pieces(product, right, step, scratch)
    print(", ".join(f"{what}: {count:,}" for what, count in told.items()))


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]) if words else SAMPLE, int(words[1]) if words[1:] else 5)
