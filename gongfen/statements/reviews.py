"""What a reviewer must see in order to decide, and no more: the claim, not the person's totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongfen.activities.kinds.form import Choice, Form, Photo
from gongfen.activities.models import Claim
from gongfen.activities.queries import said_about, to_review
from gongfen.people.models import Resident, Role, Village
from gongfen.statements.residents import in_words, rule, title
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


def waiting_for_review(reviewer: Resident, lang: str, *, most: int = 100) -> list[Waiting]:
    """The claims of the reviewer's hosts that wait, oldest first; never one's own household's or one's own record."""
    found = [claim for host in _hosts(reviewer) for claim in to_review(reviewer, host, limit=most)]
    found = sorted(found, key=lambda claim: claim.id)[:most]
    said = said_about(reviewer.town, found)
    return [_tell(claim, said.get(claim.id, []), lang) for claim in found]


def _hosts(reviewer: Resident) -> list[int]:
    roles = Role.of(reviewer.town).filter(resident=reviewer, role="reviewer", ended_at=None)
    places = list(roles.values_list("village_id", flat=True))
    villages = Village.of(reviewer.town)
    if None in places:
        return [reviewer.town.subject, *villages.values_list("subject", flat=True)]
    return list(villages.filter(id__in=places).values_list("subject", flat=True))


def _tell(claim: Claim, said: list[str], lang: str) -> Waiting:
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
    )


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
