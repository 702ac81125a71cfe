"""A statement of ten thousand rows is read by the page and searched whole; a month long ago is found at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongfen.ledger.batch import one_batch
from gongfen.rules.posting import Address, Kind, Move
from tests.sharing import award
from tests.test_own_papers import asked
from tests.village import NOW, POINT, Daicun

pytestmark = pytest.mark.django_db
MONTHS = (400, 3_200, 3_200, 3_200)
ROWS = sum(MONTHS)
MOST_LOOKS = 40  # statements of SQL for one page, however long the statement is


@pytest.fixture
def long_life(daicun: Daicun) -> Daicun:
    """赵二 gives 王芳 a hundredth of a point ten thousand times, in four months."""
    award(daicun, "赵二", ROWS // 100 * POINT)
    giver, taker = (Address(Kind.POINTS, daicun[who].subject) for who in ("赵二", "王芳"))
    for month, rows in enumerate(MONTHS):
        with one_batch(daicun.town, NOW + timedelta(days=31 * month)) as batch:
            for n in range(rows):
                act = batch.act(key=f"long/{month}/{n}", verb="neighbour.help", by=giver.owner, about=taker.owner)
                act.moves(Move(giver, taker, 1))
    return daicun


def pages(daicun: Daicun, path: str) -> list[list[dict[str, object]]]:
    """Every page, as the app reads them."""
    found, after = [], ""
    while after is not None:
        page = asked(daicun, f"/me/lines?limit=100{path}{after and f'&after={after}'}").json()
        found.append(page["items"])
        after = page["next"]
    return found


def test_ten_thousand_rows_are_read_by_the_page_and_a_month_is_found_at_once(long_life: Daicun) -> None:
    first = asked(long_life, "/me/lines?limit=50").json()
    assert len(first["items"]) == 50 and first["next"]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        oldest = asked(long_life, f"/me/lines?limit=50&month={NOW:%Y-%m}").json()
    assert len(oldest["items"]) == 50 and len(seen) < MOST_LOOKS
    numbers = [line["number"] for page in pages(long_life, f"&month={NOW:%Y-%m}") for line in page]
    assert len(numbers) == len(set(numbers)) == MONTHS[0]
    assert numbers == sorted(numbers, reverse=True)


def test_a_search_goes_through_all_of_them_and_ends(long_life: Daicun) -> None:
    looked = pages(long_life, "&q=从来没有的事")
    assert sum(map(len, looked)) == 0 and len(looked) <= ROWS // 1_000 + 1
