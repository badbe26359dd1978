"""The pictures of docs/gallery.md, made by keytag itself: `python docs/make_gallery.py [--check] [NAME …]`.

With `--check` they are made and compared with those that are there; exit code 1 where one is out of date.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from keytag.job import setup as jobs
from keytag.job import templates
from keytag.job.proofs import render_job
from keytag.job.ready import compose, findings_of

HERE = Path(__file__).parent
PICTURES = HERE / "pictures" / "gallery"
UNIT = "xa-dak-krong"  # four numbers and a title of usual length
WIDTH = 900
ALIKE = 64  # of 255: what another release of the rasteriser may shade otherwise


def papers() -> list[str]:
    """What goes with the tags; the pictures to be tested on people are a page each, and shown on none."""
    shipped = (HERE.parent / "templates" / "products").glob("*.yaml")
    return sorted(path.stem for path in shipped if not path.stem.startswith("picture-test"))


def picture(name: str) -> Image.Image:
    """Both faces of one design, side by side."""
    roster = (HERE.parent / "contacts.yaml").read_text("utf-8")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "contacts.yaml"
        file.write_text(roster.replace("template: oval-50x20", f"template: {name}"), "utf-8")
        setup = jobs.open([file])
        artworks = compose(setup)
        chosen = [artwork for artwork in artworks if artwork.key == UNIT]
        proofs = Path(place) / "proofs"
        render_job(setup, chosen, findings_of(setup, artworks), proofs, formats=["png"], dpi=300, whole=False)
        made = Image.open(proofs / f"{UNIT}.png").convert("RGB")
    made = made.resize((WIDTH, round(made.height * WIDTH / made.width)), Image.Resampling.LANCZOS)
    return made.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def alike(made: Image.Image, file: Path) -> bool:
    """Whether the picture that is there shows the same."""
    if not file.is_file():
        return False
    there = Image.open(file)
    if there.size != made.size:
        return False
    differences = ImageChops.difference(made.convert("RGB"), there.convert("RGB")).getextrema()
    return all(most <= ALIKE for _, most in differences)


def main(words: list[str]) -> int:
    names = [word for word in words if word != "--check"] or [*templates.names(), *papers()]
    PICTURES.mkdir(parents=True, exist_ok=True)
    old = []
    for name in names:
        made, file = picture(name), PICTURES / f"{name}.png"
        if "--check" not in words:
            made.save(file, optimize=True)
        elif not alike(made, file):
            old.append(name)
            sys.stderr.write(f"{file.name} is out of date: python docs/make_gallery.py {name}\n")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
