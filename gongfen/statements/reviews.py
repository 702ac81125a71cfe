"""What a reviewer must see in order to decide, and no more: the claim, not the person's totals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongfen import words
from gongfen.activities.kinds.form import Choice, Form, Photo
from gongfen.activities.models import Claim
from gongfen.activities.queries import said_about, to_review
from gongfen.activities.queries_review import Times, answer_days, times_of, waiting_by_activity, waiting_claims
from gongfen.activities.reviews import approve_claims, refuse_claims
from gongfen.people.models import Resident, Role, Village
from gongfen.people.queries import residents_by_subject
from gongfen.rules.claim_states import WAITS_FOR_REVIEW
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import SET_MOST
from gongfen.statements.residents import in_words, rule, title
from gongfen.town.ids import read_ids
from gongfen.words.statements import GRADES, STATES


@dataclass(frozen=True)
class ToldEvidence:
    """One field of the form as it was filled in."""

    label: str
    value: str
    photo: str = ""


@dataclass(frozen=True)
class Waiting:
    """A claim that waits for a yes or a no."""

    id: int
    resident: Resident
    household: str
    title: str
    day: date
    state: str
    rule: str
    proof: str
    points: int
    minutes: int
    said: list[str]
    evidence: list[ToldEvidence]
    is_in: str = ""  # the state's own name
    times: Sequence[Times] = ()
    recorder: str = ""  # who wrote it down, where that was not the owner
    first: str = ""  # who decided it before
    first_at: datetime | None = None
    reason: str = ""  # why it was refused then
    answer_until: date | None = None  # of an appeal: the last day on which it can be refused


def waiting_for_review(
    reviewer: Resident, lang: str, *, most: int = 100, activity: int | None = None, states: Collection[str] = ()
) -> list[Waiting]:
    """The claims of the reviewer's hosts that wait, oldest first; never one's own household's or one's own record."""
    hosts = hosts_of_reviewer(reviewer)
    if activity is None and not states:
        found = [claim for host in hosts for claim in to_review(reviewer, host, limit=most)]
        found = sorted(found, key=lambda claim: claim.id)[:most]
    else:
        found = waiting_claims(reviewer, hosts, activity=activity, states=states, limit=most)
    return _tell_all(reviewer, found, lang)


@dataclass(frozen=True)
class Heap:
    """What waits: by activity, and by state."""

    activities: list[tuple[int, str, int]]  # id, title, how many
    states: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.states.values())


def heap_of(reviewer: Resident, lang: str) -> Heap:
    """How much waits for this reviewer, by activity (the largest first) and by state."""
    activities: dict[int, tuple[str, int]] = {}
    states = {str(state): 0 for state in sorted(WAITS_FOR_REVIEW)}
    for one in waiting_by_activity(reviewer, hosts_of_reviewer(reviewer)):
        told = (one.title_en if lang == "en" else "") or one.title
        activities[one.activity] = (told, activities.get(one.activity, ("", 0))[1] + one.claims)
        states[one.state] += one.claims
    return Heap([(activity, told, many) for activity, (told, many) in activities.items()], states)


@dataclass(frozen=True)
class Decided:
    """How many of a set were decided, and a line for each that was not."""

    done: int
    refused: list[str]


def decide(
    reviewer: Resident, given: Sequence[str], *, says_no: bool, reason: str, lang: str, now: datetime
) -> Decided:
    """A yes or a no to the claims whose ids a page sent. Where somebody was first, the line says who and when."""
    claims = read_ids(given)[:SET_MOST]
    answers = refuse_claims(reviewer, claims, reason, now=now) if says_no else approve_claims(reviewer, claims, now=now)
    pairs = zip(claims, answers, strict=True)
    no = [(claim, answer) for claim, answer in pairs if isinstance(answer, Refusal)]
    first = _who_was_first(reviewer, [claim for claim, _ in no], lang, now)
    refused = [words.sentence(answer, lang, now=now) + first.get(claim, "") for claim, answer in no]
    return Decided(len(answers) - len(no), list(dict.fromkeys(refused)))


def _who_was_first(reviewer: Resident, claims: Sequence[int], lang: str, now: datetime) -> dict[int, str]:
    rows = Claim.of(reviewer.town).filter(id__in=claims, decided_at__isnull=False).select_related("resident")
    found = list(rows)
    subjects = [who for one in found for who in (one.second_by, one.decided_by) if who]
    people = residents_by_subject(reviewer.town, subjects)
    told = {}
    for one in found:
        who = people.get(one.second_by or one.decided_by or 0)
        if who is not None and one.decided_at is not None and who.id != reviewer.id:
            when, state = words.moment(one.decided_at, lang, now), in_words(STATES, one.state, lang)
            state = words.fill(state, lang, now=now, until=one.notice_until, reason=one.reason)
            told[one.id] = f" · {one.resident.name}: {who.name}, {when}, {state}"
    return told


def hosts_of_reviewer(reviewer: Resident) -> list[int]:
    roles = Role.of(reviewer.town).filter(resident=reviewer, role="reviewer", ended_at=None)
    places = list(roles.values_list("village_id", flat=True))
    villages = Village.of(reviewer.town)
    if None in places:
        return [reviewer.town.subject, *villages.values_list("subject", flat=True)]
    return list(villages.filter(id__in=places).values_list("subject", flat=True))


def _tell_all(reviewer: Resident, found: Sequence[Claim], lang: str) -> list[Waiting]:
    town = reviewer.town
    said, times, days = said_about(town, found), times_of(town, found), answer_days(town, found)
    subjects = {
        who for one in found for who in (one.recorded_by, one.decided_by) if who and who != one.resident.subject
    }
    people = {subject: one.name for subject, one in residents_by_subject(town, subjects).items()}
    return [_tell(one, said.get(one.id, []), times.get(one.id, []), days.get(one.id), people, lang) for one in found]


def _tell(
    claim: Claim,
    said: list[str],
    times: Sequence[Times],
    answer_until: date | None,
    people: Mapping[int, str],
    lang: str,
) -> Waiting:
    state = in_words(STATES, claim.state, lang)
    return Waiting(
        id=claim.id,
        resident=claim.resident,
        household=claim.resident.household.number,
        title=title(claim.activity, lang),
        day=claim.happened_on,
        state=state if claim.state != "made" else "",
        rule=rule(claim.terms, lang),
        proof=in_words(GRADES, claim.grade, lang),
        points=claim.points,
        minutes=claim.minutes,
        said=said,
        evidence=told_evidence(claim.activity.of_kind.form, claim.evidence, lang),
        is_in=str(claim.state),
        times=times,
        recorder=people.get(claim.recorded_by, "") if claim.recorded_by != claim.resident.subject else "",
        first=people.get(claim.decided_by or 0, ""),
        first_at=claim.decided_at,
        reason=claim.reason,
        answer_until=answer_until,
    )


def days_left(until: date, now: datetime) -> int:
    """Whole days until a last day; nothing is left on the day itself but the day."""
    return (until - village_day(now)).days


def told_evidence(form: Form, evidence: Mapping[str, object], lang: str) -> list[ToldEvidence]:
    """A filled-in form in words."""
    told = []
    for asked in form:
        value = evidence.get(asked.name)
        if value is None:
            continue
        label = asked.en if lang == "en" else asked.zh
        if isinstance(asked, Photo):
            told.append(ToldEvidence(label, "", str(value)))
            continue
        if isinstance(asked, Choice):
            chosen = next((option for option in asked.options if option.key == value), None)
            value = (chosen.en if lang == "en" else chosen.zh) if chosen else value
        told.append(ToldEvidence(label, str(value)))
    return told
