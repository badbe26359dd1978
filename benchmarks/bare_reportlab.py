"""The least that a reportlab script does for the shipped roster: 34 forms, and 34 pages that place one 80 times each.

Text is set in the vendored font as text, nothing is outlined, checked, hashed or named: a lower bound, not a tool.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(__file__).parent.parent / "keytag/data/fonts/FiraSansCondensed-Bold.ttf"
LINES = ("CÔNG AN XÃ IA BĂNG", "Trưởng CA 0900.000.101", "Phó CA 0900.000.102", "Trực ban 0269.3000.201")


def main() -> None:
    pdfmetrics.registerFont(TTFont("Fira", str(FONT)))
    canvas = Canvas("bare.pdf", pagesize=(320 * mm, 450 * mm))
    for design in range(17):
        for side in ("front", "back"):
            canvas.beginForm(f"{design}-{side}", -3 * mm, -3 * mm, 53 * mm, 23 * mm)
            canvas.setFillColorCMYK(0, 1, 1, 0)
            canvas.ellipse(-3 * mm, -3 * mm, 53 * mm, 23 * mm, stroke=0, fill=1)
            canvas.setFillColorCMYK(0, 0, 0, 0)
            for i, line in enumerate(LINES):
                canvas.setFont("Fira", 8)
                canvas.drawString(10 * mm, (14 - 3 * i) * mm, line)
            if side == "front":
                symbol = QrCodeWidget("https://zalo.me/1234567890123456789", barLevel="M")
                symbol.qr.make()
                size = 10 * mm / symbol.qr.getModuleCount()
                for y, row in enumerate(symbol.qr.modules):
                    for x, dark in enumerate(row):
                        if dark:
                            canvas.rect(5 * mm + x * size, 15 * mm - y * size, size, size, stroke=0, fill=1)
            canvas.endForm()
    for design in range(17):
        for side in ("front", "back"):
            for station in range(80):
                canvas.saveState()
                canvas.translate((20 + station % 5 * 56) * mm, (20 + station // 5 * 26) * mm)
                canvas.doForm(f"{design}-{side}")
                canvas.restoreState()
            canvas.showPage()
    canvas.save()


main()
