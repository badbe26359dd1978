"""The pictures of docs/gallery.md, made by keytag itself: `python docs/make_gallery.py [NAME …]` in the repository."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from keytag.job import setup as jobs
from keytag.job import templates
from keytag.job.proofs import render_job
from keytag.job.ready import compose, findings_of

HERE = Path(__file__).parent
PICTURES = HERE / "pictures" / "gallery"
UNIT = "xa-dak-krong"  # four numbers and a title of usual length
WIDTH = 900


def main(names: list[str]) -> None:
    roster = (HERE.parent / "contacts.yaml").read_text("utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in names or templates.names():
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "contacts.yaml"
            file.write_text(roster.replace("template: oval-50x20", f"template: {name}"), "utf-8")
            setup = jobs.open([file])
            artworks = compose(setup)
            chosen = [artwork for artwork in artworks if artwork.key == UNIT]
            proofs = Path(place) / "proofs"
            render_job(setup, chosen, findings_of(setup, artworks), proofs, formats=["png"], dpi=300, whole=False)
            picture = Image.open(proofs / f"{UNIT}.png").convert("RGB")
            picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
            picture = picture.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
