"""A progress bar on one line of the terminal; four plain lines where no terminal is."""

import sys
from typing import TextIO

WIDTH = 30


class Bar:
    """Shows how far something is. Call it with (done, of); `words` stand before it."""

    def __init__(self, words: str, out: TextIO | None = None) -> None:
        self.words = words
        self.out = sys.stderr if out is None else out
        self._shown = -1

    def __call__(self, done: int, of: int) -> None:
        """Draw, when a hundredth more is done."""
        part = 100 * done // max(of, 1)
        if not self.out.isatty():
            self._plainly(part // 25 * 25)
            return
        if part == self._shown:
            return
        self._shown = part
        full = WIDTH * part // 100
        self.out.write(f"\r{self.words} {'█' * full}{'·' * (WIDTH - full)} {part:3d} %")
        if done >= of:
            self.out.write("\n")
        self.out.flush()

    def _plainly(self, part: int) -> None:
        if part > max(self._shown, 0):
            self._shown = part
            self.out.write(f"{self.words.strip()} {part} %\n")
            self.out.flush()
