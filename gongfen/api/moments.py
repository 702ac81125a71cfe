"""Days and moments as ISO 8601 text, and nothing else: a number is neither."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("ISO 8601 text is wanted")
    return value


Day = Annotated[date, BeforeValidator(_text)]
Moment = Annotated[AwareDatetime, BeforeValidator(_text)]
