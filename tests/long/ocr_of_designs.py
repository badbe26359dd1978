"""Every number of every shipped design read by OCR from a worn print: `python -m tests.long.ocr_of_designs [NAME …]`.

Each face is rasterised at 200 dpi, blurred by a Gaussian of 0.075 mm, and each number's line cropped, enlarged four
times and read by Tesseract; 113 and its like, too, and a design that is another one without a link so as well. Leaves
with 1 where a digit is read as another one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps

from keytag.base.drawing import Words
from keytag.base.sides import SIDES
from keytag.job import setup as jobs
from keytag.job import templates
from keytag.job.proofs import one_up_file
from keytag.job.ready import compose
from keytag.render import png
from keytag.sheet.master import one_up
from keytag.tag.artwork import Artwork
from keytag.tag.typeset import set_text
from tests.conftest import REPOSITORY, template_named

DPI, SIGMA, ENLARGED = 200.0, 0.075, 4
_ROOM = 0.35  # mm around a line
_MARGIN = 0.5


def numbers_of(artwork: Artwork, side: str) -> list[Words]:
    face = artwork.front if side == "front" else artwork.back
    marks = [mark for group in face.form.groups for mark in group.marks if isinstance(mark, Words)]
    return [m for m in marks if re.fullmatch(r"[0-9. ]{3,}", m.text)]


def read(image: Image.Image) -> str:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "line.png"
        image.save(file, dpi=(DPI * ENLARGED, DPI * ENLARGED))
        words = ["tesseract", str(file), "-", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789."]
        alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # a line is no work to share
        return subprocess.run(words, capture_output=True, text=True, check=True, env=alone).stdout.strip()


def lines(name: str, folder: Path) -> tuple[int, list[str]]:
    """How many numbers were read, and those that were misread."""
    text = (REPOSITORY / "contacts.yaml").read_text("utf-8").replace("template: oval-50x20", f"template: {name}")
    count, wrong = read_all(name, text, folder)
    template = template_named(name)
    if any("link" in element.when.unless for element in (*template.front, *template.back)):
        more, odd = read_all(f"{name} without a link", re.sub(r"(?m)^  zalo:.*\n", "", text), folder)
        count, wrong = count + more, wrong + odd
    return count, wrong


def read_all(name: str, text: str, folder: Path) -> tuple[int, list[str]]:
    """The same of one roster, each different number of a side once."""
    file = folder / "contacts.yaml"
    file.write_text(text, "utf-8")
    setup = jobs.open([file])
    count, wrong, seen = 0, [], set()
    for artwork in compose(setup):
        data = png.proof_pdf(one_up_file(setup, artwork))
        for page, side in enumerate(("front", "back")):
            wanted = [w for w in numbers_of(artwork, side) if (side, w.text) not in seen]
            if not wanted:
                continue
            face = face_picture(data, page, artwork)
            for words in wanted:
                seen.add((side, words.text))
                box = words.box.inset(-_ROOM)
                scale = DPI / 25.4
                crop = face.crop(tuple(round((v + _MARGIN) * scale) for v in (box.x, box.y, box.right, box.bottom)))
                big = crop.resize((crop.width * ENLARGED, crop.height * ENLARGED), Image.Resampling.BICUBIC)
                got = read(dark_on_light(big))
                count += 1
                if re.sub(r"\D", "", got) != re.sub(r"\D", "", words.text):
                    wrong.append(f"{name}, {artwork.title}, {side}: {words.text} read as {got!r}")
    return count, wrong


def dark_on_light(image: Image.Image) -> Image.Image:
    """Dark digits on a light ground, with room around them, as Tesseract likes to have them."""
    grey = ImageOps.autocontrast(image)
    corners = [grey.getpixel(at) for at in ((0, 0), (grey.width - 1, grey.height - 1))]
    if sum(corners) < 255:
        grey = ImageOps.invert(grey)
    return ImageOps.expand(grey, border=40, fill=255)


def face_picture(data: bytes, page: int, artwork: Artwork) -> Image.Image:
    """The trim of a one-up page with half a millimetre around, in grey, blurred as a worn print is."""
    trim = one_up(artwork, SIDES[page], set_text).page.trim
    image = png.rasterise(data, page, DPI, crop=trim.inset(-_MARGIN), gray=True)
    return image.filter(ImageFilter.GaussianBlur(SIGMA * DPI / 25.4))


def main(names: list[str]) -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        for name in names or templates.names():
            count, wrong = lines(name, Path(place))
            print(f"{name}: {count} numbers, {len(wrong)} misread", *wrong, sep="\n  ", flush=True)
            failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
