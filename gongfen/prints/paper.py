"""A sheet of paper: letters, lines, tables and QR codes by position. Positions are whole tenths of a millimetre."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import segno
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

FONTS = Path(__file__).parent / "fonts"
TENTH = 72 / 254  # points in a tenth of a millimetre
SIZES = {"A4": (2100, 2970), "A4 landscape": (2970, 2100), "A5": (1480, 2100), "card": (856, 540)}

Colour = tuple[int, int, int]
INK: Colour = (31, 42, 36)
QUIET: Colour = (86, 97, 90)
LINE: Colour = (201, 211, 203)
GREEN: Colour = (43, 106, 74)
PERSIMMON: Colour = (168, 68, 31)
PALE: Colour = (244, 246, 241)
WHITE: Colour = (255, 255, 255)

LACKING = "〓"  # the printer's old mark for a letter that is not in the case


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, its width in tenths of a millimetre, and on which side its text stands."""

    heading: str
    width: int
    side: str = "L"  # L, C, R


class Paper:
    """One document under the pen."""

    def __init__(self, title: str, made_at: datetime, size: str = "A4") -> None:
        self.width, self.height = SIZES[size]
        self.pdf = FPDF(unit=TENTH, format=(self.width, self.height))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.set_title(title)
        self.pdf.set_creation_date(made_at)
        self.pdf.set_producer("gongfen")
        self.pdf.add_font("noto", "", FONTS / "regular.otf")
        self.pdf.add_font("noto", "B", FONTS / "bold.otf")

    def page(self) -> None:
        """A fresh page."""
        self.pdf.add_page()

    def width_of(self, text: str, size: int, *, bold: bool = False) -> int:
        """How wide the text would stand (tenths of a millimetre)."""
        advances = _letters("bold.otf" if _is_heavy(text, bold=bold) else "regular.otf")
        thousandths = sum(advances[ord(letter)] for letter in _printable(text))
        return -(-thousandths * size * 254 // 72_000)

    def text(
        self,
        x: int,
        y: int,
        text: str,
        size: int = 11,
        *,
        bold: bool = False,
        colour: Colour = INK,
        width: int = 0,
        side: str = "L",
    ) -> None:
        """One line of text, its upper edge at y. With a width, it is shrunk until it fits, and never runs over."""
        if width:
            least = max(7, size * 2 // 3)  # smaller than that nobody reads it
            while size > least and self.width_of(text, size, bold=bold) > width:
                size -= 1
            text = self._cut(text, size, width, bold=bold)
        self._ink(text, size, bold=bold)
        self.pdf.set_text_color(*colour)
        self.pdf.set_xy(x, y)
        self.pdf.cell(
            width or None, high(size), _printable(text), align=side, new_x=XPos.RIGHT, new_y=YPos.TOP, link=""
        )

    def centered(self, y: int, text: str, size: int, *, bold: bool = False, colour: Colour = INK) -> None:
        """A line in the middle of the page."""
        self.text(150, y, text, size, bold=bold, colour=colour, width=self.width - 300, side="C")

    def paragraph(self, x: int, y: int, width: int, text: str, size: int = 11, *, colour: Colour = INK) -> int:
        """Text that wraps; answers the y below it."""
        self._ink(text, size)
        self.pdf.set_text_color(*colour)
        for line in self._wrapped(_printable(text), width):
            self.pdf.set_xy(x, y)
            self.pdf.cell(width, high(size), line)
            y += high(size)
        return y

    def line(self, x: int, y: int, to_x: int, to_y: int, *, colour: Colour = LINE, thick: int = 2) -> None:
        """A line; `thick` in tenths of a millimetre."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(thick)
        self.pdf.line(x, y, to_x, to_y)

    def box(
        self, x: int, y: int, width: int, height: int, *, colour: Colour = LINE, fill: Colour | None = None
    ) -> None:
        """A box with round corners, filled when asked."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(3)
        self.pdf.set_fill_color(*(fill or WHITE))
        self.pdf.rect(x, y, width, height, style="DF" if fill else "D", round_corners=True, corner_radius=30)

    def qr(self, x: int, y: int, side: int, content: str, *, strong: bool = False) -> None:
        """A QR code drawn as squares, so that it is sharp at any size; `strong` survives a torn corner."""
        code = segno.make(content, error="q" if strong else "m", micro=False)
        rows = [bytes(row) for row in code.matrix]
        self.pdf.set_fill_color(0, 0, 0)
        cell = side / len(rows)
        for j, row in enumerate(rows):
            for start, length in _runs(row):
                self.pdf.rect(x + start * cell, y + j * cell, length * cell, cell, style="F")

    def heading(self, x: int, y: int, width: int, columns: Sequence[Column], size: int = 9) -> int:
        """The head of a table; answers the y below it."""
        self.pdf.set_fill_color(*PALE)
        self.pdf.rect(x, y, width, 70, style="F")
        for column in columns:
            self.text(
                x + 15, y + 15, column.heading, size, bold=True, colour=QUIET, width=column.width - 30, side=column.side
            )
            x += column.width
        return y + 70

    def row(self, x: int, y: int, columns: Sequence[Column], cells: Sequence[str], height: int = 76) -> int:
        """A row of a table with a thin line under it; answers the y below it."""
        left = x
        for column, cell in zip(columns, cells, strict=True):
            self.text(x + 15, y + (height - high(10)) // 2, cell, 10, width=column.width - 30, side=column.side)
            x += column.width
        self.line(left, y + height, x, y + height)
        return y + height

    def bytes(self) -> bytes:
        """The document as a PDF file."""
        return bytes(self.pdf.output())

    def _ink(self, text: str, size: int, *, bold: bool = False) -> None:
        self.pdf.set_font("noto", "B" if _is_heavy(text, bold=bold) else "", size)

    def _cut(self, text: str, size: int, width: int, *, bold: bool) -> str:
        if self.width_of(text, size, bold=bold) <= width:
            return text
        while text and self.width_of(text + "…", size, bold=bold) > width:
            text = text[:-1]
        return text + "…"

    def _wrapped(self, text: str, width: int) -> list[str]:
        return list(
            self.pdf.multi_cell(width, 1, text, dry_run=True, output="LINES", align="L", wrapmode="WORD")  # type: ignore[arg-type]  # names of enums are allowed, too
        )


def high(size: int) -> int:
    """The height of a line of this size in points (tenths of a millimetre)."""
    return size * 5


@cache
def _letters(file: str) -> dict[int, int]:
    """The letters of a font, and how far each moves the pen (thousandths of its size)."""
    font = TTFont(str(FONTS / file), lazy=True)
    advances, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: advances[name][0] * 1000 // per_em for code, name in font.getBestCmap().items()}


def _is_heavy(text: str, *, bold: bool) -> bool:
    """Bold is printed only where the bold font has every letter: no word in two weights."""
    return bold and all(ord(letter) in _letters("bold.otf") for letter in text)


def _printable(text: str) -> str:
    return "".join(letter if ord(letter) in _letters("regular.otf") else LACKING for letter in text)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """The dark runs of a row: (start, length)."""
    runs: list[tuple[int, int]] = []
    for i, dark in enumerate(row):
        if not dark:
            continue
        if runs and runs[-1][0] + runs[-1][1] == i:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((i, 1))
    return runs
