"""A short season of the demo, played once for these tests: what was earned and spent, and where five people stand."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum

from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import Activity, Appeal, Claim, Help, HelpNote, Objection, Survey
from gongfen.activities.models import Sheet as PaperSheet
from gongfen.demo import cast, first_start, papers
from gongfen.demo.played import played
from gongfen.demo.world import YUAN
from gongfen.dividends.models import Run, Share
from gongfen.journal.models import Act
from gongfen.ledger.audit import audit
from gongfen.ledger.models import Account
from gongfen.notices.models import Notice
from gongfen.people.models import Resident
from gongfen.rules.notice import village_day
from gongfen.rules.posting import Kind
from gongfen.shops.models import How, Merchant, Payment, Payout
from tests.village import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAYS = 75


def nobody_looks(done, of):
    """No progress bar."""


@pytest.fixture(scope="module")
def village(django_db_setup, django_db_blocker):
    """The demo's village after eighty days; gone again with the transaction it was played in."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield first_start.found(NOW, on_load=nobody_looks, on_play=nobody_looks, days=DAYS)
        transaction.set_rollback(True)


def person(village, who):
    return Resident.of(village.town).get(household__number=who[0], name=who[1])


def test_the_books_are_right_to_the_hundredth(village):
    report = audit(village.town, full=True, now=NOW)

    assert report.passed, report.differences
    assert report.transfers > 8_000
    sums = dict(Account.of(village.town).values_list("kind").annotate(sum=Sum("balance")))
    assert -sums[Kind.ISSUANCE] * village.town.par == sums[Kind.BACKING]


def test_every_kind_of_activity_was_there(village):
    kinds = set(Claim.of(village.town).filter(state="awarded").values_list("kind", flat=True))

    assert {"article", "volunteering", "labor", "affairs", "waste_sorting"} <= kinds
    assert kinds <= all_kinds().keys()
    assert Claim.of(village.town).filter(kind="survey", state="in_notice").exists()


def test_neighbours_helped_each_other_and_the_town_was_a_host(village):
    assert Help.of(village.town).filter(state="done").exists()
    assert HelpNote.of(village.town).filter(until__gt=village_day(NOW)).count() == 3
    assert Claim.of(village.town).filter(host=village.town.subject, state="awarded").exists()


def test_numbers_of_the_journal_and_moments_go_the_same_way(village):
    moments = list(Act.of(village.town).order_by("id").values_list("written_at", flat=True))

    assert moments == sorted(moments)
    assert moments[-1] <= NOW


def test_people_without_a_phone_signed_paper_and_paid_by_card(village):
    assert PaperSheet.of(village.town).filter(state="done").count() > 5
    assert Claim.of(village.town).filter(grade="witnessed", resident__has_phone=False, state="awarded").count() > 50
    assert Payment.of(village.town).filter(how=How.CARD).count() > 50


def test_a_no_was_appealed_an_objection_was_ruled_and_a_payment_came_back(village):
    assert set(Appeal.of(village.town).values_list("state", flat=True)) == {"granted"}
    assert set(Objection.of(village.town).values_list("state", flat=True)) == {"dismissed"}
    assert Payment.of(village.town).filter(refunded__gt=0).exists()


def test_shops_were_settled(village):
    states = Counter(Payout.of(village.town).values_list("state", flat=True))

    assert states.keys() == {"paid", "bounced"}
    assert states["paid"] > 8


def test_the_dividend_was_shared_with_every_head(village):
    run = Run.of(village.town).get()

    assert (run.state, run.pool) == ("closed", 48_000 * YUAN)
    shares = Share.of(village.town).filter(run=run)
    heads = Resident.of(village.town).filter(counts_as_head=True).count()
    assert 1_500 < heads <= shares.count() <= 1_600
    assert all(share.is_paid(run) for share in shares)
    kept = sum(run.totals.lines) + run.totals.rest
    assert shares.aggregate(sum=Sum("payout"))["sum"] + kept == run.pool


def test_five_people_are_in_the_middle_of_something(village):
    town = village.town
    shown = Claim.of(town).filter(resident=person(village, cast.IN_NOTICE), state="in_notice")
    assert shown.filter(kind="volunteering", notice_until__gte=village_day(NOW)).exists()

    payer = person(village, cast.READY_TO_PAY)
    has = dict(Account.of(town).filter(owner=payer.subject).values_list("kind", "balance"))
    assert has[Kind.POINTS] * town.par + has[Kind.CASH] >= 50 * YUAN

    assert Claim.of(town).filter(resident=person(village, cast.WAITING), state="made").exists()

    reviewer = person(village, cast.REVIEWER)
    waiting = Claim.of(town).filter(state="made").exclude(resident__household=reviewer.household_id)
    assert waiting.count() >= 3

    shop = Merchant.of(town).get(owner=person(village, cast.SHOPKEEPER))
    assert Payment.of(town).filter(day__merchant=shop, day__day=village_day(NOW)).count() >= 3


def test_there_is_something_to_do_for_the_visitor(village):
    ahead = Activity.of(village.town).filter(state="published", starts_at__gt=NOW)
    assert set(ahead.values_list("kind", flat=True)) >= {"volunteering", "affairs"}
    assert Survey.of(village.town).filter(state="open", closes_at__gt=NOW + timedelta(days=3)).exists()


def test_only_the_last_days_wait_in_the_inboxes(village):
    last = Notice.of(village.town).order_by("-act_number").first()
    first = Notice.of(village.town).order_by("act_number").first()

    head = Act.of(village.town).order_by("-id").first().number
    assert head // 2 < first.act_number <= last.act_number <= head


def test_the_papers_of_a_village_are_printed_once(village, tmp_path):
    folder = tmp_path / "print"
    printed = papers.print_all(village, folder, "http://127.0.0.1:8000", NOW)

    assert {path.name for path in printed} == {
        *("work-point-book.pdf", "card.pdf", "shop-sign.pdf"),
        *("activity-poster.pdf", "week.pdf", "dividend-slip.pdf"),
    }
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)
    assert papers.print_all(village, folder, "http://127.0.0.1:8000", NOW) == []


def test_the_year_is_known_to_be_played(village):
    assert played() == village
