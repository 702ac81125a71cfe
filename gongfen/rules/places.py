"""An act's place: its town and its number in one whole number, so that order is the primary key.

54 bits for an act (20 town, 34 number), 63 for a transfer (9 more for its line): no second index is needed to
know what came first, and no id or clock decides it.
"""

NUMBER_BITS = 34
LINE_BITS = 9
MOST_LINES = 1 << LINE_BITS


def place(town_code: int, number: int) -> int:
    """The id of the act with this number."""
    return town_code << NUMBER_BITS | number


def number_of(act: int) -> int:
    """The number of the act with this id."""
    return act & (1 << NUMBER_BITS) - 1


def transfer_place(act: int, line: int) -> int:
    """The id of a line of an act; lines begin with 0."""
    return act << LINE_BITS | line


def act_of(transfer: int) -> int:
    """The id of the act that a transfer belongs to."""
    return transfer >> LINE_BITS


def line_of(transfer: int) -> int:
    """The line of a transfer within its act."""
    return transfer & MOST_LINES - 1
