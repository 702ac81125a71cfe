"""The progress bar: one line for who looks, four plain lines for a log."""

import io

from gongfen.demo.bar import Bar


class Terminal(io.StringIO):
    """Text that somebody looks at."""

    def isatty(self):
        return True


def drawn(out):
    bar = Bar("过一年", out)
    for day in range(366):
        bar(day, 365)
    return out.getvalue()


def test_a_terminal_sees_one_line_that_grows():
    lines = drawn(Terminal()).split("\r")

    assert lines[1].endswith("   0 %")
    assert lines[-1] == f"过一年 {'█' * 30} 100 %\n"
    assert len(lines) == 102  # nothing before the first, then one for each hundredth


def test_a_log_sees_four_lines():
    assert drawn(io.StringIO()) == "过一年 25 %\n过一年 50 %\n过一年 75 %\n过一年 100 %\n"
