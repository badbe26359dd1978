"""Two open tools making tags such as keytag's numbered ones: two faces, words, a serial, a vector QR code of its own.

`python -m benchmarks.peers [TAGS]` (15,000) runs fullbleed and typst, both from PyPI and neither a dependency of
keytag, with codes by segno (also from PyPI), and prints processor seconds, memory, and how many times a tag of theirs
takes that of keytag: with the making of its code, and without, since no tool but keytag makes codes by the thousand.
Beside them stands a whole numbered job of keytag. Neither tool checks, plans, imposes, or writes PDF/X: they set 80
tags to a page, fronts and backs in turn, and no more.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import groupby
from pathlib import Path

from benchmarks.numbered import ROSTER, SERIALS, spent
from keytag.serial.form import Form

UP, COLUMNS, KEYTAG = 80, 8, 17_360
FRONT = ("CÔNG AN XÃ GLAR", "Quét mã để gọi", "112 · 113 · 114 · 115")
BACK = ("Trưởng CA 0900.000.101", "Phó CA 0900.000.103", "Trực ban 0269.3000.201", "Công an huyện Đak Đoa")
TOOLS = ("fullbleed", "typst")


def path(payload: str) -> str:
    """The dark modules of a code as one path of rectangles, in modules."""
    import segno

    found = []
    for y, row in enumerate(segno.make_qr(payload, error="m", boost_error=False).matrix):
        x = 0
        for dark, same in groupby(row):
            length = len(list(same))
            if dark:
                found.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(found)


def tags(count: int) -> list[tuple[str, str]]:
    """Each tag's serial as it is printed, and its code as an SVG."""
    form = Form("G")
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25" width="25" height="25"><path d="'
    return [
        (form.printed(number), f'{head}{path(f"https://x.gov.vn/{form.text(number)}")}"/></svg>')
        for number in range(1, count + 1)
    ]


def fullbleed(count: int, output: str) -> None:
    import fullbleed as library

    front, back = ("".join(f"<div>{word}</div>" for word in words) for words in (FRONT, BACK))
    faces = [
        (f'<div class="t">{front}<div class="q">{svg}</div></div>', f'<div class="t">{back}<b>{serial}</b></div>')
        for serial, svg in tags(count)
    ]
    pages = ["".join(face[i] for face in faces[at : at + UP]) for at in range(0, count, UP) for i in (0, 1)]
    css = (
        "@page { size: 420mm 220mm; margin: 5mm } .p { display: flex; flex-wrap: wrap; break-after: page }"
        ".t { width: 50mm; height: 20mm; font-size: 5pt; background: #e3001b; border-radius: 25mm / 10mm; color: #fff }"
        ".q svg { width: 10mm; height: 10mm }"
    )
    body = "".join(f'<div class="p">{page}</div>' for page in pages)
    Path(output).write_bytes(library.PdfEngine().render_pdf(body, css))


TYPST = """\
#set page(width: 420mm, height: 220mm, margin: 5mm)
#set text(size: 5pt, fill: white)
#let tag(body) = box(width: 50mm, height: 20mm, ellipse(width: 50mm, height: 20mm, fill: red, body))
#let front(serial, code) = tag[%s #box(fill: white, image(bytes(code), format: "svg", width: 9mm))]
#let back(serial, code) = tag[%s \\ *#serial*]
#for sheet in json("tags.json").chunks(%d) {
  for face in (front, back) { page(grid(columns: %d, ..sheet.map(((s, c)) => face(s, c)))) }
}
"""


def typst(count: int, output: str) -> None:
    import typst as library

    front, back = (" \\ ".join(words) for words in (FRONT, BACK))
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "tags.typ"
        source.write_text(TYPST % (front, back, UP, COLUMNS), "utf-8")
        (Path(name) / "tags.json").write_text(json.dumps(tags(count)), "utf-8")
        library.compile(str(source), output=output)


def main(count: int = 15_000) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, text = Path(name), ROSTER.read_text("utf-8")
        link = ', link: "https://x.gov.vn/{serial}"'
        job = text.replace("template: oval-50x20", f"template: oval-50x20-numbered\n  {SERIALS % link}", 1)
        (folder / "job.yaml").write_text(job.replace("[zalo.me]", "[zalo.me, x.gov.vn]", 1), "utf-8")
        made = str(folder / "keytag")
        words = [sys.executable, "-m", "keytag", "impose", "--numbered", str(folder / "job.yaml"), "-o", made]
        own, memory = spent(words)
        own /= KEYTAG
        print(f"keytag    {KEYTAG:6,} tags {own * KEYTAG:7.2f} s  {memory:6.0f} MB, the whole job")
        codes, _ = spent([sys.executable, "-m", "benchmarks.peers", "codes", str(count), ""])
        print(f"segno     {count:6,} codes{codes:7.2f} s")
        for tool in TOOLS:
            seconds, memory = spent([sys.executable, "-m", "benchmarks.peers", tool, str(count), str(folder / tool)])
            both, alone = seconds / count / own, (seconds - codes) / count / own
            more = f"{both:5.1f} × keytag a tag, {alone:5.1f} × without making its codes"
            print(f"{tool:9} {count:6,} tags {seconds:7.2f} s  {memory:6.0f} MB  {more} (bound 20)")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in (*TOOLS, "codes"):
        count = int(sys.argv[2])
        if sys.argv[1] == "codes":
            tags(count)
        else:
            {"fullbleed": fullbleed, "typst": typst}[sys.argv[1]](count, sys.argv[3])
    else:
        main(*map(int, sys.argv[1:2]))
