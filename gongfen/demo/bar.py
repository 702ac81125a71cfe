"""A progress bar on one line of the terminal; nothing where nobody looks."""

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
        if part == self._shown or not self.out.isatty():
            return
        self._shown = part
        full = WIDTH * part // 100
        self.out.write(f"\r{self.words} {'█' * full}{'·' * (WIDTH - full)} {part:3d} %")
        if done >= of:
            self.out.write("\n")
        self.out.flush()
