"""Lists stay fast at a million claims: every one of them finds its rows by an index, on either engine."""

from datetime import timedelta

import pytest
from django.db import connection

from gongfen.activities import awards, publishing, queries, reviews
from gongfen.rules.notice import village_day
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
CLAIMS = "activities_claim"


@pytest.fixture
def life():
    life = Life()
    life.weeding = life.publish()
    made = [life.claim(life.weeding, who, minutes=60) for who in ("li", "wang", "zhao", "chen")]
    life.approve(*made[:2])
    life.refuse(made[2])
    return life


LISTS = {
    "my participations": lambda life: queries.my_claims(life.li),
    "what is under way for me": lambda life: queries.waiting_of(life.li),
    "what waits for review": lambda life: queries.to_review(life.second, life.host),
    "how much waits for review": lambda life: queries.waiting_at(life.town, life.host),
    "what is on notice": lambda life: queries.on_notice(life.town, [life.host, life.town.subject]),
    "what keeps an activity open": lambda life: publishing.undecided(life.town, life.weeding, life.now),
    "a reviewer's day": lambda life: reviews.spent_today(life.town, life.reviewer.subject, life.now),
    "what becomes points tonight": lambda life: awards.award_due(life.town, now=life.now + 6 * DAY),
    "what counts against the caps": lambda life: life.claim(life.weeding, "lis_wife", minutes=60),
}


def plans(ask):
    """The plan of every statement about claims that `ask` makes, with its values bound as they are in life."""
    asked = []

    def listen(execute, sql, params, many, context):
        if sql.startswith("SELECT") and f'FROM "{CLAIMS}"' in sql:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        ask()
    assert asked
    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # four rows are read whole; a million must not be
        for sql, params in asked:
            cursor.execute(explain + sql, params)
            yield sql, "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize("name", LISTS)
def test_no_list_reads_all_claims(name, life):
    for sql, plan in plans(lambda: LISTS[name](life)):
        assert f"SCAN {CLAIMS}" not in plan, f"{sql}\n{plan}"
        assert f"Seq Scan on {CLAIMS}" not in plan, f"{sql}\n{plan}"


def test_a_list_goes_on_where_the_page_before_ended(life):
    sweeping = life.publish(title="扫街", ends_at=life.now + timedelta(hours=5))
    for who in ("li", "wang", "zhao", "chen", "lis_wife"):
        life.claim(sweeping, who, minutes=60)
    waiting, after = [], 0
    while page := queries.to_review(life.second, life.host, after=after, limit=2):
        waiting += [claim.id for claim in page]
        after = page[-1].id
    assert waiting == sorted(waiting)
    assert len(waiting) == 6
    first, second = queries.my_claims(life.li)
    assert first.id > second.id
    assert [claim.id for claim in queries.my_claims(life.li, before=first.id)] == [second.id]
    assert village_day(life.now) == first.happened_on
