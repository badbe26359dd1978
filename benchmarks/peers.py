"""Two open tools making tags such as keytag's numbered ones: words, a serial, and a vector QR code of its own.

`python -m benchmarks.peers [TAGS]` (15,000) runs fullbleed and typst, both from PyPI and neither a dependency of
keytag, and prints processor seconds, memory and bytes a tag; beside them stands a whole numbered job of keytag with as
many tags. Neither tool checks, plans, imposes, or writes PDF/X: they set 80 tags to a page and no more.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.numbered import ROSTER, SERIALS, spent
from keytag.qr.symbol import rows_of
from keytag.serial.form import Form

UP, COLUMNS = 80, 8
WORDS = ("Công an xã Glar", "0269.3000.201", "0900.000.101", "0900.000.103")


def path(payload: str) -> str:
    """The dark modules of a code as one path of rectangles, in modules."""
    found = []
    for y, row in enumerate(rows_of(payload.encode(), "", 2, "M")):
        x = 0
        while row >> x:
            if row >> x & 1:
                length = 1
                while row >> x + length & 1:
                    length += 1
                found.append(f"M{x} {y}h{length}v1h-{length}z")
                x += length
            x += 1
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

    words = "".join(f"<div>{word}</div>" for word in WORDS)
    cells = [f'<div class="t">{words}<b>{serial}</b><div class="q">{svg}</div></div>' for serial, svg in tags(count)]
    pages = ["".join(cells[at : at + UP]) for at in range(0, count, UP)]
    css = (
        "@page { size: 420mm 220mm; margin: 5mm } .p { display: flex; flex-wrap: wrap; break-after: page }"
        ".t { width: 50mm; height: 20mm; font-size: 6pt } .q svg { width: 10mm; height: 10mm }"
    )
    body = "".join(f'<div class="p">{page}</div>' for page in pages)
    Path(output).write_bytes(library.PdfEngine().render_pdf(body, css))


def typst(count: int, output: str) -> None:
    import typst as library

    words = r" \ ".join(WORDS)
    head = (
        "#set page(width: 420mm, height: 220mm, margin: 5mm)\n#set text(size: 6pt)\n"
        f'#let t(s, q) = box(width: 50mm, height: 20mm)[{words} \\ *#s* #image(bytes(q), format: "svg", width: 10mm)]\n'
    )
    cells = [f"t({serial!r}, {svg!r})".replace('"', '\\"').replace("'", '"') for serial, svg in tags(count)]
    grids = [f"#grid(columns: {COLUMNS}, {', '.join(cells[at : at + UP])})" for at in range(0, count, UP)]
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "tags.typ"
        source.write_text(head + "\n#pagebreak()\n".join(grids), "utf-8")
        library.compile(str(source), output=output)


def main(count: int = 15_000) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, text = Path(name), ROSTER.read_text("utf-8")
        link = ', link: "https://x.gov.vn/{serial}"'
        job = text.replace("template: oval-50x20", f"template: oval-50x20-numbered\n  {SERIALS % link}", 1)
        (folder / "job.yaml").write_text(job.replace("[zalo.me]", "[zalo.me, x.gov.vn]", 1), "utf-8")
        made = str(folder / "keytag")
        words = [sys.executable, "-m", "keytag", "impose", "--numbered", str(folder / "job.yaml"), "-o", made]
        runs = {"keytag": (17_360, words)}
        for tool in ("fullbleed", "typst"):
            pdf = str(folder / f"{tool}.pdf")
            runs[tool] = count, [sys.executable, "-m", "benchmarks.peers", tool, str(count), pdf]
        own = 0.0
        for tool, (tags_made, command) in runs.items():
            seconds, memory = spent(command)
            own = own or seconds / tags_made
            each = seconds / tags_made
            print(f"{tool:9} {tags_made:6,} tags {seconds:7.2f} s  {each / own:5.1f} × keytag a tag  {memory:6.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ("fullbleed", "typst"):
        {"fullbleed": fullbleed, "typst": typst}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
    else:
        main(*map(int, sys.argv[1:2]))
