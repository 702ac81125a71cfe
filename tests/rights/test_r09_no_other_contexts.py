"""R09: no data from other contexts. Every column has a purpose on a public list, and none of them names what is none
of the village's business."""

from pathlib import Path

import pytest

from gongfen.commands.columns import tables
from gongfen.people.columns import PURPOSES, page, purpose_of

LIST = Path(__file__).parent.parent.parent / "docs" / "columns.md"
FORBIDDEN = (
    "police", "crime", "criminal", "debt", "court", "health", "disease", "religion", "church", "party", "politics",
    "contact", "friend", "location", "latitude", "longitude", "gps", "mobile", "phone_number", "id_number", "idcard",
    "birthday", "birthdate", "ethnicity", "gender", "salary", "bank_card", "face", "fingerprint", "wechat_id",
)  # fmt: skip


def test_every_column_has_a_purpose_on_the_public_list() -> None:
    assert LIST.read_text(encoding="utf-8") == page(tables()), "run: gongfen columns > docs/columns.md"


def test_no_purpose_is_left_over() -> None:
    stored = {column for columns in tables().values() for column in columns}
    assert {column for columns in PURPOSES.values() for column in columns} - stored == set()


def test_no_column_is_about_what_is_none_of_the_villages_business() -> None:
    stored = {column for columns in tables().values() for column in columns}
    assert not [column for column in stored if any(word in column for word in FORBIDDEN)]


def test_a_new_column_needs_a_purpose() -> None:
    with pytest.raises(StopIteration):
        purpose_of("favourite_colour")
