"""A sum of money as people say it aloud."""

HUNDREDTHS_OF_A_FEN = 100
A_YUAN = 100 * HUNDREDTHS_OF_A_FEN


def spoken(money: int) -> str:
    """12元5角 for 125,000 hundredths of a fen. Parts of a fen are not said: payments have none."""
    fen = abs(money) // HUNDREDTHS_OF_A_FEN
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    said = f"{yuan}元" if yuan else ""
    if jiao:
        said += f"{jiao}角"
    elif yuan and rest:
        said += "零"
    if rest:
        said += f"{rest}分"
    return said or "0元"


def spoken_in_english(money: int) -> str:
    """12.50 yuan for 125,000 hundredths of a fen."""
    fen = abs(money) // HUNDREDTHS_OF_A_FEN
    return f"{fen // 100}.{fen % 100:02} yuan"


def received(money: int) -> dict[str, str]:
    """What the till says when a payment has come in."""
    return {"zh": f"收到{spoken(money)}", "en": f"Received {spoken_in_english(money)}"}


def given_back(money: int) -> dict[str, str]:
    """What the till says when a payment was given back."""
    return {"zh": f"退回{spoken(money)}", "en": f"Gave back {spoken_in_english(money)}"}
