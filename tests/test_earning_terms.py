"""Terms: decided by residents, from a coming day on; what the last quarter would have brought under new ones."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongfen.activities import terms
from gongfen.activities.kinds.terms import Terms, TermsOutOfGrammar, TermsTooHigh
from gongfen.activities.models import TermsVersion
from gongfen.activities.terms import CountWrong, Decision, NotCarried, TermsSameDay, UnknownTerms
from gongfen.activities.terms_in_force import InForce, NoTerms
from gongfen.activities.whatif import shown, what_if
from gongfen.people.acts import NotYourRole
from gongfen.people.founding import Joining, join_many
from gongfen.rules.caps import Caps
from gongfen.rules.claim_states import WrongState
from gongfen.rules.notice import TermsTooSoon, village_day
from gongfen.rules.review import TwoPeopleNeeded
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
DEARER = Terms("common", "hour", 120, 60, Caps(day=960))


@pytest.fixture
def life():
    return Life()


def propose(life, value=DEARER, days=7, kind="volunteering"):
    start = village_day(life.now) + timedelta(days=days)
    return terms.propose_terms(life.organiser, life.host, kind, value, start, now=life.now)


def decide(life, version, by=None, took_part=100, said_yes=80, **more):
    decision = Decision(more.get("how", "meeting"), more.get("on", village_day(life.now)), took_part, said_yes)
    return terms.decide_terms(by or life.supervisor, version.id, decision, now=life.now)


def test_work_is_worth_what_was_in_force_on_its_day(life):
    weeding = life.publish()
    decide(life, propose(life))
    first = life.claim(weeding, "li", minutes=60)
    life.now += 8 * DAY
    late = life.claim(weeding, "wang", on=village_day(life.now - 3 * DAY), minutes=60)
    new = life.claim(weeding, "zhao", minutes=60)
    assert [claim.points for claim in (first, late, new)] == [100, 100, 120]
    assert first.terms_id == late.terms_id != new.terms_id


def test_the_decision_and_its_count_stay_with_the_terms(life):
    version = propose(life)
    act = decide(life, version, took_part=121, said_yes=61)
    version = TermsVersion.of(life.town).get(id=version.id)
    assert (version.took_part, version.said_yes, version.decided_how, version.act) == (121, 61, "meeting", act.id)
    assert act.facts["took_part"] == 121
    assert not decide(life, version, took_part=121, said_yes=61).is_new


@pytest.mark.parametrize("days", [-1, 0, 6])
def test_terms_of_the_past_and_of_tomorrow_are_refused(life, days):
    with pytest.raises(TermsTooSoon) as no:
        propose(life, days=days)
    assert no.value.facts["earliest"] == "2026-10-16"


def test_a_proposal_that_waited_too_long_is_proposed_again(life):
    version = propose(life)
    life.now += 1 * DAY
    with pytest.raises(TermsTooSoon):
        decide(life, version)


def test_a_new_village_begins_at_once():
    life = Life(terms=False)
    with pytest.raises(NoTerms):
        life.draft()
    life.usual_terms()
    assert life.draft().state == "draft"
    assert InForce(life.town, [life.host]).on(life.host, "article", "notices", village_day(life.now)).points == 100


@pytest.mark.parametrize(("took_part", "said_yes"), [(100, 50), (2, 1), (5, 0)])
def test_without_more_than_half_the_old_terms_stay(life, took_part, said_yes):
    with pytest.raises(NotCarried):
        decide(life, propose(life), took_part=took_part, said_yes=said_yes)


@pytest.mark.parametrize(
    "more",
    [{"took_part": 0, "said_yes": 0}, {"took_part": 10, "said_yes": 11}, {"said_yes": -1}, {"how": "phone call"}],
)
def test_a_count_that_cannot_be_is_refused(life, more):
    with pytest.raises(CountWrong):
        decide(life, propose(life), **more)


def test_a_decision_of_tomorrow_is_refused(life):
    with pytest.raises(CountWrong):
        decide(life, propose(life), on=village_day(life.now + DAY))


def test_who_proposes_does_not_write_the_decision_down(life):
    supervisors = terms.propose_terms(
        life.supervisor, life.host, "volunteering", DEARER, village_day(life.now + 7 * DAY), now=life.now
    )
    with pytest.raises(TwoPeopleNeeded):
        decide(life, supervisors)
    assert decide(life, supervisors, by=life.other_supervisor).is_new
    with pytest.raises(NotYourRole):
        terms.propose_terms(life.li, life.host, "volunteering", DEARER, village_day(life.now + 7 * DAY), now=life.now)
    with pytest.raises(NotYourRole):
        decide(life, propose(life, days=8), by=life.li)


def test_one_version_a_day(life):
    first, second = propose(life), propose(life, Terms("common", "hour", 110, 60))
    decide(life, first)
    with pytest.raises(TermsSameDay):
        decide(life, second)


def test_what_is_outside_the_grammar_is_never_proposed(life):
    for value in (Terms("bonus", "hour", 100, 60), Terms("common", "smile", 100, 60)):
        with pytest.raises(TermsOutOfGrammar):
            propose(life, value)
    with pytest.raises(TermsTooHigh):
        propose(life, Terms("notices", "month", 200, 5, Caps(year=1200)), kind="article")


def test_a_dropped_proposal_is_gone(life):
    version = propose(life)
    assert propose(life).id == version.id  # the same again is the same
    terms.drop_terms(life.supervisor, version.id, now=life.now)
    with pytest.raises(WrongState):
        decide(life, version)
    with pytest.raises(UnknownTerms):
        terms.drop_terms(life.supervisor, 5, now=life.now)


def test_the_database_itself_wants_a_decision(life):
    version = propose(life)
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsVersion.of(life.town).filter(id=version.id).update(state="decided")


def test_the_last_quarter_under_the_new_terms(life):
    crowd = join_many(
        life.village, [Joining(f"h{i}", "二组", f"r{i}") for i in range(12)], by=life.town.subject, now=life.now
    )
    weeding = life.publish(ends_at=life.now + 200 * DAY)
    for resident in crowd:
        resident.town = life.town
        life.claim(weeding, resident, minutes=300)
    life.now += 10 * DAY
    found = what_if(life.town, life.host, "volunteering", DEARER, today=village_day(life.now))
    assert (found.claims, found.before, found.after) == (12, 6_000, 7_200)
    assert (found.residents, found.get_more, found.get_less) == (12, 12, 0)
    lower = what_if(life.town, life.host, "volunteering", Terms("common", "hour", 100, 60, Caps(day=400)),
                    today=village_day(life.now))  # fmt: skip
    assert (lower.after, lower.get_less) == (4_800, 12)
    life.now += 100 * DAY
    assert what_if(life.town, life.host, "volunteering", DEARER, today=village_day(life.now)).claims == 0


def test_what_if_says_nothing_about_fewer_than_ten(life):
    life.claim(life.publish(), "li", minutes=60)
    found = what_if(life.town, life.host, "volunteering", DEARER, today=village_day(life.now))
    assert (found.claims, found.residents, found.get_more) == (1, None, None)
    assert shown(12, of=20) is None  # the other eight could be reckoned from it
    assert shown(10, of=20) == 10
