"""Amounts as people read them: points without needless zeros, money with ¥ in front."""

from gongfen.rules.spoken import spoken, spoken_in_english

SMALLEST = 100  # hundredths in a point, and in a fen
FEN = 100  # fen in a yuan


def points(hundredths: int) -> str:
    """3000 → 30, 3050 → 30.5, 123456 → 1,234.56 (hundredths of a point)."""
    whole, rest = divmod(abs(hundredths), SMALLEST)
    tail = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{_sign(hundredths)}{whole:,}{tail}"


def yuan(hundredths: int) -> str:
    """125000 → 12.50 (hundredths of a fen). Parts of a fen are shown, never rounded away: 125001 → 12.5001."""
    whole, rest = divmod(abs(hundredths), SMALLEST * FEN)
    fen, part = divmod(rest, SMALLEST)
    tail = f"{part:02d}" if part else ""
    return f"{_sign(hundredths)}{whole:,}.{fen:02d}{tail}"


def money(hundredths: int) -> str:
    """125000 → ¥12.50 (hundredths of a fen)."""
    return f"{_sign(hundredths)}¥{yuan(abs(hundredths))}"


def signed(text: str, *, gained: bool) -> str:
    """An entry as its account reads it: + came in, − went out."""
    return f"+{text}" if gained else f"−{text}"


def said(hundredths: int, lang: str) -> str:
    """125000 → 12元5角: what a till says aloud (hundredths of a fen)."""
    return spoken_in_english(hundredths) if lang == "en" else spoken(hundredths)


def _sign(hundredths: int) -> str:
    return "−" if hundredths < 0 else ""
