"""The pictures of README and docs, made by keytag itself: `python docs/make_pictures.py` in the repository."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from PIL import Image

import keytag
from keytag.base.drawing import Layer
from keytag.job.films import films_of
from keytag.job.imposition import imposed
from keytag.job.proofs import render_job
from keytag.job.ready import order_of
from keytag.job.site import publish_site
from keytag.job.verification import page_of, verify_folder
from keytag.render import png
from keytag.render.film.write import Told
from keytag.render.film.write import film as write_film
from keytag.sheet.scheme import Films

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"


def page(data: bytes, number: int, dpi: float, hide: tuple[Layer, ...] = ()) -> Image.Image:
    import pypdfium2

    if hide:
        return png.rasterise(png.proof_pdf(data, hide), number, dpi)
    with pypdfium2.PdfDocument(data) as document:
        picture: Image.Image = document[number].render(scale=dpi / 72).to_pil()
        return picture


def main() -> None:
    setup = keytag.open(HERE.parent / "contacts.yaml")
    ready = keytag.ready(setup)
    assert isinstance(ready, keytag.Ready)
    with tempfile.TemporaryDirectory() as place:
        proofs, out = Path(place) / "proofs", Path(place) / "out"
        render_job(setup, ready.artworks, ready.findings, proofs, dpi=400)
        keytag.impose(ready, out)
        small(Image.open(proofs / "xa-glar.png"), 1400).save(PICTURES / "tag.png", optimize=True)
        book = (proofs / "proof-book.pdf").read_bytes()
        small(page(book, 2, 110), 900).save(PICTURES / "proof-page.png", optimize=True)
        sheet = (out / "plate-01.pdf").read_bytes()
        shown = page(sheet, 1, 110, (Layer.WHITE, Layer.CUT, Layer.HOLE))
        small(shown, 900).save(PICTURES / "sheet.png", optimize=True)
        done = verify_folder(out, setup)
        small(page(page_of(done), 0, 110), 900).save(PICTURES / "verification.png", optimize=True)
        ticket = (out / "production-ticket.pdf").read_bytes()
        small(page(ticket, 0, 110), 900).save(PICTURES / "ticket.png", optimize=True)
        factory(Path(place))
        publish_site(ready, Path(place) / "site")
        small(pages(Path(place) / "site"), 1000).save(PICTURES / "site.png", optimize=True)


def factory(place: Path) -> None:
    """The jig's film of White, and the sheet of nested ovals, from the shipped roster."""
    for template, scheme in (("oval-50x20-moulded", "jig-moulded-4x5"), ("oval-50x20", "flatbed-600x900-staggered")):
        text = (HERE.parent / "contacts.yaml").read_text("utf-8")
        text = re.sub(r"^  template: .*$", f"  template: {template}", text, count=1, flags=re.M)
        text = re.sub(r"^  scheme: .*$", f"  scheme: {scheme}", text, count=1, flags=re.M)
        roster = place / f"{scheme}.yaml"
        roster.write_text(text, "utf-8")
        ready = keytag.ready(keytag.open(roster))
        assert isinstance(ready, keytag.Ready)
        job = imposed(order_of(ready))
        if scheme.startswith("jig"):
            film = next(one for one in films_of(job) if one.side == "front" and one.ink == "White")
            told = Told(ready.setup.name, film.plate, film.side, film.ink, ready.setup.date, "keytag")
            data = write_film(film.page, film.forms, film.ink, Films(dpi=1200), told)
            grey = Image.open(io.BytesIO(data)).convert("L")
            size = (1400, round(grey.height * 1400 / grey.width))
            grey.resize(size, Image.Resampling.BOX).quantize(16).save(PICTURES / "film.png", optimize=True)
        else:
            sheet = next(work for work in job.for_the_press if work.name == "plate-01.pdf")
            shown = page(sheet.make(*sheet.given), 0, 60, (Layer.WHITE, Layer.CUT, Layer.HOLE))
            small(shown.crop((0, 0, shown.width, shown.height * 2 // 5)), 900).save(
                PICTURES / "staggered.png", optimize=True
            )


def pages(site: Path) -> Image.Image:
    """A unit's page and the index side by side, as two telephones show them."""
    from playwright.sync_api import sync_playwright

    both = Image.new("RGB", (1600, 1480), "#8a8a8a")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for x, name, scheme in ((0, "xa-glar/index.html", "light"), (820, "index.html", "dark")):
            tab = browser.new_page(
                viewport={"width": 390, "height": 740},
                device_scale_factor=2,
                color_scheme="dark" if scheme == "dark" else "light",
            )
            tab.goto((site / name).as_uri())
            both.paste(Image.open(io.BytesIO(tab.screenshot())), (x, 0))
        browser.close()
    return both


def small(image: Image.Image, width: int) -> Image.Image:
    height = round(image.height * width / image.width)
    return (
        image.convert("RGB")
        .resize((width, height), Image.Resampling.LANCZOS)
        .quantize(240, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    )


if __name__ == "__main__":
    main()
