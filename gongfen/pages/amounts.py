"""A sum as somebody typed it."""

from decimal import Decimal, InvalidOperation

from gongfen.rules.refusals import Refusal

MOST = Decimal(1_000_000)  # yuan; what is more was mistyped


class SumUnreadable(Refusal):
    """This is no sum of money: digits, a point, and at most two places."""

    code = "sum_unreadable"


def read_sum(typed: str) -> int:
    """12.5, 12.50, １２．５, ¥12.50 → 125000 (hundredths of a fen); a part of a fen is not readable."""
    plain = (
        typed.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))
        .strip()
        .lstrip("¥￥")
        .replace(",", "")
    )
    try:
        yuan = Decimal(plain.removesuffix("元").strip())
    except InvalidOperation:
        raise SumUnreadable() from None
    if not yuan.is_finite() or yuan > MOST or yuan < 0 or yuan.normalize().as_tuple().exponent < -2:  # type: ignore[operator]  # finite
        raise SumUnreadable()
    return int(yuan * 10_000)
